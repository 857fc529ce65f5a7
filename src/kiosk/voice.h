/*
 * src/kiosk/voice.h - reads pages aloud for who asks for it, and chimes.
 *
 * A page is read once when it comes up, and again when asked; the control under
 * the four keys is said as the focus moves; what is wrong is said as it comes up.
 * Any touch or key silences it at once.
 *
 * Who plugs in headphones is read to without a touch, and hears personal parts and
 * what is typed as well. The loudspeaker is in the room: it says nothing personal,
 * and pulling the plug silences all.
 */
#ifndef KIOSK_VOICE_H
#define KIOSK_VOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "config/options.h"
#include "screens/screen.h"
#include "speech/jack.h"
#include "speech/speech.h"
#include "ui/ui.h"

#define VOICE_LIVE_MAX 8

struct voice { /* stays in its place between init and done */
    struct speech *speech;
    const struct config *config;
    struct jack jack;
    bool scripted;          /* a script says whether headphones are in */
    bool told;              /* ... and said so */
    bool in;                /* headphones, as last heeded */
    uint32_t voices;        /* bit i: the i-th language can be spoken here */
    uint64_t page;          /* which page was heard last: a hash, not its words */
    uint64_t focus;
    uint64_t live[VOICE_LIVE_MAX]; /* what was wrong, or new, on it */
    size_t n_live;
    struct ui_action typed; /* what the keyboard just did; UI_NOTHING: nothing */
    const struct screen *chimed;
    bool warned;            /* the second chime of the question was heard */
    int64_t next;           /* real ms of the next step; 0: at rest */
};

/* scripted: nothing sounds, what would be said is kept. woke(arg) is called from another
 * thread when headphones come or go. */
NODISCARD enum err voice_init(struct voice *v, const struct config *config, bool scripted,
                              void (*woke)(void *arg), void *arg);
void voice_done(struct voice *v); /* all-zero is fine */
void voice_hush(struct voice *v); /* somebody acts: silent within 100 ms */
void voice_wipe(struct voice *v); /* a visitor is gone */
void voice_tick(struct voice *v, const struct session *s); /* a touch was taken */
void voice_typed(struct voice *v, const struct ui_action *action); /* the keyboard did this */
void voice_plug(struct voice *v, bool in);          /* a script plugs headphones in, or pulls them */
/* Per cent at which this visitor hears: as the house has it, soft (18 dB under all there is)
 * or all there is. */
int voice_volume(const struct voice *v, const struct session *s);
/* Headphones that came or went since; true when they did. */
bool voice_heed(struct voice *v, struct session *s);
/* After a page was painted: says what is new on it, chimes. */
void voice_page(struct voice *v, struct session *s, const struct ui *ui, const struct screen *top);
/* Goes on speaking; true when the page has to show that it ended or began. */
bool voice_step(struct voice *v, struct session *s, int64_t real_ms);
int64_t voice_due(const struct voice *v); /* real ms; INT64_MAX: at rest */

#endif
