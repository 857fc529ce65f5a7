/* The report for a program. */
#include <jansson.h>

#include "report/derive.h"
#include "report/words.h"

/* A number, "<5" or "hidden"; jansson's calls take NULL as a failure that is passed on. */
static json_t *figure_json(struct figure f)
{
    if (figure_known(f))
        return json_integer(f.n);
    return f.mark == FIGURE_SMALL ? json_sprintf("<%d", GUARD_MIN) : json_string("hidden");
}

static json_t *minutes_json(int minutes)
{
    return minutes == REPORT_MINUTES_NONE ? json_null() : json_integer(minutes);
}

static int add_row(json_t *rows, enum report_table t, size_t i, struct figure f,
                   const struct shares *shares)
{
    CLEANUP(buf_done) struct buf key = buf_make(WORDS_MAX);
    CLEANUP(buf_done) struct buf name = buf_make(WORDS_MAX);
    words_row_key(t, i, &key);
    words_row(t, i, &name);
    json_t *row = json_pack("{s:s, s:s, s:o}", "row", buf_str(&key), "name", buf_str(&name), "n",
                            figure_json(f));
    int bad = !row;
    if (!bad && shares)
        bad = json_object_set_new(row, "share_percent",
                                  shares->tenths[i] == TENTHS_NONE
                                      ? json_null()
                                      : json_real(shares->tenths[i] / 10.0));
    return json_array_append_new(rows, row) | bad;
}

static json_t *split_json(const struct report_split *s, enum report_table t)
{
    struct shares shares;
    bool shared = t == VISITS_BY_MUNICIPALITY && shares_of(s, &shares);
    json_t *rows = json_array();
    int bad = 0;
    for (size_t i = 0; i < REPORT_SLOTS; i++)
        if (s->used[i])
            bad |= add_row(rows, t, i, s->row[i], shared ? &shares : NULL);
    json_t *split = json_pack("{s:o, s:o}", "total", figure_json(s->total), "rows", rows);
    if (split && shared && shares.hidden != TENTHS_NONE)
        bad |= json_object_set_new(split, "share_percent_hidden",
                                   json_real(shares.hidden / 10.0));
    if (bad) {
        json_decref(split);
        return NULL;
    }
    return split;
}

static json_t *year_json(const struct report_year *y)
{
    if (!y->any)
        return json_null();
    json_t *year = json_object();
    int bad = 0;
    for (size_t t = 0; t < REPORT_TABLES; t++)
        bad |= json_object_set_new(year, words_table_key((enum report_table)t),
                                   split_json(&y->split[t], (enum report_table)t));
    for (size_t i = 0; i < REPORT_SINGLES; i++)
        bad |= json_object_set_new(year, words_single_key((enum report_single)i),
                                   figure_json(y->single[i]));
    for (size_t i = 0; i < REPORT_TIMES; i++)
        bad |= json_object_set_new(year, words_time_key((enum report_time)i),
                                   json_pack("{s:o, s:o}", "median_minutes",
                                             minutes_json(y->time[i].median), "p90_minutes",
                                             minutes_json(y->time[i].p90)));
    if (bad) {
        json_decref(year);
        return NULL;
    }
    return year;
}

static int add_text(const char *text, size_t n, void *arg)
{
    buf_add(arg, text, n);
    return 0;
}

enum err report_json(const struct report *r, struct buf *out)
{
    char until[CIVIL_DATE_SIZE];
    civil_format(r->until, until);
    json_t *j = json_pack("{s:s, s:i, s:s, s:b, s:i, s:o, s:o}", "site", r->site, "year", r->year,
                          "until", until, "complete", r->complete, "smallest_shown", GUARD_MIN,
                          "figures", year_json(&r->now), "year_before", year_json(&r->before));
    if (!j)
        return ERR_NOMEM;
    int bad = json_dump_callback(j, add_text, out, JSON_INDENT(2) | JSON_REAL_PRECISION(4));
    json_decref(j);
    buf_addc(out, '\n');
    return bad ? ERR_NOMEM : buf_err(out);
}
