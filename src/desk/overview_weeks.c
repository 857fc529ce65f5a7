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

struct week_shown { /* what may be told of a week */
    struct figure row[ROWS], visits, no_shows;
    struct figure by[ROSTER_COACHES_MAX + 1]; /* the last: who is in the roster no more */
};

struct weeks {
    struct desk *d;
    const struct roster *roster;
    struct week_figures v[WEEKS];
    struct week_shown shown[WEEKS];
    struct buf *o;
};

/* The rows of a week add up to its visits, and those of the coaches to who was helped: they are
 * guarded as two tables that share that figure. Where it is hidden the coaches' are too. */
static void guard_week(const struct weeks *w, const struct week_figures *f, struct week_shown *s)
{
    static const bool all[ROWS] = { true, true, true, true };
    const int64_t rows[ROWS] = { f->done, f->left, f->unserved,
                                 f->visits - f->done - f->left - f->unserved };
    int64_t by[ROSTER_COACHES_MAX + 1] = { 0 };
    bool used[ROSTER_COACHES_MAX + 1] = { false };
    size_t n = w->roster->n_coaches + 1;
    struct figure total;

    guard_rows(rows, all, ROWS, s->row, &s->visits);
    s->no_shows = guard_single(f->no_shows);
    by[n - 1] = f->done;
    for (size_t i = 0; i + 1 < n; i++) {
        by[i] = f->done_by[i];
        by[n - 1] -= f->done_by[i];
        used[i] = true;
    }
    used[n - 1] = by[n - 1] > 0;
    guard_rows(by, used, n, s->by, &total);
    if (s->row[ROW_DONE].mark != FIGURE_SHOWN || total.mark != FIGURE_SHOWN)
        guard_withhold(used, n, s->by);
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
        most = w->shown[i].visits.n > most ? w->shown[i].visits.n : most;
    return most;
}

static void chart(const struct weeks *w)
{
    struct buf *o = w->o;
    int64_t most = most_of(w);

    buf_addf(o, "<svg class=\"weeks\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">",
             WEEKS * CHART_STEP, CHART_HEIGHT + 24);
    for (int i = 0; i < WEEKS; i++) {
        struct figure f = w->shown[i].visits;
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
    column(o, _("Helped"), "n");
    column(o, _("Left"), "n");
    column(o, _("Not helped"), "n");
    column(o, _("Did not come"), "n");
    column(o, _("Half waited at most"), "n");
    column(o, _("9 of 10 at most"), "n");
    buf_adds(o, "</tr></thead><tbody>");
    for (size_t i = WEEKS; i > 0; i--) {
        const struct week_shown *s = &w->shown[i - 1];
        bool told = s->visits.mark == FIGURE_SHOWN;
        buf_adds(o, "<tr><th scope=\"row\">");
        week_name(w->v[i - 1].monday, o);
        buf_adds(o, "</th>");
        cell(s->visits, o);
        for (int k = 0; k < ROW_REST; k++)
            cell(s->row[k], o);
        cell(s->no_shows, o);
        minutes_cell(told ? w->v[i - 1].median_wait : -1, o);
        minutes_cell(told ? w->v[i - 1].p90_wait : -1, o);
        buf_adds(o, "</tr>");
    }
    buf_adds(o, "</tbody></table></div>");
}

static void by_coach(const struct weeks *w)
{
    struct buf *o = w->o;

    buf_adds(o, "<h3>");
    html_esc(o, _("Helped, by coach"));
    buf_adds(o, "</h3><div class=\"scroll\" tabindex=\"0\"><table class=\"rows keep\"><thead><tr>");
    column(o, _("Coach"), "");
    for (size_t i = WEEKS / 2; i < WEEKS; i++) {
        buf_adds(o, "<th scope=\"col\" class=\"n\">");
        week_name(w->v[i].monday, o);
        buf_adds(o, "</th>");
    }
    buf_adds(o, "</tr></thead><tbody>");
    for (size_t c = 0; c < w->roster->n_coaches; c++) {
        buf_adds(o, "<tr><th scope=\"row\">");
        html_name(o, w->roster->coaches[c].name);
        buf_adds(o, "</th>");
        for (size_t i = WEEKS / 2; i < WEEKS; i++)
            cell(w->shown[i].by[c], o);
        buf_adds(o, "</tr>");
    }
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
    for (size_t i = 0; i < WEEKS; i++)
        guard_week(w, &w->v[i], &w->shown[i]);
    buf_adds(out, "<section class=\"card\"><h2>");
    html_esc(out, _("The last 12 weeks"));
    buf_adds(out, "</h2><p class=\"hint\">");
    html_esc(out, _("Under 5 is shown as <5, and a dot stands for what would give one away."));
    buf_adds(out, "</p>");
    chart(w);
    table(w);
    by_coach(w);
    buf_adds(out, "</section>");
    return ERR_OK;
}
