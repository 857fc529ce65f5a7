#include "crypt/sign.h"

#include "tests/crypt/fixture.h"

TEST(a_signature_is_good_for_these_bytes_and_this_house_alone)
{
    struct ring *r = ring_open();
    unsigned char sig[SIGN_SIZE], pub[SIGN_PUBLIC_SIZE], again[SIGN_PUBLIC_SIZE], other[SIGN_PUBLIC_SIZE];
    CHECK_OK(sign_as_upload(r->k, "report", 6, sig, pub));
    CHECK(sign_is_good(sig, pub, "report", 6));
    CHECK(!sign_is_good(sig, pub, "reports", 7));
    ring_reopen(r);
    unsigned char sig2[SIGN_SIZE];
    CHECK_OK(sign_as_upload(r->k, "report", 6, sig2, again));
    CHECK(memcmp(pub, again, sizeof pub) == 0 && memcmp(sig, sig2, sizeof sig) == 0);
    ring_close(r);
    struct ring *elsewhere = ring_open();
    CHECK_OK(sign_as_upload(elsewhere->k, "report", 6, sig2, other));
    CHECK(memcmp(pub, other, sizeof pub) != 0);
    CHECK(!sign_is_good(sig, other, "report", 6));
    sig[0] ^= 1;
    CHECK(!sign_is_good(sig, pub, "report", 6));
    ring_close(elsewhere);
}

TEST(only_the_upload_can_sign)
{
    struct ring *r = ring_open();
    unsigned char sig[SIGN_SIZE], pub[SIGN_PUBLIC_SIZE];
    r->options.upload = false;
    ring_reopen(r);
    CHECK_ERR(sign_as_upload(r->k, "x", 1, sig, pub), ERR_INVAL);
    ring_close(r);
}
