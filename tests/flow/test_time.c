/* The rules of an unsure clock, on a database that is not simulated. */
#include "store/meta.h"
#include "store/visit.h"
#include "tests/flow/model.h"

static void house_real(struct house *h)
{
    static int n;
    *h = (struct house){ .clock = clock_system(), .rng = rng_system() };
    snprintf(h->path, sizeof(h->path), "%s/real-%d.db", check_tmpdir(), ++n);
    CHECK_OK(flow_init(h->path, false, &h->clock, &h->rng));
    h->f = house_program(h, "kiosk:1");
    house_import(h->f, MODEL_ROSTER);
}

struct fact {
    const char *key;
    int64_t value;
};

/* What is stored of the time is this, when the program starts again. */
static void restart_with(struct house *h, const struct fact *facts, size_t n)
{
    struct store *s = NULL;
    struct store_tx tx = { 0 };
    CHECK_OK(store_open(&(struct store_options){ .path = h->path, .rng = &h->rng }, &s));
    CHECK_OK(store_begin(s, &tx));
    for (size_t i = 0; i < n; i++)
        CHECK_OK(store_meta_put_int(s, facts[i].key, facts[i].value));
    CHECK_OK(store_commit(&tx));
    store_close(s);
    flow_closep(&h->f);
    h->f = house_program(h, "kiosk:1");
}

/* As if the clock had last been right that much from now. */
static void last_wall(struct house *h, int64_t from_now_ms)
{
    restart_with(h, &(struct fact){ "last_wall_ms", clock_wall_ms(&h->clock) + from_now_ms }, 1);
}

/* As if the business day were kept from an unsure clock, until that much from now. */
static void keep_day(struct house *h, civil_day day, int64_t until_ms)
{
    struct fact facts[] = { { "business_day", day },
                            { "business_day_until_ms", clock_wall_ms(&h->clock) + until_ms } };
    restart_with(h, facts, ARRAY_LEN(facts));
}

static enum visit_state stored_state(const struct house *h, const struct arrival *a)
{
    struct store *s = NULL;
    struct visit_row row = { 0 };
    struct rng rng = h->rng;
    CHECK_OK(store_open(&(struct store_options){ .path = h->path, .rng = &rng }, &s));
    CHECK_OK(store_visit_get(s, &a->line.visit, &row));
    store_close(s);
    return row.state;
}

TEST(a_clock_that_goes_on_is_sure)
{
    struct house h;
    house_real(&h);
    CHECK(!flow_clock_unsure(h.f));
    CHECK(!walk_in(h.f, 1, TOPIC_SCHOOL).line.clock_unsure);
    CHECK(flow_last_wall(h.f) > 0);
    last_wall(&h, 59 * SECOND_MS); /* the time service may step back a little */
    CHECK(!flow_clock_unsure(h.f));
    last_wall(&h, -30 * DAY_MS); /* a summer holiday */
    CHECK(!flow_clock_unsure(h.f));
    house_end(&h);
}

TEST(a_clock_before_the_last_known_time_or_far_behind_it_is_unsure)
{
    struct house h;
    struct health s = { 0 };
    house_real(&h);
    last_wall(&h, 61 * SECOND_MS);
    CHECK(flow_clock_unsure(h.f));
    CHECK_OK(flow_health(h.f, &s));
    CHECK(s.clock_unsure);
    last_wall(&h, -32 * DAY_MS);
    CHECK(flow_clock_unsure(h.f));
    CHECK_OK(flow_clock_confirm(h.f));
    CHECK(!flow_clock_unsure(h.f));
    house_end(&h);
}

TEST(while_the_clock_is_unsure_visits_are_taken_and_flagged_and_bookings_wait)
{
    struct house h;
    struct hold hold;
    house_real(&h);
    walk_in(h.f, 1, TOPIC_SCHOOL);
    utc_ms start = (clock_wall_ms(&h.clock) / DAY_MS + 3) * DAY_MS + 11 * HOUR_MS;
    struct hold_request r = { .service = "school", .start = start };
    CHECK_OK(flow_hold(h.f, &r, &hold));
    last_wall(&h, 3 * HOUR_MS);
    struct arrival a = walk_in(h.f, 2, TOPIC_SCHOOL);
    CHECK(a.line.clock_unsure);
    CHECK_STR(a.line.ticket, "A02");
    struct person p = somebody(3);
    struct appointment_view v = { 0 };
    struct book_request book = { .hold = hold.id, .person = &p };
    CHECK_ERR(flow_book(h.f, &book, &v), ERR_CLOCK); /* of a time that was held before */
    CHECK_ERR(flow_hold(h.f, &r, &hold), ERR_CLOCK);
    CHECK(flow_next_due(h.f) == INT64_MAX);
    struct queue_line l = serve(h.f, "anna", &a); /* the house goes on */
    CHECK_OK(flow_clock_confirm(h.f));
    CHECK_OK(flow_finish(h.f, ref(&l), "", &l));
    CHECK(l.inaccurate); /* no estimate learns from it */
    CHECK_OK(flow_hold(h.f, &r, &hold));
    house_end(&h);
}

TEST(nobody_is_lost_and_no_number_comes_twice_when_the_clock_is_set_right)
{
    static const int64_t last_known[] = { -40 * DAY_MS, 20 * DAY_MS };
    for (size_t i = 0; i < ARRAY_LEN(last_known); i++) {
        struct house h;
        struct day_closed c = { 0 };
        house_real(&h);
        last_wall(&h, last_known[i]);
        CHECK_STR(walk_in(h.f, 1, TOPIC_SCHOOL).line.ticket, "A01");
        CHECK_STR(walk_in(h.f, 2, TOPIC_SCHOOL).line.ticket, "A02");
        CHECK_OK(flow_clock_confirm(h.f)); /* another day than it was thought to be */
        CHECK_STR(queue_text(h.f, NULL), "A01/waiting A02/waiting");
        CHECK_STR(walk_in(h.f, 3, TOPIC_SCHOOL).line.ticket, "A03");
        CHECK(!walk_in(h.f, 4, TOPIC_SCHOOL).line.clock_unsure);
        CHECK(walk_in(h.f, 1, TOPIC_SCHOOL).existing);
        CHECK_OK(flow_close_day(h.f, &c));
        CHECK_INT(c.unserved, 4);
        CHECK_STR(walk_in(h.f, 5, TOPIC_SCHOOL).line.ticket, "A01"); /* the real day */
        house_end(&h);
    }
}

TEST(a_day_that_was_kept_too_long_ends_together_with_those_before_it)
{
    struct house h;
    house_real(&h);
    civil_day today = flow_today(h.f);
    keep_day(&h, today - 1, HOUR_MS);
    struct arrival kept[] = { walk_in(h.f, 1, TOPIC_SCHOOL), walk_in(h.f, 2, TOPIC_SCHOOL) };
    keep_day(&h, today - 2, HOUR_MS);
    struct arrival oldest = walk_in(h.f, 3, TOPIC_SCHOOL);
    keep_day(&h, today - 1, -1);
    CHECK_OK(flow_tick(h.f)); /* once */
    CHECK_INT(stored_state(&h, &oldest), VISIT_UNSERVED);
    CHECK_INT(stored_state(&h, &kept[0]), VISIT_UNSERVED);
    CHECK_INT(stored_state(&h, &kept[1]), VISIT_UNSERVED);
    CHECK_STR(walk_in(h.f, 4, TOPIC_SCHOOL).line.ticket, "A01"); /* the real day */
    house_end(&h);
}

TEST(the_time_that_was_last_known_is_kept)
{
    struct house h;
    house_real(&h);
    last_wall(&h, -2 * MINUTE_MS);
    CHECK_OK(flow_tick(h.f));
    CHECK(flow_last_wall(h.f) > clock_wall_ms(&h.clock) - MINUTE_MS);
    CHECK(flow_next_due(h.f) <= flow_last_wall(h.f) + 12 * HOUR_MS); /* in a quiet house too */
    house_end(&h);
}
