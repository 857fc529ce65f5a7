/* When the display looks at the database, and what it shows when it cannot. */
#include "display/inside.h"

#include <string.h>

#include "base/log.h"

#define TRIES 20      /* the event comes before the commit is through */
#define TRY_MS 1
#define AGAIN_MS 2000 /* after a look that failed */

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The next whole ten seconds of the wall clock: so the minute on the screen changes in time. */
static int64_t next_ten(const struct display *d, int64_t real_ms)
{
    const struct clock *clock = d->setup->clock;
    int64_t into = clock->simulated ? 0 : clock_wall_ms(clock) % DISPLAY_LOOK_MS;

    return real_ms + DISPLAY_LOOK_MS - (into > 0 ? into : 0);
}

static bool same_board(const struct board *a, const struct board *b)
{
    if (a->mode != b->mode || a->n != b->n || a->n_called != b->n_called ||
        a->minute != b->minute || a->day != b->day)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->calls[i].chime != b->calls[i].chime || a->calls[i].inside != b->calls[i].inside ||
            strcmp(a->calls[i].number, b->calls[i].number) != 0 ||
            strcmp(a->calls[i].room, b->calls[i].room) != 0)
            return false;
    return a->next_known == b->next_known && a->next.day == b->next.day &&
           a->next.span.from == b->next.span.from;
}

static void show(struct display *d, const struct board *b, bool clock_sure)
{
    if (same_board(&d->board, b) && d->view.clock_sure == clock_sure)
        return;
    d->board = *b;
    d->view.clock_sure = clock_sure;
    d->dirty = true;
}

static void show_stale(struct display *d)
{
    struct board b = { .mode = BOARD_STALE };
    struct local_time now;
    bool sure = d->known && source_now(&d->source, &now);

    if (sure) {
        b.day = now.day;
        b.minute = now.minute;
    }
    d->pulse = 0;
    show(d, &b, sure);
}

/* A fault is told once, and its end. */
static void tell(struct display *d, enum err e)
{
    if (e != d->fault && e != ERR_OK)
        log_error("display.look", e, NULL);
    else if (e != d->fault)
        log_event(LOG_LEVEL_INFO, "display.look.again", NULL, 0);
    d->fault = e;
}

enum err look_now(struct display *d, int64_t real_ms)
{
    bool changed = false;
    struct local_time now;
    enum err e = source_look(&d->source, &changed);

    tell(d, e);
    if (e != ERR_OK) {
        d->next_look = real_ms + AGAIN_MS;
        if (!d->known || real_ms - d->good_look > DISPLAY_STALE_MS)
            show_stale(d);
        return e;
    }
    d->good_look = real_ms;
    d->next_look = next_ten(d, real_ms);
    d->tries = changed ? 0 : d->tries;
    bool sure = source_now(&d->source, &now);
    struct board b;
    board_make(&d->source.roster, &d->source.rows, now, &b);
    show(d, &b, sure);
    call_out(d, real_ms);
    d->known = true;
    return ERR_OK;
}

void look_wake(struct display *d, int64_t real_ms)
{
    d->tries = TRIES;
    d->next_look = real_ms;
}

void look_pass(struct display *d, int64_t real_ms)
{
    if (real_ms < look_due(d))
        return;
    bool quick = d->tries > 0;
    enum err e = look_now(d, real_ms);

    if (quick && d->tries > 0)
        d->tries--;
    if (d->tries > 0 && e == ERR_OK)
        d->next_look = real_ms + TRY_MS;
    if (e != ERR_OK)
        d->tries = 0;
    d->watchdog.next = real_ms; /* a look that failed is a sign of life too */
    watchdog_ping(&d->watchdog, real_ms);
}

int64_t look_due(const struct display *d)
{
    /* Every look pings: only a shorter watchdog asks for more. */
    bool shorter = d->watchdog.every_ms > 0 && d->watchdog.every_ms < DISPLAY_LOOK_MS;
    return shorter ? least(d->next_look, watchdog_due(&d->watchdog)) : d->next_look;
}
