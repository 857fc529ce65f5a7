/* S02: what do you come for? */
#include <stdio.h>
#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

#define LOOK_AHEAD_DAYS 14

static void enter(struct session *s)
{
    s->errand = ERRAND_NONE;
}

static enum err load_wait(struct session *s, const struct roster *r)
{
    int service = session_service(s, OPEN_WALK_IN);
    int ahead;

    s->wait_known = false;
    if (!s->open_walk_in || service < 0)
        return ERR_OK;
    enum err e = flow_wait_now(s->host->flow, r->services[service].id, NULL, &s->wait, &ahead);
    s->wait_known = e == ERR_OK;
    return e;
}

static enum err load_first_free(struct session *s, const struct roster *r)
{
    CLEANUP(free_list_done) struct free_list list = { 0 };
    int service = session_service(s, OPEN_APPOINTMENT);

    s->free_known = false;
    if (service < 0 || !r->services[service].book)
        return ERR_OK;
    enum err e = flow_free(s->host->flow, r->services[service].id, NULL, s->today,
                           s->today + LOOK_AHEAD_DAYS, &list);
    if (e != ERR_OK || list.n == 0)
        return e;
    s->first_free = list.v[0].start;
    s->free_known = true;
    return ERR_OK;
}

static enum err load(struct session *s)
{
    const struct roster *r = flow_roster(s->host->flow);

    if (!r)
        return ERR_NOT_FOUND;
    s->open_walk_in = roster_open_at(r, s->today, s->minute, OPEN_WALK_IN);
    s->open_appointment = roster_open_at(r, s->today, s->minute, OPEN_APPOINTMENT);
    s->next_known =
        roster_next_opening(r, s->today, s->minute, OPEN_WALK_IN, &s->next) == ERR_OK;
    enum err e = load_wait(s, r);
    return e == ERR_OK ? load_first_free(s, r) : e;
}

static const char *walk_in_hint(struct ui *ui, const struct session *s)
{
    if (s->open_walk_in && !(s->wait_known && s->wait.known))
        return _("You get a number");
    if (s->open_walk_in)
        return TELL(ui, _("Waiting now: {time}"), ARG("time", words_wait(ui, true, s->wait)));
    if (!s->next_known)
        return _("Not today");
    return TELL(ui, _("Open again {day} at {time}"),
                ARG("day", words_day(ui, s, s->next.day, I18N_DATE_LONG)),
                ARG("time", words_clock(ui, s->next.span.from)));
}

static const char *book_hint(struct ui *ui, const struct session *s)
{
    if (!s->free_known)
        return _("Choose your own day and time");
    struct local_time at = session_local(s, s->first_free);
    return TELL(ui, _("First free moment: {day} {time}"),
                ARG("day", words_day(ui, s, at.day, I18N_DATE_SHORT)),
                ARG("time", words_clock(ui, at.minute)));
}

static void view_languages(struct ui *ui, const struct session *s)
{
    size_t n;
    const struct i18n_lang *langs = i18n_langs(&n);
    bool more = false;

    if (ui_portrait(ui_look(ui)))
        ui_section(ui, _("Language"));
    UI_FLOW(ui, .gap = 20)
    {
        for (size_t i = 0; i < n; i++) {
            if (langs[i].pseudo || !i18n_lang_ready(langs[i].code))
                continue;
            more |= langs[i].more;
            if (!langs[i].more)
                UI_PILL(ui, .id = ui_fmt(ui, "welcome.lang.%s", langs[i].code),
                        .text = langs[i].own_name, .lang = langs[i].code,
                        .selected = strcmp(langs[i].code, s->prefs.lang) == 0);
        }
        if (more)
            UI_PILL(ui, .id = "welcome.more", .text = _("More languages"));
        UI_PILL(ui, .id = "welcome.privacy", .text = _("What do you do with my data?"),
                .icon = "shield");
    }
}

static void view(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "welcome", .chrome = UI_CHROME_WELCOME,
            .title = _("Welcome. What can we do for you?"), .subtitle = _("Touch a tile."));
    UI_CHOICES(ui, .gap = 32)
    {
        UI_CHOICE(ui, .id = "welcome.walk_in", .title = _("I just walk in"),
                  .hint = walk_in_hint(ui, s), .icon = "footprints", .tint = UI_ACCENT,
                  .primary = s->open_walk_in, .disabled = !s->open_walk_in);
        UI_CHOICE(ui, .id = "welcome.check_in", .title = _("I have an appointment"),
                  .hint = _("With your code or your name"), .icon = "calendar-check",
                  .tint = UI_SUCCESS_TINT);
        UI_CHOICE(ui, .id = "welcome.appointment", .title = _("Make or change an appointment"),
                  .hint = book_hint(ui, s), .icon = "calendar-plus", .tint = UI_TINT_SCHOOL);
    }
    ui_space(ui, 0);
    view_languages(ui, s);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    static const char lang[] = "welcome.lang.";

    if (a->kind != UI_TAP)
        return nav_pass();
    if (strncmp(a->id, lang, sizeof(lang) - 1) == 0) {
        snprintf(s->prefs.lang, sizeof(s->prefs.lang), "%s", a->id + sizeof(lang) - 1);
        return nav_stay();
    }
    if (strcmp(a->id, "welcome.walk_in") == 0)
        return journey_start(s, ERRAND_WALK_IN);
    if (strcmp(a->id, "welcome.check_in") == 0) {
        s->errand = ERRAND_CHECK_IN;
        return nav_to(&scr_check_in);
    }
    if (strcmp(a->id, "welcome.appointment") == 0)
        return nav_to(&scr_manage);
    if (strcmp(a->id, "welcome.more") == 0)
        return nav_to(&scr_language);
    if (strcmp(a->id, "welcome.privacy") == 0)
        return nav_to(&scr_privacy);
    return nav_pass();
}

const struct screen scr_welcome = {
    .name = "welcome", .rest = REST_HOME, .enter = enter, .load = load, .view = view,
    .on_action = on_action,
};
