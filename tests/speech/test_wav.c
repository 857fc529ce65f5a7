#include "speech/wav.h"

#include <string.h>

#include "base/rng.h"
#include "tests/lib/check.h"

static const unsigned char riff[] =
    "RIFF\x2a\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x22\x56\0\0\x44\xac\0\0\2\0\x10\0data\4\0\0\0"
    "\x10\x27\xf0\xd8"; /* 10000, -10000 */

static int sample(const unsigned char *b, size_t at)
{
    return (int16_t)(b[44 + at * 2] | b[45 + at * 2] << 8);
}

TEST(samples_are_scaled_by_percent)
{
    unsigned char b[48];
    memcpy(b, riff, 48);
    CHECK(wav_scale(b, 48, 60));
    CHECK_INT(sample(b, 0), 6000);
    CHECK_INT(sample(b, 1), -6000);
    CHECK(memcmp(b, riff, 44) == 0);
}

TEST(a_data_size_that_is_left_open_means_what_is_there)
{
    unsigned char b[48];
    memcpy(b, riff, 48);
    memset(b + 40, 0xFF, 4);
    CHECK(wav_scale(b, 48, 0));
    CHECK_INT(sample(b, 1), 0);
}

TEST(what_is_not_pcm_of_16_bits_is_left_alone)
{
    unsigned char b[48];
    memcpy(b, riff, 48);
    b[34] = 8;
    CHECK(!wav_scale(b, 48, 60));
    CHECK_INT(sample(b, 0), 10000);
    CHECK(!wav_scale(b, 11, 60));
    CHECK(!wav_scale((unsigned char[12]){ "OggS" }, 12, 60));
}

TEST(damaged_files_never_reach_past_their_end)
{
    uint64_t seed = check_seed();
    struct rng rng = rng_seeded(seed);
    for (long round = check_rounds(20000); round > 0; round--) {
        size_t n = rng_below(&rng, sizeof(riff));
        unsigned char *b = malloc(n + 1); /* its end is the end of the memory */
        memcpy(b, riff, n);
        for (int i = 0; i < 4 && n > 0; i++)
            b[rng_below(&rng, (uint32_t)n)] = (unsigned char)rng_u64(&rng);
        (void)wav_scale(b, n, 50);
        free(b);
    }
}
