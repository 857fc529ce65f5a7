/* New pictures fade and slide in; at the end they are what painting at once gives. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "sdl/motion.h"
#include "sdl/sdl.h"
#include "tests/lib/check.h"

#define SIDE 640

static struct sdl *open_window(bool moves)
{
    struct sdl *s = NULL;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    CHECK_OK(sdl_create(&(struct sdl_setup){ .w = SIDE, .h = SIDE, .windowed = true,
                                             .moves = moves }, &s));
    return s;
}

/* A page of one box on a ground. */
static void describe(struct ui_draw *d, ui_colour ground, int box_x, struct ui_motion motion)
{
    ui_draw_clear(d, SIDE, SIDE);
    d->motion = motion;
    ui_draw_add(d, (struct ui_draw_cmd){ .kind = UI_DRAW_FILL, .box = { 0, 0, SIDE, SIDE },
                                         .colour = ground }, NULL, 0);
    ui_draw_add(d, (struct ui_draw_cmd){ .kind = UI_DRAW_ROUND, .box = { box_x, 64, 128, 128 },
                                         .colour = 0xFF1F3097, .radius = 20 }, NULL, 0);
}

static const struct ui_motion page_motion = { .box = { 0, 0, SIDE, SIDE }, .ms = 200, .dx = 16 };

TEST(the_curve_begins_quickly_and_ends_softly)
{
    int before = 0;
    for (int ms = 0; ms <= 200; ms++) {
        int now = motion_ease(ms, 200);
        CHECK(now >= before);
        before = now;
    }
    CHECK_INT(motion_ease(0, 200), 0);
    CHECK_INT(motion_ease(200, 200), 256);
    CHECK(motion_ease(60, 200) > 128);
}

TEST(a_frame_mixes_old_and_new_and_the_last_one_is_new)
{
    struct motion m = { 0 };
    uint32_t window[8 * 8], *px = motion_canvas(&m, 8, 8);
    const struct canvas to = { .px = window, .w = 8, .h = 8, .pitch = 8 };
    const struct ui_motion how = { .box = { 0, 0, 8, 8 }, .ms = 100 };
    for (int i = 0; i < 64; i++) {
        window[i] = 0x000000;
        px[i] = 0xFFFFFF;
    }
    motion_begin(&m, &how, &(struct ui_rect){ 0, 0, 8, 8 }, 1, 1000);
    uint32_t before = 0;
    for (int64_t ms = 1000; ms < 1068; ms += 12) {
        CHECK(!motion_frame(&m, &to, ms));
        CHECK((window[9] & 0xFF) >= before);
        before = window[9] & 0xFF;
    }
    CHECK(before > 128 && before < 255);
    CHECK(motion_frame(&m, &to, 1068));
    CHECK_INT(window[9], 0xFFFFFF);
    CHECK_INT(m.n, 0);
    motion_wipe(&m);
    CHECK(m.px == NULL);
}

TEST(the_first_frame_shows_even_paper_that_comes_over_ground)
{
    struct motion m = { 0 };
    uint32_t window = 0xF4F5FA;
    uint32_t *px = motion_canvas(&m, 1, 1);
    const struct canvas to = { .px = &window, .w = 1, .h = 1, .pitch = 1 };
    const struct ui_motion how = { .box = { 0, 0, 1, 1 }, .ms = 200 };
    *px = 0xFFFFFF;
    motion_begin(&m, &how, &(struct ui_rect){ 0, 0, 1, 1 }, 1, 1000);
    CHECK(!motion_frame(&m, &to, 1000));
    CHECK((window >> 16 & 0xFF) >= 0xF4 + 3);
    motion_wipe(&m);
}

TEST(a_new_page_comes_in_frames_and_ends_as_if_painted_at_once)
{
    CLEANUP(sdl_destroyp) struct sdl *s = open_window(true);
    CLEANUP(sdl_destroyp) struct sdl *plain = open_window(false);
    CLEANUP(ui_draw_done) struct ui_draw d = { 0 };
    describe(&d, 0xFFF4F5FA, 64, (struct ui_motion){ 0 });
    sdl_paint(s, &d);
    CHECK_INT(sdl_due(s), -1); /* the first page is there at once */
    sdl_paint(plain, &d);
    describe(&d, 0xFF10131F, 320, page_motion);
    CHECK(sdl_paint(s, &d).rects > 0);
    sdl_paint(plain, &d);
    int frames = 0;
    for (int64_t at; (at = sdl_due(s)) >= 0; frames++)
        sdl_step(s, at);
    CHECK(frames >= 10 && frames <= 16);
    CHECK(!memcmp(sdl_pixels(s), sdl_pixels(plain), SIDE * SIDE * sizeof(uint32_t)));
    CHECK_INT(sdl_due(s), -1);
}

TEST(without_moves_a_page_is_there_at_once)
{
    CLEANUP(sdl_destroyp) struct sdl *s = open_window(false);
    CLEANUP(ui_draw_done) struct ui_draw d = { 0 };
    describe(&d, 0xFFF4F5FA, 64, page_motion);
    sdl_paint(s, &d);
    describe(&d, 0xFF10131F, 320, page_motion);
    sdl_paint(s, &d);
    CHECK_INT(sdl_due(s), -1);
    CHECK_INT(sdl_pixels(s)[0] & 0xFFFFFF, 0x10131F);
}

TEST(what_changes_while_a_page_comes_in_is_right_in_the_end)
{
    CLEANUP(sdl_destroyp) struct sdl *s = open_window(true);
    CLEANUP(sdl_destroyp) struct sdl *plain = open_window(false);
    CLEANUP(ui_draw_done) struct ui_draw d = { 0 };
    describe(&d, 0xFFF4F5FA, 64, (struct ui_motion){ 0 });
    sdl_paint(s, &d);
    describe(&d, 0xFF10131F, 320, page_motion);
    sdl_paint(s, &d);
    sdl_step(s, sdl_due(s));
    CHECK_INT(sdl_paint(s, &d).rects, 0); /* the same page again does not end it */
    CHECK(sdl_due(s) >= 0);
    describe(&d, 0xFF10131F, 400, (struct ui_motion){ 0 });
    sdl_paint(s, &d);
    CHECK(sdl_due(s) >= 0);
    for (int64_t at; (at = sdl_due(s)) >= 0;)
        sdl_step(s, at);
    sdl_paint(plain, &d);
    CHECK(!memcmp(sdl_pixels(s), sdl_pixels(plain), SIDE * SIDE * sizeof(uint32_t)));
}

TEST(outside_its_box_a_movement_changes_at_once)
{
    CLEANUP(sdl_destroyp) struct sdl *s = open_window(true);
    CLEANUP(ui_draw_done) struct ui_draw d = { 0 };
    describe(&d, 0xFFF4F5FA, 64, (struct ui_motion){ 0 });
    sdl_paint(s, &d);
    describe(&d, 0xFFF4F5FA, 400, (struct ui_motion){ .box = { 384, 64, 160, 128 }, .ms = 120 });
    sdl_paint(s, &d);
    CHECK(sdl_due(s) >= 0);
    for (int64_t at; (at = sdl_due(s)) >= 0;)
        sdl_step(s, at);
    const uint32_t *px = sdl_pixels(s);
    CHECK_INT(px[100 * SIDE + 100] & 0xFFFFFF, 0xF4F5FA);
    CHECK_INT(px[100 * SIDE + 450] & 0xFFFFFF, 0x1F3097);
}

TEST(a_wipe_leaves_nothing_that_still_comes_in)
{
    CLEANUP(sdl_destroyp) struct sdl *s = open_window(true);
    CLEANUP(ui_draw_done) struct ui_draw d = { 0 };
    describe(&d, 0xFFF4F5FA, 64, (struct ui_motion){ 0 });
    sdl_paint(s, &d);
    describe(&d, 0xFF10131F, 320, page_motion);
    sdl_paint(s, &d);
    sdl_text_wipe(s);
    CHECK_INT(sdl_due(s), -1);
    describe(&d, 0xFFFFFFFF, 64, page_motion);
    CHECK_INT(sdl_paint(s, &d).rects, 1);
    CHECK_INT(sdl_due(s), -1); /* a new visitor's page comes at once */
}
