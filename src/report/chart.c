#include "report/chart.h"

#include "base/utf8.h"
#include "i18n/date.h"
#include "report/derive.h"
#include "report/words.h"

/* In pixels; the page makes it smaller where it does not fit. */
#define WIDTH 340      /* of columns together */
#define MARGIN 14      /* for the half of a name that sticks out of its column */
#define ROOM 190       /* for the longest bar */
#define LETTER 7     /* of a bar's name, wide enough for its font */
#define VALUE 66     /* room for a bar's figure */
#define BAR 16       /* this year */
#define BAR_BEFORE 6 /* the year before: thinner, and open */
#define ROW 32
#define HEIGHT 200 /* of columns */
#define FOOT 40
#define HEAD 22

struct chart {
    const struct report *r;
    enum report_table t;
    const struct report_split *now, *before;
    int64_t most;  /* the largest figure that is shown */
    size_t rows;   /* used in either year */
    int label;     /* width of the longest name */
    struct buf *out;
};

static bool row_used(const struct chart *c, size_t i)
{
    return c->now->used[i] || c->before->used[i];
}

static struct chart chart_of(const struct report *r, enum report_table t, struct buf *out)
{
    struct chart c = { .r = r, .t = t, .now = &r->now.split[t], .before = &r->before.split[t],
                       .most = 1, .out = out };
    for (size_t i = 0; i < REPORT_SLOTS; i++) {
        if (!row_used(&c, i))
            continue;
        CLEANUP(buf_done) struct buf name = buf_make(WORDS_MAX);
        words_row(t, i, &name);
        int label = LETTER * ((int)utf8_count(buf_str(&name)) + 2);
        c.label = label > c.label ? label : c.label;
        c.rows++;
        c.most = c.now->row[i].n > c.most ? c.now->row[i].n : c.most;
        c.most = c.before->row[i].n > c.most ? c.before->row[i].n : c.most;
    }
    return c;
}

static int64_t scaled(const struct chart *c, int64_t n, int64_t room)
{
    return n * room / c->most;
}

static void add_figure(struct figure f, struct buf *out)
{
    CLEANUP(buf_done) struct buf b = buf_make(WORDS_MAX);
    words_figure(f, &b);
    words_escape(buf_str(&b), out);
}

/* Over a column there is no room for a word; the table beside it and the description say it. */
static void add_column_figure(struct figure f, struct buf *out)
{
    if (f.mark == FIGURE_WITHHELD)
        buf_adds(out, "·");
    else
        add_figure(f, out);
}

static void add_row_name(const struct chart *c, size_t i)
{
    CLEANUP(buf_done) struct buf b = buf_make(WORDS_MAX);
    words_row(c->t, i, &b);
    words_escape(buf_str(&b), c->out);
}

/* Under a column: months short. */
static void add_column_name(const struct chart *c, size_t i)
{
    if (c->t == VISITS_BY_MONTH)
        words_escape(i18n_month_short((int)i + 1), c->out);
    else
        add_row_name(c, i);
}

/* Every figure in words, for who does not see the bars. */
static void describe(const struct chart *c)
{
    buf_addf(c->out, "<title id=\"%s-t\">", words_table_key(c->t));
    words_escape(words_table(c->t), c->out);
    buf_addf(c->out, "</title>\n<desc id=\"%s-d\">", words_table_key(c->t));
    const char *separator = "";
    for (size_t i = 0; i < REPORT_SLOTS; i++) {
        if (!row_used(c, i))
            continue;
        buf_adds(c->out, separator);
        separator = "; ";
        add_row_name(c, i);
        buf_addf(c->out, " %d: ", c->r->year);
        add_figure(c->now->row[i], c->out);
        if (c->r->before.any) {
            buf_addf(c->out, ", %d: ", c->r->year - 1);
            add_figure(c->before->row[i], c->out);
        }
    }
    buf_adds(c->out, ".</desc>\n");
}

static void open_svg(const struct chart *c, long width, long height)
{
    const char *key = words_table_key(c->t);
    buf_addf(c->out,
             "<svg role=\"img\" aria-labelledby=\"%s-t %s-d\" width=\"%ld\" "
             "viewBox=\"0 0 %ld %ld\" xmlns=\"http://www.w3.org/2000/svg\">\n",
             key, key, width, width, height);
    describe(c);
}

static void rect(struct buf *out, const char *class, const int64_t at[4])
{
    buf_addf(out, "<rect class=\"%s\" x=\"%ld\" y=\"%ld\" width=\"%ld\" height=\"%ld\"/>", class,
             (long)at[0], (long)at[1], (long)at[2], (long)at[3]);
}

void chart_bars(const struct report *r, enum report_table t, struct buf *out)
{
    struct chart c = chart_of(r, t, out);
    int64_t y = 4;
    open_svg(&c, c.label + ROOM + VALUE, (long)c.rows * ROW + 4);
    for (size_t i = 0; i < REPORT_SLOTS; i++) {
        if (!row_used(&c, i))
            continue;
        int64_t now = scaled(&c, c.now->row[i].n, ROOM);
        int64_t before = scaled(&c, c.before->row[i].n, ROOM);
        buf_addf(out, "<text x=\"%d\" y=\"%ld\" text-anchor=\"end\">", c.label - 10,
                 (long)y + BAR - 4);
        add_row_name(&c, i);
        buf_adds(out, "</text>");
        rect(out, "now", (const int64_t[]){ c.label, y, now, BAR });
        if (figure_known(c.before->row[i]) && r->before.any)
            rect(out, "before", (const int64_t[]){ c.label, y + BAR + 2, before, BAR_BEFORE });
        buf_addf(out, "<text class=\"value\" x=\"%ld\" y=\"%ld\">", (long)(c.label + now + 7),
                 (long)y + BAR - 4);
        add_figure(c.now->row[i], out);
        buf_adds(out, "</text>\n");
        y += ROW;
    }
    buf_adds(out, "</svg>\n");
}

void chart_columns(const struct report *r, enum report_table t, struct buf *out)
{
    struct chart c = chart_of(r, t, out);
    int64_t room = HEIGHT - FOOT - HEAD;
    int64_t step = (WIDTH - 2 * MARGIN) / (c.rows > 0 ? (int64_t)c.rows : 1);
    int64_t wide = step * 5 / 10;
    int64_t thin = step * 2 / 10;
    int64_t x = 0;
    open_svg(&c, WIDTH, HEIGHT);
    /* Names too long for their column take turns on two lines. */
    bool turns = t == VISITS_BY_HOUR && c.rows > 6;
    buf_addf(out, "<line x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", WIDTH, HEIGHT - FOOT,
             HEIGHT - FOOT);
    for (size_t i = 0, place = 0; i < REPORT_SLOTS; i++) {
        if (!row_used(&c, i))
            continue;
        int64_t now = scaled(&c, c.now->row[i].n, room);
        int64_t before = scaled(&c, c.before->row[i].n, room);
        int64_t foot = HEIGHT - FOOT;
        x = MARGIN + step * (int64_t)place++ + step / 10;
        rect(out, "now", (const int64_t[]){ x, foot - now, wide, now });
        if (figure_known(c.before->row[i]) && r->before.any)
            rect(out, "before", (const int64_t[]){ x + wide + 2, foot - before, thin, before });
        buf_addf(out, "<text class=\"value\" text-anchor=\"middle\" x=\"%ld\" y=\"%ld\">",
                 (long)(x + wide / 2), (long)(foot - now - 6));
        add_column_figure(c.now->row[i], out);
        buf_addf(out, "</text><text text-anchor=\"middle\" x=\"%ld\" y=\"%ld\">",
                 (long)(x + step * 4 / 10), (long)(foot + 17 + (turns && place % 2 == 0 ? 17 : 0)));
        add_column_name(&c, i);
        buf_adds(out, "</text>\n");
    }
    buf_adds(out, "</svg>\n");
}
