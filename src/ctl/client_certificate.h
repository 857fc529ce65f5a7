/*
 * src/ctl/client_certificate.h - how long our certificate for the register still holds.
 */
#ifndef CTL_CLIENT_CERTIFICATE_H
#define CTL_CLIENT_CERTIFICATE_H

#include <stdbool.h>

#include "base/clock.h"
#include "ctl/command.h"

struct client_certificate {
    bool set;             /* [register] cert_file is */
    bool wrong;           /* a person must act */
    utc_ms until;         /* 0: not known */
    const char *sentence; /* what is so; "" when none is set */
    const char *ask;      /* what to do; "" when nothing */
};

struct client_certificate client_certificate_look(const struct ctl *c);

#endif
