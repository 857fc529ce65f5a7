/*
 * src/region/migrations.h - the numbered files of src/region/sql/, embedded by tools/embed-sql.
 */
#ifndef REGION_MIGRATIONS_H
#define REGION_MIGRATIONS_H

#include "store/migrations.h" /* struct migration */

extern const struct migration region_migrations[];
extern const int region_migrations_n;

#endif
