#include "crypt/pin.h"

#include "tests/crypt/fixture.h"

TEST(a_right_pin_verifies_and_a_wrong_one_does_not)
{
    struct ring *r = ring_open();
    char hash[PIN_HASH_SIZE], again[PIN_HASH_SIZE];
    CHECK_OK(pin_hash(r->k, "482915", &pin_cost_cheap, hash));
    CHECK_OK(pin_hash(r->k, "482915", &pin_cost_cheap, again));
    CHECK(strcmp(hash, again) != 0); /* salted */
    CHECK_OK(pin_verify(r->k, "482915", hash, &pin_cost_cheap));
    CHECK_ERR(pin_verify(r->k, "482916", hash, &pin_cost_cheap), ERR_DENIED);
    CHECK_ERR(pin_verify(r->k, "", hash, &pin_cost_cheap), ERR_DENIED);
    CHECK_ERR(pin_verify(r->k, "482915", "not a hash", &pin_cost_cheap), ERR_DENIED);
    CHECK_ERR(pin_verify(r->k, "482915", NULL, &pin_cost_cheap), ERR_DENIED);
    ring_close(r);
}

TEST(the_hash_of_another_device_gives_nothing)
{
    struct ring *r = ring_open();
    char hash[PIN_HASH_SIZE];
    CHECK_OK(pin_hash(r->k, "482915", &pin_cost_cheap, hash));
    ring_close(r);
    r = ring_open(); /* another pepper */
    CHECK_ERR(pin_verify(r->k, "482915", hash, &pin_cost_cheap), ERR_DENIED);
    ring_close(r);
}

TEST(the_full_cost_is_what_the_rules_say)
{
    struct ring *r = ring_open();
    char hash[PIN_HASH_SIZE];
    CHECK_OK(pin_hash(r->k, "482915", &pin_cost_full, hash));
    CHECK(strncmp(hash, "$argon2id$v=19$m=65536,t=2,p=1$", 31) == 0);
    CHECK_OK(pin_verify(r->k, "482915", hash, &pin_cost_full));
    ring_close(r);
}
