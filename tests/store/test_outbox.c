#include "store/outbox.h"

#include "base/mem.h"
#include "store/outbox_send.h"
#include "tests/store/fixture.h"

static struct ulid append(struct house *h, const struct ulid *chain, utc_ms at, const char *body)
{
    struct outbox_place place;
    struct outbox_row r = { .id = new_id(h), .chain = *chain, .kind = "walkin_registered",
                            .day = DAY1, .created = at };
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_OK(store_outbox_place(h->s, chain, at, &place));
    r.seq = place.seq;
    r.place = place.place;
    r.event = place.event;
    CHECK_OK(store_outbox_append(h->s, &r, body, strlen(body)));
    CHECK_OK(store_commit(&tx));
    return r.id;
}

static void open_as(struct house *h, enum store_keys keys)
{
    house_close(h);
    h->options.keys = keys;
    CHECK_OK(store_open(&h->options, &h->s));
}

static void finish(struct house *h, struct outbox_row *r, enum outbox_state to)
{
    enum outbox_state was = r->state;
    r->state = to;
    CHECK_OK(store_outbox_update(h->s, r, was));
}

TEST(records_of_a_chain_rise_in_place_and_time)
{
    struct house *h = house_open();
    struct ulid chain = new_id(h), other = new_id(h);
    struct outbox_row r;
    struct ulid a = append(h, &chain, NOON, "{}");
    struct ulid b = append(h, &chain, NOON, "{}");        /* the same millisecond */
    struct ulid c = append(h, &chain, NOON - 5000, "{}"); /* the clock stepped back */
    append(h, &other, NOON, "{}");
    CHECK_OK(store_outbox_get(h->s, &a, &r));
    CHECK_INT(r.seq, 1);
    CHECK_INT(r.place, 1);
    CHECK_INT(r.event, NOON);
    CHECK_OK(store_outbox_get(h->s, &b, &r));
    CHECK_INT(r.place, 2);
    CHECK_INT(r.event, NOON + 1);
    CHECK_OK(store_outbox_get(h->s, &c, &r));
    CHECK_INT(r.place, 3);
    CHECK_INT(r.event, NOON + 2);
    CHECK_INT(r.state, OUTBOX_QUEUED);
    CHECK_STR(r.kind, "walkin_registered");
    struct outbox_place place;
    CHECK_OK(store_outbox_place(h->s, &other, NOON + 9, &place));
    CHECK_INT(place.seq, 5);
    CHECK_INT(place.place, 2);
    CHECK_INT(place.event, NOON + 9);
    house_close(h);
}

TEST(the_uploader_reads_what_the_kiosk_can_only_write)
{
    struct house *h = house_open();
    open_as(h, STORE_KEYS_HOUSE);
    struct ulid chain = new_id(h);
    append(h, &chain, NOON, "{\"family\":\"Berg\"}");
    house_reopen(h); /* the next day */
    append(h, &chain, NOON, "{\"family\":\"Smit\"}");
    CLEANUP(buf_done) struct buf body = buf_make(1000);
    CHECK_ERR(store_outbox_body(h->s, 1, &body), ERR_DENIED);
    open_as(h, STORE_KEYS_UPLOAD);
    CHECK_OK(store_outbox_body(h->s, 1, &body));
    CHECK_STR(buf_str(&body), "{\"family\":\"Berg\"}");
    buf_clear(&body);
    CHECK_OK(store_outbox_body(h->s, 2, &body));
    CHECK_STR(buf_str(&body), "{\"family\":\"Smit\"}");
    CHECK_ERR(store_outbox_body(h->s, 3, &body), ERR_NOT_FOUND);
    house_close(h);
}

TEST(a_key_is_sealed_once_per_start_and_date_also_after_an_undone_first_use)
{
    struct house *h = house_open();
    struct ulid chain = new_id(h);
    struct outbox_place place;
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_OK(store_outbox_place(h->s, &chain, NOON, &place));
    struct outbox_row r = { .seq = place.seq, .id = new_id(h), .chain = chain, .place = 1,
                            .kind = "walkin_registered", .day = DAY1, .event = NOON };
    CHECK_OK(store_outbox_append(h->s, &r, "lost", 4));
    store_tx_done(&tx);
    append(h, &chain, NOON, "kept");
    append(h, &chain, NOON, "kept too");
    CLEANUP(buf_done) struct buf body = buf_make(100);
    open_as(h, STORE_KEYS_UPLOAD);
    CHECK_OK(store_outbox_body(h->s, 1, &body));
    CHECK_OK(store_outbox_body(h->s, 2, &body));
    CHECK_STR(buf_str(&body), "keptkept too");
    house_close(h);
}

TEST(a_retry_of_the_same_record_is_told)
{
    struct house *h = house_open();
    struct ulid chain = new_id(h);
    struct ulid id = append(h, &chain, NOON, "{}");
    struct outbox_row r = { .seq = 2, .id = id, .chain = chain, .place = 2, .kind = "x",
                            .day = DAY1, .event = NOON + 1 };
    CHECK_ERR(store_outbox_append(h->s, &r, "{}", 2), ERR_EXISTS);
    CHECK_INT(store_guard(h->s), STORE_GUARD_OUTBOX_ID);
    CLEANUP(mem_freep) char *big = mem_calloc(1, OUTBOX_BODY_MAX + 1);
    CHECK_ERR(store_outbox_append(h->s, &r, big, OUTBOX_BODY_MAX + 1), ERR_LIMIT);
    house_close(h);
}

TEST(only_heads_that_are_due_are_picked_chain_by_chain)
{
    struct house *h = house_open();
    struct ulid a = new_id(h), b = new_id(h), c = new_id(h), none = { 0 };
    append(h, &b, NOON, "b1");
    append(h, &a, NOON, "a1");
    append(h, &a, NOON, "a2");
    append(h, &c, NOON, "c1");
    struct outbox_row r;
    CHECK_OK(store_outbox_next(h->s, &none, NOON, &r));
    CHECK_STR(r.chain.s, a.s);
    CHECK_INT(r.seq, 2);
    finish(h, &r, OUTBOX_SENT);
    CHECK_OK(store_outbox_head(h->s, &a, &r)); /* the next record of the chain is now its head */
    CHECK_INT(r.seq, 3);
    r.next_try = NOON + 60000;
    finish(h, &r, OUTBOX_WAITING);
    CHECK_OK(store_outbox_next(h->s, &none, NOON, &r)); /* a waits, b is due */
    CHECK_STR(r.chain.s, b.s);
    finish(h, &r, OUTBOX_DEAD);
    CHECK_OK(store_outbox_next(h->s, &none, NOON, &r)); /* b is stuck */
    CHECK_STR(r.chain.s, c.s);
    finish(h, &r, OUTBOX_SENT);
    CHECK_ERR(store_outbox_next(h->s, &none, NOON, &r), ERR_NONE);
    CHECK_ERR(store_outbox_head(h->s, &c, &r), ERR_NONE);
    CHECK_OK(store_outbox_next(h->s, &none, NOON + 60000, &r));
    CHECK_STR(r.chain.s, a.s);
    CHECK_ERR(store_outbox_next(h->s, &a, NOON + 60000, &r), ERR_NONE);
    CHECK_ERR(store_outbox_update(h->s, &r, OUTBOX_QUEUED), ERR_STALE);
    house_close(h);
}

TEST(a_dead_record_is_retried_or_given_up_by_hand)
{
    struct house *h = house_open();
    struct ulid a = new_id(h);
    struct ulid first = append(h, &a, NOON, "a1");
    append(h, &a, NOON, "a2");
    struct outbox_row r;
    CHECK_ERR(store_outbox_discard(h->s, &first, "staff:amir", "typed twice"), ERR_STATE);
    CHECK_ERR(store_outbox_retry(h->s, &first, "staff:amir"), ERR_STATE);
    CHECK_ERR(store_outbox_retry(h->s, &a, "staff:amir"), ERR_NOT_FOUND);
    CHECK_OK(store_outbox_head(h->s, &a, &r));
    struct outbox_step step = { .outbox = r.seq, .n = 1, .name = "zaak" };
    CHECK_OK(store_step_insert(h->s, &step, "{}", 2));
    step.state = OUTBOX_STEP_REFUSED;
    CHECK_OK(store_step_update(h->s, &step, OUTBOX_STEP_READY));
    r.attempts = 3;
    snprintf(r.code, sizeof(r.code), "permission_denied");
    finish(h, &r, OUTBOX_DEAD);
    CHECK_OK(store_outbox_retry(h->s, &first, "staff:amir"));
    CHECK_OK(store_outbox_head(h->s, &a, &r));
    CHECK_INT(r.state, OUTBOX_QUEUED);
    CHECK_INT(r.attempts, 0);
    CHECK_STR(r.resolved_how, "retry");
    CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
    CHECK_OK(store_steps(h->s, r.seq, &steps));
    CHECK_INT(steps.v[0].state, OUTBOX_STEP_READY);
    finish(h, &r, OUTBOX_DEAD);
    CHECK_OK(store_outbox_discard(h->s, &first, "staff:amir", "typed twice"));
    CHECK_OK(store_outbox_head(h->s, &a, &r)); /* the chain goes on */
    CHECK_INT(r.place, 2);
    house_close(h);
}

TEST(totals_and_lists_tell_what_is_open)
{
    struct house *h = house_open();
    struct ulid a = new_id(h), b = new_id(h), none = { 0 };
    struct outbox_totals t;
    struct outbox_row r;
    CLEANUP(outbox_rows_done) struct outbox_rows l = { 0 };
    CHECK_OK(store_outbox_totals(h->s, &t));
    CHECK_INT(t.queued + t.waiting + t.sent + t.dead + t.discarded, 0);
    CHECK_INT(t.oldest, 0);
    append(h, &a, NOON, "a1");
    append(h, &a, NOON + 5, "a2");
    append(h, &b, NOON + 9, "b1");
    CHECK_OK(store_outbox_next(h->s, &none, NOON, &r));
    r.sent = NOON + 20;
    finish(h, &r, OUTBOX_SENT);
    CHECK_OK(store_outbox_totals(h->s, &t));
    CHECK_INT(t.sent, 1);
    CHECK_INT(t.queued, 2);
    CHECK_INT(t.oldest, NOON + 5);
    CHECK_OK(store_outbox_list(h->s, true, 0, SIZE_MAX, &l));
    CHECK_INT(l.n, 2);
    CHECK_INT(l.v[0].seq, 2);
    outbox_rows_done(&l);
    CHECK_OK(store_outbox_list(h->s, false, 0, 2, &l));
    CHECK_INT(l.n, 2);
    CHECK_INT(l.v[0].sent, NOON + 20);
    house_close(h);
}

TEST(the_steps_of_a_record_are_frozen_together_the_first_one_under_way)
{
    struct house *h = house_open();
    struct ulid chain = new_id(h);
    append(h, &chain, NOON, "{}");
    open_as(h, STORE_KEYS_UPLOAD);
    struct outbox_step v[] = {
        { .outbox = 1, .n = 1, .name = "zaak", .state = OUTBOX_STEP_IN_FLIGHT, .attempts = 1, .first_try = NOON,
          .last_try = NOON },
        { .outbox = 1, .n = 2, .name = "rol", .depends_on = "zaak" },
    };
    struct outbox_steps both = { .v = v, .n = 2 };
    CLEANUP(mem_freep) char *huge = mem_alloc(OUTBOX_BODY_MAX + 2);
    memset(huge, 'x', OUTBOX_BODY_MAX + 1);
    huge[OUTBOX_BODY_MAX + 1] = '\0';
    CHECK_ERR(store_steps_insert(h->s, &both, (const char *const[]){ "{}", huge }), ERR_LIMIT);
    CLEANUP(outbox_steps_done) struct outbox_steps l = { 0 };
    CHECK_OK(store_steps(h->s, 1, &l));
    CHECK_INT(l.n, 0);
    CHECK_OK(store_steps_insert(h->s, &both, (const char *const[]){ "{\"a\":1}", "{\"b\":2}" }));
    CHECK_OK(store_steps(h->s, 1, &l));
    CHECK_INT(l.n, 2);
    CHECK(memcmp(l.v, v, sizeof(v)) == 0);
    CLEANUP(buf_done) struct buf body = buf_make(100);
    CHECK_OK(store_step_body(h->s, 1, 2, &body));
    CHECK_STR(buf_str(&body), "{\"b\":2}");
    house_close(h);
}

TEST(a_step_keeps_its_frozen_body_and_what_came_back)
{
    struct house *h = house_open();
    struct ulid chain = new_id(h);
    append(h, &chain, NOON, "{}");
    open_as(h, STORE_KEYS_UPLOAD);
    struct outbox_step step = { .outbox = 1, .n = 1, .name = "zaak", .key = "DYN-01-X" };
    struct outbox_step second = { .outbox = 1, .n = 2, .name = "rol", .depends_on = "zaak" };
    CHECK_OK(store_step_insert(h->s, &step, "{\"zaak\":1}", 10));
    CHECK_OK(store_step_insert(h->s, &second, "{\"rol\":1}", 9));
    CHECK_ERR(store_step_insert(h->s, &second, "{}", 2), ERR_EXISTS);
    step.state = OUTBOX_STEP_IN_FLIGHT;
    step.attempts = 1;
    step.first_try = step.last_try = NOON;
    CHECK_OK(store_step_update(h->s, &step, OUTBOX_STEP_READY));
    CHECK_ERR(store_step_update(h->s, &step, OUTBOX_STEP_READY), ERR_STALE);
    int64_t flying = 0;
    CHECK_OK(store_steps_in_flight(h->s, &flying));
    CHECK_INT(flying, 1);
    house_reopen(h);
    CLEANUP(outbox_steps_done) struct outbox_steps l = { 0 };
    CHECK_OK(store_steps(h->s, 1, &l));
    CHECK_INT(l.n, 2);
    CHECK_INT(l.v[0].state, OUTBOX_STEP_IN_FLIGHT);
    CHECK_STR(l.v[0].key, "DYN-01-X");
    CHECK_STR(l.v[1].depends_on, "zaak");
    step = l.v[0];
    step.state = OUTBOX_STEP_DONE;
    step.unsure = true;
    step.last_status = 201;
    step.done = NOON + 30;
    step.digest[5] = 7;
    snprintf(step.method, sizeof(step.method), "POST");
    snprintf(step.path, sizeof(step.path), "/zaken");
    snprintf(step.code, sizeof(step.code), "c");
    snprintf(step.params, sizeof(step.params), "p");
    snprintf(step.instance, sizeof(step.instance), "urn:uuid:1");
    snprintf(step.api_version, sizeof(step.api_version), "1.5.1");
    snprintf(step.result_url, sizeof(step.result_url), "https://register.example/zaken/1");
    CHECK_OK(store_step_update(h->s, &step, OUTBOX_STEP_IN_FLIGHT));
    outbox_steps_done(&l);
    CHECK_OK(store_steps(h->s, 1, &l));
    CHECK(memcmp(&l.v[0], &step, sizeof(step)) == 0);
    CLEANUP(buf_done) struct buf body = buf_make(100);
    CHECK_OK(store_step_body(h->s, 1, 1, &body));
    CHECK_STR(buf_str(&body), "{\"zaak\":1}");
    CHECK_ERR(store_step_body(h->s, 1, 3, &body), ERR_NOT_FOUND);
    house_close(h);
}

TEST(a_chain_remembers_its_addresses)
{
    struct house *h = house_open();
    struct ulid a = new_id(h), b = new_id(h);
    char url[OUTBOX_URL_SIZE];
    CHECK_ERR(store_url_get(h->s, &a, "zaak", url), ERR_NOT_FOUND);
    CHECK_OK(store_url_put(h->s, &a, "zaak", "https://register.example/zaken/1"));
    CHECK_OK(store_url_put(h->s, &a, "zaak", "https://register.example/zaken/2"));
    CHECK_OK(store_url_get(h->s, &a, "zaak", url));
    CHECK_STR(url, "https://register.example/zaken/2");
    CHECK_ERR(store_url_get(h->s, &b, "zaak", url), ERR_NOT_FOUND);
    house_close(h);
}
