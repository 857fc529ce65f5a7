/* S07: where do you live? One touch goes on. */
#include <stdio.h>
#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

static const char other[] = "municipality.other";
/* "Unknown" in table 33 of the population register: somebody from outside the region. */
static const char other_code[] = "0000";

static bool is_other(const struct session *s)
{
    return strcmp(s->a.municipality, other_code) == 0;
}

static void view(struct ui *ui, const struct session *s)
{
    struct town t;

    UI_PAGE(ui, .name = "municipality", .title = _("Where do you live?"),
            .subtitle = _("Choose your municipality."),
            .step = journey_step(ui, s, &scr_municipality), .back = true,
            .next = s->a.municipality[0] ? _("Next") : NULL);
    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 1 : 2, .gap = 24)
    {
        for (size_t i = 0; i < SCREEN_MUNICIPALITIES && words_town(s, i, &t); i++)
            UI_CHOICE(ui, .id = ui_fmt(ui, "municipality.%s", t.code), .title = t.name,
                      .icon = "pin", .tint = UI_TINT_SCHOOL, .compact = true,
                      .selected = strcmp(t.code, s->a.municipality) == 0, .personal = true);
        UI_CHOICE(ui, .id = other, .title = _("Another municipality"), .icon = "globe",
                  .tint = UI_TINT_OTHER, .compact = true, .selected = is_other(s),
                  .personal = true);
    }
    ui_space(ui, 0);
}

static struct nav go_on(struct session *s)
{
    if (is_other(s))
        return nav_to(&scr_other_municipality);
    return journey_next(s, &scr_municipality);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    static const char prefix[] = "municipality.";
    const char *code = a->id + sizeof(prefix) - 1;

    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "nav.next") == 0)
        return go_on(s);
    if (strncmp(a->id, prefix, sizeof(prefix) - 1) != 0)
        return nav_pass();
    snprintf(s->a.municipality, sizeof(s->a.municipality), "%s",
             strcmp(a->id, other) == 0 ? other_code : code);
    return nav_shown(go_on(s));
}

const struct screen scr_municipality = {
    .name = "municipality", .rest = REST_ASK, .view = view, .on_action = on_action,
};
