#include "core/day_map.h"

/* The pieces [from, to) of word i as a mask. */
static uint64_t mask_of(int word, int from, int to)
{
    int lo = from - word * 64, hi = to - word * 64;
    lo = lo < 0 ? 0 : lo;
    hi = hi > 64 ? 64 : hi;
    if (lo >= hi)
        return 0;
    return (hi == 64 ? UINT64_MAX : (UINT64_C(1) << hi) - 1) & ~((UINT64_C(1) << lo) - 1);
}

static struct minute_span pieces_of(struct minute_span span)
{
    int from = span.from < 0 ? 0 : (span.from + DAY_MAP_PIECE - 1) / DAY_MAP_PIECE;
    int to = (span.to > DAY_MINUTES ? DAY_MINUTES : span.to) / DAY_MAP_PIECE;
    return (struct minute_span){ from, to };
}

void day_map_add(struct day_map *m, struct minute_span span)
{
    struct minute_span p = pieces_of(span);
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        m->w[i] |= mask_of(i, p.from, p.to);
}

void day_map_cut(struct day_map *m, struct minute_span span)
{
    struct minute_span p = pieces_of(span);
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        m->w[i] &= ~mask_of(i, p.from, p.to);
}

void day_map_meet(struct day_map *m, const struct day_map *other)
{
    for (int i = 0; i < DAY_MAP_WORDS; i++)
        m->w[i] &= other->w[i];
}

bool day_map_has(const struct day_map *m, int minute)
{
    int piece = minute / DAY_MAP_PIECE;
    return minute >= 0 && minute < DAY_MINUTES && (m->w[piece / 64] >> piece % 64 & 1) != 0;
}

/* The first piece at or after `from` that is (or is not) open, else DAY_MAP_PIECES. */
static int find_piece(const struct day_map *m, int from, bool open)
{
    for (int i = from / 64; i < DAY_MAP_WORDS; i++) {
        uint64_t w = (open ? m->w[i] : ~m->w[i]) & mask_of(i, from, DAY_MAP_PIECES);
        if (w != 0)
            return i * 64 + __builtin_ctzll(w);
    }
    return DAY_MAP_PIECES;
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
