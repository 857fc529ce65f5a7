/* The daily counts of a year and of the one before, and what of them may be published. */
#include <stdio.h>

#include "base/mem.h"
#include "report/figures.h"

static enum err read_year(const struct report_source *source, civil_day first, civil_day last,
                          bool running, struct report_year *ret_year)
{
    CLEANUP(count_rows_done) struct count_rows rows = { 0 };
    CLEANUP(mem_freep) struct figures *f = mem_calloc(1, sizeof(*f));
    if (!f)
        return ERR_NOMEM;
    enum err e = source->counts(source->arg, first, last, &rows);
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

static bool is_readable(const struct report_request *q)
{
    return q->year >= REPORT_YEAR_MIN && q->year <= 9998 && q->today >= new_year(q->year);
}

enum err report_read_from(const struct report_request *q, const struct report_source *source,
                          struct report *ret_report)
{
    if (!is_readable(q))
        return ERR_RANGE;
    civil_day first = new_year(q->year);
    civil_day last = new_year(q->year + 1) - 1;
    struct report r = { .year = q->year, .complete = q->today > last };
    r.until = r.complete ? last : q->today;
    snprintf(r.site, sizeof(r.site), "%s", q->site);
    enum err e = read_year(source, first, r.until, !r.complete, &r.now);
    if (e == ERR_OK)
        e = read_year(source, new_year(q->year - 1), first - 1, false, &r.before);
    if (e == ERR_OK)
        *ret_report = r;
    return e;
}

static enum err counts_of_store(void *arg, civil_day first, civil_day last,
                                struct count_rows *ret_rows)
{
    return store_counts(arg, first, last, ret_rows);
}

enum err report_read(const struct report_request *q, struct report *ret_report)
{
    if (!is_readable(q))
        return ERR_RANGE;
    CLEANUP(store_closep) struct store *s = NULL;
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_open(&(struct store_options){ .path = q->db_path,
                                                     .keys = STORE_KEYS_NONE,
                                                     .read_only = true },
                            &s);
    if (e == ERR_OK)
        e = store_begin_read(s, &tx);
    if (e != ERR_OK)
        return e;
    return report_read_from(q, &(struct report_source){ counts_of_store, s }, ret_report);
}
