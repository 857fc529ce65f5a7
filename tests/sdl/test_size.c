#include "sdl/size.h"

#include "tests/lib/check.h"

TEST(a_size_is_read_and_nothing_else_is)
{
    static const char *const wrong[] = { "", "1080", "1080x", "x1920", "1080x1920x", "1080 1920",
                                         "319x1920", "1080x7681", "-1080x1920" };
    int w = 7, h = 9;
    CHECK(sdl_canvas_size("1080x1920", false, &w, &h));
    CHECK_INT(w, 1080);
    CHECK_INT(h, 1920);
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        CHECK(!sdl_canvas_size(wrong[i], false, &w, &h));
    CHECK_INT(w, 1080); /* left as it was */
}

TEST(without_one_it_is_the_whole_display_or_a_window)
{
    int w = 7, h = 9;
    CHECK(sdl_canvas_size(NULL, false, &w, &h));
    CHECK_INT(w, 0);
    CHECK_INT(h, 0);
    CHECK(sdl_canvas_size(NULL, true, &w, &h));
    CHECK(w > 0 && w < 1920 && h > 0 && h < 1080);
}
