#include "crypt/recovery.h"

#include <sys/stat.h>
#include <unistd.h>

#include "crypt/seal.h"
#include "tests/crypt/fixture.h"

static char text[RECOVERY_TEXT_SIZE];

static const char *place(const char *name)
{
    static char path[4][300];
    static unsigned next;
    char *p = path[next++ % 4];
    snprintf(p, sizeof(path[0]), "%s/%s", check_tmpdir(), name);
    return p;
}

static const char *of(const struct ring *r, const char *name)
{
    static char path[4][400];
    static unsigned next;
    char *p = path[next++ % 4];
    snprintf(p, sizeof(path[0]), "%s/%s", r->dir, name);
    return p;
}

static struct ring *with_copy(const char *folder)
{
    struct ring *r = ring_open();
    CHECK_INT(mkdir(folder, 0700), 0);
    CHECK_OK(recovery_make(r->dir, NULL, &r->rng, text));
    CHECK_OK(recovery_copy_to(r->dir, folder));
    return r;
}

static enum err recover(const char *from, const char *keys_dir, const char *said, bool force)
{
    return recovery_open(&(struct recovery_options){ .from = from, .keys_dir = keys_dir,
                                                     .text = said, .force = force });
}

/* Whether the date's keys are there and whole, as the house and as the uploader. */
static struct keyring_day look(const char *dir, struct rng *rng, int32_t day)
{
    struct keyring *k = NULL;
    struct keyring_day found = { 0 };
    const struct keyring_options o = { .dir = dir, .rng = rng, .house = true, .upload = true };
    CHECK_OK(keyring_open(&o, &k));
    for (size_t i = 0; i < keyring_count(k); i++)
        if (keyring_at(k, i).day == day)
            found = keyring_at(k, i);
    keyring_close(k);
    return found;
}

TEST(the_paper_and_the_copy_give_the_keys_back)
{
    const char *copy = place("copy1"), *new = place("new1");
    struct ring *r = with_copy(copy);
    unsigned char sealed[5 + SEAL_OVERHEAD], plain[5];
    const struct seal_place at = { DAY1, "visit", "01A", "person" };
    CHECK_OK(keyring_make_day(r->k, DAY1));
    CHECK_OK(seal_field(r->k, &at, "Noor!", 5, sealed));
    CHECK_OK(recover(copy, new, text, false));
    struct keyring *k = NULL;
    struct keyring_options o = r->options;
    o.dir = new;
    CHECK_OK(keyring_open(&o, &k));
    CHECK_OK(seal_open(k, &at, sealed, sizeof(sealed), plain));
    CHECK(memcmp(plain, "Noor!", 5) == 0);
    keyring_close(k);
    ring_close(r);
}

TEST(a_text_is_read_as_people_write_it)
{
    const char *copy = place("copy2");
    struct ring *r = with_copy(copy);
    char said[RECOVERY_TEXT_SIZE * 2];
    size_t n = 0;
    for (const char *c = text; *c; c++) {
        said[n++] = (char)(*c == '0' ? 'o' : *c == '1' ? 'l' : *c >= 'A' ? *c + 32 : *c);
        if (n > 5 && n % 7 == 0)
            said[n++] = ' ';
    }
    said[n] = '\0';
    memcpy(said, "dynr1", 5);
    CHECK_OK(recover(copy, place("new2"), said, false));
    ring_close(r);
}

TEST(a_slip_of_the_pen_is_seen_and_nothing_is_made)
{
    const char *copy = place("copy3"), *new = place("new3");
    struct ring *r = with_copy(copy);
    for (char *c = text + 6; *c; c++) {
        char was = *c;
        if (was == '-')
            continue;
        *c = was == 'Z' ? 'Y' : 'Z';
        CHECK_ERR(recover(copy, new, text, false), ERR_FORMAT);
        *c = was;
    }
    CHECK_ERR(recover(copy, new, "", false), ERR_FORMAT);
    CHECK_ERR(recover(copy, new, "DYNR1", false), ERR_FORMAT);
    CHECK(access(new, F_OK) != 0);
    ring_close(r);
}

TEST(an_older_paper_opens_nothing_any_more)
{
    const char *copy = place("copy4"), *new = place("new4");
    struct ring *r = with_copy(copy);
    char newer[RECOVERY_TEXT_SIZE];
    CHECK_OK(recovery_make(r->dir, NULL, &r->rng, newer));
    CHECK_ERR(recover(copy, new, text, false), ERR_DENIED);
    CHECK_OK(recover(copy, new, newer, false));
    ring_close(r);
}

TEST(a_destroyed_date_is_gone_in_the_copy_too)
{
    const char *copy = place("copy5"), *new = place("new5");
    struct ring *r = with_copy(copy);
    CHECK_OK(keyring_make_day(r->k, DAY1));
    CHECK_OK(keyring_make_day(r->k, DAY1 + 1));
    CHECK_OK(keyring_drop_house(r->k, DAY1));
    CHECK_OK(keyring_drop_upload(r->k, DAY1));
    CHECK_OK(recover(copy, new, text, false));
    struct keyring_day gone = look(new, &r->rng, DAY1), there = look(new, &r->rng, DAY1 + 1);
    CHECK(gone.day == DAY1 && !gone.house && !gone.upload);
    CHECK(there.house && there.upload);
    ring_close(r);
}

TEST(a_missing_medium_keeps_the_key_and_turns_nobody_away)
{
    const char *copy = place("copy6"), *away = place("away6");
    struct ring *r = with_copy(copy);
    struct recovery_state s;
    CHECK_OK(keyring_make_day(r->k, DAY1));
    CHECK_INT(rename(copy, away), 0);
    CHECK_ERR(keyring_drop_house(r->k, DAY1), ERR_IO);
    CHECK(look(r->dir, &r->rng, DAY1).house);
    CHECK_OK(keyring_make_day(r->k, DAY1 + 1));
    CHECK_OK(recovery_look(r->dir, &s));
    CHECK(s.made && s.copied && !s.same);
    CHECK_INT(rename(away, copy), 0);
    CHECK_OK(keyring_drop_house(r->k, DAY1));
    CHECK_OK(recovery_look(r->dir, &s));
    CHECK(s.same);
    ring_close(r);
}

TEST(keys_that_are_there_stay_unless_they_are_set_aside)
{
    const char *copy = place("copy7");
    struct ring *r = with_copy(copy);
    CHECK_OK(keyring_make_day(r->k, DAY1));
    char dir[256], aside[300];
    snprintf(dir, sizeof(dir), "%s", r->dir);
    char kept[RECOVERY_TEXT_SIZE];
    memcpy(kept, text, sizeof(kept));
    ring_close(r);
    struct ring *other = ring_open();
    CHECK_ERR(recover(copy, other->dir, kept, false), ERR_EXISTS);
    CHECK_INT(look(other->dir, &other->rng, DAY1).day, 0);
    CHECK_OK(recover(copy, other->dir, kept, true));
    CHECK(look(other->dir, &other->rng, DAY1).house);
    snprintf(aside, sizeof(aside), "%s.aside-1/keyring", other->dir);
    CHECK_INT(access(aside, F_OK), 0);
    ring_close(other);
}

TEST(lost_secrets_come_back_beside_their_own_keyring)
{
    struct ring *r = ring_open();
    CHECK_OK(recovery_make(r->dir, NULL, &r->rng, text));
    CHECK_OK(keyring_make_day(r->k, DAY1));
    ring_close(r);
    CHECK_INT(unlink(of(r, "device.key")), 0);
    CHECK_ERR(keyring_open(&r->options, &r->k), ERR_NOT_FOUND);
    CHECK_OK(recover(r->dir, r->dir, text, false));
    CHECK(look(r->dir, &r->rng, DAY1).house);
}

TEST(a_copy_that_nobody_could_open_is_not_begun)
{
    struct ring *r = ring_open();
    struct recovery_state s;
    CHECK_INT(mkdir(place("copy8"), 0700), 0);
    CHECK_ERR(recovery_copy_to(r->dir, place("copy8")), ERR_NOT_FOUND);
    CHECK_ERR(recovery_copy_to(r->dir, place("nowhere")), ERR_NOT_FOUND);
    CHECK_OK(recovery_look(r->dir, &s));
    CHECK(!s.made && !s.copied && !s.same);
    ring_close(r);
}

TEST(a_damaged_copy_is_refused)
{
    const char *copy = place("copy9"), *new = place("new9");
    struct ring *r = with_copy(copy);
    char path[400];
    snprintf(path, sizeof(path), "%s/recovery.sealed", copy);
    FILE *f = fopen(path, "r+");
    CHECK(f != NULL);
    CHECK_INT(fputc(0, f) == 0 && fputc(0, f) == 0 ? fclose(f) : 1, 0);
    CHECK_ERR(recover(copy, new, text, false), ERR_DENIED);
    CHECK_INT(truncate(path, 20), 0);
    CHECK_ERR(recover(copy, new, text, false), ERR_CORRUPT);
    CHECK_INT(unlink(path), 0);
    CHECK_ERR(recover(copy, new, text, false), ERR_NOT_FOUND);
    CHECK(access(new, F_OK) != 0);
    ring_close(r);
}
