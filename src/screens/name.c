/* S06: given name and surname, as on the passport; or one name only. */
#include <string.h>

#include "base/mem.h"
#include "screens/check.h"
#include "screens/journey.h"
#include "screens/typing.h"
#include "screens/words.h"

static void enter(struct session *s)
{
    s->typing_surname = s->a.one_name;
    s->given_why = s->surname_why = PERSON_FINE;
    s->hide_typed = false;
}

static const char *why_given(enum person_why why)
{
    return why == PERSON_FINE    ? NULL
           : why == PERSON_EMPTY ? _("Fill in your first name.")
                                 : _("Use letters only in your first name.");
}

static const char *why_surname(const struct session *s)
{
    if (s->surname_why == PERSON_FINE)
        return NULL;
    if (s->surname_why != PERSON_EMPTY)
        return _("Use letters only in your last name.");
    return s->a.one_name ? _("Fill in your name.") : _("Fill in your last name.");
}

static void view_fields(struct ui *ui, const struct session *s)
{
    const struct answers *a = &s->a;

    if (!a->one_name)
        UI_FIELD(ui, .id = "name.given", .label = _("First name"), .text = a->given,
                 .editing = !s->typing_surname, .error = why_given(s->given_why),
                 .hidden = s->hide_typed, .ltr = true, .personal = true);
    UI_FIELD(ui, .id = "name.family", .label = a->one_name ? _("Your name") : _("Last name"),
             .text = a->surname, .editing = s->typing_surname, .error = why_surname(s),
             .hidden = s->hide_typed, .ltr = true, .personal = true);
}

/* Two fields in a row on a wide canvas; not where a fault or large letters need the width,
 * nor where it is low: there they come one after the other. */
static bool side_by_side(const struct ui_look *look, const struct session *s)
{
    bool fault = s->given_why != PERSON_FINE || s->surname_why != PERSON_FINE;

    if (ui_portrait(look))
        return false;
    return !ui_short(look) && !fault && !look->large;
}

static void view(struct ui *ui, const struct session *s)
{
    const struct answers *a = &s->a;

    UI_PAGE(ui, .name = "name", .title = _("What is your name?"),
            .subtitle = _("As on your passport, in Latin letters."),
            .step = journey_step(ui, s, &scr_name), .back = true, .next = _("Next"), .top = true);
    if (side_by_side(ui_look(ui), s))
        UI_ROW(ui, .gap = 32)
        {
            view_fields(ui, s);
        }
    else
        view_fields(ui, s);
    UI_FLOW(ui, .gap = 24)
    {
        UI_PILL(ui, .id = "name.one", .text = _("I have only one name"), .selected = a->one_name,
                .icon = a->one_name ? "check" : "person");
        if (s->errand == ERRAND_BOOK && ui_look(ui)->large && !s->hide_typed)
            check_view_infix(ui, s, "name.infix");
        UI_PILL(ui, .id = "name.hide", .text = s->hide_typed ? _("Show") : _("Hide"),
                .icon = s->hide_typed ? "eye" : "eye-off");
    }
    UI_KEYBOARD(ui, .keys = UI_KEYS_NAME, .text = s->typing_surname ? a->surname : a->given,
                .dutch = strcmp(s->prefs.lang, "nl") == 0, .promote = typing_letters(s),
                .done = _("Next"));
}

/* Says at the field what misses; true when both are right. */
static bool names_right(struct session *s)
{
    struct answers *a = &s->a;
    struct person p = { 0 };
    struct person_fault f = person_set_name(&p, a->one_name ? NULL : a->given, a->surname);

    mem_wipe(&p, sizeof(p));
    s->given_why = f.field == PERSON_GIVEN ? f.why : PERSON_FINE;
    s->surname_why = f.field == PERSON_FAMILY || f.field == PERSON_INFIX ? f.why : PERSON_FINE;
    if (!a->one_name && !a->given[0])
        s->given_why = PERSON_EMPTY;
    if (!a->surname[0])
        s->surname_why = PERSON_EMPTY;
    if (s->given_why != PERSON_FINE)
        s->typing_surname = false;
    else if (s->surname_why != PERSON_FINE)
        s->typing_surname = true;
    return s->given_why == PERSON_FINE && s->surname_why == PERSON_FINE;
}

/* Somebody with an appointment but without its code. */
static struct nav find_appointment(struct session *s)
{
    struct person p;
    enum err e = session_person(s, &p);

    if (e == ERR_OK)
        e = flow_find_by_name(s->host->flow, &p, &s->found);
    mem_wipe(&p, sizeof(p));
    if (e == ERR_OK)
        return nav_to(&scr_arrive);
    if (e == ERR_NOT_FOUND || e == ERR_INVAL || e == ERR_LOCKED) {
        s->locked = e == ERR_LOCKED;
        return nav_to(&scr_not_found);
    }
    return journey_refused(s, e);
}

static struct nav submit(struct session *s)
{
    if (!names_right(s))
        return nav_stay();
    s->a.named = true;
    return s->errand == ERRAND_CHECK_IN ? find_appointment(s) : journey_next(s, &scr_name);
}

static struct nav edit(struct session *s, const struct ui_action *a)
{
    char *text = s->typing_surname ? s->a.surname : s->a.given;

    if (typing_apply(s, text, PERSON_NAME_SIZE, a, UI_KEYS_NAME)) {
        if (s->typing_surname)
            s->surname_why = PERSON_FINE;
        else
            s->given_why = PERSON_FINE;
    }
    return nav_stay();
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind == UI_TYPE || a->kind == UI_ERASE)
        return edit(s, a);
    if (a->kind == UI_DONE && !s->typing_surname && !s->a.surname[0]) {
        s->typing_surname = true;
        return nav_stay();
    }
    if (a->kind == UI_DONE || strcmp(a->id, "nav.next") == 0)
        return submit(s);
    if (strcmp(a->id, "name.given") == 0)
        s->typing_surname = false;
    else if (strcmp(a->id, "name.family") == 0)
        s->typing_surname = true;
    else if (strcmp(a->id, "name.hide") == 0)
        s->hide_typed = !s->hide_typed;
    else if (strcmp(a->id, "name.infix") == 0)
        s->a.whole = !s->a.whole;
    else if (strcmp(a->id, "name.one") == 0) {
        s->a.one_name = !s->a.one_name;
        s->typing_surname = s->a.one_name;
        s->given_why = s->surname_why = PERSON_FINE;
    } else
        return nav_pass();
    return nav_stay();
}

const struct screen scr_name = {
    .name = "name", .rest = REST_TYPE, .enter = enter, .view = view, .on_action = on_action,
};
