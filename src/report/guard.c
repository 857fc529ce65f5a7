#include "report/guard.h"

/* The values that a "<5" may have; a reader must find all of them possible. */
#define SMALL_MAX (GUARD_MIN - 1)

static struct figure shown(int64_t n)
{
    return (struct figure){ .mark = FIGURE_SHOWN, .n = n };
}

static struct figure hidden(enum figure_mark mark)
{
    return (struct figure){ .mark = mark };
}

struct figure guard_single(int64_t n)
{
    return n < GUARD_MIN ? hidden(FIGURE_SMALL) : shown(n);
}

void guard_withhold(const bool *used, size_t count, struct figure *ret_rows)
{
    for (size_t i = 0; i < count; i++)
        if (used[i])
            ret_rows[i] = hidden(FIGURE_WITHHELD);
}

/* Whether what is hidden so far lets every "<5" be anything from 0 to 4. The hidden rows add
 * up to a sum that the reader can reckon. */
static bool safe(const int64_t *n, const bool *used, size_t count, const struct figure *rows)
{
    int64_t sum = 0;
    int64_t small = 0;
    int64_t withheld = 0;
    for (size_t i = 0; i < count; i++) {
        if (!used[i] || rows[i].mark == FIGURE_SHOWN)
            continue;
        sum += n[i];
        if (rows[i].mark == FIGURE_SMALL)
            small++;
        else
            withheld++;
    }
    if (small == 0)
        return true;
    bool may_be_most = sum - GUARD_MIN * withheld >= SMALL_MAX;
    bool may_be_nought = withheld > 0 || sum <= SMALL_MAX * (small - 1);
    return sum >= GUARD_MIN && may_be_most && may_be_nought;
}

/* Withholds the smallest row that is still shown. False: there is none. */
static bool withhold_one(const int64_t *n, const bool *used, size_t count, struct figure *rows)
{
    size_t least = count;
    for (size_t i = 0; i < count; i++)
        if (used[i] && rows[i].mark == FIGURE_SHOWN && (least == count || n[i] < n[least]))
            least = i;
    if (least == count)
        return false;
    rows[least] = hidden(FIGURE_WITHHELD);
    return true;
}

void guard_rows(const int64_t *n, const bool *used, size_t count, struct figure *ret_rows,
                struct figure *ret_total)
{
    int64_t total = 0;
    for (size_t i = 0; i < count; i++) {
        if (!used[i])
            continue;
        total += n[i];
        ret_rows[i] = guard_single(n[i]);
    }
    *ret_total = guard_single(total);
    if (total < GUARD_MIN) /* every row is small, and says no more than the total does */
        return;
    while (!safe(n, used, count, ret_rows))
        if (!withhold_one(n, used, count, ret_rows)) {
            guard_withhold(used, count, ret_rows);
            return;
        }
}

/* ---- two sums with a term in common ---- */

static bool fits(struct figure f, int64_t n)
{
    return n >= 0 && (f.mark == FIGURE_SMALL ? n < GUARD_MIN : n >= GUARD_MIN);
}

/* How many values of `came` a reader finds possible. */
static int64_t possible(const struct guard_chain *c, const struct guard_chain_figures *f)
{
    int64_t visits = c->walk_in + c->came;
    int64_t appointments = c->came + c->no_show;
    int64_t ways = 0;
    for (int64_t came = 0; came <= visits || came <= appointments; came++) {
        bool left = visits < GUARD_MIN || fits(f->walk_in, visits - came);
        bool right = appointments < GUARD_MIN || fits(f->no_show, appointments - came);
        if (fits(f->came, came) && left && right)
            ways++;
    }
    return ways;
}

static struct figure beside_small(int64_t n)
{
    return hidden(n < GUARD_MIN ? FIGURE_SMALL : FIGURE_WITHHELD);
}

struct guard_chain_figures guard_chain(const struct guard_chain *c)
{
    if (c->walk_in >= GUARD_MIN && c->came >= GUARD_MIN && c->no_show >= GUARD_MIN)
        return (struct guard_chain_figures){ shown(c->walk_in), shown(c->came),
                                             shown(c->no_show) };
    struct guard_chain_figures f = { beside_small(c->walk_in), beside_small(c->came),
                                     beside_small(c->no_show) };
    if (possible(c, &f) < GUARD_MIN)
        f = (struct guard_chain_figures){ hidden(FIGURE_WITHHELD), hidden(FIGURE_WITHHELD),
                                          hidden(FIGURE_WITHHELD) };
    return f;
}

static int64_t above(int64_t a, int64_t b)
{
    return a > b ? a - b : 0;
}

/*
 * In row i visits less appointments is w - n, which the reader knows: w is at least that, n at
 * least its opposite. What all rows together leave open is the sum of min(w, n). With the
 * totals shown it must be 5 or more; with hidden totals the rows may not narrow them.
 */
bool guard_may_cross(const int64_t *walk_in, const int64_t *no_show, size_t count, bool totals)
{
    int64_t open = 0;
    int64_t least_walk_in = 0;
    int64_t least_no_show = 0;
    for (size_t i = 0; i < count; i++) {
        open += walk_in[i] < no_show[i] ? walk_in[i] : no_show[i];
        least_walk_in += above(walk_in[i], no_show[i]);
        least_no_show += above(no_show[i], walk_in[i]);
    }
    return totals ? open >= GUARD_MIN : least_walk_in == 0 || least_no_show == 0;
}
