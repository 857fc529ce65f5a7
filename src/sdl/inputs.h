/*
 * src/sdl/inputs.h - waits for touch panels where SDL cannot.
 *
 * Without a window system SDL looks at each input device a thousand times a second. Here the same
 * devices are opened once more, only to be waited for: what they say stays SDL's to read, and what
 * was read here is wiped at once.
 */
#ifndef SDL_INPUTS_H
#define SDL_INPUTS_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"

struct inputs;

/* folder: /dev/input. ERR_NOT_FOUND: there is none; ERR_INVAL: its name is over 255 bytes; ERR_NOMEM;
 * ERR_IO: no descriptor was left. */
NODISCARD enum err inputs_create(const char *folder, struct inputs **ret_inputs);
void inputs_destroy(struct inputs *in); /* NULL is fine */
void inputs_destroyp(struct inputs **in);

/* Waits until a device speaks, comes or goes, inputs_wake() is called, a signal comes, or
 * timeout_ms are over. True: not only the time was over. */
bool inputs_wait(struct inputs *in, int timeout_ms);
/* From any thread: ends the wait that is under way, or the next one. */
void inputs_wake(struct inputs *in);

#endif
