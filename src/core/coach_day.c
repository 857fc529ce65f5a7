#include "core/coach_day.h"

#include "core/quantum.h"

struct site_day site_day_of(const struct roster *r, const struct zone *z, civil_day day)
{
    const char *reason;
    struct site_day site = { .day = day,
                             .closed = roster_closed_on(r, day, &reason),
                             .open = roster_open_map(r, day, OPEN_APPOINTMENT) };
    site.n_seg = zone_segments(z, day, site.seg);
    return site;
}

/* ---- the rules that hold on a day, in wall-clock time ---- */

struct source {
    struct minute_span span;
    bool anywhere; /* an extra: outside the opening hours too */
};

/* Goes through the sources of a coach's day one by one. */
struct sources {
    const struct roster_coach *coach;
    const struct site_day *site;
    struct day_map breaks;
    bool usual; /* neither closed nor replaced */
    size_t next;
};

static bool has_exception(const struct roster_coach *c, civil_day day, enum exception_kind kind)
{
    for (size_t i = 0; i < c->n_exceptions; i++)
        if (c->exceptions[i].date == day && c->exceptions[i].kind == kind)
            return true;
    return false;
}

static struct sources sources_of(const struct roster *r, int coach, const struct site_day *site)
{
    const struct roster_coach *c = &r->coaches[coach];
    struct sources s = { .coach = c, .site = site };
    int weekday = civil_weekday(site->day);
    for (size_t i = 0; i < c->n_breaks; i++)
        if ((c->breaks[i].weekdays >> weekday & 1) != 0)
            day_map_add(&s.breaks, c->breaks[i].span);
    s.usual = !has_exception(c, site->day, EXCEPTION_CLOSED) &&
              !has_exception(c, site->day, EXCEPTION_REPLACE);
    return s;
}

/* What is left of a source inside the opening hours and outside the breaks. */
static struct day_map hours_of(const struct sources *s, const struct source *source)
{
    struct day_map hours = { { 0 } };
    day_map_add(&hours, source->span);
    if (!source->anywhere)
        day_map_meet(&hours, &s->site->open);
    day_map_without(&hours, &s->breaks);
    return hours;
}

static bool next_source(struct sources *s, struct source *ret_source)
{
    const struct roster_coach *c = s->coach;
    const struct site_day *site = s->site;
    for (; s->next < c->n_availability; s->next++)
        if (s->usual && roster_hours_apply(&c->availability[s->next], site->day)) {
            *ret_source = (struct source){ c->availability[s->next++].span, false };
            return true;
        }
    for (; s->next < c->n_availability + c->n_exceptions; s->next++) {
        const struct roster_exception *e = &c->exceptions[s->next - c->n_availability];
        bool extra = e->kind == EXCEPTION_EXTRA && (!site->closed || e->override);
        if (e->date == site->day && (extra || e->kind == EXCEPTION_REPLACE)) {
            *ret_source = (struct source){ e->span, extra };
            s->next++;
            return true;
        }
    }
    return false;
}

/* ---- the same in real time ---- */

#define PARTS_MAX (ZONE_SEGMENTS_MAX * DAY_MAP_PIECES / 2)

/* A stretch of real time inside the hours. Where the next one follows without a
 * gap (over a skipped hour, or into one that comes again), `fit_end` is its. */
struct part {
    utc_ms start, end, fit_end;
    int minute; /* local, at start */
};

static int parts_of(const struct day_map *hours, const struct site_day *site,
                    struct part ret[PARTS_MAX])
{
    int n = 0;
    for (int i = 0; i < site->n_seg; i++) {
        const struct zone_segment *seg = &site->seg[i];
        struct minute_span span;
        for (int at = 0; n < PARTS_MAX && day_map_next(hours, &at, &span);) {
            int from = span.from > seg->local.from ? span.from : seg->local.from;
            int to = span.to < seg->local.to ? span.to : seg->local.to;
            if (from >= to)
                continue;
            utc_ms start = seg->start + (from - seg->local.from) * MINUTE_MS;
            utc_ms end = start + (to - from) * MINUTE_MS;
            ret[n++] = (struct part){ start, end, end, from };
        }
    }
    for (int i = n - 1; i > 0; i--)
        if (ret[i - 1].end == ret[i].start)
            ret[i - 1].fit_end = ret[i].fit_end;
    return n;
}

/* The starts in one part: n grows, at most to COACH_STARTS_MAX. */
static int add_starts(const struct part *part, int step_from, utc_ms day_start, int minutes,
                      int step, int n, int16_t *ret_quantum)
{
    int off_step = (part->minute - step_from) % step;
    int first = off_step == 0 ? 0 : step - off_step; /* minutes after the part's start */
    int last = (int)((part->fit_end - part->start) / MINUTE_MS) - minutes;
    int end = (int)((part->end - part->start) / MINUTE_MS) - 1;
    last = last < end ? last : end;
    int quantum = (int)((part->start - day_start) / QUANTUM_MS) + first / QUANTUM_MINUTES;
    for (int at = first; at <= last && n < COACH_STARTS_MAX; at += step) {
        ret_quantum[n++] = (int16_t)quantum;
        quantum += step / QUANTUM_MINUTES;
    }
    return n;
}

int coach_starts(const struct roster *r, int coach, const struct site_day *site, int minutes,
                 int step, int16_t ret_quantum[COACH_STARTS_MAX])
{
    int n = 0;
    struct sources sources = sources_of(r, coach, site);
    for (struct source source; next_source(&sources, &source);) {
        struct part part[PARTS_MAX];
        struct day_map hours = hours_of(&sources, &source);
        int parts = parts_of(&hours, site, part);
        for (int k = 0; k < parts; k++)
            n = add_starts(&part[k], source.span.from, site->seg[0].start, minutes, step, n,
                           ret_quantum);
    }
    return n;
}

bool coach_shape_of(const struct roster *r, int coach, const struct site_day *site,
                    struct coach_shape *ret_shape)
{
    const struct roster_coach *c = &r->coaches[coach];
    struct coach_shape shape = { .open = site->open };
    int weekday = civil_weekday(site->day);
    bool whole = site->n_seg == 1 && site->seg[0].local.from == 0 &&
                 site->seg[0].local.to == DAY_MINUTES;
    if (!whole || c->n_availability > 64 || c->n_breaks > 64)
        return false;
    for (size_t i = 0; i < c->n_exceptions; i++)
        if (c->exceptions[i].date == site->day)
            return false;
    for (size_t i = 0; i < c->n_availability; i++)
        if (roster_hours_apply(&c->availability[i], site->day))
            shape.hours |= UINT64_C(1) << i;
    for (size_t i = 0; i < c->n_breaks; i++)
        shape.breaks |= (uint64_t)(c->breaks[i].weekdays >> weekday & 1) << i;
    *ret_shape = shape;
    return true;
}

bool coach_shape_same(const struct coach_shape *a, const struct coach_shape *b)
{
    return a->hours == b->hours && a->breaks == b->breaks && day_map_same(&a->open, &b->open);
}

bool coach_works(const struct roster *r, int coach, const struct site_day *site, utc_ms start,
                 utc_ms stop)
{
    struct day_map all = { { 0 } };
    struct sources sources = sources_of(r, coach, site);
    for (struct source source; next_source(&sources, &source);) {
        struct day_map hours = hours_of(&sources, &source);
        day_map_join(&all, &hours);
    }
    struct part part[PARTS_MAX];
    int parts = parts_of(&all, site, part);
    for (int k = 0; k < parts; k++)
        if (start >= part[k].start && start < part[k].end && stop <= part[k].fit_end)
            return true;
    return false;
}
