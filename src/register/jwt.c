#include "register/jwt.h"

#include <jansson.h>
#include <string.h>

#include "base/mem.h"
#include "crypt/hmac.h"

static const char head[] = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";

enum err jwt_make(const struct jwt_claims *c, const char *secret, struct buf *out)
{
    json_t *o = json_pack("{s:s, s:I, s:s, s:s, s:s}", "iss", c->iss, "iat", (json_int_t)c->iat_s,
                          "client_id", c->client_id, "user_id", c->user_id, "user_representation",
                          c->user_representation);
    if (!o)
        return ERR_INVAL;
    char *claims = json_dumps(o, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(o);
    if (!claims)
        return ERR_NOMEM;
    size_t start = out->n;
    crypt_base64url(out, head, sizeof head - 1);
    buf_addc(out, '.');
    crypt_base64url(out, claims, strlen(claims));
    free(claims);
    if (out->failed)
        return buf_err(out);
    unsigned char mac[CRYPT_HMAC_SIZE];
    crypt_hmac_sha256(secret, strlen(secret), out->v + start, out->n - start, mac);
    buf_addc(out, '.');
    crypt_base64url(out, mac, sizeof mac);
    return buf_err(out);
}
