#include "crypt/keyring.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypt/seal.h"
#include "tests/crypt/fixture.h"

static void path_in(const struct ring *r, const char *name, char out[300])
{
    snprintf(out, 300, "%s/%s", r->dir, name);
}

static struct seal_place place(int32_t day)
{
    return (struct seal_place){ .day = day, .table = "visit", .row = "1", .column = "person" };
}

/* Whether what was sealed for a day with this ring can be opened with that one. */
static enum err seal_and_open(struct keyring *here, struct keyring *there, int32_t day)
{
    unsigned char sealed[5 + SEAL_OVERHEAD], plain[5];
    struct seal_place at = place(day);
    enum err e = seal_field(here, &at, "berg", 5, sealed);
    return e == ERR_OK ? seal_open(there, &at, sealed, sizeof(sealed), plain) : e;
}

TEST(a_new_keyring_has_secret_files_for_its_owner_only)
{
    struct ring *r = ring_open();
    const char *secrets[] = { "device.key", "audit.key", "upload.key" };
    struct stat st;
    char path[300];
    for (size_t i = 0; i < ARRAY_LEN(secrets); i++) {
        path_in(r, secrets[i], path);
        CHECK_INT(stat(path, &st), 0);
        CHECK_INT(st.st_size, 32);
        CHECK_INT(st.st_mode & 0777, 0600);
    }
    path_in(r, "keyring", path);
    CHECK_INT(stat(path, &st), 0);
    CHECK_INT(st.st_mode & 0777, 0660);
    CHECK_ERR(keyring_create(r->dir, &r->rng), ERR_EXISTS);
    CHECK_INT(keyring_count(r->k), 0);
    ring_close(r);
}

TEST(days_are_made_once_and_kept_in_order_over_a_restart)
{
    struct ring *r = ring_open();
    CHECK_OK(keyring_make_day(r->k, DAY1 + 5));
    CHECK_OK(keyring_make_day(r->k, DAY1));
    CHECK_OK(keyring_make_day(r->k, DAY1 + 2));
    CHECK_OK(keyring_make_day(r->k, DAY1));
    ring_reopen(r);
    CHECK_INT(keyring_count(r->k), 3);
    CHECK_INT(keyring_at(r->k, 0).day, DAY1);
    CHECK_INT(keyring_at(r->k, 1).day, DAY1 + 2);
    CHECK_INT(keyring_at(r->k, 2).day, DAY1 + 5);
    CHECK(keyring_at(r->k, 0).house && keyring_at(r->k, 0).upload);
    ring_close(r);
}

TEST(another_process_finds_the_days_that_were_made_meanwhile)
{
    struct ring *r = ring_open();
    struct keyring *other = NULL;
    CHECK_OK(keyring_open(&r->options, &other));
    CHECK_OK(seal_and_open(r->k, other, DAY1)); /* made by one, read by the other */
    CHECK_OK(seal_and_open(other, r->k, DAY1));
    CHECK_INT(keyring_count(other), 1);
    keyring_close(other);
    ring_close(r);
}

TEST(many_processes_making_days_at_once_lose_none)
{
    struct ring *r = ring_open();
    enum { RACERS = 4, DAYS = 6 };
    pid_t pids[RACERS];
    for (int i = 0; i < RACERS; i++) {
        pids[i] = fork();
        CHECK(pids[i] >= 0);
        if (pids[i] == 0) {
            struct rng rng = rng_system();
            struct keyring_options o = r->options;
            struct keyring *k = NULL;
            o.rng = &rng;
            o.busy_ms = CHECK_PATIENCE_MS;
            enum err e = keyring_open(&o, &k);
            for (int d = 0; e == ERR_OK && d < DAYS; d++)
                e = keyring_make_day(k, DAY1 + (d + i) % DAYS); /* each in another order */
            keyring_close(k);
            _exit(e == ERR_OK ? 0 : 1);
        }
    }
    for (int i = 0; i < RACERS; i++) {
        int status = 0;
        CHECK_INT(waitpid(pids[i], &status, 0), pids[i]);
        CHECK_INT(WEXITSTATUS(status), 0);
    }
    CHECK_OK(keyring_refresh(r->k));
    CHECK_INT(keyring_count(r->k), DAYS);
    ring_close(r);
}

TEST(a_dropped_house_wrap_is_gone_for_all_and_for_good)
{
    struct ring *r = ring_open();
    struct keyring *other = NULL;
    unsigned char sealed[5 + SEAL_OVERHEAD], plain[5];
    struct seal_place at = place(DAY1);
    CHECK_OK(keyring_open(&r->options, &other));
    CHECK_OK(seal_field(r->k, &at, "berg", 5, sealed));
    CHECK_OK(seal_open(other, &at, sealed, sizeof(sealed), plain));
    CHECK_ERR(keyring_drop_house(r->k, DAY1 + 1), ERR_NOT_FOUND);
    CHECK_OK(keyring_drop_house(r->k, DAY1));
    CHECK_OK(keyring_drop_house(r->k, DAY1));
    CHECK_ERR(seal_open(r->k, &at, sealed, sizeof(sealed), plain), ERR_DENIED);
    CHECK_OK(keyring_refresh(other));
    CHECK_ERR(seal_open(other, &at, sealed, sizeof(sealed), plain), ERR_DENIED);
    CHECK_ERR(keyring_make_day(other, DAY1), ERR_DENIED); /* no second key for a date */
    CHECK(!keyring_at(other, 0).house);
    CHECK(keyring_at(other, 0).upload);
    keyring_close(other);
    ring_reopen(r);
    CHECK_ERR(seal_open(r->k, &at, sealed, sizeof(sealed), plain), ERR_DENIED);
    ring_close(r);
}

TEST(what_was_dropped_does_not_lie_in_the_file)
{
    struct ring *r = ring_open();
    char path[300];
    path_in(r, "keyring", path);
    CHECK_OK(keyring_make_day(r->k, DAY1));
    char *before = check_read_file(path);
    CHECK_OK(keyring_drop_house(r->k, DAY1));
    CHECK_OK(keyring_drop_upload(r->k, DAY1));
    char *after = check_read_file(path);
    char *line = strstr(after, "day ");
    CHECK(strstr(line, " - -\n") != NULL);
    char wrap[33]; /* a piece of the old house wrap */
    char *old = strchr(strstr(before, "day ") + 4, ' ') + 1 + 64 + 1;
    snprintf(wrap, sizeof(wrap), "%.32s", old);
    CHECK(strstr(before, wrap) != NULL);
    CHECK(strstr(after, wrap) == NULL);
    free(before);
    free(after);
    ring_close(r);
}

TEST(house_and_uploader_open_only_their_own)
{
    struct ring *r = ring_open();
    struct keyring *k = NULL;
    struct keyring_options o = r->options;
    char path[300];
    ring_close(r);
    path_in(r, "device.key", path);
    CHECK_INT(unlink(path), 0);
    o.house = true;
    CHECK_ERR(keyring_open(&o, &k), ERR_NOT_FOUND);
    o.house = false;
    CHECK_OK(keyring_open(&o, &k));
    CHECK_ERR(keyring_make_day(k, DAY1), ERR_INVAL);
    keyring_close(k);
}

TEST(files_that_are_open_to_others_or_not_whole_are_refused)
{
    struct ring *r = ring_open();
    struct keyring *k = NULL;
    char path[300];
    path_in(r, "device.key", path);
    mode_t bad[] = { 0640, 0620, 0604, 0602, 0601, 0610 };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        CHECK_INT(chmod(path, bad[i]), 0);
        CHECK_ERR(keyring_open(&r->options, &k), ERR_DENIED);
    }
    CHECK_INT(chmod(path, 0600), 0);
    CHECK_INT(truncate(path, 31), 0);
    CHECK_ERR(keyring_open(&r->options, &k), ERR_CORRUPT);
    CHECK_INT(truncate(path, 33), 0);
    CHECK_ERR(keyring_open(&r->options, &k), ERR_CORRUPT);
    char real[300];
    path_in(r, "elsewhere", real);
    CHECK_INT(rename(path, real), 0);
    CHECK_INT(symlink(real, path), 0);
    CHECK_ERR(keyring_open(&r->options, &k), ERR_DENIED);
    ring_close(r);
}

TEST(a_systemd_credential_goes_before_the_file)
{
    struct ring *r = ring_open();
    CHECK_OK(keyring_make_day(r->k, DAY1));
    ring_close(r);
    char from[300], credentials[300], to[400];
    snprintf(credentials, sizeof(credentials), "%s/credentials", check_tmpdir());
    CHECK_INT(mkdir(credentials, 0700), 0);
    path_in(r, "device.key", from);
    snprintf(to, sizeof(to), "%s/device.key", credentials);
    CHECK_INT(rename(from, to), 0);
    CHECK_ERR(keyring_open(&r->options, &r->k), ERR_NOT_FOUND);
    r->options.credentials = credentials; /* audit.key is still in the folder */
    CHECK_INT(chmod(to, 0440), 0);        /* as the ACL of systemd shows */
    CHECK_OK(keyring_open(&r->options, &r->k));
    CHECK_OK(seal_and_open(r->k, r->k, DAY1));
    ring_close(r);
    CHECK_INT(chmod(to, 0444), 0);
    CHECK_ERR(keyring_open(&r->options, &r->k), ERR_DENIED);
    CHECK_INT(chmod(to, 0460), 0);
    CHECK_ERR(keyring_open(&r->options, &r->k), ERR_DENIED);
}

/* ---- the disk fails, or the power, at every step of a rewrite ---- */

static int calls, fail_at;

static bool fails(void)
{
    return ++calls == fail_at;
}

static ssize_t bad_write(int fd, const void *bytes, size_t n)
{
    if (fails())
        return -1;
    return write(fd, bytes, n > 100 ? 100 : n); /* and short writes all along */
}

static int bad_fsync(int fd)
{
    return fails() ? -1 : fsync(fd);
}

static int bad_rename(const char *from, const char *to)
{
    return fails() ? -1 : rename(from, to);
}

static const struct file_ops bad_ops = { bad_write, bad_fsync, bad_rename };

/* The sync fails, and then nobody can read the keyring for a while. */
static char hidden[300], shown[300];

static bool hides;

static int fsync_and_hide(int fd)
{
    if (!hides)
        return fsync(fd);
    hides = false;
    CHECK_INT(rename(shown, hidden), 0);
    return -1;
}

static const struct file_ops hiding_ops = { bad_write, fsync_and_hide, bad_rename };

static struct keyring *open_hiding(struct ring *r)
{
    struct keyring *k = NULL;
    snprintf(shown, sizeof(shown), "%s/keyring", r->dir);
    snprintf(hidden, sizeof(hidden), "%s/hidden", r->dir);
    r->options.files = &hiding_ops;
    calls = 1;
    fail_at = 0;
    CHECK_OK(keyring_open(&r->options, &k));
    r->options.files = NULL;
    hides = true;
    return k;
}

TEST(a_key_that_could_not_be_written_is_not_used_when_the_old_file_cannot_be_read_either)
{
    const struct seal_place at = { .day = DAY1, .table = "visit", .row = "1", .column = "name" };
    struct ring *r = ring_open();
    struct keyring *k = open_hiding(r);
    unsigned char sealed[3 + SEAL_OVERHEAD], plain[3];
    CHECK_ERR(keyring_make_day(k, DAY1), ERR_IO);
    CHECK_INT(keyring_count(k), 0);
    CHECK_ERR(seal_field(k, &at, "Bo", 3, sealed), ERR_NOT_FOUND);
    CHECK_INT(rename(hidden, shown), 0);
    ring_reopen(r);
    CHECK_OK(keyring_make_day(r->k, DAY1)); /* by another program */
    CHECK_OK(seal_field(k, &at, "Bo", 3, sealed));
    CHECK_OK(seal_open(r->k, &at, sealed, sizeof(sealed), plain));
    keyring_close(k);
    ring_close(r);
}

TEST(a_wrap_whose_end_could_not_be_written_is_not_called_destroyed)
{
    struct ring *r = ring_open();
    CHECK_OK(keyring_make_day(r->k, DAY1));
    struct keyring *k = open_hiding(r);
    CHECK_ERR(keyring_drop_house(k, DAY1), ERR_IO);
    CHECK_INT(rename(hidden, shown), 0);
    CHECK_OK(keyring_drop_house(k, DAY1));
    CHECK_OK(keyring_refresh(r->k));
    CHECK(!keyring_at(r->k, 0).house);
    keyring_close(k);
    ring_close(r);
}

TEST(a_failed_rewrite_leaves_the_old_keyring_or_the_new)
{
    struct ring *r = ring_open();
    CHECK_OK(keyring_make_day(r->k, DAY1));
    r->options.files = &bad_ops;
    bool done = false;
    int steps = 0;
    for (fail_at = 1; !done; fail_at++) {
        struct keyring *k = NULL;
        calls = fail_at; /* no failing while opening */
        CHECK_OK(keyring_open(&r->options, &k));
        size_t before = keyring_count(k);
        calls = 0;
        enum err e = keyring_make_day(k, DAY1 + 1);
        done = e == ERR_OK;
        steps++;
        if (!done)
            CHECK_ERR(e, ERR_IO);
        keyring_close(k);
        CHECK_OK(keyring_open(&r->options, &k)); /* whole either way */
        CHECK(keyring_count(k) == before || keyring_count(k) == 2);
        if (done)
            CHECK_INT(keyring_count(k), 2);
        CHECK_INT(keyring_at(k, 0).day, DAY1);
        keyring_close(k);
    }
    CHECK(steps > 8); /* several writes, two syncs, a rename */
    ring_close(r);
}

TEST(after_a_failed_rewrite_memory_says_what_the_file_says)
{
    struct ring *r = ring_open();
    ring_close(r);
    r->options.files = &bad_ops;
    calls = fail_at = 0;
    CHECK_OK(keyring_open(&r->options, &r->k));
    calls = 0;
    fail_at = 1;
    CHECK_ERR(keyring_make_day(r->k, DAY1), ERR_IO);
    CHECK_INT(keyring_count(r->k), 0);
    CHECK_OK(seal_and_open(r->k, r->k, DAY1)); /* the next try makes it */
    fail_at = 0;
    ring_reopen(r);
    CHECK_INT(keyring_count(r->k), 1);
    ring_close(r);
}

TEST(a_leftover_of_a_power_cut_is_no_obstacle)
{
    struct ring *r = ring_open();
    char path[300];
    path_in(r, "keyring.new", path);
    FILE *f = fopen(path, "wb");
    fputs("half a", f);
    fclose(f);
    CHECK_OK(keyring_make_day(r->k, DAY1));
    ring_reopen(r);
    CHECK_INT(keyring_count(r->k), 1);
    ring_close(r);
}
