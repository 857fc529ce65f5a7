/*
 * src/store/call_request.h - who asked to be called back because no time was free.
 *
 * Name and phone number are sealed under the key of the day; nothing else of a row is personal.
 */
#ifndef STORE_CALL_REQUEST_H
#define STORE_CALL_REQUEST_H

#include <stddef.h>

#include "base/ulid.h"
#include "core/person.h"
#include "core/roster.h"
#include "store/store.h"

struct call_request_row {
    struct ulid id;
    char site[ROSTER_ID_SIZE];
    civil_day day;
    utc_ms at;
    char municipality[MUNICIPALITY_SIZE];
    enum topic topic;
    char lang[PERSON_LANG_SIZE];
};
struct call_request_rows { /* owns v; all-zero is empty */
    struct call_request_row *v;
    size_t n, cap;
};
void call_request_rows_done(struct call_request_rows *l);

/* Stores a new one, or the same one (its id) anew; municipality, topic and lang are taken from p.
 * ERR_EXISTS: this person has another of that day. */
NODISCARD enum err store_call_request_put(struct store *s, const struct call_request_row *r,
                                          const struct person *p);
NODISCARD enum err store_call_request_get(struct store *s, const struct ulid *id,
                                          struct call_request_row *ret_row); /* ERR_NOT_FOUND */
/* Of the same names and birth date on that day. ERR_NOT_FOUND. */
NODISCARD enum err store_call_request_of_person(struct store *s, civil_day day,
                                                const struct person *p,
                                                struct call_request_row *ret_row);
/* Opens the personal fields. ERR_NOT_FOUND; ERR_DENIED the day's key is gone. */
NODISCARD enum err store_call_request_person(struct store *s, const struct ulid *id,
                                             struct person *ret_person);
/* Of both days and between, the first asked first. */
NODISCARD enum err store_call_requests(struct store *s, civil_day first, civil_day last,
                                       struct call_request_rows *ret_list);

#endif
