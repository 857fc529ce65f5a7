/* The page /appointment/ID: what is known of one, and what can be done with it. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "desk/forms.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

static void fact(struct buf *o, const char *name, const char *value)
{
    if (!value[0])
        return;
    buf_adds(o, "<div><dt>");
    html_esc(o, name);
    buf_adds(o, "</dt><dd>");
    html_name(o, value);
    buf_adds(o, "</dd></div>");
}

static void facts(struct desk *d, const struct appointment_view *a, const struct reminder *m,
                  struct buf *o)
{
    struct person p = { 0 };
    char name[PERSON_FULL_SIZE] = "";
    CLEANUP(buf_wipe) struct buf born = buf_make(60);
    CLEANUP(buf_done) struct buf t = buf_make(200);

    if (flow_appointment_person(d->flow, &a->id, &p) == ERR_OK) {
        person_full_name(&p, name, sizeof(name));
        words_birth(&born, p.birth);
    }
    words_date(&t, d->flow, a->day);
    buf_addc(&t, ' ');
    words_clock(&t, d->flow, a->start);
    buf_adds(o, "<dl class=\"pairs\">");
    fact(o, _("When"), buf_str(&t));
    fact(o, _("Name"), name);
    fact(o, _("Born"), buf_str(&born));
    fact(o, _("Phone"), p.phone);
    fact(o, _("E-mail"), p.email);
    fact(o, _("What for"), words_topic(a->topic));
    fact(o, _("With whom"), a->coach_name);
    fact(o, _("Code"), a->code);
    fact(o, _("Now"), words_appointment(a->state));
    if (m->possible)
        fact(o, C_("appointment", "Reminder"), m->agreed ? C_("reminder", "yes, it is wanted")
                                                         : C_("reminder", "no"));
    buf_adds(o, "</dl>");
    mem_wipe(&p, sizeof(p));
    mem_wipe(name, sizeof(name));
}

static void step_begin(struct buf *o, const struct appointment_view *a, const char *act,
                       const char *title)
{
    buf_adds(o, "<details class=\"step\"><summary>");
    html_esc(o, title);
    buf_addf(o, "</summary><form data-post=\"/appointment/%s\" data-close-after>", a->id.s);
    html_hidden(o, "act", act);
    html_hidden_int(o, "version", a->version);
}

static void step_end(struct buf *o, const char *label, const char *class)
{
    buf_addf(o, "<p class=\"fault\" role=\"alert\"></p><button class=\"%s\">", class);
    html_esc(o, label);
    buf_adds(o, "</button></form></details>");
}

static void steps(struct desk *d, const struct appointment_view *a, const struct reminder *m,
                  struct buf *o)
{
    if (a->day == flow_today(d->flow)) {
        step_begin(o, a, "check_in", _("Is here: into the queue"));
        step_end(o, _("Into the queue"), "primary");
    }
    if (a->state != APPT_BOOKED)
        return;
    buf_addf(o, "<p class=\"row\"><a class=\"button primary\" href=\"/appointments?move=%s\">", a->id.s);
    html_esc(o, _("Choose a new time in the week"));
    buf_adds(o, "</a></p>");
    step_begin(o, a, "move", _("Move: choose from a list"));
    forms_free_times(d, &(struct forms_free){ .name = "start", .label = _("When"),
                                              .service = a->service }, o);
    step_end(o, _("Move"), "primary");
    step_begin(o, a, "cancel", _("Cancel it"));
    buf_adds(o, "<label for=\"reason\">");
    html_esc(o, _("Reason"));
    buf_adds(o, "</label><input id=\"reason\" name=\"reason\" maxlength=\"200\" required "
                "autocomplete=\"off\">");
    step_end(o, _("Cancel it"), "danger");
    if (!m->possible)
        return;
    step_begin(o, a, m->agreed ? "do_not_remind" : "remind", C_("appointment", "Reminder"));
    step_end(o, m->agreed ? _("No reminder any more") : _("Wants a reminder"), "");
}

static void get_one(struct desk *d, struct request *r, struct reply *out)
{
    struct ulid id = ulid_of(r->tail);
    struct appointment_view a;
    struct reminder m;
    enum err e = id.s[0] ? flow_appointment(d->flow, &id, &a) : ERR_NOT_FOUND;

    if (e != ERR_OK || a.state == APPT_HELD) {
        layout_fault(d, r, 404, words_err(ERR_NOT_FOUND), out);
        return;
    }
    layout_begin(d, r, "/appointment", _("Appointment"), &out->body);
    buf_adds(&out->body, "<div class=\"card plain\">");
    if (flow_reminder(d->flow, &id, &m) != ERR_OK)
        m = (struct reminder){ 0 }; /* that day's names are destroyed: nobody to remind */
    facts(d, &a, &m, &out->body);
    if (a.state == APPT_BOOKED || a.state == APPT_NO_SHOW)
        steps(d, &a, &m, &out->body);
    buf_adds(&out->body, "</div>");
    layout_end(r, &out->body);
}

/* A move answers where it went, in words; the rest needs none. */
static void say_moved(struct desk *d, const struct appointment_view *a, struct reply *out)
{
    CLEANUP(buf_done) struct buf text = buf_make(500), day = buf_make(120), t = buf_make(20);

    words_date(&day, d->flow, a->day);
    words_clock(&t, d->flow, a->start);
    i18n_format(&text, _("Moved to {day} {time} with {coach}. The code stays the same."),
                { "day", .value = buf_str(&day) }, { "time", .value = buf_str(&t) },
                { "coach", .value = a->coach_name });
    reply_json(out, json_pack("{s:b,s:s,s:s}", "ok", 1, "appointment", a->id.s, "text",
                              buf_str(&text)));
}

static enum err move(struct desk *d, const struct request *r, const struct ulid *id,
                     struct reply *out)
{
    struct move_request m = { .appointment = *id, .by_staff = true };
    struct appointment_view a;
    char coach[ROSTER_ID_SIZE];

    if (!forms_read_time(request_text(r, "start"), &m.start, coach, &m.coach))
        return ERR_INVAL;
    enum err e = flow_move(d->flow, &m, &a);
    if (e == ERR_OK)
        say_moved(d, &a, out);
    return e;
}

static enum err run(struct desk *d, const struct request *r, const struct ulid *id,
                    struct reply *out)
{
    const char *act = request_text(r, "act"), *reason = request_text(r, "reason");
    struct appointment_view a;
    enum err e = flow_appointment(d->flow, id, &a);

    if (e != ERR_OK)
        return e;
    if (!act || request_int(r, "version", 0) <= 0)
        return ERR_INVAL;
    if (request_int(r, "version", 0) != a.version)
        return ERR_STALE;
    if (strcmp(act, "move") == 0)
        return move(d, r, id, out);
    if (strcmp(act, "remind") == 0 || strcmp(act, "do_not_remind") == 0)
        e = flow_reminder_set(d->flow, id, strcmp(act, "remind") == 0);
    else if (strcmp(act, "cancel") == 0)
        e = reason ? flow_cancel(d->flow, id, true, reason) : ERR_INVAL;
    else
        e = strcmp(act, "check_in") == 0 ? flow_check_in(d->flow, id, NULL) : ERR_INVAL;
    if (e == ERR_OK)
        reply_ok(out);
    return e;
}

static void post_one(struct desk *d, struct request *r, struct reply *out)
{
    struct ulid id = ulid_of(r->tail);
    enum err e = id.s[0] ? ERR_OK : ERR_NOT_FOUND;

    if (e == ERR_OK && !request_only(r, "act version start reason"))
        e = ERR_INVAL;
    if (e == ERR_OK)
        e = run(d, r, &id, out);
    if (e != ERR_OK)
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_appointment = { .path = "/appointment/", .roles = ROLE_ALL, .get = get_one,
                                       .post = post_one };
