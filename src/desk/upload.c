/* The page /upload: what goes to the case register, what it refused, and what to do then. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "desk/forms.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"
#include "flow/desk.h"

static void figure(struct buf *o, const char *label, int64_t n)
{
    buf_adds(o, "<div class=\"figure\"><dt>");
    html_esc(o, label);
    buf_addf(o, "</dt><dd>%lld</dd></div>", (long long)n);
}

/* The night sends by itself; who just put something right need not wait for it. */
static void send_now(struct buf *o)
{
    buf_adds(o, "<p class=\"row\"><button type=\"button\" data-post=\"/upload\" "
                "data-body='{\"act\":\"send_now\"}' data-reload>");
    html_esc(o, _("Send now"));
    buf_adds(o, "</button></p>");
}

static void status(const struct outbox_status *s, bool may, struct buf *o)
{
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("The case register"));
    buf_adds(o, "</h2><dl class=\"figures\">");
    figure(o, _("ready for tonight"), s->queued);
    figure(o, _("wait for another try"), s->waiting);
    figure(o, _("arrived"), s->sent);
    figure(o, _("refused"), s->dead);
    buf_adds(o, "</dl>");
    if (s->queued + s->waiting > 0 && s->oldest_s > 36 * 3600) {
        buf_adds(o, "<p class=\"tag band-2\">");
        html_esc(o, _("Something waits for more than a day and a half. Ask who looks after the "
                      "system to run: dynamoctl register test."));
        buf_adds(o, "</p>");
    }
    if (may && s->queued + s->waiting > 0)
        send_now(o);
    buf_adds(o, "</section>");
}

/* ---- in plain words ---- */

static const char *kind_said(const char *kind)
{
    static const struct {
        const char *kind;
        struct i18n_msg said;
    } kinds[] = {
        { "walkin_registered", NC_("record", "Somebody walked in") },
        { "appointment_booked", NC_("record", "An appointment was made") },
        { "appointment_changed", NC_("record", "An appointment was moved") },
        { "appointment_cancelled", NC_("record", "An appointment was cancelled") },
        { "visit_attended", NC_("record", "Somebody was helped") },
        { "visit_no_show", NC_("record", "Somebody did not come") },
        { "visit_redirected", NC_("record", "Somebody was sent on") },
        { "privacy_notice_shown", NC_("record", "The privacy notice was shown") },
        { "consent_reminder", NC_("record", "A reminder was agreed to") },
    };

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return i18n_msg(kinds[i].said);
    return kind;
}

enum advice { ADVICE_CORRECT, ADVICE_RETRY, ADVICE_BY_HAND, ADVICE_ASK };

/* What the register said, and what then helps. */
static const struct {
    const char *code; /* the beginning of the register's code */
    int status;       /* or its status; 0: any */
    enum advice advice;
    struct i18n_msg said;
} whys[] = {
    { "key_conflict", 0, ADVICE_ASK,
      NC_("refused", "Another file in the register has our number. Ask who looks after the "
                     "register; do not send it again.") },
    { "unreadable", 0, ADVICE_BY_HAND,
      NC_("refused", "The record cannot be read any more. Enter it in the register by hand.") },
    { "permission_denied", 0, ADVICE_BY_HAND,
      NC_("refused", "The file in the register is closed, or not ours. Somebody ended it there. "
                     "Enter it by hand when it still matters.") },
    { "", 403, ADVICE_BY_HAND,
      NC_("refused", "The file in the register is closed, or not ours. Somebody ended it there. "
                     "Enter it by hand when it still matters.") },
    { "", 404, ADVICE_BY_HAND,
      NC_("refused", "The file is gone from the register. Enter it by hand when it still "
                     "matters.") },
    { "", 410, ADVICE_BY_HAND,
      NC_("refused", "The file is gone from the register. Enter it by hand when it still "
                     "matters.") },
    { "", 413, ADVICE_CORRECT,
      NC_("refused", "It is too long for the register. Make the name shorter and send it "
                     "again.") },
    { "max_length", 0, ADVICE_CORRECT,
      NC_("refused", "It is too long for the register. Make the name shorter and send it "
                     "again.") },
    { "", 400, ADVICE_CORRECT,
      NC_("refused", "The register does not accept what was filled in. Look at the name, the "
                     "birth date and the phone number, put them right and send it again.") },
    { "", 0, ADVICE_RETRY,
      NC_("refused", "The register refused it. Send it again; when it comes back, enter it by "
                     "hand.") },
};

static size_t why_of(const char *code, int status)
{
    size_t i = 0;

    while (i + 1 < ARRAY_LEN(whys) &&
           ((whys[i].code[0] && strncmp(code, whys[i].code, strlen(whys[i].code)) != 0) ||
            (whys[i].status && whys[i].status != status)))
        i++;
    return i;
}

/* The step that was refused: its status and what the register named. */
static void refused_step(struct desk *d, const struct ulid *id, struct outbox_step *ret)
{
    CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
    struct outbox_row row;

    *ret = (struct outbox_step){ 0 };
    if (flow_outbox_one(d->flow, id, &row) != ERR_OK ||
        flow_outbox_steps(d->flow, &row, &steps) != ERR_OK)
        return;
    for (size_t i = 0; i < steps.n; i++)
        if (steps.v[i].state == OUTBOX_STEP_REFUSED)
            *ret = steps.v[i];
}

/* ---- one letter ---- */

static void details(const struct outbox_line *l, const struct outbox_step *s, struct buf *o)
{
    buf_adds(o, "<details class=\"step\"><summary>");
    html_esc(o, _("For who looks after the system"));
    buf_addf(o, "</summary><dl class=\"pairs small-print\"><div><dt>ID</dt><dd>%s</dd></div>"
                "<div><dt>code</dt><dd>", l->id.s);
    html_esc(o, l->code[0] ? l->code : "-");
    buf_adds(o, "</dd></div>");
    if (s->n > 0) {
        buf_addf(o, "<div><dt>HTTP</dt><dd>%d ", s->last_status);
        html_esc(o, s->method);
        buf_adds(o, " · ");
        html_esc(o, s->name);
        buf_adds(o, "</dd></div><div><dt>invalidParams</dt><dd>");
        html_esc(o, s->params[0] ? s->params : "-");
        buf_adds(o, "</dd></div><div><dt>instance</dt><dd>");
        html_esc(o, s->instance[0] ? s->instance : "-");
        buf_adds(o, "</dd></div>");
    }
    buf_adds(o, "</dl></details>");
}

static void retry(const struct outbox_line *l, bool advised, struct buf *o)
{
    buf_addf(o, "<button type=\"button\" class=\"%s\" data-post=\"/upload\" data-reload "
                "data-body='{\"act\":\"retry\",\"record\":\"%s\"}'>", advised ? "primary" : "",
             l->id.s);
    html_esc(o, _("Send again tonight"));
    buf_adds(o, "</button>");
}

static void correct(const struct outbox_line *l, bool advised, struct buf *o)
{
    buf_addf(o, "<a class=\"button %s\" href=\"/upload?record=%s\" data-window>",
             advised ? "primary" : "", l->id.s);
    html_esc(o, _("Put right and send again"));
    buf_adds(o, "</a>");
}

static void by_hand(const struct outbox_line *l, bool advised, struct buf *o)
{
    buf_addf(o, "<button type=\"button\" class=\"%s\" data-post=\"/upload\" data-reload "
                "data-body='{\"act\":\"by_hand\",\"record\":\"%s\"}'>", advised ? "primary" : "",
             l->id.s);
    html_esc(o, _("I entered it by hand"));
    buf_adds(o, "</button>");
}

static void discard(const struct outbox_line *l, struct buf *o)
{
    buf_adds(o, "<details class=\"step\"><summary>");
    html_esc(o, _("It need not be in the register"));
    buf_adds(o, "</summary><form class=\"line\" data-post=\"/upload\" data-reload>");
    html_hidden(o, "act", "discard");
    html_hidden(o, "record", l->id.s);
    buf_addf(o, "<label for=\"why-%s\">", l->id.s);
    html_esc(o, _("Reason, without names"));
    buf_addf(o, "</label><input id=\"why-%s\" name=\"reason\" maxlength=\"200\" required "
                "autocomplete=\"off\"><button class=\"danger\">", l->id.s);
    html_esc(o, _("Never send it"));
    buf_adds(o, "</button><p class=\"fault\" role=\"alert\"></p></form></details>");
}

static void letter(struct desk *d, const struct outbox_line *l, bool may, struct buf *o)
{
    struct outbox_step step;

    refused_step(d, &l->id, &step);
    size_t why = why_of(l->code, step.last_status);
    enum advice advice = whys[why].advice;
    buf_adds(o, "<li class=\"letter\"><p><strong>");
    html_esc(o, kind_said(l->kind));
    buf_adds(o, "</strong> <span class=\"hint\">");
    html_format(o, P_("{n} try", "{n} tries", l->attempts), { "n", .number = l->attempts });
    buf_adds(o, "</span></p><p>");
    html_esc(o, i18n_msg(whys[why].said));
    buf_adds(o, "</p>");
    if (may) {
        buf_adds(o, "<div class=\"row\">");
        correct(l, advice == ADVICE_CORRECT, o);
        retry(l, advice == ADVICE_RETRY, o);
        by_hand(l, advice == ADVICE_BY_HAND, o);
        buf_adds(o, "</div>");
        discard(l, o);
    }
    details(l, &step, o);
    buf_adds(o, "</li>");
}

static enum err letters(struct desk *d, bool may, struct buf *o)
{
    CLEANUP(outbox_list_done) struct outbox_list l = { 0 };
    enum err e = flow_outbox(d->flow, true, &l);
    int n = 0;

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Refused by the register"));
    buf_adds(o, "</h2><ul class=\"letters\">");
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        if (strcmp(l.v[i].state, "dead") == 0) {
            letter(d, &l.v[i], may, o);
            n++;
        }
    buf_adds(o, "</ul>");
    if (n == 0)
        layout_empty(o, _("Nothing was refused."),
                     _("Records go out by themselves each night. What the register does not take "
                       "comes here, with what to do about it."));
    buf_adds(o, "</section>");
    return e;
}

/* ---- putting right ---- */

static void get_correct(struct desk *d, struct request *r, const struct ulid *id,
                        struct reply *out)
{
    struct person p = { 0 };
    struct buf *o = &out->body;
    enum err e = flow_outbox_person(d->flow, id, &p);

    if (e != ERR_OK) {
        layout_fault(d, r, 404, e == ERR_DENIED
                                    ? _("The names of that day are destroyed already. Enter it in "
                                        "the register by hand.")
                                    : words_err(e), out);
        return;
    }
    layout_begin(d, r, "/upload", _("Put right and send again"), o);
    buf_adds(o, "<form class=\"card plain\" data-post=\"/upload\" data-close-after "
                "data-then=\"/upload\"><p class=\"hint\">");
    html_esc(o, _("Change what is wrong. Only the register gets it; the visit here stays as it "
                  "is."));
    buf_adds(o, "</p>");
    html_hidden(o, "act", "correct");
    html_hidden(o, "record", id->s);
    forms_person_with(d, r, true, &p, o);
    buf_adds(o, "<p class=\"fault\" role=\"alert\"></p><button class=\"primary\">");
    html_esc(o, _("Send again tonight"));
    buf_adds(o, "</button></form>");
    layout_end(r, o);
    mem_wipe(&p, sizeof(p));
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct outbox_status s;
    struct buf *o = &out->body;
    struct ulid asked = ulid_of(request_arg(r, "record"));
    bool lead = r->session->staff.role != STAFF_COACH;

    if (asked.s[0] && lead) {
        get_correct(d, r, &asked, out);
        return;
    }
    enum err e = flow_outbox_status(d->flow, &s);
    layout_begin(d, r, "/upload", C_("navigation", "Register"), o);
    if (e == ERR_OK) {
        status(&s, lead, o);
        e = letters(d, lead, o);
    }
    if (e != ERR_OK)
        layout_problem(o, e);
    layout_end(r, o);
}

/* ---- changing ---- */

static enum err send_corrected(struct desk *d, const struct request *r, const struct ulid *id,
                               struct reply *out)
{
    struct person p;

    if (!request_only(r, "act record " FORMS_PERSON_KEYS))
        return ERR_INVAL;
    if (!forms_read_person(d, r, &p, out))
        return ERR_OK; /* answered */
    enum err e = flow_outbox_correct(d->flow, id, &p);
    mem_wipe(&p, sizeof(p));
    if (e == ERR_OK)
        reply_ok(out);
    return e;
}

/* A row in the log and a file beside the database: systemd starts the upload. */
static enum err ask_for_run(struct desk *d, const struct request *r, struct reply *out)
{
    enum err e = request_only(r, "act") ? flow_send_now(d->flow) : ERR_INVAL;

    if (e == ERR_OK)
        reply_json(out, json_pack("{s:b,s:s}", "ok", 1, "text",
                                  _("The records go out within a minute. Look here again then.")));
    return e;
}

static enum err run(struct desk *d, const struct request *r, struct reply *out)
{
    const char *act = request_text(r, "act"), *reason = request_text(r, "reason");
    struct ulid id = ulid_of(request_text(r, "record"));
    enum err e = ERR_INVAL;

    if (r->session->staff.role == STAFF_COACH)
        return ERR_DENIED;
    if (act && strcmp(act, "send_now") == 0)
        return ask_for_run(d, r, out);
    if (!act || !id.s[0])
        return ERR_INVAL;
    if (strcmp(act, "correct") == 0)
        return send_corrected(d, r, &id, out);
    if (!request_only(r, "act record reason"))
        return ERR_INVAL;
    if (strcmp(act, "retry") == 0)
        e = flow_outbox_retry(d->flow, &id);
    else if (strcmp(act, "by_hand") == 0)
        e = flow_outbox_discard(d->flow, &id, "entered by hand");
    else if (strcmp(act, "discard") == 0 && reason)
        e = flow_outbox_discard(d->flow, &id, reason);
    if (e == ERR_OK)
        reply_ok(out);
    return e;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    enum err e = run(d, r, out);

    if (e != ERR_OK)
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_upload = { .path = "/upload", .roles = ROLE_ALL, .get = get, .post = post };
