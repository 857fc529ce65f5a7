#include "tests/faults/day.h"

#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "tests/faults/people.h"

static struct flow *flow_of(struct day *d, enum box_program p, enum err *ret_e)
{
    return box_bring_up(d->b, p, ret_e);
}

static enum err walk_in(struct day *d, int n)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_KIOSK, &e);
    struct person p = people_person(3 * n);
    struct arrival a = { 0 };
    if (f)
        e = flow_walk_in(f,
                         &(struct walk_in_request){ .visit = d->visits[n],
                                                    .person = &p,
                                                    .notice_shown = true },
                         &a);
    if (e == ERR_OK)
        snprintf(d->tickets[n], sizeof(d->tickets[n]), "%s", a.line.ticket);
    return e;
}

static enum err first_comes(struct day *d)
{
    return walk_in(d, 0);
}

static enum err second_comes(struct day *d)
{
    return walk_in(d, 1);
}

static enum err third_comes(struct day *d)
{
    return walk_in(d, 2);
}

static enum err holds(struct day *d)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_KIOSK, &e);
    return f ? flow_hold(
                   f,
                   &(struct hold_request){ .service = "school", .start = BOX_START + 4 * HOUR_MS },
                   &d->hold)
             : e;
}

static enum err books(struct day *d)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_KIOSK, &e);
    struct person p = people_person(30);
    return f ? flow_book(f,
                         &(struct book_request){ .hold = d->hold.id, .person = &p,
                                                 .consent_reminder = true },
                         &d->booked)
             : e;
}

typedef enum err (*visit_call)(struct flow *f, struct visit_ref v, struct queue_line *ret_line);

static enum err act(struct day *d, int n, visit_call call)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_DESK, &e);
    return f ? call(f, (struct visit_ref){ d->visits[n], 0 }, NULL) : e;
}

static enum err is_called(struct day *d)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_DESK, &e);
    return f ? flow_call(f, "anna", (struct visit_ref){ d->visits[0], 0 }, NULL) : e;
}

static enum err starts(struct day *d)
{
    return act(d, 0, flow_start);
}

static enum err finish(struct flow *f, struct visit_ref v, struct queue_line *ret_line)
{
    return flow_finish(f, v, "", ret_line);
}

static enum err finishes(struct day *d)
{
    return act(d, 0, finish);
}

static enum err pause(struct flow *f, struct visit_ref v, struct queue_line *ret_line)
{
    return flow_pause(f, v, 5, ret_line);
}

static enum err pauses(struct day *d)
{
    return act(d, 1, pause);
}

static enum err rests(struct day *d)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_KIOSK, &e);
    return f ? flow_rest(f) : e;
}

static enum err starts_anew(struct day *d)
{
    enum err e = ERR_OK;
    box_close(d->b, BOX_KIOSK);
    box_close(d->b, BOX_DESK);
    return flow_of(d, BOX_KIOSK, &e) ? ERR_OK : e;
}

static enum err moves(struct day *d)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_DESK, &e);
    struct appointment_view v = { 0 };
    if (f)
        e = flow_move(f,
                      &(struct move_request){ .appointment = d->booked.id,
                                              .start = BOX_START + 5 * HOUR_MS,
                                              .by_staff = true },
                      &v);
    if (e == ERR_OK)
        d->booked = v;
    return e;
}

static enum err sends(struct day *d)
{
    bool unsure = false;
    enum err e = box_upload(d->b, &unsure);
    return e == ERR_NONE ? ERR_OK : e;
}

static enum err lists(struct day *d)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_DESK, &e);
    struct queue_list l = { 0 };
    if (f)
        e = flow_queue(f, NULL, &l);
    queue_list_done(&l);
    return e;
}

static enum err backs_up(struct day *d)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_DESK, &e);
    int64_t pages = 0;
    return f ? flow_backup(f, DISK_ROOT "/backup.db", &pages) : e;
}

static enum err closes(struct day *d)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_DESK, &e);
    struct day_closed c;
    return f ? flow_close_day(f, &c) : e;
}

static const struct {
    const char *name;
    enum err (*run)(struct day *d);
} steps[] = {
    { "the first comes", first_comes },
    { "the second comes", second_comes },
    { "the queue is listed", lists },
    { "a time is held", holds },
    { "an appointment is booked", books },
    { "the first is called", is_called },
    { "the first is helped", starts },
    { "a checkpoint", rests },
    { "the first is done", finishes },
    { "the third comes", third_comes },
    { "the programs start anew", starts_anew },
    { "the second pauses", pauses },
    { "the appointment is moved", moves },
    { "records are sent", sends },
    { "a backup", backs_up },
    { "the day is closed", closes },
    { "another checkpoint", rests },
    { "the rest is sent", sends },
};

void day_begin(struct day *d, struct box *b)
{
    struct ulid_maker ids = { 0 };
    struct rng r = rng_seeded(7);
    *d = (struct day){ .b = b };
    for (int n = 0; n < DAY_VISITS; n++)
        d->visits[n] = ulid_make(&ids, &r, BOX_START);
}

int day_steps(void)
{
    return (int)ARRAY_LEN(steps);
}

const char *day_step_name(int step)
{
    return steps[step].name;
}

enum err day_step(struct day *d, int step)
{
    return steps[step].run(d);
}

bool day_holds(struct day *d, const char **ret_what)
{
    enum err e = ERR_OK;
    struct flow *f = flow_of(d, BOX_DESK, &e);
    *ret_what = "the house does not open";
    for (int n = 0; f && n < DAY_VISITS; n++) {
        struct queue_line l = { 0 };
        *ret_what = "somebody who was told a number is not there with it";
        if (d->tickets[n][0] &&
            (flow_visit(f, &d->visits[n], &l) != ERR_OK || strcmp(l.ticket, d->tickets[n]) != 0))
            return false;
    }
    struct appointment_view v = { 0 };
    *ret_what = "an appointment that was told is not there";
    if (f && d->booked.code[0] && flow_appointment(f, &d->booked.id, &v) != ERR_OK)
        return false;
    *ret_what = "dynamoctl check finds something";
    return f && box_is_sound(d->b, &e);
}
