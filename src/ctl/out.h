/*
 * src/ctl/out.h - results on stdout: JSON lines for programs, tables for people.
 *
 * A command writes a row field by field and ends it; the keys are those of
 * contracts.md. As JSON each row goes out at once as one object a line. For
 * people the rows are kept and set as one aligned table by out_finish(), or the
 * command says a sentence instead. Times are RFC 3339 with the local offset.
 */
#ifndef CTL_OUT_H
#define CTL_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "core/civil.h"
#include "core/zone.h"

#define OUT_COLUMNS_MAX 32

struct json_t;

struct out_cell {
    char *text;  /* owned */
    bool number; /* set to the right */
};

struct out {
    FILE *file;              /* borrowed */
    bool json;
    const struct zone *zone; /* borrowed; NULL is UTC */
    struct json_t *object;   /* the open row as JSON, owned */
    struct out_cell *cells;  /* the table's rows, `columns` each, then the open row */
    size_t n, cap;
    const char *keys[OUT_COLUMNS_MAX]; /* of the table */
    size_t columns;                    /* of the table; 0: no row yet */
    const char *open_keys[OUT_COLUMNS_MAX];
    size_t open;             /* fields of the open row */
    bool failed;             /* no memory, or the file could not be written */
};

void out_init(struct out *o, FILE *file, bool json);
void out_done(struct out *o);

/* Fields. A NULL or empty text is null, so is a time of 0. Keys are literals. */
void out_text(struct out *o, const char *key, const char *value);
void out_int(struct out *o, const char *key, int64_t value);
void out_bool(struct out *o, const char *key, bool value);
void out_null(struct out *o, const char *key);
void out_time(struct out *o, const char *key, utc_ms at);
void out_day(struct out *o, const char *key, civil_day day);
void out_words(struct out *o, const char *key, const char *const *words, size_t n); /* a list */
/* Ends the row. One with other keys than the row before starts a new table. */
void out_row(struct out *o);

/* For people only, as it is, with a newline: nothing when the output is JSON. */
void out_say(struct out *o, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A whole text, in both forms: a manual page, an exported roster. */
void out_raw(struct out *o, const char *text, size_t n);

/* Sets the table, if any, and flushes. ERR_IO: not everything was written. */
NODISCARD enum err out_finish(struct out *o);

/* "Mon 23 Mar 2026 10:00", local; for sentences. */
#define OUT_WHEN_SIZE 32
void out_when(const struct out *o, utc_ms at, char when[OUT_WHEN_SIZE]);

#endif
