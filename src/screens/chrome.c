#include "screens/chrome.h"

#include <stdio.h>
#include <string.h>

#include "screens/words.h"

static struct ui_words toolkit_words(const struct session *s)
{
    return (struct ui_words){
        .brand = "Dynamo",
        .back = _("Back"),
        .help = _("Help"),
        .next = _("Next"),
        .language = _("Language"),
        .speak = s->sound ? _("Read aloud") : NULL,
        .hush = _("Be quiet"),
        .letters = _("Letters"),
        .stop = _("Stop"),
        .space = _("space"),
        .erase = _("delete"),
        .shift = _("capital letter"),
        .accents = _("letters with accents"),
        .letters_key = _("letters"),
        .digits_key = _("digits"),
        .chosen = _("chosen"),
        .empty = _("empty"),
        .error = _("Careful"),
        .disabled = _("not possible now"),
        .dot = _("dot"),
        .more = _("More"),
    };
}

static struct ui_look look_of(const struct session *s, const struct ui_look *canvas)
{
    struct ui_look look = *canvas;

    look.theme = s->prefs.theme;
    look.large = s->prefs.large;
    look.lower = s->prefs.lower;
    look.still = s->prefs.still;
    look.steady = s->prefs.steady;
    look.rtl = i18n_current()->rtl;
    snprintf(look.lang, sizeof(look.lang), "%s", s->prefs.lang);
    return look;
}

enum err screen_paint(struct ui *ui, const struct session *s, const struct screen *scr,
                      const struct screen *below, const struct ui_look *canvas)
{
    char clock[HHMM_SIZE];

    i18n_use(s->prefs.lang);
    struct ui_words words = toolkit_words(s);
    hhmm_format(s->minute, clock);
    ui_begin(ui, &(struct ui_frame){ .look = look_of(s, canvas), .words = &words, .clock = clock,
                                     .speaking = s->speaking });
    if (below)
        below->view(ui, s);
    scr->view(ui, s);
    return ui_finish(ui);
}
