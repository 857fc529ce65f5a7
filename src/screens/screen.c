#include "screens/screen.h"

#include <string.h>

#include "screens/journey.h"

static const struct screen *const all[] = {
    &scr_attract,     &scr_welcome,      &scr_language,  &scr_privacy,
    &scr_birth,       &scr_name,         &scr_municipality, &scr_too_young,
    &scr_too_old,     &scr_other_municipality, &scr_topic, &scr_day,
    &scr_nothing_free, &scr_contact,     &scr_check,     &scr_ticket,
    &scr_settings,    &scr_help,         &scr_check_in,  &scr_not_found,
    &scr_arrive,      &scr_manage,       &scr_change,    &scr_closed,
    &scr_out_of_order, &scr_idle,        &scr_stop,      &scr_no_voice,
    &scr_staff,       &scr_queue,        &scr_visitor,   &scr_device,
};

const struct screen *screen_at(size_t i)
{
    return i < ARRAY_LEN(all) ? all[i] : NULL;
}

const struct screen *screen_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (strcmp(all[i]->name, name) == 0)
            return all[i];
    return NULL;
}

const struct screen *screen_home(struct session *s)
{
    const struct roster *r = flow_roster(s->host->flow);

    if (flow_storage_failed(s->host->flow) || !r || s->host->numb)
        return &scr_out_of_order;
    if (roster_open_at(r, s->today, s->minute, OPEN_WALK_IN) ||
        roster_open_at(r, s->today, s->minute, OPEN_APPOINTMENT))
        return &scr_attract;
    return &scr_closed;
}

/* Somebody is there: a held time that runs low gets its two minutes. */
static void keep_hold(struct session *s)
{
    struct hold longer;

    if (!s->hold.id.s[0] || s->hold_extended || s->hold.expires - s->now > MINUTE_MS ||
        s->hold.expires <= s->now)
        return;
    s->hold_extended = true;
    if (flow_hold_extend(s->host->flow, &s->hold.id, &longer) == ERR_OK)
        s->hold = longer;
}

/* Silent while it speaks; else from here on every page, beginning with this one. */
static struct nav speak(struct session *s)
{
    if (!s->voice)
        return nav_to(&scr_no_voice);
    s->prefs.speak = !s->speaking;
    s->say_again = s->prefs.speak;
    return nav_stay();
}

static struct nav common(const struct screen *scr, struct session *s, const char *id)
{
    static const struct {
        const char *id;
        const struct screen *to;
    } ways[] = {
        { "tool.language", &scr_language },
        { "tool.letters", &scr_settings },
        { "tool.stop", &scr_stop },
        { "nav.help", &scr_help },
    };

    if (strcmp(id, "nav.back") == 0)
        return nav_back();
    if (strcmp(id, "tool.speak") == 0)
        return speak(s);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        if (strcmp(id, ways[i].id) == 0 && ways[i].to != scr)
            return nav_to(ways[i].to);
    return nav_stay();
}

struct nav screen_act(const struct screen *scr, struct session *s, const struct ui_action *a)
{
    struct nav n = nav_pass();

    if (a->kind == UI_NOTHING)
        return nav_stay();
    s->trouble = TROUBLE_NONE;
    keep_hold(s);
    if (scr->on_action)
        n = scr->on_action(s, a);
    if (n.kind == NAV_PASS)
        n = a->kind == UI_TAP ? common(scr, s, a->id) : nav_stay();
    return n;
}
