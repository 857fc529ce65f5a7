/* A reader who knows the rules and every published figure tries to find a small one. */
#include "report/guard.h"

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "core/municipality.h"
#include "core/person.h"
#include "report/figures.h"
#include "tests/lib/check.h"

#define YEARS 4000
#define ROUNDS_MAX 1000
#define BIG 100000

/* ---- the reader: integer unknowns with bounds, and sums over them ---- */

struct sum { /* v[0] = v[1] + v[2] + ... */
    int v[REPORT_SLOTS + 1];
    int n;
};
struct reader {
    int64_t lo[800], hi[800];
    int n;
    struct sum sums[200];
    int n_sums;
};

static int unknown(struct reader *r, int64_t lo, int64_t hi)
{
    CHECK(r->n < (int)ARRAY_LEN(r->lo));
    r->lo[r->n] = lo;
    r->hi[r->n] = hi;
    return r->n++;
}

static int figure(struct reader *r, struct figure f, bool table_has_small)
{
    if (f.mark == FIGURE_SHOWN)
        return unknown(r, f.n, f.n);
    if (f.mark == FIGURE_SMALL)
        return unknown(r, 0, GUARD_MIN - 1);
    return unknown(r, table_has_small ? GUARD_MIN : 0, BIG);
}

static struct sum *new_sum(struct reader *r, int total)
{
    CHECK(r->n_sums < (int)ARRAY_LEN(r->sums));
    struct sum *s = &r->sums[r->n_sums++];
    *s = (struct sum){ .v = { total }, .n = 1 };
    return s;
}

/* Tightens one member of a sum from all the others. True when that changed it. */
static bool tighten(struct reader *r, const struct sum *s, int k)
{
    int64_t lo = 0;
    int64_t hi = 0;
    for (int i = 0; i < s->n; i++) {
        if (i == k)
            continue;
        bool adds = k == 0 || i == 0; /* the total, or for the total every part */
        lo += adds ? r->lo[s->v[i]] : -r->hi[s->v[i]];
        hi += adds ? r->hi[s->v[i]] : -r->lo[s->v[i]];
    }
    int x = s->v[k];
    bool better = lo > r->lo[x] || hi < r->hi[x];
    r->lo[x] = lo > r->lo[x] ? lo : r->lo[x];
    r->hi[x] = hi < r->hi[x] ? hi : r->hi[x];
    CHECK(r->lo[x] <= r->hi[x]);
    return better;
}

static void solve(struct reader *r)
{
    bool better = true;
    for (int round = 0; better && round < ROUNDS_MAX; round++) {
        better = false;
        for (int i = 0; i < r->n_sums; i++)
            for (int k = 0; k < r->sums[i].n; k++)
                better = tighten(r, &r->sums[i], k) || better;
    }
}

/* ---- what is published, as unknowns and sums ---- */

struct known {
    struct reader r;
    int total[REPORT_TABLES];
    int row[REPORT_TABLES][REPORT_SLOTS]; /* -1: not used */
    int no_show[FIGURE_CROSSINGS][REPORT_SLOTS];
    int walk_in[FIGURE_CROSSINGS][REPORT_SLOTS];
};

static bool has_small(const struct report_split *s)
{
    for (size_t i = 0; i < REPORT_SLOTS; i++)
        if (s->used[i] && s->row[i].mark == FIGURE_SMALL)
            return true;
    return false;
}

static void add_table(struct known *k, const struct report_year *y, enum report_table t, int total)
{
    const struct report_split *s = &y->split[t];
    struct sum *sum = new_sum(&k->r, total);
    k->total[t] = total;
    for (size_t i = 0; i < REPORT_SLOTS; i++) {
        k->row[t][i] = -1;
        if (!s->used[i])
            continue;
        k->row[t][i] = figure(&k->r, s->row[i], has_small(s));
        sum->v[sum->n++] = k->row[t][i];
    }
}

/* In each row: visits = walk-ins + came, appointments = came + no-shows. */
static void add_crossing(struct known *k, int c)
{
    struct reader *r = &k->r;
    struct sum *all_w = new_sum(r, k->row[VISITS_BY_KIND][KIND_WALK_IN]);
    struct sum *all_a = new_sum(r, k->row[VISITS_BY_KIND][KIND_APPOINTMENT]);
    struct sum *all_n = new_sum(r, k->row[APPOINTMENTS_BY_END][KEPT_NO_SHOW]);
    for (int i = 0; i < REPORT_SLOTS; i++) {
        int visits = k->row[VISITS_BY_MUNICIPALITY + c][i];
        int planned = k->row[APPOINTMENTS_BY_MUNICIPALITY + c][i];
        int w = visits < 0 ? unknown(r, 0, 0) : unknown(r, 0, BIG);
        int n = planned < 0 ? unknown(r, 0, 0) : unknown(r, 0, BIG);
        int a = visits < 0 || planned < 0 ? unknown(r, 0, 0) : unknown(r, 0, BIG);
        k->walk_in[c][i] = w;
        k->no_show[c][i] = n;
        all_w->v[all_w->n++] = w;
        all_a->v[all_a->n++] = a;
        all_n->v[all_n->n++] = n;
        if (visits >= 0)
            *new_sum(r, visits) = (struct sum){ .v = { visits, w, a }, .n = 3 };
        if (planned >= 0)
            *new_sum(r, planned) = (struct sum){ .v = { planned, a, n }, .n = 3 };
    }
}

static void read_all(struct known *k, const struct report_year *y)
{
    memset(k, 0, sizeof(*k));
    int visits = figure(&k->r, y->split[VISITS_BY_MUNICIPALITY].total, false);
    int planned = figure(&k->r, y->split[APPOINTMENTS_BY_MUNICIPALITY].total, false);
    int away = figure(&k->r, y->split[TURNED_AWAY].total, false);
    for (int t = 0; t < REPORT_TABLES; t++)
        add_table(k, y, (enum report_table)t,
                  t == TURNED_AWAY                    ? away
                  : t < APPOINTMENTS_BY_MUNICIPALITY ? visits
                                                      : planned);
    struct sum *came = new_sum(&k->r, k->row[VISITS_BY_KIND][KIND_APPOINTMENT]);
    came->v[came->n++] = k->row[APPOINTMENTS_BY_END][KEPT_CAME];
    for (int c = 0; c < FIGURE_CROSSINGS; c++)
        add_crossing(k, c);
    solve(&k->r);
}

/* ---- random years, from very quiet to busy ---- */

static size_t rows_of(int crossing)
{
    static const size_t rows[] = { MUNICIPALITY_COUNT, TOPIC_COUNT, 12, 8 };
    return rows[crossing];
}

static size_t skewed(struct rng *rng, size_t n)
{
    size_t a = rng_below(rng, (uint32_t)n);
    return rng_below(rng, 2) ? a : rng_below(rng, (uint32_t)a + 1);
}

/* `apart`: no row has both walk-ins and no-shows, so that the rows bound them sharply. */
static void one_contact(struct figures *f, struct rng *rng, uint32_t appointments, bool apart)
{
    int kind = rng_below(rng, 100) >= appointments ? 0 : rng_below(rng, 10) < 8 ? 1 : 2;
    for (int c = 0; c < FIGURE_CROSSINGS; c++) {
        size_t i = skewed(rng, rows_of(c));
        if (apart && kind != 1)
            i = kind == 0 ? i / 2 * 2 : i > 0 ? (i - 1) / 2 * 2 + 1 : 1;
        i += c == 3 ? HOUR_FIRST : 0;
        f->n[VISITS_BY_MUNICIPALITY + c][i] += kind != 2;
        f->n[APPOINTMENTS_BY_MUNICIPALITY + c][i] += kind != 0;
        f->walk_in[c][i] += kind == 0;
        f->no_show[c][i] += kind == 2;
    }
    if (kind != 2) {
        f->n[VISITS_BY_KIND][kind]++;
        f->n[VISITS_BY_END][skewed(rng, END_OPEN)]++;
    }
    if (kind != 0)
        f->n[APPOINTMENTS_BY_END][kind == 1 ? KEPT_CAME : KEPT_NO_SHOW]++;
}

static void random_year(struct figures *f, struct rng *rng)
{
    static const uint32_t sizes[] = { 8, 30, 100, 400, 2000 };
    static const uint32_t appointments[] = { 0, 3, 40, 97, 100 };
    uint32_t n = rng_below(rng, sizes[rng_below(rng, ARRAY_LEN(sizes))]);
    uint32_t often = appointments[rng_below(rng, ARRAY_LEN(appointments))];
    bool apart = rng_below(rng, 3) == 0;
    memset(f, 0, sizeof(*f));
    f->any = true;
    for (uint32_t i = 0; i < n; i++)
        one_contact(f, rng, often, apart);
    for (uint32_t i = rng_below(rng, 30); i > 0; i--)
        f->n[TURNED_AWAY][skewed(rng, REPORT_AWAYS)]++;
    for (int c = 0; c < FIGURE_CROSSINGS; c++)
        for (size_t i = 0; i < rows_of(c); i++) {
            f->used[VISITS_BY_MUNICIPALITY + c][i + (c == 3 ? HOUR_FIRST : 0)] = true;
            f->used[APPOINTMENTS_BY_MUNICIPALITY + c][i + (c == 3 ? HOUR_FIRST : 0)] = true;
        }
    for (size_t i = 0; i < END_OPEN; i++)
        f->used[VISITS_BY_END][i] = true;
    for (size_t i = 0; i < 2; i++)
        f->used[VISITS_BY_KIND][i] = f->used[APPOINTMENTS_BY_END][i] = true;
    for (size_t i = 0; i < REPORT_AWAYS; i++)
        f->used[TURNED_AWAY][i] = true;
}

/* No figure under 5 is shown; none that is hidden is found; no hidden rows together make a
 * group under 5 that the total gives away. */
static void check_table(const struct figures *f, const struct report_year *y,
                        const struct known *k, enum report_table t)
{
    const struct report_split *s = &y->split[t];
    int64_t hidden = 0;
    bool any = false;
    for (size_t i = 0; i < REPORT_SLOTS; i++) {
        if (!s->used[i])
            continue;
        int x = k->row[t][i];
        if (s->row[i].mark == FIGURE_SHOWN) {
            CHECK_INT(s->row[i].n, f->n[t][i]);
            CHECK(s->row[i].n >= GUARD_MIN);
            continue;
        }
        any = true;
        hidden += f->n[t][i];
        CHECK(k->r.lo[x] <= f->n[t][i] && f->n[t][i] <= k->r.hi[x]); /* the reader is sound */
        if (f->n[t][i] < GUARD_MIN && k->r.lo[x] >= k->r.hi[x])
            CHECK_FAIL("table %d, row %zu: %d is found", (int)t, i, (int)f->n[t][i]);
    }
    if (any && s->total.mark == FIGURE_SHOWN)
        CHECK(hidden >= GUARD_MIN);
}

static void check_crossings(const struct figures *f, const struct known *k)
{
    for (int c = 0; c < FIGURE_CROSSINGS; c++)
        for (size_t i = 0; i < REPORT_SLOTS; i++) {
            if (k->row[VISITS_BY_MUNICIPALITY + c][i] < 0 ||
                k->row[APPOINTMENTS_BY_MUNICIPALITY + c][i] < 0)
                continue;
            int w = k->walk_in[c][i];
            int n = k->no_show[c][i];
            CHECK(k->r.lo[w] <= f->walk_in[c][i] && f->walk_in[c][i] <= k->r.hi[w]);
            if ((f->walk_in[c][i] < GUARD_MIN && k->r.lo[w] == k->r.hi[w]) ||
                (f->no_show[c][i] < GUARD_MIN && k->r.lo[n] == k->r.hi[n]))
                CHECK_FAIL("crossing %d, row %zu: %d walk-ins or %d no-shows are found", c, i,
                           (int)f->walk_in[c][i], (int)f->no_show[c][i]);
        }
}

TEST(no_small_figure_can_be_recovered_from_all_tables_together)
{
    struct rng rng = rng_seeded(check_seed());
    static struct figures f;
    static struct report_year y;
    static struct known k;
    for (long year = check_rounds(YEARS); year > 0; year--) {
        random_year(&f, &rng);
        figures_publish(&f, &y);
        read_all(&k, &y);
        for (int t = 0; t < REPORT_TABLES; t++)
            check_table(&f, &y, &k, (enum report_table)t);
        check_crossings(&f, &k);
    }
}

/* ---- by hand ---- */

static void guarded(const int64_t *n, size_t count, const char *want)
{
    bool used[REPORT_SLOTS] = { false };
    struct figure rows[REPORT_SLOTS] = { 0 };
    struct figure total;
    char got[REPORT_SLOTS + 2] = "";
    for (size_t i = 0; i < count; i++)
        used[i] = true;
    guard_rows(n, used, count, rows, &total);
    for (size_t i = 0; i < count; i++)
        got[i] = rows[i].mark == FIGURE_SHOWN ? 'n' : rows[i].mark == FIGURE_SMALL ? '<' : 'x';
    got[count] = total.mark == FIGURE_SHOWN ? 'n' : '<';
    got[count + 1] = '\0';
    CHECK_STR(got, want);
}

TEST(a_table_without_a_small_figure_is_shown_whole)
{
    guarded((const int64_t[]){ 5, 6, 100 }, 3, "nnnn");
}

TEST(a_small_figure_takes_the_next_smallest_along)
{
    guarded((const int64_t[]){ 2, 60, 30, 9 }, 4, "<nnxn");
}

TEST(a_companion_that_leaves_too_little_room_takes_another_along)
{
    guarded((const int64_t[]){ 0, 60, 30, 5 }, 4, "<nxxn"); /* 0 + 5 could only be 0 and 5 */
}

TEST(two_small_figures_that_are_a_small_group_together_are_not_enough)
{
    guarded((const int64_t[]){ 1, 2, 40, 30 }, 4, "<<nxn");
    guarded((const int64_t[]){ 3, 4, 40, 1 }, 4, "<<n<n"); /* 8 in three: anything goes */
}

TEST(a_table_that_cannot_be_guarded_is_withheld_whole)
{
    guarded((const int64_t[]){ 1, 5 }, 2, "xxn");
    guarded((const int64_t[]){ 1, 2, 1 }, 3, "<<<<");
}

TEST(who_came_is_hidden_with_the_no_shows)
{
    struct guard_chain_figures c = guard_chain(&(struct guard_chain){ 50, 40, 3 });
    CHECK_INT(c.no_show.mark, FIGURE_SMALL);
    CHECK_INT(c.came.mark, FIGURE_WITHHELD);
    CHECK_INT(c.walk_in.mark, FIGURE_WITHHELD);
    c = guard_chain(&(struct guard_chain){ 50, 40, 6 });
    CHECK_INT(c.came.mark, FIGURE_SHOWN);
}
