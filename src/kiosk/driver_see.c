/* What a script expects, held against what the screen shows. */
#include "kiosk/driving.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "i18n/i18n.h"
#include "ui/tree.h"

#define SHOWN_MAX 4000

char *driver_plain(const char *text)
{
    char *copy = mem_dup_str(text);

    if (copy)
        i18n_strip(copy);
    return copy;
}

static bool holds(const char *text, const char *part)
{
    CLEANUP(mem_freep) char *a = driver_plain(text);
    CLEANUP(mem_freep) char *b = driver_plain(part);

    return a && b && (b[0] ? strstr(a, b) != NULL : a[0] == '\0');
}

static bool page_holds(const struct app *a, const char *part)
{
    size_t n = ui_widget_count(a->ui);

    for (size_t i = 0; i < n; i++)
        if (holds(ui_widget_at(a->ui, i)->text, part))
            return true;
    return false;
}

/* Was it said since the visitor came? A chime is "*success*" or "*attention*". */
static bool heard(const struct app *a, const char *part)
{
    const char *text;

    for (size_t back = 0; (text = speech_heard(a->voice.speech, back)) != NULL; back++)
        if (holds(text, part))
            return true;
    return false;
}

void driver_say_shown(const struct app *a)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(SHOWN_MAX);
    const char *focus = ui_focus(a->ui);

    ui_page_text(a->ui, &b);
    CLEANUP(mem_freep) char *text = driver_plain(buf_str(&b));
    fprintf(stderr, "the screen shows %s, in %s%s%s:\n", ui_page_name(a->ui),
            a->session.prefs.lang, focus ? ", focus on " : "", focus ? focus : "");
    for (const char *line = text ? text : ""; *line;) {
        size_t n = strcspn(line, "\n");
        if (n)
            fprintf(stderr, "    %.*s\n", (int)n, line);
        line += n + (line[n] == '\n');
    }
}

static enum outcome when(bool true_now)
{
    return true_now ? GO_ON : NOT_YET;
}

static bool has_text(const struct app *a, const char *id, const char *part)
{
    const struct ui_widget *w = ui_widget_find(a->ui, id);
    return w && holds(w->text, part);
}

enum outcome driver_expect(struct driver *d, struct app *a, enum verb verb)
{
    const char *focus = ui_focus(a->ui);

    if (verb == EXPECT_SCREEN)
        return when(strcmp(ui_page_name(a->ui), driver_word(d, 0)) == 0);
    if (verb == EXPECT_LANG)
        return when(strcmp(a->session.prefs.lang, driver_word(d, 0)) == 0);
    if (verb == EXPECT_FOCUS)
        return when(focus && strcmp(focus, driver_word(d, 0)) == 0);
    if (verb == EXPECT_TEXT)
        return when(page_holds(a, driver_word(d, 0)));
    if (verb == EXPECT_NO_TEXT)
        return when(!page_holds(a, driver_word(d, 0)));
    if (verb == EXPECT_SAY)
        return when(heard(a, driver_word(d, 0)));
    return when(has_text(a, driver_word(d, 0), driver_word(d, 1)));
}

