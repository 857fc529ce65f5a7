#include <string.h>

#include "config/options.h"
#include "ctl/args.h"
#include "ctl/commands.h"
#include "ctl/help.h"

static void add_paragraph(struct buf *b, const char *s)
{
    config_add_roff(b, s);
    buf_addc(b, '\n');
}

static void add_options(struct buf *b, const struct ctl_option *options)
{
    for (; options && options->name; options++) {
        buf_adds(b, ".TP\n\\fB\\-\\-");
        config_add_roff(b, options->name);
        buf_adds(b, "\\fR");
        if (options->arg) {
            buf_adds(b, " \\fI");
            config_add_roff(b, options->arg);
            buf_adds(b, "\\fR");
        }
        buf_addc(b, '\n');
        config_add_roff(b, options->help);
        buf_adds(b, options->required ? " (must be given)\n" : "\n");
    }
}

static void add_command(struct buf *b, const struct ctl_command *cmd)
{
    buf_adds(b, ".SS ");
    config_add_roff(b, cmd->name);
    buf_addc(b, '\n');
    if (cmd->usage[0]) {
        buf_adds(b, ".B ");
        config_add_roff(b, cmd->name);
        buf_addc(b, '\n');
        add_paragraph(b, cmd->usage);
        buf_adds(b, ".PP\n");
    }
    buf_addc(b, (char)(cmd->help[0] & ~0x20));
    config_add_roff(b, cmd->help + 1);
    buf_adds(b, ".\n");
    if (cmd->more)
        add_paragraph(b, cmd->more);
    add_options(b, cmd->options);
}

/* Short here; dynamo.conf(5) has type, range and sense of each. */
static void add_settings(struct buf *b)
{
    size_t n;
    const struct option_row *rows = config_options(&n);
    buf_adds(b, ".SH SETTINGS\nIn the configuration file; see dynamo.conf(5).\n");
    for (size_t i = 0; i < n; i++) {
        buf_addf(b, ".TP\n\\fB[%s] ", rows[i].section);
        config_add_roff(b, rows[i].name);
        buf_adds(b, "\\fR");
        if (rows[i].unit[0])
            buf_addf(b, " (%s)", rows[i].unit);
        buf_adds(b, "\n");
        config_add_roff(b, rows[i].help);
        buf_adds(b, " Default: ");
        config_add_roff(b, rows[i].def[0] ? rows[i].def : "nothing");
        buf_adds(b, ".\n");
    }
}

static const char top[] =
    ".TH DYNAMOCTL 1 \"\" \"dynamo " DYNAMO_VERSION "\"\n"
    ".SH NAME\ndynamoctl \\- administers a Dynamo kiosk\n"
    ".SH SYNOPSIS\n.B dynamoctl\n[\\-\\-db FILE] [\\-\\-config FILE] [\\-\\-now TIME] "
    "[\\-\\-json] COMMAND ...\n"
    ".SH DESCRIPTION\n"
    "Set\\-up, roster, queue, appointments, outbox, audit log and health of one house. Results go "
    "to standard output: a table or a sentence, with \\-\\-json one JSON object a line. What "
    "went wrong goes to standard error as one line, \"dynamoctl: what: why\".\n"
    ".PP\nA time is RFC 3339 with its offset, as 2026\\-03\\-27T09:00:00+01:00; a date is "
    "2026\\-03\\-27. Visits, appointments and holds are named by the ids that were printed; a "
    "visit also by today's ticket.\n"
    ".SH OPTIONS\nBefore the command or behind it.\n";

static const char bottom[] =
    ".SH ENVIRONMENT\n.TP\nDYNAMO_NOW\nAs \\-\\-now.\n"
    ".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\nwhat was asked for failed\n.TP\n2\nwrong use\n"
    ".SH FILES\n" CONFIG_DEFAULT_FILE ", " CONFIG_DEFAULT_DB "\n"
    ".SH SEE ALSO\ndynamo.conf(5)\n";

void ctl_manual_page(struct buf *b)
{
    size_t n;
    const struct ctl_command *const *all = ctl_commands(&n);
    buf_adds(b, top);
    add_options(b, ctl_common_options);
    buf_adds(b, ".SH COMMANDS\n");
    for (size_t i = 0; i < n; i++)
        add_command(b, all[i]);
    add_settings(b);
    buf_adds(b, bottom);
}

static enum program_status run_manual(struct ctl *c)
{
    CLEANUP(buf_done) struct buf b = buf_make(256 * 1024);
    if (c->operands_n == 0)
        ctl_manual_page(&b);
    else if (strcmp(c->operands[0], "dynamo.conf") == 0)
        config_manual(&b);
    else
        return ctl_misuse(c, "only dynamo.conf has a page of its own");
    out_raw(&c->out, buf_str(&b), b.n);
    return PROGRAM_OK;
}

const struct ctl_command ctl_manual = {
    .name = "manual",
    .usage = "[dynamo.conf]",
    .help = "the manual page, for man",
    .more = "dynamoctl manual >dynamoctl.1; the settings have a page of their own.",
    .operands = 1,
    .operands_fewer = true,
    .run = run_manual,
};
