/*
 * src/core/day_map.h - which five-minute pieces of a day are open.
 *
 * Spans are cut to whole pieces inside 0..1440. All-zero is a closed day.
 */
#ifndef CORE_DAY_MAP_H
#define CORE_DAY_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/civil.h"

#define DAY_MAP_PIECE 5 /* minutes */
#define DAY_MAP_PIECES (DAY_MINUTES / DAY_MAP_PIECE)
#define DAY_MAP_WORDS ((DAY_MAP_PIECES + 63) / 64)

struct day_map {
    uint64_t w[DAY_MAP_WORDS];
};

void day_map_add(struct day_map *m, struct minute_span span);
void day_map_cut(struct day_map *m, struct minute_span span);
void day_map_meet(struct day_map *m, const struct day_map *other);    /* what both have */
void day_map_join(struct day_map *m, const struct day_map *other);    /* what either has */
void day_map_without(struct day_map *m, const struct day_map *other); /* what it alone has */
bool day_map_has(const struct day_map *m, int minute);
/* The first open span at or after *minute; moves *minute to its end. False: none. */
bool day_map_next(const struct day_map *m, int *minute, struct minute_span *ret_span);

#endif
