#include "store/outbox_fix.h"

#include "base/mem.h"
#include "store/outbox_send.h"
#include "tests/store/fixture.h"

/* A record that was refused at the second of its two steps. */
static struct outbox_row refused(struct house *h)
{
    struct outbox_place place;
    struct outbox_row r = { .id = new_id(h), .chain = new_id(h), .kind = "walkin_registered",
                            .day = DAY1, .created = NOON };
    CHECK_OK(store_outbox_place(h->s, &r.chain, NOON, &place));
    r.seq = place.seq;
    r.place = place.place;
    r.event = place.event;
    CHECK_OK(store_outbox_append(h->s, &r, "{}", 2));
    for (int i = 1; i <= 2; i++) {
        struct outbox_step s = { .outbox = r.seq, .n = i };
        snprintf(s.name, sizeof(s.name), "step%d", i);
        CHECK_OK(store_step_insert(h->s, &s, "old", 3));
        s.state = i == 1 ? OUTBOX_STEP_DONE : OUTBOX_STEP_IN_FLIGHT;
        CHECK_OK(store_step_update(h->s, &s, OUTBOX_STEP_READY));
    }
    r.state = OUTBOX_DEAD;
    CHECK_OK(store_outbox_update(h->s, &r, OUTBOX_QUEUED));
    return r;
}

static struct house *house_of_both(void)
{
    struct house *h = house_open();
    house_close(h);
    h->options.keys = STORE_KEYS_BOTH;
    CHECK_OK(store_open(&h->options, &h->s));
    return h;
}

TEST(a_correction_is_kept_sealed_and_queues_the_record)
{
    struct house *h = house_of_both();
    struct outbox_row r = refused(h);
    CLEANUP(buf_done) struct buf fix = buf_make(100);
    CLEANUP(buf_done) struct buf out = buf_make(100);
    CHECK_ERR(store_outbox_fix(h->s, r.seq, &out), ERR_NOT_FOUND);
    buf_adds(&fix, "{\"given\":\"Noor\"}");
    CHECK_OK(store_outbox_correct(h->s, &r.id, "staff:carla", NOON, &fix));
    CHECK_OK(store_outbox_fix(h->s, r.seq, &out));
    CHECK_STR(buf_str(&out), "{\"given\":\"Noor\"}");
    CHECK_OK(store_outbox_get(h->s, &r.id, &r));
    CHECK_INT(r.state, OUTBOX_QUEUED);
    CHECK_STR(r.resolved_how, "correct and retry");
    CHECK_ERR(store_outbox_correct(h->s, &r.id, "staff:carla", NOON, &fix), ERR_STATE);
    struct ulid none = new_id(h);
    CHECK_ERR(store_outbox_correct(h->s, &none, "staff:carla", NOON, &fix), ERR_NOT_FOUND);
    house_close(h);
}

TEST(the_house_alone_cannot_read_a_correction)
{
    struct house *h = house_of_both();
    struct outbox_row r = refused(h);
    CLEANUP(buf_done) struct buf fix = buf_make(100);
    CLEANUP(buf_done) struct buf out = buf_make(100);
    buf_adds(&fix, "{}");
    CHECK_OK(store_outbox_correct(h->s, &r.id, "staff:carla", NOON, &fix));
    house_close(h);
    h->options.keys = STORE_KEYS_HOUSE;
    CHECK_OK(store_open(&h->options, &h->s));
    CHECK(store_outbox_fix(h->s, r.seq, &out) != ERR_OK);
    CHECK_INT(out.n, 0);
    house_close(h);
}

TEST(only_what_was_not_done_is_frozen_again_and_a_doubt_stays)
{
    struct house *h = house_of_both();
    struct outbox_row r = refused(h);
    CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
    CLEANUP(buf_done) struct buf one = buf_make(100);
    CLEANUP(buf_done) struct buf two = buf_make(100);
    CHECK_ERR(store_step_freeze_again(h->s, r.seq, 1, "new", 3), ERR_STALE);
    CHECK_OK(store_step_freeze_again(h->s, r.seq, 2, "new", 3));
    CHECK_OK(store_step_body(h->s, r.seq, 1, &one));
    CHECK_OK(store_step_body(h->s, r.seq, 2, &two));
    CHECK_STR(buf_str(&one), "old");
    CHECK_STR(buf_str(&two), "new");
    CHECK_OK(store_steps(h->s, r.seq, &steps));
    CHECK_INT(steps.v[1].state, OUTBOX_STEP_READY);
    CHECK(steps.v[1].unsure);
    house_close(h);
}
