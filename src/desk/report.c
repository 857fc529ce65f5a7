/* The page /report: the yearly evaluation, to read, print and take along. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"
#include "report/report.h"

#define YEARS_SHOWN 5

static int this_year(struct desk *d)
{
    return civil_date_of(flow_today(d->flow)).year;
}

/* `year` of the address: four digits; without it last year's, which is whole. */
static bool asked_year(struct desk *d, const struct request *r, int *ret_year)
{
    const char *asked = request_arg(r, "year");

    *ret_year = this_year(d) - 1;
    if (!asked)
        return true;
    if (strlen(asked) != 4 || strspn(asked, "0123456789") != 4)
        return false;
    *ret_year = (int)strtol(asked, NULL, 10);
    return true;
}

static enum err read_year(struct desk *d, int year, struct report *ret)
{
    const struct roster *ro = flow_roster(d->flow);
    struct report_request q = { .db_path = d->setup->db_path,
                                .site = ro ? ro->site.name : "Dynamo",
                                .year = year,
                                .today = flow_today(d->flow) };

    const struct desk_face *face = d->setup->face;

    return face->report ? face->report(face->arg, &q, ret) : report_read(&q, ret);
}

static void download(int year, const char *format, const char *label, struct buf *o)
{
    buf_addf(o, "<a class=\"button small\" href=\"/report?year=%d&amp;format=%s\" download>", year,
             format);
    html_esc(o, label);
    buf_adds(o, "</a>");
}

static void tools(struct desk *d, int year, bool any, struct buf *o)
{
    buf_adds(o, "<div class=\"row bar-of-week\"><nav class=\"years\"");
    html_attr(o, "aria-label", _("Years"));
    buf_addc(o, '>');
    for (int y = this_year(d); y > this_year(d) - YEARS_SHOWN; y--)
        buf_addf(o, "<a class=\"button small\" href=\"/report?year=%d\"%s>%d</a>", y,
                 y == year ? " aria-current=\"page\"" : "", y);
    buf_adds(o, "</nav>");
    if (any) {
        buf_adds(o, "<div class=\"downloads\"><span class=\"hint\">");
        html_esc(o, _("Take along:"));
        buf_adds(o, "</span>");
        download(year, "html", _("page to print"), o);
        download(year, "csv", _("spreadsheet (CSV)"), o);
        download(year, "json", _("data (JSON)"), o);
        buf_adds(o, "</div>");
    }
    buf_adds(o, "</div>");
}

static void nothing(int year, struct buf *o)
{
    buf_adds(o, "<section class=\"card narrow\"><h1>");
    html_format(o, _("Nothing was counted in {year}"), { "year", .number = year });
    buf_adds(o, "</h1><p>");
    html_esc(o, _("The yearly evaluation is made from the counts of the house: each visit and "
                  "appointment is counted by itself, without names. Choose a year in which the "
                  "house was open."));
    buf_adds(o, "</p></section>");
}

static void write_page(struct desk *d, struct request *r, const struct report *rep, int year,
                       struct buf *o)
{
    bool any = rep->now.any;

    layout_begin(d, r, "/report", C_("navigation", "Yearly report"), o);
    buf_adds(o, "<link rel=\"stylesheet\" href=\"/static/report.css\">");
    tools(d, year, any, o);
    if (any) {
        if (d->setup->face->report) {
            buf_adds(o, "<p class=\"hint\">");
            html_esc(o, _("Hand out this evaluation or those of the single houses, never both: the "
                          "difference of the two could tell of a small group."));
            buf_adds(o, "</p>");
        }
        buf_adds(o, "<div class=\"card paper\">");
        report_body(rep, o);
        buf_adds(o, "</div>");
    } else {
        nothing(year, o);
    }
    layout_end(r, o);
}

static enum err write_file(const struct report *rep, const char *format, struct reply *out)
{
    enum err e = ERR_OK;

    if (strcmp(format, "html") == 0) {
        report_html(rep, &out->body);
    } else if (strcmp(format, "csv") == 0) {
        out->type = "text/csv; charset=utf-8";
        report_csv(rep, &out->body);
    } else if (strcmp(format, "json") == 0) {
        out->type = "application/json";
        e = report_json(rep, &out->body);
    } else {
        return ERR_INVAL;
    }
    snprintf(out->disposition, sizeof(out->disposition), "attachment; filename=\"report-%d.%s\"",
             rep->year, format);
    return e == ERR_OK ? buf_err(&out->body) : e;
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    const char *format = request_arg(r, "format");
    struct report rep;
    int year = 0;
    enum err e = asked_year(d, r, &year) ? read_year(d, year, &rep) : ERR_INVAL;

    if (e == ERR_OK && !format) {
        write_page(d, r, &rep, year, &out->body);
        return;
    }
    if (e == ERR_OK) {
        i18n_use("nl"); /* what goes out of the house is for the alderman */
        e = write_file(&rep, format, out);
        i18n_use(r->lang);
    }
    if (e == ERR_OK)
        return;
    buf_clear(&out->body);
    out->type = NULL;
    out->disposition[0] = '\0';
    layout_fault(d, r, e == ERR_RANGE || e == ERR_INVAL ? 404 : 503,
                 e == ERR_RANGE ? _("That year has not begun, or is before 2000.") : words_err(e),
                 out);
}

const struct page page_report = { .path = "/report", .roles = ROLE_LEAD, .get = get };
