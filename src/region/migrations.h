/*
 * src/region/migrations.h - the numbered files of src/region/sql/, embedded by tools/embed-sql.
 */
#ifndef REGION_MIGRATIONS_H
#define REGION_MIGRATIONS_H

struct migration {
    int version; /* the schema's version after it; 1, 2, 3 ... without a gap */
    const char *name;
    const char *sql;
};
extern const struct migration region_migrations[];
extern const int region_migrations_n;

#endif
