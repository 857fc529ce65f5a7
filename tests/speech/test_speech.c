/* Reading aloud, with programs that only write down what they were asked. */
#include "speech/speech.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "tests/speech/fake.h"

#define NOW INT64_C(1000) /* its time stands still: no child of these tests takes too long */

static struct speech *made(bool record)
{
    struct speech *s = NULL;
    CHECK_OK(speech_create(record, &s));
    return s;
}

/* Steps as the loop does until all is said. */
static void run_out(struct speech *s)
{
    CHECK_SOON(speech_step(s, NOW) < 0);
}

static enum err say(struct speech *s, const char *text, const char *lang)
{
    return speech_say(s, &(struct speech_text){ .text = text, .lang = lang, .volume = 60 });
}

static void check_fake(const char *name, const char *want)
{
    char *got = fake_read(name);
    CHECK_STR(got, want);
    free(got);
}

static bool fake_has(const char *name, const char *word)
{
    char *got = fake_read(name);
    bool has = strstr(got, word) != NULL;
    free(got);
    return has;
}

/* Waits until the fake has begun: what it is to say lies there. */
static void wait_begun(struct speech *s, const char *word)
{
    CHECK(speech_step(s, NOW) >= 0);
    CHECK_SOON(fake_has("now", word));
    CHECK(speech_step(s, NOW) >= 0);
}

/* Waits for the end of a child, and leaves it to be waited for once more. */
static bool was_killed(void)
{
    siginfo_t end = { 0 };
    return waitid(P_ALL, 0, &end, WEXITED | WNOWAIT) == 0 && end.si_code == CLD_KILLED &&
           end.si_status == SIGKILL;
}

static bool no_child_left(void)
{
    return waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

TEST(a_text_goes_to_espeak_by_stdin_and_never_by_its_arguments)
{
    fake_begin("stdin", true, NULL);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK_OK(speech_say(s, &(struct speech_text){ .text = "Hoi Amina.", .lang = "nl",
                                                  .volume = 60, .rate = 120 }));
    CHECK(speech_busy(s));
    run_out(s);
    CHECK(!speech_busy(s));
    check_fake("said", "Hoi Amina.");
    check_fake("log", "espeak-ng --stdin -b 1 -v nl -a 120 -s 180\n");
    CHECK(no_child_left());
}

TEST(each_language_has_its_voice)
{
    fake_begin("voices", true, NULL);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK_OK(say(s, "one", "en"));
    CHECK_OK(say(s, "jeden", "pl"));
    run_out(s);
    CHECK(fake_has("log", "-v en-gb"));
    CHECK(fake_has("log", "-v pl"));
    check_fake("said", "onejeden");
}

TEST(tigrinya_has_no_voice_and_says_so)
{
    fake_begin("tigrinya", true, "aplay");
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK(!speech_has_voice(s, "ti"));
    CHECK(speech_has_voice(s, "nl"));
    CHECK_ERR(say(s, "ሰላም", "ti"), ERR_NONE);
    CHECK(!speech_has_voice(s, "qq"));
    CHECK(!speech_busy(s));
    CLEANUP(speech_destroyp) struct speech *recorded = made(true);
    CHECK_ERR(say(recorded, "ሰላም", "ti"), ERR_NONE);
}

TEST(without_espeak_there_is_no_voice)
{
    fake_begin("none", false, NULL);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK(!speech_has_voice(s, "nl"));
    CHECK_ERR(say(s, "Hoi", "nl"), ERR_NONE);
    speech_chime(s, SPEECH_CALL, 60); /* no player either: silent */
    CHECK_INT(speech_step(s, 0), -1);
}

TEST(marks_are_left_out_and_nothing_in_a_name_steers_the_voice)
{
    fake_begin("plain", true, NULL);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK_OK(say(s, "Hoi \u2068[[h@l'oU]] <b>\u2069.", "nl"));
    run_out(s);
    check_fake("said", "Hoi   h@l'oU    b .");
}

TEST(stop_is_silent_at_once_and_forgets_what_was_in_line)
{
    fake_begin("stop", true, NULL);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK_OK(say(s, "slow one", "nl"));
    CHECK_OK(say(s, "second", "nl"));
    wait_begun(s, "slow");
    speech_stop(s);
    CHECK(!speech_busy(s));
    CHECK(was_killed()); /* before any step of the loop */
    run_out(s);
    CHECK(no_child_left());
    CHECK(!fake_has("said", "second"));
}

TEST(what_is_said_after_a_stop_waits_for_the_old_one_to_be_gone)
{
    fake_begin("again", true, NULL);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK_OK(say(s, "slow one", "nl"));
    wait_begun(s, "slow");
    speech_stop(s);
    CHECK_OK(say(s, "next page", "nl"));
    CHECK(speech_busy(s));
    run_out(s);
    CHECK(fake_has("said", "next page"));
    CHECK(no_child_left());
}

TEST(destroying_it_while_it_speaks_leaves_no_child)
{
    fake_begin("destroy", true, NULL);
    struct speech *s = made(false);
    CHECK_OK(say(s, "slow one", "nl"));
    wait_begun(s, "slow");
    speech_destroy(s);
    CHECK(no_child_left());
}

TEST(a_child_that_hangs_is_ended_after_a_minute)
{
    fake_begin("hang", true, NULL);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK_OK(say(s, "slow one", "nl"));
    CHECK(speech_step(s, NOW) > 0);
    CHECK(speech_step(s, NOW + 59999) > 0);
    CHECK(speech_busy(s));
    CHECK(speech_step(s, NOW + 60000) > 0);
    CHECK(!speech_busy(s));
    run_out(s);
    CHECK(no_child_left());
}

TEST(a_child_gets_no_file_of_ours_and_only_the_environment_it_needs)
{
    fake_begin("clean", true, NULL);
    CHECK(setenv("DYNAMO_NOW", "2026-03-27T09:00:00+01:00", 1) == 0);
    int fds[2];
    CHECK(pipe(fds) == 0); /* without close-on-exec on purpose */
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK_OK(say(s, "Hoi", "nl"));
    run_out(s);
    unsetenv("DYNAMO_NOW");
    close(fds[0]);
    close(fds[1]);
    CHECK(!fake_has("given", "DYNAMO_NOW"));
    CHECK(fake_has("given", "LC_ALL=C.UTF-8"));
    char *files = fake_read("files");
    CHECK(atoi(files) <= 5); /* stdin, stdout, stderr, the folder that ls reads, sh's own */
    free(files);
}

TEST(a_chime_is_played_before_the_words_that_follow_it)
{
    fake_begin("chime", true, "aplay");
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    speech_chime(s, SPEECH_CALL, 60);
    CHECK_OK(say(s, "A 14", "nl"));
    run_out(s);
    char *log = fake_read("log");
    CHECK(strncmp(log, "aplay -q /dev/stdin\nespeak-ng", 29) == 0);
    free(log);
}

TEST(every_chime_is_there_and_can_be_played)
{
    for (int c = 0; c < SPEECH_CHIME_COUNT; c++) {
        char label[24];
        snprintf(label, sizeof(label), "chime%d", c);
        fake_begin(label, false, "aplay");
        CLEANUP(speech_destroyp) struct speech *s = made(false);
        speech_chime(s, (enum speech_chime)c, 100);
        run_out(s);
        check_fake("log", "aplay -q /dev/stdin\n");
        char *bytes = fake_read("said");
        CHECK(memcmp(bytes, "RIFF", 4) == 0);
        free(bytes);
    }
}

TEST(a_tick_never_waits_in_line)
{
    fake_begin("tick", true, "aplay");
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    speech_chime(s, SPEECH_CALL, 60);
    speech_chime(s, SPEECH_TICK, 60);
    run_out(s);
    check_fake("log", "aplay -q /dev/stdin\n");
}

TEST(no_volume_is_no_sound)
{
    fake_begin("mute", true, "aplay");
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK_OK(speech_say(s, &(struct speech_text){ .text = "Hoi", .lang = "nl" }));
    speech_chime(s, SPEECH_CALL, 0);
    CHECK_INT(speech_step(s, 0), -1);
    check_fake("log", "");
}

TEST(a_running_sound_server_is_asked_before_alsa)
{
    char path[640];
    fake_begin("server", false, "aplay");
    fake_program("pw-play");
    fake_write("pipewire-0", "", 0600);
    fake_path(path, sizeof(path), ".");
    CHECK(setenv("XDG_RUNTIME_DIR", path, 1) == 0);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    speech_chime(s, SPEECH_CALL, 60);
    run_out(s);
    unsetenv("XDG_RUNTIME_DIR");
    check_fake("log", "pw-play /dev/stdin\n");
}

TEST(clips_are_played_where_all_of_a_text_is_recorded)
{
    char path[640], pair[700];
    fake_begin("clips", true, "aplay");
    fake_path(path, sizeof(path), "voice");
    CHECK(mkdir(path, 0700) == 0);
    fake_path(path, sizeof(path), "voice/ti");
    CHECK(mkdir(path, 0700) == 0);
    fake_write("voice/ti/clips.tsv", "hello.wav\tሰላም።\nroom.wav\tክፍሊ 2\n", 0600);
    /* a whole RIFF file of one sample each */
    static const char *const names[] = { "hello", "room" };
    for (size_t i = 0; i < 2; i++) {
        snprintf(pair, sizeof(pair), "%s/voice/ti/%s.wav", fake_dir, names[i]);
        FILE *f = fopen(pair, "wb");
        CHECK(f != NULL);
        static const unsigned char riff[46] =
            "RIFF\x26\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x22\x56\0\0\x44\xac\0\0\2\0\x10\0data\2\0\0\0";
        CHECK_INT(fwrite(riff, 1, sizeof(riff), f), sizeof(riff));
        fclose(f);
    }
    CHECK(setenv("DYNAMO_SHARE", fake_dir, 1) == 0);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    CHECK(speech_has_voice(s, "ti"));
    CHECK_OK(say(s, "ሰላም።\nክፍሊ \u20682\u2069.", "ti"));
    run_out(s);
    CHECK_ERR(say(s, "ሰላም።\nA 14", "ti"), ERR_NONE); /* not all of it: better nothing than half */
    unsetenv("DYNAMO_SHARE");
    check_fake("log", "aplay -q /dev/stdin\naplay -q /dev/stdin\n");
}

TEST(what_does_not_fit_the_line_is_refused)
{
    fake_begin("full", true, NULL);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    for (int i = 0; i < 64; i++)
        CHECK_OK(say(s, "x", "nl"));
    CHECK_ERR(say(s, "x", "nl"), ERR_LIMIT);
    char long_text[SPEECH_TEXT_MAX + 1];
    memset(long_text, 'a', SPEECH_TEXT_MAX);
    long_text[SPEECH_TEXT_MAX] = '\0';
    CHECK_ERR(say(s, long_text, "nl"), ERR_LIMIT);
    speech_stop(s);
}

TEST(recording_starts_no_child_and_keeps_the_last_texts)
{
    fake_begin("record", true, "aplay");
    CLEANUP(speech_destroyp) struct speech *s = made(true);
    speech_chime(s, SPEECH_CALL, 60);
    speech_chime(s, SPEECH_TICK, 60);
    CHECK_OK(say(s, "Hoi \u2068Amina\u2069.", "nl"));
    CHECK_INT(speech_step(s, 0), -1);
    CHECK_INT(speech_heard_count(s), 2);
    CHECK_STR(speech_heard(s, 0), "Hoi Amina.");
    CHECK_STR(speech_heard(s, 1), "*call*");
    CHECK(speech_heard(s, 2) == NULL);
    for (int i = 0; i < 40; i++)
        CHECK_OK(say(s, i % 2 ? "odd" : "even", "en"));
    CHECK_STR(speech_heard(s, 0), "odd");
    CHECK_STR(speech_heard(s, SPEECH_HEARD_MAX - 1), "even");
    CHECK(speech_heard(s, SPEECH_HEARD_MAX) == NULL);
    speech_forget(s);
    CHECK(speech_heard(s, 0) == NULL);
    check_fake("log", "");
}

TEST(running_out_of_memory_says_nothing_and_leaks_nothing)
{
    fake_begin("memory", true, NULL);
    struct speech *none = NULL;
    mem_fail_at(1);
    CHECK_ERR(speech_create(true, &none), ERR_NOMEM);
    CHECK(none == NULL);
    CLEANUP(speech_destroyp) struct speech *s = made(false);
    mem_fail_at(1);
    CHECK_ERR(say(s, "Hoi", "nl"), ERR_NOMEM);
    mem_fail_at(0);
    CHECK(!speech_busy(s));
}
