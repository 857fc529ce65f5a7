/*
 * src/upload/versions.h - the types of a run, in each version of the zaaktype that it meets.
 *
 * A zaak keeps the version of its zaaktype under which it was opened, and takes statuses, roles
 * and properties of that one only; an appointment may be made under one version and kept under
 * the next. Inside the module only.
 */
#ifndef UPLOAD_VERSIONS_H
#define UPLOAD_VERSIONS_H

#include "register/link.h"

struct versions {
    struct register_types now;   /* of the version that is valid today */
    struct register_types other; /* of the older one that was needed last */
    bool loaded;                 /* `other` is as whole as the catalogue has it */
};

/* The types for a zaak of that version, "" when it is not known; NULL: load them first. */
const struct register_types *versions_of(const struct versions *v, const char *zaaktype);

/* Loads them into `other`, whose types may be missing. ERR_NET with its verdict: not all could be
 * asked for, call it again. */
NODISCARD enum err versions_load(struct versions *v, struct register_link *l, const char *zaaktype,
                                 struct register_verdict *ret_verdict);

#endif
