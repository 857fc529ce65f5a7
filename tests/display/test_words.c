#include "display/words.h"

#include <stdio.h>

#include "i18n/i18n.h"
#include "tests/lib/check.h"

static const char *plain(struct buf *b)
{
    static char out[256];
    snprintf(out, sizeof(out), "%s", buf_str(b));
    i18n_strip(out);
    return out;
}

static const char *spoken(const char *lang, const char *number, const char *room)
{
    CLEANUP(buf_done) struct buf b = buf_make(256);
    struct board_call c = { 0 };
    snprintf(c.number, sizeof(c.number), "%s", number);
    snprintf(c.room, sizeof(c.room), "%s", room);
    i18n_use(lang);
    words_call(&b, &c);
    return plain(&b);
}

TEST(a_call_says_letter_number_and_room)
{
    CHECK_STR(spoken("en", "A14", "2"), "Number A 14, room 2.");
    CHECK_STR(spoken("nl", "A14", "2"), "Nummer A 14, kamer 2.");
    CHECK_STR(spoken("nl", "A104", ""), "Nummer A 104.");
}

TEST(a_room_with_a_name_keeps_its_name)
{
    CHECK_STR(spoken("nl", "A01", "Atelier"), "Nummer A 01, Atelier.");
}

TEST(the_next_opening_has_a_near_day_by_its_word)
{
    CLEANUP(buf_done) struct buf b = buf_make(256);
    struct board board = { .next_known = true };
    CHECK_OK(civil_parse("2026-03-23", &board.day));
    CHECK_OK(civil_parse("2026-03-24", &board.next.day));
    board.next.span.from = 9 * 60;
    i18n_use("nl");
    words_opening(&b, &board);
    CHECK_STR(plain(&b), "Weer open morgen om 09:00");
    buf_clear(&b);
    CHECK_OK(civil_parse("2026-03-30", &board.next.day));
    words_opening(&b, &board);
    CHECK_STR(plain(&b), "Weer open maandag 30 maart om 09:00");
    buf_clear(&b);
    board.next_known = false;
    words_opening(&b, &board);
    CHECK_STR(plain(&b), "");
}
