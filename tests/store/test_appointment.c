#include "store/appointment.h"

#include "crypt/keyring.h"
#include "tests/store/fixture.h"

#define TEN (NOON - 2 * HOUR_MS)

TEST(a_hold_comes_back_without_a_person_or_code)
{
    struct house *h = house_open();
    struct appointment_row r = a_hold(h, "sanne", NOON), got;
    struct person p;
    struct code code;
    struct token token;
    CHECK_OK(store_appointment_insert(h->s, &r, NULL));
    CHECK_OK(store_appointment_get(h->s, &r.id, &got));
    CHECK_INT(got.state, APPT_HELD);
    CHECK_INT(got.version, 1);
    CHECK_INT(got.held_until, NOON + 3 * MINUTE_MS);
    CHECK_STR(got.held_by, "kiosk:1");
    CHECK_INT(got.code_day, CIVIL_DAY_NONE);
    CHECK(!got.has_person);
    CHECK_ERR(store_appointment_person(h->s, &r.id, &p), ERR_NOT_FOUND);
    CHECK_ERR(store_appointment_code(h->s, &got, &code, &token), ERR_NOT_FOUND);
    house_close(h);
}

TEST(a_booked_one_has_its_person_and_is_found_by_code_and_token)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg"), who;
    struct appointment_row r = put_booked(h, "sanne", NOON, &p), got;
    struct code code;
    struct token token;
    CHECK_INT(r.version, 2);
    CHECK_STR(r.municipality, "1674");
    CHECK(r.has_person);
    CHECK_OK(store_appointment_person(h->s, &r.id, &who));
    CHECK(memcmp(&p, &who, sizeof(p)) == 0);
    CHECK_OK(store_appointment_code(h->s, &r, &code, &token));
    CHECK(code_valid(code.s) && token_valid(token.s));
    CHECK_OK(store_appointment_by_code(h->s, &code, DAY1, &got));
    CHECK_STR(got.id.s, r.id.s);
    CHECK_OK(store_appointment_by_token(h->s, &token, DAY1, &got));
    CHECK_STR(got.id.s, r.id.s);
    CHECK_ERR(store_appointment_by_code(h->s, &code, DAY1 + 1, &got), ERR_NOT_FOUND);
    house_close(h);
}

TEST(an_update_keeps_person_and_code_that_it_does_not_name)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg"), who;
    struct appointment_row r = put_booked(h, "sanne", NOON, &p), got;
    struct code code;
    struct token token;
    CHECK_OK(store_appointment_code(h->s, &r, &code, &token));
    r.state = APPT_NO_SHOW;
    CHECK_OK(store_appointment_update(h->s, &r, (struct appointment_was){ APPT_BOOKED, 2 }, NULL));
    CHECK_ERR(store_appointment_update(h->s, &r, (struct appointment_was){ APPT_BOOKED, 2 }, NULL),
              ERR_STALE);
    CHECK_OK(store_appointment_by_code(h->s, &code, DAY1, &got));
    CHECK_INT(got.state, APPT_NO_SHOW);
    CHECK_INT(got.version, 3);
    CHECK_OK(store_appointment_person(h->s, &r.id, &who));
    CHECK_STR(who.family, "Berg");
    house_close(h);
}

/* As flow does it: the old one names its successor, the new one has the same chain and code. */
static struct appointment_row move_to(struct house *h, struct appointment_row old, struct ulid id,
                                      civil_day day, const struct person *p)
{
    struct appointment_row next = old;
    next.id = id;
    next.day = day;
    next.start += DAY_MS * (day - old.day);
    next.end += DAY_MS * (day - old.day);
    next.stop += DAY_MS * (day - old.day);
    next.version = 0;
    struct appointment_was was = { old.state, old.version };
    old.state = APPT_MOVED;
    old.successor = next.id;
    CHECK_OK(store_appointment_update(h->s, &old, was, NULL));
    CHECK_OK(store_claim_release(h->s, &old.id));
    CHECK_OK(store_appointment_insert(h->s, &next, p));
    CHECK_OK(store_appointment_get(h->s, &next.id, &next));
    return next;
}

static struct appointment_row move(struct house *h, struct appointment_row old, civil_day day,
                                   const struct person *p)
{
    return move_to(h, old, new_id(h), day, p);
}

TEST(a_code_finds_the_last_of_a_chain_whatever_the_clock_made_of_the_ids)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    struct appointment_row got;
    struct code code;
    struct token token;
    struct ulid lower = new_id(h);
    struct appointment_row first = put_booked(h, "sanne", NOON, &p);
    CHECK_OK(store_appointment_code(h->s, &first, &code, &token));
    struct appointment_row last = move_to(h, first, lower, DAY1, &p);
    CHECK(strcmp(last.id.s, first.id.s) < 0);
    last.state = APPT_NO_SHOW;
    CHECK_OK(store_appointment_update(h->s, &last,
                                      (struct appointment_was){ APPT_BOOKED, last.version }, NULL));
    CHECK_OK(store_appointment_by_code(h->s, &code, DAY1, &got));
    CHECK_STR(got.id.s, last.id.s);
    CHECK_OK(store_appointment_by_token(h->s, &token, DAY1, &got));
    CHECK_STR(got.id.s, last.id.s);
    house_close(h);
}

TEST(a_move_keeps_the_code_also_when_the_first_days_key_is_gone)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg"), who;
    struct appointment_row first = put_booked(h, "sanne", NOON, &p), got;
    struct code code, again;
    struct token token;
    CHECK_OK(store_appointment_code(h->s, &first, &code, &token));
    struct appointment_row second = move(h, first, DAY1 + 30, &p);
    CHECK_OK(store_appointment_by_code(h->s, &code, DAY1, &got));
    CHECK_STR(got.id.s, second.id.s);
    CHECK_OK(store_appointment_code(h->s, &second, &again, &token));
    CHECK_STR(again.s, code.s);

    house_close(h);
    struct keyring *k = NULL;
    char dir[300];
    snprintf(dir, sizeof(dir), "%s.keys", h->path);
    struct keyring_options o = { .dir = dir, .rng = &h->rng, .house = true };
    CHECK_OK(keyring_open(&o, &k));
    CHECK_OK(keyring_drop_house(k, DAY1));
    keyring_close(k);
    CHECK_OK(store_open(&h->options, &h->s));

    struct appointment_row third = move(h, second, DAY1 + 40, &p);
    CHECK_OK(store_appointment_by_code(h->s, &code, DAY1 + 20, &got));
    CHECK_STR(got.id.s, third.id.s);
    CHECK_OK(store_appointment_person(h->s, &third.id, &who));
    CHECK_ERR(store_appointment_person(h->s, &first.id, &who), ERR_DENIED);
    CHECK_ERR(store_appointment_code(h->s, &third, &again, &token), ERR_DENIED);
    house_close(h);
}

TEST(codes_differ_and_one_in_use_is_not_given_again)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    struct code seen[40];
    struct token token;
    for (int i = 0; i < 40; i++) {
        struct appointment_row r = put_booked(h, "sanne", NOON + i * HOUR_MS, &p);
        CHECK_OK(store_appointment_code(h->s, &r, &seen[i], &token));
        for (int j = 0; j < i; j++)
            CHECK(strcmp(seen[i].s, seen[j].s) != 0);
    }
    /* The same chain's own row does not stand in its way; another chain's does. */
    struct appointment_row r = a_hold(h, "amir", NOON), twin;
    CHECK_OK(store_appointment_insert(h->s, &r, NULL));
    CHECK_OK(store_appointment_give_code(h->s, &r, DAY1));
    CHECK_INT(r.code_count, 0);
    r.state = APPT_BOOKED;
    CHECK_OK(store_appointment_update(h->s, &r, (struct appointment_was){ APPT_HELD, 1 }, &p));
    twin = a_hold(h, "amir", NOON + HOUR_MS);
    twin.chain = r.chain; /* would derive the very same code */
    CHECK_OK(store_appointment_insert(h->s, &twin, NULL));
    twin.state = APPT_BOOKED;
    twin.code_day = r.code_day;
    CHECK_ERR(store_appointment_update(h->s, &twin, (struct appointment_was){ APPT_HELD, 1 }, &p),
              ERR_EXISTS);
    CHECK_INT(store_guard(h->s), STORE_GUARD_CODE);
    house_close(h);
}

TEST(busy_time_is_read_from_the_index_by_coach_and_range)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    put_booked(h, "sanne", TEN, &p);
    struct appointment_row b = put_booked(h, "sanne", NOON, &p);
    put_booked(h, "amir", NOON, &p);
    struct appointment_row held = a_hold(h, "sanne", NOON + 2 * HOUR_MS);
    CHECK_OK(store_appointment_insert(h->s, &held, NULL));
    CLEANUP(busy_spans_done) struct busy_spans l = { 0 };
    struct busy_query q = { .coach = "sanne", .index = 3, .from = TEN, .to = NOON + DAY_MS };
    CHECK_OK(store_appointments_busy(h->s, &q, &l));
    CHECK_INT(l.n, 3);
    CHECK_INT(l.v[0].start, TEN);
    CHECK_INT(l.v[0].stop, TEN + 35 * MINUTE_MS);
    CHECK_INT(l.v[2].coach, 3);
    q = (struct busy_query){ "sanne", 0, TEN + 34 * MINUTE_MS, TEN + HOUR_MS };
    l.n = 0;
    CHECK_OK(store_appointments_busy(h->s, &q, &l)); /* touched by its last minute */
    CHECK_INT(l.n, 1);
    q.from = TEN + 35 * MINUTE_MS;
    l.n = 0;
    CHECK_OK(store_appointments_busy(h->s, &q, &l)); /* half-open */
    CHECK_INT(l.n, 0);
    b.state = APPT_CANCELLED;
    CHECK_OK(store_appointment_update(h->s, &b, (struct appointment_was){ APPT_BOOKED, 2 }, NULL));
    int n = 0;
    CHECK_OK(store_appointments_count(h->s, "sanne", TEN, NOON + DAY_MS, &n));
    CHECK_INT(n, 1); /* a hold is no booking */
    house_close(h);
}

TEST(what_runs_on_into_a_span_is_busy_there_however_long_ago_it_began)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    static const int64_t starts[] = { 3 * HOUR_MS, 5 * HOUR_MS, 7 * HOUR_MS };
    for (int seat = 0; seat < 3; seat++) { /* overbooked: in any order */
        struct appointment_row a = a_hold(h, "sanne", NOON - starts[(seat + 1) % 3]);
        a.seat = seat;
        a.end = a.stop = NOON + 5 * MINUTE_MS;
        CHECK_OK(store_appointment_insert(h->s, &a, &p));
        CHECK_OK(store_claim_take(h->s, &(struct claim_span){ "sanne", q5_cover(a.start, a.stop),
                                                              seat, a.id }));
    }
    put_booked(h, "sanne", NOON + HOUR_MS, &p);
    CLEANUP(busy_spans_done) struct busy_spans l = { 0 };
    struct busy_query q = { "sanne", 0, NOON, NOON + 2 * HOUR_MS };
    CHECK_OK(store_appointments_busy(h->s, &q, &l));
    CHECK_INT(l.n, 4);
    for (size_t i = 0; i < 3; i++)
        CHECK_INT(l.v[i].start, NOON - starts[2 - i]);
    q.from = NOON + 5 * MINUTE_MS;
    l.n = 0;
    CHECK_OK(store_appointments_busy(h->s, &q, &l));
    CHECK_INT(l.n, 1);
    house_close(h);
}

TEST(lists_by_day_person_instant_and_device)
{
    struct house *h = house_open();
    struct person noor = a_person("Noor", "Berg"), daan = a_person("Daan", "Smit");
    struct appointment_row a = put_booked(h, "sanne", NOON, &noor);
    struct appointment_row b = put_booked(h, "amir", TEN, &daan);
    struct appointment_row held = a_hold(h, "amir", NOON);
    CHECK_OK(store_appointment_insert(h->s, &held, NULL));
    CLEANUP(appointment_rows_done) struct appointment_rows l = { 0 };
    CHECK_OK(store_appointments_of_days(h->s, NULL, DAY1, DAY1, &l));
    CHECK_INT(l.n, 2);
    CHECK_STR(l.v[0].id.s, b.id.s);
    appointment_rows_done(&l);
    CHECK_OK(store_appointments_of_days(h->s, "sanne", DAY1, DAY1 + 5, &l));
    CHECK_INT(l.n, 1);
    appointment_rows_done(&l);
    CHECK_OK(store_appointments_of_person(h->s, DAY1, &noor, &l));
    CHECK_INT(l.n, 1);
    CHECK_STR(l.v[0].id.s, a.id.s);
    appointment_rows_done(&l);
    CHECK_OK(store_appointments_of_person(h->s, DAY1 + 9, &noor, &l));
    CHECK_INT(l.n, 0);
    CHECK_OK(store_appointments_started(h->s, TEN, &l));
    CHECK_INT(l.n, 1);
    appointment_rows_done(&l);
    CHECK_OK(store_appointments_from(h->s, TEN + 1, &l));
    CHECK_INT(l.n, 1);
    appointment_rows_done(&l);
    CHECK_OK(store_appointments_hold_over(h->s, held.held_until - 1, &l));
    CHECK_INT(l.n, 0);
    CHECK_OK(store_appointments_hold_over(h->s, held.held_until, &l));
    CHECK_INT(l.n, 1);
    appointment_rows_done(&l);
    CHECK_OK(store_appointments_held_by(h->s, "kiosk:1", &l));
    CHECK_INT(l.n, 1);
    appointment_rows_done(&l);
    CHECK_OK(store_appointments_held_by(h->s, "kiosk:2", &l));
    CHECK_INT(l.n, 0);
    house_close(h);
}

TEST(a_seat_is_taken_once_and_given_back)
{
    struct house *h = house_open();
    struct appointment_row a = a_hold(h, "sanne", NOON);
    struct appointment_row b = a_hold(h, "sanne", NOON + 30 * MINUTE_MS);
    CHECK_OK(store_appointment_insert(h->s, &a, NULL));
    CHECK_OK(store_appointment_insert(h->s, &b, NULL));
    struct claim_span ca = { "sanne", q5_cover(a.start, a.stop), 0, a.id };
    struct claim_span cb = { "sanne", q5_cover(b.start, b.stop), 0, b.id };
    CHECK_OK(store_claim_take(h->s, &ca));
    CHECK_ERR(store_claim_take(h->s, &cb), ERR_TAKEN); /* the buffer of a */
    CHECK_INT(store_guard(h->s), STORE_GUARD_CLAIM);
    int seat = 0;
    CHECK_OK(store_claim_free_seat(h->s, "sanne", cb.quanta, &seat));
    CHECK_INT(seat, 1);
    cb.seat = seat;
    CHECK_OK(store_claim_take(h->s, &cb));
    CHECK_OK(store_claim_free_seat(h->s, "sanne", cb.quanta, &seat));
    CHECK_INT(seat, 2);
    CHECK_OK(store_claim_release(h->s, &b.id));
    CHECK_OK(store_claim_release(h->s, &b.id));
    CHECK_OK(store_claim_release(h->s, &a.id));
    cb.seat = 0;
    CHECK_OK(store_claim_take(h->s, &cb));
    house_close(h);
}

/* A row of that chain as it would be when its first code is tried. */
static bool first_code_is(struct house *h, struct appointment_row *r, const struct code *taken,
                          size_t n)
{
    struct code code;
    struct token token;
    r->code_day = r->day;
    CHECK_OK(store_appointment_code(h->s, r, &code, &token));
    r->code_day = CIVIL_DAY_NONE;
    for (size_t i = 0; i < n; i++)
        if (strcmp(code.s, taken[i].s) == 0)
            return true;
    return false;
}

TEST(a_code_of_another_appointment_that_is_to_come_is_passed_over)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    struct code taken[300], code;
    struct token token;
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx)); /* one sync for all */
    for (int i = 0; i < (int)ARRAY_LEN(taken); i++) {
        struct appointment_row r = put_booked(h, "sanne", NOON + i * HOUR_MS, &p);
        CHECK_OK(store_appointment_code(h->s, &r, &taken[i], &token));
    }
    CHECK_OK(store_commit(&tx));
    struct appointment_row r = a_hold(h, "amir", NOON);
    int tries = 0; /* one in 3300 codes is taken */
    while (!first_code_is(h, &r, taken, ARRAY_LEN(taken)) && tries++ < 200000)
        r.chain = r.id = new_id(h);
    CHECK(tries < 200000);
    CHECK_OK(store_appointment_insert(h->s, &r, NULL));
    CHECK_OK(store_appointment_give_code(h->s, &r, DAY1));
    CHECK_INT(r.code_count, 1);
    CHECK_OK(store_appointment_code(h->s, &r, &code, &token));
    for (size_t i = 0; i < ARRAY_LEN(taken); i++)
        CHECK(strcmp(code.s, taken[i].s) != 0);
    house_close(h);
}
