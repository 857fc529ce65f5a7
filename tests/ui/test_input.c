#include "ui/input.h"

#include "base/rng.h"
#include "tests/ui/stage.h"

TEST(a_touch_fires_on_lift)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_welcome);
    struct ui_action a = stage_touch(ui, 1, UI_DOWN, "welcome.walk_in", 1000);
    CHECK_INT(a.kind, UI_NOTHING);
    CHECK(ui_stale(ui));
    stage_show(ui, page_welcome);
    CHECK(stage_find(ui, "welcome.walk_in")->pressed);
    CHECK(!ui_stale(ui));
    a = stage_touch(ui, 1, UI_UP, "welcome.walk_in", 1080);
    CHECK_INT(a.kind, UI_TAP);
    CHECK_STR(a.id, "welcome.walk_in");
}

TEST(sliding_off_cancels_and_does_not_fire_another)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_welcome);
    (void)stage_touch(ui, 1, UI_DOWN, "welcome.walk_in", 1000);
    CHECK_INT(stage_touch(ui, 1, UI_MOVE, "welcome.check_in", 1050).kind, UI_NOTHING);
    CHECK_INT(stage_touch(ui, 1, UI_MOVE, "welcome.walk_in", 1060).kind, UI_NOTHING);
    CHECK_INT(stage_touch(ui, 1, UI_UP, "welcome.walk_in", 1100).kind, UI_NOTHING);
    (void)stage_touch(ui, 2, UI_DOWN, "welcome.walk_in", 2000);
    CHECK_INT(stage_touch(ui, 2, UI_UP, "welcome.check_in", 2050).kind, UI_NOTHING);
}

TEST(a_double_strike_fires_once)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_welcome);
    CHECK_INT(stage_tap(ui, "welcome.walk_in", 1000).kind, UI_TAP);
    CHECK_INT(ui_strike_until(ui, "welcome.walk_in"), 1040 + UI_STRIKE_MS);
    CHECK_INT(stage_tap(ui, "welcome.walk_in", 1100).kind, UI_NOTHING);
    CHECK_INT(stage_tap(ui, "welcome.walk_in", 1300).kind, UI_TAP);
}

TEST(hands_that_shake_have_half_a_second)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    f.look.steady = true;
    ui_begin(ui, &f);
    page_welcome(ui);
    CHECK_OK(ui_finish(ui));
    CHECK_INT(stage_tap(ui, "welcome.walk_in", 1000).kind, UI_TAP);
    CHECK_INT(ui_strike_until(ui, "welcome.walk_in"), 1040 + UI_STRIKE_STEADY_MS);
    CHECK_INT(stage_tap(ui, "welcome.walk_in", 1300).kind, UI_NOTHING);
    CHECK_INT(stage_tap(ui, "welcome.check_in", 1400).kind, UI_TAP); /* another one at once */
    CHECK_INT(stage_tap(ui, "welcome.check_in", 1960).kind, UI_TAP);
}

TEST(a_touch_that_begins_at_the_edge_is_ignored)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    ui_begin(ui, &f);
    UI_PAGE(ui, .name = "bare", .chrome = UI_CHROME_BARE);
    CHECK_OK(ui_finish(ui));
    struct ui_pointer p = { 1, UI_DOWN, 10, 900, 1000 };
    CHECK_INT(ui_touch(ui, &p).kind, UI_NOTHING);
    stage_show(ui, page_welcome);
    /* The same spot is inside the bar's reach, but 4 mm of the edge do not count. */
    p.phase = UI_UP;
    CHECK_INT(ui_touch(ui, &p).kind, UI_NOTHING);
}

TEST(a_palm_of_four_contacts_fires_nothing)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_birth);
    static const char *const ids[] = { "birth.day.1", "birth.day.9", "birth.day.17", "birth.day.25" };
    for (int i = 0; i < 4; i++)
        (void)stage_touch(ui, i, UI_DOWN, ids[i], 1000 + i);
    for (int i = 0; i < 4; i++)
        CHECK_INT(stage_touch(ui, i, UI_UP, ids[i], 1100 + i).kind, UI_NOTHING);
    CHECK_INT(stage_tap(ui, "birth.day.1", 2000).kind, UI_TAP);
}

TEST(one_button_at_a_time)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_birth);
    (void)stage_touch(ui, 1, UI_DOWN, "birth.day.1", 1000);
    (void)stage_touch(ui, 2, UI_DOWN, "birth.day.9", 1010);
    CHECK_INT(stage_touch(ui, 2, UI_UP, "birth.day.9", 1050).kind, UI_NOTHING);
    CHECK_INT(stage_touch(ui, 1, UI_UP, "birth.day.1", 1060).kind, UI_TAP);
}

TEST(a_stuck_finger_is_dropped_after_five_seconds)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_birth);
    (void)stage_touch(ui, 1, UI_DOWN, "birth.day.1", 1000);
    CHECK_INT(ui_next_tick(ui), 1000 + UI_STUCK_MS);
    ui_tick(ui, 1000 + UI_STUCK_MS);
    CHECK_INT(ui_next_tick(ui), -1);
    CHECK_INT(stage_touch(ui, 1, UI_UP, "birth.day.1", 7000).kind, UI_NOTHING);
}

TEST(a_finger_that_goes_down_twice_counts_once)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_birth);
    (void)stage_touch(ui, 1, UI_DOWN, "birth.day.1", 1000);
    (void)stage_touch(ui, 1, UI_DOWN, "birth.day.9", 1010);
    CHECK_INT(stage_touch(ui, 1, UI_UP, "birth.day.9", 1060).kind, UI_NOTHING);
}

TEST(on_the_keyboard_a_second_finger_commits_the_first)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_name);
    (void)stage_touch(ui, 1, UI_DOWN, "key.a", 1000);
    struct ui_action a = stage_touch(ui, 2, UI_DOWN, "key.b", 1050);
    CHECK_INT(a.kind, UI_TYPE);
    CHECK_STR(a.text, "a");
    CHECK_INT(stage_touch(ui, 1, UI_UP, "key.a", 1100).kind, UI_NOTHING);
    a = stage_touch(ui, 2, UI_UP, "key.b", 1120);
    CHECK_INT(a.kind, UI_TYPE);
    CHECK_STR(a.text, "b");
}

TEST(holding_a_letter_opens_its_accents)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_name);
    (void)stage_touch(ui, 1, UI_DOWN, "key.e", 1000);
    CHECK_INT(ui_next_tick(ui), 1000 + UI_LONG_PRESS_MS);
    ui_tick(ui, 1000 + UI_LONG_PRESS_MS - 1);
    CHECK(!ui_widget_find(ui, "key.é"));
    ui_tick(ui, 1000 + UI_LONG_PRESS_MS);
    stage_show(ui, page_name);
    CHECK(stage_find(ui, "key.é")->focus >= 0);
    CHECK_INT(stage_find(ui, "key.q")->focus, -1);
    CHECK_INT(stage_touch(ui, 1, UI_UP, "key.e", 1600).kind, UI_NOTHING);
    struct ui_action a = stage_tap(ui, "key.é", 2000);
    CHECK_INT(a.kind, UI_TYPE);
    CHECK_STR(a.text, "é");
    stage_show(ui, page_name);
    CHECK(!ui_widget_find(ui, "key.é"));
}

TEST(a_finger_that_came_late_was_not_held)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_name);
    (void)stage_touch(ui, 1, UI_DOWN, "key.e", 1000);
    ui_touch_late(ui, 1000 + UI_STUCK_MS);
    ui_tick(ui, 1000 + UI_STUCK_MS);
    CHECK_INT(ui_next_tick(ui), 1000 + UI_STUCK_MS + UI_LONG_PRESS_MS);
    struct ui_action a = stage_touch(ui, 1, UI_UP, "key.e", 1001 + UI_STUCK_MS);
    CHECK_INT(a.kind, UI_TYPE);
    CHECK_STR(a.text, "e");
}

TEST(a_touch_beside_the_accents_closes_them)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_name);
    (void)stage_touch(ui, 1, UI_DOWN, "key.e", 1000);
    ui_tick(ui, 1500);
    (void)stage_touch(ui, 1, UI_UP, "key.e", 1600);
    stage_show(ui, page_name);
    struct ui_pointer p = { 2, UI_DOWN, 540, 300, 2000 };
    CHECK_INT(ui_touch(ui, &p).kind, UI_NOTHING);
    stage_show(ui, page_name);
    CHECK(!ui_widget_find(ui, "key.é"));
}

TEST(a_disabled_button_does_nothing)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    ui_begin(ui, &f);
    UI_PAGE(ui, .name = "x", .next = "Verder", .next_disabled = true, .back = true);
    CHECK_OK(ui_finish(ui));
    CHECK_INT(stage_tap(ui, "nav.next", 1000).kind, UI_NOTHING);
    CHECK_INT(stage_tap(ui, "nav.back", 2000).kind, UI_TAP);
}

TEST(four_keys_reach_everything_and_come_round)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    for (size_t p = 0; p < ARRAY_LEN(sample_pages); p++) {
        ui_reset(ui);
        stage_show(ui, sample_pages[p].view);
        CHECK(ui_focus(ui) == NULL);
        int targets = 0;
        for (size_t i = 0; i < ui_widget_count(ui); i++)
            targets += ui_widget_at(ui, i)->focus >= 0;
        char first[UI_ID_MAX] = "";
        for (int i = 0; i <= targets; i++) {
            CHECK_INT(ui_press(ui, UI_KEY_NEXT, 1000 + i).kind, UI_NOTHING);
            stage_show(ui, sample_pages[p].view);
            const struct ui_widget *w = stage_find(ui, ui_focus(ui));
            CHECK_INT(w->focus, i % targets);
            CHECK(w->focused);
            if (i == 0)
                snprintf(first, sizeof(first), "%s", w->id);
        }
        CHECK_STR(ui_focus(ui), first);
        (void)ui_press(ui, UI_KEY_PREV, 9000);
        CHECK_INT(stage_find(ui, ui_focus(ui))->focus, targets - 1);
    }
}

TEST(select_fires_and_back_goes_back)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_birth);
    (void)ui_press(ui, UI_KEY_NEXT, 1000);
    struct ui_action a = ui_press(ui, UI_KEY_SELECT, 1100);
    CHECK_INT(a.kind, UI_TAP);
    CHECK_STR(a.id, "birth.day.1");
    CHECK_STR(ui_press(ui, UI_KEY_BACK, 1200).id, "nav.back");
    stage_show(ui, page_idle);
    CHECK_STR(ui_press(ui, UI_KEY_BACK, 1300).id, "idle.stay");
}

TEST(a_touch_hides_the_focus)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_birth);
    (void)ui_press(ui, UI_KEY_NEXT, 1000);
    CHECK(ui_focus(ui) != NULL);
    (void)stage_tap(ui, "birth.day.4", 2000);
    CHECK(ui_focus(ui) == NULL);
}

TEST(under_a_sheet_nothing_can_be_touched)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_idle);
    CHECK_STR(ui_page_name(ui), "idle");
    CHECK_INT(stage_find(ui, "birth.day.1")->focus, -1);
    CHECK_INT(stage_tap(ui, "birth.day.1", 1000).kind, UI_NOTHING);
    CHECK_INT(stage_tap(ui, "idle.stay", 2000).kind, UI_TAP);
}

/* Whatever a broken panel sends: no action but for a target that is there. */
TEST(random_touches_never_fire_what_is_not_there)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct rng rng = rng_seeded(check_seed());
    int64_t ms = 1000;
    for (long i = 0; i < check_rounds(20000); i++) {
        if (i % 50 == 0)
            stage_show(ui, sample_pages[rng_below(&rng, ARRAY_LEN(sample_pages))].view);
        ms += rng_below(&rng, 200);
        struct ui_pointer p = { rng_below(&rng, 20), (enum ui_phase)rng_below(&rng, 4),
                                (int)rng_below(&rng, 1200) - 60, (int)rng_below(&rng, 2000) - 40, ms };
        struct ui_action a = rng_below(&rng, 20) ? ui_touch(ui, &p)
                                                 : ui_press(ui, (enum ui_key)rng_below(&rng, 4), ms);
        if (a.kind == UI_TAP)
            CHECK(stage_find(ui, a.id)->focus >= 0);
    }
}
