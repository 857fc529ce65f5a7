#include "store/appointment.h"

#include "store/appointment_row.h"
#include "store/people.h"
#include "store/reason.h"

/* A move's successor has its chain's code also when the key that made it is gone. */
static const char SQL_INSERT[] =
    "INSERT INTO appointment (id, chain, site, day, coach, service, start_ms, end_ms, stop_ms,"
    " seat, state, version, held_by, held_until_ms, extended, code_day, code_count, code_mac,"
    " token_mac, person, person_mac, person_no, municipality, topic, lang, successor, visit,"
    " why, created_ms)"
    " VALUES (:id, :chain, :site, :day, :coach, :service, :start, :end, :stop,"
    " :seat, :state, :version, :held_by, :held_until, :extended, :code_day, :code_count,"
    " coalesce(:code_mac, (SELECT code_mac FROM appointment INDEXED BY appointment_chain"
    " WHERE chain = :chain AND code_mac IS NOT NULL LIMIT 1)),"
    " coalesce(:token_mac, (SELECT token_mac FROM appointment INDEXED BY appointment_chain"
    " WHERE chain = :chain AND token_mac IS NOT NULL LIMIT 1)),"
    " :person, :person_mac, :person_no, :municipality, :topic, :lang,"
    " :successor, :visit, :why, :created)";
#define SET_OPEN \
    "UPDATE appointment SET state = :state, version = version + 1, seat = :seat," \
    " held_by = :held_by, held_until_ms = :held_until, extended = :extended," \
    " code_day = :code_day, code_count = :code_count, person_no = :person_no," \
    " municipality = :municipality, topic = :topic, lang = :lang, successor = :successor," \
    " visit = :visit, why = :why"
#define WHERE_WAS " WHERE id = :id AND state = :was_state AND version = :was_version"
/* What is bound as NULL here (person, code) stays as it is stored. */
static const char SQL_UPDATE[] =
    SET_OPEN ", code_mac = coalesce(:code_mac, code_mac),"
    " token_mac = coalesce(:token_mac, token_mac), person = coalesce(:person, person),"
    " person_mac = coalesce(:person_mac, person_mac)" WHERE_WAS;
/* Names no column of an index that stays as it is: SQLite would write its entries anew. */
static const char SQL_UPDATE_OPEN[] = SET_OPEN WHERE_WAS;
static const char SQL_GET[] = "SELECT " APPOINTMENT_COLUMNS " FROM appointment WHERE id = :id";
static const char SQL_DAY[] = "SELECT day FROM appointment WHERE id = :id";
static const char SQL_PERSON[] = "SELECT day, person, municipality, topic, lang FROM appointment"
                                 " WHERE id = :id AND person IS NOT NULL";

/* What of a row is not in clear. */
struct hidden {
    struct sealed person; /* n 0: none, or no new one */
    unsigned char person_mac[LOOKUP_SIZE];
    bool coded; /* the two below are set */
    unsigned char code_mac[LOOKUP_SIZE], token_mac[LOOKUP_SIZE];
    struct reason_sealed reason;
};

static enum err hide_code(struct store *s, const struct appointment_row *r, struct hidden *ret)
{
    struct code code;
    struct token token;
    enum err e = store_appointment_code(s, r, &code, &token);
    if (e == ERR_DENIED && s->house)
        return ERR_OK; /* its day's key is gone: what is stored of it stays */
    if (e == ERR_OK)
        e = people_lookup(s, "code", code.s, ret->code_mac);
    if (e == ERR_OK)
        e = people_lookup(s, "token", token.s, ret->token_mac);
    ret->coded = e == ERR_OK;
    return e;
}

static enum err hide(struct store *s, const struct appointment_row *r, const struct person *p,
                     struct hidden *ret)
{
    struct sealed_at at = { .day = r->day, .table = "appointment", .row = r->id.s };
    enum err e = reason_seal(s, &at, r->reason, &ret->reason);
    ret->person.n = 0;
    ret->coded = false;
    if (e == ERR_OK && r->code_day != CIVIL_DAY_NONE)
        e = hide_code(s, r, ret);
    if (!p || e != ERR_OK)
        return e;
    e = people_seal(s, &at, p, &ret->person);
    return e == ERR_OK ? people_mac(s, r->day, p, true, ret->person_mac) : e;
}

static void bind_why(struct stmt *q, const struct hidden *h)
{
    bind_blob(q, ":why", h->reason.n ? h->reason.v : NULL, h->reason.n);
}

static void bind_hidden(struct stmt *q, const struct hidden *h)
{
    bind_blob(q, ":code_mac", h->coded ? h->code_mac : NULL, LOOKUP_SIZE);
    bind_blob(q, ":token_mac", h->coded ? h->token_mac : NULL, LOOKUP_SIZE);
    bind_blob(q, ":person", h->person.n ? h->person.v : NULL, h->person.n);
    bind_blob(q, ":person_mac", h->person.n ? h->person_mac : NULL, LOOKUP_SIZE);
}

static void bind_mutable(struct stmt *q, const struct appointment_row *r, const struct person *p)
{
    bind_text(q, ":id", r->id.s);
    bind_text(q, ":state", appointment_state_name(r->state));
    bind_int(q, ":seat", r->seat);
    bind_opt(q, ":held_by", r->held_by);
    bind_ms(q, ":held_until", r->held_until);
    bind_int(q, ":extended", r->extended);
    if (r->code_day != CIVIL_DAY_NONE) /* else it stays unbound, which is NULL */
        bind_int(q, ":code_day", r->code_day);
    bind_int(q, ":code_count", r->code_count);
    bind_ms(q, ":person_no", r->person_no);
    bind_opt(q, ":municipality", p ? p->municipality : r->municipality);
    bind_text(q, ":topic", topic_name(p ? p->topic : r->topic));
    bind_opt(q, ":lang", p ? p->lang : r->lang);
    bind_ulid(q, ":successor", &r->successor);
    bind_ulid(q, ":visit", &r->visit);
}

enum err store_appointment_insert(struct store *s, const struct appointment_row *r,
                                  const struct person *p)
{
    struct hidden h;
    enum err e = hide(s, r, p, &h);
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_INSERT);
    bind_mutable(&q, r, p);
    bind_why(&q, &h);
    bind_hidden(&q, &h);
    bind_text(&q, ":chain", r->chain.s);
    bind_text(&q, ":site", r->site);
    bind_int(&q, ":day", r->day);
    bind_text(&q, ":coach", r->coach);
    bind_text(&q, ":service", r->service);
    bind_int(&q, ":start", r->start);
    bind_int(&q, ":end", r->end);
    bind_int(&q, ":stop", r->stop);
    bind_int(&q, ":version", r->version ? r->version : 1);
    bind_int(&q, ":created", r->created);
    due_lower_by_appointment(s, r);
    return stmt_run(&q);
}

enum err store_appointment_update(struct store *s, const struct appointment_row *r,
                                  struct appointment_was was, const struct person *p)
{
    struct appointment_row plain = *r;
    if (was.state != APPT_HELD)
        plain.code_day = CIVIL_DAY_NONE; /* a code is given once, when a hold is booked */
    struct hidden h;
    enum err e = hide(s, &plain, p, &h);
    if (e != ERR_OK)
        return e;
    bool hidden = h.coded || h.person.n > 0;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, hidden ? SQL_UPDATE : SQL_UPDATE_OPEN);
    bind_mutable(&q, r, p);
    bind_why(&q, &h);
    if (hidden)
        bind_hidden(&q, &h);
    bind_text(&q, ":was_state", appointment_state_name(was.state));
    bind_int(&q, ":was_version", was.version);
    due_lower_by_appointment(s, r);
    return stmt_change(&q);
}

enum err store_appointment_day(struct store *s, const struct ulid *id, civil_day *ret_day)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_DAY);
    bind_text(&q, ":id", id->s);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret_day = (civil_day)col_int(&q, 0);
    return e;
}

enum err store_appointment_get(struct store *s, const struct ulid *id,
                               struct appointment_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_text(&q, ":id", id->s);
    return appointment_read_one(&q, ret_row);
}

enum err store_appointment_person(struct store *s, const struct ulid *id,
                                  struct person *ret_person)
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
    struct sealed_at at = {
        .day = (civil_day)col_int(&q, 0), .table = "appointment", .row = id->s
    };
    e = people_open(s, &at, sealed, n, &p);
    if (e == ERR_OK)
        *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return e;
}
