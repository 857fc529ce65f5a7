#include "sdl/canvas.h"

#include <string.h>

#include "tests/lib/check.h"

#define W 120
#define H 90

static uint32_t px[H * W], other[H * W];

static struct canvas canvas(uint32_t *v)
{
    return (struct canvas){ .px = v, .w = W, .h = H, .pitch = W, .clip = { 0, 0, W, H } };
}

static void ground(uint32_t *v, uint32_t seed)
{
    for (int i = 0; i < W * H; i++)
        v[i] = 0xFF000000u | ((uint32_t)i * 2654435761u + seed) >> 8;
}

/* One byte under another, of which a of 255 is seen; full coverage is exact. */
static uint32_t mixed(uint32_t old, uint32_t new, uint32_t a)
{
    uint32_t w = a + (a >> 7);
    return (old * (256 - w) + new * w) >> 8;
}

static uint32_t covered(uint32_t old, uint32_t cover, ui_colour colour)
{
    uint32_t a = cover * (colour >> 24) / 255, out = 0xFF;
    for (int shift = 16; shift >= 0; shift -= 8)
        out = out << 8 | mixed(old >> shift & 0xFF, colour >> shift & 0xFF, a);
    return out;
}

/* Every coverage under every opacity, at every place of a line. */
TEST(a_mask_covers_each_pixel_by_its_own_share)
{
    static uint8_t v[256 * 3];
    for (size_t i = 0; i < sizeof(v); i++)
        v[i] = (uint8_t)(i * 7);
    for (uint32_t alpha = 0; alpha < 256; alpha++) {
        ui_colour colour = alpha << 24 | 0x3CF07B;
        struct mask m = { 96, 8, v };
        struct canvas c = canvas(px);
        ground(px, alpha);
        memcpy(other, px, sizeof(px));
        canvas_mask(&c, (int)(alpha % 23), 3, &m, colour);
        for (int y = 0; y < m.h; y++)
            for (int x = 0; x < m.w; x++) {
                uint32_t *at = &other[(y + 3) * W + x + (int)(alpha % 23)];
                *at = covered(*at, v[y * m.w + x], colour);
            }
        for (int i = 0; i < W * H; i++)
            if (px[i] != other[i])
                CHECK_FAIL("opacity %u: pixel %d, %d is %08x, should be %08x", alpha, i % W, i / W,
                           px[i], other[i]);
    }
}

/* What is painted part by part is what is painted at once. */
static void check_parts(void (*paint)(const struct canvas *c, struct shapes *s))
{
    struct shapes s = { 0 };
    struct canvas whole = canvas(px), part = canvas(other);
    ground(px, 1);
    ground(other, 1);
    paint(&whole, &s);
    for (int y = 0; y < H; y += 7)
        for (int x = 0; x < W; x += 11) {
            part.clip = ui_rect_cut((struct ui_rect){ x, y, 11, 7 }, whole.clip);
            paint(&part, &s);
        }
    shapes_done(&s);
    CHECK(memcmp(px, other, sizeof(px)) == 0);
}

static void round_boxes(const struct canvas *c, struct shapes *s)
{
    canvas_round(c, s, (struct ui_rect){ 5, 4, 50, 40 }, 12, 0xFF1F3097);
    canvas_round(c, s, (struct ui_rect){ 60, 4, 31, 31 }, 99, 0x80FFC53D); /* a disc */
    canvas_round(c, s, (struct ui_rect){ 70, 50, 40, 9 }, 20, 0xFF064E2C);
    canvas_round(c, s, (struct ui_rect){ 3, 60, 40, 20 }, 0, 0xFF870C18);
    canvas_round(c, s, (struct ui_rect){ -10, 80, 30, 30 }, 8, 0xFF000000); /* over the edge */
}

static void shadows(const struct canvas *c, struct shapes *s)
{
    static const struct ui_rect boxes[] = { { 10, 10, 90, 70 }, { -8, 30, 24, 40 }, { 70, 60, 15, 20 } };
    for (size_t i = 0; i < ARRAY_LEN(boxes); i++)
        canvas_shadow(c, s, &(struct ui_draw_cmd){ .kind = UI_DRAW_SHADOW, .box = boxes[i], .radius = 6,
                                                   .blur = 9, .line = 2, .colour = 0x40101020 });
}

TEST(what_is_round_or_soft_is_the_same_in_parts)
{
    check_parts(round_boxes);
    check_parts(shadows);
}

TEST(a_rounded_box_is_the_same_from_all_sides)
{
    struct shapes s = { 0 };
    struct canvas c = canvas(px);
    memset(px, 0xFF, sizeof(px));
    canvas_round(&c, &s, c.clip, 30, 0xFF000000);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            CHECK_INT(px[y * W + x], px[y * W + W - 1 - x]);
            CHECK_INT(px[y * W + x], px[(H - 1 - y) * W + x]);
        }
    CHECK_INT(px[0], 0xFFFFFFFF);
    CHECK_INT(px[45 * W], 0xFF000000);
    shapes_done(&s);
}
