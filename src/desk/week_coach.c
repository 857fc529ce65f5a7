/* The week of one coach as a calendar: a column a day, a line a quarter of an hour. */
#include <string.h>

#include "desk/week.h"
#include "desk/words.h"

#define QUARTERS (DAY_MINUTES / QUARTER)
#define FIRST_USUAL (9 * 60 / QUARTER) /* what is shown of a week in which nothing is */
#define LAST_USUAL (17 * 60 / QUARTER)
#define HOUR_QUARTERS (60 / QUARTER)

/* What a quarter of a day is: appointments and free starts begin in it or do not. */
struct column {
    bool works[QUARTERS];
    const struct appointment_view *booked[QUARTERS]; /* the first that begins there */
    const struct slot *free[QUARTERS];
    int until[QUARTERS]; /* behind the last quarter of what is booked there */
};

static int quarter_up(int minute)
{
    return (minute + QUARTER - 1) / QUARTER;
}

static void mark_hours(const struct week *w, civil_day day, struct column *c)
{
    const struct zone *z = flow_zone(w->d->flow);

    for (int q = 0; q < QUARTERS; q++) {
        utc_ms at[2];
        if (zone_instants(z, day, q * QUARTER, at) > 0)
            c->works[q] = slot_within_hours(w->roster, z, w->coach, at[0],
                                            at[0] + QUARTER * MINUTE_MS);
    }
}

static void mark_booked(const struct week *w, civil_day day, struct column *c)
{
    for (size_t i = 0; i < w->booked.n; i++) {
        const struct appointment_view *a = &w->booked.v[i];
        if (a->day != day)
            continue;
        int from = week_minute(w, a->start);
        int q = from / QUARTER, to = quarter_up(from + (int)((a->end - a->start) / MINUTE_MS));
        if (!c->booked[q])
            c->booked[q] = a;
        if (to > c->until[q])
            c->until[q] = to > QUARTERS ? QUARTERS : to;
    }
}

/* Of overlapping free starts the first counts, then what follows it: 9:00, 9:30, 10:00. */
static void mark_free(const struct week *w, civil_day day, struct column *c)
{
    utc_ms next = 0;

    for (size_t i = 0; i < w->free.n; i++) {
        const struct slot *s = &w->free.v[i];
        if (s->coach != w->coach || zone_day(flow_zone(w->d->flow), s->start) != day ||
            s->start < next)
            continue;
        int q = week_minute(w, s->start) / QUARTER;
        if (!c->free[q] && !c->booked[q])
            c->free[q] = s;
        next = s->end;
    }
}

static void column_fill(const struct week *w, civil_day day, struct column *c)
{
    memset(c, 0, sizeof(*c));
    mark_hours(w, day, c);
    mark_booked(w, day, c);
    mark_free(w, day, c);
}

/* The quarters of all these days in which anything is, whole hours. */
static void axis(const struct week *w, const struct column days[WEEK_DAYS], int *from, int *to)
{
    *from = QUARTERS;
    *to = 0;
    for (int i = 0; i < WEEK_DAYS; i++)
        for (int q = 0; week_shows(w, w->monday + i) && q < QUARTERS; q++) {
            const struct column *c = &days[i];
            int end = c->booked[q] ? c->until[q] : c->works[q] ? q + 1 : 0;
            if (end > 0 && q < *from)
                *from = q;
            if (end > *to)
                *to = end;
        }
    if (*to <= *from) {
        *from = FIRST_USUAL;
        *to = LAST_USUAL;
    }
    *from -= *from % HOUR_QUARTERS;
    *to += (HOUR_QUARTERS - *to % HOUR_QUARTERS) % HOUR_QUARTERS;
}

static void block_begin(struct week *w, const char *class, int n)
{
    buf_addf(w->o, "<li class=\"block %s q%d\">", class, n);
}

/* Those that begin in one quarter share its block. */
static void booked_block(struct week *w, civil_day day, int q, int n)
{
    block_begin(w, "booked", n);
    for (size_t i = 0; i < w->booked.n; i++) {
        const struct appointment_view *a = &w->booked.v[i];
        if (a->day == day && week_minute(w, a->start) / QUARTER == q)
            week_entry(w, a);
    }
    buf_adds(w->o, "</li>");
}

static void free_block(struct week *w, const struct slot *s, int n)
{
    CLEANUP(buf_done) struct buf label = buf_make(80), t = buf_make(20);

    words_clock(&t, w->d->flow, s->start);
    i18n_format(&label, _("{time} free"), { "time", .value = buf_str(&t) });
    block_begin(w, "open", n);
    week_free(w, s, buf_str(&label), "free-start");
    buf_adds(w->o, "</li>");
}

/* How far what begins at q goes: to its end, but not over what begins after it. */
static int block_end(const struct column *c, int q, int end, int to)
{
    int at = q + 1;

    while (at < end && at < to && !c->booked[at] && !c->free[at])
        at++;
    return at;
}

static int plain_end(const struct column *c, int q, int to)
{
    int at = q + 1;

    while (at < to && !c->booked[at] && !c->free[at] && c->works[at] == c->works[q])
        at++;
    return at;
}

static void blocks(struct week *w, civil_day day, const struct column *c, int from, int to)
{
    for (int q = from, end; q < to; q = end) {
        if (c->booked[q]) {
            end = block_end(c, q, c->until[q], to);
            booked_block(w, day, q, end - q);
        } else if (c->free[q]) {
            int minutes = (int)((c->free[q]->end - c->free[q]->start) / MINUTE_MS);
            end = block_end(c, q, q + quarter_up(minutes), to);
            free_block(w, c->free[q], end - q);
        } else {
            end = plain_end(c, q, to);
            block_begin(w, c->works[q] ? "idle" : "off", end - q);
            buf_adds(w->o, "</li>");
        }
    }
}

static void hours_line(struct week *w, int from, int to)
{
    char hour[HHMM_SIZE];

    buf_adds(w->o, "<ol class=\"hours\" aria-hidden=\"true\">");
    for (int q = from; q < to; q += HOUR_QUARTERS) {
        hhmm_format(q * QUARTER, hour);
        buf_addf(w->o, "<li class=\"q%d\">%s</li>", HOUR_QUARTERS, hour);
    }
    buf_adds(w->o, "</ol>");
}

static bool column_empty(const struct column *c)
{
    for (int q = 0; q < QUARTERS; q++)
        if (c->booked[q] || c->free[q])
            return false;
    return true;
}

static void one_day(struct week *w, civil_day day, const struct column *c, int from, int to)
{
    struct buf *o = w->o;
    bool works = memchr(c->works, true, sizeof(c->works)) != NULL;

    buf_addf(o, "<section class=\"day%s\"><h2>", day == flow_today(w->d->flow) ? " today" : "");
    week_day_name(w, day);
    buf_adds(o, "</h2><ol class=\"blocks\">");
    blocks(w, day, c, from, to);
    buf_adds(o, "</ol>");
    if (column_empty(c)) {
        buf_adds(o, "<p class=\"none\">");
        html_esc(o, works ? _("no appointments, nothing to book") : _("not at work"));
        buf_adds(o, "</p>");
    }
    buf_adds(o, "</section>");
}

void week_of_coach(struct week *w)
{
    static struct column days[WEEK_DAYS]; /* 20 kB: one thread asks */
    int from, to;

    for (int i = 0; i < WEEK_DAYS; i++)
        column_fill(w, w->monday + i, &days[i]);
    axis(w, days, &from, &to);
    buf_adds(w->o, "<div class=\"week calendar\">");
    hours_line(w, from, to);
    for (int i = 0; i < WEEK_DAYS; i++)
        if (week_shows(w, w->monday + i))
            one_day(w, w->monday + i, &days[i], from, to);
    buf_adds(w->o, "</div>");
}
