/* The daily counts of a year and of the one before, and what of them may be published. */
#include <stdio.h>

#include "base/mem.h"
#include "report/figures.h"

static enum err read_year(struct store *s, civil_day first, civil_day last, bool running,
                          struct report_year *ret_year)
{
    CLEANUP(count_rows_done) struct count_rows rows = { 0 };
    CLEANUP(mem_freep) struct figures *f = mem_calloc(1, sizeof(*f));
    if (!f)
        return ERR_NOMEM;
    enum err e = store_counts(s, first, last, &rows);
    if (e != ERR_OK)
        return e;
    figures_sum(&rows, running, f);
    figures_publish(f, ret_year);
    return ERR_OK;
}

static civil_day new_year(int year)
{
    return civil_day_of((struct civil_date){ year, 1, 1 });
}

enum err report_read(const struct report_request *q, struct report *ret_report)
{
    if (q->year < REPORT_YEAR_MIN || q->year > 9998 || q->today < new_year(q->year))
        return ERR_RANGE;
    CLEANUP(store_closep) struct store *s = NULL;
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    civil_day first = new_year(q->year);
    civil_day last = new_year(q->year + 1) - 1;
    struct report r = { .year = q->year, .complete = q->today > last };
    r.until = r.complete ? last : q->today;
    snprintf(r.site, sizeof(r.site), "%s", q->site);
    enum err e = store_open(&(struct store_options){ .path = q->db_path,
                                                     .keys = STORE_KEYS_NONE,
                                                     .read_only = true },
                            &s);
    if (e == ERR_OK)
        e = store_begin_read(s, &tx);
    if (e == ERR_OK)
        e = read_year(s, first, r.until, !r.complete, &r.now);
    if (e == ERR_OK)
        e = read_year(s, new_year(q->year - 1), first - 1, false, &r.before);
    if (e == ERR_OK)
        *ret_report = r;
    return e;
}
