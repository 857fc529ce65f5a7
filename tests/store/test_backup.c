/* One checked file, made while others write. */
#include "store/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/check.h"
#include "store/meta.h"
#include "tests/store/fixture.h"

static const char *beside(const struct house *h, const char *suffix)
{
    static char path[4][400];
    static int n;
    char *p = path[n++ % 4];
    snprintf(p, sizeof(path[0]), "%s%s", h->path, suffix);
    return p;
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void fill(struct house *h, int visits)
{
    struct person p = a_person("Noor", "Berg");
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    for (int i = 1; i <= visits; i++) {
        struct visit_row v = a_visit(h, i);
        v.state = VISIT_LEFT;
        CHECK_OK(store_visit_insert(h->s, &v, &p));
    }
    CHECK_OK(store_commit(&tx));
}

/* The pair of numbers that each transaction of the writer makes equal. */
static int64_t number(struct store *s, const char *key)
{
    int64_t v = -1;
    enum err e = store_meta_get_int(s, key, &v);
    CHECK(e == ERR_OK || e == ERR_NOT_FOUND);
    return v;
}

static struct store *open_copy(struct house *h, const char *path)
{
    struct store *s = NULL;
    struct store_options o = h->options;
    o.path = path;
    o.keys_dir = beside(h, ".keys");
    o.keys = STORE_KEYS_HOUSE;
    CHECK_OK(store_open(&o, &s));
    return s;
}

TEST(a_backup_is_one_file_for_its_owner_alone_and_replaces_the_one_before)
{
    struct house *h = house_open();
    struct backup_made first, second;
    struct stat st;
    fill(h, 20);
    CHECK_OK(store_backup(h->s, beside(h, ".b"), &first));
    CHECK_OK(store_meta_put_int(h->s, "left", 7));
    CHECK_OK(store_backup(h->s, beside(h, ".b"), &second));
    CHECK_INT(stat(beside(h, ".b"), &st), 0);
    CHECK_INT(st.st_size, second.pages * 4096);
    CHECK_INT(st.st_mode & 0777, 0600);
    CHECK_INT(second.schema, store_schema(h->s));
    CHECK(!exists(beside(h, ".b.new")));
    CHECK(!exists(beside(h, ".b-wal")));
    CHECK(!exists(beside(h, ".b.new-wal")));
    struct store *s = open_copy(h, beside(h, ".b"));
    CHECK_INT(number(s, "left"), 7);
    store_close(s);
    house_close(h);
}

TEST(a_file_that_is_no_backup_stays)
{
    struct house *h = house_open();
    struct backup_made made;
    FILE *f = fopen(beside(h, ".letter"), "w");
    fputs("Dear house", f);
    fclose(f);
    CHECK_ERR(store_backup(h->s, beside(h, ".letter"), &made), ERR_EXISTS);
    CHECK_ERR(store_backup(h->s, h->path, &made), ERR_EXISTS);
    CHECK_ERR(store_backup(h->s, beside(h, "-wal"), &made), ERR_EXISTS);
    CHECK_ERR(store_backup(h->s, beside(h, ".keys"), &made), ERR_EXISTS);
    CHECK_ERR(store_backup(h->s, "/nowhere/at/all", &made), ERR_NOT_FOUND);
    house_close(h);
}

TEST(a_damaged_database_gives_no_backup)
{
    struct house *h = house_open();
    struct backup_made made;
    fill(h, 300);
    CHECK_OK(store_backup(h->s, beside(h, ".b"), &made));
    house_close(h);
    FILE *f = fopen(h->path, "r+");
    CHECK_INT(fseek(f, (made.pages - 20) * 4096, SEEK_SET), 0);
    for (int i = 0; i < 8 * 4096; i++)
        fputc(0xA5, f);
    fclose(f);
    CHECK_OK(store_open(&h->options, &h->s));
    CHECK_ERR(store_backup(h->s, beside(h, ".c"), &made), ERR_CORRUPT);
    CHECK(!exists(beside(h, ".c")));
    CHECK(!exists(beside(h, ".c.new")));
    CHECK_ERR(store_backup(h->s, beside(h, ".b"), &made), ERR_CORRUPT);
    house_close(h);
    struct store *s = open_copy(h, beside(h, ".b")); /* the good one stands */
    store_close(s);
}

/* Commits until the pipe closes; one that had to wait too long would fail as busy. */
static int write_on(struct store *s, int stop)
{
    char c;
    for (int commits = 0;; commits++) {
        struct store_tx tx = { 0 };
        if (store_begin(s, &tx) || store_meta_put_int(s, "left", commits) ||
            store_meta_put_int(s, "right", commits) || store_commit(&tx))
            return 2;
        if (commits >= 100 && read(stop, &c, 1) == 0)
            return 0;
    }
}

TEST(others_go_on_writing_and_the_copy_is_of_one_moment)
{
    struct house *h = house_open();
    struct backup_made made;
    int go[2], stop[2];
    fill(h, 3000);
    CHECK_INT(pipe(go), 0);
    CHECK_INT(pipe2(stop, O_NONBLOCK), 0);
    house_close(h);
    pid_t writer = fork();
    if (writer == 0) {
        char c;
        close(go[1]);
        close(stop[1]);
        struct store *s = NULL;
        bool started = read(go[0], &c, 1) == 0;
        _exit(started && store_open(&h->options, &s) == ERR_OK ? write_on(s, stop[0]) : 1);
    }
    close(go[0]);
    close(stop[0]);
    CHECK_OK(store_open(&h->options, &h->s));
    close(go[1]); /* the opening is over: only a backup may hold the writer up from now on */
    CHECK_SOON(number(h->s, "left") >= 20);
    int64_t before = 0, during = 0;
    for (int i = 0; i < 5 || during == 0; i++) { /* the writer may be slow to get its turn */
        CHECK(i < 500);
        before = number(h->s, "left");
        CHECK_OK(store_backup(h->s, beside(h, ".b"), &made));
        during += number(h->s, "left") - before;
        struct store *s = open_copy(h, beside(h, ".b"));
        CHECK(number(s, "left") >= before);
        CHECK_INT(number(s, "left"), number(s, "right"));
        store_close(s);
    }
    CHECK(made.pages > 300);
    close(stop[1]);
    int status = 0;
    CHECK_INT(waitpid(writer, &status, 0), writer);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
    house_close(h);
}
