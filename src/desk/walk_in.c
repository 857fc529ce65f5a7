/* The page /walk-in: somebody at the desk goes into the queue. */
#include <string.h>

#include "base/mem.h"
#include "desk/forms.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"

static void coach_list(struct desk *d, struct buf *o)
{
    const struct roster *ro = flow_roster(d->flow);

    buf_adds(o, "<label for=\"coach\">");
    html_esc(o, _("With whom"));
    buf_adds(o, "</label><select id=\"coach\" name=\"coach\">");
    html_option(o, "", _("first free"), true);
    for (size_t i = 0; ro && i < ro->n_coaches; i++)
        html_option(o, ro->coaches[i].id, ro->coaches[i].name, false);
    buf_adds(o, "</select>");
}

/* The visit's id is made with the form: sent twice, it is one visit. */
static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct buf *o = &out->body;

    layout_begin(d, r, "/walk-in", _("Somebody at the desk"), o);
    buf_adds(o, "<form class=\"card plain\" data-post=\"/walk-in\" data-close-after "
                "data-then=\"/\">");
    html_hidden(o, "visit", flow_new_id(d->flow).s);
    forms_person(d, r, false, o);
    coach_list(d, o);
    buf_adds(o, "<p class=\"hint\">");
    html_esc(o, _("Say that Dynamo keeps name, birth date, town and subject for this visit."));
    buf_adds(o, "</p><p class=\"fault\" role=\"alert\"></p><button class=\"primary\">");
    html_esc(o, _("Into the queue"));
    buf_adds(o, "</button></form>");
    layout_end(r, o);
}

static void say(const struct arrival *a, struct reply *out)
{
    CLEANUP(buf_done) struct buf text = buf_make(200);

    i18n_format(&text, a->existing ? _("{ticket} is in the queue already.")
                                   : _("{ticket} is in the queue."),
                { "ticket", .value = a->line.ticket });
    reply_json(out, json_pack("{s:b,s:s,s:s,s:b,s:s}", "ok", 1, "visit", a->line.visit.s, "ticket",
                              a->line.ticket, "existing", a->existing, "text", buf_str(&text)));
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    struct person p;
    struct arrival a;
    const char *coach = request_text(r, "coach");
    struct walk_in_request w = { .visit = ulid_of(request_text(r, "visit")), .person = &p,
                                 .coach = coach && coach[0] ? coach : NULL, .notice_shown = true };

    if (!request_only(r, "visit coach " FORMS_PERSON_KEYS)) {
        reply_err(out, ERR_INVAL);
        return;
    }
    if (!forms_read_person(d, r, &p, out))
        return;
    enum err e = flow_walk_in(d->flow, &w, &a);
    mem_wipe(&p, sizeof(p));
    if (e == ERR_OK)
        say(&a, out);
    else
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_walk_in = { .path = "/walk-in", .roles = ROLE_ALL, .get = get,
                                   .post = post };
