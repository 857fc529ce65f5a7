#include "kiosk/voice.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "ui/tree.h"

#define LAST_SECONDS 10 /* of the question: the second chime */

enum err voice_init(struct voice *v, const struct config *config, bool record)
{
    *v = (struct voice){ .config = config };
    return speech_create(record, &v->speech);
}

void voice_done(struct voice *v)
{
    speech_destroy(v->speech);
    *v = (struct voice){ 0 };
}

void voice_hush(struct voice *v)
{
    speech_stop(v->speech);
}

void voice_wipe(struct voice *v)
{
    speech_stop(v->speech);
    speech_forget(v->speech);
    v->page = v->focus = 0;
    v->chimed = NULL;
}

static int volume(const struct voice *v)
{
    return v->config->sound.on ? v->config->sound.volume : 0;
}

void voice_tick(struct voice *v)
{
    speech_chime(v->speech, SPEECH_TICK, volume(v));
    v->next = clock_real_mono_ms();
}

/* FNV-1a (Fowler, Noll, Vo). */
static uint64_t hash(uint64_t h, const char *s)
{
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
    return (h ^ 0xFF) * UINT64_C(1099511628211);
}

/* A page is another one when its name, its title or the language is. */
static uint64_t page_hash(const struct session *s, const struct ui *ui)
{
    uint64_t h = hash(UINT64_C(14695981039346656037), ui_page_name(ui));

    for (size_t i = 0; i < ui_widget_count(ui); i++)
        if (ui_widget_at(ui, i)->role == UI_ROLE_TITLE)
            h = hash(h, ui_widget_at(ui, i)->text);
    return hash(h, s->prefs.lang);
}

static void say(struct voice *v, const struct session *s, const char *text)
{
    enum err e = speech_say(v->speech, &(struct speech_text){ .text = text,
                                                              .lang = s->prefs.lang,
                                                              .volume = volume(v) });
    if (e != ERR_OK && e != ERR_NONE)
        log_error("kiosk.say", e, NULL);
    v->next = clock_real_mono_ms();
}

static void say_page(struct voice *v, const struct session *s, const struct ui *ui)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(SPEECH_TEXT_MAX - 1);

    voice_hush(v);
    ui_say_page(ui, false, &b);
    say(v, s, buf_str(&b));
}

static void say_focus(struct voice *v, const struct session *s, const struct ui *ui)
{
    const char *id = ui_focus(ui);
    const struct ui_widget *w = id ? ui_widget_find(ui, id) : NULL;
    uint64_t h = w ? hash(1, id) : 0;

    if (h == v->focus)
        return;
    v->focus = h;
    if (!w || w->personal)
        return;
    voice_hush(v);
    say(v, s, w->say);
}

static void chime(struct voice *v, const struct session *s, const struct screen *top)
{
    bool new_page = top != v->chimed;

    v->chimed = top;
    if (new_page && top == &scr_ticket && s->result != RESULT_CANCELLED)
        speech_chime(v->speech, SPEECH_SUCCESS, volume(v));
    else if (top == &scr_idle && (new_page || s->left_s == LAST_SECONDS))
        speech_chime(v->speech, SPEECH_ATTENTION, volume(v));
    else
        return;
    v->next = clock_real_mono_ms();
}

void voice_page(struct voice *v, struct session *s, const struct ui *ui, const struct screen *top)
{
    uint64_t page = page_hash(s, ui);

    chime(v, s, top);
    if (s->prefs.speak && (page != v->page || s->say_again))
        say_page(v, s, ui);
    else if (s->prefs.speak)
        say_focus(v, s, ui);
    s->say_again = false;
    v->page = page;
}

bool voice_step(struct voice *v, struct session *s, int64_t real_ms)
{
    bool speaking, voice = volume(v) > 0 && speech_has_voice(v->speech, s->prefs.lang);

    if (v->next && v->next <= real_ms) {
        int wait = speech_step(v->speech, real_ms);
        v->next = wait < 0 ? 0 : real_ms + wait;
    }
    speaking = s->prefs.speak && speech_busy(v->speech);
    if (speaking == s->speaking && voice == s->voice)
        return false;
    s->speaking = speaking;
    s->voice = voice;
    return true;
}

int64_t voice_due(const struct voice *v)
{
    return v->next ? v->next : INT64_MAX;
}
