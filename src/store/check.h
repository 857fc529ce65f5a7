/*
 * src/store/check.h - whether the stored rows agree with each other.
 */
#ifndef STORE_CHECK_H
#define STORE_CHECK_H

#include "store/store.h"

typedef void (*store_said)(void *arg, const char *line);

/*
 * The file's own integrity, foreign keys, and the invariants of the domain: held and
 * booked appointments have exactly their claims, and no other but checked-in ones have any;
 * tickets run from 1 to their counter without a gap; at most one visit per coach and per
 * person; the events of each visit and appointment are numbered without a gap, join up, and
 * end in its present state; a checked-in appointment and its visit name each other; the
 * records of an outbox chain rise in time; at most one step of a record is in flight. One
 * English line per finding, without personal data; at most 100 lines a rule. The audit chain
 * has its own call (audit.h).
 * ERR_CORRUPT when there was a finding.
 */
NODISCARD enum err store_check(struct store *s, store_said say, void *arg);

#endif
