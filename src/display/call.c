/* A new call: the chime, the number aloud, two slow pulses. */
#include "display/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "display/words.h"
#include "i18n/i18n.h"

#define NEWS_MAX 4    /* more than that at once nobody can follow */
#define PULSE_MS 700  /* light, then as long dark: under one pulse a second */
#define PULSE_STEPS 3 /* light, dark, light; then dark for good */

/* Number and room in every language of the settings. */
static void say(struct display *d, const struct board_call *call, int volume)
{
    const char *langs = d->setup->config->display.room_langs;
    char lang[8];

    while (config_list_next(&langs, ' ', lang, sizeof(lang))) {
        CLEANUP(buf_done) struct buf text = buf_make(512);
        i18n_use(lang);
        words_call(&text, call);
        /* A language without a voice: it stands on the screen. A full line: the same. */
        enum err e = speech_say(d->speech, &(struct speech_text){ .text = buf_str(&text),
                                                                  .lang = lang,
                                                                  .volume = volume });
        (void)e;
    }
    i18n_use(d->view.lang);
}

static void sound(struct display *d, const struct board_call *call)
{
    const struct config *c = d->setup->config;

    if (!c->sound.on)
        return;
    speech_chime(d->speech, SPEECH_CALL, c->sound.volume);
    if (c->sound.speak_calls)
        say(d, call, c->sound.volume);
    d->speech_due = 0;
}

void call_out(struct display *d, int64_t real_ms)
{
    const struct board_call *news[NEWS_MAX];
    bool first = !d->known;

    if (d->chime_day != d->board.day)
        d->chime = 0; /* chimes begin anew every day */
    d->chime_day = d->board.day;
    size_t n = first ? 0 : board_news(&d->board, d->chime, news, NEWS_MAX);
    for (size_t i = 0; i < n; i++)
        sound(d, news[i]);
    if (n > 0 && !d->setup->config->display.room_still)
        d->pulse = real_ms;
    int64_t top = board_chime(&d->board);
    d->chime = top > d->chime ? top : d->chime;
}

/* Which part of the pulse it is: PULSE_STEPS when over. */
static int64_t step_of(const struct display *d, int64_t real_ms)
{
    int64_t step = d->pulse ? (real_ms - d->pulse) / PULSE_MS : PULSE_STEPS;
    return step < PULSE_STEPS ? step : PULSE_STEPS;
}

/* Where the script wants to read it instead of hearing it. */
static void write_said(struct display *d)
{
    if (!d->setup->said)
        return;
    long n = speech_heard_count(d->speech);
    FILE *f = d->said < n ? fopen(d->setup->said, "ae") : NULL;
    if (!f)
        return;
    for (; d->said < n; d->said++) {
        const char *text = speech_heard(d->speech, (size_t)(n - 1 - d->said));
        fprintf(f, "%s\n", text ? text : "");
    }
    fclose(f);
}

void call_pass(struct display *d, int64_t real_ms)
{
    int64_t step = step_of(d, real_ms);
    bool lit = step < PULSE_STEPS && step % 2 == 0;

    if (step == PULSE_STEPS)
        d->pulse = 0;
    d->dirty |= lit != d->view.lit;
    d->view.lit = lit;
    if (real_ms < d->speech_due)
        return;
    int wait = speech_step(d->speech, real_ms);
    d->speech_due = wait < 0 ? INT64_MAX : real_ms + wait;
    write_said(d);
}

int64_t call_due(const struct display *d)
{
    if (!d->pulse)
        return d->speech_due;
    int64_t next = d->pulse + (step_of(d, clock_real_mono_ms()) + 1) * PULSE_MS;
    return next < d->speech_due ? next : d->speech_due;
}
