#include "base/buf.h"

#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"

TEST(keeps_what_fits_and_says_when_more_did_not)
{
    CLEANUP(buf_done) struct buf b = buf_make(5);
    buf_adds(&b, "abc");
    buf_adds(&b, "def");
    CHECK(b.failed);
    CHECK_STR(buf_str(&b), "abc");
    CHECK_ERR(buf_err(&b), ERR_LIMIT);
    CHECK(buf_take(&b) == NULL);
}

TEST(formats_up_to_the_cap)
{
    CLEANUP(buf_done) struct buf b = buf_make(8);
    buf_addf(&b, "%s-%03d", "A", 7);
    CHECK_STR(buf_str(&b), "A-007");
    buf_addf(&b, "%d", 1234);
    CHECK(b.failed);
    CHECK_STR(buf_str(&b), "A-007");
}

TEST(formats_what_is_longer_than_the_room_there_is)
{
    CLEANUP(buf_done) struct buf b = buf_make(2000);
    buf_adds(&b, "n: ");
    buf_addf(&b, "%0300d,%0900d", 1, 2);
    CHECK_OK(buf_err(&b));
    CHECK_INT(b.n, 3 + 300 + 1 + 900);
    CHECK_INT(strlen(buf_str(&b)), b.n);
    CHECK_STR(buf_str(&b) + b.n - 3, "002");
}

TEST(room_made_beforehand_changes_nothing_but_the_moving)
{
    CLEANUP(buf_done) struct buf b = buf_make(1000);
    buf_reserve(&b, 600);
    CHECK_STR(buf_str(&b), "");
    const char *at = b.v;
    buf_addf(&b, "%*s", 600, "x");
    CHECK(b.v == at && b.n == 600);
    buf_reserve(&b, 401); /* more than may ever come */
    CHECK_ERR(buf_err(&b), ERR_OK);
    buf_reserve(&b, 400);
    CHECK_INT(strspn(buf_str(&b), " "), 599);
}

TEST(what_stands_in_it_is_said_again_while_it_grows)
{
    CLEANUP(buf_done) struct buf b = buf_make(3000);
    buf_adds(&b, "A-007;");
    while (b.n < 2994)
        buf_add_again(&b, b.n - 6, 6);
    CHECK_OK(buf_err(&b));
    for (size_t i = 0; i < b.n; i += 6)
        CHECK(memcmp(b.v + i, "A-007;", 6) == 0);
    CHECK_INT(strlen(buf_str(&b)), b.n);
    buf_add_again(&b, 0, 7);
    CHECK_ERR(buf_err(&b), ERR_LIMIT);
    CHECK_INT(b.n, 2994);
    buf_addc(&b, 'x'); /* after a failure nothing more */
    CHECK_INT(b.n, 2994);
}

TEST(a_json_string_is_quoted_and_escaped)
{
    CLEANUP(buf_done) struct buf b = buf_make(200);
    buf_add_json(&b, "");
    buf_add_json(&b, "Zoë / \"x\" \\ \b\f\n\r\t\x01\x1f");
    CHECK_STR(buf_str(&b), "\"\"\"Zoë / \\\"x\\\" \\\\ \\b\\f\\n\\r\\t\\u0001\\u001F\"");
}

TEST(no_memory_is_a_failure_and_not_a_crash)
{
    CLEANUP(buf_done) struct buf b = buf_make(100);
    mem_fail_at(1);
    buf_adds(&b, "abc");
    CHECK(b.failed);
    CHECK_STR(buf_str(&b), "");
    CHECK_ERR(buf_err(&b), ERR_NOMEM);
    buf_clear(&b);
    CHECK_OK(buf_err(&b));
}

TEST(a_missing_file_is_told_from_a_long_one)
{
    CLEANUP(buf_done) struct buf b = buf_make(10);
    CHECK_ERR(buf_read_file(&b, "/nonexistent/file"), ERR_NOT_FOUND);
    CHECK_ERR(buf_read_file(&b, "/proc/self/maps"), ERR_LIMIT);
}
