#include "sdl/icon.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"

#define HEAD "<svg viewBox=\"0 0 24 24\"><g stroke-width=\"2\">"

static struct mask drawn(const char *shapes, int px)
{
    char svg[2048];
    struct mask m = { 0 };
    snprintf(svg, sizeof(svg), HEAD "%s</g></svg>", shapes);
    CHECK_OK(icon_draw(svg, px, &m));
    CHECK_INT(m.w, px);
    CHECK_INT(m.h, px);
    return m;
}

/* The coverage at a place of the grid. */
static int at(const struct mask *m, double x, double y)
{
    return m->v[(int)(y * m->h / 24) * m->w + (int)(x * m->w / 24)];
}

static long sum(const struct mask *m)
{
    long all = 0;
    for (int i = 0; i < m->w * m->h; i++)
        all += m->v[i];
    return all;
}

/* That both draw the same, but for a twentieth of a pixel at an edge. */
static void check_same(const char *a, const char *b)
{
    struct mask x = drawn(a, 96), y = drawn(b, 96);
    for (int i = 0; i < 96 * 96; i++)
        if (x.v[i] - y.v[i] > 16 || y.v[i] - x.v[i] > 16)
            CHECK_FAIL("%s is not %s: %d and %d at %d, %d", a, b, x.v[i], y.v[i], i % 96, i / 96);
    mem_free(x.v);
    mem_free(y.v);
}

TEST(a_line_is_two_wide_with_round_ends)
{
    struct mask m = drawn("<path d=\"M4 12h16\"/>", 240);
    CHECK_INT(at(&m, 12, 11.05), 255);
    CHECK_INT(at(&m, 12, 12.95), 255);
    CHECK_INT(at(&m, 12, 10.8), 0);
    CHECK_INT(at(&m, 12, 13.2), 0);
    CHECK_INT(at(&m, 3.1, 12), 255); /* the round end, and beside it */
    CHECK_INT(at(&m, 2.8, 12), 0);
    CHECK_INT(at(&m, 3.15, 11.15), 0);
    /* As much ink as 16 x 2 and a disc of radius 1 have. */
    double ink = (double)sum(&m) / 255 / 100;
    CHECK(ink > 35.14 - 0.1 && ink < 35.14 + 0.1);
    mem_free(m.v);
}

TEST(a_circle_is_a_ring)
{
    struct mask m = drawn("<circle cx=\"12\" cy=\"12\" r=\"9\"/>", 240);
    for (int i = 0; i < 4; i++) {
        static const double dx[] = { 1, 0, 0.7071, -0.6 }, dy[] = { 0, -1, 0.7071, 0.8 };
        CHECK_INT(at(&m, 12 + 9.8 * dx[i], 12 + 9.8 * dy[i]), 255);
        CHECK_INT(at(&m, 12 + 8.2 * dx[i], 12 + 8.2 * dy[i]), 255);
        CHECK_INT(at(&m, 12 + 10.2 * dx[i], 12 + 10.2 * dy[i]), 0);
        CHECK_INT(at(&m, 12 + 7.8 * dx[i], 12 + 7.8 * dy[i]), 0);
    }
    mem_free(m.v);
}

TEST(each_way_to_say_a_line_draws_the_same)
{
    const char *line = "<path d=\"M4 5L20 5L20 17L4 17Z\"/>";
    check_same("<path d=\"M4,5 20,5 20 17 4 17z\"/>", line);
    check_same("<path d=\"m4 5h16v12h-16z\"/>", line);
    check_same("<path d=\"M4 5H20V17H4Z\"/>", line);
    check_same("<path d=\"m4 5 16 0 0 12-16 0z\"/>", line);
    check_same("<rect x=\"4\" y=\"5\" width=\"16\" height=\"12\" rx=\"0\"/>", line);
}

TEST(each_way_to_say_a_curve_draws_the_same)
{
    const char *circle = "<circle cx=\"12\" cy=\"12\" r=\"6\"/>";
    check_same("<ellipse cx=\"12\" cy=\"12\" rx=\"6\" ry=\"6\"/>", circle);
    check_same("<path d=\"M6 12a6 6 0 0 1 12 0a6 6 0 0 1-12 0\"/>", circle);
    check_same("<path d=\"M6 12A6 6 0 1018 12A6 6 0 106 12z\"/>", circle);
    check_same("<path d=\"M12 6a6 6 0 1 1-.01 0\"/>", circle);
    check_same("<path d=\"M6 12C6 8.686 8.686 6 12 6S18 8.686 18 12s-2.686 6-6 6-6-2.686-6-6\"/>",
               circle);
    check_same("<rect x=\"6\" y=\"6\" width=\"12\" height=\"12\" rx=\"6\"/>", circle);
    /* An arc between points further apart than it is wide is grown. */
    check_same("<path d=\"M6 12a1 1 0 0 1 12 0a1 1 0 0 1-12 0\"/>", circle);
    check_same("<path d=\"M6 12a6 3 90 0 1 0 0\"/>", "<path d=\"M6 12h0\"/>");
}

TEST(the_edge_is_as_soft_at_every_size)
{
    for (int px = 1; px < 300; px += 13) {
        struct mask m = drawn("<path d=\"M12 3v18M3 12h18\"/>", px);
        double ink = (double)sum(&m) / 255 * 24 * 24 / px / px;
        if (px > 20) /* two bars of 18 x 2, two discs of radius 1, once where they cross */
            CHECK(ink > 74.3 * 0.97 && ink < 74.3 * 1.03);
        mem_free(m.v);
    }
}

TEST(what_lies_past_the_grid_is_left_out)
{
    struct mask m = drawn("<path d=\"M-50 12H900000\"/><circle cx=\"-90\" cy=\"5\" r=\"2\"/>", 48);
    CHECK_INT(at(&m, 0.2, 12), 255);
    CHECK_INT(at(&m, 23.8, 12), 255);
    CHECK_INT(at(&m, 12, 5), 0);
    mem_free(m.v);
}

TEST(a_path_that_is_not_understood_is_said)
{
    static const char *const bad[] = {
        "<path d=\"M\"/>",         "<path d=\"M4\"/>",        "<path d=\"4 4\"/>",
        "<path d=\"M4 4Q5 5 6 6\"/>", "<path d=\"M4 4L5 .\"/>", "<path d=\"M4 4a2 2 0 2 0 1 1\"/>",
        "<path d=\"M4 4z5 5\"/>",  "<path d=\"M4 4L1e9 5\"/>", "<path d=\"M4 4L9999999 5\"/>",
        "<path d=\"M4 4",          "<path d=\"M4 4 \x80\"/>",
    };
    struct mask m = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (icon_draw(bad[i], 24, &m) != ERR_FORMAT)
            CHECK_FAIL("%s is taken", bad[i]);
    CHECK(m.v == NULL);
    CHECK_ERR(icon_draw("", 0, &m), ERR_INVAL);
    CHECK_ERR(icon_draw("", 4097, &m), ERR_INVAL);
}

TEST(a_file_is_told_apart_from_none_and_from_one_too_long)
{
    char path[512];
    struct mask m = { 0 };
    snprintf(path, sizeof(path), "%s/icon.svg", check_tmpdir());
    CHECK_ERR(icon_load(path, 24, &m), ERR_NOT_FOUND);
    FILE *f = fopen(path, "w");
    CHECK(f != NULL);
    for (int i = 0; i < ICON_FILE_MAX; i++)
        fputc(' ', f);
    fclose(f);
    CHECK_OK(icon_load(path, 24, &m));
    CHECK_INT(sum(&m), 0);
    mem_free(m.v);
    f = fopen(path, "a");
    CHECK(f != NULL);
    fputc(' ', f);
    fclose(f);
    CHECK_ERR(icon_load(path, 24, &m), ERR_LIMIT);
}
