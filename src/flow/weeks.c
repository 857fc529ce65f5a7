/* Figures by the week, from the anonymous counts. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "flow/desk.h"
#include "flow/work.h"
#include "store/daily_count.h"

#define MINUTES 481 /* 0..480, as facts.h counts them */

struct tally { /* of one week */
    struct week_figures *w;
    int64_t waits[MINUTES];
};

static bool begins(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

static void add_wait(struct tally *t, const char *measure, int64_t n)
{
    const char *digits = strrchr(measure, '_');
    int minutes = digits ? (int)strtol(digits + 1, NULL, 10) : -1;
    if (minutes >= 0 && minutes < MINUTES)
        t->waits[minutes] += n;
}

static void add(struct tally *t, const struct roster *roster, const struct count_row *r)
{
    const struct {
        const char *measure;
        int64_t *to;
    } sums[] = { { "walk_in", &t->w->visits },      { "walk_in", &t->w->walk_ins },
                 { "check_in", &t->w->visits },     { "done", &t->w->done },
                 { "left", &t->w->left },           { "unserved", &t->w->unserved },
                 { "no_show", &t->w->no_shows } };
    for (size_t i = 0; i < ARRAY_LEN(sums); i++)
        if (strcmp(r->measure, sums[i].measure) == 0)
            *sums[i].to += r->n;
    if (begins(r->measure, "turned_away_"))
        t->w->turned_away += r->n;
    if (begins(r->measure, "wait_"))
        add_wait(t, r->measure, r->n);
    int coach = r->coach[0] ? roster_coach_find(roster, r->coach) : -1;
    if (coach >= 0 && strcmp(r->measure, "done") == 0)
        t->w->done_by[coach] += r->n;
}

/* Nearest rank; -1 of nothing. */
static int rank_of(const int64_t waits[MINUTES], int64_t percent)
{
    int64_t all = 0, seen = 0;
    for (int i = 0; i < MINUTES; i++)
        all += waits[i];
    if (all <= 0)
        return -1;
    int64_t rank = (all * percent + 99) / 100;
    for (int i = 0; i < MINUTES; i++) {
        seen += waits[i];
        if (seen >= rank)
            return i;
    }
    return MINUTES - 1;
}

static enum err read_week(struct flow *f, struct week_figures *w)
{
    CLEANUP(count_rows_done) struct count_rows rows = { 0 };
    CLEANUP(mem_freep) struct tally *t = mem_calloc(1, sizeof(*t));
    if (!t)
        return ERR_NOMEM;
    t->w = w;
    enum err e = store_counts(f->store, w->monday, w->monday + WEEK_DAYS - 1, &rows);
    for (size_t i = 0; e == ERR_OK && i < rows.n; i++)
        add(t, &f->roster, &rows.v[i]);
    w->median_wait = rank_of(t->waits, 50);
    w->p90_wait = rank_of(t->waits, 90);
    return e;
}

enum err flow_weeks(struct flow *f, civil_day first, size_t n, struct week_figures *ret_weeks)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    if (n > WEEKS_MAX)
        return ERR_INVAL;
    enum err e = work_read(f, &tx);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        ret_weeks[i] = (struct week_figures){ .monday = civil_monday(first) +
                                                        (civil_day)i * WEEK_DAYS };
        e = read_week(f, &ret_weeks[i]);
    }
    return e;
}
