#include "base/mem.h"
#include "store/outbox_send.h"
#include "tests/store/fixture.h"

static void append_sent(struct house *h, const struct ulid *chain)
{
    struct outbox_place place;
    struct outbox_row r = { .id = new_id(h), .chain = *chain, .kind = "walkin_registered",
                            .day = DAY1, .created = NOON };
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_OK(store_outbox_place(h->s, chain, NOON, &place));
    r.seq = place.seq;
    r.place = place.place;
    r.event = place.event;
    CHECK_OK(store_outbox_append(h->s, &r, "{}", 2));
    struct outbox_step s = { .outbox = r.seq, .n = 1, .name = "zaak" };
    CHECK_OK(store_step_insert(h->s, &s, "{}", 2));
    s.state = OUTBOX_STEP_DONE;
    s.done = NOON;
    snprintf(s.result_url, sizeof s.result_url, "https://register.example/1");
    CHECK_OK(store_step_update(h->s, &s, OUTBOX_STEP_READY));
    r.state = OUTBOX_SENT;
    r.sent = NOON;
    CHECK_OK(store_outbox_update(h->s, &r, OUTBOX_QUEUED));
    CHECK_OK(store_url_put(h->s, chain, "zaak", "https://register.example/1"));
    CHECK_OK(store_commit(&tx));
}

static struct house *house_with_chains(struct ulid *chain, struct ulid *other)
{
    struct house *h = house_open();
    house_close(h);
    h->options.keys = STORE_KEYS_BOTH;
    CHECK_OK(store_open(&h->options, &h->s));
    *chain = new_id(h);
    *other = new_id(h);
    for (int i = 0; i < 3; i++)
        append_sent(h, chain);
    append_sent(h, other);
    return h;
}

TEST(a_chain_and_the_newest_records_are_listed_in_their_order)
{
    struct ulid chain, other;
    struct house *h = house_with_chains(&chain, &other);
    CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 }, back = { 0 };
    CHECK_OK(store_outbox_chain(h->s, &chain, &rows));
    CHECK_INT(rows.n, 3);
    CHECK(rows.v[0].place == 1 && rows.v[2].place == 3);
    CHECK_OK(store_outbox_before(h->s, 0, 2, &back));
    CHECK(back.n == 2 && back.v[0].seq == 4 && back.v[1].seq == 3);
    outbox_rows_done(&back);
    CHECK_OK(store_outbox_before(h->s, 3, 10, &back));
    CHECK(back.n == 2 && back.v[0].seq == 2);
    house_close(h);
}

TEST(what_was_lost_is_due_again_with_what_follows_it_and_is_looked_for_first)
{
    struct ulid chain, other;
    struct house *h = house_with_chains(&chain, &other);
    CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 };
    CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
    char url[OUTBOX_URL_SIZE];
    int64_t n;
    CHECK_OK(store_outbox_again(h->s, &chain, 2, &n));
    CHECK_INT(n, 2);
    CHECK_OK(store_outbox_chain(h->s, &chain, &rows));
    CHECK_INT(rows.v[0].state, OUTBOX_SENT);
    CHECK_INT(rows.v[1].state, OUTBOX_QUEUED);
    CHECK_INT(rows.v[2].state, OUTBOX_QUEUED);
    CHECK_INT(rows.v[1].sent, 0);
    CHECK_OK(store_steps(h->s, rows.v[1].seq, &steps));
    CHECK(steps.v[0].state == OUTBOX_STEP_READY && steps.v[0].unsure);
    CHECK_STR(steps.v[0].result_url, "");
    CHECK_OK(store_url_get(h->s, &chain, "zaak", url)); /* its first record stands */
    CHECK_OK(store_outbox_again(h->s, &chain, 1, &n));
    CHECK_INT(n, 1);
    CHECK_ERR(store_url_get(h->s, &chain, "zaak", url), ERR_NOT_FOUND);
    CHECK_OK(store_url_get(h->s, &other, "zaak", url));
    house_close(h);
}
