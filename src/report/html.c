/* The report as one page: no script, nothing from elsewhere, and good on A4. */
#include <string.h>

#include "i18n/date.h"
#include "report/chart.h"
#include "report/derive.h"
#include "report/words.h"

static const char style[] =
    ".report{--ink:#14182b;--ink2:#353b52;--rule:#c9cede;--now:#1f3097;--tint:#eef0fb;"
    "color:var(--ink);font:1rem/1.5 \"Noto Sans\",\"Segoe UI\",system-ui,sans-serif}\n"
    ".report h1{font-size:2rem;line-height:1.15;margin:0}\n"
    ".report h2{font-size:1.25rem;margin:0 0 .6rem;color:var(--now)}\n"
    ".report p{margin:.4rem 0}.report .under{color:var(--ink2);margin:.25rem 0 1.25rem}\n"
    ".report section{margin:0 0 2rem;break-inside:avoid}\n"
    ".report .early{border:2px solid #870c18;border-radius:8px;padding:.6rem .9rem;"
    "color:#870c18;font-weight:700;margin:0 0 1.25rem}\n"
    ".report .tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:.75rem;margin:0 0 1.5rem;"
    "padding:0}\n"
    ".report .tiles div{background:var(--tint);border-radius:10px;padding:.75rem .9rem;"
    "display:flex;flex-direction:column;justify-content:space-between}\n"
    ".report .tiles dt{font-size:.875rem;color:var(--ink2)}\n"
    ".report .tiles dd{margin:.2rem 0 0;font-size:1.75rem;font-weight:700;line-height:1.2}\n"
    ".report .tiles dd small{display:block;font-size:.8125rem;font-weight:400;"
    "color:var(--ink2);min-height:1.2em}\n"
    ".report ul{margin:.3rem 0;padding-left:1.2rem}.report li{margin:.15rem 0}\n"
    ".report table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;"
    "font-size:.9375rem}\n"
    ".report th,.report td{padding:.28rem .5rem;text-align:right;border-bottom:1px solid "
    "var(--rule);vertical-align:bottom}\n"
    ".report th:first-child{text-align:left;padding-left:0}.report td:last-child,"
    ".report th:last-child:not(:first-child){padding-right:0}\n"
    ".report tbody th{font-weight:400}.report thead th{font-size:.8125rem;color:var(--ink2)}\n"
    ".report tfoot th,.report tfoot td{font-weight:700;border-bottom:0;border-top:2px solid "
    "var(--ink)}\n"
    ".report .pair{display:grid;grid-template-columns:minmax(0,4fr) minmax(0,5fr);"
    "gap:1.75rem;align-items:start}\n"
    ".report svg{max-width:100%;height:auto;display:block;"
    "margin:.6rem 0}\n"
    ".report svg text{font-size:12.5px;fill:var(--ink)}.report svg .value{font-weight:700}\n"
    ".report svg .now{fill:var(--now)}.report svg .before{fill:#fff;stroke:var(--now);"
    "stroke-width:1.5}.report svg line{stroke:var(--ink2)}\n"
    ".report .key{font-size:.8125rem;color:var(--ink2);display:flex;gap:1.25rem;margin:0}\n"
    ".report .key span::before{content:\"\";display:inline-block;width:1.4em;height:.8em;"
    "margin-right:.4em;background:var(--now);border:1.5px solid var(--now)}\n"
    ".report .key span+span::before{background:#fff;height:.35em;vertical-align:.15em}\n"
    ".report .notes{font-size:.875rem;color:var(--ink2)}.report dl.notes dt{font-weight:700}\n"
    ".report .notes dd{margin:0 0 .3rem}\n"
    "@media (max-width:46rem){.report .pair{grid-template-columns:1fr}"
    ".report .tiles{grid-template-columns:repeat(auto-fit,minmax(9rem,1fr))}"
    ".report .tiles dd{font-size:1.375rem}.report .tiles div{padding:.75rem .7rem}"
    ".report .wide{overflow-x:auto}.report .wide table{font-size:.8125rem}"
    ".report .wide th,.report .wide td{padding-inline:.2rem}}\n"
    ".report .pair table{font-size:.875rem}.report .pair tbody th{white-space:nowrap}\n"
    "@media print{"
    ".report *{-webkit-print-color-adjust:exact;print-color-adjust:exact}"
    ".report section{margin-bottom:7mm}}\n";

static void text(struct buf *out, const char *s)
{
    words_escape(s, out);
}

static void add_figure(struct figure f, struct buf *out)
{
    CLEANUP(buf_done) struct buf b = buf_make(WORDS_MAX);
    words_figure(f, &b);
    text(out, buf_str(&b));
}

static void cell(struct figure f, struct buf *out)
{
    buf_adds(out, "<td>");
    add_figure(f, out);
    buf_adds(out, "</td>");
}

/* ---- the head: title, tiles, sentences ---- */

static void tile(struct buf *out, const char *name, const char *value, const char *under)
{
    buf_adds(out, "<div><dt>");
    text(out, name);
    buf_adds(out, "</dt><dd>");
    text(out, value);
    buf_adds(out, "<small>");
    text(out, under);
    buf_adds(out, "</small></dd></div>\n");
}

static void visits_tile(const struct report *r, struct buf *out)
{
    CLEANUP(buf_done) struct buf value = buf_make(WORDS_MAX);
    CLEANUP(buf_done) struct buf under = buf_make(WORDS_MAX);
    struct figure now = r->now.split[VISITS_BY_MUNICIPALITY].total;
    struct figure before = r->before.split[VISITS_BY_MUNICIPALITY].total;
    words_figure(now, &value);
    if (r->before.any) {
        buf_addf(&under, "%d: ", r->year - 1);
        words_figure(before, &under);
        if (r->complete && figure_known(now) && figure_known(before)) {
            buf_adds(&under, " (");
            words_change(r, now, before, &under);
            buf_addc(&under, ')');
        }
    }
    tile(out, C_("report", "Visits"), buf_str(&value), buf_str(&under));
}

static void percent_tile(const struct report *r, enum report_table t, size_t row,
                         const char *name, struct buf *out)
{
    CLEANUP(buf_done) struct buf value = buf_make(WORDS_MAX);
    CLEANUP(buf_done) struct buf under = buf_make(WORDS_MAX);
    const struct report_split *s = &r->now.split[t];
    if (figure_known(s->row[row]) && figure_known(s->total)) {
        buf_addf(&value, "%d%%", (int)percent_of(s->row[row].n, s->total.n));
        WORDS(&under, C_("report", "{n} of {all}"), { "n", .number = (long)s->row[row].n },
              { "all", .number = (long)s->total.n });
    } else {
        words_figure(s->row[row], &value);
    }
    tile(out, name, buf_str(&value), buf_str(&under));
}

static void wait_tile(const struct report *r, struct buf *out)
{
    CLEANUP(buf_done) struct buf value = buf_make(WORDS_MAX);
    CLEANUP(buf_done) struct buf under = buf_make(WORDS_MAX);
    struct report_minutes m = r->now.time[TIME_WAIT_WALK_IN];
    words_minutes(m.median, &value);
    if (m.p90 != REPORT_MINUTES_NONE)
        WORDS(&under, C_("report", "9 of 10 at most {n} min"), { "n", .number = m.p90 });
    tile(out, C_("report", "Half waited at most"), buf_str(&value), buf_str(&under));
}

static void head(const struct report *r, struct buf *out)
{
    buf_adds(out, "<h1>");
    WORDS(out, C_("report", "{site} in {year}"), { "site", .value = r->site },
          { "year", .number = r->year });
    buf_adds(out, "</h1>\n<p class=\"under\">");
    text(out, _("Yearly evaluation for Bergen op Zoom, Halderberge, Roosendaal, Steenbergen and "
                "Woensdrecht."));
    buf_adds(out, "</p>\n");
    if (!r->complete) {
        CLEANUP(buf_done) struct buf day = buf_make(WORDS_MAX);
        struct civil_date d = civil_date_of(r->until);
        i18n_date(&day, (struct i18n_day){ d.year, d.month, d.day }, I18N_DATE_YEAR);
        buf_adds(out, "<p class=\"early\">");
        WORDS(out, _("The year is not over: these figures run up to and including {date}. Do not "
                     "hand out this version. Beside a later one it could tell of a single person."),
              { "date", .value = buf_str(&day) });
        buf_adds(out, "</p>\n");
    }
    buf_adds(out, "<dl class=\"tiles\">\n");
    visits_tile(r, out);
    percent_tile(r, VISITS_BY_KIND, KIND_WALK_IN, C_("report", "Without an appointment"), out);
    wait_tile(r, out);
    percent_tile(r, APPOINTMENTS_BY_END, KEPT_NO_SHOW, C_("report", "Appointments missed"), out);
    buf_adds(out, "</dl>\n<section><h2>");
    text(out, C_("report", "In short"));
    buf_adds(out, "</h2>\n<ul>\n");
    words_summary(r, out);
    buf_adds(out, "</ul></section>\n");
}

/* ---- tables ---- */

static void column(struct buf *out, const char *name, int year)
{
    buf_adds(out, "<th scope=\"col\">");
    text(out, name);
    if (year > 0)
        buf_addf(out, " %d", year);
    buf_adds(out, "</th>");
}

struct table {
    const struct report *r;
    enum report_table t;
    const char *unit;      /* of the figures: "Visits" */
    int beside;            /* another table with the same rows, or -1 */
    const char *unit_beside;
    const struct shares *shares; /* or NULL */
};

static void add_columns(const struct table *s, struct buf *out)
{
    buf_adds(out, "<table><caption class=\"unseen\">");
    text(out, words_table(s->t));
    buf_adds(out, "</caption>\n<thead><tr><td></td>");
    column(out, s->unit, s->r->year);
    if (s->shares)
        column(out, C_("report", "Share"), 0);
    if (s->r->before.any) {
        column(out, s->unit, s->r->year - 1);
        if (s->r->complete)
            column(out, C_("report", "Difference"), 0);
    }
    if (s->beside >= 0)
        column(out, s->unit_beside, s->r->year);
    buf_adds(out, "</tr></thead>\n");
}

static void change_cell(const struct table *s, struct figure now, struct figure before,
                        struct buf *out)
{
    cell(before, out);
    if (!s->r->complete)
        return;
    buf_adds(out, "<td>");
    words_change(s->r, now, before, out);
    buf_adds(out, "</td>");
}

static void share_cell(int tenths, struct buf *out)
{
    buf_adds(out, "<td>");
    if (tenths == TENTHS_NONE)
        text(out, C_("report", "hidden"));
    else
        words_tenths(tenths, out);
    buf_adds(out, "</td>");
}

/* A row of one year only has nothing to show in the other. */
static void cell_if(bool used, struct figure f, struct buf *out)
{
    if (used)
        cell(f, out);
    else
        buf_adds(out, "<td></td>");
}

static void add_row(const struct table *s, size_t i, struct buf *out)
{
    const struct report_split *now = &s->r->now.split[s->t];
    const struct report_split *before = &s->r->before.split[s->t];
    CLEANUP(buf_done) struct buf name = buf_make(WORDS_MAX);
    words_row(s->t, i, &name);
    buf_adds(out, "<tr><th scope=\"row\">");
    text(out, buf_str(&name));
    buf_adds(out, "</th>");
    cell_if(now->used[i], now->row[i], out);
    if (s->shares)
        share_cell(s->shares->tenths[i], out);
    if (s->r->before.any) {
        bool both = now->used[i] && before->used[i];
        if (both)
            change_cell(s, now->row[i], before->row[i], out);
        else {
            cell_if(before->used[i], before->row[i], out);
            buf_adds(out, s->r->complete ? "<td></td>" : "");
        }
    }
    if (s->beside >= 0)
        cell_if(s->r->now.split[s->beside].used[i], s->r->now.split[s->beside].row[i], out);
    buf_adds(out, "</tr>\n");
}

/* What the hidden municipalities have together, so that all shares make 100%. */
static void add_hidden_share(const struct table *s, struct buf *out)
{
    if (!s->shares || s->shares->hidden == TENTHS_NONE)
        return;
    buf_adds(out, "<tr><th scope=\"row\">");
    text(out, C_("report", "The hidden ones together"));
    buf_adds(out, "</th><td></td>");
    share_cell(s->shares->hidden, out);
    for (int i = 0; s->r->before.any && i < (s->r->complete ? 2 : 1); i++)
        buf_adds(out, "<td></td>");
    buf_adds(out, s->beside >= 0 ? "<td></td></tr>\n" : "</tr>\n");
}

static void add_table(const struct table *s, struct buf *out)
{
    const struct report_split *now = &s->r->now.split[s->t];
    const struct report_split *before = &s->r->before.split[s->t];
    buf_adds(out, "<div class=\"wide\" tabindex=\"0\">");
    add_columns(s, out);
    buf_adds(out, "<tbody>\n");
    for (size_t i = 0; i < REPORT_SLOTS; i++)
        if (now->used[i] || before->used[i])
            add_row(s, i, out);
    add_hidden_share(s, out);
    buf_adds(out, "</tbody>\n<tfoot><tr><th scope=\"row\">");
    text(out, C_("report", "Total"));
    buf_adds(out, "</th>");
    cell(now->total, out);
    if (s->shares)
        share_cell(TENTHS_ALL, out);
    if (s->r->before.any)
        change_cell(s, now->total, before->total, out);
    if (s->beside >= 0)
        cell(s->r->now.split[s->beside].total, out);
    buf_adds(out, "</tr></tfoot></table></div>\n");
}

static void open_section(const char *title, struct buf *out)
{
    buf_adds(out, "<section><h2>");
    text(out, title);
    buf_adds(out, "</h2>\n");
}

static void chart_key(const struct report *r, struct buf *out)
{
    if (r->before.any)
        buf_addf(out, "<p class=\"key\"><span>%d</span><span>%d</span></p>\n", r->year,
                 r->year - 1);
}

/* ---- sections ---- */

static void municipalities(const struct report *r, struct buf *out)
{
    struct shares shares;
    bool shown = shares_of(&r->now.split[VISITS_BY_MUNICIPALITY], &shares);
    const struct table s = { r, VISITS_BY_MUNICIPALITY, C_("report", "Visits"),
                             APPOINTMENTS_BY_MUNICIPALITY, C_("report", "Appointments"),
                             shown ? &shares : NULL };
    open_section(C_("report", "Each municipality's share"), out);
    buf_adds(out, "<p>");
    text(out, _("A visit counts for the municipality where the young person lives. By this share "
                "the 5 municipalities pay for the house."));
    buf_adds(out, "</p>\n");
    add_table(&s, out);
    chart_bars(r, VISITS_BY_MUNICIPALITY, out);
    chart_key(r, out);
    buf_adds(out, "</section>\n");
}

static void split_section(const struct report *r, enum report_table t, bool columns,
                          struct buf *out)
{
    const struct table s = { r, t, C_("report", "Visits"),
                             (int)t - VISITS_BY_MUNICIPALITY + APPOINTMENTS_BY_MUNICIPALITY,
                             C_("report", "Appointments"), NULL };
    open_section(words_table(t), out);
    buf_adds(out, "<div class=\"pair\"><div>");
    if (columns)
        chart_columns(r, t, out);
    else
        chart_bars(r, t, out);
    chart_key(r, out);
    buf_adds(out, "</div>");
    add_table(&s, out);
    buf_adds(out, "</div></section>\n");
}

static void small_section(const struct report *r, enum report_table t, const char *unit,
                          struct buf *out)
{
    const struct table s = { r, t, unit, -1, NULL, NULL };
    open_section(words_table(t), out);
    add_table(&s, out);
    buf_adds(out, "</section>\n");
}

static void appointments(const struct report *r, struct buf *out)
{
    buf_adds(out, "<div class=\"pair\">\n");
    small_section(r, VISITS_BY_KIND, C_("report", "Visits"), out);
    small_section(r, APPOINTMENTS_BY_END, C_("report", "Appointments"), out);
    buf_adds(out, "</div>\n");
}

static void ends(const struct report *r, struct buf *out)
{
    const struct table s = { r, VISITS_BY_END, C_("report", "Visits"), -1, NULL, NULL };
    open_section(words_table(VISITS_BY_END), out);
    chart_bars(r, VISITS_BY_END, out);
    chart_key(r, out);
    add_table(&s, out);
    buf_adds(out, "</section>\n");
}

static void minutes_cell(int minutes, struct buf *out)
{
    buf_adds(out, "<td>");
    CLEANUP(buf_done) struct buf b = buf_make(WORDS_MAX);
    words_minutes(minutes, &b);
    text(out, buf_str(&b));
    buf_adds(out, "</td>");
}

static void times(const struct report *r, struct buf *out)
{
    open_section(C_("report", "Waiting and talking"), out);
    buf_adds(out, "<div class=\"wide\" tabindex=\"0\"><table><thead><tr><td></td>");
    for (int k = 0; k < (r->before.any ? 2 : 1); k++) {
        column(out, C_("report", "Half at most"), r->year - k);
        column(out, C_("report", "9 of 10 at most"), r->year - k);
    }
    buf_adds(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < REPORT_TIMES; i++) {
        buf_adds(out, "<tr><th scope=\"row\">");
        text(out, words_time((enum report_time)i));
        buf_adds(out, "</th>");
        for (int k = 0; k < (r->before.any ? 2 : 1); k++) {
            const struct report_minutes *m = k == 0 ? &r->now.time[i] : &r->before.time[i];
            minutes_cell(m->median, out);
            minutes_cell(m->p90, out);
        }
        buf_adds(out, "</tr>\n");
    }
    buf_adds(out, "</tbody></table></div>\n<p class=\"notes\">");
    text(out, _("Waiting is the time until the first call. Talking is the time with the last "
                "coach."));
    buf_adds(out, "</p></section>\n");
}

static void singles(const struct report *r, struct buf *out)
{
    open_section(C_("report", "Also counted"), out);
    buf_adds(out, "<div class=\"wide\" tabindex=\"0\"><table><thead><tr><td></td>");
    for (int k = 0; k < (r->before.any ? 2 : 1); k++)
        column(out, "", r->year - k);
    buf_adds(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < REPORT_SINGLES; i++) {
        buf_adds(out, "<tr><th scope=\"row\">");
        text(out, words_single((enum report_single)i));
        buf_adds(out, "</th>");
        cell(r->now.single[i], out);
        if (r->before.any)
            cell(r->before.single[i], out);
        buf_adds(out, "</tr>\n");
    }
    buf_adds(out, "</tbody></table></div></section>\n");
}

static void notes(struct buf *out)
{
    open_section(C_("report", "About these figures"), out);
    buf_adds(out, "<dl class=\"notes\"><dt>&lt;5</dt><dd>");
    text(out, _("Fewer than 5, or none. So nobody can tell who it is."));
    buf_adds(out, "</dd><dt>");
    text(out, C_("report", "hidden"));
    buf_adds(out, "</dt><dd>");
    text(out, _("Left out, because a figure under 5 could be worked out from it."));
    buf_adds(out, "</dd><dt>");
    text(out, C_("report", "Where the figures come from"));
    buf_adds(out, "</dt><dd>");
    text(out, _("The house counts visits without names. These counts stay when the names are "
                "deleted. Visits from other municipalities are in no other figure."));
    buf_adds(out, "</dd></dl></section>\n");
}

void report_style(struct buf *out)
{
    buf_adds(out, style);
}

void report_body(const struct report *r, struct buf *out)
{
    buf_adds(out, "<div class=\"report\">\n");
    head(r, out);
    municipalities(r, out);
    split_section(r, VISITS_BY_TOPIC, false, out);
    split_section(r, VISITS_BY_MONTH, true, out);
    split_section(r, VISITS_BY_HOUR, true, out);
    times(r, out);
    appointments(r, out);
    ends(r, out);
    buf_adds(out, "<div class=\"pair\">\n");
    small_section(r, TURNED_AWAY, C_("report", "Times"), out);
    singles(r, out);
    buf_adds(out, "</div>\n");
    notes(out);
    buf_adds(out, "</div>\n");
}

void report_html(const struct report *r, struct buf *out)
{
    buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<title>",
             i18n_current()->code);
    WORDS(out, C_("report", "{site} in {year}"), { "site", .value = r->site },
          { "year", .number = r->year });
    buf_adds(out, "</title>\n<style>\n@page{size:A4;margin:16mm 17mm}\n"
                  "body{margin:0;background:#fff}\n"
                  "main{max-width:52rem;margin:0 auto;padding:2rem 1.25rem}\n"
                  "@media print{html{font-size:9.5pt}main{max-width:none;padding:0}}\n"
                  ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;"
                  "clip-path:inset(50%);white-space:nowrap}\n");
    report_style(out);
    buf_adds(out, "</style></head>\n<body><main>\n");
    report_body(r, out);
    buf_adds(out, "</main></body></html>\n");
}
