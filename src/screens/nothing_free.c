/* S10n: no free time. There is always another way on. */
#include <string.h>

#include "base/mem.h"
#include "screens/journey.h"
#include "screens/words.h"

static void view(struct ui *ui, const struct session *s)
{
    const char *phone = s->host->config->visit.house_phone;

    UI_PAGE(ui, .name = "nothing_free", .chrome = UI_CHROME_RESULT,
            .title = _("There is no free time."), .subtitle = _("You can still come in."),
            .back = true);
    ui_space(ui, 0);
    UI_CHOICES(ui, .gap = 32)
    {
        UI_CHOICE(ui, .id = "nothing_free.walk_in", .title = _("I just walk in"),
                  .hint = _("You get a number"), .icon = "footprints", .tint = UI_ACCENT,
                  .primary = true);
        UI_CHOICE(ui, .id = "nothing_free.call_me", .title = _("Call me back"),
                  .hint = _("We look for a time together"), .icon = "phone",
                  .tint = UI_SUCCESS_TINT);
    }
    if (phone[0])
        UI_NOTICE(ui, .id = "nothing_free.phone",
                  .text = TELL(ui, _("Or call us: {phone}"), ARG("phone", phone)),
                  .icon = "phone");
    ui_space(ui, 0);
}

/* Also on coming back from another way on: there may be time for another topic. */
static enum err load(struct session *s)
{
    s->errand = s->moving ? ERRAND_MANAGE : ERRAND_BOOK;
    s->carried = 0;
    return ERR_OK;
}

/* All was said on the way here. Who only came to move an appointment said nothing yet. */
static struct nav go_on(struct session *s, enum errand errand, unsigned more)
{
    if (!s->moving)
        s->carried = CARRIED_BIRTH | CARRIED_NAME | CARRIED_MUNICIPALITY | CARRIED_TOPIC;
    s->carried |= more;
    s->fixing = false;
    return journey_start(s, errand);
}

/* Whose time was taken at the last moment gave a number already. */
static struct nav call_me(struct session *s)
{
    char e164[PERSON_PHONE_SIZE];
    bool known = s->a.way == CONTACT_PHONE && phone_parse(s->a.phone, e164) == ERR_OK;

    mem_wipe(e164, sizeof(e164));
    s->a.way = CONTACT_PHONE;
    return go_on(s, ERRAND_CALL_ME, known ? CARRIED_PHONE : 0);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "nothing_free.call_me") == 0)
        return call_me(s);
    if (strcmp(a->id, "nothing_free.walk_in") == 0)
        return go_on(s, ERRAND_WALK_IN, 0);
    return nav_pass();
}

const struct screen scr_nothing_free = {
    .name = "nothing_free", .rest = REST_ASK, .load = load, .view = view, .on_action = on_action,
};
