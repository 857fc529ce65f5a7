#include "display/board.h"

#include <stdlib.h>
#include <string.h>

#define EVERYBODY (OPEN_WALK_IN | OPEN_APPOINTMENT)

static void room_of(const struct roster *roster, const char *coach, char out[ROSTER_NAME_SIZE])
{
    int i = coach[0] ? roster_coach_find(roster, coach) : -1;

    out[0] = '\0';
    if (i >= 0)
        memcpy(out, roster->coaches[i].room, ROSTER_NAME_SIZE);
}

/* Called before inside, newest first. */
static int by_call(const void *pa, const void *pb)
{
    const struct board_call *a = pa, *b = pb;

    if (a->inside != b->inside)
        return a->inside ? 1 : -1;
    return a->chime < b->chime ? 1 : a->chime > b->chime ? -1 : 0;
}

static void take_calls(const struct roster *roster, const struct visit_rows *rows, struct board *b)
{
    for (size_t i = 0; i < rows->n && b->n < BOARD_CALLS_MAX; i++) {
        const struct visit_row *r = &rows->v[i];
        bool inside = r->state == VISIT_IN_SERVICE;
        if ((r->state != VISIT_CALLED && !inside) || r->chime <= 0)
            continue;
        struct board_call *c = &b->calls[b->n++];
        *c = (struct board_call){ .chime = r->chime, .inside = inside };
        ticket_format((struct ticket){ r->series, r->number }, c->number);
        room_of(roster, r->with_coach, c->room);
        b->n_called += !inside;
    }
    qsort(b->calls, b->n, sizeof(b->calls[0]), by_call);
    size_t most = b->n_called > BOARD_LAST ? b->n_called : BOARD_LAST;
    b->n = b->n < most ? b->n : most;
}

/* Minutes since the last window of today closed; -1: none has. */
static int closed_since(const struct roster *roster, const struct board *b)
{
    struct minute_span spans[ROSTER_WINDOWS_MAX];
    int n = roster_open_windows(roster, b->day, EVERYBODY, spans), last = -1;

    for (int i = 0; i < n; i++)
        if (spans[i].to <= b->minute)
            last = spans[i].to;
    return last < 0 ? -1 : b->minute - last;
}

static int64_t minutes_to(const struct board *b, struct roster_opening_at next)
{
    return (int64_t)(next.day - b->day) * DAY_MINUTES + next.span.from - b->minute;
}

/* Closed: the door says when we open, until nobody is there to read it. */
static enum board_mode closed_mode(const struct roster *roster, struct board *b)
{
    b->next_known = roster_next_opening(roster, b->day, b->minute, EVERYBODY, &b->next) == ERR_OK;
    int since = closed_since(roster, b);
    bool late = since < 0 || since >= BOARD_NIGHT_LATE;
    bool early = !b->next_known || minutes_to(b, b->next) > BOARD_NIGHT_EARLY;
    return late && early ? BOARD_NIGHT : BOARD_CLOSED;
}

void board_make(const struct roster *roster, const struct visit_rows *rows, struct local_time now,
                struct board *ret_board)
{
    struct board b = { .day = now.day, .minute = now.minute };

    take_calls(roster, rows, &b);
    if (b.n_called > 0)
        b.mode = BOARD_CALLS;
    else if (b.n > 0 || roster_open_at(roster, b.day, b.minute, EVERYBODY))
        b.mode = BOARD_CALM;
    else
        b.mode = closed_mode(roster, &b);
    *ret_board = b;
}

size_t board_news(const struct board *b, int64_t since, const struct board_call **ret, size_t max)
{
    size_t n = 0, fresh = 0;

    while (fresh < b->n_called && b->calls[fresh].chime > since)
        fresh++;
    for (size_t i = fresh < max ? fresh : max; i-- > 0;)
        ret[n++] = &b->calls[i];
    return n;
}

int64_t board_chime(const struct board *b)
{
    int64_t most = 0;

    for (size_t i = 0; i < b->n; i++)
        most = b->calls[i].chime > most ? b->calls[i].chime : most;
    return most;
}
