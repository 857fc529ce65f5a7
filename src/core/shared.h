/*
 * src/core/shared.h - which part of a coach's day other houses of the region may book.
 *
 * Time is cut into blocks of a fixed length, counted from midnight UTC. One block in so many
 * is shared: which one turns by the coach and by the day, so that no hour is always or never
 * shared. A shared block is claimed in the region, by everyone, online; every other block by
 * the coach's own house alone. So two houses never decide about the same five minutes. An
 * appointment with its buffer lies wholly in the one or wholly in the other kind.
 *
 * The rule belongs to the region and is the same in every house: the database of the region
 * computes the same function (src/region/sql, seat_is_shared).
 */
#ifndef CORE_SHARED_H
#define CORE_SHARED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

struct shared_rule {
    int block_minutes; /* 30, 60, 120 ...: a divisor of 1440 and a multiple of 5 */
    int one_in;        /* 1..24: one block in so many is shared; 0: no region, none is */
};

#define SHARED_BLOCK_MINUTES 60
#define SHARED_ONE_IN 3

bool shared_rule_valid(const struct shared_rule *r);

/* What a coach's turn starts with: the sum of the bytes of the id. */
int shared_turn(const char *coach);
/* Whether the block that holds an instant is shared. */
bool shared_at(const struct shared_rule *r, const char *coach, utc_ms at);

enum shared_kind {
    SHARED_LOCAL,  /* wholly in blocks of the house */
    SHARED_REGION, /* wholly in shared blocks */
    SHARED_CROSSES /* in both: never offered */
};
/* Of [start, stop), stop after start. */
enum shared_kind shared_kind_of(const struct shared_rule *r, const char *coach, utc_ms start,
                                utc_ms stop);

#endif
