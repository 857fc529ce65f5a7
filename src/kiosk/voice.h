/*
 * src/kiosk/voice.h - reads pages aloud for who asks for it, and chimes.
 *
 * A page is read once when it comes up, and again when asked; the control under
 * the four keys is said as the focus moves. Any touch or key silences it at once.
 * Nothing personal is spoken: the loudspeaker is in the room.
 */
#ifndef KIOSK_VOICE_H
#define KIOSK_VOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "config/options.h"
#include "screens/screen.h"
#include "speech/speech.h"
#include "ui/ui.h"

struct voice {
    struct speech *speech;
    const struct config *config;
    uint64_t page;          /* which page was heard last: a hash, not its words */
    uint64_t focus;
    const struct screen *chimed;
    int64_t next;           /* real ms of the next step; 0: at rest */
};

/* record: nothing sounds, what would be said is kept for a script. */
NODISCARD enum err voice_init(struct voice *v, const struct config *config, bool record);
void voice_done(struct voice *v);
void voice_hush(struct voice *v);  /* somebody acts: silent within 100 ms */
void voice_wipe(struct voice *v);  /* a visitor is gone */
void voice_tick(struct voice *v);  /* a touch was taken */
/* After a page was painted: says what is new on it, chimes. */
void voice_page(struct voice *v, struct session *s, const struct ui *ui, const struct screen *top);
/* Goes on speaking; true when the page has to show that it ended or began. */
bool voice_step(struct voice *v, struct session *s, int64_t real_ms);
int64_t voice_due(const struct voice *v); /* real ms; INT64_MAX: at rest */

#endif
