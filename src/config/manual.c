#include <stdio.h>
#include <string.h>

#include "config/options.h"
#include "config/value.h"

void config_example(struct buf *b)
{
    size_t n;
    const struct option_row *rows = config_options(&n);
    buf_adds(b, "# dynamo.conf: settings of the Dynamo kiosk. Every option stands here at its\n"
                "# default. A line that starts with # or ; is a comment; a value is all that\n"
                "# follows the = sign.\n");
    const char *section = "";
    for (size_t i = 0; i < n; i++) {
        const struct option_row *row = &rows[i];
        char what[REASON_MAX];
        value_describe(row, what, sizeof(what));
        if (strcmp(section, row->section) != 0)
            buf_addf(b, "\n[%s]\n", row->section);
        section = row->section;
        buf_addf(b, "# %s\n# %s: %s\n#%s = %s\n", row->help, row->name, what, row->name,
                 row->def);
    }
}

void config_add_roff(struct buf *b, const char *s)
{
    for (const char *start = s; *s; s++) {
        if (*s == '-')
            buf_adds(b, "\\-");
        else if (*s == '\\')
            buf_adds(b, "\\e");
        else if (s == start && (*s == '.' || *s == '\''))
            buf_addf(b, "\\&%c", *s);
        else
            buf_addc(b, *s);
    }
}

static void manual_row(struct buf *b, const struct option_row *row)
{
    char what[REASON_MAX];
    value_describe(row, what, sizeof(what));
    buf_addf(b, ".TP\n.B %s\n", row->name);
    config_add_roff(b, row->help);
    buf_adds(b, "\n.br\nValue: ");
    config_add_roff(b, what);
    buf_adds(b, ". Default: ");
    config_add_roff(b, *row->def ? row->def : "nothing");
    buf_adds(b, ".\n");
}

void config_manual(struct buf *b)
{
    size_t n;
    const struct option_row *rows = config_options(&n);
    buf_adds(b, ".TH DYNAMO.CONF 5 \"\" \"dynamo " DYNAMO_VERSION "\"\n"
                ".SH NAME\ndynamo.conf \\- settings of the Dynamo kiosk\n"
                ".SH DESCRIPTION\n"
                "All programs read " CONFIG_DEFAULT_FILE " or the file of \\-\\-config. Without "
                "it every option has its default. A line is a [section], \"option = value\" or, "
                "behind # or ;, a comment; a value is all that follows the = sign. An option "
                "that does not exist, a value out of its range and an option given twice are "
                "refused, with file and line.\n");
    const char *section = "";
    for (size_t i = 0; i < n; i++) {
        if (strcmp(section, rows[i].section) != 0)
            buf_addf(b, ".SH [%s]\n", rows[i].section);
        section = rows[i].section;
        manual_row(b, &rows[i]);
    }
    buf_adds(b, ".SH FILES\n" CONFIG_DEFAULT_FILE ", " CONFIG_DEFAULT_DB "\n");
}
