#include "store/reason.h"

#include <stdlib.h>
#include <string.h>

#include "store/event.h"
#include "store/retention.h"
#include "tests/store/fixture.h"

#define MARK "Zyxwreason"

static void append(struct house *h, const struct ulid *subject)
{
    struct event_row e = { .subject = *subject, .at = NOON };
    snprintf(e.act, sizeof(e.act), "void");
    snprintf(e.to_state, sizeof(e.to_state), "voided");
    snprintf(e.actor, sizeof(e.actor), "staff:sanne");
    snprintf(e.reason, sizeof(e.reason), MARK);
    CHECK_OK(store_event_append(h->s, &e, NULL));
}

static void check_last(struct house *h, const struct ulid *subject, const char *reason)
{
    struct event_row e;
    CHECK_OK(store_event_last(h->s, subject, &e));
    CHECK_STR(e.act, "void");
    CHECK_STR(e.reason, reason);
}

/* Whether the mark stands anywhere in the database or its WAL. */
static bool in_clear(const struct house *h)
{
    static const char *const sides[] = { "", "-wal" };
    bool found = false;
    for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
        char path[512];
        snprintf(path, sizeof(path), "%s%s", h->path, sides[i]);
        struct buf b = buf_make(64 << 20);
        if (buf_read_file(&b, path) == ERR_OK && b.n > 0)
            found |= memmem(b.v, b.n, MARK, strlen(MARK)) != NULL;
        buf_done(&b);
    }
    return found;
}

TEST(a_reason_is_read_again_and_lies_nowhere_in_clear)
{
    struct house *h = house_open();
    struct ulid subject = ulid_of("01KAKZ3W9T4V8Q2M6R5H7C1X01");
    append(h, &subject);
    check_last(h, &subject, MARK);
    CHECK(!in_clear(h));
    house_reopen(h);
    check_last(h, &subject, MARK);
    CHECK(!in_clear(h));
    house_close(h);
}

TEST(a_reason_dies_with_the_key_of_its_date_and_the_event_stays)
{
    struct house *h = house_open();
    struct ulid subject = ulid_of("01KAKZ3W9T4V8Q2M6R5H7C1X01");
    append(h, &subject);
    struct retention_proof proof;
    CHECK_OK(store_retention_destroy(h->s, (civil_day)(NOON / DAY_MS), RETENTION_HOUSE, &proof));
    house_reopen(h);
    check_last(h, &subject, "");
    append(h, &subject); /* nobody can seal it any more, and the act goes on */
    check_last(h, &subject, "");
    CHECK(!in_clear(h));
    house_close(h);
}
