#include "kiosk/voice.h"

#include <math.h>

#include "tests/screens/visitor.h"

static double db(int from, int to)
{
    return 20 * log10((double)to / from);
}

TEST(loudness_spans_18_dB_with_a_step_of_12_and_goes_back_after_each_visitor)
{
    struct visitor v;
    struct voice voice = { .config = &v.config };
    visitor_start(&v, NINE);
    int usual = voice_volume(&voice, &v.s);
    CHECK_INT(usual, v.config.sound.volume);
    v.s.prefs.loudness = LOUDNESS_SOFT;
    int soft = voice_volume(&voice, &v.s);
    v.s.prefs.loudness = LOUDNESS_LOUD;
    int loud = voice_volume(&voice, &v.s);
    CHECK(db(soft, loud) >= 18);
    CHECK(db(soft, usual) >= 12);
    session_wipe(&v.s);
    CHECK_INT(voice_volume(&voice, &v.s), usual);
    CHECK(!v.s.prefs.speak && !v.s.prefs.slow);
    visitor_end(&v);
}

TEST(a_house_that_is_silent_stays_so_whatever_is_chosen)
{
    struct visitor v;
    struct voice voice = { .config = &v.config };
    visitor_start(&v, NINE);
    for (int l = LOUDNESS_NORMAL; l <= LOUDNESS_LOUD; l++) {
        v.s.prefs.loudness = (enum loudness)l;
        v.config.sound.on = false;
        CHECK_INT(voice_volume(&voice, &v.s), 0);
        v.config.sound.on = true;
        v.config.sound.volume = 0;
        CHECK_INT(voice_volume(&voice, &v.s), 0);
        v.config.sound.volume = 60;
    }
    visitor_end(&v);
}

static void woke(void *arg)
{
    (void)arg;
}

TEST(headphones_begin_to_read_and_pulling_them_ends_it_also_for_the_next_visitor)
{
    struct visitor v;
    static struct voice voice;
    visitor_start(&v, NINE);
    CHECK_OK(voice_init(&voice, &v.config, true, woke, NULL));
    CHECK(!voice_heed(&voice, &v.s));
    CHECK(!v.s.prefs.speak);
    voice_plug(&voice, true);
    CHECK(voice_heed(&voice, &v.s));
    CHECK(v.s.prefs.speak && v.s.say_again);
    CHECK(!voice_heed(&voice, &v.s)); /* once */
    session_wipe(&v.s);
    voice_wipe(&voice);
    CHECK(voice_heed(&voice, &v.s)); /* they were left in: the next one hears too */
    CHECK(v.s.prefs.speak);
    voice_plug(&voice, false);
    CHECK(voice_heed(&voice, &v.s));
    CHECK(!v.s.prefs.speak);
    voice_done(&voice);
    visitor_end(&v);
}
