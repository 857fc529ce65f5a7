/* S33: how the box is, and an admin's way to let a stick in. */
#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

/* Whoever holds a stick may hold a newer version: that is the admin's to say. */
static bool may_let_in(const struct session *s)
{
    return s->staff.logged_in && s->staff.chosen.role == STAFF_ADMIN && s->staff.stick;
}

static void enter(struct session *s)
{
    s->staff.stick_in = false;
}

static enum err load(struct session *s)
{
    s->staff.stick = flow_has_service_window(s->host->flow);
    if (s->host->box)
        s->host->box(&s->staff.box);
    return flow_health(s->host->flow, &s->staff.health);
}

/* As the last ticket went, whoever asked for it. */
static const char *printer_words(const struct session *s)
{
    const char *state = s->staff.health.printer;
    bool known = state[0] && strcmp(state, "unknown") != 0;

    if (!s->host->printer)
        return _("There is no printer.");
    if (s->staff.paper == PAPER_FAILED || (known && strcmp(state, "ok") != 0))
        return _("The printer does not work.");
    return s->staff.paper == PAPER_PRINTED || known ? _("The printer works.")
                                                    : _("Not tried yet.");
}

static const char *sent_words(struct ui *ui, const struct health *h)
{
    if (h->outbox_dead > 0)
        return TELL(ui, P_("{n} record was refused. Tell the admin.",
                           "{n} records were refused. Tell the admin.", (long)h->outbox_dead),
                    NUM("n", (long)h->outbox_dead));
    if (h->outbox_queued > 0)
        return TELL(ui, P_("{n} record goes out tonight.", "{n} records go out tonight.",
                           (long)h->outbox_queued), NUM("n", (long)h->outbox_queued));
    return _("Everything was sent.");
}

static const char *last_words(struct ui *ui, const struct session *s)
{
    const struct health *h = &s->staff.health;

    if (h->uploaded == 0)
        return _("Not tried yet.");
    if (h->upload[0] && strcmp(h->upload, "ok") != 0)
        return TELL(ui, _("Failed: {time}"), ARG("time", words_when(ui, s, h->uploaded)));
    return words_when(ui, s, h->uploaded);
}

/* Of the whole image, where there is one: it is what an update replaces, in the other slot. */
static const char *version_words(struct ui *ui, const struct session *s)
{
    const struct box_name *b = &s->staff.box;
    char slot[] = { b->slot[0], '\0' };

    if (!b->version[0] || !b->slot[0])
        return DYNAMO_VERSION;
    slot[0] = slot[0] >= 'a' && slot[0] <= 'z' ? (char)(slot[0] - 'a' + 'A') : slot[0];
    return TELL(ui, _("{version} (slot {slot})"), ARG("version", b->version), ARG("slot", slot));
}

static void line(struct ui *ui, const char *id, const char *icon, const char *label,
                 const char *value)
{
    UI_PAIR(ui, .id = id, .icon = icon, .label = label, .value = value);
}

static void view_health(struct ui *ui, const struct session *s)
{
    const struct health *h = &s->staff.health;
    const struct roster *r = flow_roster(s->host->flow);

    UI_CARD(ui, .gap = -1)
    {
        line(ui, "device.site", "home", _("House"), r ? r->site.name : s->host->config->site.id);
        line(ui, "device.clock", "clock", _("Time"),
             h->clock_unsure ? _("The clock is not right.") : words_when(ui, s, s->now));
        line(ui, "device.data", "check", _("Data"),
             h->database_ok && !h->storage_failed ? _("All is well.") : _("Storage is broken."));
        line(ui, "device.sent", "arrow-up", _("Case register"), sent_words(ui, h));
        line(ui, "device.uploaded", "refresh", _("Last sent"), last_words(ui, s));
        line(ui, "device.printer", "printer", _("Printer"), printer_words(s));
        if (!ui_look(ui)->large) { /* for who fixes it; large letters have no room for it */
            line(ui, "device.room", "info", _("Free space"),
                 TELL(ui, _("{n} GB"), NUM("n", (long)(h->free_bytes / 1000000000))));
            line(ui, "device.version", "info", _("Version"), version_words(ui, s));
        }
    }
}

static void view(struct ui *ui, const struct session *s)
{
    const struct health *h = &s->staff.health;

    UI_PAGE(ui, .name = "device", .chrome = UI_CHROME_STAFF, .title = _("This device"),
            .back = true, .top = true);
    words_trouble(ui, s);
    if (s->staff.stick_in)
        UI_NOTICE(ui, .id = "device.stick.in", .text = _("Put the stick in now."),
                  .tone = UI_GOOD);
    UI_SPLIT(ui, .gap = 32)
    {
        view_health(ui, s);
        UI_COLUMN(ui, .gap = 20)
        {
            if (h->clock_unsure)
                UI_BUTTON(ui, .id = "device.clock.right", .icon = "clock", .kind = UI_YELLOW,
                          .text = TELL(ui, _("It really is {time}"),
                                       ARG("time", words_when(ui, s, s->now))));
            if (s->host->printer)
                UI_BUTTON(ui, .id = "device.print", .text = _("Print a test page"),
                          .icon = "printer");
            UI_BUTTON(ui, .id = "device.restart", .text = _("Restart this screen"),
                      .icon = "refresh");
            if (may_let_in(s) && !s->staff.stick_in)
                UI_BUTTON(ui, .id = "device.stick", .text = _("Let a stick in (15 minutes)"),
                          .icon = "hand");
        }
    }
    ui_space(ui, 0);
}

static struct nav let_in(struct session *s)
{
    if (!may_let_in(s))
        return nav_pass();
    enum err e = flow_service_window(s->host->flow);
    if (e == ERR_IO && !flow_storage_failed(s->host->flow))
        e = ERR_NOT_FOUND; /* the image's own file: no reason to close the kiosk */
    s->staff.stick_in = e == ERR_OK;
    return e == ERR_OK ? nav_stay() : journey_refused(s, e);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "device.print") == 0) {
        s->staff.paper = PAPER_ASKED;
        return nav_stay();
    }
    if (strcmp(a->id, "device.restart") == 0)
        return (struct nav){ .kind = NAV_RESTART };
    if (strcmp(a->id, "device.stick") == 0)
        return let_in(s);
    if (strcmp(a->id, "device.clock.right") != 0)
        return nav_pass();
    enum err e = flow_clock_confirm(s->host->flow);
    return e == ERR_OK && load(s) == ERR_OK ? nav_stay() : journey_refused(s, e);
}

const struct screen scr_device = {
    .name = "device", .rest = REST_LOCK, .enter = enter, .load = load, .view = view, .on_action = on_action,
};
