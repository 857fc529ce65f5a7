/*
 * src/desk/forms.h - fields that several pages ask for.
 */
#ifndef DESK_FORMS_H
#define DESK_FORMS_H

#include "desk/page.h"

struct forms_free {
    const char *name, *label;
    const char *service;
    const char *coach; /* NULL: any */
    const char *none;  /* label of "no time", or NULL when one must be chosen */
    utc_ms chosen;     /* the start that is chosen beforehand, when it is free; 0: none */
};
/* A list of free times on the half hour in the coming 4 weeks; values are RFC 3339, with the
 * coach behind a space when any would do. */
void forms_free_times(struct desk *d, const struct forms_free *f, struct buf *o);

/* The instant and the coach of such a value: false when it is none. *ret_coach lies in `coach`,
 * or is NULL. */
NODISCARD bool forms_read_time(const char *value, utc_ms *ret_at, char coach[ROSTER_ID_SIZE],
                               const char **ret_coach);

/* Name, birth date, municipality, topic, and ways to reach somebody when `reach`. */
void forms_person(struct desk *d, const struct request *r, bool reach, struct buf *o);
/* The same, filled in with what is known. */
void forms_person_with(struct desk *d, const struct request *r, bool reach,
                       const struct person *p, struct buf *o);
/* What that form sent. A fault names its field: the answer is in *out and false comes back. */
NODISCARD bool forms_read_person(struct desk *d, const struct request *r, struct person *ret_person,
                                 struct reply *out);
#define FORMS_PERSON_KEYS "given family birth municipality topic phone email lang"

#endif
