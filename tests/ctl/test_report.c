/* The yearly evaluation of simulated days, held against a recount of the raw events. */
#include "report/report.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#include "core/municipality.h"
#include "tests/flow/house.h"

#define YEARS 10
#define CONTACTS 25 /* a day, at most */

/* ---- random days ---- */

struct sim {
    struct house h;
    struct rng rng;
    int person;
};

static int below(struct sim *s, int n)
{
    return (int)rng_below(&s->rng, (uint32_t)n);
}

static struct person anybody(struct sim *s)
{
    static const char *const places[] = { "1674", "1674", "0748", "0748", "1655", "0851",
                                          "0873", "0758" };
    struct person p = somebody_for(s->person++ % 700, (enum topic)below(s, TOPIC_COUNT));
    snprintf(p.municipality, sizeof(p.municipality), "%s",
             places[below(s, (int)ARRAY_LEN(places))]);
    return p;
}

static void wait_a_bit(struct sim *s)
{
    clock_advance(&s->h.clock, below(s, 12) * MINUTE_MS + below(s, 60) * SECOND_MS);
}

static void act_on(struct sim *s, struct arrival *a)
{
    static const char *const outcomes[] = { "done", "follow_up", "referred", "information",
                                            "not_ours", "helped" };
    static const char *const coaches[] = { "anna", "bram", "cleo" };
    struct flow *f = s->h.f;
    struct queue_line l = a->line;
    wait_a_bit(s);
    if (below(s, 12) == 0 && flow_leave(f, ref_any(&l), &l) == ERR_OK)
        return;
    if (below(s, 12) == 0 || flow_call(f, coaches[below(s, 3)], ref_any(&l), &l) != ERR_OK)
        return; /* stays until the day closes */
    if (below(s, 6) == 0 && flow_undo(f, ref_any(&l), &l) == ERR_OK) {
        wait_a_bit(s);
        if (flow_call(f, coaches[below(s, 3)], ref_any(&l), &l) != ERR_OK)
            return;
    }
    if (below(s, 15) == 0 && flow_void(f, ref_any(&l), "mistake", &l) == ERR_OK) {
        if (below(s, 2))
            CHECK_OK(flow_undo(f, ref_any(&l), &l));
        return;
    }
    if (flow_start(f, ref_any(&l), &l) != ERR_OK)
        return;
    wait_a_bit(s);
    if (below(s, 25) == 0)
        return; /* still in service at the end of the day */
    CHECK_OK(flow_finish(f, ref_any(&l), outcomes[below(s, 6)], &l));
    if (below(s, 8) == 0) {
        CHECK_OK(flow_undo(f, ref_any(&l), &l));
        CHECK_OK(flow_finish(f, ref_any(&l), "referred", &l));
    }
}

static void one_walk_in(struct sim *s)
{
    struct arrival a = { 0 };
    struct person p = anybody(s);
    if (flow_walk_in(s->h.f, &(struct walk_in_request){ .person = &p }, &a) == ERR_OK &&
        !a.existing)
        act_on(s, &a);
}

/* Booked for the same day, an hour or more ahead; some do not come. */
static void one_appointment(struct sim *s, utc_ms nine)
{
    struct free_list l = { 0 };
    struct hold hold = { 0 };
    struct appointment_view v = { 0 };
    struct arrival a = { 0 };
    struct person p = anybody(s);
    civil_day d = flow_today(s->h.f);
    CHECK_OK(flow_free(s->h.f, "school", NULL, d, d, &l));
    bool booked = l.n > 0 && l.v[0].start < nine + 7 * HOUR_MS &&
                  flow_hold(s->h.f, &(struct hold_request){ .service = "school",
                                                            .start = l.v[0].start },
                            &hold) == ERR_OK &&
                  flow_book(s->h.f, &(struct book_request){ .hold = hold.id,
                                                            .person = &p },
                            &v) == ERR_OK;
    free_list_done(&l);
    if (booked && below(s, 4) && flow_check_in(s->h.f, &v.id, &a) == ERR_OK && !a.existing)
        act_on(s, &a);
}

static void one_day(struct sim *s, civil_day d)
{
    utc_ms nine = zone_day_start(flow_zone(s->h.f), d) + 9 * HOUR_MS;
    if (nine < s->h.clock.sim_wall)
        return;
    clock_advance(&s->h.clock, nine - s->h.clock.sim_wall);
    CHECK_OK(flow_tick(s->h.f));
    for (int i = below(s, CONTACTS); i > 0; i--) {
        clock_advance(&s->h.clock, below(s, 40) * MINUTE_MS);
        if (below(s, 3) == 0)
            one_appointment(s, nine);
        else
            one_walk_in(s);
    }
    for (int i = below(s, 3); i > 0; i--)
        CHECK_OK(flow_turned_away(s->h.f, (enum turned_away)below(s, 3)));
}

/* ---- the recount: what is left of a visit's events when undone ones are taken out ---- */

struct recount {
    int64_t n[REPORT_TABLES][REPORT_SLOTS];
    int minutes[REPORT_TIMES][4000];
    int n_minutes[REPORT_TIMES];
    int64_t elsewhere;
};
struct past {
    char act[16][32], state[32];
    int64_t at[16];
    int n;
};

static int64_t when(const struct past *p, const char *act)
{
    for (int i = 0; i < p->n; i++)
        if (strcmp(p->act[i], act) == 0)
            return p->at[i];
    return -1;
}

static void read_past(sqlite3 *db, const char *subject, struct past *p)
{
    static const char sql[] = "SELECT act, at_ms, to_state FROM event WHERE subject = ?"
                              " ORDER BY seq";
    sqlite3_stmt *q = NULL;
    *p = (struct past){ 0 };
    CHECK_INT(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    sqlite3_bind_text(q, 1, subject, -1, SQLITE_STATIC);
    while (sqlite3_step(q) == SQLITE_ROW) {
        const char *act = (const char *)sqlite3_column_text(q, 0);
        snprintf(p->state, sizeof(p->state), "%s", (const char *)sqlite3_column_text(q, 2));
        if (strcmp(act, "undo") == 0) {
            p->n--;
            continue;
        }
        CHECK(p->n < 16);
        p->at[p->n] = sqlite3_column_int64(q, 1);
        snprintf(p->act[p->n++], sizeof(p->act[0]), "%s", act);
    }
    sqlite3_finalize(q);
}

static size_t place_of(const char *municipality)
{
    size_t i = 0;
    while (municipality_at(i) && strcmp(municipality_at(i)->code, municipality) != 0)
        i++;
    return i;
}

static void count_in(struct recount *c, enum report_table first, const char *municipality,
                     const char *topic, int64_t at)
{
    time_t seconds = (time_t)(at / 1000);
    enum topic t;
    struct tm local;
    localtime_r(&seconds, &local);
    CHECK_OK(topic_of(topic, &t));
    c->n[first][place_of(municipality)]++;
    c->n[first + 1][t]++;
    c->n[first + 2][local.tm_mon]++;
    c->n[first + 3][local.tm_hour < 9 ? HOUR_EARLIER
                    : local.tm_hour > 16 ? (int)HOUR_LATER
                                         : local.tm_hour - 9 + HOUR_FIRST]++;
}

static enum report_end end_of(const struct past *p, const char *outcome)
{
    static const char *const words[] = { [END_FOLLOW_UP] = "follow_up",
                                         [END_REFERRED] = "referred",
                                         [END_INFORMATION] = "information",
                                         [END_NOT_OURS] = "not_ours" };
    if (strcmp(p->state, "left") == 0)
        return END_LEFT;
    if (strcmp(p->state, "unserved") == 0)
        return END_UNSERVED;
    if (!outcome)
        return END_UNRECORDED;
    for (size_t i = END_FOLLOW_UP; i < ARRAY_LEN(words); i++)
        if (strcmp(words[i], outcome) == 0)
            return (enum report_end)i;
    return END_HELPED;
}

static void add_minutes(struct recount *c, enum report_time t, int64_t from, int64_t to)
{
    if (from >= 0 && to >= 0)
        c->minutes[t][c->n_minutes[t]++] = (int)((to - from) / MINUTE_MS);
}

static void recount_visit(struct recount *c, sqlite3 *db, sqlite3_stmt *q)
{
    const char *municipality = (const char *)sqlite3_column_text(q, 1);
    const char *topic = (const char *)sqlite3_column_text(q, 2);
    bool planned = strcmp((const char *)sqlite3_column_text(q, 3), "appointment") == 0;
    struct past p;
    read_past(db, (const char *)sqlite3_column_text(q, 0), &p);
    int64_t came = when(&p, "arrive");
    if (strcmp(p.state, "voided") == 0)
        return;
    if (!municipality_find(municipality)) {
        c->elsewhere++;
        return;
    }
    count_in(c, VISITS_BY_MUNICIPALITY, municipality, topic, came);
    c->n[VISITS_BY_KIND][planned ? KIND_APPOINTMENT : KIND_WALK_IN]++;
    c->n[VISITS_BY_END][end_of(&p, (const char *)sqlite3_column_text(q, 4))]++;
    add_minutes(c, planned ? TIME_WAIT_APPOINTMENT : TIME_WAIT_WALK_IN, came, when(&p, "call"));
    add_minutes(c, TIME_SERVICE, when(&p, "start"), when(&p, "finish"));
    if (planned) {
        count_in(c, APPOINTMENTS_BY_MUNICIPALITY, municipality, topic, came);
        c->n[APPOINTMENTS_BY_END][KEPT_CAME]++;
    }
}

static void recount(const char *path, struct recount *c)
{
    static const char visits[] = "SELECT id, municipality, topic, kind, outcome FROM visit";
    static const char missed[] = "SELECT a.municipality, a.topic, e.at_ms FROM event e"
                                 " JOIN appointment a ON a.id = e.subject"
                                 " WHERE e.to_state = 'no_show' AND a.state = 'no_show'";
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    memset(c, 0, sizeof(*c));
    CHECK_INT(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_prepare_v2(db, visits, -1, &q, NULL), SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW)
        recount_visit(c, db, q);
    sqlite3_finalize(q);
    CHECK_INT(sqlite3_prepare_v2(db, missed, -1, &q, NULL), SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW) {
        const char *municipality = (const char *)sqlite3_column_text(q, 0);
        if (!municipality_find(municipality))
            continue;
        count_in(c, APPOINTMENTS_BY_MUNICIPALITY, municipality,
                 (const char *)sqlite3_column_text(q, 1), sqlite3_column_int64(q, 2));
        c->n[APPOINTMENTS_BY_END][KEPT_NO_SHOW]++;
    }
    sqlite3_finalize(q);
    sqlite3_close(db);
}

/* ---- the two against each other ---- */

static void same_figure(struct figure f, int64_t n, int table, size_t row)
{
    bool same = f.mark == FIGURE_SHOWN   ? f.n == n
                : f.mark == FIGURE_SMALL ? n < GUARD_MIN
                                         : true;
    if (!same || (f.mark == FIGURE_SHOWN && n < GUARD_MIN))
        CHECK_FAIL("table %d, row %zu: mark %d and %d, the recount says %d", table, row,
                   (int)f.mark, (int)f.n, (int)n);
}

static int by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static int quantile(int *v, int n, int percent)
{
    qsort(v, (size_t)n, sizeof(*v), by_size);
    int rank = (n * percent + 99) / 100;
    return rank >= GUARD_MIN && n - rank + 1 >= GUARD_MIN ? v[rank - 1] : REPORT_MINUTES_NONE;
}

/* Gives how many figures were shown. */
static int compare(const struct report_year *y, struct recount *c)
{
    int shown = 0;
    for (int t = 0; t < TURNED_AWAY; t++) {
        int64_t total = 0;
        for (size_t i = 0; i < REPORT_SLOTS; i++) {
            total += c->n[t][i];
            if (y->split[t].used[i])
                same_figure(y->split[t].row[i], c->n[t][i], t, i);
            else
                CHECK_INT(c->n[t][i], 0);
            shown += y->split[t].used[i] && y->split[t].row[i].mark == FIGURE_SHOWN;
        }
        same_figure(y->split[t].total, total, t, REPORT_SLOTS);
    }
    same_figure(y->single[SINGLE_OTHER_MUNICIPALITY], c->elsewhere, -1, 0);
    for (int t = 0; t < REPORT_TIMES; t++) {
        CHECK_INT(y->time[t].median, quantile(c->minutes[t], c->n_minutes[t], 50));
        CHECK_INT(y->time[t].p90, quantile(c->minutes[t], c->n_minutes[t], 90));
    }
    return shown;
}

static struct report report_of(const struct sim *s, const char *today)
{
    struct report r;
    CHECK_OK(report_read(&(struct report_request){ .db_path = s->h.path, .site = "Dynamo",
                                                   .year = 2026, .today = day(today) },
                         &r));
    return r;
}

TEST(figures_equal_a_slow_recount_of_the_events)
{
    static struct recount c;
    uint64_t seed = check_seed();
    int shown = 0;
    setenv("TZ", "Europe/Amsterdam", 1);
    tzset();
    for (int i = 0; i < YEARS; i++) {
        struct sim s = { .rng = rng_seeded(seed + (uint64_t)i) };
        house_start(&s.h, "2026-01-05T08:00:00+01:00");
        for (civil_day d = day("2026-01-05"); d <= day("2026-12-30"); d += 1 + below(&s, 24))
            one_day(&s, d);
        clock_advance(&s.h.clock, at("2027-01-02T08:00:00+01:00") - s.h.clock.sim_wall);
        CHECK_OK(flow_tick(s.h.f));
        struct report r = report_of(&s, "2027-01-02");
        CHECK(r.complete);
        recount(s.h.path, &c);
        shown += compare(&r.now, &c);
        house_end(&s.h);
    }
    CHECK(shown > 100); /* the guard did not hide everything */
}
