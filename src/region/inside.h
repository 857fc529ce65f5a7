/*
 * src/region/inside.h - one statement and its answer; only of use in region.
 *
 *   struct args a = { 0 };
 *   arg_text(&a, coach);
 *   CLEANUP(answer_done) struct answer q = { 0 };
 *   enum err e = ask(r, "SELECT f($1)", &a, &q);
 */
#ifndef REGION_INSIDE_H
#define REGION_INSIDE_H

#include <libpq-fe.h>

#include "region/region.h"

#define ARGS_MAX 12
#define REGION_WORDS_SIZE 256 /* of the server, in a log */

struct region {
    PGconn *conn;
    int wait_ms;
    char why[REGION_WORDS_SIZE];
};

struct args {
    int n;
    const char *v[ARGS_MAX];
    char room[ARGS_MAX][24]; /* of numbers */
};
void arg_text(struct args *a, const char *text); /* borrowed; NULL is NULL */
void arg_int(struct args *a, int64_t n);

struct answer {
    PGresult *v; /* NULL: none */
};
void answer_done(struct answer *q);
NODISCARD enum err ask(struct region *r, const char *sql, const struct args *a, struct answer *ret);
/* Where the answer does not matter; several statements where there are no arguments. */
NODISCARD enum err tell_region(struct region *r, const char *sql, const struct args *a);

int rows_of(const struct answer *q);
const char *cell(const struct answer *q, int row, int column); /* "" for NULL */
int64_t cell_int(const struct answer *q, int row, int column);
bool cell_bool(const struct answer *q, int row, int column);
/* ERR_CORRUPT: longer than n - 1. */
NODISCARD enum err cell_put(const struct answer *q, int row, int column, char *out, size_t n);
/* A bytea of at most n bytes. */
NODISCARD enum err cell_bytes(const struct answer *q, int row, int column, void *out, size_t n,
                              size_t *ret_n);
/* "\x0a1b" into `out`, which holds 2 * n + 3. */
void bytes_text(const void *bytes, size_t n, char *out);

#endif
