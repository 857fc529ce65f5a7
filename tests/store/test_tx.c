#include "store/meta.h"
#include "tests/store/fixture.h"

static bool has(struct store *s, const char *key)
{
    char value[META_VALUE_SIZE];
    return store_meta_get(s, key, value) == ERR_OK;
}

TEST(what_is_not_committed_is_undone)
{
    struct house *h = house_open();
    {
        CLEANUP(store_tx_done) struct store_tx tx = { 0 };
        CHECK_OK(store_begin(h->s, &tx));
        CHECK_OK(store_meta_put(h->s, "a", "1"));
        CHECK(has(h->s, "a"));
    }
    CHECK(!has(h->s, "a"));
    {
        CLEANUP(store_tx_done) struct store_tx tx = { 0 };
        CHECK_OK(store_begin(h->s, &tx));
        CHECK_OK(store_meta_put(h->s, "a", "1"));
        CHECK_OK(store_commit(&tx));
        CHECK_ERR(store_commit(&tx), ERR_STATE);
    }
    CHECK(has(h->s, "a"));
    house_close(h);
}

TEST(an_inner_commit_reaches_the_disk_with_the_outer_one_only)
{
    struct house *h = house_open();
    struct store_tx outer = { 0 }, inner = { 0 };
    CHECK_OK(store_begin(h->s, &outer));
    CHECK_OK(store_begin(h->s, &inner));
    CHECK_OK(store_meta_put(h->s, "a", "1"));
    CHECK_ERR(store_commit(&outer), ERR_STATE); /* not the innermost */
    CHECK_OK(store_commit(&inner));
    store_tx_done(&outer);
    CHECK(!has(h->s, "a"));
    house_close(h);
}

TEST(an_inner_failure_dooms_the_whole)
{
    struct house *h = house_open();
    struct store_tx outer = { 0 }, inner = { 0 };
    CHECK_OK(store_begin(h->s, &outer));
    CHECK_OK(store_meta_put(h->s, "a", "1"));
    CHECK_OK(store_begin(h->s, &inner));
    store_tx_done(&inner);
    CHECK_ERR(store_commit(&outer), ERR_STATE);
    CHECK(!has(h->s, "a"));
    CHECK_OK(store_begin(h->s, &outer)); /* and the next one is free of it */
    CHECK_OK(store_meta_put(h->s, "b", "1"));
    CHECK_OK(store_commit(&outer));
    CHECK(has(h->s, "b"));
    house_close(h);
}

TEST(a_part_is_undone_alone)
{
    struct house *h = house_open();
    struct store_tx outer = { 0 }, part = { 0 }, inner = { 0 };
    CHECK_ERR(store_begin_part(h->s, &part), ERR_STATE);
    CHECK_OK(store_begin(h->s, &outer));
    CHECK_OK(store_meta_put(h->s, "a", "1"));
    CHECK_OK(store_begin_part(h->s, &part));
    CHECK_OK(store_meta_put(h->s, "b", "1"));
    store_tx_done(&part);
    CHECK_OK(store_begin_part(h->s, &part)); /* one whose inner transaction fails */
    CHECK_OK(store_begin(h->s, &inner));
    CHECK_OK(store_meta_put(h->s, "c", "1"));
    store_tx_done(&inner);
    CHECK_ERR(store_commit(&part), ERR_STATE);
    CHECK_OK(store_begin_part(h->s, &part));
    CHECK_OK(store_meta_put(h->s, "d", "1"));
    CHECK_OK(store_commit(&part));
    CHECK_OK(store_commit(&outer));
    CHECK(has(h->s, "a"));
    CHECK(!has(h->s, "b"));
    CHECK(!has(h->s, "c"));
    CHECK(has(h->s, "d"));
    house_close(h);
}

TEST(a_read_transaction_sees_one_moment_and_writes_nothing)
{
    struct house *h = house_open();
    CLEANUP(store_closep) struct store *other = NULL;
    CHECK_OK(store_open(&h->options, &other));
    struct store_tx tx = { 0 }, write = { 0 };
    CHECK_OK(store_begin_read(h->s, &tx));
    CHECK(!has(h->s, "a"));
    CHECK_OK(store_meta_put(other, "a", "1"));
    CHECK(!has(h->s, "a"));
    CHECK_ERR(store_meta_put(h->s, "b", "1"), ERR_STATE);
    CHECK_ERR(store_begin(h->s, &write), ERR_STATE);
    CHECK_OK(store_commit(&tx));
    CHECK(has(h->s, "a"));
    house_close(h);
}

TEST(a_second_writer_waits_as_long_as_it_may_and_is_told)
{
    struct house *h = house_open();
    CLEANUP(store_closep) struct store *other = NULL;
    struct store_options hasty = h->options;
    hasty.busy_ms = 500;
    CHECK_OK(store_open(&hasty, &other));
    struct store_tx tx = { 0 }, second = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    int64_t start = clock_real_mono_ms();
    CHECK_ERR(store_begin(other, &second), ERR_BUSY);
    CHECK(clock_real_mono_ms() - start >= hasty.busy_ms - 200);
    CHECK_OK(store_commit(&tx));
    CHECK_OK(store_begin(other, &second));
    CHECK_OK(store_commit(&second));
    house_close(h);
}

/* Begins, does `what`, ends; the epoch that it ran in. */
static uint64_t epoch_of(struct store *s, void (*what)(struct store *s), bool commit)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CHECK_OK(store_begin(s, &tx));
    uint64_t epoch = store_epoch(s);
    if (what)
        what(s);
    if (commit)
        CHECK_OK(store_commit(&tx));
    return epoch;
}

static void take_number(struct store *s)
{
    int64_t n = 0;
    CHECK_OK(store_counter_next(s, DAY1, "A", &n));
}

static void put_meta(struct store *s)
{
    CHECK_OK(store_meta_put(s, "a", "1"));
}

TEST(an_epoch_stands_until_somebody_else_writes_or_meta_is_written_or_something_is_undone)
{
    struct house *h = house_open();
    CLEANUP(store_closep) struct store *other = NULL;
    CHECK_OK(store_open(&h->options, &other));
    uint64_t first = epoch_of(h->s, take_number, true);
    CHECK(first != 0);
    CHECK(epoch_of(h->s, take_number, true) == first);
    CHECK(!has(h->s, "a")); /* reading ends nothing */
    CHECK(epoch_of(h->s, NULL, true) == first);
    epoch_of(other, take_number, true);
    uint64_t second = epoch_of(h->s, put_meta, true);
    CHECK(second > first);
    uint64_t third = epoch_of(h->s, take_number, false);
    CHECK(third > second);
    uint64_t fourth = epoch_of(h->s, NULL, true);
    CHECK(fourth > third);
    CHECK_OK(store_meta_put(other, "b", "1"));
    CHECK(has(h->s, "b")); /* a read meets it first */
    uint64_t fifth = epoch_of(h->s, NULL, true);
    CHECK(fifth > fourth);
    CHECK_OK(store_meta_put(h->s, "c", "1")); /* in a transaction that SQLite makes for it */
    CHECK(epoch_of(h->s, NULL, true) > fifth);
    house_close(h);
}

TEST(closing_undoes_what_is_open)
{
    struct house *h = house_open();
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_OK(store_meta_put(h->s, "a", "1"));
    house_reopen(h);
    CHECK(!has(h->s, "a"));
    house_close(h);
}
