#include "regiondesk/regiondesk.h"

#include <stdio.h>

#include "base/mem.h"
#include "desk/pages.h"
#include "regiondesk/inside.h"
#include "report/report.h"

static const struct page *const pages[] = {
    &page_houses, &page_houses_board, &page_days,   &page_closures, &page_report, &page_audit,
    &page_staff,  &page_login,        &page_logout, &page_session,  &page_events, &page_static,
};

static const struct desk_link links[] = {
    { "/", NC_("navigation", "Houses"), ROLE_LEAD },
    { "/days", NC_("navigation", "Move a day"), ROLE_LEAD },
    { "/closures", NC_("navigation", "Closed days"), ROLE_LEAD },
    { "/report", NC_("navigation", "Yearly report"), ROLE_LEAD },
    { "/audit", NC_("navigation", "Log"), ROLE_LEAD },
    { "/staff", NC_("navigation", "Who may log in"), ROLE_ADMIN },
};

static enum err counts(void *arg, civil_day first, civil_day last, struct count_rows *ret_rows)
{
    struct regiondesk *g = arg;
    enum err e = regiondesk_line(g);
    return e == ERR_OK ? regiondesk_said(g, region_counts(g->r, first, last, ret_rows)) : e;
}

static enum err report(void *arg, const struct report_request *q, struct report *ret_report)
{
    struct report_request all = *q;
    all.site = _("All houses of the region");
    return report_read_from(&all, &(struct report_source){ counts, arg }, ret_report);
}

enum err regiondesk_run(const struct desk_setup *setup, const char *conninfo)
{
    struct regiondesk g = { .options = { .conninfo = conninfo, .wait_ms = REGIONDESK_WAIT_MS } };
    const struct desk_face face = { .pages = pages, .n_pages = ARRAY_LEN(pages),
                                    .links = links, .n_links = ARRAY_LEN(links),
                                    .look = regiondesk_look, .report = report, .arg = &g };
    struct desk_setup own = *setup;
    own.face = &face;
    g.setup = &own;
    enum err e = desk_run(&own);
    region_close(g.r);
    overview_done(&g.now);
    buf_done(&g.face);
    return e;
}
