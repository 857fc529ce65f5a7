/*
 * src/register/jwt.h - the ZGW token: JWT signed with HS256 (RFC 7519, 7515).
 */
#ifndef REGISTER_JWT_H
#define REGISTER_JWT_H

#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"

struct jwt_claims {
    const char *iss; /* who made it */
    int64_t iat_s;   /* seconds since 1970; servers refuse it after an hour */
    const char *client_id;
    const char *user_id;
    const char *user_representation; /* stands in the register's audit trail */
};

/* Appends the token. ERR_LIMIT, ERR_NOMEM; ERR_INVAL a claim is not UTF-8. */
NODISCARD enum err jwt_make(const struct jwt_claims *c, const char *secret, struct buf *out);

#endif
