/* The program on a real database: what it shows and says, and when it looks. */
#include "display/inside.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "i18n/i18n.h"
#include "store/roster_text.h"
#include "store/wall.h"
#include "tests/lib/check.h"
#include "tests/store/fixture.h"

static const char roster_text[] =
    "{\"version\":1,\"site\":{\"id\":\"x\",\"name\":\"X\",\"timezone\":\"Europe/Amsterdam\","
    "\"municipality\":\"1674\"},\"opening\":[{\"weekdays\":[\"sat\",\"sun\"],\"from\":\"09:00\","
    "\"to\":\"17:00\",\"for\":[\"walk_in\",\"appointment\"],\"valid_from\":\"2026-01-01\"}],"
    "\"closures\":[],\"services\":[{\"id\":\"school\",\"name\":{\"nl\":\"School\"},\"minutes\":30,"
    "\"book\":true,\"walk_in\":true,\"topics\":[\"school\"],\"default\":true}],"
    "\"coaches\":[{\"id\":\"anna\",\"name\":\"Anna\",\"role\":\"coach\",\"room\":\"2\","
    "\"services\":[\"school\"],\"availability\":[]},{\"id\":\"bram\",\"name\":\"Bram\","
    "\"role\":\"coach\",\"room\":\"Atelier\",\"services\":[\"school\"],\"availability\":[]}]}";

struct room {
    struct house *h; /* of the store's fixture */
    struct config config;
    struct clock clock;
    struct rng rng;
    struct display_setup setup;
    struct display d;
    int64_t real;
};

static struct room room;

/* A house on disk with a roster, and a display in front of it that has not looked yet. */
static struct room *room_open(void)
{
    room = (struct room){ .h = house_open(), .clock = clock_at(NOON), .rng = rng_system() };
    int64_t version;
    CHECK_OK(store_roster_put(room.h->s, roster_text, sizeof(roster_text) - 1, NOON, &version));
    config_defaults(&room.config);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    room.setup = (struct display_setup){ .config = &room.config, .db_path = room.h->path,
                                         .clock = &room.clock, .rng = &room.rng, .w = 640,
                                         .h = 360, .windowed = true, .once = true,
                                         .said = "/dev/null" };
    CHECK_OK(display_init(&room.d, &room.setup));
    room.real = clock_real_mono_ms();
    return &room;
}

static void room_close(void)
{
    display_done(&room.d);
    house_close(room.h);
}

static struct visit_row wait_for(int number)
{
    struct visit_row r = a_visit(room.h, number);
    char family[16];
    snprintf(family, sizeof(family), "Bakker%c", 'a' + number);
    struct person p = a_person("Noor", family);
    CHECK_OK(store_visit_insert(room.h->s, &r, &p));
    CHECK_OK(store_visit_get(room.h->s, &r.id, &r));
    return r;
}

static void change(struct visit_row *r, enum visit_state state, const char *coach, int chime)
{
    struct visit_was was = { r->state, r->version };
    r->state = state;
    r->chime = chime;
    snprintf(r->with_coach, sizeof(r->with_coach), "%s", coach);
    CHECK_OK(store_visit_update(room.h->s, r, was));
    CHECK_OK(store_visit_get(room.h->s, &r->id, r));
}

static void look(void)
{
    CHECK_OK(look_now(&room.d, room.real));
}

static void heard(size_t back, const char *want)
{
    const char *got = speech_heard(room.d.speech, back);
    CHECK_STR(got ? got : "(nothing)", want);
}

TEST(it_is_silent_about_calls_from_before_its_start)
{
    room_open();
    struct visit_row a = wait_for(1);
    change(&a, VISIT_CALLED, "anna", 1);
    look();
    CHECK_INT(room.d.board.n_called, 1);
    CHECK_STR(room.d.board.calls[0].number, "A01");
    CHECK_INT(speech_heard_count(room.d.speech), 0);
    CHECK_INT(room.d.pulse, 0);
    room_close();
}

TEST(a_call_and_each_recall_chime_and_are_said_in_every_language)
{
    room_open();
    struct visit_row a = wait_for(14);
    look();
    change(&a, VISIT_CALLED, "anna", 1);
    look();
    CHECK_INT(speech_heard_count(room.d.speech), 3);
    heard(2, "*call*");
    heard(1, "Nummer A 14, kamer 2.");
    heard(0, "Number A 14, room 2.");
    look();
    CHECK_INT(speech_heard_count(room.d.speech), 3); /* once */
    change(&a, VISIT_CALLED, "anna", 2);
    look();
    CHECK_INT(speech_heard_count(room.d.speech), 6);
    heard(2, "*call*");
    room_close();
}

TEST(two_calls_at_once_are_called_out_one_after_the_other)
{
    room_open();
    struct visit_row a = wait_for(1), b = wait_for(2);
    look();
    change(&b, VISIT_CALLED, "bram", 1);
    change(&a, VISIT_CALLED, "anna", 2);
    look();
    heard(4, "Nummer A 02, Atelier.");
    heard(1, "Nummer A 01, kamer 2.");
    CHECK_STR(room.d.board.calls[0].number, "A01");
    room_close();
}

TEST(sound_that_is_off_is_off_and_the_pulse_goes_on)
{
    room_open();
    room.config.sound.on = false;
    struct visit_row a = wait_for(1);
    look();
    change(&a, VISIT_CALLED, "anna", 1);
    look();
    CHECK_INT(speech_heard_count(room.d.speech), 0);
    CHECK(room.d.pulse > 0);
    room.config.sound.on = true;
    room.config.sound.speak_calls = false;
    change(&a, VISIT_CALLED, "anna", 2);
    look();
    CHECK_INT(speech_heard_count(room.d.speech), 1);
    heard(0, "*call*");
    room_close();
}

TEST(a_new_call_pulses_twice_slower_than_once_a_second_and_then_rests)
{
    room_open();
    struct visit_row a = wait_for(1);
    look();
    change(&a, VISIT_CALLED, "anna", 1);
    look();
    int lit = 0;
    bool was = false;
    int64_t last = 0;
    for (int64_t t = 0; t < 10000; t += 10) {
        call_pass(&room.d, room.real + t);
        if (room.d.view.lit && !was) {
            CHECK(lit == 0 || t - last >= 1000);
            last = t;
            lit++;
        }
        was = room.d.view.lit;
    }
    CHECK_INT(lit, 2);
    CHECK(!room.d.view.lit);
    CHECK_INT(call_due(&room.d), INT64_MAX);
    room_close();
}

TEST(with_less_movement_it_does_not_pulse)
{
    room_open();
    room.config.display.room_still = true;
    struct visit_row a = wait_for(1);
    look();
    change(&a, VISIT_CALLED, "anna", 1);
    look();
    call_pass(&room.d, room.real);
    CHECK(!room.d.view.lit);
    CHECK_INT(speech_heard_count(room.d.speech), 3);
    room_close();
}

TEST(chimes_begin_anew_on_the_next_day)
{
    room_open();
    struct visit_row a = wait_for(1);
    change(&a, VISIT_CALLED, "anna", 9);
    look();
    clock_advance(&room.clock, DAY_MS);
    change(&a, VISIT_UNSERVED, "", 9);
    struct visit_row b = a_visit(room.h, 1);
    struct person p = a_person("Noor", "Nieuw");
    b.day = DAY1 + 1;
    CHECK_OK(store_visit_insert(room.h->s, &b, &p));
    look();
    CHECK_OK(store_visit_get(room.h->s, &b.id, &b));
    change(&b, VISIT_CALLED, "anna", 1);
    look();
    CHECK_INT(speech_heard_count(room.d.speech), 3);
    room_close();
}

TEST(a_database_that_is_gone_is_stale_after_15_seconds_and_comes_back)
{
    char away[300];
    room_open();
    struct visit_row a = wait_for(1);
    change(&a, VISIT_CALLED, "anna", 1);
    look();
    snprintf(away, sizeof(away), "%s.away", room.h->path);
    CHECK(rename(room.h->path, away) == 0);
    CHECK_ERR(look_now(&room.d, room.real + 10000), ERR_NOT_FOUND);
    CHECK_INT(room.d.board.mode, BOARD_CALLS); /* a moment passes */
    CHECK(room.d.next_look <= room.real + 12000);
    CHECK_ERR(look_now(&room.d, room.real + 15001), ERR_NOT_FOUND);
    CHECK_INT(room.d.board.mode, BOARD_STALE);
    CHECK(rename(away, room.h->path) == 0);
    CHECK_OK(look_now(&room.d, room.real + 17000));
    CHECK_INT(room.d.board.mode, BOARD_CALLS);
    CHECK_INT(speech_heard_count(room.d.speech), 0); /* known from before */
    room_close();
}

TEST(a_database_that_never_was_is_stale_at_once_and_taken_when_it_comes)
{
    char away[300];
    room_open();
    snprintf(away, sizeof(away), "%s.later", room.h->path);
    CHECK(rename(room.h->path, away) == 0);
    CHECK_ERR(look_now(&room.d, room.real), ERR_NOT_FOUND);
    CHECK_INT(room.d.board.mode, BOARD_STALE);
    CHECK(rename(away, room.h->path) == 0);
    look();
    CHECK_INT(room.d.board.mode, BOARD_CALM);
    room_close();
}

TEST(a_restored_database_takes_the_place_of_the_old_one)
{
    room_open();
    look();
    struct house old = *room.h;
    struct store_options fresh = room.h->options;
    char path[300], wal[320];
    snprintf(path, sizeof(path), "%s.fresh", room.h->path);
    snprintf(wal, sizeof(wal), "%s-wal", room.h->path);
    fresh.path = path;
    struct store *s = NULL;
    int64_t version;
    CHECK_OK(store_create(&fresh, true));
    CHECK_OK(store_open(&fresh, &s));
    CHECK_OK(store_roster_put(s, roster_text, sizeof(roster_text) - 1, NOON, &version));
    store_close(old.s);
    CHECK(rename(path, room.h->path) == 0);
    room.h->s = s;
    struct visit_row a = wait_for(5);
    change(&a, VISIT_CALLED, "bram", 3);
    store_close(s); /* all of it into the file */
    room.h->s = NULL;
    look();
    CHECK_STR(room.d.board.calls[0].number, "A05");
    room_close();
}

TEST(a_set_clock_is_refused_on_a_real_house)
{
    room_open();
    struct store_options real = room.h->options;
    char path[300];
    snprintf(path, sizeof(path), "%s.real", room.h->path);
    real.path = path;
    CHECK_OK(store_create(&real, false));
    room.d.source.db_path = path;
    CHECK_ERR(look_now(&room.d, room.real), ERR_DENIED);
    room_close();
}

TEST(the_business_day_that_the_house_keeps_is_the_one_shown)
{
    room_open();
    room.clock = clock_system(); /* another day than that of the fixture */
    CHECK_OK(store_wall_put_pin(room.h->s, DAY1, 0));
    struct visit_row a = wait_for(1);
    change(&a, VISIT_CALLED, "anna", 1);
    look();
    CHECK_INT(room.d.board.n_called, 1);
    room_close();
}

TEST(it_looks_on_whole_tens_of_seconds_and_pings_with_the_look)
{
    room_open();
    room.clock = clock_system(); /* it stands still in these tests */
    int64_t real = clock_real_mono_ms();
    CHECK_OK(look_now(&room.d, real));
    CHECK(clock_wall_ms(&room.clock) % 10000 != 0);
    CHECK_INT((clock_wall_ms(&room.clock) + (room.d.next_look - real)) % 10000, 0);
    CHECK(room.d.next_look > real && room.d.next_look < real + 10000);
    CHECK_INT(look_due(&room.d), room.d.next_look);
    room_close();
}

TEST(after_a_wake_up_it_looks_again_until_something_changed)
{
    room_open();
    look();
    look_wake(&room.d, room.real);
    look_pass(&room.d, room.real);
    CHECK_INT(room.d.next_look, room.real + 1); /* the commit is not through yet */
    struct visit_row a = wait_for(1);
    change(&a, VISIT_CALLED, "anna", 1);
    look_pass(&room.d, room.real + 1);
    CHECK_INT(room.d.board.n_called, 1);
    CHECK(room.d.next_look > room.real + 1000);
    look_wake(&room.d, room.real + 2);
    for (int i = 2; i < 40; i++)
        look_pass(&room.d, room.real + i);
    CHECK(room.d.next_look > room.real + 1000); /* it gives up after 20 */
    room_close();
}

TEST(names_and_topics_are_nowhere_on_the_board)
{
    room_open();
    struct visit_row a = wait_for(1);
    change(&a, VISIT_CALLED, "anna", 1);
    look();
    const char *bytes = (const char *)&room.d.board;
    CHECK(memmem(bytes, sizeof(room.d.board), "Noor", 4) == NULL);
    CHECK(memmem(bytes, sizeof(room.d.board), "Bakker", 6) == NULL);
    CHECK(memmem(bytes, sizeof(room.d.board), "school", 6) == NULL);
    room_close();
}
