/* The rules between the parts of a roster, and what looks like a mistake. */
#include <stdio.h>
#include <string.h>

#include "core/roster_notes.h"

/* The list that an entry stands in: its place, "/coaches/0/breaks". */
static struct roster_place list_at(const struct roster_place *up, const char *key)
{
    return (struct roster_place){ up, key, 0 };
}

static void fault_at(struct roster_notes *notes, const struct roster_place *list, size_t i,
                     const char *key, const char *text)
{
    struct roster_place entry = { list, NULL, i };
    struct roster_place here = { &entry, key, 0 };
    roster_fault(notes, key ? &here : &entry, "%s", text);
}

static void check_span(struct roster_notes *notes, const struct roster_place *list, size_t i,
                       struct minute_span span)
{
    if (span.from >= span.to)
        fault_at(notes, list, i, "to", "must be later than from");
}

static void check_hours(struct roster_notes *notes, const struct roster_place *list,
                        const struct roster_hours *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        check_span(notes, list, i, v[i].span);
        if (v[i].valid_from > v[i].valid_to)
            fault_at(notes, list, i, "valid_to", "must not be before valid_from");
    }
}

static bool spans_meet(struct minute_span a, struct minute_span b)
{
    return a.from < b.to && b.from < a.to;
}

/*
 * Whether two rules of hours ever apply at the same minute. The pattern of two
 * rules repeats after every_weeks times every_weeks, so so many weeks from the
 * first common day tell all.
 */
static bool hours_overlap(const struct roster_hours *a, const struct roster_hours *b)
{
    if ((a->weekdays & b->weekdays) == 0 || !spans_meet(a->span, b->span))
        return false;
    civil_day first = a->valid_from > b->valid_from ? a->valid_from : b->valid_from;
    civil_day last = a->valid_to < b->valid_to ? a->valid_to : b->valid_to;
    int64_t end = first + (a->every_weeks * b->every_weeks + 1) * (int64_t)WEEK_DAYS;
    for (int64_t day = first; day <= last && day < end; day++)
        if (roster_hours_apply(a, (civil_day)day) && roster_hours_apply(b, (civil_day)day))
            return true;
    return false;
}

static void check_overlaps(struct roster_notes *notes, const struct roster_place *list,
                           const struct roster_hours *v, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (hours_overlap(&v[i], &v[k])) {
                struct roster_place here = { list, NULL, i };
                roster_fault(notes, &here, "overlaps entry %zu of the same list", k);
            }
}

static bool exceptions_clash(const struct roster_exception *a, const struct roster_exception *b,
                             const char **ret_text)
{
    if (a->date != b->date)
        return false;
    bool closed = a->kind == EXCEPTION_CLOSED || b->kind == EXCEPTION_CLOSED;
    bool replace = a->kind == EXCEPTION_REPLACE || b->kind == EXCEPTION_REPLACE;
    *ret_text = closed && replace ? "a day is closed or replaced, not both"
                                  : "overlaps another of its kind on that date";
    return (closed && replace) ||
           (a->kind == b->kind && a->kind != EXCEPTION_CLOSED && spans_meet(a->span, b->span));
}

static void check_exceptions(struct roster_notes *notes, const struct roster *r,
                             const struct roster_place *list, const struct roster_exception *v,
                             size_t n)
{
    const char *text, *reason;
    for (size_t i = 0; i < n; i++) {
        if (v[i].kind != EXCEPTION_CLOSED)
            check_span(notes, list, i, v[i].span);
        for (size_t k = 0; k < i; k++)
            if (exceptions_clash(&v[i], &v[k], &text))
                fault_at(notes, list, i, NULL, text);
        struct roster_place here = { list, NULL, i };
        if (v[i].kind == EXCEPTION_EXTRA && !v[i].override &&
            roster_closed_on(r, v[i].date, &reason))
            roster_warn(notes, &here,
                        "gives no time: the day is closed, and override is not true");
    }
}

static void check_closures(struct roster_notes *notes, const struct roster *r)
{
    struct roster_place list = list_at(NULL, "closures");
    for (size_t i = 0; i < r->n_closures; i++)
        if (r->closures[i].from > r->closures[i].to)
            fault_at(notes, &list, i, "to", "must not be before from");
}

static size_t services_in_series(const struct roster *r, char series)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_services; i++)
        n += r->services[i].series == series;
    return n;
}

static void check_services(struct roster_notes *notes, const struct roster *r)
{
    struct roster_place list = list_at(NULL, "services");
    size_t defaults = 0;
    for (size_t i = 0; i < r->n_services; i++) {
        const struct roster_service *s = &r->services[i];
        struct roster_place here = { &list, NULL, i };
        struct roster_place series = { &here, "series", 0 };
        if (roster_service_find(r, s->id) != (int)i)
            fault_at(notes, &list, i, "id", "is the id of another service");
        if (s->is_default && ++defaults > 1)
            fault_at(notes, &list, i, "default", "only one service can be the default");
        if (r->n_services > 1 && services_in_series(r, s->series) == 1)
            roster_warn(notes, &series,
                        "letter %c belongs to this service alone: it tells what a visitor "
                        "comes for",
                        s->series);
        if (s->is_default && !(s->walk_in && s->book))
            roster_warn(notes, &here,
                        "is the default, but not open for both walk-in and booking");
    }
    if (defaults == 0)
        roster_fault(notes, &list, "exactly one service must be the default");
}

/* Whether the house is ever open for appointments at some minute of these hours. */
static bool ever_open(const struct roster *r, const struct roster_hours *h)
{
    for (size_t i = 0; i < r->n_opening; i++) {
        const struct roster_hours *o = &r->opening[i];
        if ((o->open_for & OPEN_APPOINTMENT) != 0 && (o->weekdays & h->weekdays) != 0 &&
            spans_meet(o->span, h->span))
            return true;
    }
    for (size_t i = 0; i < r->n_exceptions; i++)
        if (r->exceptions[i].kind != EXCEPTION_CLOSED)
            return true;
    return false;
}

static void check_coach(struct roster_notes *notes, const struct roster *r, size_t index)
{
    const struct roster_coach *c = &r->coaches[index];
    struct roster_place coaches = list_at(NULL, "coaches");
    struct roster_place here = { &coaches, NULL, index };
    struct roster_place hours = list_at(&here, "availability");
    struct roster_place breaks = list_at(&here, "breaks");
    struct roster_place exceptions = list_at(&here, "exceptions");
    struct roster_place services = list_at(&here, "services");
    if (roster_coach_find(r, c->id) != (int)index)
        fault_at(notes, &coaches, index, "id", "is the id of another coach");
    if (c->services == 0)
        roster_warn(notes, &services, "is empty: this coach gets only visitors who name them");
    size_t before = notes->n_faults;
    check_hours(notes, &hours, c->availability, c->n_availability);
    if (notes->n_faults == before)
        check_overlaps(notes, &hours, c->availability, c->n_availability);
    for (size_t i = 0; i < c->n_availability; i++) {
        struct roster_place rule = { &hours, NULL, i };
        if (!ever_open(r, &c->availability[i]))
            roster_warn(notes, &rule, "lies outside all opening hours for appointments");
    }
    for (size_t i = 0; i < c->n_breaks; i++)
        check_span(notes, &breaks, i, c->breaks[i].span);
    check_exceptions(notes, r, &exceptions, c->exceptions, c->n_exceptions);
}

static void check_rules(struct roster_notes *notes, const struct roster *r)
{
    struct roster_place rules = list_at(NULL, "rules");
    struct roster_place lead = { &rules, "lead_minutes", 0 };
    if (r->rules.lead_minutes > r->rules.horizon_days * DAY_MINUTES)
        roster_fault(notes, &lead, "is longer than horizon_days: nothing could ever be booked");
}

enum err roster_check(const struct roster *r, struct roster_notes *notes)
{
    size_t before = notes->n_faults;
    struct roster_place opening = list_at(NULL, "opening");
    struct roster_place exceptions = list_at(NULL, "exceptions");
    check_hours(notes, &opening, r->opening, r->n_opening);
    check_closures(notes, r);
    check_exceptions(notes, r, &exceptions, r->exceptions, r->n_exceptions);
    check_services(notes, r);
    for (size_t i = 0; i < r->n_coaches; i++)
        check_coach(notes, r, i);
    check_rules(notes, r);
    if (notes->no_memory)
        return ERR_NOMEM;
    return notes->n_faults > before ? ERR_FORMAT : ERR_OK;
}
