#include "store/wall.h"

#include "store/meta.h"

#define META_LAST "last_wall_ms"
#define META_PIN_DAY "business_day"
#define META_PIN_UNTIL "business_day_until_ms"

/* ERR_OK with *ret_value unchanged when nothing is stored. */
static enum err read_int(struct store *s, const char *key, int64_t *ret_value)
{
    enum err e = store_meta_get_int(s, key, ret_value);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err store_wall_known(struct store *s, const struct clock *clock, struct wall_known *ret_known)
{
    int64_t last = 0;
    int64_t day = CIVIL_DAY_NONE;
    int64_t until = 0;
    enum err e = read_int(s, META_LAST, &last);
    if (e == ERR_OK && !clock->simulated)
        e = read_int(s, META_PIN_DAY, &day);
    if (e == ERR_OK && day != CIVIL_DAY_NONE)
        e = read_int(s, META_PIN_UNTIL, &until);
    if (e == ERR_OK)
        *ret_known = (struct wall_known){ clock->simulated, last, (civil_day)day, until };
    return e;
}

enum err store_wall_put_last(struct store *s, utc_ms last)
{
    return store_meta_put_int(s, META_LAST, last);
}

enum err store_wall_put_pin(struct store *s, civil_day day, utc_ms until)
{
    enum err e = store_meta_put_int(s, META_PIN_DAY, day);
    return e == ERR_OK ? store_meta_put_int(s, META_PIN_UNTIL, until) : e;
}
