/* What a house says and claims. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "region/inside.h"
#include "region/migrations.h"

#define BATCH_MAX (4 * 1024 * 1024)
#define AGENDA_BATCH 500

int region_schema(void)
{
    return region_migrations_n;
}

static enum err read_version(struct region *r, int *ret_version)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    *ret_version = 0;
    enum err e = ask(r, "SELECT version FROM schema_version", NULL, &q);
    if (e == ERR_OK && rows_of(&q) == 1)
        *ret_version = (int)cell_int(&q, 0, 0);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err read_row(const struct answer *q, struct region_hello *h)
{
    size_t n = 0;
    h->rule = (struct shared_rule){ (int)cell_int(q, 0, 1), (int)cell_int(q, 0, 2) };
    h->joined = cell_bool(q, 0, 3);
    h->asserted = cell_bool(q, 0, 4);
    h->last_n = cell_int(q, 0, 6);
    enum err e = cell_put(q, 0, 0, h->me, sizeof(h->me));
    if (e == ERR_OK)
        e = cell_bytes(q, 0, 5, h->key, sizeof(h->key), &n);
    if (e == ERR_OK)
        e = cell_put(q, 0, 7, h->last_id, sizeof(h->last_id));
    return e == ERR_OK && !shared_rule_valid(&h->rule) ? ERR_CORRUPT : e;
}

enum err region_hello(struct region *r, struct region_hello *ret_hello)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct region_hello h = { .schema = 0 };
    enum err e = read_version(r, &h.schema);
    if (e == ERR_OK && h.schema == 0)
        e = ERR_NOT_FOUND;
    if (e == ERR_OK)
        e = ask(r, "SELECT my_site(), block_minutes, one_in, s.id IS NOT NULL,"
                   " coalesce(s.asserted, false), s.key, coalesce(t.last_n, 0),"
                   " coalesce(t.last_id, '') FROM rule LEFT JOIN site s ON s.id = my_site()"
                   " LEFT JOIN site_state t ON t.site = my_site()", NULL, &q);
    if (e == ERR_OK)
        e = rows_of(&q) == 1 ? read_row(&q, &h) : ERR_CORRUPT;
    if (e == ERR_OK)
        *ret_hello = h;
    return e;
}

enum err region_join(struct region *r, const char *site, const char *name,
                     const unsigned char key[REGION_KEY_SIZE])
{
    char hex[2 * REGION_KEY_SIZE + 3];
    struct args a = { 0 };
    bytes_text(key, REGION_KEY_SIZE, hex);
    arg_text(&a, site);
    arg_text(&a, name);
    arg_text(&a, hex);
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = tell_region(r, "INSERT INTO site (id, name, key) VALUES ($1, $2, $3::bytea)"
                                " ON CONFLICT (id) DO NOTHING", &a);
    a.n = 1;
    if (e == ERR_OK)
        e = tell_region(r, "INSERT INTO site_state (site) VALUES ($1) ON CONFLICT DO NOTHING", &a);
    if (e == ERR_OK)
        e = ask(r, "SELECT encode(key, 'hex') FROM site WHERE id = $1", &a, &q);
    if (e == ERR_OK && (rows_of(&q) != 1 || strcmp(cell(&q, 0, 0), hex + 2) != 0))
        e = ERR_EXISTS;
    return e;
}

enum err region_leave(struct region *r)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = ask(r, "SELECT leave_region()", NULL, &q);
    return e == ERR_OK && strcmp(cell(&q, 0, 0), "gone") != 0 ? ERR_BUSY : e;
}

enum err region_publish(struct region *r, const char *name, const char *roster)
{
    struct args a = { 0 };
    arg_text(&a, name);
    arg_text(&a, roster);
    return tell_region(r, "UPDATE site SET name = $1, roster = $2"
                          " WHERE id = my_site() AND (name <> $1 OR roster <> $2)", &a);
}

enum err region_listen(struct region *r, const char *site)
{
    char sql[ROSTER_ID_SIZE + 48]; /* a site is [a-z0-9_-] */
    snprintf(sql, sizeof(sql), "LISTEN dynamo; LISTEN \"dynamo_%s\"", site);
    return tell_region(r, sql, NULL);
}

/* ---- seats ---- */

static void seat_args(const struct region_seat *s, struct args *a)
{
    arg_text(a, s->id.s);
    arg_text(a, s->coach);
    arg_int(a, s->day);
    arg_int(a, s->quanta.first);
    arg_int(a, s->quanta.n);
    arg_int(a, s->seat);
}

enum err region_claim(struct region *r, const struct region_seat *s, bool again,
                      enum region_answer *ret_answer)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    seat_args(s, &a);
    arg_text(&a, again ? "t" : "f");
    enum err e = ask(r, "SELECT claim_seat($1, $2, $3, $4, $5, $6, $7)", &a, &q);
    if (e != ERR_OK)
        return e;
    const char *word = cell(&q, 0, 0);
    *ret_answer = strcmp(word, "granted") == 0 ? REGION_GRANTED
                  : strcmp(word, "wait") == 0  ? REGION_WAIT
                                               : REGION_REFUSED;
    return ERR_OK;
}

enum err region_release(struct region *r, const struct region_seat *s)
{
    struct args a = { 0 };
    seat_args(s, &a);
    return tell_region(r, "SELECT release_seat($1, $2, $3, $4, $5, $6)", &a);
}

enum err region_lost(struct region *r)
{
    return tell_region(r, "SELECT lost_something()", NULL);
}

enum err region_told_all(struct region *r)
{
    return tell_region(r, "SELECT told_all()", NULL);
}

/* ---- events and counts ---- */

static void add_key(struct buf *b, const char *key, const char *value)
{
    buf_addf(b, ",\"%s\":", key);
    if (value[0])
        buf_add_json(b, value);
    else
        buf_adds(b, "null");
}

static void add_event(struct buf *b, const struct region_event *v)
{
    buf_addf(b, "{\"id\":\"%s\",\"n\":%lld,\"at_ms\":%lld,\"subject\":\"%s\",\"seq\":%lld", v->id.s,
             (long long)v->n, (long long)v->e.at, v->e.subject.s, (long long)v->e.seq);
    add_key(b, "kind", v->kind);
    add_key(b, "act", v->e.act);
    add_key(b, "from_state", v->e.from_state);
    add_key(b, "to_state", v->e.to_state);
    add_key(b, "actor", v->e.actor);
    add_key(b, "coach", v->e.coach);
    add_key(b, "service", v->e.service);
    buf_addc(b, '}');
}

static void add_text(struct buf *b, const char *key, const char *value)
{
    buf_addf(b, ",\"%s\":", key);
    buf_add_json(b, value);
}

static void add_count(struct buf *b, const struct count_row *c)
{
    buf_addf(b, "{\"day\":%d,\"hour\":%d,\"n\":%lld", c->day, c->hour, (long long)c->n);
    add_text(b, "measure", c->measure);
    add_text(b, "municipality", c->municipality);
    add_text(b, "topic", c->topic);
    add_text(b, "coach", c->coach);
    buf_addc(b, '}');
}

static const char SQL_EVENTS[] =
    "INSERT INTO event (id, site, n, at_ms, kind, subject, seq, act, from_state, to_state, actor,"
    " coach, service) SELECT id, my_site(), n, at_ms, kind, subject, seq, act, from_state,"
    " to_state, actor, coach, service FROM json_to_recordset($1::json) AS x(id text, n bigint,"
    " at_ms bigint, kind text, subject text, seq bigint, act text, from_state text, to_state text,"
    " actor text, coach text, service text) ON CONFLICT (id) DO NOTHING";
static const char SQL_COUNTS_GO[] =
    "DELETE FROM day_count WHERE site = my_site() AND day = ANY (string_to_array($1, ',')::int[])";
static const char SQL_COUNTS[] =
    "INSERT INTO day_count (site, day, measure, municipality, topic, coach, hour, n)"
    " SELECT my_site(), day, measure, municipality, topic, coach, hour, n"
    " FROM json_to_recordset($1::json) AS x(day integer, measure text, municipality text,"
    " topic text, coach text, hour integer, n bigint)";
static const char SQL_LAST[] =
    "UPDATE site_state SET last_n = $1, last_id = $2, seen = now() WHERE site = my_site()";

static enum err push_events(struct region *r, const struct region_events *events)
{
    CLEANUP(buf_done) struct buf json = buf_make(BATCH_MAX);
    struct args a = { 0 }, last = { 0 };
    for (size_t i = 0; i < events->n; i++) {
        buf_addc(&json, i ? ',' : '[');
        add_event(&json, &events->v[i]);
    }
    buf_addc(&json, ']');
    enum err e = buf_err(&json);
    arg_text(&a, buf_str(&json));
    if (e == ERR_OK)
        e = tell_region(r, SQL_EVENTS, &a);
    arg_int(&last, events->v[events->n - 1].n);
    arg_text(&last, events->v[events->n - 1].id.s);
    return e == ERR_OK ? tell_region(r, SQL_LAST, &last) : e;
}

static enum err push_counts(struct region *r, const civil_day *days, size_t n_days,
                            const struct count_rows *counts)
{
    CLEANUP(buf_done) struct buf json = buf_make(BATCH_MAX);
    CLEANUP(buf_done) struct buf list = buf_make(64 * 1024);
    struct args which = { 0 }, a = { 0 };
    for (size_t i = 0; i < n_days; i++)
        buf_addf(&list, "%s%d", i ? "," : "", days[i]);
    buf_addc(&json, '[');
    for (size_t i = 0; i < counts->n; i++) {
        buf_adds(&json, i ? "," : "");
        add_count(&json, &counts->v[i]);
    }
    buf_addc(&json, ']');
    enum err e = buf_err(&json);
    if (e == ERR_OK)
        e = buf_err(&list);
    arg_text(&which, buf_str(&list));
    arg_text(&a, buf_str(&json));
    if (e == ERR_OK)
        e = tell_region(r, SQL_COUNTS_GO, &which);
    return e == ERR_OK ? tell_region(r, SQL_COUNTS, &a) : e;
}

/* ---- the agenda ---- */

static const char SQL_AGENDA_GO[] =
    "DELETE FROM agenda WHERE site = my_site() AND id = ANY (string_to_array($1, ','))";
static const char SQL_AGENDA[] =
    "INSERT INTO agenda (site, id, coach, day, start_ms, end_ms)"
    " SELECT my_site(), id, coach, day, start_ms, end_ms FROM json_to_recordset($1::json)"
    " AS x(id text, coach text, day integer, start_ms bigint, end_ms bigint)";

static void add_meeting(struct buf *b, const struct agenda_row *m)
{
    buf_addf(b, "{\"id\":\"%s\",\"day\":%d,\"start_ms\":%lld,\"end_ms\":%lld", m->id.s, m->day,
             (long long)m->start, (long long)m->end);
    add_text(b, "coach", m->coach);
    buf_addc(b, '}');
}

/* Those of l[from, to): taken out, and put in again where they stand. */
static enum err push_agenda(struct region *r, const struct agenda_rows *l, size_t from, size_t to)
{
    CLEANUP(buf_done) struct buf json = buf_make(BATCH_MAX);
    CLEANUP(buf_done) struct buf ids = buf_make(64 * 1024);
    struct args which = { 0 }, a = { 0 };
    buf_addc(&json, '[');
    for (size_t i = from; i < to; i++) {
        buf_addf(&ids, "%s%s", i > from ? "," : "", l->v[i].id.s);
        if (l->v[i].gone)
            continue;
        buf_adds(&json, json.n > 1 ? "," : "");
        add_meeting(&json, &l->v[i]);
    }
    buf_addc(&json, ']');
    enum err e = buf_err(&json);
    if (e == ERR_OK)
        e = buf_err(&ids);
    arg_text(&which, buf_str(&ids));
    arg_text(&a, buf_str(&json));
    if (e == ERR_OK)
        e = tell_region(r, SQL_AGENDA_GO, &which);
    return e == ERR_OK ? tell_region(r, SQL_AGENDA, &a) : e;
}

/* COMMIT, or ROLLBACK and what went wrong. */
static enum err end_with(struct region *r, enum err e)
{
    if (e == ERR_OK)
        return tell_region(r, "COMMIT", NULL);
    return tell_region(r, "ROLLBACK", NULL) == ERR_OK ? e : ERR_NET;
}

enum err region_tell_agenda(struct region *r, const struct agenda_rows *agenda)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < agenda->n; i += AGENDA_BATCH) {
        size_t end = agenda->n - i < AGENDA_BATCH ? agenda->n : i + AGENDA_BATCH;
        e = tell_region(r, "BEGIN", NULL);
        if (e == ERR_OK)
            e = end_with(r, push_agenda(r, agenda, i, end));
    }
    return e;
}

enum err region_push(struct region *r, const struct region_batch *b)
{
    enum err e = tell_region(r, "BEGIN", NULL);
    if (e != ERR_OK)
        return e;
    e = push_events(r, b->events);
    if (e == ERR_OK)
        e = push_counts(r, b->days, b->n_days, b->counts);
    if (e == ERR_OK && b->agenda->n > 0)
        e = push_agenda(r, b->agenda, 0, b->agenda->n);
    return end_with(r, e);
}

enum err region_push_status(struct region *r, const struct region_status *s)
{
    struct args a = { 0 };
    arg_int(&a, s->waiting);
    arg_int(&a, s->since);
    arg_int(&a, s->at_work);
    arg_int(&a, s->unsent);
    arg_int(&a, s->dead);
    arg_text(&a, s->told);
    return tell_region(r, "UPDATE site_state SET seen = now(), waiting = $1, since_ms = $2,"
                          " at_work = $3, unsent = $4, dead = $5, told = $6"
                          " WHERE site = my_site()", &a);
}

/* ---- parcels ---- */

enum err region_send(struct region *r, const struct region_parcel *p)
{
    char hex[2 * REGION_BODY_MAX + 3];
    struct args a = { 0 };
    bytes_text(p->body, p->n, hex);
    arg_text(&a, p->id.s);
    arg_text(&a, p->site);
    arg_text(&a, p->coach);
    arg_text(&a, p->service);
    arg_int(&a, p->start);
    arg_int(&a, p->end);
    arg_int(&a, p->stop);
    arg_text(&a, hex);
    return tell_region(r, "INSERT INTO parcel (id, by_site, for_site, coach, service, start_ms,"
                          " end_ms, stop_ms, body) VALUES ($1, my_site(), $2, $3, $4, $5, $6, $7,"
                          " $8::bytea) ON CONFLICT (id) DO NOTHING", &a);
}

enum err region_arrived(struct region *r, struct ulid *ret_ids, size_t max, size_t *ret_n)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_int(&a, (int64_t)max);
    enum err e = ask(r, "SELECT id FROM parcel WHERE by_site = my_site() AND arrived"
                        " ORDER BY id LIMIT $1", &a, &q);
    if (e != ERR_OK)
        return e;
    *ret_n = (size_t)rows_of(&q);
    for (size_t i = 0; i < *ret_n; i++)
        ret_ids[i] = ulid_of(cell(&q, (int)i, 0));
    return ERR_OK;
}

enum err region_struck(struct region *r, const struct ulid *id)
{
    struct args a = { 0 };
    arg_text(&a, id->s);
    return tell_region(r, "DELETE FROM parcel WHERE id = $1", &a);
}

enum err region_parcel_taken(struct region *r, const struct ulid *id)
{
    struct args a = { 0 };
    arg_text(&a, id->s);
    return tell_region(r, "UPDATE parcel SET body = NULL, arrived = true"
                          " WHERE id = $1 AND NOT arrived", &a);
}

/* ---- coaches and days ---- */

enum err region_coach_add(struct region *r, const char *coach)
{
    struct args a = { 0 };
    arg_text(&a, coach);
    return tell_region(r, "INSERT INTO coach (id, home, turn) VALUES ($1, my_site(), 0)"
                          " ON CONFLICT (id) DO NOTHING", &a);
}

enum err region_coach_open(struct region *r, const char *coach)
{
    struct args a = { 0 };
    arg_text(&a, coach);
    return tell_region(r, "UPDATE coach SET open = true WHERE id = $1", &a);
}

enum err region_hand_over(struct region *r, const char *coach, civil_day day)
{
    struct args a = { 0 };
    arg_text(&a, coach);
    arg_int(&a, day);
    return tell_region(r, "SELECT hand_over($1, $2)", &a);
}

enum err region_move_day(struct region *r, const char *coach, civil_day day, const char *to,
                         char ret_answer[16])
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_text(&a, coach);
    arg_int(&a, day);
    arg_text(&a, to);
    enum err e = ask(r, "SELECT move_day($1, $2, $3)", &a, &q);
    return e == ERR_OK ? cell_put(&q, 0, 0, ret_answer, 16) : e;
}
