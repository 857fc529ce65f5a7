#include "ctl/commands.h"
#include "flow/house.h"

static void say_fault(void *arg, const char *line)
{
    struct ctl *c = arg;
    if (c->json) {
        out_bool(&c->out, "ok", false);
        out_text(&c->out, "fault", line);
        out_row(&c->out);
    }
    out_say(&c->out, "%s", line);
}

static enum program_status run_verify(struct ctl *c)
{
    enum err e = flow_audit_verify(c->flow, say_fault, c);
    if (e == ERR_CORRUPT)
        return ctl_refuse_why(c, NULL, "the log was changed; where is on standard output");
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    if (c->json) {
        out_bool(&c->out, "ok", true);
        out_null(&c->out, "fault");
        out_row(&c->out);
    }
    out_say(&c->out, "The log is whole: nothing was changed, removed or put in.");
    return PROGRAM_OK;
}

const struct ctl_command ctl_audit_verify = {
    .name = "audit verify",
    .usage = "",
    .help = "whether the log of who did what is whole",
    .more = "Every line is chained to the one before it with a keyed hash.",
    .needs = CTL_NEEDS_HOUSE,
    .run = run_verify,
};

static void write_line(void *arg, const struct audit_line *line)
{
    struct ctl *c = arg;
    out_int(&c->out, "seq", line->seq);
    out_time(&c->out, "at", line->at);
    out_text(&c->out, "actor", line->actor);
    out_text(&c->out, "action", line->action);
    out_text(&c->out, "object", line->object);
    out_text(&c->out, "result", line->result);
    out_row(&c->out);
}

static enum program_status run_show(struct ctl *c)
{
    if (ctl_given(c, "last") && (ctl_given(c, "from") || ctl_given(c, "max")))
        return ctl_misuse(c, "--last goes alone");
    int64_t from = ctl_given(c, "last") ? -ctl_number(c, "last", 0) : ctl_number(c, "from", 1);
    enum err e = flow_audit(c->flow, from, ctl_number(c, "max", 0), write_line, c);
    return e == ERR_OK ? PROGRAM_OK : ctl_refuse(c, NULL, e);
}

static const struct ctl_option show_options[] = {
    { "last", CTL_COUNT, "N", "only the last N lines", false },
    { "from", CTL_COUNT, "SEQ", "from this line on", false },
    { "max", CTL_COUNT, "N", "at most N lines", false },
    { 0 },
};
const struct ctl_command ctl_audit_show = {
    .name = "audit show",
    .usage = "[--last N | --from SEQ --max N]",
    .help = "who did what and when, without personal data",
    .needs = CTL_NEEDS_HOUSE,
    .options = show_options,
    .run = run_show,
};
