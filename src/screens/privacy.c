/* S04: the privacy notice: what, why, how long, who; the whole text by QR. */
#include "screens/screen.h"
#include "screens/words.h"

static void enter(struct session *s)
{
    s->notice_shown = true;
    session_qr(s, s->host->config->visit.privacy_url);
}

static void line(struct ui *ui, const char *icon, const char *title, const char *text)
{
    UI_PAIR(ui, .icon = icon, .label = title, .value = text);
}

static void view(struct ui *ui, const struct session *s)
{
    const struct config *c = s->host->config;
    const char *days = TELL(
        ui, P_("{n} day after we passed it on.", "{n} days after we passed it on.",
               c->retention.sent_days), NUM("n", c->retention.sent_days));

    UI_PAGE(ui, .name = "privacy", .title = _("What we do with your data"), .back = true,
            .no_tools = true);
    UI_SPLIT(ui, .gap = 32)
    {
        UI_CARD(ui, .gap = 0)
        {
            line(ui, "person", _("What"), _("Your name, birth date, town and question."));
            line(ui, "help", _("Why"), _("Only to help you."));
            line(ui, "clock", _("How long"), days);
            line(ui, "house", _("Who"), _("Your coach and your municipality."));
        }
        UI_COLUMN(ui, .gap = 24)
        {
            if (s->qr.side)
                UI_QR(ui, .size = 280, .modules = s->qr.modules, .side = s->qr.side,
                      .title = _("Read everything"), .text = _("Scan with your phone."),
                      .say = _("Scan with your phone."));
            if (c->visit.privacy_contact[0])
                UI_NOTICE(ui, .title = _("Do you have a question about this?"),
                          .text = c->visit.privacy_contact);
        }
    }
    ui_space(ui, 0);
}

const struct screen scr_privacy = {
    .name = "privacy", .rest = REST_ASK, .enter = enter, .view = view,
};
