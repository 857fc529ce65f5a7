#include "ctl/ctl.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "core/civil.h"
#include "ctl/args.h"
#include "ctl/commands.h"
#include "ctl/help.h"

/* The words do not name a command: says what would. */
static enum program_status unknown(int argc, const char *const *argv)
{
    size_t n;
    const struct ctl_command *const *all = ctl_commands(&n);
    CLEANUP(buf_done) struct buf seconds = buf_make(1024);
    for (size_t i = 0; argc > 0 && i < n; i++) {
        size_t len = strcspn(all[i]->name, " ");
        if (all[i]->name[len] && strlen(argv[0]) == len && memcmp(argv[0], all[i]->name, len) == 0)
            buf_addf(&seconds, "%s%s", seconds.n ? ", " : "", all[i]->name + len + 1);
    }
    CLEANUP(buf_done) struct buf why = buf_make(2048);
    if (seconds.n)
        buf_addf(&why, "one of %s must follow", buf_str(&seconds));
    else
        buf_addf(&why, "no such command; %s help lists them", CTL_NAME);
    program_say(CTL_NAME, argc > 0 ? argv[0] : "command", argc > 0 ? buf_str(&why) : "missing");
    fprintf(stderr, "usage: %s [--db FILE] [--config FILE] [--now TIME] [--json] COMMAND ...\n",
            CTL_NAME);
    return PROGRAM_USAGE;
}

static enum program_status set_clock(struct ctl *c)
{
    utc_ms now;
    c->clock = clock_system();
    if (!c->args.now)
        return PROGRAM_OK;
    if (rfc3339_parse(c->args.now, &now) != ERR_OK)
        return ctl_misuse(c, "--now is not a time with its offset (2026-03-27T09:00:00+01:00)");
    c->clock = clock_at(now);
    return PROGRAM_OK;
}

static enum program_status open_house(struct ctl *c)
{
    const struct flow_options options = {
        .db_path = c->args.db, .keys_dir = c->config.paths.keys, .device = "ctl",
        .clock = &c->clock, .rng = &c->rng, .patient = true
    };
    enum err e = flow_open(&options, &c->flow);
    switch ((int)e) {
    case ERR_OK:
        return PROGRAM_OK;
    case ERR_NOT_FOUND:
        if (access(c->args.db, F_OK) == 0)
            return ctl_refuse_why(c, c->args.db, "its keys are missing");
        return ctl_refuse_why(c, c->args.db, "no such database; %s init makes one", CTL_NAME);
    case ERR_VERSION:
        return ctl_refuse_why(c, c->args.db, "made by a newer program; install that one");
    case ERR_STATE:
        return ctl_refuse_why(c, c->args.db, "of an older version; %s migrate brings it up to date",
                              CTL_NAME);
    case ERR_CORRUPT:
        return ctl_refuse_why(c, c->args.db, "not a database of this program, or damaged");
    case ERR_DENIED:
        return ctl_refuse_why(c, c->args.db,
                              "you may not open it, or its key files are open to others");
    case ERR_INVAL:
        if (c->clock.simulated)
            return ctl_refuse_why(c, "--now", "the database was not made with --simulated");
        break;
    default:
        break;
    }
    return ctl_refuse_why(c, c->args.db, "%s", err_text(e));
}

/* Opens what the command needs and runs it. */
static enum program_status run_command(const struct program *p, struct ctl *c)
{
    enum program_status status = set_clock(c);
    if (status != PROGRAM_OK)
        return status;
    c->rng = rng_system();
    config_defaults(&c->config);
    if (c->command->needs != CTL_NEEDS_NOTHING && program_config(p, &c->args, &c->config) != ERR_OK)
        return PROGRAM_FAILED;
    if (c->command->needs == CTL_NEEDS_HOUSE)
        status = open_house(c);
    out_init(&c->out, stdout, c->json);
    c->out.zone = c->flow ? flow_zone(c->flow) : NULL;
    if (status == PROGRAM_OK)
        status = c->command->run(c);
    if (out_finish(&c->out) != ERR_OK)
        status = ctl_refuse_why(c, "standard output", "the result could not be written");
    out_done(&c->out);
    flow_close(c->flow);
    c->flow = NULL;
    return status;
}

static enum program_status run_words(const struct program *p, struct ctl *c)
{
    int words = 0;
    const char *const *argv = (const char *const *)c->args.argv;
    c->command = ctl_find(c->args.argc, argv, &words);
    if (!c->command)
        return unknown(c->args.argc, argv);
    bool help = false;
    if (!ctl_args_parse(c, c->args.argc - words, argv + words, &help))
        return PROGRAM_USAGE;
    if (help) {
        CLEANUP(buf_done) struct buf b = buf_make(64 * 1024);
        ctl_help_command(c->command, &b);
        fputs(buf_str(&b), stdout);
        return fflush(stdout) == 0 ? PROGRAM_OK : PROGRAM_FAILED;
    }
    return run_command(p, c);
}

enum program_status ctl_run(int argc, char **argv)
{
    CLEANUP(buf_done) struct buf list = buf_make(64 * 1024);
    ctl_help_list(&list);
    struct ctl c = { 0 };
    const struct program p = {
        .name = CTL_NAME,
        .summary = "Administers a Dynamo kiosk: set-up, roster, queue, outbox, health.",
        .operands = "COMMAND ...",
        .more_help = buf_str(&list),
        .options =
            (const struct program_option[]){
                { "json", NULL, "one JSON object a line", NULL, &c.json },
                { 0 },
            },
    };
    log_init(CTL_NAME, LOG_LEVEL_ERR);
    switch (program_args(&p, argc, argv, &c.args)) {
    case PROGRAM_DONE:
        return PROGRAM_OK;
    case PROGRAM_WRONG:
        return PROGRAM_USAGE;
    case PROGRAM_RUN:
        break;
    }
    return run_words(&p, &c);
}
