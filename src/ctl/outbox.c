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
    for (size_t i = 0; i < all.n; i++)
        write_line(c, &all.v[i], ctl_given(c, "long"));
    if (all.n == 0)
        out_say(&c->out, "Nothing %s.", ctl_given(c, "open") ? "waits to be sent" : "is here");
    return PROGRAM_OK;
}

static const struct ctl_option list_options[] = {
    { "open", CTL_FLAG, NULL, "only what is not in the register yet", false },
    { "long", CTL_FLAG, NULL, "also seq, the register's reference number, and chain, its zaak",
      false },
    { 0 },
};
const struct ctl_command ctl_outbox_list = {
    .name = "outbox list",
    .usage = "[--open] [--long]",
    .help = "the records for the case register, oldest first",
    .more = "States: queued, waiting (for its next try), sent, dead (the register refused it, and "
            "a person must look), discarded.",
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

static enum program_status run_show(struct ctl *c)
{
    struct outbox_line line;
    enum program_status status = find(c, &line);
    if (status == PROGRAM_OK)
        write_line(c, &line, true);
    return status;
}

const struct ctl_command ctl_outbox_show = {
    .name = "outbox show",
    .usage = "ID",
    .help = "one record, without what it says of a person",
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
    .help = "send a dead or waiting record with the next upload",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .run = run_retry,
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
