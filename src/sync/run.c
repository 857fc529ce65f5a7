#include "sync/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "base/watchdog.h"
#include "config/confinement.h"
#include "store/watch.h"

#define IDLE_MS (60 * SECOND_MS) /* where no region is joined yet */
#define ONCE_STEPS 50

static volatile sig_atomic_t stop;
static int wake[2] = { -1, -1 };

static void woke(UNUSED void *arg)
{
    ssize_t n = write(wake[1], "w", 1); /* full: it is awake anyway */
    (void)n;
}

void sync_run_stop(void)
{
    stop = 1;
    woke(NULL);
}

struct region_options sync_region_options(const struct sync_setup *setup)
{
    return (struct region_options){ .conninfo = setup->conninfo,
                                    .wait_ms = setup->config->region.wait_s * 1000 };
}

enum program_status sync_refuse(const char *what, enum err e, const char *why)
{
    char text[400];
    snprintf(text, sizeof(text), "%s%s%s", err_text(e), why && why[0] ? ": " : "", why ? why : "");
    program_say(SYNC_NAME, what, text);
    return PROGRAM_FAILED;
}

static void drain(void)
{
    char bytes[64];
    while (read(wake[0], bytes, sizeof(bytes)) > 0)
        continue;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Until a commit, a word from the region, or the next time. */
static void wait_for_something(const struct sync *s, const struct watchdog *w, bool joined)
{
    int64_t now = clock_real_mono_ms();
    int64_t due = joined ? sync_due(s) : now + IDLE_MS;
    int64_t ms = least(due, watchdog_due(w)) - now;
    struct pollfd fds[2] = { { .fd = wake[0], .events = POLLIN },
                             { .fd = s->r ? region_socket(s->r) : -1, .events = POLLIN } };
    if (!stop && poll(fds, 2, ms < 0 ? 0 : (int)least(ms, IDLE_MS)) > 0 && fds[0].revents)
        drain();
}

static enum err go_on(struct sync *s)
{
    struct watchdog w;
    enum err e = ERR_OK;
    watchdog_init(&w);
    watchdog_ready(&w);
    while (!stop && (e == ERR_OK || e == ERR_NONE || e == ERR_BUSY)) {
        e = sync_step(s);
        watchdog_ping(&w, clock_real_mono_ms());
        if (e == ERR_OK || e == ERR_NONE || e == ERR_BUSY)
            wait_for_something(s, &w, e != ERR_NONE);
    }
    return e == ERR_NONE || e == ERR_BUSY ? ERR_OK : e;
}

/* Several steps, since one may bring news for the next. */
static enum err go_once(struct sync *s)
{
    enum err e = ERR_OK;
    for (int i = 0; e == ERR_OK && i < ONCE_STEPS && (i < 3 || s->look_at == 0); i++) {
        sync_hurry(s);
        e = sync_step(s);
    }
    return e;
}

static enum program_status run(const struct sync_setup *setup, struct store *store)
{
    struct sync s = { .store = store, .clock = setup->clock, .rng = setup->rng,
                      .options = sync_region_options(setup) };
    enum err e = setup->once ? go_once(&s) : go_on(&s);
    bool up = s.r != NULL;
    if (e == ERR_NONE)
        return sync_refuse("region", ERR_STATE, "this house has joined none: dynamoctl region join");
    enum err end = setup->once && up ? ERR_OK : sync_stop(&s);
    if (setup->once)
        region_close(s.r);
    e = e == ERR_OK ? end : e;
    if (e != ERR_OK)
        return sync_refuse(setup->db, e, NULL);
    return setup->once && !up ? sync_refuse("region", ERR_NET, "no line") : PROGRAM_OK;
}

enum program_status sync_run(const struct sync_setup *setup)
{
    struct store *store = NULL;
    struct watch watch = { 0 };
    if (!setup->conninfo[0])
        return sync_refuse("[region] conninfo", ERR_INVAL, "is not set");
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
        return sync_refuse("pipe", ERR_IO, NULL);
    program_confine(&(struct confinement){ .program = CONFINED_SYNC, .config = setup->config,
                                           .db = setup->db, .loose = true });
    enum err e = store_open(&(struct store_options){ .path = setup->db,
                                                     .keys_dir = setup->config->paths.keys,
                                                     .rng = setup->rng,
                                                     .keys = STORE_KEYS_NONE,
                                                     .busy_ms = STORE_PATIENT_MS },
                            &store);
    if (e != ERR_OK)
        return sync_refuse(setup->db, e, NULL);
    if (setup->clock->simulated && !store_simulated(store)) {
        store_close(store);
        return sync_refuse("--now", ERR_INVAL, "the database was not made with --simulated");
    }
    e = setup->once ? ERR_OK : watch_start(&watch, setup->db, woke, NULL);
    if (e != ERR_OK) /* then it looks every few seconds */
        log_error("sync.watch", e, NULL);
    enum program_status status = run(setup, store);
    watch_stop(&watch);
    store_close(store);
    return status;
}
