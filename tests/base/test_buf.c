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
