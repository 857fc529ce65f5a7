#include "store/call_request.h"

#include "store/inside.h"
#include "store/people.h"

#define COLUMNS "id, site, day, at_ms, municipality, topic, lang"

static const char SQL_PUT[] =
    "INSERT INTO call_request (" COLUMNS ", person, person_mac)"
    " VALUES (:id, :site, :day, :at, :municipality, :topic, :lang, :person, :mac)"
    " ON CONFLICT (id) DO UPDATE SET at_ms = excluded.at_ms, person = excluded.person,"
    " municipality = excluded.municipality, topic = excluded.topic, lang = excluded.lang";
static const char SQL_GET[] = "SELECT " COLUMNS " FROM call_request WHERE id = :id";
static const char SQL_OF_PERSON[] =
    "SELECT " COLUMNS " FROM call_request WHERE day = :day AND person_mac = :mac";
static const char SQL_LIST[] = "SELECT " COLUMNS " FROM call_request"
                               " WHERE day >= :first AND day <= :last ORDER BY at_ms, id";
static const char SQL_PERSON[] = "SELECT " COLUMNS ", person FROM call_request WHERE id = :id";

void call_request_rows_done(struct call_request_rows *l)
{
    mem_free(l->v);
    *l = (struct call_request_rows){ 0 };
}

static void read_row(struct stmt *q, struct call_request_row *r)
{
    char topic[16];
    *r = (struct call_request_row){ .day = (civil_day)col_int(q, 2), .at = col_int(q, 3) };
    col_ulid(q, 0, &r->id);
    col_text(q, 1, r->site, sizeof(r->site));
    col_text(q, 4, r->municipality, sizeof(r->municipality));
    col_text(q, 5, topic, sizeof(topic));
    col_text(q, 6, r->lang, sizeof(r->lang));
    if (q->e == ERR_OK && topic_of(topic, &r->topic) != ERR_OK)
        q->e = ERR_CORRUPT;
}

static enum err read_one(struct stmt *q, struct call_request_row *ret_row)
{
    struct call_request_row r;
    enum err e = stmt_one(q);
    if (e != ERR_OK)
        return e;
    read_row(q, &r);
    if (q->e == ERR_OK)
        *ret_row = r;
    return q->e;
}

enum err store_call_request_put(struct store *s, const struct call_request_row *r,
                                const struct person *p)
{
    struct sealed sealed;
    unsigned char mac[LOOKUP_SIZE];
    struct sealed_at at = { .day = r->day, .table = "call_request", .row = r->id.s };
    enum err e = people_seal(s, &at, p, &sealed);
    if (e == ERR_OK)
        e = people_mac(s, r->day, p, true, mac);
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT);
    bind_text(&q, ":id", r->id.s);
    bind_text(&q, ":site", r->site);
    bind_int(&q, ":day", r->day);
    bind_int(&q, ":at", r->at);
    bind_text(&q, ":municipality", p->municipality);
    bind_text(&q, ":topic", topic_name(p->topic));
    bind_text(&q, ":lang", p->lang);
    bind_blob(&q, ":person", sealed.v, sealed.n);
    bind_blob(&q, ":mac", mac, sizeof(mac));
    return stmt_run(&q);
}

enum err store_call_request_get(struct store *s, const struct ulid *id,
                                struct call_request_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_text(&q, ":id", id->s);
    return read_one(&q, ret_row);
}

enum err store_call_request_of_person(struct store *s, civil_day day, const struct person *p,
                                      struct call_request_row *ret_row)
{
    unsigned char mac[LOOKUP_SIZE];
    enum err e = people_mac(s, day, p, false, mac);
    if (e != ERR_OK) /* a day without keys (any more) has nobody to find */
        return e == ERR_DENIED && s->house ? ERR_NOT_FOUND : e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OF_PERSON);
    bind_int(&q, ":day", day);
    bind_blob(&q, ":mac", mac, sizeof(mac));
    return read_one(&q, ret_row);
}

enum err store_call_request_person(struct store *s, const struct ulid *id,
                                   struct person *ret_person)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PERSON);
    struct call_request_row r;
    bind_text(&q, ":id", id->s);
    enum err e = read_one(&q, &r);
    if (e != ERR_OK)
        return e;
    struct person p = { .topic = r.topic };
    size_t n = 0;
    const void *sealed = col_blob(&q, 7, &n);
    struct sealed_at at = { .day = r.day, .table = "call_request", .row = id->s };
    col_text(&q, 4, p.municipality, sizeof(p.municipality));
    col_text(&q, 6, p.lang, sizeof(p.lang));
    e = q.e == ERR_OK ? people_open(s, &at, sealed, n, &p) : q.e;
    if (e == ERR_OK)
        *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return e;
}

enum err store_call_requests(struct store *s, civil_day first, civil_day last,
                             struct call_request_rows *ret_list)
{
    CLEANUP(call_request_rows_done) struct call_request_rows l = { 0 };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LIST);
    bind_int(&q, ":first", first);
    bind_int(&q, ":last", last);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        read_row(&q, &l.v[l.n]);
        if (!stmt_pass_over(&q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}
