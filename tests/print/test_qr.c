#include "print/qr.h"

#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"

static bool finder_at(const struct qr *qr, int left, int top)
{
    for (int y = -1; y <= 7; y++) {
        for (int x = -1; x <= 7; x++) {
            bool edge = x == 0 || x == 6 || y == 0 || y == 6;
            bool inside = x >= 0 && x <= 6 && y >= 0 && y <= 6;
            bool core = x >= 2 && x <= 4 && y >= 2 && y <= 4;
            if (qr_dark(qr, left + x, top + y) != (inside && (edge || core)))
                return false;
        }
    }
    return true;
}

TEST(a_code_has_its_three_corners_and_the_dotted_lines_between)
{
    CLEANUP(qr_done) struct qr qr = { 0 };
    CHECK_OK(qr_make("01ARZ3NDEKTSV4RRFFQ69G5FAV@dynamo", &qr));
    CHECK(qr.n >= 21 && (qr.n - 21) % 4 == 0);
    CHECK(finder_at(&qr, 0, 0));
    CHECK(finder_at(&qr, qr.n - 7, 0));
    CHECK(finder_at(&qr, 0, qr.n - 7));
    CHECK(!finder_at(&qr, qr.n - 7, qr.n - 7));
    for (int i = 8; i < qr.n - 8; i++) {
        CHECK_INT(qr_dark(&qr, i, 6), i % 2 == 0);
        CHECK_INT(qr_dark(&qr, 6, i), i % 2 == 0);
    }
    CHECK(qr_dark(&qr, 8, qr.n - 8)); /* the one square that is always dark */
}

/* Bits 14 and 13 of the format, after taking the mask 0x5412 off, are the level;
 * M is 00 (ISO/IEC 18004, 7.9). They lie at (0, 8) and (1, 8). */
TEST(the_level_is_M)
{
    CLEANUP(qr_done) struct qr qr = { 0 };
    CHECK_OK(qr_make("A01", &qr));
    CHECK(qr_dark(&qr, 0, 8));  /* 0 xor 1 */
    CHECK(!qr_dark(&qr, 1, 8)); /* 0 xor 0 */
}

TEST(outside_the_code_nothing_is_dark)
{
    CLEANUP(qr_done) struct qr qr = { 0 };
    CHECK_OK(qr_make("A01", &qr));
    CHECK_INT(qr.n, 21);
    CHECK(qr_dark(&qr, 0, 0));
    CHECK(!qr_dark(&qr, -1, 0));
    CHECK(!qr_dark(&qr, 0, 21));
}

TEST(too_much_nothing_and_no_memory_are_told_apart)
{
    char text[2400];
    struct qr qr = { .n = 77 };
    memset(text, 'x', sizeof(text));
    text[2332] = '\0';
    CHECK_ERR(qr_make(text, &qr), ERR_LIMIT);
    CHECK_ERR(qr_make("", &qr), ERR_INVAL);
    mem_fail_at(1);
    enum err e = qr_make("A01", &qr);
    mem_fail_at(0);
    CHECK_ERR(e, ERR_NOMEM);
    CHECK_INT(qr.n, 77);
    text[2331] = '\0';
    CHECK_OK(qr_make(text, &qr));
    CHECK_INT(qr.n, 177);
    qr_done(&qr);
    CHECK(qr.modules == NULL);
}
