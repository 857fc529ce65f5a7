#include "core/pin.h"

#include <stdio.h>

#include "tests/lib/check.h"

TEST(a_pin_is_six_digits)
{
    CHECK(pin_form_valid("012345"));
    CHECK(!pin_form_valid("01234"));
    CHECK(!pin_form_valid("0123456"));
    CHECK(!pin_form_valid("01234a"));
    CHECK(!pin_form_valid(""));
}

TEST(pins_that_others_try_first_are_weak)
{
    static const char *const weak[] = {
        "000000", "111111", "121212", "123123", "112211", "123456", "654321", "890123", "210987",
        "112233", "665544", "123321", "987789", "147258", "159753", "696969", "100100", "011111",
        "901234", "998877", "555666",
    };
    for (size_t i = 0; i < ARRAY_LEN(weak); i++)
        if (!pin_weak(weak[i]))
            CHECK_FAIL("%s passes", weak[i]);
}

TEST(ordinary_pins_pass)
{
    static const char *const good[] = { "482913", "731045", "120498", "567812", "132435",
                                        "102030", "246802", "135790", "908172" };
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        if (pin_weak(good[i]))
            CHECK_FAIL("%s is refused", good[i]);
}

TEST(weak_pins_are_few)
{
    int weak = 0;
    for (unsigned n = 0; n < 1000000; n++) {
        char pin[PIN_SIZE];
        for (unsigned i = PIN_DIGITS, rest = n; i-- > 0; rest /= 10)
            pin[i] = (char)('0' + rest % 10);
        pin[PIN_DIGITS] = '\0';
        weak += pin_weak(pin);
    }
    CHECK(weak > 3000 && weak < 6000); /* under 0.6 %: guessing stays as hard */
}

TEST(a_made_pin_is_never_weak)
{
    struct rng rng = rng_seeded(check_seed());
    for (int i = 0; i < 20000; i++) {
        char pin[PIN_SIZE];
        pin_make(&rng, pin);
        CHECK(pin_form_valid(pin) && !pin_weak(pin));
    }
}
