#include "speech/clips.h"

#include "tests/speech/fake.h"

static void write_index(const char *label, const char *text)
{
    char path[640];
    fake_begin(label, false, NULL);
    fake_path(path, sizeof(path), "voice");
    CHECK(mkdir(path, 0700) == 0);
    fake_path(path, sizeof(path), "voice/nl");
    CHECK(mkdir(path, 0700) == 0);
    fake_write("voice/nl/clips.tsv", text, 0600);
    CHECK(setenv("DYNAMO_SHARE", fake_dir, 1) == 0);
}

TEST(a_text_is_found_part_by_part)
{
    CLEANUP(clips_done) struct clips c = { 0 };
    const struct clip *parts[CLIP_PARTS_MAX];
    write_index("parts", "a.wav\tA 14\nroom-2.ogg\tKamer 2.\nq.wav\tBen je er nog?\n");
    CHECK_OK(clips_load("nl", &c));
    CHECK_INT(c.n, 3);
    CHECK_INT(clips_find(&c, "A 14. Kamer 2.", parts), 2);
    CHECK_STR(parts[0]->file, "a.wav");
    CHECK_STR(parts[1]->file, "room-2.ogg");
    CHECK_INT(clips_find(&c, "Ben je er nog?", parts), 1);
    CHECK_INT(clips_find(&c, "A 14. Kamer 3.", parts), 0);
    CHECK_INT(clips_find(&c, "", parts), 0);
    CHECK_INT(clips_find(&c, " . ", parts), 0);
    unsetenv("DYNAMO_SHARE");
}

TEST(a_time_is_one_part)
{
    CLEANUP(clips_done) struct clips c = { 0 };
    const struct clip *parts[CLIP_PARTS_MAX];
    write_index("time", "t.wav\t14:30\n");
    CHECK_OK(clips_load("nl", &c));
    CHECK_INT(clips_find(&c, "14:30.", parts), 1);
    unsetenv("DYNAMO_SHARE");
}

TEST(wrong_lines_are_left_out)
{
    CLEANUP(clips_done) struct clips c = { 0 };
    write_index("wrong", "../../etc/x.wav\tA\nno-tab.wav\nx.mp3\tB\nEmpty.wav\tC\nempty.wav\t .\n"
                         "\n\t\ngood.wav\tGoed\r\n");
    CHECK_OK(clips_load("nl", &c));
    CHECK_INT(c.n, 1);
    CHECK_STR(c.v[0].words, "Goed");
    unsetenv("DYNAMO_SHARE");
}

TEST(a_language_without_recordings_has_none)
{
    CLEANUP(clips_done) struct clips c = { 0 };
    write_index("other", "a.wav\tA\n");
    CHECK_OK(clips_load("pl", &c));
    CHECK_INT(c.n, 0);
    unsetenv("DYNAMO_SHARE");
}

TEST(no_memory_is_told_and_leaks_nothing)
{
    write_index("memory", "a.wav\tA\nb.wav\tB\n");
    for (unsigned long at = 1;; at++) {
        CLEANUP(clips_done) struct clips c = { 0 };
        mem_fail_at(at);
        unsigned long before = mem_count();
        enum err e = clips_load("nl", &c);
        bool all = mem_count() - before < at;
        mem_fail_at(0);
        if (all) {
            CHECK_OK(e);
            break;
        }
        CHECK(e == ERR_NOMEM || e == ERR_LIMIT); /* a buffer's memory is a limit */
        CHECK_INT(c.n, 0);
    }
    unsetenv("DYNAMO_SHARE");
}
