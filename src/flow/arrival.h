/*
 * src/flow/arrival.h - what a visitor is shown who came in: line, token, late.
 */
#ifndef FLOW_ARRIVAL_H
#define FLOW_ARRIVAL_H

#include "flow/arrive.h"
#include "flow/work.h"

/*
 * Read behind the commit: nobody else waits for the lock meanwhile, and the number stands
 * whatever comes of the reading. A wait that cannot be read is unknown. ERR_DENIED: the day has
 * no keys. ret_arrival may be NULL: then nothing is read.
 */
NODISCARD enum err arrival_of(struct flow *f, const struct visit_row *v, bool existing,
                              struct arrival *ret_arrival);
/* Who was missed and is at the kiosk again waits again; any other visit stays as it is. */
NODISCARD enum err arrival_return(struct flow *f, struct visit_row *v);

#endif
