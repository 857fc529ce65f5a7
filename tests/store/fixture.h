/*
 * tests/store/fixture.h - a fresh database on disk for each test, and rows to put in it.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "base/ulid.h"
#include "core/quantum.h"
#include "store/appointment.h"
#include "store/claim.h"
#include "store/counter.h"
#include "store/event.h"
#include "store/outbox.h"
#include "store/outbox_send.h"
#include "store/store.h"
#include "store/visit.h"
#include "tests/lib/check.h"

#define DAY1 20778                           /* 2026-11-21 */
#define NOON (INT64_C(20778) * DAY_MS + 12 * HOUR_MS)

__attribute__((constructor)) static void fixture_in_memory(void)
{
    check_in_memory(256); /* backups are made in some, which want room */
}

struct house {
    struct rng rng;
    struct ulid_maker ids;
    char path[256];
    struct store_options options;
    struct store *s;
};

/* Each call gives another database; keys of both sides, cheap PIN hashes. */
UNUSED static struct house *house_open(void)
{
    static struct house h;
    static int n;
    h = (struct house){ .rng = rng_system() };
    snprintf(h.path, sizeof(h.path), "%s/house%d.db", check_tmpdir(), n++);
    h.options = (struct store_options){
        .path = h.path, .rng = &h.rng, .keys = STORE_KEYS_BOTH, .boot = "boot-one"
    };
    CHECK_OK(store_create(&h.options, true));
    CHECK_OK(store_open(&h.options, &h.s));
    return &h;
}

UNUSED static void house_reopen(struct house *h)
{
    store_close(h->s);
    h->s = NULL;
    CHECK_OK(store_open(&h->options, &h->s));
}

UNUSED static void house_close(struct house *h)
{
    store_close(h->s);
    h->s = NULL;
}

UNUSED static struct ulid new_id(struct house *h)
{
    return ulid_make(&h->ids, &h->rng, NOON);
}

UNUSED static struct person a_person(const char *given, const char *family)
{
    struct person p = { .birth = 12555, .municipality = "1674", .topic = TOPIC_SCHOOL, .lang = "nl",
                        .phone = "+31612345678", .email = "noor@example.org" };
    snprintf(p.given, sizeof(p.given), "%s", given);
    snprintf(p.family, sizeof(p.family), "%s", family);
    return p;
}

UNUSED static struct visit_row a_visit(struct house *h, int number)
{
    struct visit_row r = { .id = new_id(h), .site = "roosendaal", .day = DAY1, .series = 'A',
                           .number = number, .state = VISIT_WAITING, .kind = VISIT_WALK_IN,
                           .service = "school", .arrived = NOON, .person_no = number };
    r.chain = r.id;
    return r;
}

UNUSED static struct appointment_row a_hold(struct house *h, const char *coach, utc_ms start)
{
    struct appointment_row r = { .id = new_id(h), .site = "roosendaal", .day = DAY1,
                                 .service = "school", .start = start,
                                 .end = start + 30 * MINUTE_MS, .stop = start + 35 * MINUTE_MS,
                                 .state = APPT_HELD, .held_by = "kiosk:1",
                                 .held_until = NOON + 3 * MINUTE_MS,
                                 .code_day = CIVIL_DAY_NONE, .topic = TOPIC_UNSAID,
                                 .created = NOON };
    r.chain = r.id;
    snprintf(r.coach, sizeof(r.coach), "%s", coach);
    return r;
}

/* Stores a booked appointment with its code and claims. */
UNUSED static struct appointment_row put_booked(struct house *h, const char *coach, utc_ms start,
                                                const struct person *p)
{
    struct appointment_row r = a_hold(h, coach, start);
    CHECK_OK(store_appointment_insert(h->s, &r, NULL));
    struct claim_span c = { .coach = r.coach, .quanta = q5_cover(r.start, r.stop),
                            .appointment = r.id };
    CHECK_OK(store_claim_take(h->s, &c));
    CHECK_OK(store_appointment_give_code(h->s, &r, DAY1));
    r.state = APPT_BOOKED;
    r.held_until = 0;
    r.held_by[0] = '\0';
    CHECK_OK(store_appointment_update(h->s, &r, (struct appointment_was){ APPT_HELD, 1 }, p));
    CHECK_OK(store_appointment_get(h->s, &r.id, &r));
    return r;
}

UNUSED static int count_lines(const char *text)
{
    int n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

/* A store_said that gathers the lines. */
struct said {
    char text[8192];
};
UNUSED static void gather(void *arg, const char *line)
{
    struct said *said = arg;
    size_t n = strlen(said->text);
    snprintf(said->text + n, sizeof(said->text) - n, "%s\n", line);
}

#endif
