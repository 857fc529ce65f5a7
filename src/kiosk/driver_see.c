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

/* Its words came to a visitor's ears: what it says, or its text where a field says that. */
static bool widget_heard(const struct app *a, const struct ui_widget *w)
{
    const char *words = *w->say && strcmp(w->say, " ") != 0 ? w->say : w->text;

    return *words && driver_heard(a, words);
}

static bool page_holds(const struct driver *d, const struct app *a, const char *part)
{
    size_t n = ui_widget_count(a->ui);

    for (size_t i = 0; i < n; i++) {
        const struct ui_widget *w = ui_widget_at(a->ui, i);
        if (holds(w->text, part) && (d->by != BY_EARS || widget_heard(a, w)))
            return true;
    }
    return false;
}

static bool title_heard(const struct app *a)
{
    size_t n = ui_widget_count(a->ui);

    for (size_t i = n; i-- > 0;) /* that of a sheet comes last */
        if (ui_widget_at(a->ui, i)->role == UI_ROLE_TITLE)
            return widget_heard(a, ui_widget_at(a->ui, i));
    return true;
}

/* Where the page has the button, somebody who listens has it read once more. */
static void ask_again(struct driver *d, struct app *a)
{
    if (d->by != BY_EARS || d->asked || !ui_widget_find(a->ui, "tool.speak"))
        return;
    d->asked = true;
    a->session.say_again = true;
    a->dirty = true;
}

bool driver_heard(const struct app *a, const char *part)
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

static bool has_text(const struct driver *d, const struct app *a, const char *id,
                     const char *part)
{
    const struct ui_widget *w = ui_widget_find(a->ui, id);

    return w && holds(w->text, part) && (d->by != BY_EARS || !*part || widget_heard(a, w));
}

static bool on_screen(const struct driver *d, const struct app *a)
{
    return strcmp(ui_page_name(a->ui), driver_word(d, 0)) == 0 &&
           (d->by != BY_EARS || title_heard(a));
}

static enum outcome look(struct driver *d, struct app *a, enum verb verb)
{
    const char *focus = ui_focus(a->ui);

    if (verb == EXPECT_SCREEN)
        return when(on_screen(d, a));
    if (verb == EXPECT_LANG)
        return when(strcmp(a->session.prefs.lang, driver_word(d, 0)) == 0);
    if (verb == EXPECT_FOCUS)
        return when(focus && strcmp(focus, driver_word(d, 0)) == 0);
    if (verb == EXPECT_TEXT)
        return when(page_holds(d, a, driver_word(d, 0)));
    if (verb == EXPECT_NO_TEXT)
        return when(!page_holds(d, a, driver_word(d, 0)));
    if (verb == EXPECT_SAY)
        return when(driver_heard(a, driver_word(d, 0)));
    if (verb == EXPECT_NO_SAY)
        return when(!driver_heard(a, driver_word(d, 0)));
    return when(has_text(d, a, driver_word(d, 0), driver_word(d, 1)));
}

enum outcome driver_expect(struct driver *d, struct app *a, enum verb verb)
{
    enum outcome o = look(d, a, verb);

    if (o == NOT_YET)
        ask_again(d, a);
    return o;
}

