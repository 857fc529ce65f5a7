/* What goes to the region: events, counts, how the house goes, sealed appointments. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "sync/inside.h"

#define DAYS_MAX 64
#define STATUS_MS (30 * SECOND_MS)
#define BESIDE_MAX 10

/* ---- events ---- */

struct days {
    civil_day v[DAYS_MAX];
    size_t n;
    civil_day first, last;
};

static bool has_day(const struct days *d, civil_day day)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->v[i] == day)
            return true;
    return false;
}

/* The days whose counts the events changed; as many events as fit in them. */
static struct days days_of(struct region_events *l)
{
    struct days d = { .n = 0 };
    for (size_t i = 0; i < l->n; i++) {
        civil_day day = l->v[i].day;
        if (has_day(&d, day))
            continue;
        if (d.n == DAYS_MAX) {
            l->n = i; /* the rest goes with the next batch */
            break;
        }
        d.first = d.n == 0 || day < d.first ? day : d.first;
        d.last = d.n == 0 || day > d.last ? day : d.last;
        d.v[d.n++] = day;
    }
    return d;
}

static enum err counts_of(struct sync *s, const struct days *d, struct count_rows *ret)
{
    CLEANUP(count_rows_done) struct count_rows l = { 0 };
    enum err e = store_counts(s->store, d->first, d->last, &l);
    size_t n = 0;
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        if (has_day(d, l.v[i].day))
            l.v[n++] = l.v[i];
    l.n = n;
    if (e == ERR_OK)
        *ret = TAKE(l);
    return e;
}

static enum err push_batch(struct sync *s, struct region_events *l)
{
    CLEANUP(count_rows_done) struct count_rows counts = { 0 };
    CLEANUP(agenda_rows_done) struct agenda_rows agenda = { 0 };
    struct days d = days_of(l);
    enum err e = counts_of(s, &d, &counts);
    if (e == ERR_OK)
        e = store_region_agenda(s->store, s->row.sent, l->v[l->n - 1].n, &agenda);
    if (e == ERR_OK)
        e = line(s, region_push(s->r, &(struct region_batch){ l, d.v, d.n, &counts, &agenda }));
    if (e == ERR_OK)
        e = store_region_sent(s->store, l->v[l->n - 1].n);
    if (e == ERR_OK)
        s->row.sent = l->v[l->n - 1].n;
    return e;
}

enum err sync_events(struct sync *s)
{
    for (bool any = false;; any = true) {
        CLEANUP(region_events_done) struct region_events l = { 0 };
        enum err e = store_region_events(s->store, s->row.sent, SYNC_BATCH, &l);
        if (e == ERR_OK && l.n == 0)
            return any ? store_region_event_forget(s->store, SYNC_KEPT) : ERR_OK;
        if (e == ERR_OK)
            e = push_batch(s, &l);
        if (e == ERR_OK)
            e = sync_seats(s); /* a long catching up keeps nobody waiting */
        if (e != ERR_OK)
            return e;
    }
}

/* ---- how the house goes ---- */

static bool same_status(const struct region_status *a, const struct region_status *b)
{
    return a->waiting == b->waiting && a->at_work == b->at_work && a->since == b->since &&
           a->unsent == b->unsent && a->dead == b->dead && strcmp(a->told, b->told) == 0;
}

static struct region_status status_of(const struct region_figures *f)
{
    struct region_status st = { .waiting = (int)f->waiting, .since = f->since,
                                .at_work = (int)f->at_work, .unsent = f->unsent,
                                .dead = f->dead };
    const char *told = f->lost ? "seat_lost" : f->unread ? "unreadable" : "";
    memcpy(st.told, told, strlen(told) + 1);
    return st;
}

static civil_day today(const struct sync *s)
{
    return (civil_day)(clock_wall_ms(s->clock) / DAY_MS);
}

enum err sync_status(struct sync *s)
{
    struct region_figures f;
    int64_t now = clock_real_mono_ms();
    enum err e = store_region_figures(s->store, today(s), &f);
    if (e != ERR_OK)
        return e;
    struct region_status st = status_of(&f);
    if (now < s->status_at && same_status(&st, &s->status))
        return ERR_OK;
    e = line(s, region_push_status(s->r, &st));
    if (e == ERR_OK) {
        s->status = st;
        s->status_at = now + STATUS_MS;
    }
    return e;
}

/* ---- sealed appointments ---- */

/* Its own seat where that is free still, else one beside whoever has it now. So it arrives in any
 * case: the house that it is for knows it already and gave it up, or knows then that two people
 * will come. */
static enum err claim_some(struct sync *s, const struct region_parcel *p)
{
    struct region_seat seat;
    enum region_answer a = REGION_REFUSED;
    enum err e = store_seat_get(s->store, &p->id, &seat);
    for (; e == ERR_OK && a != REGION_GRANTED && seat.seat < BESIDE_MAX; seat.seat++)
        e = line(s, region_claim(s->r, &seat, true, &a));
    if (e == ERR_OK && a == REGION_GRANTED && seat.seat > 1)
        log_event(LOG_LEVEL_WARN, "sync.parcel_beside", p->id.s, seat.seat - 1);
    return e == ERR_NOT_FOUND || (e == ERR_OK && a != REGION_GRANTED) ? ERR_TAKEN : e;
}

/* ERR_DENIED the region does not know its seat as ours; ERR_FORMAT that house is gone. */
static enum err try_to_send(struct sync *s, const struct region_parcel *p)
{
    enum err e = region_send(s->r, p);
    return e == ERR_DENIED || e == ERR_FORMAT ? e : line(s, e);
}

static enum err send_one(struct sync *s, const struct region_parcel *p)
{
    enum err e = try_to_send(s, p);
    if (e == ERR_DENIED && (e = claim_some(s, p)) == ERR_OK)
        e = try_to_send(s, p);
    if (e == ERR_DENIED) /* the seat is told by the other house, under this id: so it has arrived */
        return store_parcel_arrived(s->store, &p->id);
    if (e == ERR_TAKEN || e == ERR_FORMAT) {
        log_error("sync.parcel_stuck", e, p->id.s);
        return ERR_OK; /* the others go on */
    }
    return e == ERR_OK ? store_parcel_sent(s->store, &p->id) : e;
}

enum err sync_parcels_out(struct sync *s)
{
    CLEANUP(region_parcels_done) struct region_parcels l = { 0 };
    enum err e = store_parcels_to_send(s->store, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        e = send_one(s, &l.v[i]);
    return e;
}
