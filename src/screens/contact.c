/* S11: with whom, and how we can reach you. A walk-in only says for whom to wait; who wants to be
 * called only at what number. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "screens/coaches.h"
#include "screens/hold.h"
#include "screens/journey.h"
#include "screens/typing.h"
#include "screens/words.h"

static void first_step(struct session *s)
{
    s->contact_step = s->errand == ERRAND_CALL_ME ? CONTACT_TYPE : CONTACT_ASK;
}

static void enter(struct session *s)
{
    first_step(s);
    s->contact_wrong = false;
}

static enum err load(struct session *s)
{
    const struct roster *r = flow_roster(s->host->flow);
    int service = session_service(s, OPEN_WALK_IN);

    if (s->errand == ERRAND_CALL_ME)
        return ERR_OK;
    if (s->errand == ERRAND_BOOK)
        return coaches_free(s);
    return r && service >= 0 ? coaches_waiting(s, r->services[service].id) : ERR_NOT_FOUND;
}

static const struct {
    enum contact_way way;
    const char *id, *text, *icon;
} ways[] = {
    { CONTACT_PHONE, "contact.phone", N_("By phone"), "phone" },
    { CONTACT_EMAIL, "contact.email", N_("By e-mail"), "mail" },
    { CONTACT_NONE, "contact.none", N_("I will remember it"), "person" },
};

static void view_ways(struct ui *ui, const struct session *s)
{
    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 1 : 3, .gap = 20)
    {
        for (size_t i = 0; i < ARRAY_LEN(ways); i++)
            UI_OPTION(ui, .id = ways[i].id, .text = _(ways[i].text), .icon = ways[i].icon,
                      .selected = s->a.way == ways[i].way, .personal = true);
    }
}

static void view_ask(struct ui *ui, const struct session *s)
{
    bool book = s->errand == ERRAND_BOOK;

    UI_PAGE(ui, .name = "contact",
            .title = book ? _("With whom, and how?") : _("Who may help you?"),
            .step = journey_step(ui, s, &scr_contact), .back = true, .next = _("Next"),
            .next_disabled = book && s->a.way == CONTACT_UNSET, .top = true);
    words_trouble(ui, s);
    if (book) {
        hold_view(ui, s);
        ui_section(ui, _("Your coach"));
    }
    coaches_view(ui, s, "contact.coach", s->a.coach, !book);
    if (book) {
        ui_space(ui, 16);
        ui_section(ui, _("If something changes, how do we reach you?"));
        view_ways(ui, s);
    }
    ui_space(ui, 0);
}

static const char *read_back(struct ui *ui, const struct session *s)
{
    char e164[PERSON_PHONE_SIZE];

    if (phone_parse(s->a.phone, e164) != ERR_OK)
        return s->errand == ERRAND_CALL_ME ? _("We call you to find a time.")
                                           : _("We only call about this appointment.");
    /* Grouped, so that a wrong digit is seen. */
    size_t n = strlen(e164), head = n > 9 ? n - 9 : n;
    const char *said = ui_fmt(ui, "\u2066%.*s %.3s %.3s %.3s\u2069", (int)head, e164, e164 + head,
                              e164 + head + 3, e164 + head + 6);
    mem_wipe(e164, sizeof(e164));
    return said;
}

/* Consent: asked where the number is, never ticked for anybody, and not needed to go on. */
static void view_remind(struct ui *ui, const struct session *s)
{
    UI_FLOW(ui, .gap = 24)
    {
        UI_PILL(ui, .id = "contact.remind", .text = _("Remind me of my appointment"),
                .selected = s->a.remind, .icon = s->a.remind ? "check" : "bell");
    }
}

static void view_type(struct ui *ui, const struct session *s)
{
    bool phone = s->a.way == CONTACT_PHONE;

    UI_PAGE(ui, .name = "contact",
            .title = phone ? _("What is your phone number?") : _("What is your e-mail address?"),
            .step = journey_step(ui, s, &scr_contact), .back = true, .next = _("Next"),
            .top = true);
    if (s->errand == ERRAND_BOOK)
        hold_view(ui, s);
    if (phone)
        UI_FIELD(ui, .id = "contact.typed", .label = _("Phone number"), .text = s->a.phone,
                 .hint = read_back(ui, s), .editing = true, .ltr = true, .personal = true,
                 .error = s->contact_wrong ? _("This number is not right. Look at it again.")
                                           : NULL);
    else
        UI_FIELD(ui, .id = "contact.typed", .label = _("E-mail address"), .text = s->a.email,
                 .hint = _("We only write about this appointment."), .editing = true,
                 .ltr = true, .personal = true,
                 .error = s->contact_wrong ? _("This address is not right. Look at it again.")
                                           : NULL);
    if (s->errand == ERRAND_BOOK)
        view_remind(ui, s);
    UI_KEYBOARD(ui, .keys = phone ? UI_KEYS_PHONE : UI_KEYS_EMAIL,
                .text = phone ? s->a.phone : s->a.email, .done = _("Next"));
}

static void view(struct ui *ui, const struct session *s)
{
    if (s->contact_step == CONTACT_TYPE)
        view_type(ui, s);
    else
        view_ask(ui, s);
}

static bool typed_right(const struct session *s)
{
    char e164[PERSON_PHONE_SIZE];
    bool right = s->a.way == CONTACT_PHONE ? phone_parse(s->a.phone, e164) == ERR_OK
                                           : email_valid(s->a.email);

    mem_wipe(e164, sizeof(e164));
    return right;
}

static struct nav go_on(struct session *s)
{
    bool types = s->errand != ERRAND_WALK_IN && s->a.way != CONTACT_NONE;

    if (types && s->contact_step == CONTACT_ASK) {
        s->contact_step = CONTACT_TYPE;
        s->contact_wrong = false;
        return nav_stay();
    }
    s->contact_wrong = types && !typed_right(s);
    if (s->contact_wrong)
        return nav_stay();
    first_step(s);
    return journey_next(s, &scr_contact);
}

static struct nav edit(struct session *s, const struct ui_action *a)
{
    bool phone = s->a.way == CONTACT_PHONE;

    if (typing_apply(s, phone ? s->a.phone : s->a.email,
                     phone ? sizeof(s->a.phone) : sizeof(s->a.email), a,
                     phone ? UI_KEYS_PHONE : UI_KEYS_EMAIL))
        s->contact_wrong = false;
    return nav_stay();
}

/* For a booking the held time moves to this coach; when that one is just taken the hold stands. */
static struct nav choose_coach(struct session *s, const char *coach)
{
    if (s->errand == ERRAND_BOOK && coach[0] && strcmp(coach, s->hold.coach) != 0) {
        enum err e = hold_take(s, s->hold.start, coach);
        if (e != ERR_OK) {
            struct nav n = journey_refused(s, e);
            if (s->trouble == TROUBLE_TAKEN)
                s->trouble = TROUBLE_COACH_TAKEN;
            return load(s) == ERR_IO ? nav_fault() : n;
        }
    }
    snprintf(s->a.coach, sizeof(s->a.coach), "%s", coach);
    return nav_stay();
}

static struct nav on_tap(struct session *s, const char *id)
{
    static const char coach[] = "contact.coach.";

    if (strcmp(id, "nav.next") == 0)
        return go_on(s);
    if (strcmp(id, "nav.back") == 0 && s->contact_step == CONTACT_TYPE &&
        s->errand != ERRAND_CALL_ME) {
        s->contact_step = CONTACT_ASK;
        return nav_stay();
    }
    if (strcmp(id, "contact.remind") == 0) {
        s->a.remind = !s->a.remind;
        return nav_stay();
    }
    if (strcmp(id, "contact.coach.any") == 0)
        return choose_coach(s, "");
    if (strncmp(id, coach, sizeof(coach) - 1) == 0)
        return choose_coach(s, id + sizeof(coach) - 1);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        if (strcmp(id, ways[i].id) == 0) {
            s->a.way = ways[i].way;
            return s->a.way == CONTACT_NONE ? nav_stay() : go_on(s);
        }
    return nav_pass();
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind == UI_TYPE || a->kind == UI_ERASE)
        return edit(s, a);
    if (a->kind == UI_DONE)
        return go_on(s);
    return on_tap(s, a->id);
}

static struct nav on_time(struct session *s)
{
    (void)s;
    return nav_stay();
}

const struct screen scr_contact = {
    .name = "contact", .rest = REST_TYPE, .enter = enter, .load = load, .view = view,
    .on_action = on_action, .due = hold_due, .on_time = on_time,
};
