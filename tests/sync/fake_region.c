#include "tests/sync/fake_region.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"

struct fake_world world;

struct region {
    int me;
    bool dead;
    bool after; /* the call under way is done, and its answer gets lost */
};

int fake_site(const char *id)
{
    for (int i = 0; i < FAKE_SITES; i++)
        if (strcmp(world.now.site[i].name, id) == 0)
            return i;
    return -1;
}

/* False: the call is not made. */
static bool reach(struct region *r)
{
    bool fails = rng_below(&world.rng, 1000) < (uint32_t)world.fail_permille;
    if (r->dead || world.cut[r->me])
        r->dead = true;
    if (!r->dead && fails && rng_below(&world.rng, 2)) {
        r->after = true;
        return true;
    }
    r->dead = r->dead || fails;
    return !r->dead;
}

static enum err answered(struct region *r, enum err e)
{
    if (!r->after)
        return e;
    r->after = false;
    r->dead = true;
    return ERR_NET;
}

/* The name of the site stands in conninfo. */
enum err region_open(const struct region_options *o, struct region **ret_region)
{
    int me = fake_site(o->conninfo);
    if (me < 0 || world.cut[me])
        return ERR_NET;
    struct region *r = mem_calloc(1, sizeof(*r));
    if (!r)
        return ERR_NOMEM;
    r->me = me;
    *ret_region = r;
    return ERR_OK;
}

void region_close(struct region *r)
{
    mem_free(r);
}

int region_schema(void)
{
    return 1;
}

enum err region_listen_read(struct region *r, bool *ret_called)
{
    if (!reach(r))
        return ERR_NET;
    *ret_called = true;
    return answered(r, ERR_OK);
}

enum err region_listen(struct region *r, UNUSED const char *site)
{
    return reach(r) ? answered(r, ERR_OK) : ERR_NET;
}

enum err region_hello(struct region *r, struct region_hello *ret)
{
    if (!reach(r))
        return ERR_NET;
    struct region_hello h = { .schema = region_schema(), .rule = world.rule,
                              .joined = world.now.site[r->me].joined,
                              .asserted = world.now.site[r->me].asserted,
                              .last_n = world.now.site[r->me].last_n };
    memcpy(h.me, world.now.site[r->me].name, sizeof(h.me));
    memcpy(h.key, world.now.site[r->me].key, sizeof(h.key));
    memcpy(h.last_id, world.now.site[r->me].last_id, sizeof(h.last_id));
    *ret = h;
    return answered(r, ERR_OK);
}

enum err region_publish(struct region *r, UNUSED const char *name, const char *roster)
{
    if (!reach(r))
        return ERR_NET;
    snprintf(world.now.site[r->me].roster, sizeof(world.now.site[r->me].roster), "%s", roster);
    return answered(r, ERR_OK);
}

/* ---- coaches and days ---- */

static int coach_at(const char *id)
{
    for (int i = 0; i < world.now.n_coaches; i++)
        if (strcmp(world.now.coach[i].id, id) == 0)
            return i;
    return -1;
}

static int day_at(const char *coach, civil_day day)
{
    for (int i = 0; i < world.now.n_days; i++)
        if (world.now.day[i].day == day && strcmp(world.now.day[i].coach, coach) == 0)
            return i;
    return -1;
}

static int owner_of(const char *coach, civil_day day)
{
    int d = day_at(coach, day);
    int c = coach_at(coach);
    return d >= 0 ? world.now.day[d].site : c >= 0 ? world.now.coach[c].home : -1;
}

bool fake_move_day(const char *coach, civil_day day, int to)
{
    int d = day_at(coach, day);
    int has = owner_of(coach, day);
    if (has < 0 || world.now.n_days == FAKE_DAYS)
        return false;
    if (d < 0) {
        d = world.now.n_days++;
        snprintf(world.now.day[d].coach, ROSTER_ID_SIZE, "%s", coach);
        world.now.day[d].day = day;
        world.now.day[d].site = has;
    }
    world.now.day[d].moving_to = has == to ? -1 : to;
    return true;
}

enum err region_coach_add(struct region *r, const char *coach)
{
    if (!reach(r))
        return ERR_NET;
    if (coach_at(coach) < 0) {
        CHECK(world.now.n_coaches < FAKE_COACHES);
        snprintf(world.now.coach[world.now.n_coaches].id, ROSTER_ID_SIZE, "%s", coach);
        world.now.coach[world.now.n_coaches].open = false;
        world.now.coach[world.now.n_coaches++].home = r->me;
    }
    return answered(r, ERR_OK);
}

enum err region_coach_open(struct region *r, const char *coach)
{
    if (!reach(r))
        return ERR_NET;
    world.now.coach[coach_at(coach)].open = true;
    return answered(r, ERR_OK);
}

static bool is_ours(int me, const char *coach)
{
    int c = coach_at(coach);
    if (c >= 0 && world.now.coach[c].home == me)
        return true;
    for (int i = 0; i < world.now.n_days; i++)
        if (strcmp(world.now.day[i].coach, coach) == 0 &&
            (world.now.day[i].site == me || world.now.day[i].moving_to == me))
            return true;
    return false;
}

#define GROW(m, list) CHECK(mem_grow(&(m)->list, &(m)->cap_##list, (m)->n_##list, sizeof(*(m)->list)))

enum err region_coaches_shut(struct region *r, struct mirror *m)
{
    if (!reach(r))
        return ERR_NET;
    for (int i = 0; i < world.now.n_coaches; i++)
        if (world.now.coach[i].home == r->me && !world.now.coach[i].open) {
            GROW(m, coaches);
            memcpy(m->coaches[m->n_coaches].coach, world.now.coach[i].id, ROSTER_ID_SIZE);
            m->coaches[m->n_coaches++].home[0] = '\0';
        }
    return answered(r, ERR_OK);
}

enum err region_days_going(struct region *r, struct mirror *m)
{
    if (!reach(r))
        return ERR_NET;
    for (int i = 0; i < world.now.n_days; i++)
        if (world.now.day[i].site == r->me && world.now.day[i].moving_to >= 0) {
            GROW(m, days);
            m->days[m->n_days] = (struct mirror_day){ .day = world.now.day[i].day, .here = true };
            memcpy(m->days[m->n_days++].coach, world.now.day[i].coach, ROSTER_ID_SIZE);
        }
    return answered(r, ERR_OK);
}

enum err region_hand_over(struct region *r, const char *coach, civil_day day)
{
    if (!reach(r))
        return ERR_NET;
    int d = day_at(coach, day);
    if (d >= 0 && world.now.day[d].site == r->me && world.now.day[d].moving_to >= 0) {
        world.now.day[d].site = world.now.day[d].moving_to;
        world.now.day[d].moving_to = -1;
    }
    return answered(r, ERR_OK);
}

/* ---- seats ---- */

static struct fake_claim *claim_at(const char *coach, int64_t at, int seat)
{
    for (int i = 0; i < world.now.n_claims; i++) {
        struct fake_claim *c = &world.now.claim[i];
        if (c->q5 == at && c->seat == seat && strcmp(c->coach, coach) == 0)
            return c;
    }
    return NULL;
}

static bool may_claim(int me, const struct region_seat *s)
{
    int c = coach_at(s->coach);
    if (c < 0)
        return false;
    if (owner_of(s->coach, s->day) == me)
        return true;
    return world.now.coach[c].open &&
           shared_kind_of(&world.rule, s->coach, q5_start(s->quanta.first),
                          q5_start(s->quanta.first + s->quanta.n)) == SHARED_REGION;
}

static enum region_answer claim(int me, const struct region_seat *s, bool again)
{
    for (int i = 0; i < FAKE_SITES && !again; i++)
        if (world.now.site[i].joined && !world.now.site[i].asserted)
            return REGION_WAIT;
    if (!may_claim(me, s))
        return REGION_REFUSED;
    for (int i = 0; i < s->quanta.n; i++) {
        struct fake_claim *c = claim_at(s->coach, s->quanta.first + i, s->seat);
        if (c && !ulid_same(&c->id, &s->id))
            return REGION_REFUSED;
    }
    for (int i = 0; i < s->quanta.n; i++) {
        if (claim_at(s->coach, s->quanta.first + i, s->seat))
            continue;
        CHECK(world.now.n_claims < FAKE_CLAIMS);
        struct fake_claim *c = &world.now.claim[world.now.n_claims++];
        *c = (struct fake_claim){ .q5 = s->quanta.first + i, .seat = s->seat, .by = me,
                                  .id = s->id };
        snprintf(c->coach, sizeof(c->coach), "%s", s->coach);
    }
    return REGION_GRANTED;
}

enum err region_claim(struct region *r, const struct region_seat *s, bool again,
                      enum region_answer *ret)
{
    if (!reach(r))
        return ERR_NET;
    enum region_answer a = claim(r->me, s, again);
    if (!r->after)
        *ret = a;
    return answered(r, ERR_OK);
}

enum err region_release(struct region *r, const struct region_seat *s)
{
    if (!reach(r))
        return ERR_NET;
    for (int i = 0; i < world.now.n_claims; i++) {
        const struct fake_claim *c = &world.now.claim[i];
        bool may = c->by == r->me || owner_of(c->coach, s->day) == r->me;
        if (may && ulid_same(&c->id, &s->id))
            world.now.claim[i--] = world.now.claim[--world.now.n_claims];
    }
    return answered(r, ERR_OK);
}

enum err region_own_seats(struct region *r, UNUSED civil_day from, struct region_seats *l)
{
    if (!reach(r))
        return ERR_NET;
    for (int i = 0; i < world.now.n_claims; i++) {
        const struct fake_claim *c = &world.now.claim[i];
        if (c->by != r->me)
            continue;
        CHECK(mem_grow(&l->v, &l->cap, l->n, sizeof(*l->v)));
        l->v[l->n] = (struct region_seat){ .id = c->id, .quanta = { c->q5, 1 }, .seat = c->seat,
                                           .day = (civil_day)(c->q5 / 288) };
        memcpy(l->v[l->n++].coach, c->coach, ROSTER_ID_SIZE);
    }
    return answered(r, ERR_OK);
}

enum err region_lost(struct region *r)
{
    if (!reach(r))
        return ERR_NET;
    for (int i = 0; i < FAKE_SITES; i++)
        world.now.site[i].asserted = false;
    return answered(r, ERR_OK);
}

enum err region_told_all(struct region *r)
{
    if (!reach(r))
        return ERR_NET;
    world.now.site[r->me].asserted = true;
    return answered(r, ERR_OK);
}

/* ---- what goes there ---- */

static bool has_event(int me, const struct ulid *id)
{
    for (int i = 0; i < world.now.site[me].n_events; i++)
        if (ulid_same(&world.now.site[me].events[i].id, id))
            return true;
    return false;
}

static int agenda_at(int site, const struct ulid *id)
{
    for (int i = 0; i < world.now.site[site].n_agenda; i++)
        if (ulid_same(&world.now.site[site].agenda[i].id, id))
            return i;
    return -1;
}

static void keep_agenda(int site, const struct agenda_rows *l)
{
    for (size_t i = 0; i < l->n; i++) {
        int at = agenda_at(site, &l->v[i].id);
        if (at >= 0)
            world.now.site[site].agenda[at] =
                world.now.site[site].agenda[--world.now.site[site].n_agenda];
        if (l->v[i].gone)
            continue;
        CHECK(world.now.site[site].n_agenda < FAKE_AGENDA);
        world.now.site[site].agenda[world.now.site[site].n_agenda++] = l->v[i];
    }
}

enum err region_tell_agenda(struct region *r, const struct agenda_rows *l)
{
    if (l->n == 0)
        return ERR_OK;
    if (!reach(r))
        return ERR_NET;
    keep_agenda(r->me, l);
    return answered(r, ERR_OK);
}

enum err region_push(struct region *r, const struct region_batch *b)
{
    const struct region_events *l = b->events;
    if (!reach(r))
        return ERR_NET;
    keep_agenda(r->me, b->agenda);
    for (size_t i = 0; i < l->n; i++) {
        if (has_event(r->me, &l->v[i].id))
            continue;
        CHECK(world.now.site[r->me].n_events < FAKE_EVENTS);
        world.now.site[r->me].events[world.now.site[r->me].n_events++] =
            (struct fake_event){ l->v[i].id, l->v[i].n };
    }
    world.now.site[r->me].last_n = l->v[l->n - 1].n;
    memcpy(world.now.site[r->me].last_id, l->v[l->n - 1].id.s, ULID_LEN + 1);
    return answered(r, ERR_OK);
}

enum err region_push_status(struct region *r, UNUSED const struct region_status *s)
{
    return reach(r) ? answered(r, ERR_OK) : ERR_NET;
}

static int parcel_at(const struct ulid *id)
{
    for (int i = 0; i < world.now.n_parcels; i++)
        if (ulid_same(&world.now.parcel[i].p.id, id))
            return i;
    return -1;
}

static bool has_seat(int me, const struct region_parcel *p)
{
    for (int i = 0; i < world.now.n_claims; i++) {
        const struct fake_claim *c = &world.now.claim[i];
        if (c->by == me && c->q5 == q5_of(p->start) && strcmp(c->coach, p->coach) == 0 &&
            ulid_same(&c->id, &p->id))
            return true;
    }
    return false;
}

enum err region_send(struct region *r, const struct region_parcel *p)
{
    if (!reach(r))
        return ERR_NET;
    if (!has_seat(r->me, p))
        return answered(r, ERR_DENIED);
    if (parcel_at(&p->id) < 0) {
        CHECK(world.now.n_parcels < FAKE_PARCELS);
        int i = world.now.n_parcels++;
        world.now.parcel[i].p = *p;
        memcpy(world.now.parcel[i].p.site, world.now.site[r->me].name, ROSTER_ID_SIZE);
        world.now.parcel[i].by = r->me;
        world.now.parcel[i].to = fake_site(p->site);
        world.now.parcel[i].arrived = false;
    }
    return answered(r, ERR_OK);
}

enum err region_arrived(struct region *r, struct ulid *ids, size_t max, size_t *ret_n)
{
    size_t n = 0;
    if (!reach(r))
        return ERR_NET;
    for (int i = 0; i < world.now.n_parcels && n < max; i++)
        if (world.now.parcel[i].by == r->me && world.now.parcel[i].arrived)
            ids[n++] = world.now.parcel[i].p.id;
    *ret_n = n;
    return answered(r, ERR_OK);
}

enum err region_struck(struct region *r, const struct ulid *id)
{
    if (!reach(r))
        return ERR_NET;
    int i = parcel_at(id);
    if (i >= 0 && world.now.parcel[i].arrived)
        world.now.parcel[i] = world.now.parcel[--world.now.n_parcels];
    return answered(r, ERR_OK);
}

enum err region_parcel_taken(struct region *r, const struct ulid *id)
{
    if (!reach(r))
        return ERR_NET;
    int i = parcel_at(id);
    if (i >= 0 && world.now.parcel[i].to == r->me)
        world.now.parcel[i].arrived = true;
    return answered(r, ERR_OK);
}

/* ---- what comes ---- */

/* Always something new. */
enum err region_news(struct region *r, UNUSED civil_day from, char ret[REGION_NEWS_SIZE])
{
    if (!reach(r))
        return ERR_NET;
    snprintf(ret, REGION_NEWS_SIZE, "%u", (unsigned)rng_below(&world.rng, 1000000000));
    return answered(r, ERR_OK);
}

static void mirror_coaches(int me, struct mirror *m)
{
    for (int i = 0; i < world.now.n_coaches; i++) {
        if (!is_ours(me, world.now.coach[i].id))
            continue;
        GROW(m, coaches);
        memcpy(m->coaches[m->n_coaches].coach, world.now.coach[i].id, ROSTER_ID_SIZE);
        memcpy(m->coaches[m->n_coaches++].home, world.now.site[world.now.coach[i].home].name,
               ROSTER_ID_SIZE);
    }
    for (int i = 0; i < world.now.n_days; i++) {
        if (!is_ours(me, world.now.day[i].coach))
            continue;
        GROW(m, days);
        m->days[m->n_days] = (struct mirror_day){
            .day = world.now.day[i].day,
            .here = world.now.day[i].site == me && world.now.day[i].moving_to < 0
        };
        memcpy(m->days[m->n_days++].coach, world.now.day[i].coach, ROSTER_ID_SIZE);
    }
}

enum err region_mirror(struct region *r, UNUSED const char *me, UNUSED civil_day from,
                       struct mirror *m)
{
    if (!reach(r))
        return ERR_NET;
    mirror_coaches(r->me, m);
    for (int i = 0; i < world.now.n_claims; i++) {
        const struct fake_claim *c = &world.now.claim[i];
        if (!is_ours(r->me, c->coach))
            continue;
        GROW(m, claims);
        m->claims[m->n_claims] = (struct mirror_claim){ .q5 = c->q5, .seat = c->seat, .id = c->id };
        memcpy(m->claims[m->n_claims++].coach, c->coach, ROSTER_ID_SIZE);
    }
    for (int i = 0; i < FAKE_SITES; i++) {
        if (i == r->me)
            continue;
        GROW(m, sites);
        struct mirror_site *s = &m->sites[m->n_sites++];
        memcpy(s->site, world.now.site[i].name, ROSTER_ID_SIZE);
        snprintf(s->name, sizeof(s->name), "%s", s->site);
        memcpy(s->key, world.now.site[i].key, sizeof(s->key));
    }
    if (!r->after)
        return ERR_OK;
    mirror_done(m);
    return answered(r, ERR_OK);
}

enum err region_parcels(struct region *r, struct region_parcels *l)
{
    if (!reach(r))
        return ERR_NET;
    for (int i = 0; i < world.now.n_parcels && !r->after; i++) {
        if (world.now.parcel[i].to != r->me || world.now.parcel[i].arrived)
            continue;
        CHECK(mem_grow(&l->v, &l->cap, l->n, sizeof(*l->v)));
        l->v[l->n++] = world.now.parcel[i].p;
    }
    return answered(r, ERR_OK);
}

enum err region_offer(struct region *r, const char *site, UNUSED civil_day from, struct buf *roster,
                      struct buf *offer)
{
    CLEANUP(mirror_done) struct mirror m = { 0 };
    if (!reach(r))
        return ERR_NET;
    mirror_coaches(fake_site(site), &m);
    buf_adds(roster, world.now.site[fake_site(site)].roster);
    for (size_t i = 0; i < m.n_coaches; i++)
        if (world.now.coach[coach_at(m.coaches[i].coach)].open)
            buf_addf(offer, "coach %s %s\n", m.coaches[i].coach, m.coaches[i].home);
    for (size_t i = 0; i < m.n_days; i++)
        buf_addf(offer, "day %s %d %d\n", m.days[i].coach, m.days[i].day, m.days[i].here);
    for (int i = 0; i < world.now.n_claims; i++)
        buf_addf(offer, "claim %s %lld\n", world.now.claim[i].coach,
                 (long long)world.now.claim[i].q5);
    return answered(r, ERR_OK);
}
