/*
 * src/register/types.h - the addresses of the types in the register's catalogue.
 *
 * No url of a type is configured: each run looks up the zaaktype by its
 * identificatie, then the rest by name.
 */
#ifndef REGISTER_TYPES_H
#define REGISTER_TYPES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "register/settings.h"

enum register_type {
    TYPE_ZAAK,
    TYPE_STATUS_REGISTERED, /* Aangemeld */
    TYPE_STATUS_BOOKED,     /* Afspraak gepland */
    TYPE_STATUS_CANCELLED,  /* Afspraak geannuleerd */
    TYPE_STATUS_ATTENDED,   /* Verschenen */
    TYPE_STATUS_NO_SHOW,    /* Niet verschenen */
    TYPE_ROL_INITIATOR,
    TYPE_ROL_BEHANDELAAR,
    TYPE_PROP_APPOINTMENT, /* afspraak_begin */
    TYPE_PROP_NOTICE,      /* privacyverklaring */
    TYPE_PROP_REMINDER,    /* toestemming_herinnering */
    TYPE_COUNT
};

struct register_types {
    char url[TYPE_COUNT][REGISTER_URL_SIZE]; /* empty: not in the catalogue */
};

/* How a type stands in a body: "{status:Verschenen}". */
const char *register_type_mark(enum register_type t);
/* What the register calls it: "Verschenen". For the zaaktype: "zaaktype". An eigenschap's
 * name may be cut there: the Catalogi API has room for 20 characters. */
const char *register_type_name(enum register_type t);
/* The type with that placeholder; TYPE_COUNT when there is none. */
enum register_type register_type_of_mark(const char *mark);

/* They are of that version of the zaaktype, or of whichever when the address is "". */
bool register_types_are_of(const struct register_types *t, const char *zaaktype);

/* How many are not known; *ret_first, when there is one, is the first of them. */
size_t register_types_missing(const struct register_types *t, enum register_type *ret_first);

#endif
