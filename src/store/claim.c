#include "store/claim.h"

#include "store/inside.h"

#define SEATS_MAX 99

static const char SQL_TAKE[] = "INSERT INTO claim (coach, q5, seat, appointment)"
                               " VALUES (:coach, :q5, :seat, :appointment)";
static const char SQL_RELEASE[] = "DELETE FROM claim WHERE appointment = :appointment";
static const char SQL_SEAT_USED[] = "SELECT 1 FROM claim WHERE coach = :coach"
                                    " AND q5 >= :first AND q5 < :after AND seat = :seat LIMIT 1";

enum err store_claim_take(struct store *s, const struct claim_span *c)
{
    for (int i = 0; i < c->quanta.n; i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_TAKE);
        bind_text(&q, ":coach", c->coach);
        bind_int(&q, ":q5", c->quanta.first + i);
        bind_int(&q, ":seat", c->seat);
        bind_text(&q, ":appointment", c->appointment.s);
        enum err e = stmt_run(&q);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

enum err store_claim_release(struct store *s, const struct ulid *appointment)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_RELEASE);
    bind_text(&q, ":appointment", appointment->s);
    return stmt_run(&q);
}

enum err store_claim_free_seat(struct store *s, const char *coach, struct q5_span quanta,
                               int *ret_seat)
{
    for (int seat = 1; seat <= SEATS_MAX; seat++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_SEAT_USED);
        bind_text(&q, ":coach", coach);
        bind_int(&q, ":first", quanta.first);
        bind_int(&q, ":after", quanta.first + quanta.n);
        bind_int(&q, ":seat", seat);
        enum err e = stmt_one(&q);
        if (e == ERR_NOT_FOUND) {
            *ret_seat = seat;
            return ERR_OK;
        }
        if (e != ERR_OK)
            return e;
    }
    return ERR_LIMIT;
}
