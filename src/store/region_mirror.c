#include "store/region_mirror.h"

#include <stdlib.h>
#include <string.h>

#include "core/quantum.h"
#include "store/inside.h"

static const char SQL_COACHES[] = "SELECT coach, home FROM region_coach ORDER BY coach";
static const char SQL_DAYS[] = "SELECT coach, day, here FROM region_day ORDER BY coach, day";
static const char SQL_CLOSURES[] =
    "SELECT first_day, last_day, reason FROM region_closure ORDER BY first_day, last_day, reason";
static const char SQL_PUT_COACH[] = "INSERT INTO region_coach (coach, home) VALUES (:coach, :home)";
static const char SQL_PUT_DAY[] =
    "INSERT INTO region_day (coach, day, here) VALUES (:coach, :day, :here)";
static const char SQL_PUT_CLOSURE[] =
    "INSERT INTO region_closure (first_day, last_day, reason) VALUES (:first, :last, :reason)"
    " ON CONFLICT DO NOTHING";
static const char SQL_PUT_CLAIM[] =
    "INSERT INTO region_claim (coach, q5, seat, id) VALUES (:coach, :q5, :seat, :id)";
static const char SQL_PUT_SITE[] =
    "INSERT INTO region_site (site, name, key) VALUES (:site, :name, :key)"
    " ON CONFLICT (site) DO UPDATE SET name = excluded.name, key = excluded.key"
    " WHERE name <> excluded.name OR key <> excluded.key";
static const char SQL_DROP_SITES[] =
    "DELETE FROM region_site WHERE site NOT IN (SELECT value FROM json_each(:sites))";
static const char *const SQL_CLEAR[] = {
    "DELETE FROM region_coach", "DELETE FROM region_day", "DELETE FROM region_closure",
    "DELETE FROM region_claim",
};
static const char SQL_RISE[] = "UPDATE region SET mirror = mirror + 1";
/* One of our own stands in appointment already; one that we were granted and do not use yet is
 * ours to take. */
static const char SQL_BUSY[] =
    "SELECT c.q5 FROM region_claim c WHERE c.coach = :coach AND c.q5 >= :from AND c.q5 < :to"
    " AND NOT EXISTS (SELECT 1 FROM region_seat s WHERE s.id = c.id)"
    " AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = c.id) ORDER BY c.q5";

static const char SQL_OFFER_ASK[] =
    "UPDATE region_site SET asked_ms = max(:at, got_ms + 1) WHERE site = :site";
static const char SQL_OFFER_ASKED[] =
    "SELECT site FROM region_site WHERE asked_ms > got_ms ORDER BY site";
static const char SQL_OFFER_PUT[] =
    "UPDATE region_site SET roster = :roster, offer = :offer, got_ms = max(:at, asked_ms)"
    " WHERE site = :site";
static const char SQL_OFFER_GET[] =
    "SELECT roster, offer, asked_ms > got_ms FROM region_site WHERE site = :site";

void mirror_done(struct mirror *m)
{
    mem_free(m->coaches);
    mem_free(m->days);
    mem_free(m->closures);
    mem_free(m->claims);
    mem_free(m->sites);
    *m = (struct mirror){ 0 };
}

#define GROW(m, list) mem_grow(&(m)->list, &(m)->cap_##list, (m)->n_##list, sizeof(*(m)->list))

static enum err get_coaches(struct store *s, struct mirror *m)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_COACHES);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!GROW(m, coaches))
            return ERR_NOMEM;
        struct mirror_coach *c = &m->coaches[m->n_coaches++];
        col_text(&q, 0, c->coach, sizeof(c->coach));
        col_text(&q, 1, c->home, sizeof(c->home));
    }
    return e == ERR_NONE ? ERR_OK : e;
}

static enum err get_days(struct store *s, struct mirror *m)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_DAYS);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!GROW(m, days))
            return ERR_NOMEM;
        struct mirror_day *d = &m->days[m->n_days++];
        col_text(&q, 0, d->coach, sizeof(d->coach));
        d->day = (civil_day)col_int(&q, 1);
        d->here = col_int(&q, 2) != 0;
    }
    return e == ERR_NONE ? ERR_OK : e;
}

static enum err get_closures(struct store *s, struct mirror *m)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_CLOSURES);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!GROW(m, closures))
            return ERR_NOMEM;
        struct roster_closure *c = &m->closures[m->n_closures++];
        c->from = (civil_day)col_int(&q, 0);
        c->to = (civil_day)col_int(&q, 1);
        col_text(&q, 2, c->reason, sizeof(c->reason));
    }
    return e == ERR_NONE ? ERR_OK : e;
}

enum err store_mirror_get(struct store *s, struct mirror *ret_mirror)
{
    CLEANUP(mirror_done) struct mirror m = { 0 };
    enum err e = get_coaches(s, &m);
    if (e == ERR_OK)
        e = get_days(s, &m);
    if (e == ERR_OK)
        e = get_closures(s, &m);
    if (e == ERR_OK)
        *ret_mirror = TAKE(m);
    return e;
}

/* ---- replacing ---- */

static enum err put_places(struct store *s, const struct mirror *m)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < m->n_coaches; i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT_COACH);
        bind_text(&q, ":coach", m->coaches[i].coach);
        bind_text(&q, ":home", m->coaches[i].home);
        e = stmt_run(&q);
    }
    for (size_t i = 0; e == ERR_OK && i < m->n_days; i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT_DAY);
        bind_text(&q, ":coach", m->days[i].coach);
        bind_int(&q, ":day", m->days[i].day);
        bind_int(&q, ":here", m->days[i].here);
        e = stmt_run(&q);
    }
    for (size_t i = 0; e == ERR_OK && i < m->n_closures; i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT_CLOSURE);
        bind_int(&q, ":first", m->closures[i].from);
        bind_int(&q, ":last", m->closures[i].to);
        bind_text(&q, ":reason", m->closures[i].reason);
        e = stmt_run(&q);
    }
    return e;
}

static enum err put_claims(struct store *s, const struct mirror *m)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < m->n_claims; i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT_CLAIM);
        bind_text(&q, ":coach", m->claims[i].coach);
        bind_int(&q, ":q5", m->claims[i].q5);
        bind_int(&q, ":seat", m->claims[i].seat);
        bind_text(&q, ":id", m->claims[i].id.s);
        e = stmt_run(&q);
    }
    return e;
}

static enum err put_sites(struct store *s, const struct mirror *m)
{
    CLEANUP(buf_done) struct buf names = buf_make(64 * 1024);
    enum err e = ERR_OK;
    buf_addc(&names, '[');
    for (size_t i = 0; e == ERR_OK && i < m->n_sites; i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT_SITE);
        bind_text(&q, ":site", m->sites[i].site);
        bind_text(&q, ":name", m->sites[i].name);
        bind_blob(&q, ":key", m->sites[i].key, REGION_KEY_SIZE);
        e = stmt_run(&q);
        buf_addf(&names, "%s\"%s\"", i ? "," : "", m->sites[i].site);
    }
    buf_addc(&names, ']');
    if (e == ERR_OK)
        e = buf_err(&names);
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_DROP_SITES);
    bind_text(&q, ":sites", buf_str(&names));
    return stmt_run(&q);
}

enum err store_mirror_put(struct store *s, const struct mirror *m)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(s, &tx);
    epoch_end(s);
    for (size_t i = 0; e == ERR_OK && i < ARRAY_LEN(SQL_CLEAR); i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_CLEAR[i]);
        e = stmt_run(&q);
    }
    if (e == ERR_OK)
        e = put_places(s, m);
    if (e == ERR_OK)
        e = put_claims(s, m);
    if (e == ERR_OK)
        e = put_sites(s, m);
    if (e == ERR_OK) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_RISE);
        e = stmt_run(&q);
    }
    return e == ERR_OK ? store_commit(&tx) : e;
}

/* ---- busy ---- */

static int by_start(const void *a, const void *b)
{
    const struct busy_span *x = a, *y = b;
    if (x->coach != y->coach)
        return x->coach < y->coach ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

enum err store_mirror_busy(struct store *s, const struct busy_query *q, struct busy_spans *list)
{
    CLEANUP(stmt_done) struct stmt st = stmt_of(s, SQL_BUSY);
    size_t before = list->n;
    bind_text(&st, ":coach", q->coach);
    bind_int(&st, ":from", q5_of(q->from));
    bind_int(&st, ":to", q5_of(q->to - 1) + 1);
    enum err e;
    while ((e = stmt_row(&st)) == ERR_OK) {
        utc_ms start = q5_start(col_int(&st, 0));
        if (!ROWS_GROW(list))
            return ERR_NOMEM;
        list->v[list->n++] = (struct busy_span){ q->index, start, start + QUANTUM_MS };
    }
    if (e != ERR_NONE)
        return e;
    if (list->n > before)
        qsort(list->v, list->n, sizeof(*list->v), by_start);
    return ERR_OK;
}

/* ---- what another house offers ---- */

enum err store_offer_ask(struct store *s, const char *site, utc_ms at)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OFFER_ASK);
    bind_text(&q, ":site", site);
    bind_int(&q, ":at", at);
    enum err e = stmt_change(&q);
    return e == ERR_STALE ? ERR_NOT_FOUND : e;
}

enum err store_offer_asked(struct store *s, char (*ret_sites)[ROSTER_ID_SIZE], size_t max,
                           size_t *ret_n)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OFFER_ASKED);
    size_t n = 0;
    enum err e = ERR_OK;
    while (n < max && (e = stmt_row(&q)) == ERR_OK)
        col_text(&q, 0, ret_sites[n++], ROSTER_ID_SIZE);
    if (e != ERR_OK && e != ERR_NONE)
        return e;
    *ret_n = n;
    return ERR_OK;
}

enum err store_offer_put(struct store *s, const char *site, const char *roster, const char *offer,
                         utc_ms at)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OFFER_PUT);
    bind_text(&q, ":site", site);
    bind_text(&q, ":roster", roster);
    bind_text(&q, ":offer", offer);
    bind_int(&q, ":at", at);
    return stmt_run(&q);
}

static void add_col(struct stmt *q, int i, struct buf *out)
{
    size_t n = 0;
    const void *text = col_blob(q, i, &n);
    if (n > 0)
        buf_add(out, text, n);
}

enum err store_offer_get(struct store *s, const char *site, struct buf *roster, struct buf *offer)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OFFER_GET);
    bind_text(&q, ":site", site);
    enum err e = stmt_one(&q);
    if (e == ERR_OK && col_int(&q, 2) != 0)
        e = ERR_BUSY;
    if (e != ERR_OK)
        return e;
    add_col(&q, 0, roster);
    add_col(&q, 1, offer);
    e = buf_err(roster);
    return e == ERR_OK ? buf_err(offer) : e;
}
