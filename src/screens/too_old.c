/* S08b: past the ages that Dynamo is for. */
#include "core/age.h"
#include "screens/referral.h"
#include "screens/words.h"

static void enter(struct session *s)
{
    session_qr(s, s->host->config->visit.too_old_url);
}

static void view(struct ui *ui, const struct session *s)
{
    const struct config *c = s->host->config;
    const struct age_rule *rule = age_rule_on(s->today);

    UI_PAGE(ui, .name = "too_old", .title = _("Somebody else helps you."),
            .subtitle = TELL(ui, _("We help young people from {from} to {to}."),
                             NUM("from", rule->least), NUM("to", rule->below)),
            .no_tools = true,
            .end = { .id = "referral.done", .text = _("Done"), .kind = UI_MAIN });
    referral_view(ui, s,
                  &(struct referral){ .icon = "house",
                                      .title = c->visit.too_old_name[0] ? c->visit.too_old_name
                                                                        : _("Your town hall"),
                                      .where = c->visit.too_old_address,
                                      .phone = c->visit.too_old_phone });
}

const struct screen scr_too_old = {
    .name = "too_old", .rest = REST_REFERRAL, .enter = enter, .view = view,
    .on_action = referral_action,
};
