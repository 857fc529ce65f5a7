#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "ctl/commands.h"
#include "flow/flow.h"
#include "i18n/i18n.h"

#define REPORT_LANG "nl" /* the alderman's */

/* "2026": four digits, no more. */
static bool read_year(const char *s, int *ret_year)
{
    if (strlen(s) != 4 || strspn(s, "0123456789") != 4)
        return false;
    *ret_year = (int)strtol(s, NULL, 10);
    return true;
}

/* "html,csv,json", in any order; without it all three. */
static bool read_formats(const char *s, unsigned *ret_formats)
{
    static const struct {
        const char *word;
        unsigned format;
    } words[] = { { "html", REPORT_HTML }, { "csv", REPORT_CSV }, { "json", REPORT_JSON } };
    unsigned formats = 0;
    for (bool more = true; more;) {
        size_t n = strcspn(s, ",");
        size_t i = 0;
        while (i < ARRAY_LEN(words) &&
               (strlen(words[i].word) != n || memcmp(words[i].word, s, n) != 0))
            i++;
        if (i == ARRAY_LEN(words))
            return false;
        formats |= words[i].format;
        more = s[n] == ',';
        s += n + (more ? 1 : 0);
    }
    *ret_formats = formats;
    return true;
}

static void say_files(struct ctl *c, const struct report *r, unsigned formats, const char *dir)
{
    static const char *const endings[] = { "html", "csv", "json" }; /* bit 0, 1, 2 */
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        if (!(formats & (1u << i)))
            continue;
        CLEANUP(buf_done) struct buf path = buf_make(8192);
        buf_addf(&path, "%s/report-%d.%s", dir, r->year, endings[i]);
        if (c->json) {
            out_int(&c->out, "year", r->year);
            out_text(&c->out, "file", buf_str(&path));
            out_bool(&c->out, "complete", r->complete);
            out_row(&c->out);
        }
        out_say(&c->out, "%s", buf_str(&path));
    }
    if (!r->complete)
        out_say(&c->out, "The year is not over: do not hand this report out.");
}

static enum program_status run_report_year(struct ctl *c)
{
    struct report r;
    int year = 0;
    unsigned formats = REPORT_HTML | REPORT_CSV | REPORT_JSON;
    const char *dir = ctl_text(c, "out");
    if (!read_year(c->operands[0], &year))
        return ctl_misuse(c, "a year is four digits (2026)");
    if (ctl_given(c, "format") && !read_formats(ctl_text(c, "format"), &formats))
        return ctl_misuse(c, "--format takes html, csv and json, with commas between them");
    enum err e = flow_tick(c->flow); /* days that are over are closed */
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    const struct roster *roster = flow_roster(c->flow);
    const struct report_request q = { .db_path = c->args.db,
                                      .site = roster ? roster->site.name : "Dynamo",
                                      .year = year,
                                      .today = flow_today(c->flow) };
    i18n_use(REPORT_LANG);
    e = report_read(&q, &r);
    if (e != ERR_OK)
        return ctl_refuse(c, c->operands[0], e);
    e = report_save(&r, formats, dir);
    if (e != ERR_OK)
        return ctl_refuse_why(c, dir, "%s",
                              e == ERR_NOT_FOUND ? "no such folder"
                              : e == ERR_DENIED  ? "you may not write there"
                                                 : err_text(e));
    say_files(c, &r, formats, dir);
    return PROGRAM_OK;
}

static const struct ctl_option report_year_options[] = {
    { "format", CTL_TEXT, "LIST", "html, csv and json, with commas between; all three without it",
      false },
    { "out", CTL_FILE, "DIR", "the folder to write into; it is made when it is not there", true },
    { 0 },
};
static const struct ctl_why report_year_whys[] = {
    { ERR_RANGE, "that year has not begun, or is before 2000" },
    { 0 },
};
const struct ctl_command ctl_report_year = {
    .name = "report year",
    .usage = "YYYY [--format LIST] --out DIR",
    .help = "the yearly evaluation, in Dutch",
    .more = "Writes report-YYYY.html, .csv and .json from the anonymous daily counts, so also "
            "after names were purged. Groups under 5 are shown as \"<5\", and what would give "
            "one away is hidden. Each file appears whole or not at all. While the year runs the "
            "report says so: do not hand that version out.",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .options = report_year_options,
    .whys = report_year_whys,
    .run = run_report_year,
};
