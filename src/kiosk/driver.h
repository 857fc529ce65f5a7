/*
 * src/kiosk/driver.h - plays a script on the running kiosk.
 *
 * Touches are real SDL events through the same path as a finger's; the driver
 * only finds where to touch. A command waits, up to 20 s of real time, until
 * what it needs is on the screen; an expectation until it comes true. Its hands
 * are as quick as those of a person, however slow the machine: only `wait` holds
 * a key or a corner longer, and a scan comes in one piece.
 */
#ifndef KIOSK_DRIVER_H
#define KIOSK_DRIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

struct app;
struct driver;

/* Reads the script ("-" is stdin). ERR_FORMAT: it is on stderr as FILE:LINE: why. */
NODISCARD enum err driver_create(const char *path, struct driver **ret_driver);
void driver_destroy(struct driver *d); /* NULL is fine */
/* Does what can be done now; ends the program behind the last command, or where one fails. */
void driver_step(struct driver *d, struct app *a);
int64_t driver_due(const struct driver *d); /* real ms of the next step */
/* A finger of the script is on the glass and is not meant to stay: no time passes for it. */
bool driver_taps(const struct driver *d); /* NULL: false */

#endif
