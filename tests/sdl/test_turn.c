/* A panel that hangs turned: the picture stands upright all the same, and so do fingers. */
#include "sdl/turn.h"
#include "tests/lib/check.h"

#define W 3
#define H 2

static const int all_degrees[] = { 0, 90, 180, 270 };

/* The whole picture turned: rows from top to bottom, as the glass holds them. */
static void turned(int degrees, uint32_t ret_glass[W * H])
{
    uint32_t upright[W * H] = { 'a', 'b', 'c',
                                'd', 'e', 'f' };
    int w = turn_lies(degrees) ? H : W;
    struct canvas from = { .px = upright, .w = W, .h = H, .pitch = W };
    struct canvas to = { .px = ret_glass, .w = w, .h = W * H / w, .pitch = w };
    turn_copy(degrees, &from, (struct ui_rect){ 0, 0, W, H }, &to);
}

static void check_glass(int degrees, const char *rows)
{
    uint32_t glass[W * H] = { 0 };
    turned(degrees, glass);
    for (int i = 0; i < W * H; i++)
        CHECK_INT(glass[i], rows[i]);
}

TEST(the_picture_is_turned_back_by_as_much_as_the_panel)
{
    check_glass(0, "abc" "def");
    check_glass(90, "cf" "be" "ad");
    check_glass(180, "fed" "cba");
    check_glass(270, "da" "eb" "fc");
}

TEST(a_part_lands_where_its_rectangle_does_and_nowhere_else)
{
    enum { SIDE_W = 9, SIDE_H = 7 };
    uint32_t picture[SIDE_W * SIDE_H];
    for (uint32_t i = 0; i < SIDE_W * SIDE_H; i++)
        picture[i] = i + 1;
    struct canvas from = { .px = picture, .w = SIDE_W, .h = SIDE_H, .pitch = SIDE_W };
    struct ui_rect part = { 2, 1, 4, 3 };
    for (size_t k = 0; k < ARRAY_LEN(all_degrees); k++) {
        uint32_t whole[SIDE_W * SIDE_H] = { 0 }, glass[SIDE_W * SIDE_H] = { 0 };
        int degrees = all_degrees[k], w = turn_lies(degrees) ? SIDE_H : SIDE_W;
        struct canvas all = { .px = whole, .w = w, .h = SIDE_W * SIDE_H / w, .pitch = w };
        struct canvas to = { .px = glass, .w = w, .h = all.h, .pitch = w };
        turn_copy(degrees, &from, (struct ui_rect){ 0, 0, SIDE_W, SIDE_H }, &all);
        turn_copy(degrees, &from, part, &to);
        struct ui_rect at = turn_rect(degrees, part, SIDE_W, SIDE_H);
        CHECK_INT(at.w * at.h, part.w * part.h);
        for (int i = 0; i < SIDE_W * SIDE_H; i++) {
            int x = i % w, y = i / w;
            bool inside = x >= at.x && x < at.x + at.w && y >= at.y && y < at.y + at.h;
            CHECK_INT(glass[i], inside ? whole[i] : 0);
        }
    }
}

/* A finger on the glass where a pixel of the picture lies is a finger on that pixel. */
TEST(a_finger_follows_the_picture)
{
    for (size_t k = 0; k < ARRAY_LEN(all_degrees); k++) {
        int degrees = all_degrees[k], w = turn_lies(degrees) ? H : W;
        for (int i = 0; i < W * H; i++) {
            struct ui_rect at = turn_rect(degrees, (struct ui_rect){ i % W, i / W, 1, 1 }, W, H);
            float x = ((float)at.x + 0.5f) / (float)w;
            float y = ((float)at.y + 0.5f) / (float)(W * H / w);
            turn_finger(degrees, &x, &y);
            CHECK_INT((int)(x * W), i % W);
            CHECK_INT((int)(y * H), i / W);
        }
    }
}

TEST(only_quarter_turns_are_known)
{
    for (int degrees = -360; degrees <= 720; degrees++)
        CHECK(turn_known(degrees) == (degrees >= 0 && degrees < 360 && degrees % 90 == 0));
}
