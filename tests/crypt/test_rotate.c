#include "crypt/rotate.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "crypt/envelope.h"
#include "crypt/pin.h"
#include "crypt/recovery.h"
#include "crypt/seal.h"
#include "tests/crypt/fixture.h"

static const char *of(const char *dir, const char *name)
{
    static char path[4][400];
    static unsigned next;
    char *p = path[next++ % 4];
    snprintf(p, sizeof(path[0]), "%s/%s", dir, name);
    return p;
}

static void copy_file(const char *from, const char *to)
{
    CLEANUP(buf_done) struct buf b = buf_make(1 << 20);
    CHECK_OK(buf_read_file(&b, from));
    FILE *f = fopen(to, "w");
    CHECK(f && fwrite(b.v, 1, b.n, f) == b.n && fclose(f) == 0);
    CHECK_INT(chmod(to, 0600), 0);
}

#define NAME "Jansen"
#define SEALED (sizeof(NAME) + SEAL_OVERHEAD)

static struct seal_place name_of(int32_t day)
{
    return (struct seal_place){ .day = day, .table = "visit", .row = "1", .column = "family" };
}

static void seal(struct ring *r, int32_t day, unsigned char out[SEALED])
{
    const struct seal_place at = name_of(day);
    CHECK_OK(seal_field(r->k, &at, NAME, sizeof(NAME), out));
}

static enum err opens(struct ring *r, int32_t day, const unsigned char sealed[SEALED])
{
    const struct seal_place at = name_of(day);
    char name[sizeof(NAME)] = "";
    enum err e = seal_open(r->k, &at, sealed, SEALED, (unsigned char *)name);
    if (e == ERR_OK)
        CHECK_STR(name, NAME);
    return e;
}

static void rotate(struct ring *r)
{
    ring_close(r);
    CHECK_OK(keyring_rotate(r->dir, NULL, &r->rng));
    CHECK_OK(keyring_open(&r->options, &r->k));
}

TEST(what_was_sealed_before_opens_with_the_new_keys)
{
    struct ring *r = ring_open();
    unsigned char dated[SEALED], undated[SEALED];
    char pin[PIN_HASH_SIZE];
    struct envelope e, again;
    seal(r, DAY1, dated);
    seal(r, SEAL_NO_DAY, undated);
    CHECK_OK(pin_hash(r->k, "482913", &pin_cost_cheap, pin));
    CHECK_OK(envelope_make(r->k, DAY1, &e));
    for (int i = 0; i < 2; i++) {
        rotate(r);
        CHECK_OK(opens(r, DAY1, dated));
        CHECK_OK(opens(r, SEAL_NO_DAY, undated));
        CHECK_OK(pin_verify(r->k, "482913", pin, &pin_cost_cheap));
        CHECK_OK(envelope_open(r->k, DAY1, e.sealed, sizeof(e.sealed), &again));
        CHECK(memcmp(again.key, e.key, sizeof(e.key)) == 0);
    }
    ring_close(r);
}

TEST(who_kept_the_old_secrets_opens_nothing_of_the_new_keyring)
{
    static const char *const secrets[] = { "device.key", "upload.key" };
    struct ring *r = ring_open();
    unsigned char sealed[SEALED];
    struct envelope e, again;
    char kept[2][300];
    seal(r, DAY1, sealed);
    CHECK_OK(envelope_make(r->k, DAY1, &e));
    for (int i = 0; i < 2; i++) {
        snprintf(kept[i], sizeof(kept[i]), "%s/kept%d", check_tmpdir(), i);
        copy_file(of(r->dir, secrets[i]), kept[i]);
    }
    rotate(r);
    for (int i = 0; i < 2; i++)
        copy_file(kept[i], of(r->dir, secrets[i]));
    ring_reopen(r);
    CHECK_ERR(opens(r, DAY1, sealed), ERR_DENIED);
    CHECK_ERR(envelope_open(r->k, DAY1, e.sealed, sizeof(e.sealed), &again), ERR_DENIED);
    ring_close(r);
}

TEST(a_wrap_that_was_destroyed_stays_destroyed)
{
    struct ring *r = ring_open();
    unsigned char sealed[SEALED];
    seal(r, DAY1, sealed);
    CHECK_OK(keyring_drop_house(r->k, DAY1));
    rotate(r);
    CHECK_INT(keyring_count(r->k), 1);
    CHECK(!keyring_at(r->k, 0).house && keyring_at(r->k, 0).upload);
    CHECK_ERR(opens(r, DAY1, sealed), ERR_DENIED);
    CHECK_ERR(keyring_make_day(r->k, DAY1), ERR_DENIED);
    ring_close(r);
}

TEST(nothing_is_left_of_the_old_files_and_rights_are_as_before)
{
    struct ring *r = ring_open();
    char beside[300];
    struct stat st;
    CHECK_OK(recovery_make(r->dir, NULL, &r->rng, (char[RECOVERY_TEXT_SIZE]){ 0 }));
    CHECK_INT(chmod(of(r->dir, "lock"), 0640), 0);
    rotate(r);
    snprintf(beside, sizeof(beside), "%s.rotating", r->dir);
    CHECK(access(beside, F_OK) != 0);
    CHECK(access(of(r->dir, "recovery.sealed"), F_OK) != 0); /* opened the old secrets only */
    CHECK_INT(stat(of(r->dir, "device.key"), &st), 0);
    CHECK_INT(st.st_mode & 0777, 0600);
    CHECK_INT(stat(of(r->dir, "lock"), &st), 0);
    CHECK_INT(st.st_mode & 0777, 0640);
    ring_close(r);
}

TEST(what_a_power_cut_left_beside_is_destroyed_first)
{
    struct ring *r = ring_open();
    unsigned char sealed[SEALED];
    char beside[300];
    seal(r, DAY1, sealed);
    snprintf(beside, sizeof(beside), "%s.rotating", r->dir);
    CHECK_INT(mkdir(beside, 0700), 0);
    copy_file(of(r->dir, "device.key"), of(beside, "device.key"));
    copy_file(of(r->dir, "device.key"), of(beside, "keyring.new"));
    rotate(r);
    CHECK(access(beside, F_OK) != 0);
    CHECK_OK(opens(r, DAY1, sealed));
    ring_close(r);
}

TEST(keys_that_are_not_ours_to_open_are_left_as_they_are)
{
    struct ring *r = ring_open();
    unsigned char sealed[SEALED];
    char kept[300], other[32];
    seal(r, DAY1, sealed);
    snprintf(kept, sizeof(kept), "%s/kept", check_tmpdir());
    copy_file(of(r->dir, "device.key"), kept);
    rng_fill(&r->rng, other, sizeof(other));
    FILE *f = fopen(of(r->dir, "device.key"), "w");
    CHECK(f && fwrite(other, 1, sizeof(other), f) == sizeof(other) && fclose(f) == 0);
    ring_close(r);
    CHECK_ERR(keyring_rotate(r->dir, NULL, &r->rng), ERR_DENIED);
    copy_file(kept, of(r->dir, "device.key"));
    CHECK_OK(keyring_open(&r->options, &r->k));
    CHECK_OK(opens(r, DAY1, sealed));
    ring_close(r);
}

TEST(a_paper_of_rotated_keys_brings_them_back)
{
    struct ring *r = ring_open();
    unsigned char sealed[SEALED], undated[SEALED];
    char text[RECOVERY_TEXT_SIZE], copy[300];
    seal(r, DAY1, sealed);
    seal(r, SEAL_NO_DAY, undated);
    rotate(r);
    snprintf(copy, sizeof(copy), "%s/copy", check_tmpdir());
    CHECK_INT(mkdir(copy, 0700), 0);
    CHECK_OK(recovery_make(r->dir, NULL, &r->rng, text));
    CHECK_OK(recovery_copy_to(r->dir, copy));
    ring_close(r);
    CHECK_INT(unlink(of(r->dir, "device.key")), 0);
    const struct recovery_options o = {
        .from = copy, .keys_dir = r->dir, .text = text, .force = true
    };
    CHECK_OK(recovery_open(&o));
    CHECK_OK(keyring_open(&r->options, &r->k));
    CHECK_OK(opens(r, DAY1, sealed));
    CHECK_OK(opens(r, SEAL_NO_DAY, undated));
    ring_close(r);
}
