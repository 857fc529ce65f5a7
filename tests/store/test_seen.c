#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/audit.h"
#include "store/backup.h"
#include "tests/store/fixture.h"

#define COPIES 20

static void line(struct store *s, const char *action)
{
    struct audit_row r = { .at = NOON, .actor = "kiosk:1", .object = "1", .result = "ok" };
    snprintf(r.action, sizeof(r.action), "%s", action);
    CHECK_OK(store_audit_append(s, &r));
}

static void lines(struct store *s, int n)
{
    for (int i = 0; i < n; i++)
        line(s, "test");
}

static struct house *house_with(int n)
{
    struct house *h = house_open();
    lines(h->s, n);
    return h;
}

static const char *beside(const struct house *h, const char *suffix)
{
    static char path[300];
    snprintf(path, sizeof(path), "%s%s", h->path, suffix);
    return path;
}

static size_t slurp(const char *path, char *bytes, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    ssize_t n = read(fd, bytes, size);
    close(fd);
    CHECK(n >= 0 && (size_t)n < size);
    return (size_t)n;
}

static void spill(const char *path, const char *bytes, size_t n)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    CHECK_INT(write(fd, bytes, n), (long)n);
    close(fd);
}

/* The database's file as it is at this moment, closed. */
static char old_bytes[4 * 1024 * 1024];
static size_t keep_copy(struct house *h)
{
    house_close(h);
    return slurp(h->path, old_bytes, sizeof(old_bytes));
}

static void put_back(struct house *h, size_t n)
{
    house_close(h);
    spill(h->path, old_bytes, n);
}

static bool opens_older(struct house *h)
{
    CHECK_OK(store_open(&h->options, &h->s));
    return store_is_older(h->s);
}

TEST(a_house_that_goes_on_is_never_older)
{
    struct house *h = house_with(1);
    for (int i = 0; i < COPIES; i++) {
        CHECK(!store_is_older(h->s));
        lines(h->s, i % 3);
        house_reopen(h);
    }
    house_close(h);
}

TEST(each_user_of_the_houses_group_may_keep_what_was_seen)
{
    struct stat st;
    mode_t was = umask(077);
    struct house *h = house_with(1);
    house_close(h);
    umask(was);
    CHECK_INT(stat(beside(h, ".seen"), &st), 0);
    CHECK_INT(st.st_mode & 0777, 0660);
}

TEST(an_older_copy_in_its_place_is_noticed_whichever_it_is)
{
    for (int i = 0; i < COPIES; i++) {
        struct house *h = house_with(1 + i);
        size_t n = keep_copy(h);
        CHECK(!opens_older(h));
        lines(h->s, 1 + i % 4);
        put_back(h, n);
        CHECK(opens_older(h));
        house_close(h);
    }
}

TEST(so_is_one_that_went_another_way_since)
{
    struct house *h = house_with(3);
    size_t n = keep_copy(h);
    CHECK(!opens_older(h));
    lines(h->s, 2);
    house_close(h);
    size_t kept = slurp(beside(h, ".seen"), old_bytes + n, sizeof(old_bytes) - n);
    char seen[300];
    memcpy(seen, old_bytes + n, kept);
    spill(h->path, old_bytes, n);
    unlink(beside(h, ".seen"));
    CHECK(!opens_older(h)); /* nothing is known any more */
    for (int i = 0; i < 9; i++)
        line(h->s, "other");
    house_close(h);
    spill(beside(h, ".seen"), seen, kept);
    CHECK(opens_older(h));
    house_close(h);
}

TEST(it_goes_on_saying_so_until_that_was_noted)
{
    struct house *h = house_with(3);
    size_t n = keep_copy(h);
    CHECK(!opens_older(h));
    lines(h->s, 4);
    put_back(h, n);
    CHECK(opens_older(h));
    for (int i = 0; i < 9; i++) /* longer than what was seen */
        line(h->s, "other");
    CHECK_OK(store_checkpoint(h->s));
    house_close(h);
    CHECK(opens_older(h));
    store_older_noted(h->s);
    CHECK(!store_is_older(h->s));
    house_reopen(h);
    CHECK(!store_is_older(h->s));
    house_close(h);
}

TEST(what_a_program_saw_at_rest_stands_when_it_is_killed)
{
    struct house *h = house_with(2);
    size_t n = keep_copy(h);
    CHECK(!opens_older(h));
    lines(h->s, 2);
    CHECK_OK(store_checkpoint(h->s));
    char seen[300];
    size_t kept = slurp(beside(h, ".seen"), seen, sizeof(seen));
    put_back(h, n);
    spill(beside(h, ".seen"), seen, kept); /* as if it had never been closed */
    CHECK(opens_older(h));
    house_close(h);
}

TEST(a_torn_or_empty_or_strange_note_says_nothing)
{
    struct house *h = house_with(5);
    house_close(h);
    char seen[300], broken[300];
    size_t kept = slurp(beside(h, ".seen"), seen, sizeof(seen));
    for (size_t i = 0; i <= kept; i += i < kept - 2 ? 7 : 1) {
        memcpy(broken, seen, kept);
        if (i < kept)
            broken[i] = broken[i] == '9' ? '8' : '9';
        spill(beside(h, ".seen"), broken, i < kept && i % 2 ? i : kept);
        CHECK(!opens_older(h));
        house_close(h);
        spill(beside(h, ".seen"), seen, kept);
    }
}

TEST(a_log_that_was_shortened_is_no_older_one)
{
    struct house *h = house_with(5);
    house_close(h);
    char seen[300];
    size_t kept = slurp(beside(h, ".seen"), seen, sizeof(seen));
    struct audit_cut cut;
    CHECK(!opens_older(h));
    struct audit_row by = { .at = NOON + DAY_MS, .actor = "ctl", .result = "ok" };
    CHECK_OK(store_audit_shorten(h->s, NOON + DAY_MS, &by, &cut));
    CHECK_INT(cut.rows, 5);
    house_close(h);
    spill(beside(h, ".seen"), seen, kept);
    CHECK(!opens_older(h));
    house_close(h);
}

TEST(a_restore_is_meant_and_another_house_in_its_place_too)
{
    struct house *h = house_with(3);
    struct backup_made made;
    struct restored r;
    char backup[300];
    snprintf(backup, sizeof(backup), "%s", beside(h, ".backup"));
    CHECK_OK(store_backup(h->s, backup, &made));
    lines(h->s, 5);
    house_close(h);
    struct restore_options o = { .backup = backup, .to = h->options, .force = true };
    CHECK_OK(store_restore(&o, &r));
    CHECK(!opens_older(h));
    lines(h->s, 5);
    house_close(h);
    CHECK_INT(unlink(h->path), 0);
    CHECK_OK(store_create(&h->options, true));
    CHECK(!opens_older(h));
    house_close(h);
}
