/*
 * tests/flow/house.h - a sample house for the tests of flow: a roster, three
 * coaches, a simulated clock and a database of its own.
 *
 * Anna does school, Bram school and work, Cleo work and money. The house is open
 * Monday to Friday from 9 to 17 for all; coaches take a break from 12 to 13.
 * 2026-03-23 is a Monday; the clocks change on Sunday the 29th.
 */
#ifndef TESTS_FLOW_HOUSE_H
#define TESTS_FLOW_HOUSE_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "flow/house.h"
#include "store/daily_count.h"
#include "tests/lib/check.h"

#define MONDAY "2026-03-23"
#define NINE "2026-03-23T09:00:00+01:00"

#define HOUSE_HOURS \
    "{\"weekdays\": [\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"], \"from\": \"09:00\", " \
    "\"to\": \"12:00\", \"valid_from\": \"2026-01-01\"}," \
    "{\"weekdays\": [\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"], \"from\": \"13:00\", " \
    "\"to\": \"17:00\", \"valid_from\": \"2026-01-01\"}"

#define HOUSE_COACH(id, name, room, services) \
    "{\"id\": \"" id "\", \"name\": \"" name "\", \"role\": \"trajectbegeleider\", " \
    "\"room\": \"" room "\", \"services\": [" services "], \"availability\": [" HOUSE_HOURS "]}"

#define HOUSE_SERVICE(id, nl, minutes, buffer, rest) \
    "{\"id\": \"" id "\", \"name\": {\"nl\": \"" nl "\"}, \"minutes\": " minutes ", " \
    "\"buffer_minutes\": " buffer ", \"book\": true, \"walk_in\": true, " rest "}"

#define HOUSE_ROSTER_WITH(closures, coaches, rules) \
    "{\"version\": 1, \"site\": {\"id\": \"roosendaal\", \"name\": \"Dynamo Roosendaal\", " \
    "\"timezone\": \"Europe/Amsterdam\", \"municipality\": \"1674\"}," \
    "\"opening\": [{\"weekdays\": [\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"], " \
    "\"from\": \"09:00\", \"to\": \"17:00\", \"for\": [\"walk_in\",\"appointment\"], " \
    "\"valid_from\": \"2026-01-01\"}]," \
    "\"closures\": [" closures "]," \
    "\"services\": [" \
    HOUSE_SERVICE("school", "School", "30", "0", \
                  "\"topics\": [\"school\",\"absence\"], \"default\": true") "," \
    HOUSE_SERVICE("work", "Werk", "30", "5", "\"topics\": [\"work\"]") "," \
    HOUSE_SERVICE("money", "Geld", "45", "0", \
                  "\"series\": \"C\", \"topics\": [\"money\",\"housing\"]") "]," \
    "\"coaches\": [" coaches "]," \
    "\"rules\": {" rules "}}"

#define HOUSE_ANNA HOUSE_COACH("anna", "Anna", "1", "\"school\"")
#define HOUSE_BRAM HOUSE_COACH("bram", "Bram", "2", "\"school\",\"work\"")
#define HOUSE_CLEO HOUSE_COACH("cleo", "Cleo", "3", "\"work\",\"money\"")
#define HOUSE_COACHES HOUSE_ANNA "," HOUSE_BRAM "," HOUSE_CLEO
#define HOUSE_ROSTER \
    HOUSE_ROSTER_WITH("{\"from\": \"2026-04-27\", \"to\": \"2026-04-27\", " \
                      "\"reason\": \"Koningsdag\"}", HOUSE_COACHES, "")

struct house {
    struct clock clock;
    struct rng rng;
    struct flow *f;
    char path[300];
};

__attribute__((constructor)) static void house_in_memory(void)
{
    check_in_memory(1);
}

UNUSED static utc_ms at(const char *rfc3339)
{
    utc_ms t = 0;
    CHECK_OK(rfc3339_parse(rfc3339, &t));
    return t;
}

UNUSED static civil_day day(const char *date)
{
    civil_day d = 0;
    CHECK_OK(civil_parse(date, &d));
    return d;
}

/* Another program on the same database, with the house's clock. */
UNUSED static struct flow *house_program(struct house *h, const char *device)
{
    struct flow *f = NULL;
    CHECK_OK(flow_open(&(struct flow_options){ .db_path = h->path, .device = device,
                                               .clock = &h->clock, .rng = &h->rng },
                       &f));
    return f;
}

UNUSED static void house_import(struct flow *f, const char *json)
{
    struct roster_notes notes = { 0 };
    enum err e = flow_roster_import(f, json, strlen(json), &notes);
    for (size_t i = 0; e != ERR_OK && i < notes.n; i++)
        print_error("%s: %s\n", notes.v[i].pointer, notes.v[i].text);
    roster_notes_done(&notes);
    CHECK_OK(e);
}

/* A new house at that moment, seen from its kiosk. */
UNUSED static void house_start_with(struct house *h, const char *now, const char *roster)
{
    static int n;
    *h = (struct house){ .clock = clock_at(at(now)), .rng = rng_seeded((uint64_t)++n) };
    snprintf(h->path, sizeof(h->path), "%s/house-%d.db", check_tmpdir(), n);
    CHECK_OK(flow_init(h->path, true, &h->clock, &h->rng));
    h->f = house_program(h, "kiosk:1");
    house_import(h->f, roster);
}

UNUSED static void house_start(struct house *h, const char *now)
{
    house_start_with(h, now, HOUSE_ROSTER);
}

UNUSED static void house_said(void *arg, const char *line)
{
    print_error("check: %s\n", line);
    ++*(int *)arg;
}

UNUSED static void house_check(struct flow *f)
{
    int lines = 0;
    CHECK_OK(flow_check(f, house_said, &lines));
    CHECK_INT(lines, 0);
}

/* Checks the database as `dynamoctl check` does, then closes. */
UNUSED static void house_end(struct house *h)
{
    house_check(h->f);
    flow_closep(&h->f);
}

UNUSED static void house_wait(struct house *h, int64_t minutes)
{
    clock_advance(&h->clock, minutes * MINUTE_MS);
}

/* How often something was counted in all, as the yearly figures see it. */
UNUSED static int64_t house_counted(struct house *h, const char *measure)
{
    struct store *s = NULL;
    struct count_rows l = { 0 };
    int64_t n = 0;
    CHECK_OK(store_open(&(struct store_options){ .path = h->path, .rng = &h->rng }, &s));
    CHECK_OK(store_counts(s, 0, CIVIL_DAY_FOREVER, &l));
    for (size_t i = 0; i < l.n; i++)
        n += strcmp(l.v[i].measure, measure) == 0 ? l.v[i].n : 0;
    count_rows_done(&l);
    store_close(s);
    return n;
}

/* The n-th fictitious person of the tests, 20 years old in 2026. */
UNUSED static struct person somebody(int n)
{
    static const char *const given[] = { "Noor", "Yusuf", "Amina", "Daan", "Zofia", "Émile" };
    struct person p = { .birth = day("2005-06-15") + n, .topic = TOPIC_SCHOOL,
                        .municipality = "1674", .lang = "nl" };
    snprintf(p.given, sizeof(p.given), "%s", given[(size_t)n % ARRAY_LEN(given)]);
    snprintf(p.family, sizeof(p.family), "Jansen");
    return p;
}

UNUSED static struct person somebody_for(int n, enum topic topic)
{
    struct person p = somebody(n);
    p.topic = topic;
    return p;
}

UNUSED static struct arrival walk_in(struct flow *f, int n, enum topic topic)
{
    struct arrival a = { 0 };
    struct person p = somebody_for(n, topic);
    CHECK_OK(flow_walk_in(f, &(struct walk_in_request){ .person = &p }, &a));
    return a;
}

UNUSED static struct visit_ref ref(const struct queue_line *l)
{
    return (struct visit_ref){ l->visit, l->version };
}

/* Whatever its version is. */
UNUSED static struct visit_ref ref_any(const struct queue_line *l)
{
    return (struct visit_ref){ l->visit, 0 };
}

/* Calls and starts; the visit is with the coach afterwards. */
UNUSED static struct queue_line serve(struct flow *f, const char *coach, const struct arrival *a)
{
    struct queue_line l = { 0 };
    CHECK_OK(flow_call(f, coach, ref_any(&a->line), &l));
    CHECK_OK(flow_start(f, ref(&l), &l));
    return l;
}

UNUSED static struct appointment_view book_at(struct flow *f, int n, const char *service,
                                              const char *coach, utc_ms start)
{
    struct hold h = { 0 };
    struct appointment_view v = { 0 };
    struct person p = somebody(n);
    CHECK_OK(flow_hold(f, &(struct hold_request){ .service = service, .coach = coach,
                                                  .start = start }, &h));
    CHECK_OK(flow_book(f, &(struct book_request){ .hold = h.id, .person = &p }, &v));
    return v;
}

/* The queue as text: "A01/called A02/waiting". */
UNUSED static const char *queue_text(struct flow *f, const char *coach)
{
    static char text[2048];
    struct queue_list l = { 0 };
    CHECK_OK(flow_queue(f, coach, &l));
    size_t n = 0;
    text[0] = '\0';
    for (size_t i = 0; i < l.n && n < sizeof(text); i++)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s/%s", i ? " " : "", l.v[i].ticket,
                              visit_state_name(l.v[i].state));
    queue_list_done(&l);
    return text;
}

#endif
