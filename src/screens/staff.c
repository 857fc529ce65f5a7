/* S30: staff only. Name tiles, then six masked digits. */
#include <string.h>

#include "base/mem.h"
#include "screens/journey.h"
#include "screens/typing.h"
#include "screens/words.h"

static void enter(struct session *s)
{
    s->staff = (struct staff_state){ 0 };
}

static enum err load(struct session *s)
{
    CLEANUP(staff_list_done) struct staff_list list = { 0 };
    enum err e = flow_staff_list(s->host->flow, &list);

    if (e != ERR_OK)
        return e;
    s->staff.n_who = 0;
    for (size_t i = 0; i < list.n && s->staff.n_who < SCREEN_STAFF; i++)
        if (!list.v[i].disabled)
            s->staff.who[s->staff.n_who++] = list.v[i];
    return ERR_OK;
}

static const char *role_name(enum staff_role role)
{
    return role == STAFF_COACH         ? C_("role", "Coach")
           : role == STAFF_COORDINATOR ? C_("role", "Coordinator")
                                       : C_("role", "Admin");
}

static void view_who(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "staff", .chrome = UI_CHROME_STAFF, .title = _("Who are you?"),
            .subtitle = _("Or hold your badge in front of the scanner."), .back = true);
    words_trouble(ui, s);
    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 3 : 5, .gap = 24)
    {
        for (size_t i = 0; i < s->staff.n_who; i++)
            UI_TILE(ui, .id = ui_fmt(ui, "staff.who.%s", s->staff.who[i].id),
                    .text = s->staff.who[i].name, .hint = role_name(s->staff.who[i].role));
    }
    ui_space(ui, 0);
}

static const char *fault(struct ui *ui, const struct session *s)
{
    int minutes = (s->staff.locked_s + 59) / 60;

    if (s->staff.locked_s > 0)
        return TELL(ui, P_("Wrong too often. Wait {n} minute.",
                           "Wrong too often. Wait {n} minutes.", minutes), NUM("n", minutes));
    return s->staff.wrong ? _("This PIN is not right. Try again.") : NULL;
}

static void view_pin(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "staff", .chrome = UI_CHROME_STAFF, .title = s->staff.chosen.name,
            .subtitle = _("Type your PIN of 6 digits."), .back = true, .top = true);
    words_trouble(ui, s);
    ui_space(ui, 24);
    UI_CODE(ui, .id = "staff.pin", .label = _("PIN"), .text = s->staff.pin, .length = PIN_DIGITS,
            .masked = true, .error = fault(ui, s));
    ui_space(ui, 0);
    UI_KEYBOARD(ui, .keys = UI_KEYS_PIN, .text = s->staff.pin);
}

static void view(struct ui *ui, const struct session *s)
{
    if (s->staff.chosen.id[0])
        view_pin(ui, s);
    else
        view_who(ui, s);
}

static struct nav welcome(struct session *s, const struct staff *me)
{
    s->staff.chosen = *me;
    s->staff.logged_in = true;
    s->staff.all = me->role != STAFF_COACH;
    return nav_only(&scr_queue);
}

static struct nav log_in(struct session *s)
{
    struct staff me;
    int wait_s = 0;
    enum err e = flow_login(s->host->flow, s->staff.chosen.id, s->staff.pin, &me, &wait_s);

    mem_wipe(s->staff.pin, sizeof(s->staff.pin));
    s->staff.wrong = e != ERR_OK;
    s->staff.locked_s = e == ERR_LOCKED ? wait_s : 0;
    if (e == ERR_DENIED || e == ERR_LOCKED || e == ERR_NOT_FOUND)
        return nav_stay();
    if (e != ERR_OK)
        return journey_refused(s, e);
    return welcome(s, &me);
}

/* A badge instead of a name and a PIN. */
static struct nav on_scan(struct session *s, const char *text)
{
    struct staff me;
    enum err e = flow_login_badge(s->host->flow, text, &me);

    if (e == ERR_DENIED) {
        s->trouble = TROUBLE_BADGE;
        return nav_stay();
    }
    return e == ERR_OK ? welcome(s, &me) : journey_refused(s, e);
}

static struct nav choose(struct session *s, const char *id)
{
    for (size_t i = 0; i < s->staff.n_who; i++)
        if (strcmp(s->staff.who[i].id, id) == 0)
            s->staff.chosen = s->staff.who[i];
    return nav_stay();
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    static const char who[] = "staff.who.";

    if (a->kind == UI_TYPE || a->kind == UI_ERASE) {
        typing_apply(s, s->staff.pin, sizeof(s->staff.pin), a, UI_KEYS_PIN);
        return strlen(s->staff.pin) == PIN_DIGITS ? log_in(s) : nav_stay();
    }
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strncmp(a->id, who, sizeof(who) - 1) == 0)
        return choose(s, a->id + sizeof(who) - 1);
    if (strcmp(a->id, "nav.back") != 0)
        return nav_pass();
    if (!s->staff.chosen.id[0])
        return nav_end();
    s->staff.chosen = (struct staff){ 0 };
    s->staff.wrong = false;
    mem_wipe(s->staff.pin, sizeof(s->staff.pin));
    return nav_stay();
}

const struct screen scr_staff = {
    .name = "staff", .rest = REST_PIN, .enter = enter, .load = load, .view = view,
    .on_action = on_action, .on_scan = on_scan,
};
