/* The page /roster: who works when, closing, and the roster as its file, checked before it
 * counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/roster_edit.h"
#include "desk/words.h"

#define ROSTER_BODY_MAX (ROSTER_JSON_MAX + 64 * 1024)
#define CLOSURES_SHOWN 12

/* ---- closed days ---- */

/* One click each: what closes a house most often. */
static void usual_reasons(struct buf *o)
{
    const char *const reasons[] = { _("Illness"), _("Fault in the building"), _("Team day") };

    buf_adds(o, "<div class=\"tools\">");
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        buf_adds(o, "<button name=\"reason\" class=\"small danger\" formnovalidate");
        html_attr(o, "value", reasons[i]);
        buf_addc(o, '>');
        html_format(o, _("Close today: {reason}"), { "reason", .value = reasons[i] });
        buf_adds(o, "</button>");
    }
    buf_adds(o, "</div>");
}

static void closed_today(struct desk *d, const char *seen, struct buf *o)
{
    const char *reason = NULL;

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Closed today"));
    buf_adds(o, "</h2><p class=\"hint\">");
    if (roster_closed_on(flow_roster(d->flow), flow_today(d->flow), &reason)) {
        html_format(o, _("The house is closed today: {reason}."),
                    { "reason", .value = reason ? reason : "-" });
        buf_adds(o, "</p></section>");
        return;
    }
    html_esc(o, _("Appointments of today stay and come on the worklist."));
    buf_adds(o, "</p><form class=\"line\" data-post=\"/roster\" data-then=\"/appointments\">");
    html_hidden(o, "act", "close_today");
    html_hidden(o, "seen", seen);
    usual_reasons(o);
    buf_adds(o, "<label for=\"reason\">");
    html_esc(o, _("Another reason, as visitors read it"));
    buf_adds(o, "</label><input id=\"reason\" name=\"reason\" maxlength=\"60\" required "
                "autocomplete=\"off\"><button class=\"danger\">");
    html_esc(o, _("Close today"));
    buf_adds(o, "</button><p class=\"fault\" role=\"alert\"></p></form></section>");
}

static void closure_row(struct desk *d, const struct roster_closure *c, const char *seen,
                        bool lead, struct buf *o)
{
    CLEANUP(buf_done) struct buf when = buf_make(200);
    char from[CIVIL_DATE_SIZE];

    words_date(&when, d->flow, c->from);
    if (c->to != c->from) {
        buf_adds(&when, " – ");
        words_date(&when, d->flow, c->to);
    }
    buf_adds(o, "<tr><th scope=\"row\">");
    html_esc(o, buf_str(&when));
    buf_adds(o, "</th><td>");
    html_name(o, c->reason);
    buf_adds(o, "</td><td class=\"do\">");
    if (lead) {
        civil_format(c->from, from);
        buf_adds(o, "<form data-post=\"/roster\" data-reload>");
        html_hidden(o, "act", "open");
        html_hidden(o, "seen", seen);
        html_hidden(o, "from", from);
        buf_adds(o, "<button class=\"small\">");
        html_esc(o, _("Open after all"));
        buf_adds(o, "</button><p class=\"fault\" role=\"alert\"></p></form>");
    }
    buf_adds(o, "</td></tr>");
}

static void close_form(const char *seen, struct buf *o)
{
    buf_adds(o, "<details class=\"step\"><summary>");
    html_esc(o, _("Close more days"));
    buf_adds(o, "</summary><form data-post=\"/roster\" data-report=\"close-report\">");
    html_hidden(o, "seen", seen);
    buf_adds(o, "<div class=\"fields\"><div class=\"field\"><label for=\"close-from\">");
    html_esc(o, _("From"));
    buf_adds(o, "</label><input type=\"date\" id=\"close-from\" name=\"from\" required></div>"
                "<div class=\"field\"><label for=\"close-to\">");
    html_esc(o, _("Up to and including"));
    buf_adds(o, "</label><input type=\"date\" id=\"close-to\" name=\"to\" required></div>"
                "<div class=\"field\"><label for=\"close-reason\">");
    html_esc(o, _("Reason, as visitors read it"));
    buf_adds(o, "</label><input id=\"close-reason\" name=\"reason\" maxlength=\"60\" required "
                "autocomplete=\"off\"></div></div><div id=\"close-report\" role=\"status\"></div>"
                "<p class=\"fault\" role=\"alert\"></p><div class=\"row\"><button name=\"act\" "
                "value=\"close_preview\" class=\"primary\">");
    html_esc(o, _("Look what changes"));
    buf_adds(o, "</button><button name=\"act\" value=\"close\">");
    html_esc(o, _("Store"));
    buf_adds(o, "</button></div></form></details>");
}

static void closed_days(struct desk *d, const char *seen, bool lead, struct buf *o)
{
    const struct roster *ro = flow_roster(d->flow);
    int shown = 0;

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Closed days to come"));
    buf_adds(o, "</h2><table class=\"rows keep\"><tbody>");
    for (size_t i = 0; i < ro->n_closures && shown < CLOSURES_SHOWN; i++)
        if (ro->closures[i].to >= flow_today(d->flow)) {
            closure_row(d, &ro->closures[i], seen, lead, o);
            shown++;
        }
    buf_adds(o, "</tbody></table>");
    if (shown == 0) {
        buf_adds(o, "<p class=\"none\">");
        html_esc(o, _("None. Public holidays have to be in the roster too: dynamoctl roster "
                      "holidays lists them."));
        buf_adds(o, "</p>");
    }
    if (lead)
        close_form(seen, o);
    buf_adds(o, "</section>");
}

/* ---- who works when ---- */

static void hours(const struct roster_hours *v, size_t n, struct buf *o)
{
    static const char *const days[] = { N_("mon"), N_("tue"), N_("wed"), N_("thu"),
                                        N_("fri"), N_("sat"), N_("sun") };
    char from[HHMM_SIZE], to[HHMM_SIZE];

    for (size_t i = 0; i < n; i++) {
        const struct roster_hours *h = &v[i];
        hhmm_format(h->span.from, from);
        hhmm_format(h->span.to, to);
        buf_adds(o, "<div>");
        for (unsigned w = 0; w < 7; w++)
            if (h->weekdays >> w & 1) {
                html_esc(o, _(days[w]));
                buf_addc(o, ' ');
            }
        buf_addf(o, "%s–%s", from, to);
        if (h->every_weeks > 1) {
            buf_adds(o, " · ");
            html_format(o, P_("every {n} week", "every {n} weeks", (long)h->every_weeks),
                        { "n", .number = h->every_weeks });
        }
        buf_adds(o, "</div>");
    }
}

/* To the form of a coach's hours; id "": of the house's. */
static void change_link(const char *id, struct buf *o)
{
    buf_addf(o, "<a class=\"button small\" href=\"/hours%s%s\">", id[0] ? "?coach=" : "", id);
    html_esc(o, _("Change hours"));
    buf_adds(o, "</a>");
}

static void house_line(const struct roster *ro, bool lead, struct buf *o)
{
    buf_adds(o, "<tr><th scope=\"row\">");
    html_esc(o, _("The house"));
    buf_adds(o, "<span class=\"by\">");
    html_name(o, ro->site.name);
    buf_adds(o, "</span></th><td></td><td>");
    hours(ro->opening, ro->n_opening, o);
    buf_adds(o, "</td><td class=\"do\">");
    if (lead)
        change_link("", o);
    buf_adds(o, "</td></tr>");
}

static void coach_line(const struct roster_coach *c, bool lead, struct buf *o)
{
    buf_adds(o, "<tr><th scope=\"row\">");
    html_name(o, c->name);
    buf_adds(o, "<span class=\"by\">");
    html_name(o, c->role);
    buf_adds(o, "</span></th><td>");
    html_format(o, _("room {room}"), { "room", .value = c->room });
    buf_adds(o, "</td><td>");
    hours(c->availability, c->n_availability, o);
    buf_adds(o, "</td><td class=\"do\">");
    if (lead)
        change_link(c->id, o);
    buf_addf(o, "<a class=\"button small\" href=\"/absence?coach=%s\">", c->id);
    html_esc(o, _("Days off"));
    buf_adds(o, "</a></td></tr>");
}

static void coaches(const struct roster *ro, bool lead, struct buf *o)
{
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Who works when"));
    buf_adds(o, "</h2><table class=\"rows works\"><thead class=\"unseen\"><tr><th scope=\"col\">");
    html_esc(o, _("Coach"));
    buf_adds(o, "</th><th scope=\"col\">");
    html_esc(o, _("Room"));
    buf_adds(o, "</th><th scope=\"col\">");
    html_esc(o, _("Hours"));
    buf_adds(o, "</th><td></td></tr></thead><tbody>");
    house_line(ro, lead, o);
    for (size_t i = 0; i < ro->n_coaches; i++)
        coach_line(&ro->coaches[i], lead, o);
    buf_adds(o, "</tbody></table></section>");
}

/* ---- the file ---- */

static enum err editor(struct desk *d, const char *seen, struct buf *o)
{
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    bool any = flow_roster(d->flow) != NULL;
    enum err e = any ? flow_roster_export(d->flow, &json) : ERR_OK;

    if (e != ERR_OK)
        return e;
    buf_addf(o, "<details class=\"card\"%s><summary><h2>", any ? "" : " open");
    html_esc(o, any ? _("Change the whole roster") : _("Bring in the roster"));
    buf_adds(o, "</h2></summary><p class=\"hint\">");
    html_esc(o, _("This is the roster's file. Look at what changes first; only then store it."));
    buf_adds(o, "</p><form data-post=\"/roster\" data-report=\"roster-report\">");
    html_hidden(o, "seen", seen);
    buf_adds(o, "<label for=\"json\">");
    html_esc(o, _("Roster (JSON)"));
    buf_adds(o, "</label><textarea id=\"json\" name=\"json\" rows=\"24\" spellcheck=\"false\">");
    html_esc(o, buf_str(&json));
    buf_adds(o, "</textarea><label for=\"json-file\">");
    html_esc(o, _("Or choose a file"));
    buf_adds(o, "</label><input type=\"file\" id=\"json-file\" accept=\".json,application/json\" "
                "data-into=\"json\"><div id=\"roster-report\" role=\"status\"></div>"
                "<p class=\"fault\" role=\"alert\"></p><div class=\"row\">"
                "<button name=\"act\" value=\"preview\" class=\"primary\">");
    html_esc(o, _("Look what changes"));
    buf_adds(o, "</button><button name=\"act\" value=\"store\">");
    html_esc(o, _("Store"));
    buf_adds(o, "</button></div></form></details>");
    return ERR_OK;
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct buf *o = &out->body;
    bool lead = r->session->staff.role != STAFF_COACH;
    char seen[ROSTER_SEEN_SIZE];
    enum err e = ERR_OK;

    layout_begin(d, r, "/roster", C_("navigation", "Roster"), o);
    roster_edit_seen(d, seen);
    if (flow_roster(d->flow)) {
        coaches(flow_roster(d->flow), lead, o);
        buf_adds(o, "<div class=\"two\">");
        closed_today(d, seen, o);
        closed_days(d, seen, lead, o);
        buf_adds(o, "</div>");
    } else if (!lead) {
        layout_empty(o, _("There is no roster yet."), _("Your coordinator brings it in."));
    }
    if (lead)
        e = editor(d, seen, o);
    if (e != ERR_OK)
        layout_problem(o, e);
    layout_end(r, o);
}

/* ---- changing ---- */

/* One more closed day, or days. */
static enum err close_days(struct desk *d, const struct roster_closure *c, bool keep,
                           struct reply *out)
{
    CLEANUP(roster_done) struct roster ro = { 0 };
    enum err e = roster_edit_begin(d, &ro);

    if (e != ERR_OK)
        return e;
    size_t cap = ro.n_closures;
    if (ro.n_closures == ROSTER_LIST_MAX)
        return ERR_LIMIT;
    if (!mem_grow(&ro.closures, &cap, ro.n_closures, sizeof(*ro.closures)))
        return ERR_NOMEM;
    size_t at = ro.n_closures++; /* by date, as the page lists them */
    for (; at > 0 && ro.closures[at - 1].from > c->from; at--)
        ro.closures[at] = ro.closures[at - 1];
    ro.closures[at] = *c;
    return roster_edit_end(d, &ro, keep, out);
}

static enum err read_closure(struct desk *d, const struct request *r, bool today,
                             struct roster_closure *c)
{
    const char *reason = request_text(r, "reason");
    const char *from = request_text(r, "from"), *to = request_text(r, "to");

    if (!reason || !reason[0] || strlen(reason) >= sizeof(c->reason))
        return ERR_INVAL;
    snprintf(c->reason, sizeof(c->reason), "%s", reason);
    if (today) {
        c->from = c->to = flow_today(d->flow);
        return ERR_OK;
    }
    return from && to && civil_parse(from, &c->from) == ERR_OK &&
                   civil_parse(to, &c->to) == ERR_OK && c->from <= c->to
               ? ERR_OK
               : ERR_INVAL;
}

/* Takes the closures that begin on a day out. */
static enum err open_after_all(struct desk *d, const char *from, struct reply *out)
{
    CLEANUP(roster_done) struct roster ro = { 0 };
    civil_day day = 0;
    size_t left = 0;
    enum err e = from ? civil_parse(from, &day) : ERR_INVAL;

    if (e == ERR_OK)
        e = roster_edit_begin(d, &ro);
    for (size_t i = 0; e == ERR_OK && i < ro.n_closures; i++)
        if (ro.closures[i].from != day)
            ro.closures[left++] = ro.closures[i];
    if (e == ERR_OK && left == ro.n_closures)
        e = ERR_NOT_FOUND;
    ro.n_closures = left;
    return e == ERR_OK ? roster_edit_end(d, &ro, true, out) : e;
}

static enum err change(struct desk *d, const struct request *r, const char *act, struct reply *out)
{
    const char *json = request_text(r, "json");
    struct roster_closure c = { 0 };
    bool close = strncmp(act, "close", 5) == 0;
    enum err e = close ? read_closure(d, r, strcmp(act, "close_today") == 0, &c) : ERR_OK;

    if (e != ERR_OK)
        return e;
    if (strcmp(act, "close_today") == 0 || strcmp(act, "close") == 0)
        return close_days(d, &c, true, out);
    if (strcmp(act, "close_preview") == 0)
        return close_days(d, &c, false, out);
    if (strcmp(act, "open") == 0)
        return open_after_all(d, request_text(r, "from"), out);
    if (json && (strcmp(act, "preview") == 0 || strcmp(act, "store") == 0))
        return roster_edit_text(d, json, strcmp(act, "store") == 0, out);
    return ERR_INVAL;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    const char *act = request_text(r, "act");
    enum err e = ERR_OK;

    if (!request_only(r, "act json reason from to seen") || !act)
        e = ERR_INVAL;
    else if (r->session->staff.role == STAFF_COACH && strcmp(act, "close_today") != 0)
        e = ERR_DENIED;
    else if (!roster_edit_fresh(d, r))
        e = ERR_STALE;
    if (e == ERR_OK)
        e = change(d, r, act, out);
    if (e != ERR_OK)
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_roster = { .path = "/roster", .roles = ROLE_ALL,
                                  .body_max = ROSTER_BODY_MAX, .get = get, .post = post };
