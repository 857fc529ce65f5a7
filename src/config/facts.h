/*
 * src/config/facts.h - what the appliance's image leaves of itself for our programs.
 *
 * A text of lines "key=value" in run/dynamo-box/facts, written at each start: slot, version, good,
 * watchdog_resets and more. On a machine that is no appliance there is no such file.
 */
#ifndef CONFIG_FACTS_H
#define CONFIG_FACTS_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"

#define FACTS_MAX 4096 /* bytes of the file: a limit for the buffer to read it into */

/* root: "" for this machine, a folder for a test. ERR_NOT_FOUND: no appliance; as buf_read_file(). */
NODISCARD enum err facts_read(const char *root, struct buf *ret_facts);
/* The value of a key, cut to fit; "" when the facts do not hold it. */
void facts_get(const char *facts, const char *key, char *ret, size_t size);

#endif
