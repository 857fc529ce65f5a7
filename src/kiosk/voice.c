#include "kiosk/voice.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "i18n/lang.h"
#include "ui/tree.h"

#define LAST_SECONDS 10  /* of the question: the second chime */
#define SOFT_PER_CENT 12 /* 18 dB under all there is */
#define LOUD_PER_CENT 100
#define SLOW_PER_CENT 70 /* of the usual pace */

/* Bit i: the i-th language. */
static uint32_t voices_of(const struct speech *speech)
{
    size_t n;
    const struct i18n_lang *langs = i18n_langs(&n);
    uint32_t voices = 0;

    for (size_t i = 0; i < n; i++)
        if (speech_has_voice(speech, langs[i].code))
            voices |= UINT32_C(1) << i;
    return voices;
}

enum err voice_init(struct voice *v, const struct config *config, bool scripted,
                    void (*woke)(void *arg), void *arg)
{
    *v = (struct voice){ .config = config, .scripted = scripted };
    enum err e = speech_create(scripted, &v->speech);
    if (e != ERR_OK)
        return e;
    v->voices = config->sound.on && config->sound.volume > 0 ? voices_of(v->speech) : 0;
    if (scripted)
        return ERR_OK;
    /* Without a jack that tells, all stays as it was: whoever wants to hear touches. */
    e = jack_start(&v->jack, NULL, woke, arg);
    if (e != ERR_OK && e != ERR_NONE)
        log_error("kiosk.headphones", e, NULL);
    return ERR_OK;
}

void voice_done(struct voice *v)
{
    jack_stop(&v->jack);
    speech_destroy(v->speech);
    *v = (struct voice){ 0 };
}

void voice_hush(struct voice *v)
{
    speech_stop(v->speech);
}

/* Headphones that are still in are heeded anew: they read to the next visitor too. */
void voice_wipe(struct voice *v)
{
    speech_stop(v->speech);
    speech_forget(v->speech);
    memset(v->live, 0, sizeof(v->live));
    mem_wipe(&v->typed, sizeof(v->typed));
    v->page = v->focus = 0;
    v->n_live = 0;
    v->chimed = NULL;
    v->in = v->warned = false;
}

static int house_volume(const struct voice *v)
{
    return v->config->sound.on ? v->config->sound.volume : 0;
}

int voice_volume(const struct voice *v, const struct session *s)
{
    int usual = house_volume(v);

    if (usual == 0 || s->prefs.loudness == LOUDNESS_NORMAL)
        return usual;
    if (s->prefs.loudness == LOUDNESS_LOUD)
        return LOUD_PER_CENT;
    return usual < SOFT_PER_CENT ? usual : SOFT_PER_CENT;
}

void voice_tick(struct voice *v, const struct session *s)
{
    speech_chime(v->speech, SPEECH_TICK, voice_volume(v, s));
    v->next = clock_real_mono_ms();
}

void voice_typed(struct voice *v, const struct ui_action *action)
{
    v->typed = *action;
}

/* ---- headphones ---- */

void voice_plug(struct voice *v, bool in)
{
    v->told = in;
}

bool voice_heed(struct voice *v, struct session *s)
{
    bool in = v->scripted ? v->told : jack_plugged(&v->jack);

    if (in == v->in)
        return false;
    v->in = in;
    voice_hush(v);
    s->prefs.speak = s->say_again = in;
    return true;
}

/* What the page shows of the voice; true when that changed. */
static bool know(struct voice *v, struct session *s)
{
    bool any = v->voices != 0, voice = any && speech_has_voice(v->speech, s->prefs.lang);
    bool speaking = s->prefs.speak && speech_busy(v->speech);

    if (s->sound == any && s->voice == voice && s->speaking == speaking &&
        s->voices == v->voices)
        return false;
    s->voices = v->voices;
    s->sound = any;
    s->voice = voice;
    s->speaking = speaking;
    return true;
}

/* ---- words ---- */

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

static void say_in(struct voice *v, const struct session *s, const char *lang, const char *text)
{
    enum err e = speech_say(v->speech,
                            &(struct speech_text){ .text = text,
                                                   .lang = lang,
                                                   .volume = voice_volume(v, s),
                                                   .rate = s->prefs.slow ? SLOW_PER_CENT : 100 });
    if (e != ERR_OK && e != ERR_NONE)
        log_error("kiosk.say", e, NULL);
    v->next = clock_real_mono_ms();
}

static void say(struct voice *v, const struct session *s, const char *text)
{
    say_in(v, s, s->prefs.lang, text);
}

/* The name of a language in its own voice, which somebody asked to hear. */
static void say_name(struct voice *v, struct session *s)
{
    const struct i18n_lang *lang = s->hear[0] ? i18n_lang(s->hear) : NULL;

    s->hear[0] = '\0';
    if (!lang)
        return;
    voice_hush(v);
    say_in(v, s, lang->code, lang->own_name);
}

static void say_page(struct voice *v, const struct session *s, const struct ui *ui)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(SPEECH_TEXT_MAX - 1);

    ui_say_page(ui, v->in, &b);
    say(v, s, buf_str(&b));
}

/* Digits of a PIN are for nobody else's ears. */
static bool secret(const struct screen *top, const struct ui_widget *w)
{
    return w->personal || (top->rest == REST_PIN && w->role == UI_ROLE_KEY);
}

static void say_focus(struct voice *v, const struct session *s, const struct ui *ui,
                      const struct screen *top)
{
    const char *id = ui_focus(ui);
    const struct ui_widget *w = id ? ui_widget_find(ui, id) : NULL;
    uint64_t h = w ? hash(hash(1, id), w->say) : 0;

    if (h == v->focus)
        return;
    v->focus = h;
    if (!w || (secret(top, w) && !v->in))
        return;
    voice_hush(v);
    say(v, s, w->say);
}

/* What was typed, for who cannot see it; in the room it stays unsaid. */
static void say_typed(struct voice *v, const struct session *s, const struct ui *ui)
{
    const struct ui_widget *key = ui_widget_find(ui, v->typed.id);

    if (v->typed.kind == UI_NOTHING || !v->in)
        return;
    say(v, s, key ? key->say : v->typed.text); /* an accent's key is gone once it was struck */
}

/* The words of something that must be heard when it comes up; NULL: it need not. */
static const char *live_words(const struct ui_widget *w)
{
    if (w->role != UI_ROLE_NOTICE)
        return NULL;
    return strcmp(w->say, " ") == 0 ? w->text : w->say; /* the error of a field: the field says it too */
}

static bool was_live(const struct voice *v, uint64_t h)
{
    for (size_t i = 0; i < v->n_live; i++)
        if (v->live[i] == h)
            return true;
    return false;
}

/* Looks for notices that are new; says them unless the whole page was just read. */
static void say_live(struct voice *v, const struct session *s, const struct ui *ui, bool new_page)
{
    uint64_t now[VOICE_LIVE_MAX];
    size_t n = 0;

    for (size_t i = 0; i < ui_widget_count(ui) && n < VOICE_LIVE_MAX; i++) {
        const struct ui_widget *w = ui_widget_at(ui, i);
        const char *words = live_words(w);
        if (!words)
            continue;
        now[n] = hash(hash(2, w->id), words);
        if (!new_page && !was_live(v, now[n++]) && s->prefs.speak && (!w->personal || v->in))
            say(v, s, words);
    }
    memcpy(v->live, now, n * sizeof(now[0]));
    v->n_live = n;
}

/* ---- chimes ---- */

static void ring(struct voice *v, enum speech_chime chime, int loud)
{
    speech_chime(v->speech, chime, loud);
    v->next = clock_real_mono_ms();
}

/* The help chime is for staff: as loud as the house has it, at least. */
static void chime(struct voice *v, const struct session *s, const struct screen *top)
{
    bool new_page = top != v->chimed;
    int loud = voice_volume(v, s);

    v->chimed = top;
    if (new_page && top == &scr_ticket && s->result != RESULT_CANCELLED)
        ring(v, SPEECH_SUCCESS, loud);
    else if (new_page && top == &scr_help && !s->help_failed)
        ring(v, SPEECH_HELP, loud > house_volume(v) ? loud : house_volume(v));
    else if (new_page && (top == &scr_idle || top == &scr_no_voice))
        ring(v, SPEECH_ATTENTION, loud);
    else if (top == &scr_idle && s->left_s == LAST_SECONDS && !v->warned)
        ring(v, SPEECH_ATTENTION, loud);
    v->warned = top == &scr_idle && s->left_s > 0 && s->left_s <= LAST_SECONDS;
}

void voice_page(struct voice *v, struct session *s, const struct ui *ui, const struct screen *top)
{
    uint64_t page = page_hash(s, ui);
    bool whole = s->prefs.speak && (page != v->page || s->say_again);

    if (whole)
        voice_hush(v);
    chime(v, s, top);
    if (whole)
        say_page(v, s, ui);
    else if (s->prefs.speak)
        say_typed(v, s, ui);
    say_live(v, s, ui, page != v->page);
    if (s->prefs.speak && !whole)
        say_focus(v, s, ui, top);
    say_name(v, s);
    mem_wipe(&v->typed, sizeof(v->typed));
    s->say_again = false;
    v->page = page;
}

bool voice_step(struct voice *v, struct session *s, int64_t real_ms)
{
    if (v->next && v->next <= real_ms) {
        int wait = speech_step(v->speech, real_ms);
        v->next = wait < 0 ? 0 : real_ms + wait;
    }
    return know(v, s);
}

int64_t voice_due(const struct voice *v)
{
    return v->next ? v->next : INT64_MAX;
}
