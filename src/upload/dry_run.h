/*
 * src/upload/dry_run.h - the calls that a run would make now, without making any.
 */
#ifndef UPLOAD_DRY_RUN_H
#define UPLOAD_DRY_RUN_H

#include <stdio.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "register/settings.h"
#include "store/store.h"

/*
 * One JSON object a line, in the order of the outbox:
 *   {"outbox":ULID,"kind":...,"step":...,"method":...,"url":...,"body":{...}}
 * Bodies are masked (register/mask.h). What only the register can tell stands as a word: an
 * address that a call before gives as ".../zaken/ZAAK", a type as "{status:Aangemeld}". A
 * look that comes before a call is shown as a GET; a chain that is held up by a dead or
 * resting record is not shown. Reads only: the store may be opened read-only.
 * *ret_calls counts the lines. Errors of the store, ERR_IO the file, ERR_NOMEM.
 */
NODISCARD enum err upload_dry_run(struct store *store, const struct clock *clock,
                                  const struct register_settings *settings, FILE *file,
                                  int64_t *ret_calls);

#endif
