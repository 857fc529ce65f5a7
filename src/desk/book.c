/* The page /book: an appointment for somebody at the desk or on the phone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/forms.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

/* First what it is about and with whom, as the free times follow from that. */
static void choose(struct desk *d, const struct request *r, const char *service, const char *coach,
                   struct buf *o)
{
    const struct roster *ro = flow_roster(d->flow);

    buf_adds(o, "<form class=\"choose\" method=\"get\" action=\"/book\" data-refill>"
                "<div class=\"fields\"><div class=\"field\"><label for=\"service\">");
    html_esc(o, _("Subject"));
    buf_adds(o, "</label><select id=\"service\" name=\"service\">");
    for (size_t i = 0; i < ro->n_services; i++)
        if (ro->services[i].book)
            html_option(o, ro->services[i].id, roster_service_label(ro, (int)i, r->lang),
                        strcmp(ro->services[i].id, service) == 0);
    buf_adds(o, "</select></div><div class=\"field\"><label for=\"with\">");
    html_esc(o, _("With whom"));
    buf_adds(o, "</label><select id=\"with\" name=\"with\">");
    html_option(o, "", _("first free"), !coach);
    for (size_t i = 0; i < ro->n_coaches; i++)
        html_option(o, ro->coaches[i].id, ro->coaches[i].name,
                    coach && strcmp(coach, ro->coaches[i].id) == 0);
    buf_adds(o, "</select></div></div><noscript><button>");
    html_esc(o, _("Show times"));
    buf_adds(o, "</button></noscript></form>");
}

static const char *service_asked(const struct roster *ro, const struct request *r)
{
    const char *asked = request_arg(r, "service");

    if (asked && roster_service_find(ro, asked) >= 0)
        return asked;
    for (size_t i = 0; i < ro->n_services; i++)
        if (ro->services[i].book)
            return ro->services[i].id;
    return "";
}

static void write_form(struct desk *d, struct request *r, struct buf *o)
{
    const struct roster *ro = flow_roster(d->flow);
    const char *service = service_asked(ro, r), *coach = request_arg(r, "with");
    const char *at = request_arg(r, "at"); /* UTC ms, as a week's free start tells it */

    if (coach && roster_coach_find(ro, coach) < 0)
        coach = NULL;
    if (!service[0]) {
        buf_adds(o, "<p class=\"none\">");
        html_esc(o, _("The roster has no subject that can be booked."));
        buf_adds(o, "</p>");
        return;
    }
    choose(d, r, service, coach, o);
    buf_adds(o, "<form data-post=\"/book\" data-close-after data-then=\"/appointments\">");
    html_hidden(o, "service", service);
    if (coach)
        html_hidden(o, "coach", coach);
    forms_free_times(d, &(struct forms_free){ .name = "start", .label = _("When"),
                                              .service = service, .coach = coach,
                                              .chosen = at ? strtoll(at, NULL, 10) : 0 }, o);
    forms_person(d, r, true, o);
    buf_adds(o, "<p class=\"fault\" role=\"alert\"></p><button class=\"primary\">");
    html_esc(o, _("Book"));
    buf_adds(o, "</button></form>");
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct buf *o = &out->body;

    if (!flow_roster(d->flow)) {
        layout_fault(d, r, 409, _("There is no roster yet."), out);
        return;
    }
    layout_begin(d, r, "/book", _("New appointment"), o);
    buf_adds(o, "<div class=\"card plain\">");
    write_form(d, r, o);
    buf_adds(o, "</div>");
    layout_end(r, o);
}

static void say(struct desk *d, const struct appointment_view *a, struct reply *out)
{
    CLEANUP(buf_done) struct buf text = buf_make(500), day = buf_make(120), t = buf_make(20);

    words_date(&day, d->flow, a->day);
    words_clock(&t, d->flow, a->start);
    i18n_format(&text, _("Booked: {day} {time} with {coach}. Code {code}."),
                { "day", .value = buf_str(&day) }, { "time", .value = buf_str(&t) },
                { "coach", .value = a->coach_name },
                { "code", .value = a->code });
    reply_json(out, json_pack("{s:b,s:s,s:s,s:s}", "ok", 1, "appointment", a->id.s, "code", a->code,
                              "text", buf_str(&text)));
}

static enum err book(struct desk *d, const struct hold_request *h, const struct person *p,
                     struct appointment_view *ret_view)
{
    struct hold hold;
    enum err e = flow_hold(d->flow, h, &hold);

    if (e != ERR_OK)
        return e;
    e = flow_book(d->flow, &(struct book_request){ .hold = hold.id, .person = p,
                                                   .notice_shown = true }, ret_view);
    if (e != ERR_OK && flow_release(d->flow, &hold.id) != ERR_OK)
        d->failed = d->failed || flow_storage_failed(d->flow);
    return e;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    struct person p;
    struct appointment_view a;
    char who[ROSTER_ID_SIZE];
    struct hold_request h = { .service = request_text(r, "service") };

    if (!request_only(r, "service coach start " FORMS_PERSON_KEYS) || !h.service ||
        !forms_read_time(request_text(r, "start"), &h.start, who, &h.coach)) {
        reply_err(out, ERR_INVAL);
        return;
    }
    if (!h.coach)
        h.coach = request_text(r, "coach");
    if (!forms_read_person(d, r, &p, out))
        return;
    enum err e = book(d, &h, &p, &a);
    mem_wipe(&p, sizeof(p));
    if (e == ERR_OK)
        say(d, &a, out);
    else
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_book = { .path = "/book", .roles = ROLE_ALL, .get = get, .post = post };
