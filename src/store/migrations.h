/*
 * src/store/migrations.h - the numbered files of src/store/sql/, embedded by tools/embed-sql.
 */
#ifndef STORE_MIGRATIONS_H
#define STORE_MIGRATIONS_H

struct migration {
    int version; /* the schema's version after it; 1, 2, 3 ... without a gap */
    const char *name;
    const char *sql;
};
extern const struct migration store_migrations[];
extern const int store_migrations_n;

#endif
