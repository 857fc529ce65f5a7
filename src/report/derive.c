#include "report/derive.h"

bool figure_known(struct figure f)
{
    return f.mark == FIGURE_SHOWN;
}

int64_t percent_of(int64_t part, int64_t all)
{
    return all > 0 ? (part * 200 + all) / (all * 2) : 0;
}

/* Shares rounded down, then a tenth more for the largest remainders until all is given. */
static void give_tenths(const int64_t *n, size_t count, int64_t all, int *tenths)
{
    bool more[REPORT_SLOTS + 1] = { false };
    int left = TENTHS_ALL;
    for (size_t i = 0; i < count; i++) {
        tenths[i] = (int)(n[i] * TENTHS_ALL / all);
        left -= tenths[i];
    }
    for (; left > 0; left--) {
        size_t best = count;
        for (size_t i = 0; i < count; i++)
            if (!more[i] && (best == count || n[i] * TENTHS_ALL % all > n[best] * TENTHS_ALL % all))
                best = i;
        more[best] = true;
        tenths[best]++;
    }
}

bool shares_of(const struct report_split *s, struct shares *ret_shares)
{
    if (!figure_known(s->total) || s->total.n == 0)
        return false;
    int64_t n[REPORT_SLOTS + 1] = { 0 };
    int tenths[REPORT_SLOTS + 1];
    int64_t rest = s->total.n;
    bool hidden = false;
    for (size_t i = 0; i < REPORT_SLOTS; i++) {
        if (s->used[i] && figure_known(s->row[i])) {
            n[i] = s->row[i].n;
            rest -= n[i];
        }
        hidden = hidden || (s->used[i] && !figure_known(s->row[i]));
    }
    n[REPORT_SLOTS] = rest;
    give_tenths(n, REPORT_SLOTS + 1, s->total.n, tenths);
    for (size_t i = 0; i < REPORT_SLOTS; i++)
        ret_shares->tenths[i] = s->used[i] && figure_known(s->row[i]) ? tenths[i] : TENTHS_NONE;
    ret_shares->hidden = hidden ? tenths[REPORT_SLOTS] : TENTHS_NONE;
    return true;
}

bool largest_row(const struct report_split *s, size_t *ret_row)
{
    bool found = false;
    bool tie = false;
    size_t best = 0;
    for (size_t i = 0; i < REPORT_SLOTS; i++) {
        if (!s->used[i] || !figure_known(s->row[i]))
            continue;
        tie = found && (s->row[i].n == s->row[best].n ? true
                        : s->row[i].n > s->row[best].n ? false : tie);
        if (!found || s->row[i].n > s->row[best].n)
            best = i;
        found = true;
    }
    if (found && !tie)
        *ret_row = best;
    return found && !tie;
}
