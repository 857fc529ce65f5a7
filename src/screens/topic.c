/* S09: what is it about? A picture and a word or two each. */
#include <stdio.h>
#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

static void view(struct ui *ui, const struct session *s)
{
    const struct answers *a = &s->a;

    UI_PAGE(ui, .name = "topic", .title = _("What is it about?"),
            .subtitle = _("Choose what fits best."), .step = journey_step(ui, s, &scr_topic),
            .back = true, .next = a->topic_said ? _("Next") : NULL);
    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 2 : 3, .gap = 24)
    {
        for (int t = 0; t < TOPIC_UNSAID; t++)
            UI_CHOICE(ui, .id = ui_fmt(ui, "topic.%s", topic_name((enum topic)t)),
                      .title = words_topic((enum topic)t),
                      .icon = words_topic_icon((enum topic)t),
                      .tint = words_topic_tint((enum topic)t), .compact = true,
                      .selected = a->topic_said && a->topic == (enum topic)t, .personal = true);
    }
    UI_OPTION(ui, .id = "topic.unsaid", .text = words_topic(TOPIC_UNSAID),
              .selected = a->topic_said && a->topic == TOPIC_UNSAID, .personal = true);
    ui_space(ui, 0);
}

/* Another topic may be another service: a time that is held would then be the wrong one. */
static struct nav go_on(struct session *s)
{
    const struct roster *r = flow_roster(s->host->flow);
    int service = session_service(s, OPEN_APPOINTMENT);

    if (s->errand == ERRAND_BOOK && s->hold.id.s[0] && r && service >= 0 &&
        strcmp(r->services[service].id, s->hold.service) != 0) {
        session_release(s);
        return nav_to(&scr_day);
    }
    return journey_next(s, &scr_topic);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    static const char prefix[] = "topic.";

    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "nav.next") == 0)
        return go_on(s);
    if (strncmp(a->id, prefix, sizeof(prefix) - 1) != 0 ||
        topic_of(a->id + sizeof(prefix) - 1, &s->a.topic) != ERR_OK)
        return nav_pass();
    s->a.topic_said = true;
    return nav_shown(go_on(s));
}

const struct screen scr_topic = {
    .name = "topic", .rest = REST_ASK, .view = view, .on_action = on_action,
};
