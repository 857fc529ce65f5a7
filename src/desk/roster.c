/* The page /roster: the roster as its file, checked before it counts; and "closed today". */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/roster_notes.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

#define ROSTER_BODY_MAX (ROSTER_JSON_MAX + 64 * 1024)

static void closed_form(struct buf *o)
{
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Closed today"));
    buf_adds(o, "</h2><p class=\"hint\">");
    html_esc(o, _("Appointments of today stay and come on the worklist."));
    buf_adds(o, "</p><form class=\"line\" data-post=\"/roster\" data-then=\"/appointments\">");
    html_hidden(o, "act", "close_today");
    buf_adds(o, "<label for=\"reason\">");
    html_esc(o, _("Reason, as visitors read it"));
    buf_adds(o, "</label><input id=\"reason\" name=\"reason\" maxlength=\"60\" required "
                "autocomplete=\"off\"><button class=\"danger\">");
    html_esc(o, _("Close today"));
    buf_adds(o, "</button><p class=\"fault\" role=\"alert\"></p></form></section>");
}

static void coach_line(struct buf *o, const struct roster_coach *c)
{
    static const char *const days[] = { N_("mon"), N_("tue"), N_("wed"), N_("thu"),
                                        N_("fri"), N_("sat"), N_("sun") };
    char from[HHMM_SIZE], to[HHMM_SIZE];

    buf_adds(o, "<tr><th scope=\"row\">");
    html_name(o, c->name);
    buf_adds(o, "</th><td>");
    html_name(o, c->role);
    buf_adds(o, "</td><td>");
    html_name(o, c->room);
    buf_adds(o, "</td><td>");
    for (size_t i = 0; i < c->n_availability; i++) {
        hhmm_format(c->availability[i].span.from, from);
        hhmm_format(c->availability[i].span.to, to);
        buf_adds(o, "<div>");
        for (unsigned w = 0; w < 7; w++)
            if (c->availability[i].weekdays >> w & 1) {
                html_esc(o, _(days[w]));
                buf_addc(o, ' ');
            }
        buf_addf(o, "%s–%s</div>", from, to);
    }
    buf_adds(o, "</td></tr>");
}

static void coaches(const struct roster *ro, struct buf *o)
{
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Who works when"));
    buf_adds(o, "</h2><table class=\"rows keep\"><tbody>");
    for (size_t i = 0; i < ro->n_coaches; i++)
        coach_line(o, &ro->coaches[i]);
    buf_adds(o, "</tbody></table></section>");
}

static enum err editor(struct desk *d, struct buf *o)
{
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    enum err e = flow_roster(d->flow) ? flow_roster_export(d->flow, &json) : ERR_OK;

    if (e != ERR_OK)
        return e;
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Change the roster"));
    buf_adds(o, "</h2><p class=\"hint\">");
    html_esc(o, _("This is the roster's file. Look at what changes first; only then store it."));
    buf_adds(o, "</p><form data-post=\"/roster\" data-report=\"roster-report\">"
                "<label for=\"json\">");
    html_esc(o, _("Roster (JSON)"));
    buf_adds(o, "</label><textarea id=\"json\" name=\"json\" rows=\"24\" spellcheck=\"false\">");
    html_esc(o, buf_str(&json));
    buf_adds(o, "</textarea><div id=\"roster-report\" role=\"status\"></div>"
                "<p class=\"fault\" role=\"alert\"></p><div class=\"row\">"
                "<button name=\"act\" value=\"preview\" class=\"primary\">");
    html_esc(o, _("Look what changes"));
    buf_adds(o, "</button><button name=\"act\" value=\"store\">");
    html_esc(o, _("Store"));
    buf_adds(o, "</button></div></form></section>");
    return ERR_OK;
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct buf *o = &out->body;
    enum err e = ERR_OK;

    layout_begin(d, r, "/roster", C_("navigation", "Roster"), o);
    if (flow_roster(d->flow)) {
        coaches(flow_roster(d->flow), o);
        closed_form(o);
    }
    if (r->session->staff.role != STAFF_COACH)
        e = editor(d, o);
    if (e != ERR_OK) {
        buf_adds(o, "<p class=\"fault\">");
        html_esc(o, words_err(e));
        buf_adds(o, "</p>");
    }
    layout_end(r, o);
}

/* ---- changing ---- */

static void say_notes(const struct roster_notes *notes, const struct appointment_list *hit,
                      bool stored, struct reply *out)
{
    json_t *list = json_array();
    CLEANUP(buf_done) struct buf text = buf_make(300);

    for (size_t i = 0; i < notes->n; i++)
        json_array_append_new(list, json_pack("{s:b,s:s,s:s}", "fault", notes->v[i].fault, "at",
                                              notes->v[i].pointer, "text", notes->v[i].text));
    if (notes->n_faults > 0)
        i18n_format(&text, P_("{n} fault: nothing is stored.", "{n} faults: nothing is stored.",
                              (long)notes->n_faults), { "n", .number = (long)notes->n_faults });
    else
        i18n_format(&text, stored ? P_("Stored. {n} appointment no longer fits.",
                                       "Stored. {n} appointments no longer fit.", (long)hit->n)
                                  : P_("This is right. {n} appointment would no longer fit.",
                                       "This is right. {n} appointments would no longer fit.",
                                       (long)hit->n), { "n", .number = (long)hit->n });
    out->status = notes->n_faults > 0 ? 422 : 200;
    reply_json(out, json_pack("{s:b,s:b,s:s,s:o}", "ok", notes->n_faults == 0, "stored", stored,
                              "text", buf_str(&text), "notes", list));
}

/* Which appointments a roster would hit: those that its own days do not hold. */
static bool fits(const struct roster *ro, const struct zone *z, const struct appointment_view *a)
{
    int coach = roster_coach_find(ro, a->coach), service = roster_service_find(ro, a->service);

    return coach >= 0 && service >= 0 && roster_coach_offers(ro, coach, service) &&
           slot_within_hours(ro, z, coach, a->start, a->end);
}

static enum err hits(struct desk *d, const struct roster *ro, struct appointment_list *ret_list)
{
    CLEANUP(appointment_list_done) struct appointment_list all = { 0 };
    civil_day today = flow_today(d->flow);
    enum err e = flow_appointments(d->flow, NULL, today, today + ro->rules.horizon_days + 31, &all);
    size_t n = 0;

    for (size_t i = 0; e == ERR_OK && i < all.n; i++)
        if (all.v[i].state == APPT_BOOKED && !fits(ro, flow_zone(d->flow), &all.v[i]))
            all.v[n++] = all.v[i];
    all.n = n;
    if (e == ERR_OK)
        *ret_list = TAKE(all);
    return e;
}

static enum err store(struct desk *d, const char *json, bool keep, struct reply *out)
{
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    CLEANUP(roster_done) struct roster ro = { 0 };
    CLEANUP(appointment_list_done) struct appointment_list hit = { 0 };
    enum err e = roster_parse(json, strlen(json), &notes, &ro);

    if (e == ERR_OK)
        e = hits(d, &ro, &hit);
    if (e == ERR_OK && keep) {
        roster_notes_done(&notes);
        e = flow_roster_import(d->flow, json, strlen(json), &notes);
    }
    if (e != ERR_OK && e != ERR_FORMAT)
        return e;
    say_notes(&notes, &hit, keep && e == ERR_OK, out);
    return ERR_OK;
}

static enum err close_today(struct desk *d, const char *reason, struct reply *out)
{
    CLEANUP(buf_done) struct buf text = buf_make(ROSTER_JSON_MAX);
    char today[CIVIL_DATE_SIZE];
    enum err e = flow_roster_export(d->flow, &text);

    if (e != ERR_OK)
        return e;
    json_t *j = json_loads(buf_str(&text), 0, NULL);
    civil_format(flow_today(d->flow), today);
    json_array_append_new(json_object_get(j, "closures"),
                          json_pack("{s:s,s:s,s:s}", "from", today, "to", today, "reason", reason));
    char *json = json_dumps(j, 0);
    json_decref(j);
    if (!json)
        return ERR_NOMEM;
    e = store(d, json, true, out);
    free(json);
    return e;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    const char *act = request_text(r, "act"), *json = request_text(r, "json");
    const char *reason = request_text(r, "reason");
    bool lead = r->session->staff.role != STAFF_COACH;
    enum err e = ERR_INVAL;

    if (!request_only(r, "act json reason") || !act)
        e = ERR_INVAL;
    else if (strcmp(act, "close_today") == 0)
        e = reason ? close_today(d, reason, out) : ERR_INVAL;
    else if (!lead)
        e = ERR_DENIED;
    else if (json && (strcmp(act, "preview") == 0 || strcmp(act, "store") == 0))
        e = store(d, json, strcmp(act, "store") == 0, out);
    if (e != ERR_OK)
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_roster = { .path = "/roster", .roles = ROLE_ALL,
                                  .body_max = ROSTER_BODY_MAX, .get = get, .post = post };
