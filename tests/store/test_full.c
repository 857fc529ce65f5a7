/* A full disk: what does not fit is refused whole, what is there stays, and it goes on later. */
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/check.h"
#include "store/meta.h"
#include "tests/store/fixture.h"

static bool mount_small(const char *dir)
{
    /* In a mount space of our own, so that a failing test leaves nothing mounted. */
    return mkdir(dir, 0700) == 0 && geteuid() == 0 && unshare(CLONE_NEWNS) == 0 &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("tmpfs", dir, "tmpfs", 0, "size=1m") == 0;
}

/* Fills what is left of the disk but for `spare` bytes. */
static void fill(const char *path, int64_t spare, struct store *s)
{
    int64_t left = 0;
    CHECK_OK(store_free_bytes(s, &left));
    FILE *f = fopen(path, "wb");
    for (int64_t i = spare; i < left; i += 512) {
        static const char block[512] = "ballast";
        if (fwrite(block, 1, sizeof(block), f) != sizeof(block))
            break;
    }
    fclose(f);
}

static enum err put(struct house *h, int number)
{
    char family[16];
    snprintf(family, sizeof(family), "Berg%c%c", 'A' + number / 26, 'A' + number % 26);
    struct person p = a_person("Noor", family);
    struct visit_row r = a_visit(h, number);
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(h->s, &tx);
    if (e == ERR_OK)
        e = store_visit_insert(h->s, &r, &p);
    return e == ERR_OK ? store_commit(&tx) : e;
}

static void one_level(struct house *h, const char *ballast, int64_t spare)
{
    int stored = 0;
    enum err e = ERR_OK;
    fill(ballast, spare, h->s);
    while ((e = put(h, stored + 1)) == ERR_OK && stored < 500)
        stored++;
    CHECK_ERR(e, ERR_IO);
    CHECK(!store_failed(h->s)); /* full is no broken disk */
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    CHECK_OK(store_visits_open(h->s, DAY1, &l)); /* readable while full */
    CHECK_INT(l.n, stored);
    CHECK_INT(unlink(ballast), 0);
    CHECK_OK(put(h, stored + 1));
    house_reopen(h);
    visit_rows_done(&l);
    CHECK_OK(store_visits_open(h->s, DAY1, &l));
    CHECK_INT(l.n, stored + 1);
    struct said said = { 0 };
    enum err checked = store_check(h->s, gather, &said);
    CHECK(checked == ERR_CORRUPT && !strstr(said.text, "file:")); /* no events, but whole */
}

TEST(a_full_disk_refuses_and_resumes)
{
    char dir[200], ballast[256];
    snprintf(dir, sizeof(dir), "%.190s/small", check_tmpdir());
    if (!mount_small(dir)) {
        printf("skip a_full_disk_refuses_and_resumes: needs root to mount a small tmpfs\n");
        rmdir(dir);
        return;
    }
    snprintf(ballast, sizeof(ballast), "%s/ballast", dir);
    for (int64_t spare = 0; spare < 200000; spare += 20480) {
        struct house h = { .rng = rng_system() };
        snprintf(h.path, sizeof(h.path), "%.200s/house.db", dir);
        h.options = (struct store_options){ .path = h.path, .rng = &h.rng,
                                            .keys = STORE_KEYS_BOTH, .boot = "boot-one" };
        CHECK_OK(store_create(&h.options, true));
        CHECK_OK(store_open(&h.options, &h.s));
        CHECK_OK(store_make_day(h.s, DAY1));
        one_level(&h, ballast, spare);
        house_close(&h);
        CHECK_INT(unlink(h.path), 0);
    }
    CHECK_INT(umount(dir), 0);
    CHECK_INT(rmdir(dir), 0);
}
