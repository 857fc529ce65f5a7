/*
 * src/core/day_map.h - which five-minute pieces of a day are open.
 *
 * Spans are cut to whole pieces inside 0..1440. All-zero is a closed day. Inline,
 * because listing slots spends half its time here.
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

static inline struct minute_span day_map_pieces_of(struct minute_span span)
{
    int from = span.from < 0 ? 0 : (span.from + DAY_MAP_PIECE - 1) / DAY_MAP_PIECE;
    int to = (span.to > DAY_MINUTES ? DAY_MINUTES : span.to) / DAY_MAP_PIECE;
    return (struct minute_span){ from, to };
}

/* Sets or clears the bits [from, to) of a row of words, a word at a time. */
static inline void bits_put(uint64_t *w, int from, int to, bool on)
{
    while (from < to) {
        int word = from / 64, end = to < (word + 1) * 64 ? to : (word + 1) * 64;
        uint64_t mask = UINT64_MAX >> (64 - (end - from)) << from % 64;
        w[word] = on ? w[word] | mask : w[word] & ~mask;
        from = end;
    }
}

static inline void day_map_put(struct day_map *m, struct minute_span p, bool open)
{
    bits_put(m->w, p.from, p.to, open);
}

static inline void day_map_add(struct day_map *m, struct minute_span span)
{
    day_map_put(m, day_map_pieces_of(span), true);
}

static inline void day_map_cut(struct day_map *m, struct minute_span span)
{
    day_map_put(m, day_map_pieces_of(span), false);
}

/* What both have. */
static inline void day_map_meet(struct day_map *m, const struct day_map *other)
{
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        m->w[i] &= other->w[i];
}

/* What either has. */
static inline void day_map_join(struct day_map *m, const struct day_map *other)
{
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        m->w[i] |= other->w[i];
}

/* What it alone has. */
static inline void day_map_without(struct day_map *m, const struct day_map *other)
{
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        m->w[i] &= ~other->w[i];
}

static inline bool day_map_same(const struct day_map *a, const struct day_map *b)
{
    uint64_t differ = 0;
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        differ |= a->w[i] ^ b->w[i];
    return differ == 0;
}

static inline bool day_map_has(const struct day_map *m, int minute)
{
    int piece = minute / DAY_MAP_PIECE;
    return minute >= 0 && minute < DAY_MINUTES && (m->w[piece / 64] >> piece % 64 & 1) != 0;
}

/* The first piece at or after `from` that is (or is not) open, else DAY_MAP_PIECES. */
static inline int day_map_find(const struct day_map *m, int from, bool open)
{
    uint64_t flip = open ? 0 : UINT64_MAX;
    if (from >= DAY_MAP_PIECES)
        return DAY_MAP_PIECES;
    int i = from / 64;
    uint64_t w = (m->w[i] ^ flip) & UINT64_MAX << from % 64;
    while (w == 0) {
        if (++i == DAY_MAP_WORDS)
            return DAY_MAP_PIECES;
        w = m->w[i] ^ flip;
    }
    int found = i * 64 + __builtin_ctzll(w);
    return found < DAY_MAP_PIECES ? found : DAY_MAP_PIECES;
}

/* The first open span at or after *minute; moves *minute to its end. False: none. */
static inline bool day_map_next(const struct day_map *m, int *minute, struct minute_span *ret_span)
{
    int from = day_map_find(m, *minute / DAY_MAP_PIECE, true);
    if (from == DAY_MAP_PIECES)
        return false;
    int to = day_map_find(m, from, false);
    *ret_span = (struct minute_span){ from * DAY_MAP_PIECE, to * DAY_MAP_PIECE };
    *minute = ret_span->to;
    return true;
}

#endif
