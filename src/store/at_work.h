/*
 * src/store/at_work.h - which coaches are at work now.
 */
#ifndef STORE_AT_WORK_H
#define STORE_AT_WORK_H

#include <stddef.h>

#include "core/roster.h"
#include "store/store.h"

struct at_work_row {
    char coach[ROSTER_ID_SIZE];
    utc_ms since;
    bool paused;
};
struct at_work_rows { /* owns v; all-zero is empty */
    struct at_work_row *v;
    size_t n, cap;
};
void at_work_rows_done(struct at_work_rows *l);

/* At work, or paused; `since` stays from the first call. */
NODISCARD enum err store_at_work_set(struct store *s, const char *coach, utc_ms since, bool paused);
NODISCARD enum err store_at_work_clear(struct store *s, const char *coach); /* NULL: everybody */
/* By coach. */
NODISCARD enum err store_at_work_list(struct store *s, struct at_work_rows *ret_list);

#endif
