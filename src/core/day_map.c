#include "core/day_map.h"

static struct minute_span pieces_of(struct minute_span span)
{
    int from = span.from < 0 ? 0 : (span.from + DAY_MAP_PIECE - 1) / DAY_MAP_PIECE;
    int to = (span.to > DAY_MINUTES ? DAY_MINUTES : span.to) / DAY_MAP_PIECE;
    return (struct minute_span){ from, to };
}

/* Sets or clears the pieces [from, to), a word at a time. */
static void put(struct day_map *m, struct minute_span p, bool open)
{
    while (p.from < p.to) {
        int word = p.from / 64, end = p.to < (word + 1) * 64 ? p.to : (word + 1) * 64;
        uint64_t mask = UINT64_MAX >> (64 - (end - p.from)) << p.from % 64;
        m->w[word] = open ? m->w[word] | mask : m->w[word] & ~mask;
        p.from = end;
    }
}

void day_map_add(struct day_map *m, struct minute_span span)
{
    put(m, pieces_of(span), true);
}

void day_map_cut(struct day_map *m, struct minute_span span)
{
    put(m, pieces_of(span), false);
}

void day_map_meet(struct day_map *m, const struct day_map *other)
{
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        m->w[i] &= other->w[i];
}

void day_map_join(struct day_map *m, const struct day_map *other)
{
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        m->w[i] |= other->w[i];
}

void day_map_without(struct day_map *m, const struct day_map *other)
{
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        m->w[i] &= ~other->w[i];
}

bool day_map_has(const struct day_map *m, int minute)
{
    int piece = minute / DAY_MAP_PIECE;
    return minute >= 0 && minute < DAY_MINUTES && (m->w[piece / 64] >> piece % 64 & 1) != 0;
}

/* The first piece at or after `from` that is (or is not) open, else DAY_MAP_PIECES. */
static int find_piece(const struct day_map *m, int from, bool open)
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

bool day_map_next(const struct day_map *m, int *minute, struct minute_span *ret_span)
{
    int from = find_piece(m, *minute / DAY_MAP_PIECE, true);
    if (from == DAY_MAP_PIECES)
        return false;
    int to = find_piece(m, from, false);
    *ret_span = (struct minute_span){ from * DAY_MAP_PIECE, to * DAY_MAP_PIECE };
    *minute = ret_span->to;
    return true;
}
