#include <stdio.h>
#include <string.h>

#include "ctl/commands.h"
#include "flow/house.h"

/* ---- list, show ---- */

static void write_line(struct ctl *c, const struct outbox_line *line, bool more)
{
    out_text(&c->out, "outbox", line->id.s);
    out_text(&c->out, "kind", line->kind);
    out_text(&c->out, "state", line->state);
    out_int(&c->out, "attempts", line->attempts);
    out_time(&c->out, "next_try", line->next_try);
    out_text(&c->out, "code", line->code);
    if (more) {
        out_int(&c->out, "seq", line->seq);
        out_text(&c->out, "chain", line->chain.s);
    }
    out_row(&c->out);
}

static enum program_status run_list(struct ctl *c)
{
    CLEANUP(outbox_list_done) struct outbox_list all = { 0 };
    enum err e = flow_outbox(c->flow, ctl_given(c, "open"), &all);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (ctl_given(c, "lost") && strcmp(all.v[i].code, "lost_there") != 0)
            continue;
        write_line(c, &all.v[i], ctl_given(c, "long"));
        n++;
    }
    if (n == 0)
        out_say(&c->out, "Nothing %s.",
                ctl_given(c, "lost")   ? "is lost there"
                : ctl_given(c, "open") ? "waits to be sent"
                                       : "is here");
    return PROGRAM_OK;
}

static const struct ctl_option list_options[] = {
    { "open", CTL_FLAG, NULL, "only what is not in the register yet", false },
    { "lost", CTL_FLAG, NULL, "only what the register had taken and does not hold any more", false },
    { "long", CTL_FLAG, NULL, "also seq, the register's reference number, and chain, its zaak",
      false },
    { 0 },
};
const struct ctl_command ctl_outbox_list = {
    .name = "outbox list",
    .usage = "[--open] [--lost] [--long]",
    .help = "the records for the case register, oldest first",
    .more = "States: queued, waiting (for its next try), sent, dead (the register refused it, and "
            "a person must look), discarded. A sent record with the code lost_there was taken by "
            "the register, which does not hold it any more. Was it deleted there on purpose, "
            "discard it; else retry it, or all of them with outbox resend.",
    .needs = CTL_NEEDS_HOUSE,
    .options = list_options,
    .run = run_list,
};

/* The record that the operand names. */
static enum program_status find(struct ctl *c, struct outbox_line *ret_line)
{
    CLEANUP(outbox_list_done) struct outbox_list all = { 0 };
    enum err e = flow_outbox(c->flow, false, &all);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    for (size_t i = 0; i < all.n; i++) {
        if (strcmp(all.v[i].id.s, c->operands[0]) == 0) {
            *ret_line = all.v[i];
            return PROGRAM_OK;
        }
    }
    return ctl_refuse_why(c, NULL, "no such record");
}

static void write_record(struct ctl *c, const struct outbox_row *r)
{
    out_text(&c->out, "outbox", r->id.s);
    out_text(&c->out, "kind", r->kind);
    out_text(&c->out, "state", outbox_state_name(r->state));
    out_int(&c->out, "attempts", r->attempts);
    out_time(&c->out, "next_try", r->next_try);
    out_text(&c->out, "code", r->code);
    out_int(&c->out, "seq", r->seq);
    out_text(&c->out, "chain", r->chain.s);
    out_int(&c->out, "place", r->place);
    out_time(&c->out, "created", r->created);
    out_time(&c->out, "sent", r->sent);
    out_text(&c->out, "resolved_by", r->resolved_by);
    out_text(&c->out, "resolved_how", r->resolved_how);
    out_row(&c->out);
}

static const char *step_state(const struct outbox_step *s)
{
    switch (s->state) {
    case OUTBOX_STEP_READY: return s->attempts ? "to_try_again" : "ready";
    case OUTBOX_STEP_IN_FLIGHT: return "in_flight";
    case OUTBOX_STEP_DONE: return "done";
    case OUTBOX_STEP_REFUSED: return "refused";
    case OUTBOX_STEP_STATE_COUNT: break;
    }
    return "unknown";
}

#define DIGEST_TEXT_SIZE (2 * OUTBOX_DIGEST_SIZE + 1)

/* "" when nothing was sent: all that the register was asked is whether it is there. */
static void digest_text(const struct outbox_step *s, char out[DIGEST_TEXT_SIZE])
{
    static const unsigned char none[OUTBOX_DIGEST_SIZE];
    out[0] = '\0';
    for (size_t i = 0; memcmp(s->digest, none, sizeof none) != 0 && i < sizeof none; i++)
        snprintf(out + 2 * i, 3, "%02x", s->digest[i]);
}

static void write_step(struct ctl *c, const struct outbox_step *s)
{
    char digest[DIGEST_TEXT_SIZE];
    digest_text(s, digest);
    out_text(&c->out, "step", s->name);
    out_text(&c->out, "step_state", step_state(s));
    out_text(&c->out, "key", s->key);
    out_int(&c->out, "tries", s->attempts);
    out_time(&c->out, "first_try", s->first_try);
    out_time(&c->out, "last_try", s->last_try);
    out_text(&c->out, "method", s->method);
    out_text(&c->out, "url", s->path);
    out_int(&c->out, "status", s->last_status);
    out_text(&c->out, "codes", s->params[0] ? s->params : s->code);
    out_text(&c->out, "instance", s->instance);
    out_text(&c->out, "api_version", s->api_version);
    out_text(&c->out, "receipt", s->result_url);
    out_time(&c->out, "received", s->done);
    out_text(&c->out, "sha256", digest);
    out_row(&c->out);
}

/* The same for people: what is not there is not spoken of. */
static void say_step(struct ctl *c, const struct outbox_step *s)
{
    char digest[DIGEST_TEXT_SIZE], first[OUT_WHEN_SIZE], last[OUT_WHEN_SIZE];
    digest_text(s, digest);
    out_say(&c->out, "%2d %s: %s%s", s->n, s->name, step_state(s),
            s->unsure ? ", a try may have arrived" : "");
    if (s->attempts) {
        out_when(&c->out, s->first_try, first);
        out_when(&c->out, s->last_try, last);
        out_say(&c->out, "     tries: %d, first %s, last %s", s->attempts, first, last);
        out_say(&c->out, "     last call: %s %s", s->method, s->path);
    }
    if (s->last_status || s->code[0])
        out_say(&c->out, "     answer: HTTP %d%s%s%s%s", s->last_status, s->code[0] ? " " : "",
                s->code, s->params[0] ? ": " : "", s->params);
    if (s->instance[0])
        out_say(&c->out, "     in the register's log: %s", s->instance);
    if (s->state == OUTBOX_STEP_DONE) {
        out_when(&c->out, s->done, last);
        out_say(&c->out, "     receipt: %s, %s", s->result_url, last);
    }
    if (digest[0])
        out_say(&c->out, "     body sent, sha256: %s", digest);
}

static void say_record(struct ctl *c, const struct outbox_row *r)
{
    char made[OUT_WHEN_SIZE], sent[OUT_WHEN_SIZE];
    out_when(&c->out, r->created, made);
    out_say(&c->out, "%s %s: %s", r->kind, r->id.s, outbox_state_name(r->state));
    out_say(&c->out, "   number %lld, place %d of chain %s, made %s", (long long)r->seq, r->place,
            r->chain.s, made);
    if (r->sent) {
        out_when(&c->out, r->sent, sent);
        out_say(&c->out, "   in the register since %s", sent);
    }
    if (r->code[0])
        out_say(&c->out, "   last told: %s", r->code);
    if (r->next_try) {
        out_when(&c->out, r->next_try, sent);
        out_say(&c->out, "   not before %s", sent);
    }
    if (r->resolved_by[0])
        out_say(&c->out, "   by hand: %s, %s", r->resolved_by, r->resolved_how);
}

static enum program_status run_show(struct ctl *c)
{
    struct ulid id = ulid_of(c->operands[0]);
    struct outbox_row row;
    CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
    enum err e = flow_outbox_one(c->flow, &id, &row);
    if (e == ERR_NOT_FOUND)
        return ctl_refuse_why(c, NULL, "no such record");
    if (e == ERR_OK)
        e = flow_outbox_steps(c->flow, &row, &steps);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    if (c->json)
        write_record(c, &row);
    say_record(c, &row);
    for (size_t i = 0; i < steps.n; i++) {
        if (c->json)
            write_step(c, &steps.v[i]);
        say_step(c, &steps.v[i]);
    }
    if (steps.n == 0)
        out_say(&c->out, "   never tried");
    return PROGRAM_OK;
}

const struct ctl_command ctl_outbox_show = {
    .name = "outbox show",
    .usage = "ID",
    .help = "one record's whole story, without what it says of a person",
    .more = "First the record, then each call that it takes: its state, its tries, what the "
            "register answered, and the receipt: address there, time, and SHA-256 of the body.",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .run = run_show,
};

/* ---- retry, discard ---- */

static enum program_status settle(struct ctl *c, bool discard)
{
    struct outbox_line line;
    enum program_status status = find(c, &line);
    if (status != PROGRAM_OK)
        return status;
    enum err e = discard ? flow_outbox_discard(c->flow, &line.id, ctl_text(c, "reason"))
                         : flow_outbox_retry(c->flow, &line.id);
    if (e == ERR_STATE)
        return ctl_refuse_why(c, NULL, "the record is %s", line.state);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    status = find(c, &line);
    if (status == PROGRAM_OK)
        write_line(c, &line, false);
    return status;
}

static enum program_status run_retry(struct ctl *c)
{
    return settle(c, false);
}

const struct ctl_command ctl_outbox_retry = {
    .name = "outbox retry",
    .usage = "ID",
    .help = "send a dead, waiting or lost record with the next upload",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .run = run_retry,
};

static enum program_status run_resend(struct ctl *c)
{
    int64_t n = 0;
    enum err e = flow_outbox_resend(c->flow, &n);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    out_int(&c->out, "visits", n);
    out_row(&c->out);
    return PROGRAM_OK;
}

const struct ctl_command ctl_outbox_resend = {
    .name = "outbox resend",
    .usage = "",
    .help = "send again all that the register has lost",
    .more = "For a register that was put back to an older state. Each record is looked for before "
            "it is sent. Discard first what was deleted there on purpose.",
    .needs = CTL_NEEDS_HOUSE,
    .run = run_resend,
};

static enum program_status run_send(struct ctl *c)
{
    enum err e = flow_send_now(c->flow);
    if (e != ERR_OK)
        return ctl_refuse(c, "send-now", e);
    out_bool(&c->out, "asked", true);
    out_row(&c->out);
    return PROGRAM_OK;
}

const struct ctl_command ctl_outbox_send = {
    .name = "outbox send",
    .usage = "",
    .help = "ask for an upload now instead of tonight",
    .more = "Writes send-now beside the database, for which dynamo-upload.path starts a run.",
    .needs = CTL_NEEDS_HOUSE,
    .run = run_send,
};

static enum program_status run_discard(struct ctl *c)
{
    return settle(c, true);
}

static const struct ctl_option discard_options[] = {
    { "reason", CTL_TEXT, "R", "why it need not be in the register; goes into the log", true },
    { 0 },
};
static const struct ctl_why discard_whys[] = {
    { ERR_INVAL, "a reason has 1 to 200 letters" },
    { 0 },
};
const struct ctl_command ctl_outbox_discard = {
    .name = "outbox discard",
    .usage = "ID --reason R",
    .help = "never send a dead record",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .options = discard_options,
    .whys = discard_whys,
    .run = run_discard,
};

/* ---- status ---- */

static enum program_status run_status(struct ctl *c)
{
    struct outbox_status s;
    enum err e = flow_outbox_status(c->flow, &s);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    out_int(&c->out, "queued", s.queued);
    out_int(&c->out, "waiting", s.waiting);
    out_int(&c->out, "sent", s.sent);
    out_int(&c->out, "dead", s.dead);
    out_int(&c->out, "oldest_s", s.oldest_s);
    out_row(&c->out);
    return PROGRAM_OK;
}

const struct ctl_command ctl_outbox_status = {
    .name = "outbox status",
    .usage = "",
    .help = "how many records are in which state, and the age of the oldest unsent",
    .needs = CTL_NEEDS_HOUSE,
    .run = run_status,
};
