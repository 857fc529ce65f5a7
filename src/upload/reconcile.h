/*
 * src/upload/reconcile.h - asks the register for what was sent, and compares.
 *
 * Each acknowledged step is looked for as it would be after a lost answer: by our own number,
 * instant or property, never by what it says of a person. What the register does not hold any
 * more is marked as lost, with what follows it in its chain, and sent again only when somebody
 * says so: it may have been deleted there on purpose. What stands there otherwise (another
 * value, another's record under our number) is told and left alone as well.
 */
#ifndef UPLOAD_RECONCILE_H
#define UPLOAD_RECONCILE_H

#include "upload/upload.h"

struct upload_compared {
    int64_t same;      /* records that are there as they were sent */
    int64_t missing;   /* of which the register has lost something */
    int64_t differing; /* of which something stands there otherwise */
    int64_t unread;    /* that cannot be compared: their key is gone */
    int64_t lost;      /* records marked as lost, followers included */
    int64_t calls;
    bool complete;               /* all that was sent since then was compared */
    struct register_problem why; /* why not */
};

/*
 * Compares what was sent at `since` or later. `o` as for upload_run(); its time limit counts
 * from here. ERR_OK also when something differs or the register could not be asked: the
 * result says. Errors of the store and of the port as upload_run().
 */
NODISCARD enum err upload_reconcile(const struct upload_options *o, utc_ms since,
                                    struct upload_compared *ret_compared);

#endif
