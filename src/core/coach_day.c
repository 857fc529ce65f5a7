#include "core/coach_day.h"

struct site_day site_day_of(const struct roster *r, const struct zone *z, civil_day day)
{
    const char *reason;
    struct site_day site = { .day = day,
                             .closed = roster_closed_on(r, day, &reason),
                             .open = roster_open_map(r, day, OPEN_APPOINTMENT) };
    site.n_seg = zone_segments(z, day, site.seg);
    return site;
}

/* ---- windows in wall-clock time ---- */

static struct day_map breaks_on(const struct roster_coach *c, civil_day day)
{
    struct day_map breaks = { { 0 } };
    int weekday = civil_weekday(day);
    for (size_t i = 0; i < c->n_breaks; i++)
        if ((c->breaks[i].weekdays >> weekday & 1) != 0)
            day_map_add(&breaks, c->breaks[i].span);
    return breaks;
}

/* What is left of a source's span: inside `open` (NULL: no matter), outside the breaks. */
static void add_source(struct coach_windows *w, struct minute_span span,
                       const struct day_map *open, const struct day_map *breaks)
{
    struct day_map left = { { 0 } };
    day_map_add(&left, span);
    if (open)
        day_map_meet(&left, open);
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        left.w[i] &= ~breaks->w[i];
    struct coach_window window = { .step_from = span.from };
    for (int at = 0; w->n < COACH_WINDOWS_MAX && day_map_next(&left, &at, &window.span);)
        w->v[w->n++] = window;
}

static bool has_exception(const struct roster_coach *c, civil_day day, enum exception_kind kind)
{
    for (size_t i = 0; i < c->n_exceptions; i++)
        if (c->exceptions[i].date == day && c->exceptions[i].kind == kind)
            return true;
    return false;
}

void coach_windows_of(const struct roster *r, int coach, const struct site_day *site,
                      struct coach_windows *ret_windows)
{
    const struct roster_coach *c = &r->coaches[coach];
    struct day_map breaks = breaks_on(c, site->day);
    bool usual = !has_exception(c, site->day, EXCEPTION_CLOSED) &&
                 !has_exception(c, site->day, EXCEPTION_REPLACE);
    ret_windows->n = 0;
    for (size_t i = 0; usual && i < c->n_availability; i++)
        if (roster_hours_apply(&c->availability[i], site->day))
            add_source(ret_windows, c->availability[i].span, &site->open, &breaks);
    for (size_t i = 0; i < c->n_exceptions; i++) {
        const struct roster_exception *e = &c->exceptions[i];
        if (e->date != site->day)
            continue;
        if (e->kind == EXCEPTION_REPLACE)
            add_source(ret_windows, e->span, &site->open, &breaks);
        if (e->kind == EXCEPTION_EXTRA && (!site->closed || e->override))
            add_source(ret_windows, e->span, NULL, &breaks);
    }
}

/* ---- windows in real time ---- */

/* The part of a window in one segment of the day. `fit_end` is where real time
 * leaves the window: a part may run on into the next one without a gap. */
struct part {
    utc_ms start, end, fit_end;
    int minute; /* local, at start */
};

static int parts_of(struct minute_span span, const struct site_day *site,
                    struct part ret[ZONE_SEGMENTS_MAX])
{
    int n = 0;
    for (int i = 0; i < site->n_seg; i++) {
        const struct zone_segment *seg = &site->seg[i];
        int from = span.from > seg->local.from ? span.from : seg->local.from;
        int to = span.to < seg->local.to ? span.to : seg->local.to;
        if (from >= to)
            continue;
        utc_ms start = seg->start + (from - seg->local.from) * MINUTE_MS;
        utc_ms end = start + (to - from) * MINUTE_MS;
        ret[n++] = (struct part){ start, end, end, from };
    }
    for (int i = n - 1; i > 0; i--)
        if (ret[i - 1].end == ret[i].start)
            ret[i - 1].fit_end = ret[i].fit_end;
    return n;
}

int coach_starts(const struct coach_windows *windows, const struct site_day *site, int minutes,
                 int step, utc_ms ret_start[COACH_STARTS_MAX])
{
    int n = 0;
    for (int i = 0; i < windows->n; i++) {
        struct part part[ZONE_SEGMENTS_MAX];
        int parts = parts_of(windows->v[i].span, site, part);
        for (int k = 0; k < parts; k++) {
            int off_step = (part[k].minute - windows->v[i].step_from) % step;
            utc_ms at = part[k].start + (off_step == 0 ? 0 : step - off_step) * MINUTE_MS;
            utc_ms last = part[k].fit_end - minutes * MINUTE_MS;
            for (; at < part[k].end && at <= last && n < COACH_STARTS_MAX; at += step * MINUTE_MS)
                ret_start[n++] = at;
        }
    }
    return n;
}

bool coach_works(const struct coach_windows *windows, const struct site_day *site, utc_ms start,
                 utc_ms stop)
{
    struct day_map all = { { 0 } };
    struct minute_span span;
    for (int i = 0; i < windows->n; i++)
        day_map_add(&all, windows->v[i].span);
    for (int at = 0; day_map_next(&all, &at, &span);) {
        struct part part[ZONE_SEGMENTS_MAX];
        int parts = parts_of(span, site, part);
        for (int k = 0; k < parts; k++)
            if (start >= part[k].start && start < part[k].end && stop <= part[k].fit_end)
                return true;
    }
    return false;
}
