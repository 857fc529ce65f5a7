#include "register/mask.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MASK "***"

static bool in(const char *key, const char *const *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

/* Shown wherever they stand. */
static bool is_plain(const char *key)
{
    static const char *const keys[] = { "bronorganisatie",
                                        "verantwoordelijkeOrganisatie",
                                        "zaaktype",
                                        "statustype",
                                        "roltype",
                                        "eigenschap",
                                        "zaak",
                                        "registratiedatum",
                                        "startdatum",
                                        "vertrouwelijkheidaanduiding",
                                        "kenmerk",
                                        "bron",
                                        "betrokkeneType",
                                        "datumStatusGezet",
                                        "referentienummer",
                                        "kanaal",
                                        "taal",
                                        "plaatsgevondenOp",
                                        "kioskRecord",
                                        "soort",
                                        "hoortBij",
                                        "rol",
                                        "objectId",
                                        "codeObjecttype",
                                        "codeRegister",
                                        "codeSoortObjectId",
                                        "soortDigitaalAdres",
                                        "referentie",
                                        "uuid",
                                        "status" };
    return in(key, keys, ARRAY_LEN(keys));
}

/* Shown in the outermost object only: in a rol it is a person's. */
static bool is_plain_outside(const char *key)
{
    return strcmp(key, "identificatie") == 0;
}

static bool mask(json_t *v, const char *key, int depth)
{
    const char *name;
    json_t *one;
    size_t i;
    bool ok = true;
    if (json_is_array(v)) {
        json_array_foreach(v, i, one) ok = ok && mask(one, key, depth + 1);
    } else if (json_is_object(v)) {
        json_object_foreach(v, name, one) ok = ok && mask(one, name, depth + 1);
    } else if (json_is_string(v) && json_string_length(v) > 0) {
        if (!is_plain(key) && !(depth == 1 && is_plain_outside(key)))
            ok = json_string_set(v, MASK) == 0;
    }
    return ok;
}

enum err register_mask(const char *body, struct buf *out)
{
    json_t *o = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(o)) {
        json_decref(o);
        return ERR_FORMAT;
    }
    char *text = mask(o, "", 0) ? json_dumps(o, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    json_decref(o);
    if (!text)
        return ERR_NOMEM;
    buf_adds(out, text);
    free(text);
    return buf_err(out);
}
