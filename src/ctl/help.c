#include "ctl/help.h"

#include <stdio.h>
#include <string.h>

#include "ctl/args.h"
#include "ctl/commands.h"

#define HELP_COLUMN 24
#define HELP_WIDTH 78

/* Sentences, wrapped at words. */
static void add_wrapped(struct buf *b, const char *text)
{
    size_t column = 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        if (column && column + 1 + n > HELP_WIDTH) {
            buf_addc(b, '\n');
            column = 0;
        } else if (column) {
            buf_addc(b, ' ');
            column++;
        }
        buf_add(b, text, n);
        column += n;
        text += n + strspn(text + n, " ");
    }
    buf_addc(b, '\n');
}

static void add_options(struct buf *b, const char *title, const struct ctl_option *options)
{
    if (!options || !options->name)
        return;
    buf_addf(b, "\n%s:\n", title);
    for (; options->name; options++) {
        char left[64];
        snprintf(left, sizeof(left), "--%s%s%s", options->name, options->arg ? " " : "",
                 options->arg ? options->arg : "");
        buf_addf(b, "  %-*s %s\n", HELP_COLUMN, left, options->help);
    }
}

void ctl_help_command(const struct ctl_command *cmd, struct buf *b)
{
    buf_adds(b, "Usage: ");
    ctl_usage(cmd, b);
    buf_addf(b, "\n%c%s.\n", (int)(cmd->help[0] & ~0x20), cmd->help + 1);
    if (cmd->more) {
        buf_addc(b, '\n');
        add_wrapped(b, cmd->more);
    }
    add_options(b, "Options", cmd->options);
    add_options(b, "Options of every command, before or behind it", ctl_common_options);
}

/* A line for each command of a group, "roster", or for all; gives how many. */
static size_t add_lines(struct buf *b, const char *group)
{
    size_t n, added = 0;
    const struct ctl_command *const *all = ctl_commands(&n);
    for (size_t i = 0; i < n; i++) {
        size_t len = strcspn(all[i]->name, " ");
        if (group && (strlen(group) != len || strncmp(all[i]->name, group, len) != 0))
            continue;
        buf_addf(b, "  %-*s %s\n", HELP_COLUMN, all[i]->name, all[i]->help);
        added++;
    }
    return added;
}

void ctl_help_list(struct buf *b)
{
    buf_adds(b, "Commands:\n");
    (void)add_lines(b, NULL);
    buf_addf(b,
             "\n%s help COMMAND tells more. T is a time as 2026-03-27T09:00:00+01:00, "
             "DATE a day\nas 2026-03-27. V, A and H are ids as printed; V may be today's "
             "ticket.",
             CTL_NAME);
}

/* ---- help ---- */

static enum program_status run_help(struct ctl *c)
{
    CLEANUP(buf_done) struct buf b = buf_make(64 * 1024);
    int words = 0;
    const struct ctl_command *cmd = ctl_find(c->operands_n, c->operands, &words);
    if (cmd && words == c->operands_n) {
        ctl_help_command(cmd, &b);
    } else if (c->operands_n == 0) {
        ctl_help_list(&b);
        buf_addc(&b, '\n');
    } else if (c->operands_n != 1 || add_lines(&b, c->operands[0]) == 0) {
        return ctl_misuse(c, "no command of that name");
    }
    out_raw(&c->out, buf_str(&b), b.n);
    return PROGRAM_OK;
}

const struct ctl_command ctl_help = {
    .name = "help",
    .usage = "[COMMAND]",
    .help = "all commands, or one",
    .operands = 2,
    .operands_fewer = true,
    .run = run_help,
};

/* ---- version ---- */

static enum program_status run_version(struct ctl *c)
{
    if (c->json) {
        out_text(&c->out, "version", DYNAMO_VERSION);
        out_row(&c->out);
    }
    out_say(&c->out, "%s %s", CTL_NAME, DYNAMO_VERSION);
    return PROGRAM_OK;
}

const struct ctl_command ctl_version = {
    .name = "version",
    .usage = "",
    .help = "name and version",
    .run = run_version,
};
