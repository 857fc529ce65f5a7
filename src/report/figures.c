#include "report/figures.h"

#include <stdlib.h>
#include <string.h>

#include "core/municipality.h"

_Static_assert(MUNICIPALITY_COUNT <= REPORT_SLOTS && TOPIC_COUNT <= REPORT_SLOTS &&
                   REPORT_HOURS <= REPORT_SLOTS && REPORT_ENDS <= REPORT_SLOTS,
               "a table has room for its rows");

/* Which row of a table a count belongs to. */
struct place {
    size_t municipality; /* MUNICIPALITY_COUNT: elsewhere */
    enum topic topic;
    size_t month, hour;
};

static struct place place_of(const struct count_row *r)
{
    struct place p = { .topic = TOPIC_UNSAID };
    while (municipality_at(p.municipality) &&
           strcmp(municipality_at(p.municipality)->code, r->municipality) != 0)
        p.municipality++;
    enum topic t;
    if (topic_of(r->topic, &t) == ERR_OK)
        p.topic = t;
    p.month = (size_t)civil_date_of(r->day).month - 1;
    int hour = r->hour - REPORT_HOUR_FROM + HOUR_FIRST;
    p.hour = (size_t)(hour < HOUR_EARLIER ? HOUR_EARLIER : hour > HOUR_LATER ? HOUR_LATER : hour);
    return p;
}

/* Four tables that follow each other: by municipality, topic, month and hour. */
static void split(int64_t (*tables)[REPORT_SLOTS], const struct place *p, int64_t n)
{
    tables[0][p->municipality] += n;
    tables[1][p->topic] += n;
    tables[2][p->month] += n;
    tables[3][p->hour] += n;
}

static void add_visit(struct figures *f, enum report_kind kind, const struct place *p, int64_t n)
{
    if (p->municipality == MUNICIPALITY_COUNT) {
        f->single[SINGLE_OTHER_MUNICIPALITY] += n;
        return;
    }
    split(&f->n[VISITS_BY_MUNICIPALITY], p, n);
    f->n[VISITS_BY_KIND][kind] += n;
    if (kind == KIND_WALK_IN) {
        split(f->walk_in, p, n);
    } else {
        split(&f->n[APPOINTMENTS_BY_MUNICIPALITY], p, n);
        f->n[APPOINTMENTS_BY_END][KEPT_CAME] += n;
    }
}

static enum report_end end_of(const char *outcome)
{
    static const struct {
        const char *outcome;
        enum report_end end;
    } ends[] = {
        { "follow_up", END_FOLLOW_UP },   { "referred", END_REFERRED },
        { "information", END_INFORMATION }, { "not_ours", END_NOT_OURS },
        { "unrecorded", END_UNRECORDED },
    };
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (strcmp(ends[i].outcome, outcome) == 0)
            return ends[i].end;
    return END_HELPED;
}

/* What follows the prefix, or NULL. */
static const char *behind(const char *measure, const char *prefix)
{
    size_t n = strlen(prefix);
    return strncmp(measure, prefix, n) == 0 ? measure + n : NULL;
}

static void add_time(struct figures *f, const char *measure, int64_t n)
{
    static const char *const prefixes[REPORT_TIMES] = {
        [TIME_WAIT_WALK_IN] = "wait_walk_in_",
        [TIME_WAIT_APPOINTMENT] = "wait_check_in_",
        [TIME_SERVICE] = "service_",
    };
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
        const char *minutes = behind(measure, prefixes[i]);
        long m = minutes ? strtol(minutes, NULL, 10) : -1;
        if (m >= 0 && m < FIGURE_MINUTES)
            f->minutes[i][m] += n;
    }
}

/* Of people of the five municipalities, but for the arrival itself. */
static void add_local(struct figures *f, const struct count_row *r, const struct place *p)
{
    const char *m = r->measure;
    const char *outcome = behind(m, "outcome_");
    if (outcome) {
        f->n[VISITS_BY_END][end_of(outcome)] += r->n;
    } else if (strcmp(m, "left") == 0) {
        f->n[VISITS_BY_END][END_LEFT] += r->n;
    } else if (strcmp(m, "unserved") == 0) {
        f->n[VISITS_BY_END][END_UNSERVED] += r->n;
    } else if (strcmp(m, "cancelled") == 0) {
        f->single[SINGLE_CANCELLED] += r->n;
    } else if (strcmp(m, "no_show") == 0) {
        split(&f->n[APPOINTMENTS_BY_MUNICIPALITY], p, r->n);
        split(f->no_show, p, r->n);
        f->n[APPOINTMENTS_BY_END][KEPT_NO_SHOW] += r->n;
    } else {
        add_time(f, m, r->n);
    }
}

static bool add_away(struct figures *f, const struct count_row *r)
{
    static const char *const words[REPORT_AWAYS] = {
        [AWAY_YOUNG] = "young", [AWAY_OLD] = "old", [AWAY_CLOSED] = "closed",
    };
    const char *why = behind(r->measure, "turned_away_");
    if (!why)
        return false;
    if (strcmp(why, "gave_up") == 0)
        f->single[SINGLE_GAVE_UP] += r->n;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strcmp(why, words[i]) == 0)
            f->n[TURNED_AWAY][i] += r->n;
    return true;
}

static void use(struct figures *f, enum report_table t, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++)
        f->used[t][i] = true;
}

/* The rows that a year has: months from the first to the last that anything was counted in,
 * hours outside 9 to 17 only when somebody came then, open visits only while the year runs. */
static void use_rows(struct figures *f, size_t first_month, size_t last_month, bool running)
{
    for (int k = 0; k < 2; k++) {
        enum report_table t = k == 0 ? VISITS_BY_MUNICIPALITY : APPOINTMENTS_BY_MUNICIPALITY;
        use(f, t, 0, MUNICIPALITY_COUNT - 1);
        use(f, t + 1, 0, TOPIC_COUNT - 1);
        use(f, t + 2, first_month, last_month);
        use(f, t + 3, HOUR_FIRST, HOUR_LATER - 1);
        f->used[t + 3][HOUR_EARLIER] = f->n[t + 3][HOUR_EARLIER] > 0;
        f->used[t + 3][HOUR_LATER] = f->n[t + 3][HOUR_LATER] > 0;
    }
    use(f, VISITS_BY_KIND, 0, REPORT_KINDS - 1);
    use(f, VISITS_BY_END, 0, END_OPEN - 1);
    f->used[VISITS_BY_END][END_OPEN] = running || f->n[VISITS_BY_END][END_OPEN] > 0;
    use(f, APPOINTMENTS_BY_END, 0, REPORT_KEPTS - 1);
    use(f, TURNED_AWAY, 0, REPORT_AWAYS - 1);
}

static int64_t sum(const int64_t *n, size_t count)
{
    int64_t all = 0;
    for (size_t i = 0; i < count; i++)
        all += n[i];
    return all;
}

void figures_sum(const struct count_rows *rows, bool running, struct figures *f)
{
    size_t first_month = 11;
    size_t last_month = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const struct count_row *r = &rows->v[i];
        struct place p = place_of(r);
        first_month = p.month < first_month ? p.month : first_month;
        last_month = p.month > last_month ? p.month : last_month;
        if (strcmp(r->measure, "walk_in") == 0)
            add_visit(f, KIND_WALK_IN, &p, r->n);
        else if (strcmp(r->measure, "check_in") == 0)
            add_visit(f, KIND_APPOINTMENT, &p, r->n);
        else if (!add_away(f, r) && p.municipality < MUNICIPALITY_COUNT)
            add_local(f, r, &p);
    }
    f->any = rows->n > 0;
    if (!f->any)
        return;
    f->n[VISITS_BY_END][END_OPEN] =
        sum(f->n[VISITS_BY_KIND], REPORT_KINDS) - sum(f->n[VISITS_BY_END], END_OPEN);
    use_rows(f, first_month, last_month, running);
}

int figures_quantile(const int64_t minutes[FIGURE_MINUTES], int percent)
{
    int64_t all = sum(minutes, FIGURE_MINUTES);
    int64_t rank = (all * percent + 99) / 100;
    if (rank < GUARD_MIN || all - rank + 1 < GUARD_MIN)
        return REPORT_MINUTES_NONE;
    int m = 0;
    for (int64_t seen = minutes[0]; seen < rank; seen += minutes[m])
        m++;
    return m;
}

void figures_publish(const struct figures *f, struct report_year *ret_year)
{
    *ret_year = (struct report_year){ .any = f->any };
    if (!f->any)
        return;
    for (size_t t = 0; t < REPORT_TABLES; t++) {
        struct report_split *split = &ret_year->split[t];
        memcpy(split->used, f->used[t], sizeof(split->used));
        guard_rows(f->n[t], f->used[t], REPORT_SLOTS, split->row, &split->total);
    }
    struct guard_chain chain = { .walk_in = f->n[VISITS_BY_KIND][KIND_WALK_IN],
                                 .came = f->n[VISITS_BY_KIND][KIND_APPOINTMENT],
                                 .no_show = f->n[APPOINTMENTS_BY_END][KEPT_NO_SHOW] };
    struct guard_chain_figures c = guard_chain(&chain);
    ret_year->split[VISITS_BY_KIND].row[KIND_WALK_IN] = c.walk_in;
    ret_year->split[VISITS_BY_KIND].row[KIND_APPOINTMENT] = c.came;
    ret_year->split[APPOINTMENTS_BY_END].row[KEPT_CAME] = c.came;
    ret_year->split[APPOINTMENTS_BY_END].row[KEPT_NO_SHOW] = c.no_show;
    for (size_t k = 0; k < FIGURE_CROSSINGS; k++)
        if (!guard_may_cross(f->walk_in[k], f->no_show[k], REPORT_SLOTS,
                             c.came.mark == FIGURE_SHOWN)) {
            struct report_split *split = &ret_year->split[APPOINTMENTS_BY_MUNICIPALITY + k];
            guard_withhold(split->used, REPORT_SLOTS, split->row);
        }
    for (size_t i = 0; i < REPORT_SINGLES; i++)
        ret_year->single[i] = guard_single(f->single[i]);
    for (size_t i = 0; i < REPORT_TIMES; i++)
        ret_year->time[i] = (struct report_minutes){ figures_quantile(f->minutes[i], 50),
                                                     figures_quantile(f->minutes[i], 90) };
}
