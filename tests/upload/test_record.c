/*
 * What the store keeps of a record, read back for the register. With QUEUE_INTO=DATABASE the
 * second test queues into that simulated house instead of one of its own, for scripts that
 * need records which no program makes by itself:
 *
 *   QUEUE_INTO=house/dynamo.db build/debug/tests/upload/test_record consent_is_given_and_withdrawn
 */
#include "upload/record.h"

#include <stdlib.h>

#include "tests/upload/house.h"

TEST(a_record_is_read_back_as_it_was_queued)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    struct outbox_record one = queue(&f, new_chain(&f), RECORD_APPOINTMENT_BOOKED, MORNING);
    struct outbox_row row = row_of(&f, &one);
    CLEANUP(record_wipe) struct outbox_record r = { 0 };
    bool fixed = true;
    CHECK_OK(record_read(f.store, &row, &r));
    CHECK_INT(r.number, row.seq);
    CHECK_STR(r.person.family, "Berg");
    CHECK_INT(r.start.at, one.start.at);
    CHECK_OK(record_fix(f.store, &row, &r, &fixed));
    CHECK(!fixed);
    tear_down(&f);
}

/* The chain of the first walk-in, and its date. */
static struct outbox_row first_walk_in(struct store *s)
{
    CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 };
    CHECK_OK(store_outbox_list(s, false, 0, 1000, &rows));
    for (size_t i = 0; i < rows.n; i++)
        if (strcmp(rows.v[i].kind, "walkin_registered") == 0)
            return rows.v[i];
    CHECK_FAIL("no walk-in is queued");
    return (struct outbox_row){ 0 };
}

static void queue_consent(struct store *s, struct rng *rng, const struct outbox_row *first, bool given)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct ulid_maker ids = { 0 };
    struct outbox_place place;
    CHECK_OK(store_begin(s, &tx));
    CHECK_OK(store_outbox_place(s, &first->chain, first->event, &place));
    struct outbox_record r = {
        .kind = RECORD_CONSENT_REMINDER, .id = ulid_make(&ids, rng, place.event), .chain = first->chain,
        .seq = place.place, .when = { place.event, 60 }, .kiosk = 1, .number = place.seq,
        .site_id = "roosendaal", .site_name = "Dynamo Roosendaal",
        .person = { .given = "Noor", .family = "Berg", .birth = 12555, .municipality = "1674", .topic = TOPIC_SCHOOL,
                    .phone = "+31612345678" },
        .consent_given = given, .consent_by = "sms" };
    struct outbox_row row = { .seq = r.number, .id = r.id, .chain = r.chain, .place = r.seq, .day = first->day,
                              .event = r.when.at, .created = r.when.at };
    snprintf(row.kind, sizeof row.kind, "%s", record_kind_name(r.kind));
    CLEANUP(buf_wipe) struct buf json = buf_make(OUTBOX_BODY_MAX);
    CHECK_OK(record_to_json(&r, &json));
    CHECK_OK(store_outbox_append(s, &row, buf_str(&json), json.n));
    CHECK_OK(store_commit(&tx));
}

static void queue_both(struct store *s, struct rng *rng)
{
    struct outbox_row first = first_walk_in(s);
    queue_consent(s, rng, &first, true);
    queue_consent(s, rng, &first, false);
}

TEST(consent_is_given_and_withdrawn)
{
    const char *other = getenv("QUEUE_INTO");
    if (other) {
        struct rng rng = rng_system();
        struct store_options o = { .path = other, .rng = &rng, .keys = STORE_KEYS_HOUSE, .boot = "test" };
        struct store *s = NULL;
        CHECK_OK(store_open(&o, &s));
        CHECK(store_simulated(s));
        queue_both(s, &rng);
        store_close(s);
        return;
    }
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    (void)queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, MORNING);
    queue_both(f.store, &f.rng);
    CHECK_OK(run_once(&f));
    CHECK_INT(f.totals.sent, 3);
    json_t *d = near_dump(&f.near);
    json_t *one = json_array_get(json_object_get(json_array_get(json_object_get(d, "zaken"), 0), "eigenschappen"), 0);
    CHECK_STR(json_string_value(json_object_get(one, "waarde")), "nee");
    json_decref(d);
    tear_down(&f);
}
