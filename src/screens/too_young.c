/* S08a: not old enough yet. Nothing of the person is left but a count. */
#include "core/age.h"
#include "screens/referral.h"
#include "screens/words.h"

static void enter(struct session *s)
{
    session_qr(s, s->host->config->visit.too_young_url);
}

static void view(struct ui *ui, const struct session *s)
{
    const struct config *c = s->host->config;

    UI_PAGE(ui, .name = "too_young",
            .title = TELL(ui, _("You are not {n} yet."),
                          NUM("n", age_rule_on(s->today)->least)),
            .subtitle = _("The school attendance officer helps you."), .no_tools = true,
            .end = { .id = "referral.done", .text = _("Done"), .kind = UI_MAIN });
    referral_view(ui, s,
                  &(struct referral){ .icon = "school", .title = _("School attendance officer"),
                                      .where = "", .phone = c->visit.too_young_phone });
}

const struct screen scr_too_young = {
    .name = "too_young", .rest = REST_REFERRAL, .enter = enter, .view = view,
    .on_action = referral_action,
};
