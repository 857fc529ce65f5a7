#include "crypt/mac.h"

#include "tests/crypt/fixture.h"

TEST(a_days_hash_depends_on_day_use_and_bytes)
{
    struct ring *r = ring_open();
    unsigned char a[MAC_SIZE], b[MAC_SIZE];
    struct mac_day of = { DAY1, true, "person" };
    CHECK_OK(mac_of_day(r->k, &of, "noor|berg", 9, a));
    ring_reopen(r);
    CHECK_OK(mac_of_day(r->k, &of, "noor|berg", 9, b));
    CHECK(mac_same(a, b));
    CHECK_OK(mac_of_day(r->k, &of, "noor|berh", 9, b));
    CHECK(!mac_same(a, b));
    of.use = "code";
    CHECK_OK(mac_of_day(r->k, &of, "noor|berg", 9, b));
    CHECK(!mac_same(a, b));
    of = (struct mac_day){ DAY1 + 1, true, "person" };
    CHECK_OK(mac_of_day(r->k, &of, "noor|berg", 9, b));
    CHECK(!mac_same(a, b));
    ring_close(r);
}

TEST(use_and_bytes_do_not_run_into_each_other)
{
    struct ring *r = ring_open();
    unsigned char a[MAC_SIZE], b[MAC_SIZE];
    CHECK_OK(mac_of_house(r->k, "ab", "c", 1, a));
    CHECK_OK(mac_of_house(r->k, "a", "bc", 2, b));
    CHECK(!mac_same(a, b));
    ring_close(r);
}

TEST(a_day_without_a_key_is_told_from_one_whose_key_was_destroyed)
{
    struct ring *r = ring_open();
    unsigned char a[MAC_SIZE];
    struct mac_day of = { DAY1, false, "person" };
    CHECK_ERR(mac_of_day(r->k, &of, "x", 1, a), ERR_NOT_FOUND);
    CHECK_INT(keyring_count(r->k), 0);
    CHECK_OK(keyring_make_day(r->k, DAY1));
    CHECK_OK(mac_of_day(r->k, &of, "x", 1, a));
    CHECK_OK(keyring_drop_house(r->k, DAY1));
    CHECK_ERR(mac_of_day(r->k, &of, "x", 1, a), ERR_DENIED);
    of.make = true;
    CHECK_ERR(mac_of_day(r->k, &of, "x", 1, a), ERR_DENIED);
    ring_close(r);
}

TEST(a_chain_step_depends_on_the_step_before)
{
    struct ring *r = ring_open();
    unsigned char zero[MAC_SIZE] = { 0 }, one[MAC_SIZE], two[MAC_SIZE], other[MAC_SIZE];
    CHECK_OK(mac_chain(r->k, zero, "row", 3, one));
    CHECK_OK(mac_chain(r->k, one, "row", 3, two));
    CHECK(!mac_same(one, two));
    CHECK_OK(mac_chain(r->k, zero, "row", 3, other));
    CHECK(mac_same(one, other));
    r->options.house = false;
    ring_reopen(r);
    CHECK_ERR(mac_chain(r->k, zero, "row", 3, one), ERR_INVAL);
    CHECK_ERR(mac_of_house(r->k, "token", "x", 1, one), ERR_INVAL);
    ring_close(r);
}
