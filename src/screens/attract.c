/* S01: nobody is there. A still picture and one sentence, in each language in turn. */
#include "screens/journey.h"
#include "screens/words.h"

#include "base/buf.h"

#define TURN_MS (8 * SECOND_MS)

static void enter(struct session *s)
{
    s->since = s->mono;
}

/* The n-th language to greet in: the house's own, then the others that have their catalog and
 * are always visible; NULL past the last. */
static const struct i18n_lang *greeting(const struct session *s, size_t n)
{
    size_t count;
    const struct i18n_lang *langs = i18n_langs(&count), *own = i18n_lang(s->prefs.lang);

    if (n-- == 0)
        return own;
    for (size_t i = 0; i < count; i++)
        if (&langs[i] != own && !langs[i].more && !langs[i].pseudo &&
            i18n_lang_ready(langs[i].code) && n-- == 0)
            return &langs[i];
    return NULL;
}

static size_t greetings(const struct session *s)
{
    size_t n = 0;

    while (greeting(s, n))
        n++;
    return n;
}

static const char *own_names(struct ui *ui, const struct session *s)
{
    CLEANUP(buf_done) struct buf b = buf_make(512);
    const struct i18n_lang *l;

    for (size_t i = 0; (l = greeting(s, i)) != NULL; i++)
        buf_addf(&b, "%s\u2068%s\u2069", i ? "  \u00b7  " : "", l->own_name);
    return ui_fmt(ui, "%s", buf_str(&b));
}

static void view(struct ui *ui, const struct session *s)
{
    size_t n = greetings(s);
    size_t turn = n ? (size_t)((s->mono - s->since) / TURN_MS) % n : 0;
    const struct i18n_lang *l = greeting(s, turn);

    UI_PAGE(ui, .name = "attract", .chrome = UI_CHROME_BARE);
    i18n_use(l ? l->code : s->prefs.lang);
    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = "footprints", .tint = UI_ACCENT, .size = 320);
    ui_space(ui, 32);
    UI_TEXT(ui, .id = "attract.title", .text = words_apart(ui, _("Welcome to Dynamo")),
            .style = UI_NUMERAL, .size = 96, .colour = UI_PRIMARY, .middle = true,
            .shrink = true);
    UI_TEXT(ui, .id = "attract.text", .text = words_apart(ui, _("Do you have a question? Come in.")),
            .style = UI_SECTION, .middle = true);
    ui_space(ui, 32);
    UI_BUTTON(ui, .id = "attract.start", .text = words_apart(ui, _("Touch the screen")), .icon = "hand",
              .kind = UI_MAIN, .big = true);
    ui_space(ui, 0);
    i18n_use(s->prefs.lang);
    UI_TEXT(ui, .text = own_names(ui, s), .style = UI_BODY, .middle = true, .silent = true);
    ui_space(ui, 16);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    (void)s;
    return a->kind == UI_TAP ? nav_only(&scr_welcome) : nav_stay();
}

static int64_t due(const struct session *s)
{
    return s->since + ((s->mono - s->since) / TURN_MS + 1) * TURN_MS;
}

static struct nav on_time(struct session *s)
{
    (void)s;
    return nav_stay();
}

const struct screen scr_attract = {
    .name = "attract", .rest = REST_NONE, .any_touch = "attract.start", .enter = enter,
    .view = view, .on_action = on_action, .due = due, .on_time = on_time,
};
