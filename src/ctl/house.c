#include "flow/house.h"

#include <stdio.h>

#include "ctl/commands.h"

/* ---- init, migrate ---- */

static enum program_status run_init(struct ctl *c)
{
    bool simulated = ctl_given(c, "simulated");
    if (c->args.now && !simulated)
        return ctl_refuse_why(c, "--now",
                              "only a simulated database takes a simulated clock; "
                              "add --simulated");
    enum err e = flow_init_with_keys(c->args.db, c->config.paths.keys, simulated, &c->clock, &c->rng);
    if (e != ERR_OK)
        return ctl_refuse(c, c->args.db, e);
    if (c->json) {
        out_text(&c->out, "db", c->args.db);
        out_bool(&c->out, "simulated", simulated);
        out_row(&c->out);
    }
    out_say(&c->out, "Made %s%s. Next: %s roster import FILE", c->args.db,
            simulated ? " with a simulated clock" : "", CTL_NAME);
    return PROGRAM_OK;
}

static const struct ctl_option init_options[] = {
    { "simulated", CTL_FLAG, NULL, "for a clock that --now sets; never uploads past this machine",
      false },
    { 0 },
};
static const struct ctl_why init_whys[] = {
    { ERR_EXISTS, "there is a database already" },
    { ERR_NOT_FOUND, "no such folder" },
    { ERR_DENIED, "you may not write there" },
    { 0 },
};
const struct ctl_command ctl_init = {
    .name = "init",
    .usage = "[--simulated]",
    .help = "make a database and its keys",
    .more = "The keys are made beside the database, or where [paths] keys says; keys that lie "
            "there already are taken. Then say keys recovery. A database that was made with "
            "--simulated takes --now, and its records never go to a register past loopback.",
    .needs = CTL_NEEDS_CONFIG,
    .options = init_options,
    .whys = init_whys,
    .run = run_init,
};

static enum program_status run_migrate(struct ctl *c)
{
    int from, to;
    enum err e = flow_migrate(c->args.db, &from, &to);
    if (e != ERR_OK)
        return ctl_refuse(c, c->args.db, e);
    if (c->json) {
        out_int(&c->out, "from", from);
        out_int(&c->out, "to", to);
        out_row(&c->out);
    }
    if (from == to)
        out_say(&c->out, "The database is at version %d already.", to);
    else
        out_say(&c->out, "Brought the database from version %d to %d.", from, to);
    return PROGRAM_OK;
}

static const struct ctl_why migrate_whys[] = {
    { ERR_NOT_FOUND, "no such database" },
    { ERR_VERSION, "made by a newer program; install that one" },
    { ERR_CORRUPT, "not a database of this program, or damaged" },
    { 0 },
};
const struct ctl_command ctl_migrate = {
    .name = "migrate",
    .usage = "",
    .help = "bring the database up to date",
    .whys = migrate_whys,
    .run = run_migrate,
};

/* ---- check ---- */

static enum program_status run_check(struct ctl *c)
{
    enum err e = flow_check(c->flow, ctl_say_fault, c);
    if (e == ERR_CORRUPT)
        return ctl_refuse_why(c, c->args.db, "the check found what is on standard output");
    if (e != ERR_OK)
        return ctl_refuse(c, c->args.db, e);
    return audit_is_whole(c,
                          "Nothing is wrong: integrity, foreign keys, invariants and audit chain.");
}

const struct ctl_command ctl_check = {
    .name = "check",
    .usage = "",
    .help = "integrity, foreign keys, invariants and audit chain of the database",
    .more = "Prints a line for each thing that is wrong, and then ends with status 1.",
    .needs = CTL_NEEDS_HOUSE,
    .run = run_check,
};

/* ---- close-day ---- */

static enum program_status run_close_day(struct ctl *c)
{
    struct day_closed closed;
    enum err e = flow_close_day(c->flow, &closed);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    if (c->json) {
        out_int(&c->out, "unserved", closed.unserved);
        out_int(&c->out, "done_inaccurate", closed.done_inaccurate);
        out_int(&c->out, "failed", closed.failed);
        out_row(&c->out);
    }
    out_say(&c->out, "The day is closed: %d unserved, %d still in service set to done.",
            closed.unserved, closed.done_inaccurate);
    if (closed.failed)
        return ctl_refuse_why(c, NULL, "%d visits could not be closed", closed.failed);
    return PROGRAM_OK;
}

const struct ctl_command ctl_close_day = {
    .name = "close-day",
    .usage = "",
    .help = "end the business day: who still waits becomes unserved",
    .more = "A visit in service becomes done, marked inaccurate. A timer runs this after closing; "
            "running it again does nothing.",
    .needs = CTL_NEEDS_HOUSE,
    .run = run_close_day,
};

/* ---- clock ---- */

static enum program_status show_clock(struct ctl *c)
{
    bool sure = !flow_clock_unsure(c->flow);
    utc_ms now = flow_now(c->flow), last = flow_last_wall(c->flow);
    if (c->json) {
        out_time(&c->out, "now", now);
        out_day(&c->out, "today", flow_today(c->flow));
        out_bool(&c->out, "sure", sure);
        out_bool(&c->out, "simulated", flow_simulated(c->flow));
        out_time(&c->out, "last", last);
        out_row(&c->out);
    }
    char when[OUT_WHEN_SIZE];
    out_when(&c->out, now, when);
    out_say(&c->out, "%s%s, %s.", when, c->clock.simulated ? " (simulated)" : "",
            sure ? "the clock is sure"
                 : "the clock is unsure: bookings and uploads wait; set the time, or say that it "
                   "is right with clock confirm");
    return PROGRAM_OK;
}

const struct ctl_command ctl_clock_status = {
    .name = "clock status",
    .usage = "",
    .help = "what time it is here, and whether that is sure",
    .needs = CTL_NEEDS_HOUSE,
    .run = show_clock,
};

static enum program_status run_clock_confirm(struct ctl *c)
{
    enum err e = flow_clock_confirm(c->flow);
    return e == ERR_OK ? show_clock(c) : ctl_refuse(c, NULL, e);
}

const struct ctl_command ctl_clock_confirm = {
    .name = "clock confirm",
    .usage = "",
    .help = "say that the time of clock status is right",
    .needs = CTL_NEEDS_HOUSE,
    .run = run_clock_confirm,
};
