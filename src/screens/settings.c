/* S14: letters, colours, time and reach, for this visitor only. */
#include <string.h>

#include "screens/screen.h"
#include "screens/words.h"

static void toggle(struct ui *ui, const char *id, const char *icon, const char *text,
                   const char *hint, bool on)
{
    UI_OPTION(ui, .id = id, .icon = on ? "check" : icon, .text = text,
              .hint = ui_look(ui)->large ? NULL : hint, .selected = on);
}

static void view_letters(struct ui *ui, const struct prefs *p)
{
    ui_section(ui, _("Letters"));
    UI_GRID(ui, .cols = 2, .gap = 24)
    {
        UI_OPTION(ui, .id = "settings.text.normal", .text = _("Normal"), .icon = "letters",
                  .selected = !p->large);
        UI_OPTION(ui, .id = "settings.text.large", .text = _("Large"), .icon = "letters",
                  .selected = p->large);
    }
}

static void view_colours(struct ui *ui, const struct prefs *p)
{
    ui_section(ui, _("Colours"));
    UI_GRID(ui, .cols = 3, .gap = 24)
    {
        UI_OPTION(ui, .id = "settings.theme.light", .text = _("Light"), .icon = "sun",
                  .selected = p->theme == UI_LIGHT);
        UI_OPTION(ui, .id = "settings.theme.dark", .text = _("Dark"), .icon = "moon",
                  .selected = p->theme == UI_DARK);
        UI_OPTION(ui, .id = "settings.theme.contrast", .text = _("Sharp"), .icon = "contrast",
                  .selected = p->theme == UI_CONTRAST);
    }
}

static void view_sound(struct ui *ui, const struct prefs *p)
{
    ui_section(ui, _("Sound"));
    UI_GRID(ui, .cols = 3, .gap = 24)
    {
        UI_OPTION(ui, .id = "settings.sound.soft", .text = _("Soft"), .icon = "speaker",
                  .selected = p->loudness == LOUDNESS_SOFT);
        UI_OPTION(ui, .id = "settings.sound.normal", .text = C_("volume", "Normal"),
                  .icon = "speaker", .selected = p->loudness == LOUDNESS_NORMAL);
        UI_OPTION(ui, .id = "settings.sound.loud", .text = _("Loud"), .icon = "speaker",
                  .selected = p->loudness == LOUDNESS_LOUD);
    }
}

static void view_help(struct ui *ui, const struct session *s)
{
    const struct prefs *p = &s->prefs;

    ui_section(ui, _("Make it easier"));
    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 1 : 3, .gap = 24)
    {
        toggle(ui, "settings.time", "clock", _("More time"), _("Three times as long"),
               p->more_time);
        toggle(ui, "settings.lower", "lower", _("Lower"), _("Buttons in the lower half"),
               p->lower);
        toggle(ui, "settings.still", "pause", _("Less movement"), _("Nothing slides or fades"),
               p->still);
        toggle(ui, "settings.steady", "hand", _("Steady touch"),
               _("Twice counts as once"), p->steady);
        if (s->sound) {
            toggle(ui, "settings.speak", "speaker", _("Read aloud"), _("You hear every screen"),
                   p->speak);
            toggle(ui, "settings.slow", "timer", _("Speak slowly"),
                   _("The voice takes its time"), p->slow);
        }
    }
}

static void view(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "settings", .title = _("Screen and time"), .back = true,
            .next = _("Done"), .no_tools = true);
    view_letters(ui, &s->prefs);
    view_colours(ui, &s->prefs);
    if (s->sound)
        view_sound(ui, &s->prefs);
    view_help(ui, s);
    ui_space(ui, 0);
}

static enum loudness loudness_of(const char *word)
{
    return strcmp(word, "soft") == 0   ? LOUDNESS_SOFT
           : strcmp(word, "loud") == 0 ? LOUDNESS_LOUD
                                       : LOUDNESS_NORMAL;
}

/* Heard at once, so that one knows what was chosen. */
static struct nav hear(struct session *s)
{
    s->say_again = s->prefs.speak;
    return nav_stay();
}

static struct nav toggle_speech(struct session *s)
{
    if (!s->prefs.speak && !s->voice)
        return nav_to(&scr_no_voice);
    s->prefs.speak = !s->prefs.speak;
    return hear(s);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    static const char theme[] = "settings.theme.", sound[] = "settings.sound.";
    struct prefs *p = &s->prefs;

    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "nav.next") == 0)
        return nav_back();
    if (strcmp(a->id, "settings.speak") == 0)
        return toggle_speech(s);
    if (strncmp(a->id, sound, sizeof(sound) - 1) == 0) {
        p->loudness = loudness_of(a->id + sizeof(sound) - 1);
        return hear(s);
    }
    if (strncmp(a->id, theme, sizeof(theme) - 1) == 0) {
        for (int t = 0; t < UI_THEME_COUNT; t++)
            if (strcmp(a->id + sizeof(theme) - 1, ui_theme_name((enum ui_theme)t)) == 0)
                p->theme = (enum ui_theme)t;
        return nav_stay();
    }
    if (strncmp(a->id, "settings.text.", 14) == 0)
        p->large = strcmp(a->id, "settings.text.large") == 0;
    else if (strcmp(a->id, "settings.time") == 0)
        p->more_time = !p->more_time;
    else if (strcmp(a->id, "settings.lower") == 0)
        p->lower = !p->lower;
    else if (strcmp(a->id, "settings.still") == 0)
        p->still = !p->still;
    else if (strcmp(a->id, "settings.steady") == 0)
        p->steady = !p->steady;
    else if (strcmp(a->id, "settings.slow") == 0)
        p->slow = !p->slow;
    else
        return nav_pass();
    return nav_stay();
}

const struct screen scr_settings = {
    .name = "settings", .rest = REST_ASK, .view = view, .on_action = on_action,
};
