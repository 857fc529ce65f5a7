#include "core/quantum.h"
#include "store/appointment_row.h"
#include "store/people.h"

static const char SQL_BUSY[] =
    "SELECT start_ms, stop_ms FROM appointment INDEXED BY appointment_busy"
    " WHERE coach = :coach AND start_ms >= :from AND start_ms < :to"
    " AND " APPOINTMENT_KEPT_STATES " ORDER BY start_ms";
/* What runs on into that span claims its first quantum: nothing of the past has to be read. */
static const char SQL_RUNNING[] =
    "SELECT a.start_ms, a.stop_ms FROM claim c JOIN appointment a ON a.id = c.appointment"
    " WHERE c.coach = :coach AND c.q5 = :q5 AND a.start_ms < :from AND a.stop_ms > :from";
static const char SQL_COUNT[] =
    "SELECT count(*) FROM appointment INDEXED BY appointment_busy"
    " WHERE coach = :coach AND start_ms >= :from AND start_ms < :to"
    " AND " APPOINTMENT_KEPT_STATES " AND state <> 'held'";
static const char SQL_OF_DAYS[] =
    "SELECT " APPOINTMENT_COLUMNS " FROM appointment INDEXED BY appointment_person"
    " WHERE day >= :first AND day <= :last"
    " AND " APPOINTMENT_LISTED_STATES " AND (:coach IS NULL OR coach = :coach)"
    " ORDER BY start_ms, coach, id";
static const char SQL_OF_PERSON[] =
    "SELECT " APPOINTMENT_COLUMNS " FROM appointment INDEXED BY appointment_person"
    " WHERE day = :day AND person_mac = :mac"
    " AND " APPOINTMENT_LISTED_STATES " ORDER BY start_ms, id";
static const char SQL_FROM[] =
    "SELECT " APPOINTMENT_COLUMNS " FROM appointment INDEXED BY appointment_due"
    " WHERE state = 'booked' AND start_ms >= :at ORDER BY start_ms, coach, id";
static const char SQL_HOLD_OVER[] =
    "SELECT " APPOINTMENT_COLUMNS " FROM appointment INDEXED BY appointment_held"
    " WHERE state = 'held' AND held_until_ms <= :at ORDER BY held_until_ms, id";
static const char SQL_HELD_BY[] =
    "SELECT " APPOINTMENT_COLUMNS " FROM appointment INDEXED BY appointment_held"
    " WHERE state = 'held' AND held_by = :device ORDER BY id";
static const char SQL_STARTED[] =
    "SELECT " APPOINTMENT_COLUMNS " FROM appointment INDEXED BY appointment_due"
    " WHERE state = 'booked' AND start_ms <= :at ORDER BY start_ms, id";

void busy_spans_done(struct busy_spans *l)
{
    mem_free(l->v);
    *l = (struct busy_spans){ 0 };
}

static enum err add_spans(struct stmt *q, int index, struct busy_spans *list)
{
    enum err e;
    while ((e = stmt_row(q)) == ERR_OK) {
        if (!ROWS_GROW(list))
            return ERR_NOMEM;
        list->v[list->n++] = (struct busy_span){ index, col_int(q, 0), col_int(q, 1) };
    }
    return e == ERR_NONE ? ERR_OK : e;
}

/* By start; one a seat, so there are few. */
static void sort_spans(struct busy_span *v, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && v[k - 1].start > v[k].start; k--) {
            struct busy_span later = v[k - 1];
            v[k - 1] = v[k];
            v[k] = later;
        }
}

static enum err add_running(struct store *s, const struct busy_query *b, struct busy_spans *list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_RUNNING);
    size_t before = list->n;
    bind_text(&q, ":coach", b->coach);
    bind_int(&q, ":q5", q5_of(b->from));
    bind_int(&q, ":from", b->from);
    enum err e = add_spans(&q, b->index, list);
    if (list->n > before)
        sort_spans(list->v + before, list->n - before);
    return e;
}

static enum err add_starting(struct store *s, const struct busy_query *b, struct busy_spans *list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_BUSY);
    bind_text(&q, ":coach", b->coach);
    bind_int(&q, ":from", b->from);
    bind_int(&q, ":to", b->to);
    return add_spans(&q, b->index, list);
}

enum err store_appointments_busy(struct store *s, const struct busy_query *b,
                                 struct busy_spans *list)
{
    size_t before = list->n;
    enum err e = add_running(s, b, list);
    if (e == ERR_OK)
        e = add_starting(s, b, list);
    if (e != ERR_OK)
        list->n = before;
    return e;
}

enum err store_appointments_count(struct store *s, const char *coach, utc_ms from, utc_ms to,
                                  int *ret_n)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_COUNT);
    bind_text(&q, ":coach", coach);
    bind_int(&q, ":from", from);
    bind_int(&q, ":to", to);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret_n = (int)col_int(&q, 0);
    return e;
}

enum err store_appointments_of_days(struct store *s, const char *coach, civil_day first,
                                    civil_day last, struct appointment_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OF_DAYS);
    bind_int(&q, ":first", first);
    bind_int(&q, ":last", last);
    bind_opt(&q, ":coach", coach);
    return appointment_read_all(&q, ret_list);
}

enum err store_appointments_of_person(struct store *s, civil_day day, const struct person *p,
                                      struct appointment_rows *ret_list)
{
    unsigned char mac[LOOKUP_SIZE];
    enum err e = people_mac(s, day, p, false, mac);
    if (e == ERR_NOT_FOUND || (e == ERR_DENIED && s->house)) {
        *ret_list = (struct appointment_rows){ 0 }; /* a day without keys has nobody to find */
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OF_PERSON);
    bind_int(&q, ":day", day);
    bind_blob(&q, ":mac", mac, sizeof(mac));
    return appointment_read_all(&q, ret_list);
}

static enum err by_instant(struct store *s, const char *sql, utc_ms at,
                           struct appointment_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_int(&q, ":at", at);
    return appointment_read_all(&q, ret_list);
}

enum err store_appointments_from(struct store *s, utc_ms from, struct appointment_rows *ret_list)
{
    return by_instant(s, SQL_FROM, from, ret_list);
}

enum err store_appointments_hold_over(struct store *s, utc_ms now,
                                      struct appointment_rows *ret_list)
{
    return by_instant(s, SQL_HOLD_OVER, now, ret_list);
}

enum err store_appointments_started(struct store *s, utc_ms start,
                                    struct appointment_rows *ret_list)
{
    return by_instant(s, SQL_STARTED, start, ret_list);
}

enum err store_appointments_held_by(struct store *s, const char *device,
                                    struct appointment_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_HELD_BY);
    bind_text(&q, ":device", device);
    return appointment_read_all(&q, ret_list);
}
