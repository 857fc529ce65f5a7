/* The report in a few sentences, each only when the figures that it needs may be shown. */
#include "report/derive.h"
#include "report/words.h"

#define ITEM(out, template, ...)                \
    do {                                        \
        buf_adds((out), "<li>");                \
        WORDS((out), (template), __VA_ARGS__);  \
        buf_adds((out), "</li>\n");             \
    } while (0)

static void say_visits(const struct report *r, struct buf *out)
{
    struct figure now = r->now.split[VISITS_BY_MUNICIPALITY].total;
    struct figure before = r->before.split[VISITS_BY_MUNICIPALITY].total;
    if (!figure_known(now)) {
        ITEM(out, _("Fewer than {n} visits were counted."), { "n", .number = GUARD_MIN });
        return;
    }
    ITEM(out, _("Young people came {n} times."), { "n", .number = (long)now.n });
    if (!r->complete || !r->before.any || !figure_known(before))
        return;
    const char *text = now.n > before.n   ? _("That is {p}% more than in {year}, when it was {n}.")
                       : now.n < before.n ? _("That is {p}% less than in {year}, when it was {n}.")
                                          : _("That is as many as in {year}.");
    int64_t more = now.n > before.n ? now.n - before.n : before.n - now.n;
    ITEM(out, text, { "p", .number = (long)percent_of(more, before.n) },
         { "year", .number = r->year - 1 }, { "n", .number = (long)before.n });
}

static void say_municipality(const struct report *r, struct buf *out)
{
    const struct report_split *s = &r->now.split[VISITS_BY_MUNICIPALITY];
    struct shares shares;
    size_t row;
    if (!largest_row(s, &row) || !shares_of(s, &shares))
        return;
    CLEANUP(buf_done) struct buf name = buf_make(WORDS_MAX);
    CLEANUP(buf_done) struct buf share = buf_make(WORDS_MAX);
    words_row(VISITS_BY_MUNICIPALITY, row, &name);
    words_tenths(shares.tenths[row], &share);
    ITEM(out, _("Most visits were of young people from {place}: {n}, or {share}."),
         { "place", .value = buf_str(&name) }, { "n", .number = (long)s->row[row].n },
         { "share", .value = buf_str(&share) });
}

/* The row that stands out in a table. */
static void say_most(const struct report *r, enum report_table t, const char *text,
                     struct buf *out)
{
    const struct report_split *s = &r->now.split[t];
    size_t row;
    if (!largest_row(s, &row))
        return;
    CLEANUP(buf_done) struct buf name = buf_make(WORDS_MAX);
    words_row(t, row, &name);
    ITEM(out, text, { "what", .value = buf_str(&name) }, { "n", .number = (long)s->row[row].n });
}

static void say_kinds(const struct report *r, struct buf *out)
{
    const struct report_split *s = &r->now.split[VISITS_BY_KIND];
    struct figure walk_in = s->row[KIND_WALK_IN];
    if (!figure_known(walk_in) || !figure_known(s->total) || s->total.n == 0)
        return;
    int64_t p = percent_of(walk_in.n, s->total.n);
    ITEM(out, _("Of each 100 visits {p} were without and {q} with an appointment."),
         { "p", .number = (long)p }, { "q", .number = (long)(100 - p) });
}

static void say_times(const struct report *r, struct buf *out)
{
    struct report_minutes wait = r->now.time[TIME_WAIT_WALK_IN];
    struct report_minutes talk = r->now.time[TIME_SERVICE];
    if (wait.median != REPORT_MINUTES_NONE && wait.p90 != REPORT_MINUTES_NONE)
        ITEM(out,
             _("Without an appointment half waited at most {m} min, and 9 of 10 at most {p} min."),
             { "m", .number = wait.median }, { "p", .number = wait.p90 });
    if (talk.median != REPORT_MINUTES_NONE)
        ITEM(out, _("Half of the talks with a coach took at most {m} min."),
             { "m", .number = talk.median });
}

static void say_not_helped(const struct report *r, struct buf *out)
{
    const struct report_split *kept = &r->now.split[APPOINTMENTS_BY_END];
    struct figure no_show = kept->row[KEPT_NO_SHOW];
    struct figure left = r->now.split[VISITS_BY_END].row[END_LEFT];
    struct figure unserved = r->now.split[VISITS_BY_END].row[END_UNSERVED];
    struct figure away = r->now.split[TURNED_AWAY].total;
    if (figure_known(no_show) && figure_known(kept->total) && kept->total.n > 0)
        ITEM(out, _("At {n} of {all} appointments ({p}%) nobody came."),
             { "n", .number = (long)no_show.n }, { "all", .number = (long)kept->total.n },
             { "p", .number = (long)percent_of(no_show.n, kept->total.n) });
    if (figure_known(left))
        ITEM(out, _("{n} times somebody left before their turn."),
             { "n", .number = (long)left.n });
    if (figure_known(unserved))
        ITEM(out, _("{n} times the house closed before somebody's turn came."),
             { "n", .number = (long)unserved.n });
    if (figure_known(away))
        ITEM(out, _("{n} times the screen had to turn somebody away."),
             { "n", .number = (long)away.n });
}

void words_summary(const struct report *r, struct buf *out)
{
    say_visits(r, out);
    say_municipality(r, out);
    say_most(r, VISITS_BY_TOPIC, _("Most visits were about {what}: {n}."), out);
    say_most(r, VISITS_BY_MONTH, _("The busiest month was {what}, with {n} visits."), out);
    say_kinds(r, out);
    say_times(r, out);
    say_not_helped(r, out);
}
