/*
 * src/speech/speech.h - reading aloud and chimes.
 *
 * Words come from recorded clips where all of a text is recorded, else from an
 * eSpeak NG child process; chimes from small recordings of our own. What is said
 * lines up: one sound at a time. The loop calls speech_step() when something was
 * added and whenever the number it gave is over; at rest that is never.
 *
 * Where a program or a sound card is missing it is silent; that is no error for
 * a visitor, since everything that is said can be seen too. Volume and rate come
 * with every text: nothing of a visitor is kept but what is still to be said,
 * and speech_stop() wipes that.
 */
#ifndef SPEECH_SPEECH_H
#define SPEECH_SPEECH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

#define SPEECH_TEXT_MAX 4096 /* bytes of one text with its NUL */
#define SPEECH_HEARD_MAX 16

struct speech;

enum speech_chime {
    SPEECH_CALL,      /* somebody is called in the waiting room */
    SPEECH_SUCCESS,   /* done: the ticket is there */
    SPEECH_ATTENTION, /* "are you still there", an error */
    SPEECH_HELP,      /* a visitor calls for help: for staff in the house */
    SPEECH_TICK,      /* a touch was taken */
    SPEECH_CHIME_COUNT
};

/* record: starts no child; keeps what would be said, for tests and scripts. */
NODISCARD enum err speech_create(bool record, struct speech **ret_speech); /* ERR_NOMEM */
void speech_destroy(struct speech *s); /* silent at once; NULL is fine */
void speech_destroyp(struct speech **s);

/* Whether anything can say this language. When not, the screen says so and
 * offers pictures. With `record` as if eSpeak NG were there. */
bool speech_has_voice(const struct speech *s, const char *lang);

struct speech_text {
    const char *text; /* UTF-8; direction marks are left out */
    const char *lang; /* code of i18n/lang.h */
    int volume;       /* percent, 0..100; 0 says nothing */
    int rate;         /* percent of the usual pace, 50..200; 0 is 100 */
};
/*
 * Says it after what is in line already. An empty text is fine.
 * ERR_NONE   no voice for this language
 * ERR_LIMIT  too long, or the line is full: nothing of it is said
 */
NODISCARD enum err speech_say(struct speech *s, const struct speech_text *text);
/* A tick is left out while another sound is made; other chimes line up. */
void speech_chime(struct speech *s, enum speech_chime chime, int volume);
void speech_stop(struct speech *s); /* silent within 100 ms, and nothing in line */
bool speech_busy(const struct speech *s); /* something sounds or is in line */

/* Goes on; now_ms is real monotonic time. In how many ms to come back; -1: at rest. */
int speech_step(struct speech *s, int64_t now_ms);

/* With `record`: what was said, `back` texts ago (0 is the last), the newest
 * SPEECH_HEARD_MAX; chimes as "*call*", "*success*", "*attention*", "*help*". NULL: none. */
const char *speech_heard(const struct speech *s, size_t back);
/* How many were heard so far: to tell an old text from the same one again. */
long speech_heard_count(const struct speech *s);
void speech_forget(struct speech *s); /* wipes what was heard; after a visitor */

#endif
