/* S33: how the box is. */
#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

static enum err load(struct session *s)
{
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
        line(ui, "device.printer", "printer", _("Printer"), printer_words(s));
        if (!ui_look(ui)->large) { /* for who fixes it; large letters have no room for it */
            line(ui, "device.room", "info", _("Free space"),
                 TELL(ui, _("{n} GB"), NUM("n", (long)(h->free_bytes / 1000000000))));
            line(ui, "device.version", "info", _("Version"), DYNAMO_VERSION);
        }
    }
}

static void view(struct ui *ui, const struct session *s)
{
    const struct health *h = &s->staff.health;

    UI_PAGE(ui, .name = "device", .chrome = UI_CHROME_STAFF, .title = _("This device"),
            .back = true, .top = true);
    words_trouble(ui, s);
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
        }
    }
    ui_space(ui, 0);
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
    if (strcmp(a->id, "device.clock.right") != 0)
        return nav_pass();
    enum err e = flow_clock_confirm(s->host->flow);
    return e == ERR_OK && load(s) == ERR_OK ? nav_stay() : journey_refused(s, e);
}

const struct screen scr_device = {
    .name = "device", .rest = REST_LOCK, .load = load, .view = view, .on_action = on_action,
};
