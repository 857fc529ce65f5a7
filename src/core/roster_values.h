/*
 * src/core/roster_values.h - reading the single values of a roster file.
 *
 * Each reads `json` into `out`, or tells the fault at `at` and leaves it. The
 * JSON library's types stay inside the files that include this.
 */
#ifndef CORE_ROSTER_VALUES_H
#define CORE_ROSTER_VALUES_H

#include <jansson.h>

#include "core/roster_notes.h"

#define PIECE_MINUTES 5 /* every time and length is a multiple of this */

struct reader {
    struct roster_notes *notes;
    struct roster *roster; /* what is being made; services come before coaches */
    bool no_memory;
};

/* One field of an object: reads `json` into `out`, telling faults at `at`. */
struct field {
    const char *key;
    void (*read)(struct reader *rd, const struct roster_place *at, const json_t *json,
                 const struct field *f, void *out);
    size_t offset;     /* in the struct of the object */
    int least, most;   /* numbers: range; texts: most letters */
    int step;          /* numbers: a multiple of this */
    size_t size;       /* texts: bytes */
    bool optional;
};

typedef void value_reader(struct reader *rd, const struct roster_place *at, const json_t *json,
                          const struct field *f, void *out);

value_reader value_text;          /* char[f->size], at most f->most letters */
value_reader value_id;            /* char[ROSTER_ID_SIZE] */
value_reader value_timezone;      /* char[f->size] */
value_reader value_municipality;  /* char[MUNICIPALITY_SIZE] */
value_reader value_int;           /* int, f->least .. f->most, a multiple of f->step */
value_reader value_bool;          /* bool */
value_reader value_date;          /* civil_day */
value_reader value_date_or_null;  /* civil_day; null: CIVIL_DAY_FOREVER */
value_reader value_time;          /* int, minutes after midnight, a multiple of f->step */
value_reader value_series;        /* char */
value_reader value_kind;          /* enum exception_kind */
value_reader value_weekdays;      /* unsigned, a bit per weekday */
value_reader value_open_for;      /* unsigned, OPEN_* */
value_reader value_topics;        /* unsigned, a bit per topic */
value_reader value_coach_services; /* uint64_t, a bit per service already read */

#endif
