/* What stands on the board, from rows and hours. */
#include "display/board.h"

#include <stdio.h>
#include <string.h>

#include "tests/lib/check.h"

/* Open Mondays 9 to 17; Anna in room 2, Bram in the Atelier. */
static const char roster_text[] =
    "{\"version\":1,\"site\":{\"id\":\"x\",\"name\":\"X\",\"timezone\":\"Europe/Amsterdam\","
    "\"municipality\":\"1674\"},\"opening\":[{\"weekdays\":[\"mon\"],\"from\":\"09:00\","
    "\"to\":\"12:00\",\"for\":[\"walk_in\"],\"valid_from\":\"2026-01-01\"},"
    "{\"weekdays\":[\"mon\"],\"from\":\"13:00\",\"to\":\"17:00\",\"for\":[\"appointment\"],"
    "\"valid_from\":\"2026-01-01\"}],\"closures\":[],"
    "\"services\":[{\"id\":\"s\",\"name\":{\"nl\":\"S\"},\"minutes\":30,\"book\":true,"
    "\"walk_in\":true,\"topics\":[\"school\"],\"default\":true}],"
    "\"coaches\":[{\"id\":\"anna\",\"name\":\"Anna\",\"role\":\"coach\",\"room\":\"2\","
    "\"services\":[\"s\"],\"availability\":[]},{\"id\":\"bram\",\"name\":\"Bram\","
    "\"role\":\"coach\",\"room\":\"Atelier\",\"services\":[\"s\"],\"availability\":[]}]}";

static void roster_make(struct roster *r)
{
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    if (roster_parse(roster_text, sizeof(roster_text) - 1, &notes, r) != ERR_OK)
        CHECK_FAIL("%s: %s", notes.v[0].pointer, notes.v[0].text);
}

static struct local_time at(const char *day, int hour, int minute)
{
    struct local_time t = { .minute = hour * 60 + minute };
    CHECK_OK(civil_parse(day, &t.day));
    return t;
}

static struct visit_row visit(int number, enum visit_state state, const char *coach, int chime)
{
    struct visit_row r = { .series = 'A', .number = number, .state = state, .chime = chime };
    snprintf(r.with_coach, sizeof(r.with_coach), "%s", coach);
    return r;
}

#define MONDAY "2026-03-23"

static struct board make(const struct visit_row *v, size_t n, struct local_time now)
{
    CLEANUP(roster_done) struct roster r = { 0 };
    struct visit_row rows[32];
    struct board b;
    roster_make(&r);
    for (size_t i = 0; i < n; i++)
        rows[i] = v[i];
    board_make(&r, &(struct visit_rows){ .v = rows, .n = n }, now, &b);
    return b;
}

TEST(everyone_who_is_called_stands_there_the_newest_first)
{
    struct visit_row v[] = { visit(1, VISIT_CALLED, "anna", 4), visit(2, VISIT_WAITING, "", 0),
                             visit(3, VISIT_CALLED, "bram", 7), visit(104, VISIT_CALLED, "", 5) };
    struct board b = make(v, 4, at(MONDAY, 10, 0));
    CHECK_INT(b.mode, BOARD_CALLS);
    CHECK_INT(b.n, 3);
    CHECK_INT(b.n_called, 3);
    CHECK_STR(b.calls[0].number, "A03");
    CHECK_STR(b.calls[0].room, "Atelier");
    CHECK_STR(b.calls[1].number, "A104");
    CHECK_STR(b.calls[1].room, ""); /* a coach that the roster does not know */
    CHECK_STR(b.calls[2].number, "A01");
    CHECK_STR(b.calls[2].room, "2");
    CHECK_INT(board_chime(&b), 7);
}

TEST(who_went_in_fills_up_to_the_last_four_and_never_pushes_a_call_off)
{
    struct visit_row v[] = {
        visit(1, VISIT_IN_SERVICE, "anna", 1), visit(2, VISIT_IN_SERVICE, "anna", 9),
        visit(3, VISIT_CALLED, "bram", 3),     visit(4, VISIT_IN_SERVICE, "anna", 2),
        visit(5, VISIT_IN_SERVICE, "anna", 4), visit(6, VISIT_IN_SERVICE, "anna", 0),
    };
    struct board b = make(v, 6, at(MONDAY, 10, 0));
    CHECK_INT(b.n_called, 1);
    CHECK_INT(b.n, 4);
    CHECK_STR(b.calls[0].number, "A03");
    CHECK_STR(b.calls[1].number, "A02");
    CHECK_STR(b.calls[2].number, "A05");
    CHECK_STR(b.calls[3].number, "A04");
    CHECK(!b.calls[0].inside && b.calls[1].inside);

    struct visit_row many[10];
    for (int i = 0; i < 10; i++)
        many[i] = visit(i + 1, i < 6 ? VISIT_CALLED : VISIT_IN_SERVICE, "anna", i + 1);
    b = make(many, 10, at(MONDAY, 10, 0));
    CHECK_INT(b.n, 6);
    CHECK_INT(b.n_called, 6);
}

TEST(waiting_missed_and_parked_numbers_do_not_stand_there)
{
    struct visit_row v[] = { visit(1, VISIT_MISSED, "", 1), visit(2, VISIT_PARKED, "anna", 2),
                             visit(3, VISIT_PAUSED, "", 3), visit(4, VISIT_WAITING, "", 4) };
    struct board b = make(v, 4, at(MONDAY, 10, 0));
    CHECK_INT(b.mode, BOARD_CALM);
    CHECK_INT(b.n, 0);
}

TEST(only_a_higher_chime_is_news_and_it_comes_in_the_order_of_the_calls)
{
    const struct board_call *news[4];
    struct visit_row v[] = { visit(1, VISIT_CALLED, "anna", 4), visit(2, VISIT_CALLED, "bram", 6),
                             visit(3, VISIT_CALLED, "", 5), visit(4, VISIT_IN_SERVICE, "", 7) };
    struct board b = make(v, 4, at(MONDAY, 10, 0));
    CHECK_INT(board_news(&b, 4, news, 4), 2);
    CHECK_STR(news[0]->number, "A03");
    CHECK_STR(news[1]->number, "A02");
    CHECK_INT(board_news(&b, 6, news, 4), 0);
    CHECK_INT(board_news(&b, 0, news, 2), 2); /* the newest of them */
    CHECK_STR(news[0]->number, "A03");
    CHECK_STR(news[1]->number, "A02");
}

TEST(a_recall_is_news_again)
{
    const struct board_call *news[4];
    struct visit_row v = visit(1, VISIT_CALLED, "anna", 4);
    struct board b = make(&v, 1, at(MONDAY, 10, 0));
    CHECK_INT(board_news(&b, board_chime(&b), news, 4), 0);
    int64_t before = board_chime(&b);
    v.chime = 5;
    b = make(&v, 1, at(MONDAY, 10, 1));
    CHECK_INT(board_news(&b, before, news, 4), 1);
}

static const struct {
    const char *day;
    int hour, minute;
    enum board_mode mode;
} hours[] = {
    { MONDAY, 8, 29, BOARD_NIGHT },   { MONDAY, 8, 30, BOARD_CLOSED },
    { MONDAY, 9, 0, BOARD_CALM },     { MONDAY, 11, 59, BOARD_CALM },
    { MONDAY, 12, 0, BOARD_CLOSED },  { MONDAY, 13, 0, BOARD_CALM },
    { MONDAY, 17, 0, BOARD_CLOSED },  { MONDAY, 17, 59, BOARD_CLOSED },
    { MONDAY, 18, 0, BOARD_NIGHT },   { "2026-03-24", 12, 0, BOARD_NIGHT },
    { "2026-03-30", 8, 30, BOARD_CLOSED },
};

TEST(it_says_when_we_open_around_the_hours_and_is_dark_in_between)
{
    for (size_t i = 0; i < ARRAY_LEN(hours); i++) {
        struct board b = make(NULL, 0, at(hours[i].day, hours[i].hour, hours[i].minute));
        if (b.mode != hours[i].mode)
            CHECK_FAIL("%s %d:%02d gives mode %d", hours[i].day, hours[i].hour, hours[i].minute,
                       (int)b.mode);
    }
    struct board b = make(NULL, 0, at(MONDAY, 17, 10));
    CHECK(b.next_known);
    CHECK_INT(b.next.day, at("2026-03-30", 0, 0).day);
    CHECK_INT(b.next.span.from, 9 * 60);
}

TEST(who_is_called_after_hours_is_called_all_the_same)
{
    struct visit_row v = visit(1, VISIT_CALLED, "anna", 4);
    CHECK_INT(make(&v, 1, at(MONDAY, 22, 0)).mode, BOARD_CALLS);
    v.state = VISIT_IN_SERVICE;
    CHECK_INT(make(&v, 1, at(MONDAY, 22, 0)).mode, BOARD_CALM); /* someone is still inside */
}
