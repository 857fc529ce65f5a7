#include "crypt/box.h"

#include "tests/crypt/fixture.h"

TEST(what_is_sealed_to_a_house_opens_there_alone)
{
    unsigned char pub[BOX_PUBLIC_SIZE], sealed[4 + BOX_OVERHEAD], plain[4];
    struct ring *r = ring_open();
    CHECK_OK(box_public(r->k, pub));
    CHECK_OK(box_seal(pub, "Noor", 4, sealed));
    CHECK(memmem(sealed, sizeof sealed, "Noor", 4) == NULL);
    ring_reopen(r); /* the pair is the same after a restart */
    CHECK_OK(box_open(r->k, sealed, sizeof sealed, plain));
    CHECK(memcmp(plain, "Noor", 4) == 0);
    sealed[40] ^= 1;
    CHECK_ERR(box_open(r->k, sealed, sizeof sealed, plain), ERR_CORRUPT);
    sealed[40] ^= 1;
    CHECK_ERR(box_open(r->k, sealed, BOX_OVERHEAD - 1, plain), ERR_CORRUPT);
    ring_close(r);
    struct ring *elsewhere = ring_open();
    CHECK_ERR(box_open(elsewhere->k, sealed, sizeof sealed, plain), ERR_CORRUPT);
    ring_close(elsewhere);
}

TEST(only_the_house_has_the_pair)
{
    unsigned char pub[BOX_PUBLIC_SIZE], sealed[BOX_OVERHEAD] = { 0 }, none[1];
    struct ring *r = ring_open();
    r->options.house = false;
    ring_reopen(r);
    CHECK_ERR(box_public(r->k, pub), ERR_INVAL);
    CHECK_ERR(box_open(r->k, sealed, sizeof sealed, none), ERR_INVAL);
    ring_close(r);
}

TEST(an_all_zero_public_key_is_refused)
{
    const unsigned char zero[BOX_PUBLIC_SIZE] = { 0 };
    unsigned char sealed[1 + BOX_OVERHEAD];
    CHECK_ERR(box_seal(zero, "x", 1, sealed), ERR_INVAL);
}
