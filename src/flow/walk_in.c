/* Somebody comes in without an appointment; and those who are turned away. */
#include "core/age.h"
#include "flow/arrival.h"

/* The service asked for, or that of the topic, if it takes walk-ins. */
static enum err pick_service(const struct flow *f, const struct walk_in_request *r,
                             struct visit_row *v)
{
    int i = 0;
    if (r->service) {
        enum err e = service_of(f, r->service, &i);
        if (e != ERR_OK)
            return e;
    } else {
        i = roster_route(&f->roster, r->person->topic, OPEN_WALK_IN);
    }
    const struct roster_service *s = &f->roster.services[i];
    if (!s->walk_in)
        return ERR_NOT_FOUND;
    v->series = s->series;
    text_put(v->service, sizeof(v->service), s->id);
    return ERR_OK;
}

/* While the clock is unsure nobody is sent away for the hour that it shows. */
static enum err may_come(const struct flow *f, const struct person *p)
{
    struct local_time t = zone_local(&f->zone, f->now);
    if (!f->unsure && !roster_open_at(&f->roster, t.day, t.minute, OPEN_WALK_IN))
        return ERR_CLOSED;
    return ages_check(p->birth, f->date);
}

static enum err fill(struct flow *f, const struct walk_in_request *r, struct visit_row *v)
{
    int coach = 0;
    if (f->roster_version == 0)
        return ERR_CLOSED;
    if (person_check(r->person, f->date).why != PERSON_FINE)
        return ERR_INVAL;
    enum err e = pick_service(f, r, v);
    if (e == ERR_OK && r->coach)
        e = coach_of(f, r->coach, &coach);
    text_put(v->coach, sizeof(v->coach), r->coach);
    v->id = r->visit.s[0] ? r->visit : flow_new_id(f);
    v->chain = v->id;
    v->day = f->today;
    v->kind = VISIT_WALK_IN;
    v->arrived = f->now;
    return e;
}

/* Takes a number, unless this very visit is stored or this person waits already. */
static enum err take_number(struct flow *f, const struct walk_in_request *r, struct visit_row *v,
                            bool *ret_existing)
{
    enum err e = r->visit.s[0] ? store_visit_get(f->store, &r->visit, v) : ERR_NOT_FOUND;
    if (e != ERR_NOT_FOUND)
        return e; /* a retry: what it was told before stands */
    struct visit_row new_one = { 0 };
    e = fill(f, r, &new_one);
    if (e != ERR_OK)
        return e;
    e = store_visit_of_person(f->store, f->today, r->person, v);
    *ret_existing = e == ERR_OK;
    if (e != ERR_NOT_FOUND)
        return e;
    *v = new_one;
    e = may_come(f, r->person);
    if (e == ERR_OK)
        e = visit_arrive(f, v, r->person, &(struct step){ .at = f->now });
    if (e != ERR_OK)
        return e;
    struct told t = { .kind = RECORD_WALKIN_REGISTERED,
                      .chain = v->chain,
                      .at = f->now,
                      .person = r->person,
                      .service = v->service,
                      .coach = v->coach };
    e = tell(f, &t);
    return e == ERR_OK && r->notice_shown ? tell_notice(f, &t) : e;
}

enum err flow_walk_in(struct flow *f, const struct walk_in_request *r, struct arrival *ret_arrival)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row v = { 0 };
    bool existing = false;
    if (r->visit.s[0] && !ulid_valid(r->visit.s))
        return ERR_INVAL;
    enum err e = store_make_day(f->store, flow_today(f)); /* its sync outside the lock */
    if (e == ERR_OK)
        e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = take_number(f, r, &v, &existing);
    if (e == ERR_OK && existing)
        e = arrival_return(f, &v);
    e = work_end(f, &tx, e);
    return e == ERR_OK ? arrival_of(f, &v, existing, ret_arrival) : e;
}

enum err flow_turned_away(struct flow *f, enum turned_away why)
{
    static const char *const measures[] = {
        [TURNED_AWAY_YOUNG] = "turned_away_young",
        [TURNED_AWAY_OLD] = "turned_away_old",
        [TURNED_AWAY_CLOSED] = "turned_away_closed",
        [TURNED_AWAY_GAVE_UP] = "turned_away_gave_up",
    };
    if ((size_t)why >= ARRAY_LEN(measures))
        return ERR_INVAL;
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = count_add(f, &(struct counted){ .measure = measures[why],
                                            .at = f->now,
                                            .topic = TOPIC_COUNT,
                                            .n = 1 });
    return work_end(f, &tx, e);
}

enum err flow_take_print(struct flow *f, const struct ulid *visit, bool *ret_print)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row v;
    bool print = false;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_visit_get(f->store, visit, &v);
    if (e == ERR_OK)
        e = store_visit_take_print(f->store, visit, &print);
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        *ret_print = print;
    return e;
}
