/*
 * src/flow/redirect.h - the register hears where a visit goes, also when that is undone.
 */
#ifndef FLOW_REDIRECT_H
#define FLOW_REDIRECT_H

#include "flow/work.h"

NODISCARD enum err redirect_tell(struct flow *f, const struct visit_row *v);

#endif
