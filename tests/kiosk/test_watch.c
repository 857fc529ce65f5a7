#include "kiosk/watch.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/lib/check.h"

static void woke(void *arg)
{
    atomic_fetch_add((atomic_int *)arg, 1);
}

/* Until it has happened n times, or two seconds of real time are over. */
static bool happens(atomic_int *count, int n)
{
    for (int i = 0; i < 2000 && atomic_load(count) < n; i++)
        usleep(1000);
    return atomic_load(count) >= n;
}

static void append(const char *path)
{
    FILE *f = fopen(path, "ae");
    CHECK(f != NULL);
    CHECK(fputs("x", f) >= 0);
    CHECK_INT(fclose(f), 0);
}

TEST(a_write_to_the_wal_wakes_even_when_the_file_came_later)
{
    char db[300], wal[310];
    atomic_int count = 0;
    struct watch w;
    snprintf(db, sizeof(db), "%s/w.db", check_tmpdir());
    snprintf(wal, sizeof(wal), "%s-wal", db);
    CHECK_OK(watch_start(&w, db, woke, &count));
    append(wal); /* made now */
    CHECK(happens(&count, 1));
    int seen = atomic_load(&count);
    append(wal);
    CHECK(happens(&count, seen + 1));
    watch_stop(&w);
}

TEST(the_wal_may_go_and_come_again)
{
    char db[300], wal[310];
    atomic_int count = 0;
    struct watch w;
    snprintf(db, sizeof(db), "%s/g.db", check_tmpdir());
    snprintf(wal, sizeof(wal), "%s-wal", db);
    append(wal);
    CHECK_OK(watch_start(&w, db, woke, &count));
    CHECK_INT(unlink(wal), 0);
    CHECK(happens(&count, 1));
    int seen = atomic_load(&count);
    append(wal);
    CHECK(happens(&count, seen + 1));
    watch_stop(&w);
}

TEST(a_folder_that_is_not_there_cannot_be_watched)
{
    struct watch w;
    CHECK_ERR(watch_start(&w, "/nonexistent/x.db", woke, NULL), ERR_IO);
    watch_stop(&w);
}
