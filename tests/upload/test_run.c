#include "upload/upload.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "register/link.h"
#include "tests/upload/house.h"
#include "upload/reconcile.h"

TEST(a_day_of_every_kind_arrives_once_in_both_profiles)
{
    for (size_t p = 0; p < 2; p++) {
        struct fixture f;
        set_up(&f, profiles[p]);
        queue_day(&f);
        CHECK_OK(run_once(&f));
        CHECK_INT(f.totals.sent, 10);
        CHECK(!f.totals.stopped && f.totals.left == 0 && f.totals.dead == 0);
        check_day_in_register(&f);
        check_order(&f);
        tear_down(&f);
    }
}

TEST(a_second_run_makes_no_call)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    queue_day(&f);
    CHECK_OK(run_once(&f));
    int calls = f.near.n_calls;
    CHECK_ERR(run_once(&f), ERR_NONE);
    CHECK_INT(f.near.n_calls, calls);
    tear_down(&f);
}

TEST(several_chains_at_a_time_give_the_same)
{
    for (size_t p = 0; p < 2; p++) {
        struct fixture f;
        set_up_wide(&f, profiles[p], NEAR_WIDTH_MAX, 1);
        queue_day(&f);
        CHECK_OK(run_once(&f));
        check_day_in_register(&f);
        check_order(&f);
        tear_down(&f);
    }
}

TEST(a_later_value_of_a_property_takes_the_place_of_the_first)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    queue_chain(&f, booked_day, 2);
    CHECK_OK(run_once(&f));
    json_t *d = near_dump(&f.near);
    json_t *all = json_object_get(json_array_get(json_object_get(d, "zaken"), 0), "eigenschappen");
    CHECK_INT(json_array_size(all), 1);
    CHECK_STR(json_string_value(json_object_get(json_array_get(all, 0), "waarde")), "2026-11-26T10:00:00+01:00");
    json_decref(d);
    tear_down(&f);
}

TEST(a_wrong_secret_stops_the_run_and_nothing_is_marked_failed)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    struct outbox_record r = queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, MORNING);
    snprintf(f.settings.secret, sizeof f.settings.secret, "wrong");
    CHECK_OK(run_once(&f));
    CHECK(f.totals.stopped);
    CHECK_STR(f.totals.why.code, "invalid-jwt-signature");
    CHECK_INT(row_of(&f, &r).state, OUTBOX_QUEUED);
    snprintf(f.settings.secret, sizeof f.settings.secret, "example-secret");
    run_to_the_end(&f);
    CHECK_INT(row_of(&f, &r).state, OUTBOX_SENT);
    tear_down(&f);
}

/* A coach closes the zaak: result, then the end status. */
static void close_zaak(struct fixture *f)
{
    json_t *d = near_dump(&f->near);
    char zaak[300], body[1200];
    snprintf(zaak, sizeof zaak, "https://register.example%s",
             json_string_value(json_object_get(json_array_get(json_object_get(d, "zaken"), 0), "url")));
    json_decref(d);
    struct clock clock = clock_at(NIGHT);
    struct register_link link;
    register_link_init(&link, &f->settings, &f->near.port, &clock);
    static const char *const bodies[][2] = {
        { "resultaten", "{\"zaak\":\"%s\",\"resultaattype\":\"https://register.example/catalogi/api/v1/resultaattypen/4e0b5c34-3d9a-4f85-8c3b-000000000001\"}" },
        { "statussen", "{\"zaak\":\"%s\",\"statustype\":\"https://register.example/catalogi/api/v1/statustypen/1b7e2f01-0a6f-4c52-9f0e-000000000006\",\"datumStatusGezet\":\"2026-11-21T20:00:00Z\"}" } };
    for (size_t i = 0; i < 2; i++) {
        struct register_call c = { .method = "POST" };
        struct http_answer a = { 0 };
        snprintf(c.url, sizeof c.url, "https://register.example/zaken/api/v1/%s", bodies[i][0]);
        const char *mark = strstr(bodies[i][1], "%s");
        snprintf(body, sizeof body, "%.*s%s%s", (int)(mark - bodies[i][1]), bodies[i][1], zaak, mark + 2);
        c.body = mem_dup_str(body);
        CHECK_OK(register_link_exchange(&link, &c, &a));
        CHECK_INT(a.status, 201);
        http_answer_done(&a);
        register_call_done(&c);
    }
    register_link_done(&link);
}

TEST(a_refused_record_is_a_dead_letter_that_holds_up_only_its_own_chain)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    struct ulid chain = new_chain(&f);
    (void)queue(&f, chain, RECORD_WALKIN_REGISTERED, MORNING);
    CHECK_OK(run_once(&f));
    close_zaak(&f);
    struct outbox_record refused = queue(&f, chain, RECORD_VISIT_ATTENDED, MORNING + HOUR_MS);
    struct outbox_record behind = queue(&f, chain, RECORD_CONSENT_REMINDER, MORNING + 2 * HOUR_MS);
    struct outbox_record other = queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, MORNING + HOUR_MS);
    CHECK_OK(run_once(&f));
    CHECK_INT(f.totals.dead, 1);
    CHECK_INT(f.totals.sent, 1);
    CHECK_INT(row_of(&f, &refused).state, OUTBOX_DEAD);
    CHECK_STR(row_of(&f, &refused).code, "permission_denied");
    CHECK_INT(row_of(&f, &behind).state, OUTBOX_QUEUED);
    CHECK_INT(row_of(&f, &other).state, OUTBOX_SENT);
    CHECK_ERR(run_once(&f), ERR_NONE);
    CHECK_OK(store_outbox_discard(f.store, &refused.id, "test", "closed by the coach"));
    CHECK_OK(run_once(&f)); /* the chain goes on, to the same refusal */
    CHECK_INT(row_of(&f, &behind).state, OUTBOX_DEAD);
    tear_down(&f);
}

TEST(what_the_register_said_is_kept_with_the_dead_letter)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    struct ulid chain = new_chain(&f);
    (void)queue(&f, chain, RECORD_WALKIN_REGISTERED, MORNING);
    CHECK_OK(run_once(&f));
    close_zaak(&f);
    struct outbox_record r = queue(&f, chain, RECORD_VISIT_ATTENDED, MORNING + HOUR_MS);
    CHECK_OK(run_once(&f));
    CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
    CHECK_OK(store_steps(f.store, r.number, &steps));
    CHECK_INT(steps.n, 1);
    CHECK_INT(steps.v[0].state, OUTBOX_STEP_REFUSED);
    CHECK_INT(steps.v[0].last_status, 403);
    CHECK_STR(steps.v[0].code, "permission_denied");
    CHECK_STR(steps.v[0].method, "POST");
    CHECK(strstr(steps.v[0].instance, "urn:uuid:") == steps.v[0].instance);
    CHECK_INT(steps.v[0].attempts, 1);
    tear_down(&f);
}

TEST(a_receipt_keeps_address_time_and_digest)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    struct outbox_record r = queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, MORNING);
    CHECK_OK(run_once(&f));
    CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
    CHECK_OK(store_steps(f.store, r.number, &steps));
    CHECK_INT(steps.n, 4);
    static const unsigned char none[OUTBOX_DIGEST_SIZE];
    for (size_t i = 0; i < steps.n; i++) {
        CHECK_INT(steps.v[i].state, OUTBOX_STEP_DONE);
        CHECK(strstr(steps.v[i].result_url, "https://register.example/zaken/api/v1/") == steps.v[i].result_url);
        CHECK(steps.v[i].done >= NIGHT);
        CHECK(memcmp(steps.v[i].digest, none, sizeof none) != 0);
    }
    CHECK_INT(row_of(&f, &r).attempts, 1);
    tear_down(&f);
}

TEST(an_unreadable_record_is_put_aside_and_the_rest_goes_on)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    struct ulid chain = new_chain(&f);
    struct outbox_record bad = { .kind = RECORD_WALKIN_REGISTERED, .id = chain, .chain = chain, .seq = 1,
                                 .when = { MORNING, 60 }, .number = 1 };
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CHECK_OK(store_begin(f.store, &tx));
    append_body(&f, &bad, "{\"kind\":\"rubbish\"}", 18);
    CHECK_OK(store_commit(&tx));
    struct outbox_record good = queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, MORNING);
    CHECK_OK(run_once(&f));
    CHECK_INT(f.totals.dead, 1);
    CHECK_INT(row_of(&f, &bad).state, OUTBOX_DEAD);
    CHECK_STR(row_of(&f, &bad).code, "unreadable");
    CHECK_INT(row_of(&f, &good).state, OUTBOX_SENT);
    tear_down(&f);
}

TEST(a_register_that_is_down_is_left_alone_after_a_few_tries)
{
    struct fixture f;
    set_up(&f, REGISTER_KLANTINTERACTIES);
    struct outbox_record r = queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, MORNING);
    for (int i = 0; i < 20; i++)
        (void)queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, MORNING);
    f.near.down = true;
    f.near.fault = NEAR_DNS;
    int64_t before = clock_mono_ms(&f.clock);
    CHECK_OK(run_once(&f));
    CHECK(f.totals.stopped);
    CHECK_STR(f.totals.why.code, "dns");
    CHECK_INT(f.near.n_calls, 6); /* five of the first record, one of the next */
    int64_t waited = clock_mono_ms(&f.clock) - before;
    CHECK(waited >= 15 * SECOND_MS && waited < 60 * SECOND_MS); /* 1, 2, 4, 8 s and jitter */
    CHECK_INT(row_of(&f, &r).state, OUTBOX_WAITING);
    CHECK_INT(row_of(&f, &r).next_try, 0); /* the next run may try at once */
    f.near.down = false;
    run_to_the_end(&f);
    CHECK_INT(row_of(&f, &r).state, OUTBOX_SENT);
    tear_down(&f);
}

TEST(a_register_that_asks_for_hours_is_left_alone_for_hours)
{
    struct fixture f;
    set_up(&f, REGISTER_KLANTINTERACTIES);
    struct outbox_record r = queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, MORNING);
    f.near.down = true;
    f.near.fault = NEAR_503;
    f.near.retry_after_s = INT64_C(1000000000000);
    CHECK_OK(run_once(&f));
    CHECK(f.totals.stopped);
    CHECK_INT(f.near.n_calls, 1);
    CHECK_INT(row_of(&f, &r).next_try, NIGHT + 6 * HOUR_MS);
    f.near.down = false;
    CHECK_ERR(run_once(&f), ERR_NONE); /* not before it is due */
    clock_advance(&f.clock, 6 * HOUR_MS);
    CHECK_OK(run_once(&f));
    CHECK_INT(row_of(&f, &r).state, OUTBOX_SENT);
    tear_down(&f);
}

TEST(a_short_retry_after_is_waited_for)
{
    struct fixture f;
    set_up(&f, REGISTER_KLANTINTERACTIES);
    (void)queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, MORNING);
    f.near.fault = NEAR_429;
    f.near.fault_at = 1;
    f.near.retry_after_s = 7;
    CHECK_OK(run_once(&f));
    CHECK_INT(f.totals.sent, 1);
    CHECK(clock_wall_ms(&f.clock) - NIGHT >= 7 * SECOND_MS && clock_wall_ms(&f.clock) - NIGHT < 8 * SECOND_MS);
    tear_down(&f);
}

TEST(calls_keep_their_polite_distance)
{
    struct fixture f;
    set_up(&f, REGISTER_KLANTINTERACTIES);
    for (int i = 0; i < 10; i++)
        (void)queue(&f, new_chain(&f), RECORD_VISIT_ATTENDED, MORNING);
    struct upload_options o = { .store = f.store, .clock = &f.clock, .rng = &f.rng, .port = &f.near.port,
                                .settings = &f.settings, .rate_per_s = 5 };
    CHECK_OK(upload_run(&o, &f.totals));
    CHECK_INT(clock_wall_ms(&f.clock) - NIGHT, (f.totals.calls - 1) * 200);
    tear_down(&f);
}

TEST(a_run_that_is_told_to_end_starts_nothing_more)
{
    struct fixture f;
    static const volatile sig_atomic_t end = 1;
    set_up(&f, REGISTER_ZGW);
    queue_day(&f);
    struct upload_options o = { .store = f.store, .clock = &f.clock, .rng = &f.rng, .port = &f.near.port,
                                .settings = &f.settings, .rate_per_s = 5, .end = &end };
    CHECK_OK(upload_run(&o, &f.totals));
    CHECK(f.totals.stopped);
    CHECK_STR(f.totals.why.code, "interrupted");
    CHECK_INT(f.near.n_calls, 0);
    tear_down(&f);
}

TEST(a_run_ends_after_its_time)
{
    struct fixture f;
    set_up(&f, REGISTER_KLANTINTERACTIES);
    for (int i = 0; i < 30; i++) /* three calls each */
        (void)queue(&f, new_chain(&f), RECORD_VISIT_ATTENDED, MORNING);
    struct upload_options o = { .store = f.store, .clock = &f.clock, .rng = &f.rng, .port = &f.near.port,
                                .settings = &f.settings, .rate_per_s = 1, .run_max_min = 1 };
    CHECK_OK(upload_run(&o, &f.totals));
    CHECK(f.totals.stopped);
    CHECK_STR(f.totals.why.code, "run_too_long");
    CHECK_INT(f.totals.calls, 60);
    CHECK_INT(f.totals.sent, 20);
    run_to_the_end(&f);
    check_counts(&f, (const char *const[]){ "klantcontacten" }, (const int64_t[]){ 30 }, 1);
    tear_down(&f);
}

TEST(a_chain_whose_zaak_address_is_lost_finds_it_by_its_number)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    struct ulid chain = new_chain(&f);
    (void)queue(&f, chain, RECORD_WALKIN_REGISTERED, MORNING);
    CHECK_OK(run_once(&f));
    CHECK_OK(store_url_put(f.store, &chain, "zaak", ""));
    struct outbox_record r = queue(&f, chain, RECORD_VISIT_ATTENDED, MORNING + HOUR_MS);
    CHECK_OK(run_once(&f));
    CHECK_INT(row_of(&f, &r).state, OUTBOX_SENT);
    char url[OUTBOX_URL_SIZE];
    CHECK_OK(store_url_get(f.store, &chain, "zaak", url));
    CHECK(url[0] != '\0');
    tear_down(&f);
}

static void compare_all(struct fixture *f, int64_t same)
{
    struct upload_compared c = { 0 };
    struct upload_options o = { .store = f->store, .clock = &f->clock, .rng = &f->rng, .port = &f->near.port,
                                .settings = &f->settings, .rate_per_s = 1000 };
    CHECK_OK(upload_reconcile(&o, NIGHT, &c));
    CHECK(c.complete);
    CHECK_INT(c.same, same);
    CHECK_INT(c.missing + c.differing + c.lost, 0);
}

static void check_version(struct fixture *f, struct ulid chain, const char *digit)
{
    char url[OUTBOX_URL_SIZE];
    CHECK_OK(store_url_get(f->store, &chain, "zaaktype", url));
    CHECK(strncmp(url + strlen(url) - 12, digit, 1) == 0);
}

TEST(a_zaak_gets_the_types_of_the_version_under_which_it_was_opened)
{
    struct fixture f;
    set_up_wide(&f, REGISTER_ZGW, 3, 1);
    struct ulid known = new_chain(&f), unknown = new_chain(&f), later = new_chain(&f);
    (void)queue(&f, known, RECORD_APPOINTMENT_BOOKED, MORNING);
    (void)queue(&f, unknown, RECORD_WALKIN_REGISTERED, MORNING);
    CHECK_OK(run_once(&f));
    CHECK_OK(store_url_put(f.store, &unknown, "zaaktype", "")); /* opened before it was kept */
    f.near.server.options.two_versions = true;
    (void)queue(&f, known, RECORD_APPOINTMENT_CHANGED, MORNING + HOUR_MS);
    (void)queue(&f, known, RECORD_VISIT_NO_SHOW, MORNING + 2 * HOUR_MS);
    (void)queue(&f, unknown, RECORD_VISIT_ATTENDED, MORNING + HOUR_MS);
    (void)queue(&f, unknown, RECORD_PRIVACY_NOTICE_SHOWN, MORNING + 2 * HOUR_MS);
    (void)queue(&f, later, RECORD_WALKIN_REGISTERED, MORNING);
    CHECK_OK(run_once(&f));
    CHECK_INT(f.totals.sent, 5);
    CHECK_INT(f.totals.dead + f.totals.left, 0);
    check_version(&f, known, "3");
    check_version(&f, unknown, "3");
    check_version(&f, later, "2");
    compare_all(&f, 7);
    check_order(&f);
    tear_down(&f);
}

TEST(the_internal_task_of_a_walk_in_is_closed_when_the_visit_is)
{
    struct fixture f;
    set_up(&f, REGISTER_KLANTINTERACTIES);
    queue_chain(&f, walkin_day, ARRAY_LEN(walkin_day));
    CHECK_OK(run_once(&f));
    json_t *d = near_dump(&f.near);
    json_t *task = json_array_get(json_object_get(d, "internetaken"), 0);
    CHECK_STR(json_string_value(json_object_get(task, "status")), "verwerkt");
    json_decref(d);
    tear_down(&f);
}

TEST(an_open_klant_that_ignores_our_number_gets_nothing_twice)
{
    for (int at = 1; at <= 12; at++) {
        struct fixture f;
        set_up(&f, REGISTER_KLANTINTERACTIES);
        f.near.server.options.old_klant = true;
        queue_chain(&f, walkin_day, ARRAY_LEN(walkin_day));
        f.near.fault = NEAR_UNANSWERED;
        f.near.fault_at = at;
        run_to_the_end(&f);
        check_counts(&f, (const char *const[]){ "klantcontacten", "internetaken" }, (const int64_t[]){ 5, 1 }, 2);
        tear_down(&f);
    }
}
