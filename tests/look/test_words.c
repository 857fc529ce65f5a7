/*
 * Golden text: what each scene says to the eye and to the ear, in every language, one file a
 * language in tests/golden/words/. A line is a widget: its role and id, what is read, and after
 * "|" what is spoken where that is something else. UPDATE_GOLDEN=1 rewrites them.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tests/look/scenes.h"

/* Marks of direction made visible: <FSI>, <LRI> and their end. */
static void add_text(struct buf *b, const char *text)
{
    static const struct {
        const char *mark, *shown;
    } marks[] = { { "\u2068", "<" }, { "\u2069", ">" }, { "\u2066", "<L:" }, { "\n", "/" } };
    while (*text) {
        size_t i = 0;
        while (i < ARRAY_LEN(marks) && strncmp(text, marks[i].mark, strlen(marks[i].mark)))
            i++;
        if (i < ARRAY_LEN(marks)) {
            buf_adds(b, marks[i].shown);
            text += strlen(marks[i].mark);
        } else {
            buf_addc(b, *text++);
        }
    }
}

static void add_widget(struct buf *b, const struct ui_widget *w)
{
    bool spoken = *w->say && strcmp(w->say, w->text) && strcmp(w->say, " ");
    if (!*w->text && !spoken)
        return;
    buf_addf(b, "%s %s: ", ui_role_name(w->role), *w->id ? w->id : "-");
    add_text(b, w->text);
    if (spoken) {
        buf_adds(b, " | ");
        add_text(b, w->say);
    } else if (!*w->say) {
        buf_adds(b, " | (silent)");
    }
    buf_addc(b, '\n');
}

/* What every page has stands in one scene only: tools, bar, brand, and the keys. */
static bool shown(const struct scene *c, const struct ui_widget *w)
{
    static const char *const frame[] = { "tool.", "nav.back", "nav.help", "header.brand" };
    if (w->role == UI_ROLE_KEY)
        return !strcmp(c->name, "name.filled") || !strcmp(c->name, "contact.email");
    for (size_t i = 0; i < ARRAY_LEN(frame); i++)
        if (!strncmp(w->id, frame[i], strlen(frame[i])))
            return !strcmp(c->name, "birth.whole");
    return true;
}

static void check_language(struct scenes *all, struct ui *ui, const char *lang)
{
    CLEANUP(buf_done) struct buf b = buf_make(1024 * 1024);
    char name[64];
    for (size_t i = 0; i < all->n; i++) {
        struct scene *c = &all->v_all[i];
        const struct stand how = { .canvas = { .w = 1080, .h = 3840, .diagonal_in = 28.3 },
                                   .lang = lang };
        CHECK_OK(scene_paint(ui, c, &how));
        buf_addf(&b, "== %s\n", c->name);
        for (size_t k = 0; k < ui_widget_count(ui); k++)
            if (shown(c, ui_widget_at(ui, k)))
                add_widget(&b, ui_widget_at(ui, k));
    }
    CHECK(!b.failed);
    snprintf(name, sizeof(name), "words/%s.txt", lang);
    check_golden(name, buf_str(&b));
}

/* Whether the place stands between an isolate's opening and its end. */
static bool isolated(const char *text, const char *at)
{
    int depth = 0;
    for (const char *s = text; s < at; s++) {
        bool mark = !strncmp(s, "\u2066", 3) || !strncmp(s, "\u2068", 3);
        depth += mark ? 1 : !strncmp(s, "\u2069", 3) ? -1 : 0;
    }
    return depth > 0;
}

/* Where a sentence of these languages turns: letters or digits of the other direction. */
static bool turns(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0xD8 && (unsigned char)*text <= 0xDD)
            return true;
    return false;
}

/* Names, times and addresses that were put into a text may not stand loose in it. */
TEST(what_is_put_into_arabic_and_farsi_is_isolated)
{
    static const char *const put_in[] = { "Mohammed-Amin", "Sanne", "van den", "Heuvel", "14:30",
                                          "13:00", "10:11", "0165 579", "+380", "A04", "3:00" };
    static const char *const langs[] = { "ar", "fa" };
    struct scenes all;
    scenes_start(&all);
    struct ui *ui = paper();
    int seen = 0;
    for (size_t l = 0; l < ARRAY_LEN(langs); l++)
        for (size_t i = 0; i < all.n; i++) {
            const struct stand how = { .canvas = scene_canvases[0], .lang = langs[l] };
            CHECK_OK(scene_paint(ui, &all.v_all[i], &how));
            for (size_t k = 0; k < ui_draw_list(ui)->n; k++) {
                const struct ui_draw_cmd *cmd = &ui_draw_list(ui)->v[k];
                const char *text = ui_draw_bytes(ui_draw_list(ui), cmd), *at;
                if (cmd->kind != UI_DRAW_TEXT || !turns(text))
                    continue;
                for (size_t p = 0; p < ARRAY_LEN(put_in); p++) {
                    at = strstr(text, put_in[p]);
                    seen += at != NULL;
                    if (at && !isolated(text, at))
                        CHECK_FAIL("%s %s: \"%s\" stands loose in \"%s\"", langs[l],
                                   all.v_all[i].name, put_in[p], text);
                }
            }
        }
    CHECK(seen > 20);
    ui_destroy(ui);
    scenes_end(&all);
}

TEST(every_screen_reads_and_speaks_as_before_in_every_language)
{
    struct scenes all;
    scenes_start(&all);
    struct ui *ui = paper();
    for (size_t l = 0; l < SCENE_LANGS; l++)
        check_language(&all, ui, scene_langs[l]);
    ui_destroy(ui);
    scenes_end(&all);
}
