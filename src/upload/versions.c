#include "upload/versions.h"

#include <stdio.h>

const struct register_types *versions_of(const struct versions *v, const char *zaaktype)
{
    if (register_types_are_of(&v->now, zaaktype))
        return &v->now;
    return register_types_are_of(&v->other, zaaktype) && v->loaded ? &v->other : NULL;
}

enum err versions_load(struct versions *v, struct register_link *l, const char *zaaktype,
                       struct register_verdict *ret_verdict)
{
    if (!register_types_are_of(&v->other, zaaktype)) {
        v->other = (struct register_types){ 0 };
        snprintf(v->other.url[TYPE_ZAAK], sizeof v->other.url[TYPE_ZAAK], "%s", zaaktype);
    }
    v->loaded = false;
    enum err e = register_types_load(l, ret_verdict, &v->other);
    v->loaded = e == ERR_OK || e == ERR_NOT_FOUND; /* a record that needs what is missing says so */
    return v->loaded ? ERR_OK : e;
}
