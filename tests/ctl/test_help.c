#include "ctl/help.h"

#include <string.h>

#include "config/options.h"
#include "ctl/commands.h"
#include "tests/lib/check.h"

TEST(help_of_a_command_tells_usage_options_and_more)
{
    CLEANUP(buf_done) struct buf b = buf_make(64 * 1024);
    ctl_help_command(&ctl_hold, &b);
    CHECK_OK(buf_err(&b));
    CHECK(strstr(buf_str(&b), "Usage: dynamoctl hold --service S [--coach C] --start T"));
    CHECK(strstr(buf_str(&b), "Keep a start for somebody who is about to book."));
    CHECK(strstr(buf_str(&b), "--overbook"));
    CHECK(strstr(buf_str(&b), "--config FILE"));
}

TEST(the_list_the_completion_and_the_manual_hold_every_command)
{
    CLEANUP(buf_done) struct buf list = buf_make(64 * 1024);
    CLEANUP(buf_done) struct buf completion = buf_make(64 * 1024);
    CLEANUP(buf_done) struct buf manual = buf_make(256 * 1024);
    ctl_help_list(&list);
    ctl_bash_completion(&completion);
    ctl_manual_page(&manual);
    CHECK_OK(buf_err(&list));
    CHECK_OK(buf_err(&completion));
    CHECK_OK(buf_err(&manual));
    size_t n;
    const struct ctl_command *const *all = ctl_commands(&n);
    for (size_t i = 0; i < n; i++) {
        char line[64];
        snprintf(line, sizeof(line), "\n  %s ", all[i]->name);
        CHECK(strstr(buf_str(&list), line));
        snprintf(line, sizeof(line), "\n%s\t", all[i]->name);
        CHECK(strstr(buf_str(&completion), line));
        CHECK(strstr(buf_str(&manual), all[i]->help + 1) || strchr(all[i]->help, '-'));
    }
}

TEST(the_manual_names_every_setting)
{
    CLEANUP(buf_done) struct buf manual = buf_make(256 * 1024);
    ctl_manual_page(&manual);
    size_t n;
    const struct option_row *rows = config_options(&n);
    for (size_t i = 0; i < n; i++) {
        char line[96];
        snprintf(line, sizeof(line), "\\fB[%s] %s\\fR", rows[i].section, rows[i].name);
        if (!strstr(buf_str(&manual), line))
            CHECK_FAIL("no [%s] %s", rows[i].section, rows[i].name);
    }
}

TEST(the_manual_has_no_line_that_roff_would_take_for_its_own)
{
    static const char *const requests[] = { ".TH ", ".SH ", ".SS ", ".TP", ".B ", ".PP" };
    CLEANUP(buf_done) struct buf manual = buf_make(256 * 1024);
    ctl_manual_page(&manual);
    for (const char *line = buf_str(&manual); *line;) {
        size_t n = strcspn(line, "\n");
        bool known = *line != '.' && *line != '\'';
        for (size_t i = 0; !known && i < ARRAY_LEN(requests); i++)
            known = strncmp(line, requests[i], strlen(requests[i])) == 0;
        if (!known)
            CHECK_FAIL("%.*s", (int)n, line);
        line += n + (line[n] == '\n');
    }
}
