/* The report for a spreadsheet: a line per row and year. */
#include <string.h>

#include "report/derive.h"
#include "report/words.h"

/* Quoted where needed (RFC 4180). What a spreadsheet would take for a formula begins with an
 * apostrophe, which makes it a text there (OWASP, "CSV Injection"). */
static void field(struct buf *out, const char *s)
{
    bool formula = *s != '\0' && strchr("=+-@\t\r", *s) != NULL;
    bool quote = formula || strpbrk(s, ",\"\r\n") != NULL;
    buf_adds(out, quote ? "\"" : "");
    buf_adds(out, formula ? "'" : "");
    for (; *s; s++) {
        buf_adds(out, *s == '"' ? "\"" : "");
        buf_addc(out, *s);
    }
    buf_adds(out, quote ? "\"" : "");
}

/* Digits without a mark between thousands: a number in every language's spreadsheet. */
static void number(struct buf *out, struct figure f)
{
    if (figure_known(f))
        buf_addf(out, "%lld", (long long)f.n);
    else if (f.mark == FIGURE_SMALL)
        buf_addf(out, "<%d", GUARD_MIN);
    else
        buf_adds(out, "hidden");
}

struct line {
    const struct report *r;
    int year;
    const char *table;
    const char *key, *name;
    struct figure f;
};

static void add_line(const struct line *l, struct buf *out)
{
    field(out, l->r->site);
    buf_addf(out, ",%d,", l->year);
    field(out, l->table);
    buf_addc(out, ',');
    field(out, l->key);
    buf_addc(out, ',');
    field(out, l->name);
    buf_addc(out, ',');
    number(out, l->f);
    buf_adds(out, "\r\n");
}

static void add_split(const struct report *r, const struct report_year *y, int year,
                      enum report_table t, struct buf *out)
{
    const struct report_split *s = &y->split[t];
    for (size_t i = 0; i < REPORT_SLOTS; i++) {
        CLEANUP(buf_done) struct buf key = buf_make(WORDS_MAX);
        CLEANUP(buf_done) struct buf name = buf_make(WORDS_MAX);
        if (!s->used[i])
            continue;
        words_row_key(t, i, &key);
        words_row(t, i, &name);
        add_line(&(struct line){ r, year, words_table_key(t), buf_str(&key), buf_str(&name),
                                 s->row[i] },
                 out);
    }
    add_line(&(struct line){ r, year, words_table_key(t), "total", C_("report", "Total"),
                             s->total },
             out);
}

static void add_time(const struct report *r, int year, enum report_time t,
                     const struct report_minutes *m, struct buf *out)
{
    const int minutes[] = { m->median, m->p90 };
    for (size_t i = 0; i < 2; i++) {
        bool none = minutes[i] == REPORT_MINUTES_NONE;
        struct figure f = { none ? FIGURE_WITHHELD : FIGURE_SHOWN, none ? 0 : minutes[i] };
        add_line(&(struct line){ r, year, words_time_key(t),
                                 i == 0 ? "median_minutes" : "p90_minutes", words_time(t), f },
                 out);
    }
}

static void add_shares(const struct report *r, const struct report_year *y, int year,
                       struct buf *out)
{
    struct shares shares;
    if (!shares_of(&y->split[VISITS_BY_MUNICIPALITY], &shares))
        return;
    for (size_t i = 0; i <= REPORT_SLOTS; i++) {
        CLEANUP(buf_done) struct buf key = buf_make(WORDS_MAX);
        CLEANUP(buf_done) struct buf name = buf_make(WORDS_MAX);
        int tenths = i < REPORT_SLOTS ? shares.tenths[i] : shares.hidden;
        if (tenths == TENTHS_NONE)
            continue;
        if (i < REPORT_SLOTS) {
            words_row_key(VISITS_BY_MUNICIPALITY, i, &key);
            words_row(VISITS_BY_MUNICIPALITY, i, &name);
        } else {
            buf_adds(&key, "hidden");
            buf_adds(&name, C_("report", "The hidden ones together"));
        }
        field(out, r->site);
        buf_addf(out, ",%d,share_percent,%s,", year, buf_str(&key));
        field(out, buf_str(&name));
        buf_addf(out, ",%d.%d\r\n", tenths / 10, tenths % 10);
    }
}

static void add_year(const struct report *r, const struct report_year *y, int year,
                     struct buf *out)
{
    if (!y->any)
        return;
    for (size_t t = 0; t < REPORT_TABLES; t++)
        add_split(r, y, year, (enum report_table)t, out);
    add_shares(r, y, year, out);
    for (size_t i = 0; i < REPORT_SINGLES; i++)
        add_line(&(struct line){ r, year, words_single_key((enum report_single)i), "total",
                                 words_single((enum report_single)i), y->single[i] },
                 out);
    for (size_t i = 0; i < REPORT_TIMES; i++)
        add_time(r, year, (enum report_time)i, &y->time[i], out);
}

void report_csv(const struct report *r, struct buf *out)
{
    buf_adds(out, "site,year,table,row,name,n\r\n");
    add_year(r, &r->now, r->year, out);
    add_year(r, &r->before, r->year - 1, out);
}
