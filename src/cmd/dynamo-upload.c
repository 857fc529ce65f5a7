/*
 * src/cmd/dynamo-upload.c - one run: sends what is due to the case register, asks it for
 * what it has got, reports, then ends.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/start.h"
#include "config/confinement.h"
#include "config/program.h"
#include "core/civil.h"
#include "store/device_state.h"
#include "store/meta.h"
#include "store/outbox.h"
#include "upload/dry_run.h"
#include "upload/report.h"
#include "upload/setup.h"

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

/* What was sent longer ago than this is not compared: its bodies are on their way out. */
#define COMPARE_MAX_MS (14 * DAY_MS)
#define META_COMPARED "upload_compared_ms"

struct session {
    const struct config *config;
    struct store *store;
    struct clock *clock;
    struct rng *rng;
    bool dry;
    struct upload_report report;
};

static void say_totals(const struct upload_report *r, const struct outbox_totals *box)
{
    const struct upload_totals *t = &r->totals;
    const struct upload_compared *c = &r->compared;
    printf("sent %lld, calls %lld, refused %lld, left %lld; in the outbox: queued %lld, "
           "waiting %lld, dead %lld; compared: same %lld, missing %lld, differing %lld\n",
           (long long)t->sent, (long long)t->calls, (long long)t->dead, (long long)t->left,
           (long long)box->queued, (long long)box->waiting, (long long)box->dead,
           (long long)c->same, (long long)c->missing, (long long)c->differing);
}

static bool run_is_well(const struct upload_totals *t)
{
    return !t->stopped && t->left == 0 && t->dead == 0;
}

/* The word that health shows for what the register holds. */
static const char *compared_word(const struct upload_compared *c)
{
    return c->differing ? "differs" : c->missing ? "missing" : !c->complete ? "not_compared" : "ok";
}

static enum program_status fail_run(const struct upload_totals *t)
{
    char why[400];
    snprintf(why, sizeof why, "%s%s%s (HTTP status %d)", t->why.code, t->why.params[0] ? ", " : "",
             t->why.params, t->why.status);
    log_event(LOG_LEVEL_ERR, "upload.failed", t->why.code, t->why.status);
    return fail(t->stopped ? "stopped" : "not everything was taken", why);
}

static enum program_status fail_comparison(const struct upload_compared *c)
{
    char why[300];
    log_event(LOG_LEVEL_ERR, "upload.compared", compared_word(c), c->missing + c->differing);
    if (!c->missing && !c->differing) {
        snprintf(why, sizeof why, "it could not be asked: %s (HTTP status %d)", c->why.code,
                 c->why.status);
        return fail("comparison with the register", why);
    }
    snprintf(why, sizeof why,
             "it does not hold %lld records any more (with what follows them), and %lld otherwise "
             "than they were sent; nothing is sent again by itself: see dynamoctl outbox list "
             "--lost",
             (long long)c->lost, (long long)c->differing);
    return fail("comparison with the register", why);
}

/* The summary, the states that health shows, the signed report, and the exit status. */
static enum program_status report(struct session *s)
{
    struct outbox_totals box;
    struct upload_report *r = &s->report;
    bool well = run_is_well(&r->totals);
    r->ended = clock_wall_ms(s->clock);
    enum err e = store_outbox_totals(s->store, &box);
    if (!e)
        e = store_device_put(s->store, "upload", well ? "ok" : r->totals.why.code, r->ended);
    if (!e)
        e = store_meta_put_int(s->store, META_UPLOADED, r->ended);
    if (!e && !r->totals.stopped)
        e = store_device_put(s->store, "register", compared_word(&r->compared), r->ended);
    if (!e)
        e = upload_report_write(s->store, r);
    if (e)
        return fail(store_path(s->store), err_text(e));
    say_totals(r, &box);
    if (!well)
        return fail_run(&r->totals);
    return strcmp(compared_word(&r->compared), "ok") == 0 ? PROGRAM_OK
                                                         : fail_comparison(&r->compared);
}

static enum err compared_until(struct session *s, utc_ms now, int64_t *ret_since)
{
    *ret_since = 0;
    enum err e = store_meta_get_int(s->store, META_COMPARED, ret_since);
    if (*ret_since < now - COMPARE_MAX_MS)
        *ret_since = now - COMPARE_MAX_MS;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Asks for what was sent since the last time. */
static enum err compare(struct session *s, const struct upload_options *o)
{
    struct upload_report *r = &s->report;
    utc_ms now = clock_wall_ms(s->clock);
    int64_t since;
    enum err e = compared_until(s, now, &since);
    if (!e)
        e = upload_reconcile(o, since, &r->compared);
    if (!e && r->compared.complete)
        e = store_meta_put_int(s->store, META_COMPARED, now);
    return e;
}

static enum err send_and_compare(struct session *s, const struct upload_options *o)
{
    enum err e = upload_run(o, &s->report.totals);
    if (e && e != ERR_NONE)
        return e;
    return s->report.totals.stopped ? ERR_OK : compare(s, o);
}

static enum program_status dry_run(struct session *s, const struct register_settings *settings)
{
    int64_t calls = 0;
    enum err e = upload_dry_run(s->store, s->clock, settings, stdout, &calls);
    return e ? fail("dry run", err_text(e)) : PROGRAM_OK;
}

static enum program_status send(struct session *s, const struct register_settings *settings)
{
    struct setup_client client;
    bool simulated = store_simulated(s->store);
    if (simulated && !setup_is_loopback(settings))
        return fail("simulated database", "its register must be on this machine");
    enum err e = setup_client(s->config, simulated, &client);
    if (e)
        return fail("[register] ca_file, cert_file, key_file or proxy", err_text(e));
    struct upload_options o = { .store = s->store,
                                .clock = s->clock,
                                .rng = s->rng,
                                .port = &client.port,
                                .settings = settings,
                                .rate_per_s = s->config->reg.rate_per_s,
                                .end = &end };
    e = send_and_compare(s, &o);
    setup_client_done(&client);
    return e ? fail("run", err_text(e)) : report(s);
}

static enum program_status run(struct session *s)
{
    CLEANUP(register_settings_wipe) struct register_settings settings = { 0 };
    const char *what;
    enum err e = setup_settings(s->config, !store_simulated(s->store), &settings, &what);
    if (e)
        return fail(what, e == ERR_INVAL ? "missing or not of its form" : err_text(e));
    s->report = (struct upload_report){ .site = s->config->site.id,
                                        .profile = register_profile_name(settings.profile),
                                        .started = clock_wall_ms(s->clock) };
    if (settings.profile != REGISTER_NONE)
        return s->dry ? dry_run(s, &settings) : send(s, &settings);
    program_say(NAME, "[register] profile", "none is set; records stay queued");
    s->report.compared.complete = true; /* there is nothing to compare with */
    return s->dry ? PROGRAM_OK : report(s);
}

/* One at a time, and with a clock that can be believed; a dry run disturbs nobody. */
static enum program_status guarded_run(struct session *s)
{
    if (s->clock->simulated && !store_simulated(s->store))
        return fail("--now", "the database was not made with --simulated");
    if (s->dry)
        return run(s);
    int lock = -1;
    enum err e = setup_lock(store_path(s->store), &lock);
    if (e)
        return fail("lock", e == ERR_BUSY ? "another run is under way" : err_text(e));
    bool unsure = false;
    e = setup_clock_unsure(s->store, s->clock, &unsure);
    enum program_status status =
        e        ? fail(store_path(s->store), err_text(e))
        : unsure ? fail("clock", "its time is unsure; nothing is sent until it is confirmed")
                 : run(s);
    close(lock);
    return status;
}

int main(int argc, char **argv)
{
    bool dry = false;
    const struct program p = {
        .name = NAME,
        .summary = "Sends what is due to the case register, once, and compares what it holds.",
        .options =
            (const struct program_option[]){
                { "dry-run", NULL,
                  "print the calls, personal values masked; make none, write nothing", NULL, &dry },
                { 0 },
            },
    };
    struct start s;
    enum program_status status;
    if (start_program(&p, argc, argv, &s, &status) != PROGRAM_RUN)
        return (int)status;
    struct sigaction action = { .sa_handler = on_end };
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* a TLS connection that breaks while we write */
    program_confine(
        &(struct confinement){ .program = CONFINED_UPLOAD, .config = &s.config, .db = s.args.db });
    struct store_options o = { .path = s.args.db, .keys_dir = s.config.paths.keys, .rng = &s.rng,
                               .keys = STORE_KEYS_UPLOAD, .read_only = dry,
                               .busy_ms = STORE_PATIENT_MS };
    struct store *store = NULL;
    enum err e = store_open(&o, &store);
    if (e) {
        program_say(NAME, s.args.db, err_text(e));
        return PROGRAM_FAILED;
    }
    struct session session = {
        .config = &s.config, .store = store, .clock = &s.clock, .rng = &s.rng, .dry = dry
    };
    status = guarded_run(&session);
    store_close(store);
    return (int)status;
}
