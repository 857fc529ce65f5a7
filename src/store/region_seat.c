#include "store/region_seat.h"

#include <string.h>

#include "crypt/box.h"
#include "store/inside.h"

static const char *const seat_states[SEAT_STATE_COUNT] = { "asked", "granted", "refused", "going" };

#define SEAT_COLUMNS "id, appointment, site, coach, day, q5, n, seat, state, until_ms"
static const char SQL_PUT[] =
    "INSERT INTO region_seat (" SEAT_COLUMNS ") VALUES (:id, :appointment, :site, :coach, :day,"
    " :q5, :n, :seat, :state, :until)";
static const char SQL_GET[] = "SELECT " SEAT_COLUMNS " FROM region_seat WHERE id = :id";
static const char SQL_USE[] =
    "UPDATE region_seat SET until_ms = NULL, appointment = :appointment"
    " WHERE id = :id AND state = 'granted' AND until_ms > :now";
static const char SQL_LET_GO[] =
    "UPDATE region_seat SET until_ms = :until WHERE appointment = :appointment"
    " AND until_ms IS NULL";
static const char SQL_KEEP[] =
    "UPDATE region_seat SET until_ms = NULL WHERE appointment = :appointment"
    " AND state = 'granted' AND (until_ms IS NULL OR until_ms > :now)";
static const char SQL_HAS[] = "SELECT 1 FROM region_seat WHERE appointment = :appointment";
static const char SQL_RENAME[] =
    "UPDATE region_seat SET appointment = :to WHERE appointment = :from";

/* A refusal that nobody read, and a claim that may stand in the region although its answer
 * never came. */
static const char SQL_END[] =
    "UPDATE region_seat SET state = 'going' WHERE until_ms <= :now AND state <> 'going'";
static const char SQL_OF_STATE[] =
    "SELECT " SEAT_COLUMNS " FROM region_seat WHERE state = :state ORDER BY id LIMIT 1000";
static const char SQL_DUE[] =
    "SELECT coalesce(min(until_ms), 9223372036854775807) FROM region_seat"
    " WHERE until_ms IS NOT NULL AND state <> 'going'";
/* One in another house is that house's to tell from when its parcel has arrived there: it may
 * have been cancelled there since, and its time sold again. */
static const char SQL_IN_USE[] =
    "SELECT " SEAT_COLUMNS " FROM region_seat WHERE state = 'granted' AND until_ms IS NULL"
    " AND day >= :day AND (appointment IS NOT NULL OR id IN (SELECT id FROM region_out))";
static const char SQL_ANSWER[] =
    "UPDATE region_seat SET state = :state WHERE id = :id AND state = 'asked'";
static const char SQL_LOST[] =
    "UPDATE region_seat SET state = 'refused' WHERE id = :id AND until_ms IS NULL";
static const char SQL_FOUND[] =
    "UPDATE region_seat SET state = 'granted'"
    " WHERE id = :id AND state = 'refused' AND until_ms IS NULL";
static const char SQL_OVER[] =
    "SELECT EXISTS (SELECT 1 FROM appointment a WHERE a.id = :id"
    " AND a.state IN ('cancelled', 'moved', 'expired')"
    " AND NOT EXISTS (SELECT 1 FROM region_seat r WHERE r.id = a.id OR r.appointment = a.id))";
static const char SQL_DROP[] = "DELETE FROM region_seat WHERE id = :id";
static const char SQL_PUBLISH[] =
    "INSERT INTO region_seat (id, appointment, site, coach, day, q5, n, seat, state)"
    " SELECT a.id, a.id, (SELECT site FROM region), a.coach, a.day, min(c.q5), count(*), c.seat,"
    " 'asked' FROM appointment a JOIN claim c ON c.appointment = a.id"
    " WHERE a.coach = :coach AND a.stop_ms > :from AND (:day IS NULL OR a.day = :day)"
    " AND (a.state = 'held' OR a.state = 'booked' OR a.state = 'checked_in')"
    " AND NOT EXISTS (SELECT 1 FROM region_seat r WHERE r.appointment = a.id)"
    " AND NOT EXISTS (SELECT 1 FROM region_seat r WHERE r.id = a.id) GROUP BY a.id";
static const char SQL_ASKED[] =
    "SELECT count(*) FROM region_seat WHERE coach = :coach AND state = 'asked'";

void region_seats_done(struct region_seats *l)
{
    mem_free(l->v);
    *l = (struct region_seats){ 0 };
}

enum err store_seat_put(struct store *s, const struct region_seat *r)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT);
    bind_text(&q, ":id", r->id.s);
    bind_ulid(&q, ":appointment", &r->appointment);
    bind_text(&q, ":site", r->site);
    bind_text(&q, ":coach", r->coach);
    bind_int(&q, ":day", r->day);
    bind_int(&q, ":q5", r->quanta.first);
    bind_int(&q, ":n", r->quanta.n);
    bind_int(&q, ":seat", r->seat);
    bind_text(&q, ":state", seat_states[r->state]);
    bind_ms(&q, ":until", r->until);
    return stmt_run(&q);
}

static void read_seat(struct stmt *q, struct region_seat *r)
{
    char state[16];
    *r = (struct region_seat){ .day = (civil_day)col_int(q, 4),
                               .quanta = { col_int(q, 5), (int)col_int(q, 6) },
                               .seat = (int)col_int(q, 7),
                               .state = SEAT_STATE_COUNT,
                               .until = col_int(q, 9) };
    col_ulid(q, 0, &r->id);
    col_ulid(q, 1, &r->appointment);
    col_text(q, 2, r->site, sizeof(r->site));
    col_text(q, 3, r->coach, sizeof(r->coach));
    col_text(q, 8, state, sizeof(state));
    for (int i = 0; i < SEAT_STATE_COUNT; i++)
        if (strcmp(state, seat_states[i]) == 0)
            r->state = (enum seat_state)i;
}

static enum err read_seats(struct stmt *q, struct region_seats *ret_list)
{
    CLEANUP(region_seats_done) struct region_seats l = { 0 };
    enum err e;
    while ((e = stmt_row(q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        read_seat(q, &l.v[l.n]);
        if (!stmt_pass_over(q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}

enum err store_seat_get(struct store *s, const struct ulid *id, struct region_seat *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_text(&q, ":id", id->s);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    struct region_seat r;
    read_seat(&q, &r);
    if (q.e == ERR_OK)
        *ret_row = r;
    return q.e;
}

enum err store_seat_use(struct store *s, const struct ulid *id, const struct ulid *appointment,
                        utc_ms now)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_USE);
    bind_text(&q, ":id", id->s);
    bind_ulid(&q, ":appointment", appointment);
    bind_int(&q, ":now", now);
    return stmt_change(&q);
}

enum err store_seat_let_go(struct store *s, const struct ulid *appointment, utc_ms until)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LET_GO);
    bind_text(&q, ":appointment", appointment->s);
    bind_int(&q, ":until", until);
    return stmt_run(&q);
}

enum err store_seat_keep(struct store *s, const struct ulid *appointment, utc_ms now)
{
    CLEANUP(stmt_done) struct stmt has = stmt_of(s, SQL_HAS);
    bind_text(&has, ":appointment", appointment->s);
    enum err e = stmt_one(&has);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_KEEP);
    bind_text(&q, ":appointment", appointment->s);
    bind_int(&q, ":now", now);
    return stmt_change(&q);
}

enum err store_seat_rename(struct store *s, const struct ulid *from, const struct ulid *to)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_RENAME);
    bind_text(&q, ":from", from->s);
    bind_text(&q, ":to", to->s);
    return stmt_run(&q);
}

/* ---- for dynamo-sync ---- */

enum err store_seats_end(struct store *s, utc_ms now)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_END);
    bind_int(&q, ":now", now);
    return stmt_run(&q);
}

enum err store_seats_of(struct store *s, enum seat_state state, struct region_seats *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OF_STATE);
    bind_text(&q, ":state", seat_states[state]);
    return read_seats(&q, ret_list);
}

enum err store_seats_due(struct store *s, utc_ms *ret_at)
{
    return store_query_int(s, SQL_DUE, ret_at);
}

enum err store_seats_in_use(struct store *s, civil_day from, struct region_seats *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_IN_USE);
    bind_int(&q, ":day", from);
    return read_seats(&q, ret_list);
}

enum err store_seat_answer(struct store *s, const struct ulid *id, enum seat_state state)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_ANSWER);
    bind_text(&q, ":id", id->s);
    bind_text(&q, ":state", seat_states[state]);
    return stmt_run(&q);
}

enum err store_seat_lost(struct store *s, const struct ulid *id)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LOST);
    bind_text(&q, ":id", id->s);
    return stmt_run(&q);
}

enum err store_seat_found(struct store *s, const struct ulid *id)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_FOUND);
    bind_text(&q, ":id", id->s);
    return stmt_run(&q);
}

enum err store_seat_over(struct store *s, const struct ulid *id, bool *ret_over)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OVER);
    bind_text(&q, ":id", id->s);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret_over = col_int(&q, 0) != 0;
    return e;
}

enum err store_seat_drop(struct store *s, const struct ulid *id)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_DROP);
    bind_text(&q, ":id", id->s);
    return stmt_run(&q);
}

enum err store_seats_publish(struct store *s, const char *coach, civil_day day, utc_ms from)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUBLISH);
    bind_text(&q, ":coach", coach);
    bind_int(&q, ":from", from);
    if (day != CIVIL_DAY_NONE) /* else it stays unbound, which is NULL */
        bind_int(&q, ":day", day);
    return stmt_run(&q);
}

enum err store_seats_asked(struct store *s, const char *coach, int64_t *ret_n)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_ASKED);
    bind_text(&q, ":coach", coach);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret_n = col_int(&q, 0);
    return e;
}
