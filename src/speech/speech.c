#include "speech/speech.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "i18n/i18n.h"
#include "i18n/lang.h"
#include "speech/child.h"
#include "speech/clips.h"
#include "speech/wav.h"

#define LINE_MAX_SOUNDS 64
#define LANGS_MAX 16
#define CLIP_BYTES_MAX (2u * 1024 * 1024)
#define LOOK_MS 20          /* how soon an end is noticed */
#define SOUND_MS_MAX 60000  /* a child that takes longer hangs */
#define USUAL_WPM 150       /* eSpeak's own 175 is brisk for who learns Dutch */

enum sound_kind { SOUND_WORDS, SOUND_FILE };

struct sound {
    enum sound_kind kind;
    const struct i18n_lang *lang; /* of words */
    char *text;                   /* the words, or the name of an asset; owned */
    int volume, rate;
};

enum player { PLAYER_NONE, PLAYER_PIPEWIRE, PLAYER_PULSE, PLAYER_ALSA };

struct speech {
    bool record;
    enum player player;
    char player_path[256];
    char espeak[256]; /* "": not installed */
    struct clips clips[LANGS_MAX]; /* in the order of i18n_langs() */

    struct sound line[LINE_MAX_SOUNDS]; /* what is to come, first at 0 */
    size_t n;
    struct child child;
    bool ending;     /* it was killed and is not gone yet */
    int64_t give_up; /* when to kill it */

    char *heard[SPEECH_HEARD_MAX]; /* a ring */
    long n_heard;
};

static const char *const chime_names[SPEECH_CHIME_COUNT] = {
    [SPEECH_CALL] = "call",
    [SPEECH_SUCCESS] = "success",
    [SPEECH_ATTENTION] = "attention",
    [SPEECH_HELP] = "help",
    [SPEECH_TICK] = "tick",
};

/* A sound server that runs knows the way to the right card; else ALSA. */
static void find_player(struct speech *s)
{
    static const struct {
        enum player player;
        const char *program, *socket;
    } players[] = {
        { PLAYER_PIPEWIRE, "pw-play", "pipewire-0" },
        { PLAYER_PULSE, "paplay", "pulse/native" },
        { PLAYER_ALSA, "aplay", NULL },
    };
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    char socket[512];

    for (size_t i = 0; i < ARRAY_LEN(players); i++) {
        if (players[i].socket) {
            if (!runtime)
                continue;
            int n = snprintf(socket, sizeof(socket), "%s/%s", runtime, players[i].socket);
            if (n < 0 || (size_t)n >= sizeof(socket) || access(socket, F_OK) != 0)
                continue;
        }
        if (child_find(players[i].program, s->player_path, sizeof(s->player_path))) {
            s->player = players[i].player;
            return;
        }
    }
}

enum err speech_create(bool record, struct speech **ret_speech)
{
    CLEANUP(speech_destroyp) struct speech *s = mem_calloc(1, sizeof(*s));
    if (!s)
        return ERR_NOMEM;
    s->record = record;
    if (!record) {
        find_player(s);
        if (!child_find("espeak-ng", s->espeak, sizeof(s->espeak)))
            s->espeak[0] = '\0';
        size_t n;
        const struct i18n_lang *langs = i18n_langs(&n);
        for (size_t i = 0; s->player != PLAYER_NONE && i < n && i < LANGS_MAX; i++) {
            enum err e = clips_load(langs[i].code, &s->clips[i]);
            if (e == ERR_NOMEM)
                return e;
        }
    }
    *ret_speech = TAKE(s);
    return ERR_OK;
}

static void sound_done(struct sound *sound)
{
    if (sound->text)
        mem_wipe(sound->text, strlen(sound->text));
    mem_free(sound->text);
    *sound = (struct sound){ 0 };
}

void speech_destroy(struct speech *s)
{
    if (!s)
        return;
    speech_stop(s);
    child_done(&s->child);
    speech_forget(s);
    for (size_t i = 0; i < LANGS_MAX; i++)
        clips_done(&s->clips[i]);
    mem_free(s);
}

void speech_destroyp(struct speech **s)
{
    speech_destroy(*s);
    *s = NULL;
}

static const struct clips *clips_of(const struct speech *s, const struct i18n_lang *lang)
{
    size_t n, i = (size_t)(lang - i18n_langs(&n));
    return &s->clips[i < LANGS_MAX ? i : 0];
}

bool speech_has_voice(const struct speech *s, const char *code)
{
    const struct i18n_lang *lang = i18n_lang(code);

    if (!lang)
        return false;
    if (lang->voice && (s->record || s->espeak[0]))
        return true;
    return clips_of(s, lang)->n > 0;
}

/* Puts a sound at the end of the line; takes `text` over also when it fails. */
static enum err add(struct speech *s, struct sound sound)
{
    if (!sound.text || s->n == LINE_MAX_SOUNDS) {
        enum err e = sound.text ? ERR_LIMIT : ERR_NOMEM;
        sound_done(&sound);
        return e;
    }
    s->line[s->n++] = sound;
    return ERR_OK;
}

static void hear(struct speech *s, const char *text)
{
    char **at = &s->heard[s->n_heard % SPEECH_HEARD_MAX];

    if (*at)
        mem_wipe(*at, strlen(*at));
    mem_free(*at);
    *at = mem_dup_str(text);
    s->n_heard++;
}

static enum err add_clips(struct speech *s, const struct speech_text *t,
                          const struct clip *const *parts, size_t n)
{
    if (s->n + n > LINE_MAX_SOUNDS)
        return ERR_LIMIT;
    for (size_t i = 0; i < n; i++) {
        char name[CLIP_NAME_SIZE + 32];
        snprintf(name, sizeof(name), "voice/%s/%s", t->lang, parts[i]->file);
        enum err e = add(s, (struct sound){ .kind = SOUND_FILE, .text = mem_dup_str(name),
                                            .volume = t->volume });
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

/* "[[" begins phonemes in eSpeak's input, and '<' a tag: a name must not steer it. */
static void make_plain(char *text)
{
    for (char *p = text; *p; p++)
        if (*p == '[' || *p == ']' || *p == '<' || *p == '>')
            *p = ' ';
}

enum err speech_say(struct speech *s, const struct speech_text *t)
{
    const struct i18n_lang *lang = i18n_lang(t->lang);
    const struct clip *parts[CLIP_PARTS_MAX];
    size_t length = strlen(t->text);

    if (!speech_has_voice(s, t->lang))
        return ERR_NONE;
    if (length >= SPEECH_TEXT_MAX)
        return ERR_LIMIT;
    if (length == 0 || t->volume <= 0)
        return ERR_OK;
    char *text = mem_dup_str(t->text);
    if (!text)
        return ERR_NOMEM;
    i18n_strip(text);
    enum err e = ERR_OK;
    size_t n = s->record ? 0 : clips_find(clips_of(s, lang), text, parts);
    if (s->record) {
        hear(s, text);
    } else if (n > 0) {
        e = add_clips(s, t, parts, n);
    } else if (lang->voice && s->espeak[0]) {
        make_plain(text);
        return add(s, (struct sound){ .kind = SOUND_WORDS, .lang = lang, .text = text,
                                      .volume = t->volume, .rate = t->rate ? t->rate : 100 });
    } else {
        e = ERR_NONE; /* some of this language is recorded, but not this */
    }
    mem_wipe(text, strlen(text));
    mem_free(text);
    return e;
}

void speech_chime(struct speech *s, enum speech_chime chime, int volume)
{
    char name[64];

    if (volume <= 0 || (chime == SPEECH_TICK && speech_busy(s)))
        return;
    if (s->record) {
        snprintf(name, sizeof(name), "*%s*", chime_names[chime]);
        if (chime != SPEECH_TICK)
            hear(s, name);
        return;
    }
    if (s->player == PLAYER_NONE)
        return;
    snprintf(name, sizeof(name), "voice/chime-%s.wav", chime_names[chime]);
    enum err e = add(s, (struct sound){ .kind = SOUND_FILE, .text = mem_dup_str(name),
                                        .volume = volume });
    (void)e; /* a full line: one chime less */
}

void speech_stop(struct speech *s)
{
    for (size_t i = 0; i < s->n; i++)
        sound_done(&s->line[i]);
    s->n = 0;
    child_kill(&s->child);
    s->ending = s->child.pid > 0;
}

bool speech_busy(const struct speech *s)
{
    return s->n > 0 || (s->child.pid > 0 && !s->ending);
}

/* Nothing but punctuation, as a key of the keyboard says: eSpeak is silent unless asked. */
static bool marks_only(const char *text)
{
    for (; *text; text++)
        if (isalnum((unsigned char)*text) || (unsigned char)*text >= 0x80)
            return false;
    return true;
}

static enum err start_words(struct speech *s, const struct sound *sound)
{
    char amplitude[16], pace[16];
    int in;
    enum err e = child_stdin(sound->text, strlen(sound->text), &in);

    if (e != ERR_OK)
        return e;
    /* eSpeak's amplitude runs to 200. */
    snprintf(amplitude, sizeof(amplitude), "%d", sound->volume * 2);
    snprintf(pace, sizeof(pace), "%d", USUAL_WPM * sound->rate / 100);
    const char *argv[] = { s->espeak, "--stdin", "-b", "1", "-v", sound->lang->voice,
                           "-a", amplitude, "-s", pace,
                           marks_only(sound->text) ? "--punct" : NULL, NULL };
    e = child_start(&s->child, argv, in);
    close(in);
    return e;
}

/* A .wav is made softer here and comes by stdin. */
static enum err start_wav(struct speech *s, const char *path, int volume)
{
    CLEANUP(buf_done) struct buf bytes = buf_make(CLIP_BYTES_MAX);
    int in;
    enum err e = buf_read_file(&bytes, path);

    if (e == ERR_OK && !wav_scale(bytes.v, bytes.n, volume))
        e = ERR_FORMAT;
    if (e == ERR_OK)
        e = child_stdin(bytes.v, bytes.n, &in);
    if (e != ERR_OK)
        return e;
    const char *argv[4] = { s->player_path };
    size_t n = 1;
    if (s->player == PLAYER_ALSA)
        argv[n++] = "-q";
    argv[n++] = "/dev/stdin";
    e = child_start(&s->child, argv, in);
    close(in);
    return e;
}

/* A compressed clip goes to the player as it is; ALSA's cannot read it. */
static enum err start_ogg(struct speech *s, const char *path, int volume)
{
    char option[32];

    if (s->player == PLAYER_ALSA)
        return ERR_FORMAT;
    if (s->player == PLAYER_PIPEWIRE)
        snprintf(option, sizeof(option), "--volume=%d.%02d", volume / 100, volume % 100);
    else
        snprintf(option, sizeof(option), "--volume=%d", 65536 * volume / 100);
    const char *argv[] = { s->player_path, option, path, NULL };
    return child_start(&s->child, argv, -1);
}

static enum err start_file(struct speech *s, const struct sound *sound)
{
    char path[4096];
    enum err e = path_asset(sound->text, path, sizeof(path));

    if (e != ERR_OK)
        return e;
    size_t n = strlen(path);
    bool wav = n > 4 && strcmp(path + n - 4, ".wav") == 0;
    return wav ? start_wav(s, path, sound->volume) : start_ogg(s, path, sound->volume);
}

/* Takes the first of the line. One that cannot be started is passed over. */
static void start_next(struct speech *s, int64_t now_ms)
{
    struct sound sound = s->line[0];

    s->n--;
    memmove(s->line, s->line + 1, s->n * sizeof(s->line[0]));
    enum err e = sound.kind == SOUND_WORDS ? start_words(s, &sound) : start_file(s, &sound);
    if (e == ERR_OK)
        s->give_up = now_ms + SOUND_MS_MAX;
    sound_done(&sound);
}

int speech_step(struct speech *s, int64_t now_ms)
{
    if (!child_gone(&s->child)) {
        if (!s->ending && now_ms >= s->give_up) {
            child_kill(&s->child);
            s->ending = true;
        }
        return LOOK_MS;
    }
    s->ending = false;
    while (s->n > 0 && s->child.pid == 0)
        start_next(s, now_ms);
    return s->child.pid > 0 ? LOOK_MS : -1;
}

const char *speech_heard(const struct speech *s, size_t back)
{
    if (back >= SPEECH_HEARD_MAX || (long)back >= s->n_heard)
        return NULL;
    return s->heard[(s->n_heard - 1 - (long)back) % SPEECH_HEARD_MAX];
}

long speech_heard_count(const struct speech *s)
{
    return s->n_heard;
}

void speech_forget(struct speech *s)
{
    for (size_t i = 0; i < SPEECH_HEARD_MAX; i++) {
        if (s->heard[i])
            mem_wipe(s->heard[i], strlen(s->heard[i]));
        mem_free(s->heard[i]);
        s->heard[i] = NULL;
    }
}
