/*
 * src/desk/desk.h - the coaches' desk: one thread, one place that waits.
 *
 * It waits for browsers, for the word that another program committed (inotify on the -wal
 * file, then data_version), for the next thing that time brings, and every 10 s for the
 * watchdog. Everything else is a handler that runs to its end.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/clock.h"
#include "base/rng.h"
#include "config/options.h"
#include "i18n/i18n.h"

struct page;
struct report;
struct report_request;

/* What a desk shows around its login: the house's own pages, or somebody else's (desk/page.h). */
struct desk_link {
    const char *path;
    struct i18n_msg label;
    unsigned roles;
};
struct desk_face {
    const struct page *const *pages;
    size_t n_pages;
    const struct desk_link *links; /* the navigation */
    size_t n_links;
    /* Whether what the page / shows has changed; called often. NULL: the house's own board. */
    bool (*look)(void *arg);
    /* The yearly evaluation of more than this database; NULL: of this one. */
    enum err (*report)(void *arg, const struct report_request *q, struct report *ret_report);
    void *arg;
};
extern const struct desk_face desk_house;

struct desk_setup {
    const struct config *config; /* borrowed, as is all else */
    const char *db_path;
    const char *listen;          /* "unix:PATH", "127.0.0.1:PORT"; port 0: a free one */
    const struct desk_face *face;
    struct clock *clock;
    struct rng *rng;
};

/*
 * Says "listening on ..." on stdout and serves until SIGTERM or SIGINT. What is wrong is on
 * stderr. ERR_IO: a write or sync failed, and the program must start anew to look up what is
 * stored; or the socket cannot be had.
 */
NODISCARD enum err desk_run(const struct desk_setup *setup);

#endif
