/* Who books, moves, cancels, and comes. */
#include "tests/faults/world.h"

#include <string.h>

#include "tests/faults/people.h"

static struct told_appointment *some_appointment(struct world *w)
{
    return w->n_a ? &w->a[below(w, w->n_a)] : NULL;
}

void try_book(struct world *w, struct told_appointment *a)
{
    struct flow *f = program(w, BOX_KIOSK);
    struct person p = people_person(a->person);
    struct appointment_view v = { 0 };
    w->what = "book";
    enum err e = flow_book(f,
                           &(struct book_request){ .hold = a->id, .person = &p,
                                                   .consent_reminder = a->person % 3 == 0 },
                           &v);
    enum outcome o = ended(w, f, e);
    a->pending = o == UNKNOWN;
    if (o == UNKNOWN)
        a->in_doubt = true;
    if (o != DONE)
        return;
    a->booked = true;
    snprintf(a->code, sizeof(a->code), "%s", v.code);
}

void do_book(struct world *w)
{
    struct told_appointment *a = some_appointment(w);
    if (a && a->pending) {
        try_book(w, a);
        return;
    }
    if (w->n_a == APPOINTMENTS)
        return;
    struct flow *f = program(w, BOX_KIOSK);
    utc_ms hour = calls_wall() - calls_wall() % HOUR_MS;
    struct hold h = { 0 };
    w->what = "hold";
    enum err e =
        flow_hold(f,
                  &(struct hold_request){ .service = people_services[below(w, PEOPLE_SERVICES)],
                                          .start = hour + (1 + below(w, 26)) * HOUR_MS },
                  &h);
    if (ended(w, f, e) != DONE)
        return;
    a = &w->a[w->n_a++];
    *a = (struct told_appointment){ .id = h.id, .start = h.start, .person = w->people++ };
    if (!one_in(w, 5))
        try_book(w, a);
}

void do_cancel(struct world *w)
{
    struct told_appointment *a = some_appointment(w);
    if (!a || !a->booked)
        return;
    struct flow *f = some_program(w);
    w->what = "cancel";
    enum outcome o = ended(w, f, flow_cancel(f, &a->id, true, NULL));
    a->in_doubt = a->in_doubt || o == UNKNOWN;
    a->gone = a->gone || o == DONE;
}

void do_move(struct world *w)
{
    struct told_appointment *a = some_appointment(w);
    struct appointment_view v = { 0 };
    if (!a || !a->booked || a->gone || w->n_a == APPOINTMENTS)
        return;
    struct flow *f = some_program(w);
    w->what = "move";
    utc_ms start = a->start + (1 + below(w, 24)) * HOUR_MS;
    enum err e = flow_move(
        f, &(struct move_request){ .appointment = a->id, .start = start, .by_staff = true }, &v);
    enum outcome o = ended(w, f, e);
    a->in_doubt = a->in_doubt || o == UNKNOWN;
    if (o != DONE)
        return;
    if (strcmp(v.code, a->code) != 0)
        FAILS(w, "a move changed the code");
    struct told_appointment next = *a;
    a->gone = true;
    next.id = v.id;
    next.start = v.start;
    w->a[w->n_a++] = next;
}

void do_check_in(struct world *w)
{
    struct told_appointment *a = some_appointment(w);
    struct appointment_view view = { 0 };
    struct arrival r = { 0 };
    if (!a || !a->booked || w->n_v == VISITS)
        return;
    struct flow *f = program(w, BOX_KIOSK);
    w->what = "check-in";
    enum outcome o = ended(w, f, flow_find_by_code(f, a->code, &view));
    if (o != DONE)
        return;
    for (int i = 0; i < w->n_a; i++) /* the code of one that was moved finds the other */
        w->a[i].in_doubt |= strcmp(w->a[i].id.s, view.id.s) == 0; /* it becomes a visit */
    f = program(w, BOX_KIOSK);
    o = ended(w, f, flow_check_in(f, &view.id, &r));
    if (o != DONE || r.existing)
        return;
    struct told_visit *v = &w->v[w->n_v++];
    *v = (struct told_visit){ .id = r.line.visit, .person = a->person };
    note_arrival(w, v, DONE, &r);
}
