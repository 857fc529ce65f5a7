#include "store/visit.h"

#include <string.h>

#include "crypt/mac.h"
#include "store/people.h"
#include "store/visit_row.h"

static const char SQL_INSERT[] =
    "INSERT INTO visit (id, chain, site, day, series, number, state, version, kind, appointment,"
    " service, coach, with_coach, arrived_ms, due_ms, urgent, redirected, calls, chime, called_ms,"
    " first_call_ms, block_until_ms, started_ms, ended_ms, until_ms, outcome, inaccurate,"
    " clock_unsure, printed, token_mac, person, person_mac, person_no, municipality, topic, lang)"
    " VALUES (:id, :chain, :site, :day, :series, :number, :state, :version, :kind, :appointment,"
    " :service, :coach, :with_coach, :arrived, :due, :urgent, :redirected, :calls, :chime, :called,"
    " :first_call, :block_until, :started, :ended, :until, :outcome, :inaccurate,"
    " :clock_unsure, :printed, :token_mac, :person, :person_mac, :person_no, :municipality,"
    " :topic, :lang)";
static const char SQL_UPDATE[] =
    "UPDATE visit SET state = :state, version = version + 1, appointment = :appointment,"
    " due_ms = :due, service = :service, coach = :coach,"
    " with_coach = :with_coach, urgent = :urgent, redirected = :redirected, calls = :calls,"
    " chime = :chime, called_ms = :called, first_call_ms = :first_call,"
    " block_until_ms = :block_until, started_ms = :started, ended_ms = :ended, until_ms = :until,"
    " outcome = :outcome, inaccurate = :inaccurate"
    " WHERE id = :id AND state = :was_state AND version = :was_version";
static const char SQL_GET[] = "SELECT " VISIT_COLUMNS " FROM visit WHERE id = :id";
static const char SQL_BY_TICKET[] = "SELECT " VISIT_COLUMNS " FROM visit INDEXED BY visit_ticket"
                                    " WHERE day = :day AND series = :series AND number = :number";
static const char SQL_BY_TOKEN[] = "SELECT " VISIT_COLUMNS " FROM visit INDEXED BY visit_token"
                                   " WHERE token_mac = :mac AND token_mac IS NOT NULL";
static const char SQL_OF_PERSON[] = "SELECT " VISIT_COLUMNS VISIT_OPEN_FROM
                                    "WHERE day = :day AND person_mac = :mac"
                                    " AND " VISIT_OPEN_STATES;
static const char SQL_PERSON[] =
    "SELECT day, person, municipality, topic, lang FROM visit WHERE id = :id";
static const char SQL_DAY[] = "SELECT day FROM visit WHERE id = :id";
static const char SQL_SET_NOTE[] = "UPDATE visit SET note = :note WHERE id = :id";
static const char SQL_NOTE[] = "SELECT day, note FROM visit WHERE id = :id AND note IS NOT NULL";
static const char SQL_TAKE_PRINT[] = "UPDATE visit SET printed = 1 WHERE id = :id AND printed = 0";

enum err store_visit_token(struct store *s, const struct visit_row *r, struct token *ret_token)
{
    if (!s->house)
        return ERR_DENIED;
    unsigned char mac[MAC_SIZE];
    struct mac_day of = { .day = r->day, .make = true, .use = "visit" };
    enum err e = mac_of_day(s->keys, &of, r->id.s, strlen(r->id.s), mac);
    if (e == ERR_OK)
        *ret_token = token_of_bytes(mac);
    return e;
}

/* What of a new row is not in clear. */
struct hidden {
    struct sealed person;
    unsigned char person_mac[LOOKUP_SIZE];
    unsigned char token_mac[LOOKUP_SIZE];
};

static enum err hide(struct store *s, const struct visit_row *r, const struct person *p,
                     struct hidden *ret)
{
    struct sealed_at at = { .day = r->day, .table = "visit", .row = r->id.s };
    struct token token;
    enum err e = people_seal(s, &at, p, &ret->person);
    if (e == ERR_OK)
        e = people_mac(s, r->day, p, true, ret->person_mac);
    if (e == ERR_OK)
        e = store_visit_token(s, r, &token);
    return e == ERR_OK ? people_lookup(s, "token", token.s, ret->token_mac) : e;
}

static void bind_fixed(struct stmt *q, const struct visit_row *r)
{
    bind_text(q, ":id", r->id.s);
    bind_text(q, ":chain", r->chain.s);
    bind_text(q, ":site", r->site);
    bind_int(q, ":day", r->day);
    bind_int(q, ":number", r->number);
    bind_int(q, ":version", r->version ? r->version : 1);
    bind_text(q, ":kind", r->kind == VISIT_APPOINTMENT ? "appointment" : "walk_in");
    bind_int(q, ":arrived", r->arrived);
    bind_int(q, ":clock_unsure", r->clock_unsure);
    bind_int(q, ":printed", r->printed);
    bind_int(q, ":person_no", r->person_no);
}

enum err store_visit_insert(struct store *s, const struct visit_row *r, const struct person *p)
{
    struct hidden h;
    enum err e = hide(s, r, p, &h);
    if (e != ERR_OK)
        return e;
    const char series[2] = { r->series, '\0' };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_INSERT);
    bind_fixed(&q, r);
    bind_text(&q, ":series", series);
    visit_bind_mutable(&q, r);
    bind_blob(&q, ":token_mac", h.token_mac, sizeof(h.token_mac));
    bind_blob(&q, ":person", h.person.v, h.person.n);
    bind_blob(&q, ":person_mac", h.person_mac, sizeof(h.person_mac));
    bind_text(&q, ":municipality", p->municipality);
    bind_text(&q, ":topic", topic_name(p->topic));
    bind_text(&q, ":lang", p->lang);
    due_lower_by_visit(s, r);
    return stmt_run(&q);
}

enum err store_visit_update(struct store *s, const struct visit_row *r, struct visit_was was)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_UPDATE);
    visit_bind_mutable(&q, r);
    bind_text(&q, ":id", r->id.s);
    bind_text(&q, ":was_state", visit_state_name(was.state));
    bind_int(&q, ":was_version", was.version);
    due_lower_by_visit(s, r);
    return stmt_change(&q);
}

enum err store_visit_get(struct store *s, const struct ulid *id, struct visit_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_text(&q, ":id", id->s);
    return visit_read_one(&q, ret_row);
}

enum err store_visit_by_ticket(struct store *s, civil_day day, char series, int number,
                               struct visit_row *ret_row)
{
    const char text[2] = { series, '\0' };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_BY_TICKET);
    bind_int(&q, ":day", day);
    bind_text(&q, ":series", text);
    bind_int(&q, ":number", number);
    return visit_read_one(&q, ret_row);
}

enum err store_visit_by_token(struct store *s, const struct token *token,
                              struct visit_row *ret_row)
{
    unsigned char mac[LOOKUP_SIZE];
    enum err e = people_lookup(s, "token", token->s, mac);
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_BY_TOKEN);
    bind_blob(&q, ":mac", mac, sizeof(mac));
    return visit_read_one(&q, ret_row);
}

enum err store_visit_of_person(struct store *s, civil_day day, const struct person *p,
                               struct visit_row *ret_row)
{
    unsigned char mac[LOOKUP_SIZE];
    enum err e = people_mac(s, day, p, false, mac);
    if (e != ERR_OK) /* a day without keys (any more) has nobody to find */
        return e == ERR_DENIED && s->house ? ERR_NOT_FOUND : e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OF_PERSON);
    bind_int(&q, ":day", day);
    bind_blob(&q, ":mac", mac, sizeof(mac));
    return visit_read_one(&q, ret_row);
}

enum err store_visit_person(struct store *s, const struct ulid *id, struct person *ret_person)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PERSON);
    bind_text(&q, ":id", id->s);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    struct person p = { 0 };
    char topic[16];
    col_text(&q, 2, p.municipality, sizeof(p.municipality));
    col_text(&q, 3, topic, sizeof(topic));
    col_text(&q, 4, p.lang, sizeof(p.lang));
    if (q.e != ERR_OK || topic_of(topic, &p.topic) != ERR_OK)
        return ERR_CORRUPT;
    size_t n = 0;
    const void *sealed = col_blob(&q, 1, &n);
    struct sealed_at at = { .day = (civil_day)col_int(&q, 0), .table = "visit", .row = id->s };
    e = people_open(s, &at, sealed, n, &p);
    if (e == ERR_OK)
        *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return e;
}

static enum err day_of(struct store *s, const struct ulid *id, civil_day *ret_day)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_DAY);
    bind_text(&q, ":id", id->s);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret_day = (civil_day)col_int(&q, 0);
    return e;
}

enum err store_visit_set_note(struct store *s, const struct ulid *id, const char *note)
{
    struct sealed sealed = { .n = 0 };
    struct sealed_at at = { .table = "visit", .row = id->s };
    enum err e = day_of(s, id, &at.day);
    if (e == ERR_OK && note && *note)
        e = people_seal_note(s, &at, note, &sealed);
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_SET_NOTE);
    bind_text(&q, ":id", id->s);
    bind_blob(&q, ":note", sealed.n ? sealed.v : NULL, sealed.n);
    return stmt_run(&q);
}

enum err store_visit_note(struct store *s, const struct ulid *id, char ret[STORE_NOTE_SIZE])
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_NOTE);
    bind_text(&q, ":id", id->s);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    size_t n = 0;
    const void *sealed = col_blob(&q, 1, &n);
    struct sealed_at at = { .day = (civil_day)col_int(&q, 0), .table = "visit", .row = id->s };
    return people_open_note(s, &at, sealed, n, ret, STORE_NOTE_SIZE);
}

enum err store_visit_take_print(struct store *s, const struct ulid *id, bool *ret_first)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_TAKE_PRINT);
    bind_text(&q, ":id", id->s);
    enum err e = stmt_change(&q);
    civil_day day;
    bool first = e == ERR_OK;
    if (e == ERR_STALE)
        e = day_of(s, id, &day); /* printed before, or no such visit? */
    if (e == ERR_OK)
        *ret_first = first;
    return e;
}
