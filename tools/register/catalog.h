/*
 * tools/register/catalog.h - the types that the register's manager has set up
 * (register.md 1.2): zaaktype DYNAMO-INLOOP and, not published, DYNAMO-CONCEPT. Told to, it has
 * a second version of the first, valid from 2025 on, with types of its own.
 */
#ifndef TOOLS_REGISTER_CATALOG_H
#define TOOLS_REGISTER_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

#define ZAAKTYPE_UUID "0a6f5c52-1f0e-4b7c-8a5e-3b9d1c7e2f01"
#define CONCEPT_UUID "0a6f5c52-1f0e-4b7c-8a5e-3b9d1c7e2f02"

enum catalog_kind { CATALOG_STATUS, CATALOG_ROL, CATALOG_PROPERTY, CATALOG_RESULT };

/* The Catalogi API allows an eigenschap a name of 20 characters. */
#define CATALOG_NAAM "%.20s"

struct catalog_type {
    enum catalog_kind kind;
    const char *uuid, *name; /* of an eigenschap in full; served cut by CATALOG_NAAM */
    const char *generic; /* rol: omschrijvingGeneriek */
    bool end;            /* status: closes the zaak */
};

/* The type with that address, or NULL: also when it is of another kind. */
const struct catalog_type *catalog_find(enum catalog_kind kind, const char *url);

enum catalog_zaaktype { CATALOG_UNKNOWN, CATALOG_CONCEPT, CATALOG_FIRST, CATALOG_SECOND };
enum catalog_zaaktype catalog_zaaktype_of(const char *url);

/* Of which version of the zaaktype an address of the catalogue is: 1 or 2. */
int catalog_version(const char *url);

#endif
