/*
 * src/core/ticket.h - ticket numbers: a letter per series, two digits or more.
 *
 * Letters are those that are not mistaken for digits or for each other, by ear
 * or by eye. "A01" .. "A99", then "A100". Numbers come from a counter, never
 * from here.
 */
#ifndef CORE_TICKET_H
#define CORE_TICKET_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"

#define TICKET_SERIES "ACEFHKLPRT"
#define TICKET_SERIES_DEFAULT 'A'
#define TICKET_NUMBER_MAX 9999
#define TICKET_SIZE 6

struct ticket {
    char series; /* one of TICKET_SERIES */
    int number;  /* 1..TICKET_NUMBER_MAX */
};

bool ticket_series_valid(char series);
void ticket_format(struct ticket t, char out[TICKET_SIZE]);
/* "A01"; small letters are taken, other lengths ("A1", "A001") are not. ERR_FORMAT. */
NODISCARD enum err ticket_parse(const char *s, struct ticket *ret_ticket);

#endif
