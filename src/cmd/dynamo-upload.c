/*
 * src/cmd/dynamo-upload.c - one run: sends what is due to the case register, then ends.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "config/program.h"
#include "core/civil.h"
#include "store/device_state.h"
#include "store/outbox.h"
#include "upload/setup.h"
#include "upload/upload.h"

#define NAME "dynamo-upload"

static volatile sig_atomic_t end;

static void on_end(int signal)
{
    (void)signal;
    end = 1;
}

static enum program_status fail(const char *what, const char *why)
{
    program_say(NAME, what, why);
    return PROGRAM_FAILED;
}

static void say_totals(const struct upload_totals *t, const struct outbox_totals *box)
{
    printf("sent %lld, calls %lld, refused %lld, left %lld; in the outbox: queued %lld, "
           "waiting %lld, dead %lld\n",
           (long long)t->sent, (long long)t->calls, (long long)t->dead, (long long)t->left,
           (long long)box->queued, (long long)box->waiting, (long long)box->dead);
}

/* The summary, the state that health shows, and the exit status. */
static enum program_status report(struct store *store, const struct clock *clock,
                                  const struct upload_totals *t)
{
    struct outbox_totals box;
    bool well = !t->stopped && t->left == 0 && t->dead == 0;
    enum err e = store_outbox_totals(store, &box);
    if (!e)
        e = store_device_put(store, "upload", well ? "ok" : t->why.code, clock_wall_ms(clock));
    if (e)
        return fail(store_path(store), err_text(e));
    say_totals(t, &box);
    log_event(LOG_LEVEL_INFO, "upload.sent", NULL, t->sent);
    if (well)
        return PROGRAM_OK;
    char why[400];
    snprintf(why, sizeof why, "%s%s%s (HTTP status %d)", t->why.code, t->why.params[0] ? ", " : "",
             t->why.params, t->why.status);
    log_event(LOG_LEVEL_ERR, "upload.failed", t->why.code, t->why.status);
    return fail(t->stopped ? "stopped" : "not everything was taken", why);
}

static enum program_status run(const struct config *config, struct store *store,
                               struct clock *clock, struct rng *rng)
{
    struct register_settings settings;
    const char *what;
    bool simulated = store_simulated(store);
    enum err e = setup_settings(config, !simulated, &settings, &what);
    if (e)
        return fail(what, e == ERR_INVAL ? "missing or not of its form" : err_text(e));
    struct upload_totals totals = { 0 };
    if (settings.profile == REGISTER_NONE) {
        program_say(NAME, "[register] profile", "none is set; records stay queued");
        return report(store, clock, &totals);
    }
    if (simulated && !setup_is_loopback(&settings))
        return fail("simulated database", "its register must be on this machine");
    struct setup_client client;
    e = setup_client(config, simulated, &client);
    if (e)
        return fail("[register] ca_file, cert_file or key_file", err_text(e));
    struct upload_options o = { .store = store,
                                .clock = clock,
                                .rng = rng,
                                .port = &client.port,
                                .settings = &settings,
                                .rate_per_s = config->reg.rate_per_s,
                                .end = &end };
    e = upload_run(&o, &totals);
    setup_client_done(&client);
    register_settings_wipe(&settings);
    return e && e != ERR_NONE ? fail("run", err_text(e)) : report(store, clock, &totals);
}

/* What must hold before anything is sent. */
static enum program_status guarded_run(const struct config *config, struct store *store,
                                       struct clock *clock, struct rng *rng)
{
    if (clock->simulated && !store_simulated(store))
        return fail("--now", "the database was not made with --simulated");
    int lock = -1;
    enum err e = setup_lock(store_path(store), &lock);
    if (e)
        return fail("lock", e == ERR_BUSY ? "another run is under way" : err_text(e));
    bool unsure = false;
    e = setup_clock_unsure(store, clock, &unsure);
    enum program_status status =
        e        ? fail(store_path(store), err_text(e))
        : unsure ? fail("clock", "its time is unsure; nothing is sent until it is confirmed")
                 : run(config, store, clock, rng);
    close(lock);
    return status;
}

int main(int argc, char **argv)
{
    static const struct program p = { .name = NAME,
                                      .summary = "Sends what is due to the case register, once." };
    struct program_args args;
    enum program_next next = program_args(&p, argc, argv, &args);
    if (next != PROGRAM_RUN)
        return next == PROGRAM_DONE ? PROGRAM_OK : PROGRAM_USAGE;
    struct config config;
    if (program_config(&p, &args, &config) != ERR_OK)
        return PROGRAM_FAILED;
    utc_ms now;
    if (args.now && rfc3339_parse(args.now, &now) != ERR_OK) {
        program_say(NAME, "--now", "not a time of the form 2026-03-27T09:00:00+01:00");
        return PROGRAM_USAGE;
    }
    struct clock clock = args.now ? clock_at(now) : clock_system();
    struct sigaction action = { .sa_handler = on_end };
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* a TLS connection that breaks while we write */
    log_init(NAME, LOG_LEVEL_INFO);
    struct rng rng = rng_system();
    struct store_options o = { .path = args.db, .rng = &rng, .keys = STORE_KEYS_UPLOAD };
    struct store *store = NULL;
    enum err e = store_open(&o, &store);
    if (e) {
        program_say(NAME, args.db, err_text(e));
        return PROGRAM_FAILED;
    }
    enum program_status status = guarded_run(&config, store, &clock, &rng);
    store_close(store);
    return (int)status;
}
