/*
 * src/ctl/ids.h - ids of holds and appointments as they were printed.
 */
#ifndef CTL_IDS_H
#define CTL_IDS_H

#include "base/ulid.h"
#include "ctl/command.h"

/* The id in an option that was given. False, after saying so, when it is none. */
NODISCARD bool ctl_id(const struct ctl *c, const char *option, struct ulid *ret_id);

#endif
