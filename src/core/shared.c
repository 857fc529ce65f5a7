#include "core/shared.h"

#define DAY_MINUTES 1440
#define ONE_IN_MAX 24

bool shared_rule_valid(const struct shared_rule *r)
{
    return r->block_minutes >= 5 && r->block_minutes <= DAY_MINUTES && r->block_minutes % 5 == 0 &&
           DAY_MINUTES % r->block_minutes == 0 && r->one_in >= 1 && r->one_in <= ONE_IN_MAX;
}

int shared_turn(const char *coach)
{
    int turn = 0;
    for (; *coach; coach++)
        turn += (unsigned char)*coach;
    return turn;
}

static int64_t block_of(const struct shared_rule *r, utc_ms at)
{
    int64_t length = r->block_minutes * MINUTE_MS;
    return at / length - (at % length < 0 ? 1 : 0);
}

/* Blocks per day may be a multiple of one_in; the day in the sum moves the turn on. */
static bool block_shared(const struct shared_rule *r, int turn, int64_t block)
{
    int64_t per_day = DAY_MINUTES / r->block_minutes;
    int64_t day = block / per_day - (block % per_day < 0 ? 1 : 0);
    return (block + day + turn) % r->one_in == 0;
}

bool shared_at(const struct shared_rule *r, const char *coach, utc_ms at)
{
    return r->one_in > 0 && block_shared(r, shared_turn(coach), block_of(r, at));
}

enum shared_kind shared_kind_of(const struct shared_rule *r, const char *coach, utc_ms start,
                                utc_ms stop)
{
    if (r->one_in <= 0)
        return SHARED_LOCAL;
    int turn = shared_turn(coach);
    int64_t first = block_of(r, start);
    int64_t last = block_of(r, stop - 1);
    bool shared = block_shared(r, turn, first);
    for (int64_t b = first + 1; b <= last; b++)
        if (block_shared(r, turn, b) != shared)
            return SHARED_CROSSES;
    return shared ? SHARED_REGION : SHARED_LOCAL;
}
