#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "sync/inside.h"

#define TELL_TRIES 3 /* of a seat, while others tell theirs */

/* ---- let go ---- */

static enum err release_all(struct sync *s)
{
    CLEANUP(region_seats_done) struct region_seats l = { 0 };
    enum err e = store_seats_of(s->store, SEAT_GOING, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        e = line(s, region_release(s->r, &l.v[i]));
        if (e == ERR_OK)
            e = store_seat_drop(s->store, &l.v[i].id);
    }
    if (l.n > 0)
        sync_hurry(s);
    return e;
}

/* ---- asked for ---- */

/* A visitor waits for a seat without an appointment: better no than later. An appointment that
 * stands is told again. */
static enum err answer(struct sync *s, const struct region_seat *seat, enum region_answer a)
{
    bool stands = seat->until == 0;
    if (a == REGION_WAIT && stands)
        return ERR_OK;
    if (a != REGION_GRANTED && stands)
        log_event(LOG_LEVEL_WARN, "sync.seat_lost", seat->id.s, 0);
    return store_seat_answer(s->store, &seat->id, a == REGION_GRANTED ? SEAT_GRANTED : SEAT_REFUSED);
}

static enum err claim_all(struct sync *s)
{
    CLEANUP(region_seats_done) struct region_seats l = { 0 };
    enum err e = store_seats_of(s->store, SEAT_ASKED, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        enum region_answer a = REGION_REFUSED;
        e = line(s, region_claim(s->r, &l.v[i], false, &a));
        if (e == ERR_OK)
            e = answer(s, &l.v[i], a);
        if (e == ERR_OK && a == REGION_REFUSED)
            sync_hurry(s); /* what we show as free is not */
    }
    return e;
}

enum err sync_seats(struct sync *s)
{
    utc_ms due = INT64_MAX, now = clock_wall_ms(s->clock);
    enum err e = store_seats_due(s->store, &due);
    if (e == ERR_OK && due <= now)
        e = store_seats_end(s->store, now);
    if (e == ERR_OK)
        e = release_all(s);
    return e == ERR_OK ? claim_all(s) : e;
}

/* ---- told again ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The ids that the region shows, sorted. */
static enum err shown_ids(const struct mirror *m, struct ulid **ret)
{
    struct ulid *v = mem_calloc(m->n_claims + 1, sizeof(*v));
    if (!v)
        return ERR_NOMEM;
    for (size_t i = 0; i < m->n_claims; i++)
        v[i] = m->claims[i].id;
    qsort(v, m->n_claims, sizeof(*v), by_text);
    *ret = v;
    return ERR_OK;
}

/* The claim of m at i, with those right behind it that are of the same seat; *i moves past them. */
static struct region_seat claimed_at(const struct mirror *m, size_t *i)
{
    const struct mirror_claim *c = &m->claims[*i];
    struct region_seat seat = { .id = c->id, .day = (civil_day)(c->q5 * QUANTUM_MS / DAY_MS),
                                .quanta = { c->q5, 0 }, .seat = c->seat };
    memcpy(seat.coach, c->coach, sizeof(seat.coach));
    while (*i < m->n_claims && ulid_same(&m->claims[*i].id, &seat.id) &&
           m->claims[*i].seat == seat.seat &&
           m->claims[*i].q5 == seat.quanta.first + seat.quanta.n) {
        seat.quanta.n++;
        (*i)++;
    }
    return seat;
}

/* It came back with an old copy, or told by the house that had booked it and does not know yet. */
enum err sync_drop_given_up(struct sync *s, const struct mirror *m, int *ret_gone)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < m->n_claims;) {
        struct region_seat seat = claimed_at(m, &i);
        bool over = false;
        e = store_seat_over(s->store, &seat.id, &over);
        if (e != ERR_OK || !over)
            continue;
        e = line(s, region_release(s->r, &seat));
        (*ret_gone)++;
    }
    return e;
}

/* Beside our look at the claims another house may have told a seat that was given up here: it
 * goes, and ours is told once more. */
static enum err tell_own(struct sync *s, const struct region_seat *seat)
{
    enum region_answer a = REGION_REFUSED;
    int gone = 0;
    enum err e = line(s, region_claim(s->r, seat, true, &a));
    for (int i = 0; e == ERR_OK && a == REGION_REFUSED && i < TELL_TRIES; i++, gone = 0) {
        CLEANUP(mirror_done) struct mirror m = { 0 };
        e = line(s, region_mirror(s->r, s->row.site, sync_from(s), &m));
        if (e == ERR_OK)
            e = sync_drop_given_up(s, &m, &gone);
        if (e == ERR_OK && gone == 0)
            break;
        if (e == ERR_OK)
            e = line(s, region_claim(s->r, seat, true, &a));
    }
    if (e != ERR_OK || a != REGION_REFUSED)
        return e;
    log_event(LOG_LEVEL_ERR, "sync.seat_lost", seat->id.s, 0);
    return store_seat_lost(s->store, &seat->id);
}

/* One in another house may have arrived there, and been given up: sending it decides. */
static enum err tell_elsewhere(struct sync *s, const struct region_seat *seat)
{
    enum region_answer a = REGION_GRANTED;
    enum err e = line(s, region_claim(s->r, seat, true, &a));
    return e == ERR_OK && a == REGION_REFUSED ? store_parcels_send_again(s->store) : e;
}

enum err sync_tell_seats(struct sync *s, const struct mirror *m, int *ret_missed)
{
    CLEANUP(region_seats_done) struct region_seats l = { 0 };
    CLEANUP(mem_freep) struct ulid *shown = NULL;
    int missed = 0, gone = 0;
    enum err e = sync_drop_given_up(s, m, &gone); /* its time may be sold again here */
    if (e == ERR_OK)
        e = store_seats_in_use(s->store, sync_from(s), &l);
    if (e == ERR_OK)
        e = shown_ids(m, &shown);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        const struct region_seat *seat = &l.v[i];
        bool ours = strcmp(seat->site, s->row.site) == 0;
        if (ours && bsearch(&seat->id, shown, m->n_claims, sizeof(*shown), by_text))
            continue;
        e = ours ? tell_own(s, seat) : tell_elsewhere(s, seat);
        missed += ours;
    }
    *ret_missed = missed;
    return e;
}

enum err sync_ask_lost(struct sync *s)
{
    CLEANUP(region_seats_done) struct region_seats l = { 0 };
    civil_day from = sync_from(s);
    enum err e = store_seats_of(s->store, SEAT_REFUSED, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        enum region_answer a = REGION_REFUSED;
        if (l.v[i].until != 0 || l.v[i].day < from)
            continue;
        e = line(s, region_claim(s->r, &l.v[i], true, &a));
        if (e == ERR_OK && a == REGION_GRANTED)
            e = store_seat_found(s->store, &l.v[i].id);
    }
    return e;
}

/* A seat's row is on disk before the region is asked for it and goes after it was let go: one
 * without a row is of the past. */
enum err sync_drop_ghosts(struct sync *s)
{
    CLEANUP(region_seats_done) struct region_seats l = { 0 };
    enum err e = line(s, region_own_seats(s->r, sync_from(s), &l));
    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        struct region_seat here;
        e = store_seat_get(s->store, &l.v[i].id, &here);
        if (e == ERR_NOT_FOUND)
            e = line(s, region_release(s->r, &l.v[i]));
    }
    return e;
}
