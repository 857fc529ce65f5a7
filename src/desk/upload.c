/* The page /upload: what goes to the case register, and what it refused. */
#include <string.h>

#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

static void figure(struct buf *o, const char *label, int64_t n)
{
    buf_adds(o, "<div class=\"figure\"><dt>");
    html_esc(o, label);
    buf_addf(o, "</dt><dd>%lld</dd></div>", (long long)n);
}

static void status(const struct outbox_status *s, struct buf *o)
{
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("The case register"));
    buf_adds(o, "</h2><dl class=\"figures\">");
    figure(o, _("ready for tonight"), s->queued);
    figure(o, _("wait for another try"), s->waiting);
    figure(o, _("arrived"), s->sent);
    figure(o, _("refused"), s->dead);
    buf_adds(o, "</dl></section>");
}

static void letter(const struct outbox_line *l, bool may, struct buf *o)
{
    buf_adds(o, "<li class=\"letter\"><p><strong>");
    html_esc(o, l->kind);
    buf_adds(o, "</strong> <span class=\"tag band-1\">");
    html_esc(o, l->code[0] ? l->code : "-");
    buf_adds(o, "</span></p><p class=\"hint\">");
    html_format(o, P_("{n} try", "{n} tries", l->attempts), { "n", .number = l->attempts });
    buf_addf(o, " · %s</p>", l->id.s);
    if (may) {
        buf_addf(o, "<div class=\"row\"><button type=\"button\" data-post=\"/upload\" data-reload "
                    "data-body='{\"act\":\"retry\",\"record\":\"%s\"}'>", l->id.s);
        html_esc(o, _("Send again tonight"));
        buf_adds(o, "</button></div><details class=\"step\"><summary>");
        html_esc(o, _("Do not send any more"));
        buf_adds(o, "</summary><form data-post=\"/upload\" data-reload>");
        html_hidden(o, "act", "discard");
        html_hidden(o, "record", l->id.s);
        buf_addf(o, "<label for=\"why-%s\">", l->id.s);
        html_esc(o, _("Reason: for instance entered by hand"));
        buf_addf(o, "</label><input id=\"why-%s\" name=\"reason\" maxlength=\"200\" required "
                    "autocomplete=\"off\"><p class=\"fault\" role=\"alert\"></p>"
                    "<button class=\"danger\">", l->id.s);
        html_esc(o, _("Do not send any more"));
        buf_adds(o, "</button></form></details>");
    }
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
            letter(&l.v[i], may, o);
            n++;
        }
    buf_adds(o, "</ul>");
    if (n == 0) {
        buf_adds(o, "<p class=\"none\">");
        html_esc(o, _("Nothing was refused. Records go out by themselves each night."));
        buf_adds(o, "</p>");
    }
    buf_adds(o, "</section>");
    return e;
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct outbox_status s;
    struct buf *o = &out->body;
    enum err e = flow_outbox_status(d->flow, &s);

    layout_begin(d, r, "/upload", C_("navigation", "Register"), o);
    if (e == ERR_OK) {
        status(&s, o);
        e = letters(d, r->session->staff.role != STAFF_COACH, o);
    }
    if (e != ERR_OK) {
        buf_adds(o, "<p class=\"fault\">");
        html_esc(o, words_err(e));
        buf_adds(o, "</p>");
    }
    layout_end(r, o);
}

static enum err run(struct desk *d, const struct request *r)
{
    const char *act = request_text(r, "act"), *reason = request_text(r, "reason");
    struct ulid id = ulid_of(request_text(r, "record"));

    if (r->session->staff.role == STAFF_COACH)
        return ERR_DENIED;
    if (!request_only(r, "act record reason") || !act || !id.s[0])
        return ERR_INVAL;
    if (strcmp(act, "retry") == 0)
        return flow_outbox_retry(d->flow, &id);
    if (strcmp(act, "discard") == 0 && reason)
        return flow_outbox_discard(d->flow, &id, reason);
    return ERR_INVAL;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    enum err e = run(d, r);

    if (e == ERR_OK)
        reply_ok(out);
    else
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_upload = { .path = "/upload", .roles = ROLE_ALL, .get = get, .post = post };
