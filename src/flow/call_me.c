/* Somebody for whom no time was free asks to be called back. */
#include "base/mem.h"
#include "core/age.h"
#include "flow/booking.h"
#include "flow/work.h"
#include "store/call_back.h"
#include "store/call_request.h"

/* The same request again, or that of this person today; else a new one. */
static enum err find(struct flow *f, const struct call_me_request *r,
                     struct call_request_row *row)
{
    enum err e = store_call_request_of_person(f->store, f->today, r->person, row);
    if (e != ERR_NOT_FOUND)
        return e;
    *row = (struct call_request_row){ .id = r->call, .day = f->today };
    if (!r->call.s[0])
        row->id = flow_new_id(f);
    text_put(row->site, sizeof(row->site), f->roster.site.id);
    return ERR_OK;
}

static enum err may_ask(const struct flow *f, const struct person *p)
{
    if (f->roster_version == 0)
        return ERR_CLOSED;
    if (person_check(p, f->date).why != PERSON_FINE || !p->phone[0])
        return ERR_INVAL;
    /* As for a booking: who will be old enough on some day that can be booked. */
    if (ages_check(p->birth, f->date + f->roster.rules.horizon_days) == ERR_AGE_LOW)
        return ERR_AGE_LOW;
    return ages_check(p->birth, f->date) == ERR_AGE_HIGH ? ERR_AGE_HIGH : ERR_OK;
}

/* Who asks again the same day is still one person to call: at the number given last. */
static enum err ask(struct flow *f, const struct call_me_request *r, struct ulid *ret_call)
{
    struct call_request_row row;
    enum err e = may_ask(f, r->person);
    if (e == ERR_OK)
        e = find(f, r, &row);
    if (e != ERR_OK)
        return e;
    bool again = row.at != 0;
    row.at = f->now;
    e = store_call_request_put(f->store, &row, r->person);
    if (e == ERR_OK)
        e = store_call_back_clear(f->store, &row.id);
    if (e == ERR_OK)
        e = audit(f, "call_me", row.id.s, "ok");
    if (e == ERR_OK && !again)
        e = count_add(f, &(struct counted){ .measure = "call_me",
                                            .at = f->now,
                                            .municipality = r->person->municipality,
                                            .topic = r->person->topic,
                                            .n = 1 });
    *ret_call = row.id;
    return e;
}

enum err flow_call_me(struct flow *f, const struct call_me_request *r, struct ulid *ret_call)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct ulid call = { { 0 } };
    if (r->call.s[0] && !ulid_valid(r->call.s))
        return ERR_INVAL;
    enum err e = store_make_day(f->store, flow_today(f)); /* its sync outside the lock */
    if (e == ERR_OK)
        e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = ask(f, r, &call);
    e = work_end(f, &tx, e);
    if (e == ERR_OK && ret_call)
        *ret_call = call;
    return e;
}

enum err flow_call_person(struct flow *f, const struct ulid *call, struct person *ret_person)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct person p = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_call_request_person(f->store, call, &p);
    if (e == ERR_OK)
        e = audit(f, "call_me.person", call->s, "ok");
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return e;
}
