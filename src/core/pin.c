#include "core/pin.h"

#include <string.h>

bool pin_form_valid(const char *s)
{
    return strspn(s, "0123456789") == PIN_DIGITS && s[PIN_DIGITS] == '\0';
}

static bool few_digits(const char *s)
{
    unsigned seen = 0;
    for (int i = 0; i < PIN_DIGITS; i++)
        seen |= 1u << (s[i] - '0');
    return __builtin_popcount(seen) < 3;
}

static bool repeats(const char *s, int period)
{
    for (int i = period; i < PIN_DIGITS; i++)
        if (s[i] != s[i - period])
            return false;
    return true;
}

/* Digits taken `stride` apart, each one `step` further than the last, over 9-0 too. */
static bool runs(const char *s, int stride, int step)
{
    for (int i = stride; i < PIN_DIGITS; i += stride)
        if ((s[i] - s[i - stride] - step) % 10 != 0)
            return false;
    return true;
}

static bool pairs_run(const char *s)
{
    for (int i = 0; i < PIN_DIGITS; i += 2)
        if (s[i] != s[i + 1])
            return false;
    return runs(s, 2, 1) || runs(s, 2, -1);
}

static bool mirrored_run(const char *s)
{
    for (int i = 0; i < PIN_DIGITS / 2; i++)
        if (s[i] != s[PIN_DIGITS - 1 - i])
            return false;
    int step = s[1] - s[0];
    return (step == 1 || step == -1) && s[2] - s[1] == step;
}

/* Rows, columns and crosses of a keypad with 1-2-3 on top. */
static bool keypad_pattern(const char *s)
{
    static const char *const patterns[] = {
        "147258", "258147", "258369", "369258", "741852", "852741", "963852", "852963", "147369",
        "369147", "741963", "963741", "159753", "753159", "951357", "357951", "147852", "258963",
        "123456", "456789", "789456", "456123", "123789", "789123", "159357", "357159", "951753",
    };
    for (size_t i = 0; i < ARRAY_LEN(patterns); i++)
        if (strcmp(s, patterns[i]) == 0)
            return true;
    return false;
}

bool pin_weak(const char *s)
{
    return few_digits(s) || repeats(s, 2) || repeats(s, 3) || runs(s, 1, 1) || runs(s, 1, -1) ||
           pairs_run(s) || mirrored_run(s) || keypad_pattern(s);
}

void pin_make(struct rng *rng, char out[PIN_SIZE])
{
    do {
        uint32_t n = rng_below(rng, 1000000);
        for (int i = PIN_DIGITS - 1; i >= 0; i--, n /= 10)
            out[i] = (char)('0' + n % 10);
        out[PIN_DIGITS] = '\0';
    } while (pin_weak(out));
}
