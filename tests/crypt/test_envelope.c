#include "crypt/envelope.h"

#include <unistd.h>

#include "tests/crypt/fixture.h"

TEST(the_uploader_opens_what_the_house_closed)
{
    struct ring *r = ring_open();
    struct envelope e, opened = { 0 };
    unsigned char sealed[5 + ENVELOPE_OVERHEAD], plain[5];
    r->options.upload = false;
    ring_reopen(r);
    CHECK_OK(envelope_make(r->k, DAY1, &e));
    envelope_put(&e, &r->rng, "outbox 1/0", "body", 5, sealed);
    CHECK_ERR(envelope_open(r->k, DAY1, e.sealed, sizeof(e.sealed), &opened), ERR_INVAL);

    r->options.upload = true;
    r->options.house = false;
    ring_reopen(r);
    CHECK_OK(envelope_open(r->k, DAY1, e.sealed, sizeof(e.sealed), &opened));
    CHECK_OK(envelope_get(&opened, "outbox 1/0", sealed, sizeof(sealed), plain));
    CHECK_STR((char *)plain, "body");
    CHECK_ERR(envelope_get(&opened, "outbox 2/0", sealed, sizeof(sealed), plain), ERR_CORRUPT);
    CHECK_ERR(envelope_get(&opened, "outbox 1/0", sealed, 10, plain), ERR_CORRUPT);
    sealed[30] ^= 1;
    CHECK_ERR(envelope_get(&opened, "outbox 1/0", sealed, sizeof(sealed), plain), ERR_CORRUPT);
    ring_close(r);
}

TEST(without_the_uploads_wrap_nobody_opens_it)
{
    struct ring *r = ring_open();
    struct envelope e, opened;
    CHECK_OK(envelope_make(r->k, DAY1, &e));
    CHECK_OK(keyring_drop_house(r->k, DAY1)); /* the house's wrap has no part in it */
    CHECK_OK(envelope_open(r->k, DAY1, e.sealed, sizeof(e.sealed), &opened));
    CHECK_OK(keyring_drop_upload(r->k, DAY1));
    CHECK_ERR(envelope_open(r->k, DAY1, e.sealed, sizeof(e.sealed), &opened), ERR_DENIED);
    CHECK_ERR(envelope_make(r->k, DAY1, &opened), ERR_DENIED);
    ring_close(r);
}

TEST(a_changed_or_foreign_envelope_is_refused)
{
    struct ring *r = ring_open();
    struct envelope e, opened;
    CHECK_OK(envelope_make(r->k, DAY1, &e));
    CHECK_OK(keyring_make_day(r->k, DAY1 + 1));
    CHECK_ERR(envelope_open(r->k, DAY1 + 1, e.sealed, sizeof(e.sealed), &opened), ERR_CORRUPT);
    CHECK_ERR(envelope_open(r->k, DAY1 + 2, e.sealed, sizeof(e.sealed), &opened), ERR_DENIED);
    CHECK_ERR(envelope_open(r->k, DAY1, e.sealed, sizeof(e.sealed) - 1, &opened), ERR_CORRUPT);
    e.sealed[40] ^= 1;
    CHECK_ERR(envelope_open(r->k, DAY1, e.sealed, sizeof(e.sealed), &opened), ERR_CORRUPT);
    envelope_wipe(&e);
    struct envelope zero = { 0 };
    CHECK(memcmp(&e, &zero, sizeof(e)) == 0);
    ring_close(r);
}

/* ---- a power cut ---- */

static int no_fsync(UNUSED int fd)
{
    return -1;
}

TEST(no_body_rests_on_a_date_that_a_power_cut_could_take_back)
{
    static const struct file_ops ops = { write, no_fsync, rename };
    struct ring *r = ring_open();
    struct envelope e;
    CHECK_OK(keyring_make_day(r->k, DAY1));
    r->options.files = &ops; /* another program, who does not know whether that is on disk */
    ring_reopen(r);
    CHECK_ERR(envelope_make(r->k, DAY1, &e), ERR_IO);
    r->options.files = NULL;
    ring_reopen(r);
    CHECK_OK(envelope_make(r->k, DAY1, &e));
    envelope_wipe(&e);
    ring_close(r);
}
