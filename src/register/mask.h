/*
 * src/register/mask.h - a body as it may be shown: without what it says of a person.
 */
#ifndef REGISTER_MASK_H
#define REGISTER_MASK_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"

/*
 * Appends the JSON object `body` with "***" for every text but those under keys that never
 * hold what somebody typed or is: numbers of ours, types, instants of the call. A key that
 * is new to this file is masked. ERR_FORMAT no JSON object, ERR_LIMIT, ERR_NOMEM.
 */
NODISCARD enum err register_mask(const char *body, struct buf *out);

#endif
