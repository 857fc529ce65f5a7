/*
 * src/kiosk/driver.h - plays a script on the running kiosk.
 *
 * Touches are real SDL events through the same path as a finger's; the driver
 * only finds where to touch. A command waits, up to 20 s of real time, until
 * what it needs is on the screen; an expectation until it comes true.
 */
#ifndef KIOSK_DRIVER_H
#define KIOSK_DRIVER_H

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

#endif
