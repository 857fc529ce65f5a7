/* The page /staff: who may log in. PIN and key of the app are shown once, when they are made. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

static const struct {
    enum staff_role role;
    const char *name;
    struct i18n_msg label;
} roles[] = {
    { STAFF_COACH, "coach", NC_("role", "Coach") },
    { STAFF_COORDINATOR, "coordinator", NC_("role", "Coordinator") },
    { STAFF_ADMIN, "admin", NC_("role", "Administrator") },
};

static void act_button(struct buf *o, const char *act, const char *id, const char *label,
                       const char *class)
{
    buf_addf(o, "<button type=\"button\" class=\"small %s\" data-post=\"/staff\" data-reload "
                "data-body='{\"act\":\"%s\",\"id\":\"%s\"}'>", class, act, id);
    html_esc(o, label);
    buf_adds(o, "</button>");
}

static void row(const struct request *r, const struct staff *s, struct buf *o)
{
    buf_addf(o, "<tr%s><th scope=\"row\">", s->disabled ? " class=\"other\"" : "");
    html_name(o, s->name);
    buf_adds(o, "<span class=\"by\">");
    html_esc(o, s->id);
    buf_adds(o, "</span></th><td>");
    for (size_t i = 0; i < ARRAY_LEN(roles); i++)
        if (roles[i].role == s->role)
            html_esc(o, i18n_msg(roles[i].label));
    if (s->disabled) {
        buf_adds(o, " <span class=\"tag\">");
        html_esc(o, _("no access"));
        buf_adds(o, "</span>");
    }
    buf_adds(o, "</td><td class=\"do\">");
    if (!s->disabled) {
        act_button(o, "unlock", s->id, _("Unlock"), "");
        if (strcmp(s->id, r->session->staff.id) != 0)
            act_button(o, "disable", s->id, _("End access"), "danger");
    }
    buf_adds(o, "</td></tr>");
}

static void field(struct buf *o, const char *name, const char *label, const char *more)
{
    buf_addf(o, "<div class=\"field\"><label for=\"%s\">", name);
    html_esc(o, label);
    buf_addf(o, "</label><input id=\"%s\" name=\"%s\" autocomplete=\"off\" %s></div>", name, name,
             more);
}

static void add_form(struct desk *d, struct buf *o)
{
    const struct roster *ro = flow_roster(d->flow);

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Add somebody"));
    buf_adds(o, "</h2><form data-post=\"/staff\" data-show=\"made\">");
    html_hidden(o, "act", "add");
    buf_adds(o, "<div class=\"fields\">");
    field(o, "name", _("Name"), "maxlength=\"64\" required");
    field(o, "id", _("Name to log in with"),
          "maxlength=\"32\" required pattern=\"[a-z0-9_\\-]+\" autocapitalize=\"none\" "
          "list=\"coaches\"");
    buf_adds(o, "<div class=\"field\"><label for=\"role\">");
    html_esc(o, _("Role"));
    buf_adds(o, "</label><select id=\"role\" name=\"role\">");
    for (size_t i = 0; i < ARRAY_LEN(roles); i++)
        html_option(o, roles[i].name, i18n_msg(roles[i].label), false);
    buf_adds(o, "</select></div></div><datalist id=\"coaches\">");
    for (size_t i = 0; ro && i < ro->n_coaches; i++)
        html_option(o, ro->coaches[i].id, ro->coaches[i].name, false);
    buf_adds(o, "</datalist><p class=\"hint\">");
    html_esc(o, _("A coach logs in with the id that stands in the roster. Small letters, digits, "
                  "- and _ only."));
    buf_adds(o, "</p><p id=\"made\" class=\"secret\" role=\"status\"></p>"
                "<p class=\"fault\" role=\"alert\"></p><button class=\"primary\">");
    html_esc(o, _("Add and show the PIN"));
    buf_adds(o, "</button></form></section>");
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    CLEANUP(staff_list_done) struct staff_list l = { 0 };
    struct buf *o = &out->body;
    enum err e = flow_staff_list(d->flow, &l);

    layout_begin(d, r, "/setup", _("Who may log in"), o);
    buf_adds(o, "<div class=\"two\"><section class=\"card\"><h2>");
    html_esc(o, _("Staff"));
    buf_adds(o, "</h2><table class=\"rows keep\"><tbody>");
    for (size_t i = 0; i < l.n; i++)
        row(r, &l.v[i], o);
    buf_adds(o, "</tbody></table>");
    if (e != ERR_OK)
        layout_problem(o, e);
    buf_adds(o, "</section>");
    add_form(d, o);
    buf_adds(o, "</div>");
    layout_end(r, o);
}

/* ---- changing ---- */

/* In fours, to be typed over. */
static void put_key(struct buf *o, const char *totp)
{
    for (size_t i = 0; totp[i]; i++) {
        if (i > 0 && i % 4 == 0)
            buf_addc(o, ' ');
        buf_addc(o, totp[i]);
    }
}

static void say_made(const struct staff *s, const char *pin, const char *totp, struct reply *out)
{
    CLEANUP(buf_wipe) struct buf text = buf_make(600), key = buf_make(100);

    put_key(&key, totp);
    i18n_format(&text, _("{name} logs in as {id} with PIN {pin}. Key for the app with codes: "
                         "{key}. Write both down now: they are shown only once."),
                { "name", .value = s->name }, { "id", .value = s->id }, { "pin", .value = pin },
                { "key", .value = buf_str(&key) });
    reply_json(out, json_pack("{s:b,s:s,s:s}", "ok", 1, "show", buf_str(&text), "text",
                              _("Added.")));
}

static enum err add(struct desk *d, const struct request *r, struct reply *out)
{
    const char *id = request_text(r, "id"), *name = request_text(r, "name");
    const char *role = request_text(r, "role");
    struct staff s = { 0 };
    char pin[PIN_SIZE] = "", totp[STAFF_TOTP_SIZE] = "";
    size_t i = 0;

    while (role && i < ARRAY_LEN(roles) && strcmp(roles[i].name, role) != 0)
        i++;
    if (!id || !name || !role || i == ARRAY_LEN(roles) || strlen(id) >= sizeof(s.id) ||
        strlen(name) >= sizeof(s.name))
        return ERR_INVAL;
    s.role = roles[i].role;
    snprintf(s.id, sizeof(s.id), "%s", id);
    snprintf(s.name, sizeof(s.name), "%s", name);
    enum err e = flow_staff_add(d->flow, &s, "", pin, totp);
    if (e == ERR_OK)
        say_made(&s, pin, totp, out);
    mem_wipe(pin, sizeof(pin));
    mem_wipe(totp, sizeof(totp));
    if (e == ERR_NOT_FOUND)
        reply_refuse(out, 422, "no_coach", _("The roster has no coach with that name to log in "
                                             "with. First add the coach to the roster."));
    else if (e == ERR_EXISTS)
        reply_refuse(out, 409, "exists", _("Somebody logs in with that name already. Choose "
                                           "another one."));
    return e == ERR_NOT_FOUND || e == ERR_EXISTS ? ERR_OK : e;
}

static enum err change(struct desk *d, const struct request *r, struct reply *out)
{
    const char *act = request_text(r, "act"), *id = request_text(r, "id");
    enum err e = ERR_INVAL;

    if (!request_only(r, "act id name role") || !act || !id)
        return ERR_INVAL;
    if (strcmp(act, "add") == 0)
        return add(d, r, out);
    if (strcmp(act, "disable") == 0)
        e = strcmp(id, r->session->staff.id) == 0 ? ERR_DENIED : flow_staff_disable(d->flow, id);
    else if (strcmp(act, "unlock") == 0)
        e = flow_unlock(d->flow, id);
    if (e == ERR_OK)
        reply_ok(out);
    return e;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    enum err e = change(d, r, out);

    if (e != ERR_OK)
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_staff = { .path = "/staff", .roles = ROLE_ADMIN, .get = get, .post = post };
