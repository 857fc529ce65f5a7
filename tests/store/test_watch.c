/* Hearing that somebody committed, with a real database file. */
#include "store/watch.h"

#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/lib/check.h"

static atomic_int woken;

static void woke(void *arg)
{
    atomic_fetch_add((atomic_int *)arg, 1);
}

static void append(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    CHECK_INT(write(fd, "x", 1), 1);
    close(fd);
}

TEST(writing_the_wal_wakes_also_when_it_comes_and_goes)
{
    char db[600], wal[640];
    struct watch w;
    snprintf(db, sizeof(db), "%s/house.db", check_tmpdir());
    snprintf(wal, sizeof(wal), "%s-wal", db);
    atomic_store(&woken, 0);
    CHECK_OK(watch_start(&w, db, woke, &woken));
    append(wal); /* it is made: the folder tells */
    CHECK_SOON(atomic_load(&woken) > 0);
    poll(NULL, 0, 50);
    int before = atomic_load(&woken);
    append(wal);
    CHECK_SOON(atomic_load(&woken) > before);
    CHECK(unlink(wal) == 0);
    poll(NULL, 0, 50);
    before = atomic_load(&woken);
    append(wal);
    CHECK_SOON(atomic_load(&woken) > before);
    poll(NULL, 0, 50);
    before = atomic_load(&woken);
    append(wal);
    CHECK_SOON(atomic_load(&woken) > before);
    watch_stop(&w);
}

TEST(it_is_silent_while_nothing_is_written)
{
    char db[600], wal[640];
    struct watch w;
    snprintf(db, sizeof(db), "%s/calm.db", check_tmpdir());
    snprintf(wal, sizeof(wal), "%s-wal", db);
    append(wal);
    atomic_store(&woken, 0);
    CHECK_OK(watch_start(&w, db, woke, &woken));
    int fd = open(wal, O_RDONLY | O_CLOEXEC);
    char byte;
    CHECK_INT(read(fd, &byte, 1), 1); /* reading is no change */
    close(fd);
    poll(NULL, 0, 100);
    CHECK_INT(atomic_load(&woken), 0);
    watch_stop(&w);
}

TEST(a_folder_that_is_not_there_is_an_error_and_stopping_twice_is_fine)
{
    struct watch w;
    CHECK_ERR(watch_start(&w, "/no/such/folder/house.db", woke, &woken), ERR_IO);
    watch_stop(&w);
    watch_stop(&w);
}
