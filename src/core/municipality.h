/*
 * src/core/municipality.h - the five municipalities that carry Dynamo, by CBS code.
 */
#ifndef CORE_MUNICIPALITY_H
#define CORE_MUNICIPALITY_H

#include <stdbool.h>
#include <stddef.h>

struct municipality {
    const char *code; /* "1674" */
    const char *name; /* "Roosendaal", the same in every language */
};

#define MUNICIPALITY_COUNT 5
#define MUNICIPALITY_SIZE 5 /* bytes of a code */
const struct municipality *municipality_at(size_t i); /* by name; NULL past the last */
const struct municipality *municipality_find(const char *code); /* NULL: another municipality */
bool municipality_code_valid(const char *code); /* four digits, of any municipality */

#endif
