#include "ctl/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Found by its name: NULL is a mistake in the command's own file, which its test shows. */
static const struct ctl_value *value_of(const struct ctl *c, const char *option)
{
    for (size_t i = 0; c->command->options && c->command->options[i].name; i++)
        if (strcmp(c->command->options[i].name, option) == 0)
            return &c->values[i];
    return NULL;
}

bool ctl_given(const struct ctl *c, const char *option)
{
    const struct ctl_value *v = value_of(c, option);
    return v && v->given;
}

const char *ctl_text(const struct ctl *c, const char *option)
{
    const struct ctl_value *v = value_of(c, option);
    return v && v->given ? v->text : NULL;
}

int64_t ctl_number(const struct ctl *c, const char *option, int64_t fallback)
{
    const struct ctl_value *v = value_of(c, option);
    return v && v->given ? v->number : fallback;
}

void ctl_usage(const struct ctl_command *cmd, struct buf *b)
{
    buf_addf(b, "%s %s%s%s", CTL_NAME, cmd->name, cmd->usage[0] ? " " : "", cmd->usage);
}

PRINTF_LIKE(2, 0)
static void say(const char *what, const char *fmt, va_list args)
{
    char why[512];
    vsnprintf(why, sizeof(why), fmt, args);
    program_say(CTL_NAME, what, why);
}

enum program_status ctl_refuse_why(const struct ctl *c, const char *what, const char *why, ...)
{
    va_list args;
    va_start(args, why);
    say(what ? what : c->command->name, why, args);
    va_end(args);
    return PROGRAM_FAILED;
}

enum program_status ctl_refuse(const struct ctl *c, const char *what, enum err e)
{
    const char *why = err_text(e);
    for (const struct ctl_why *w = c->command->whys; w && w->err; w++) {
        if (w->err == e) {
            why = w->text;
            break;
        }
    }
    return ctl_refuse_why(c, what, "%s", why);
}

enum program_status ctl_misuse(const struct ctl *c, const char *why, ...)
{
    va_list args;
    va_start(args, why);
    say(c->command->name, why, args);
    va_end(args);
    CLEANUP(buf_done) struct buf usage = buf_make(1024);
    ctl_usage(c->command, &usage);
    fprintf(stderr, "usage: %s\n", buf_str(&usage));
    return PROGRAM_USAGE;
}

void ctl_say_fault(void *ctl, const char *line)
{
    struct ctl *c = ctl;
    if (c->json) {
        out_bool(&c->out, "ok", false);
        out_text(&c->out, "fault", line);
        out_row(&c->out);
    }
    out_say(&c->out, "%s", line);
}
