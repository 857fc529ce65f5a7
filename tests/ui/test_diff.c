#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "tests/lib/check.h"
#include "ui/draw.h"

static void fill(struct ui_draw *d, int x, int y, int w, int h, ui_colour c)
{
    ui_draw_add(d, (struct ui_draw_cmd){ .kind = UI_DRAW_FILL, .box = { x, y, w, h }, .colour = c },
                NULL, 0);
}

static void text(struct ui_draw *d, int x, int y, const char *s)
{
    ui_draw_add(d, (struct ui_draw_cmd){ .kind = UI_DRAW_TEXT, .box = { x, y, 100, 30 }, .x = x,
                                         .baseline = y + 20 },
                s, strlen(s));
}

static void page(struct ui_draw *d, const char *s)
{
    ui_draw_clear(d, 1000, 1000);
    fill(d, 0, 0, 1000, 1000, 0xFFFFFFFF);
    text(d, 500, 500, s);
}

TEST(the_first_picture_is_all_new_and_an_equal_one_has_no_change)
{
    struct ui_draw d = { 0 };
    struct ui_diff diff = { 0 };
    struct ui_rect r[UI_DIFF_RECTS];
    page(&d, "een");
    CHECK_INT(ui_diff_next(&diff, &d, r), 1);
    CHECK_INT(r[0].w, 1000);
    page(&d, "een");
    CHECK_INT(ui_diff_next(&diff, &d, r), 0);
    ui_diff_forget(&diff);
    CHECK_INT(ui_diff_next(&diff, &d, r), 1);
    ui_diff_done(&diff);
    ui_draw_done(&d);
}

TEST(another_text_changes_its_place_only)
{
    struct ui_draw d = { 0 };
    struct ui_diff diff = { 0 };
    struct ui_rect r[UI_DIFF_RECTS];
    page(&d, "een");
    (void)ui_diff_next(&diff, &d, r);
    page(&d, "twee");
    CHECK_INT(ui_diff_next(&diff, &d, r), 1);
    CHECK(r[0].x <= 500 && r[0].y <= 500 && r[0].x + r[0].w >= 600 && r[0].y + r[0].h >= 530);
    CHECK(r[0].w < 200 && r[0].h < 120);
    ui_diff_done(&diff);
    ui_draw_done(&d);
}

TEST(the_order_of_what_lies_over_each_other_counts)
{
    struct ui_draw d = { 0 };
    struct ui_diff diff = { 0 };
    struct ui_rect r[UI_DIFF_RECTS];
    ui_draw_clear(&d, 200, 200);
    fill(&d, 0, 0, 90, 90, 0xFF000001);
    fill(&d, 20, 20, 90, 90, 0xFF000002);
    (void)ui_diff_next(&diff, &d, r);
    ui_draw_clear(&d, 200, 200);
    fill(&d, 20, 20, 90, 90, 0xFF000002);
    fill(&d, 0, 0, 90, 90, 0xFF000001);
    CHECK(ui_diff_next(&diff, &d, r) > 0);
    ui_diff_done(&diff);
    ui_draw_done(&d);
}

/* Whatever changes: the rectangles cover it and do not overlap. */
TEST(random_changes_are_always_covered)
{
    struct rng rng = rng_seeded(check_seed());
    struct ui_draw d = { 0 };
    struct ui_diff diff = { 0 };
    struct ui_rect r[UI_DIFF_RECTS], old = { 0 };
    for (long round = 0; round < check_rounds(300); round++) {
        struct ui_rect now = { (int)rng_below(&rng, 900), (int)rng_below(&rng, 900),
                               1 + (int)rng_below(&rng, 300), 1 + (int)rng_below(&rng, 300) };
        ui_draw_clear(&d, 1000, 1000);
        fill(&d, now.x, now.y, now.w, now.h, 0xFF000000u | (ui_colour)round);
        size_t n = ui_diff_next(&diff, &d, r);
        const struct ui_rect both[2] = { now, old };
        for (int i = 0; i < 200; i++) {
            struct ui_rect in = both[i % 2];
            int x = in.x + (int)rng_below(&rng, (uint32_t)in.w + 1);
            int y = in.y + (int)rng_below(&rng, (uint32_t)in.h + 1);
            if (!ui_rect_has(in, x, y) || x >= 1000 || y >= 1000)
                continue;
            int covers = 0;
            for (size_t k = 0; k < n; k++)
                covers += ui_rect_has(r[k], x, y);
            CHECK_INT(covers, 1);
        }
        old = now;
    }
    ui_diff_done(&diff);
    ui_draw_done(&d);
}

/* What a pixel shows: the commands that cover it, in their order. */
static uint64_t seen(const struct ui_draw *d, int x, int y)
{
    uint64_t h = 1;
    for (size_t i = 0; i < d->n; i++)
        if (ui_rect_has(d->v[i].box, x, y))
            h = h * 1000003 + d->v[i].colour;
    return h;
}

/* Some commands gone, some new, some in another place of the list. */
static void edit(struct ui_draw *to, const struct ui_draw *from, struct rng *rng)
{
    ui_draw_clear(to, 400, 400);
    for (size_t i = 0; i < from->n || rng_below(rng, 3) == 0; i++) {
        uint32_t what = rng_below(rng, 12);
        if (what > 0 && i < from->n) {
            size_t at = what == 1 ? rng_below(rng, (uint32_t)from->n) : i;
            struct ui_rect box = from->v[at].box;
            fill(to, box.x, box.y, box.w, box.h, from->v[at].colour);
        }
        if (what > 10)
            fill(to, (int)rng_below(rng, 380), (int)rng_below(rng, 380), 1 + (int)rng_below(rng, 60),
                 1 + (int)rng_below(rng, 60), 0xFF000000u | rng_below(rng, 100000));
    }
}

TEST(random_lists_differ_nowhere_but_in_the_rectangles)
{
    struct rng rng = rng_seeded(check_seed());
    struct ui_draw d[2] = { { 0 } };
    struct ui_diff diff = { 0 };
    struct ui_rect r[UI_DIFF_RECTS];
    ui_draw_clear(&d[0], 400, 400);
    for (int i = 0; i < 150; i++)
        fill(&d[0], i % 12 * 33, i / 12 * 31, 30, 28, 0xFF000000u | (ui_colour)i);
    (void)ui_diff_next(&diff, &d[0], r);
    for (long round = 1; round < check_rounds(60); round++) {
        struct ui_draw *now = &d[round % 2], *old = &d[(round + 1) % 2];
        edit(now, old, &rng);
        size_t n = ui_diff_next(&diff, now, r);
        for (int i = 0; i < 3000; i++) {
            int x = (int)rng_below(&rng, 400), y = (int)rng_below(&rng, 400);
            size_t covers = 0;
            for (size_t k = 0; k < n; k++)
                covers += ui_rect_has(r[k], x, y);
            if (covers == 0)
                CHECK(seen(now, x, y) == seen(old, x, y));
            CHECK(covers <= 1);
        }
    }
    ui_diff_done(&diff);
    ui_draw_done(&d[0]);
    ui_draw_done(&d[1]);
}

TEST(without_memory_everything_is_painted)
{
    struct ui_draw d = { 0 };
    struct ui_diff diff = { 0 };
    struct ui_rect r[UI_DIFF_RECTS];
    page(&d, "een");
    (void)ui_diff_next(&diff, &d, r);
    mem_fail_at(1);
    CHECK_INT(ui_diff_next(&diff, &d, r), 1);
    CHECK_INT(r[0].h, 1000);
    mem_fail_at(0);
    struct ui_draw other = { 0 };
    mem_fail_from(1);
    fill(&other, 0, 0, 1, 1, 0);
    mem_fail_from(0);
    CHECK(other.failed);
    ui_diff_done(&diff);
    ui_draw_done(&d);
    ui_draw_done(&other);
}
