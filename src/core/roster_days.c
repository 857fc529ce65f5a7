#include "core/roster_days.h"

/* How far ahead to look for a day that opens: past the furthest horizon. */
#define LOOK_AHEAD_DAYS 731

bool roster_hours_apply(const struct roster_hours *h, civil_day day)
{
    if (day < h->valid_from || day > h->valid_to || (h->weekdays >> civil_weekday(day) & 1) == 0)
        return false;
    if (h->every_weeks == 1)
        return true;
    int weeks = (civil_monday(day) - civil_monday(h->valid_from)) / WEEK_DAYS;
    return weeks % h->every_weeks == 0;
}

bool roster_closed_on(const struct roster *r, civil_day day, const char **ret_reason)
{
    for (size_t i = 0; i < r->n_closures; i++)
        if (day >= r->closures[i].from && day <= r->closures[i].to) {
            *ret_reason = r->closures[i].reason;
            return true;
        }
    for (size_t i = 0; i < r->n_exceptions; i++)
        if (r->exceptions[i].date == day && r->exceptions[i].kind == EXCEPTION_CLOSED) {
            *ret_reason = NULL;
            return true;
        }
    return false;
}

struct day_map roster_open_map(const struct roster *r, civil_day day, unsigned open_for)
{
    struct day_map map = { { 0 } };
    const char *reason;
    bool closed = roster_closed_on(r, day, &reason), replaced = false;
    for (size_t i = 0; !closed && i < r->n_exceptions; i++)
        if (r->exceptions[i].date == day && r->exceptions[i].kind == EXCEPTION_REPLACE) {
            day_map_add(&map, r->exceptions[i].span);
            replaced = true;
        }
    for (size_t i = 0; !closed && !replaced && i < r->n_opening; i++)
        if ((r->opening[i].open_for & open_for) != 0 && roster_hours_apply(&r->opening[i], day))
            day_map_add(&map, r->opening[i].span);
    for (size_t i = 0; i < r->n_exceptions; i++) {
        const struct roster_exception *e = &r->exceptions[i];
        if (e->date == day && e->kind == EXCEPTION_EXTRA && (!closed || e->override))
            day_map_add(&map, e->span);
    }
    return map;
}

int roster_open_windows(const struct roster *r, civil_day day, unsigned open_for,
                        struct minute_span ret[ROSTER_WINDOWS_MAX])
{
    struct day_map map = roster_open_map(r, day, open_for);
    int n = 0, at = 0;
    while (n < ROSTER_WINDOWS_MAX && day_map_next(&map, &at, &ret[n]))
        n++;
    return n;
}

bool roster_open_at(const struct roster *r, civil_day day, int minute, unsigned open_for)
{
    struct day_map map = roster_open_map(r, day, open_for);
    return day_map_has(&map, minute);
}

enum err roster_next_opening(const struct roster *r, civil_day day, int minute, unsigned open_for,
                             struct roster_opening_at *ret_opening)
{
    for (civil_day d = day; d < day + LOOK_AHEAD_DAYS; d++) {
        struct day_map map = roster_open_map(r, d, open_for);
        struct minute_span span;
        for (int at = 0; day_map_next(&map, &at, &span);)
            if (d > day || span.to > minute) {
                *ret_opening = (struct roster_opening_at){ d, span };
                return ERR_OK;
            }
    }
    return ERR_NONE;
}
