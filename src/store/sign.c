#include "store/sign.h"

#include "store/inside.h"

enum err store_sign(struct store *s, const void *bytes, size_t n,
                    unsigned char ret_signature[SIGN_SIZE],
                    unsigned char ret_public[SIGN_PUBLIC_SIZE])
{
    if (!s->keys)
        return ERR_DENIED;
    enum err e = sign_as_upload(s->keys, bytes, n, ret_signature, ret_public);
    return e == ERR_INVAL ? ERR_DENIED : e;
}
