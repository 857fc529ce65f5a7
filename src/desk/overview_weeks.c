/* The house by the week: what the coordinator compares. */
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "desk/overview.h"
#include "desk/words.h"
#include "flow/desk.h"
#include "i18n/date.h"
#include "report/guard.h"

#define WEEKS 12
#define CHART_HEIGHT 120
#define CHART_STEP 40
#define CHART_BAR 26

enum { ROW_DONE, ROW_LEFT, ROW_UNSERVED, ROW_REST, ROWS };

struct weeks {
    struct desk *d;
    const struct roster *roster;
    struct week_figures v[WEEKS];
    /* what may be told: visits of each week and of all, how they ended, who helped */
    struct figure visits[WEEKS], all, no_shows, row[ROWS];
    struct figure by[ROSTER_COACHES_MAX + 1]; /* the last: who is in the roster no more */
    struct buf *o;
};

static void sum_up(const struct weeks *w, struct week_figures *sum)
{
    *sum = (struct week_figures){ .monday = w->v[0].monday };
    for (size_t i = 0; i < WEEKS; i++) {
        sum->visits += w->v[i].visits;
        sum->done += w->v[i].done;
        sum->left += w->v[i].left;
        sum->unserved += w->v[i].unserved;
        sum->no_shows += w->v[i].no_shows;
        for (size_t c = 0; c < w->roster->n_coaches; c++)
            sum->done_by[c] += w->v[i].done_by[c];
    }
}

/* Three tables that share sums: the weeks and the ends add up to all visits, the coaches to who
 * was helped. Where a shared sum is hidden, so is the table that would give it away. */
static void guard(struct weeks *w)
{
    static const bool used[ROSTER_COACHES_MAX + 1] = { true, true, true, true, true, true,
                                                       true, true, true, true, true, true };
    bool coaches[ROSTER_COACHES_MAX + 1] = { false };
    int64_t visits[WEEKS], by[ROSTER_COACHES_MAX + 1] = { 0 };
    size_t n = w->roster->n_coaches + 1;
    struct week_figures sum;
    struct figure total;

    sum_up(w, &sum);
    for (size_t i = 0; i < WEEKS; i++)
        visits[i] = w->v[i].visits;
    guard_rows(visits, used, WEEKS, w->visits, &w->all);
    w->no_shows = guard_single(sum.no_shows);
    const int64_t rows[ROWS] = { sum.done, sum.left, sum.unserved,
                                 sum.visits - sum.done - sum.left - sum.unserved };
    guard_rows(rows, used, ROWS, w->row, &total);
    if (w->all.mark != FIGURE_SHOWN)
        guard_withhold(used, ROWS, w->row);
    by[n - 1] = sum.done;
    for (size_t c = 0; c + 1 < n; c++) {
        by[c] = sum.done_by[c];
        by[n - 1] -= sum.done_by[c];
        coaches[c] = true;
    }
    coaches[n - 1] = by[n - 1] > 0;
    guard_rows(by, coaches, n, w->by, &total);
    if (w->row[ROW_DONE].mark != FIGURE_SHOWN)
        guard_withhold(coaches, n, w->by);
}

static void put_figure(struct figure f, struct buf *o)
{
    if (f.mark == FIGURE_SHOWN)
        buf_addf(o, "%lld", (long long)f.n);
    else
        buf_adds(o, f.mark == FIGURE_SMALL ? "&lt;5" : "·");
}

static void cell(struct figure f, struct buf *o)
{
    buf_adds(o, "<td class=\"n\">");
    put_figure(f, o);
    buf_adds(o, "</td>");
}

static void minutes_cell(int minutes, struct buf *o)
{
    CLEANUP(buf_done) struct buf t = buf_make(60);

    buf_adds(o, "<td class=\"n\">");
    if (minutes >= 0)
        words_length(&t, minutes);
    html_esc(o, minutes >= 0 ? buf_str(&t) : "–");
    buf_adds(o, "</td>");
}

static void week_name(civil_day monday, struct buf *o)
{
    struct civil_date d = civil_date_of(monday);
    CLEANUP(buf_done) struct buf t = buf_make(120);

    i18n_date(&t, (struct i18n_day){ d.year, d.month, d.day }, I18N_DATE_SHORT);
    html_esc(o, buf_str(&t));
}

/* ---- the chart ---- */

static int64_t most_of(const struct weeks *w)
{
    int64_t most = 1;

    for (size_t i = 0; i < WEEKS; i++)
        most = w->visits[i].n > most ? w->visits[i].n : most;
    return most;
}

static void chart(const struct weeks *w)
{
    struct buf *o = w->o;
    int64_t most = most_of(w);

    buf_addf(o, "<svg class=\"weeks\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">",
             WEEKS * CHART_STEP, CHART_HEIGHT + 24);
    for (int i = 0; i < WEEKS; i++) {
        struct figure f = w->visits[i];
        int x = i * CHART_STEP, middle = x + CHART_BAR / 2;
        int64_t h = f.mark == FIGURE_SHOWN ? f.n * CHART_HEIGHT / most : 0;
        buf_addf(o, "<rect x=\"%d\" y=\"%lld\" width=\"%d\" height=\"%lld\" rx=\"4\"/>", x,
                 (long long)(20 + CHART_HEIGHT - h), CHART_BAR, (long long)h);
        buf_addf(o, "<text x=\"%d\" y=\"%lld\">", middle, (long long)(14 + CHART_HEIGHT - h));
        put_figure(f, o);
        buf_adds(o, "</text>");
    }
    buf_adds(o, "</svg>");
}

/* ---- the tables ---- */

static void column(struct buf *o, const char *label, const char *class)
{
    buf_addf(o, "<th scope=\"col\" class=\"%s\">", class);
    html_esc(o, label);
    buf_adds(o, "</th>");
}

static void table(const struct weeks *w)
{
    struct buf *o = w->o;

    buf_adds(o, "<div class=\"scroll\" tabindex=\"0\"><table class=\"rows keep\"><thead><tr>");
    column(o, _("Week of"), "");
    column(o, _("Visits"), "n");
    column(o, _("Half waited at most"), "n");
    column(o, _("9 of 10 at most"), "n");
    buf_adds(o, "</tr></thead><tbody>");
    for (size_t i = WEEKS; i > 0; i--) {
        bool told = w->visits[i - 1].mark == FIGURE_SHOWN;
        buf_adds(o, "<tr><th scope=\"row\">");
        week_name(w->v[i - 1].monday, o);
        buf_adds(o, "</th>");
        cell(w->visits[i - 1], o);
        minutes_cell(told ? w->v[i - 1].median_wait : -1, o);
        minutes_cell(told ? w->v[i - 1].p90_wait : -1, o);
        buf_adds(o, "</tr>");
    }
    buf_adds(o, "</tbody></table></div>");
}

static void pair_row(struct buf *o, const char *name, struct figure f)
{
    buf_adds(o, "<tr><th scope=\"row\">");
    html_name(o, name);
    buf_adds(o, "</th>");
    cell(f, o);
    buf_adds(o, "</tr>");
}

static void in_all(const struct weeks *w)
{
    struct buf *o = w->o;

    buf_adds(o, "<div><h3>");
    html_esc(o, _("How visits ended"));
    buf_adds(o, "</h3><table class=\"rows keep\"><tbody>");
    pair_row(o, _("Visits"), w->all);
    pair_row(o, _("Helped"), w->row[ROW_DONE]);
    pair_row(o, _("Left"), w->row[ROW_LEFT]);
    pair_row(o, _("Not helped"), w->row[ROW_UNSERVED]);
    pair_row(o, _("Did not come"), w->no_shows);
    buf_adds(o, "</tbody></table><h3>");
    html_esc(o, _("Helped, by coach"));
    buf_adds(o, "</h3><table class=\"rows keep\"><tbody>");
    for (size_t c = 0; c < w->roster->n_coaches; c++)
        pair_row(o, w->roster->coaches[c].name, w->by[c]);
    buf_adds(o, "</tbody></table></div>");
}

enum err overview_weeks(struct desk *d, struct buf *out)
{
    CLEANUP(mem_freep) struct weeks *w = mem_calloc(1, sizeof(*w));
    civil_day monday = civil_monday(flow_today(d->flow));

    if (!w)
        return ERR_NOMEM;
    w->d = d;
    w->o = out;
    w->roster = flow_roster(d->flow);
    enum err e = flow_weeks(d->flow, monday - (WEEKS - 1) * WEEK_DAYS, WEEKS, w->v);
    if (e != ERR_OK)
        return e;
    guard(w);
    buf_adds(out, "<section class=\"card\"><h2>");
    html_esc(out, _("The last 12 weeks"));
    buf_adds(out, "</h2><p class=\"hint\">");
    html_esc(out, _("Under 5 is shown as <5, and a dot stands for what would give one away."));
    buf_adds(out, "</p>");
    buf_adds(out, "<div class=\"two\"><div>");
    chart(w);
    table(w);
    buf_adds(out, "</div>");
    in_all(w);
    buf_adds(out, "</div></section>");
    return ERR_OK;
}
