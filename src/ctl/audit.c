#include <jansson.h>

#include "base/buf.h"
#include "crypt/mac.h"
#include "ctl/commands.h"
#include "flow/house.h"

#define REPORT_MAX (64 * 1024)

/* What a night's report says of the log: its last line then. */
static bool read_report(const char *path, struct audit_mark *ret_mark)
{
    json_int_t count = 0;
    const char *head = NULL;
    CLEANUP(buf_done) struct buf text = buf_make(REPORT_MAX);
    if (buf_read_file(&text, path) != ERR_OK)
        return false;
    json_t *o = json_loadb(buf_str(&text), text.n, JSON_REJECT_DUPLICATES, NULL);
    struct audit_mark m = { 0 };
    bool right = o && json_unpack(o, "{s:{s:{s:I,s:s}}}", "report", "audit", "count", &count,
                                  "head", &head) == 0;
    right = right && count >= 0 && mac_from_hex(head, m.head);
    m.count = count;
    json_decref(o);
    if (right)
        *ret_mark = m;
    return right;
}

enum program_status audit_is_whole(struct ctl *c, const char *said)
{
    int64_t unproved = 0;
    enum err e = flow_audit_unproved(c->flow, &unproved);
    if (e != ERR_OK)
        return ctl_refuse(c, c->args.db, e);
    if (c->json) {
        out_bool(&c->out, "ok", true);
        out_null(&c->out, "fault");
        out_int(&c->out, "unproved", unproved);
        out_row(&c->out);
    }
    out_say(&c->out, "%s", said);
    if (unproved > 0)
        out_say(&c->out,
                "The first %lld lines of the log are from before a restore without their keys: they "
                "have not changed since, but only the old keys could prove more.",
                (long long)unproved);
    return PROGRAM_OK;
}

static enum program_status run_verify(struct ctl *c)
{
    struct audit_mark kept = { 0 };
    const char *report = ctl_text(c, "report");
    if (report && !read_report(report, &kept))
        return ctl_refuse_why(c, report, "not a report of dynamo-upload");
    enum err e = report ? flow_audit_verify_since(c->flow, &kept, ctl_say_fault, c)
                        : flow_audit_verify(c->flow, ctl_say_fault, c);
    if (e == ERR_CORRUPT)
        return ctl_refuse_why(c, NULL, "the log was changed; where is on standard output");
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    return audit_is_whole(c, "The log is whole: nothing was changed, removed or put in.");
}

static const struct ctl_option verify_options[] = {
    { "report", CTL_FILE, "FILE", "the report of a night: what it saw must still be there", false },
    { 0 },
};
const struct ctl_command ctl_audit_verify = {
    .name = "audit verify",
    .usage = "[--report FILE]",
    .help = "whether the log of who did what is whole",
    .more = "Every line is chained to the one before it with a keyed hash. That the newest lines, or "
            "the whole database, were put back shows only against something kept elsewhere: the "
            "report that dynamo-upload writes each night. Lines from before a restore without the "
            "keys are held to what they were at the restore; `unproved` is the last of them.",
    .needs = CTL_NEEDS_HOUSE,
    .options = verify_options,
    .run = run_verify,
};

static enum program_status run_accept(struct ctl *c)
{
    enum err e = flow_older_accept(c->flow);
    if (e == ERR_NONE)
        return ctl_refuse_why(c, NULL, "the database is no older one");
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    out_say(&c->out, "The house goes on with this database; the log says so.");
    return PROGRAM_OK;
}

const struct ctl_command ctl_audit_accept = {
    .name = "audit accept",
    .usage = "",
    .help = "says that an older database is the one to go on with",
    .more = "Each program notices when the database holds less than was seen in it: somebody put a copy "
            "in its place, or the card lost what it had called stored. It writes a line in the log, and "
            "dynamoctl health says older_database until this command. A restore says nothing: that is "
            "what it does.",
    .needs = CTL_NEEDS_HOUSE,
    .run = run_accept,
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
