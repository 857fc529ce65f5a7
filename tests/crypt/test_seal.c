#include "crypt/seal.h"

#include "tests/crypt/fixture.h"

TEST(a_field_opens_in_its_own_place_only)
{
    struct ring *r = ring_open();
    struct seal_place at = { DAY1, "visit", "01A", "person" };
    unsigned char sealed[9 + SEAL_OVERHEAD], plain[9];
    CHECK_OK(seal_field(r->k, &at, "van Berg", 9, sealed));
    CHECK_OK(seal_open(r->k, &at, sealed, sizeof(sealed), plain));
    CHECK_STR((char *)plain, "van Berg");
    CHECK_OK(keyring_make_day(r->k, DAY1 + 1));
    struct seal_place elsewhere[] = {
        { DAY1, "visit", "01B", "person" }, { DAY1, "visit", "01A", "note" },
        { DAY1, "appointment", "01A", "person" }, { DAY1, "visit01A", "", "person" },
    };
    for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++)
        CHECK_ERR(seal_open(r->k, &elsewhere[i], sealed, sizeof(sealed), plain), ERR_CORRUPT);
    at.day++; /* another key */
    CHECK_ERR(seal_open(r->k, &at, sealed, sizeof(sealed), plain), ERR_DENIED);
    at.day++; /* no key */
    CHECK_ERR(seal_open(r->k, &at, sealed, sizeof(sealed), plain), ERR_DENIED);
    ring_close(r);
}

TEST(every_flipped_bit_is_found)
{
    struct ring *r = ring_open();
    struct seal_place at = { DAY1, "visit", "01A", "person" };
    unsigned char sealed[4 + SEAL_OVERHEAD], plain[4];
    CHECK_OK(seal_field(r->k, &at, "berg", 4, sealed));
    for (size_t bit = 0; bit < 8 * sizeof(sealed); bit++) {
        sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
        CHECK(seal_open(r->k, &at, sealed, sizeof(sealed), plain) != ERR_OK);
        sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    for (size_t n = 0; n < sizeof(sealed); n++)
        CHECK(seal_open(r->k, &at, sealed, n, plain) != ERR_OK);
    CHECK_OK(seal_open(r->k, &at, sealed, sizeof(sealed), plain));
    ring_close(r);
}

TEST(the_same_field_never_looks_the_same)
{
    struct ring *r = ring_open();
    struct seal_place at = { DAY1, "visit", "01A", "person" };
    unsigned char a[4 + SEAL_OVERHEAD], b[4 + SEAL_OVERHEAD];
    CHECK_OK(seal_field(r->k, &at, "berg", 4, a));
    CHECK_OK(seal_field(r->k, &at, "berg", 4, b));
    CHECK(memcmp(a + 5, b + 5, sizeof(a) - 5) != 0);
    CHECK(memcmp(a, b, 5) == 0); /* form and key name */
    ring_close(r);
}

TEST(a_field_of_no_date_outlives_the_dates_and_is_the_houses)
{
    struct ring *r = ring_open();
    struct seal_place at = { SEAL_NO_DAY, "staff", "sanne", "totp" };
    unsigned char sealed[4 + SEAL_OVERHEAD], plain[4];
    CHECK_OK(seal_field(r->k, &at, "seed", 4, sealed));
    CHECK_INT(keyring_count(r->k), 0);
    ring_reopen(r);
    CHECK_OK(seal_open(r->k, &at, sealed, sizeof(sealed), plain));
    r->options.house = false;
    ring_reopen(r);
    CHECK_ERR(seal_open(r->k, &at, sealed, sizeof(sealed), plain), ERR_DENIED);
    CHECK_ERR(seal_field(r->k, &at, "seed", 4, sealed), ERR_DENIED);
    ring_close(r);
}

TEST(more_dates_than_are_kept_open_still_open)
{
    struct ring *r = ring_open();
    unsigned char sealed[80][4 + SEAL_OVERHEAD], plain[4];
    for (int i = 0; i < 80; i++) {
        struct seal_place at = { DAY1 + i, "visit", "1", "person" };
        CHECK_OK(seal_field(r->k, &at, "berg", 4, sealed[i]));
    }
    for (int i = 79; i >= 0; i--) {
        struct seal_place at = { DAY1 + i, "visit", "1", "person" };
        CHECK_OK(seal_open(r->k, &at, sealed[i], sizeof(sealed[i]), plain));
    }
    ring_close(r);
}

TEST(a_place_that_is_too_long_is_refused)
{
    struct ring *r = ring_open();
    char row[300];
    memset(row, 'x', sizeof(row) - 1);
    row[sizeof(row) - 1] = '\0';
    struct seal_place at = { DAY1, "visit", row, "person" };
    unsigned char sealed[4 + SEAL_OVERHEAD];
    CHECK_ERR(seal_field(r->k, &at, "berg", 4, sealed), ERR_INVAL);
    ring_close(r);
}
