/* Forgetting people: the keys of past dates are destroyed when their terms are over. */
#include <inttypes.h>
#include <stdio.h>

#include "flow/upkeep.h"
#include "flow/work.h"
#include "store/audit.h"
#include "store/retention.h"

#define PROOF_CHARS 32 /* of the digest, in the audit line */

static void write_digest(const struct retention_proof *p, char ret[RETENTION_DIGEST_TEXT])
{
    for (size_t i = 0; i < RETENTION_DIGEST_SIZE; i++)
        snprintf(ret + 2 * i, 3, "%02x", p->digest[i]);
}

_Static_assert(RETENTION_DIGEST_TEXT == 2 * RETENTION_DIGEST_SIZE + 1, "two digits a byte");

/* Whether the term of a date's key is over. The uploader's runs from the receipt too: the
 * register may lose what it has until then, and the record be sent again. */
static bool over(const struct flow *f, const struct retention_terms *t,
                 const struct retention_day *d, enum retention_key k)
{
    if (k == RETENTION_HOUSE)
        return d->day + t->follow_up_days < f->date;
    return d->day + t->sent_days < f->date && d->last_sent + t->sent_days * DAY_MS < f->now;
}

/* What keeps a key whose term is over; NULL: nothing. */
static const char *kept_for(const struct flow *f, const struct retention_terms *t,
                            const struct retention_day *d, enum retention_key k)
{
    if (d->dead > 0)
        return "dead letter";
    if (k == RETENTION_UPLOAD)
        return d->unsent > 0 ? "unsent" : NULL;
    if (d->open_visits > 0)
        return "open visit";
    bool code = d->code_until != CIVIL_DAY_NONE && d->code_until + t->follow_up_days >= f->date;
    return code ? "appointment" : NULL;
}

/* The key and the line that proves it, or neither is told. */
static enum err destroy(struct flow *f, struct retention_line *l, enum retention_key k)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct retention_proof p = { 0 };
    char date[CIVIL_DATE_SIZE], object[65];
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK && f->unsure)
        e = ERR_CLOCK;
    if (e == ERR_OK)
        e = store_retention_destroy(f->store, l->day, k, &p);
    if (e == ERR_OK) {
        write_digest(&p, l->digest);
        civil_format(l->day, date);
        snprintf(object, sizeof(object), "%s %" PRId64 " %.*s", date, p.rows, PROOF_CHARS,
                 l->digest);
        e = audit(f, retention_action(k), object, "ok");
    }
    l->rows = p.rows;
    return work_end(f, &tx, e);
}

static enum err run_key(struct flow *f, const struct retention_terms *t,
                        const struct retention_day *d, enum retention_key k,
                        struct retention_line *ret_line)
{
    struct retention_line l = { .day = d->day, .key = k == RETENTION_HOUSE ? "house" : "upload" };
    if (d->stands[k] ? !over(f, t, d, k) : d->proved[k])
        return ERR_NONE;
    l.kept_for = kept_for(f, t, d, k);
    enum err e = l.kept_for ? ERR_OK : destroy(f, &l, k);
    if (e == ERR_OK)
        *ret_line = l;
    return e;
}

static enum err begin(struct flow *f)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK && f->unsure)
        e = ERR_CLOCK;
    return work_end(f, &tx, e);
}

static enum err shorten_audit(struct flow *f, const struct retention_terms *t,
                              struct retention_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct audit_cut cut = { 0 };
    struct retention_line l = { .day = f->date - t->audit_days, .key = "audit" };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK && f->unsure)
        e = ERR_CLOCK;
    struct audit_row by = { .at = f->now, .mono = work_mono(f), .result = "ok" };
    text_put(by.actor, sizeof(by.actor), f->actor);
    if (e == ERR_OK)
        e = store_audit_shorten(f->store, zone_day_start(&f->zone, l.day), &by, &cut);
    e = work_end(f, &tx, e);
    if (e != ERR_OK)
        return e;
    l.rows = cut.rows;
    *ret_line = l;
    return cut.rows > 0 ? ERR_OK : ERR_NONE;
}

enum err flow_retention_run(struct flow *f, const struct retention_terms *t,
                            flow_retention_said say, void *arg)
{
    CLEANUP(retention_days_done) struct retention_days days = { 0 };
    bool right = t->follow_up_days >= 0 && t->sent_days >= 0 && t->audit_days >= 0;
    enum err e = right ? begin(f) : ERR_INVAL;
    if (e == ERR_OK)
        e = store_retention_days(f->store, &days);
    for (size_t i = 0; e == ERR_OK && i < days.n; i++) {
        for (int k = 0; e == ERR_OK && k < RETENTION_KEY_COUNT; k++) {
            struct retention_line l;
            e = run_key(f, t, &days.v[i], (enum retention_key)k, &l);
            if (e == ERR_OK)
                say(arg, &l);
            e = e == ERR_NONE ? ERR_OK : e;
        }
    }
    struct retention_line l;
    if (e == ERR_OK && t->audit_days > 0) {
        e = shorten_audit(f, t, &l);
        if (e == ERR_OK)
            say(arg, &l);
    }
    return e == ERR_NONE ? ERR_OK : e;
}
