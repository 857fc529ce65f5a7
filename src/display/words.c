#include "display/words.h"

#include <ctype.h>
#include <stdio.h>

#include "i18n/date.h"
#include "i18n/i18n.h"

void words_room(struct buf *b, const char *room)
{
    if (isdigit((unsigned char)room[0]))
        i18n_format(b, _("room {room}"), { "room", .value = room });
    else
        buf_adds(b, room);
}

void words_call(struct buf *b, const struct board_call *call)
{
    char number[TICKET_SIZE + 1];
    CLEANUP(buf_done) struct buf room = buf_make(ROSTER_NAME_SIZE + 64);

    words_room(&room, call->room);
    snprintf(number, sizeof(number), "%c %s", call->number[0], call->number + 1);
    if (room.n > 0)
        i18n_format(b, _("Number {number}, {room}."), { "number", .value = number },
                    { "room", .value = buf_str(&room) });
    else
        i18n_format(b, _("Number {number}."), { "number", .value = number });
}

static struct i18n_day parts(civil_day day)
{
    struct civil_date d = civil_date_of(day);
    return (struct i18n_day){ d.year, d.month, d.day };
}

void words_opening(struct buf *b, const struct board *board)
{
    CLEANUP(buf_done) struct buf day = buf_make(128);
    CLEANUP(buf_done) struct buf time = buf_make(16);

    if (!board->next_known)
        return;
    i18n_date_near(&day, parts(board->next.day), parts(board->day), I18N_DATE_LONG);
    i18n_time(&time, board->next.span.from);
    i18n_format(b, _("Open again {day} at {time}"), { "day", .value = buf_str(&day) },
                { "time", .value = buf_str(&time) });
}
