#include "screens/hold.h"

#include "screens/words.h"

bool hold_stands(const struct session *s)
{
    return s->hold.id.s[0] && s->hold.expires > s->now;
}

enum err hold_take(struct session *s, utc_ms start, const char *coach)
{
    const struct roster *r = flow_roster(s->host->flow);
    int service = session_service(s, OPEN_APPOINTMENT);
    struct hold hold;

    if (!r || service < 0)
        return ERR_NOT_FOUND;
    enum err e = flow_hold(s->host->flow,
                           &(struct hold_request){ .service = s->moving ? s->found.service
                                                                : r->services[service].id,
                                                   .coach = coach, .start = start,
                                                   .move = s->moving },
                           &hold);
    if (e != ERR_OK)
        return e;
    s->hold = hold;
    s->hold_extended = s->hold_gone = false;
    return ERR_OK;
}

static int seconds_left(const struct session *s)
{
    return (int)((s->hold.expires - s->now + SECOND_MS - 1) / SECOND_MS);
}

void hold_view(struct ui *ui, const struct session *s)
{
    if (!s->hold.id.s[0])
        return;
    if (!hold_stands(s)) {
        UI_BADGE(ui, .id = "hold", .text = _("We try to keep this time for you."),
                 .icon = "clock", .tint = UI_WARNING_TINT);
        return;
    }
    UI_BADGE(ui, .id = "hold", .icon = "clock",
             .text = TELL(ui, _("We keep this time for you: {time}"),
                          ARG("time", words_countdown(ui, seconds_left(s)))));
}

int64_t hold_due(const struct session *s)
{
    if (!hold_stands(s))
        return INT64_MAX;
    return s->mono + (s->hold.expires - s->now - 1) % SECOND_MS + 1;
}
