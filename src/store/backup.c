#include "store/backup.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/copy.h"

#define MODE 0600
/* SQLite's file header: https://www.sqlite.org/fileformat2.html#the_database_header */
#define HEADER_SIZE 100
#define AT_WRITE_VERSION 18
#define ONE_FILE 1 /* its rollback journal; 2 is WAL: a database in use */
#define AT_APPLICATION_ID 68

static bool is_backup(const char *path)
{
    unsigned char h[HEADER_SIZE];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool whole = read(fd, h, sizeof(h)) == (ssize_t)sizeof(h);
    close(fd);
    const unsigned char *id = h + AT_APPLICATION_ID;
    return whole && memcmp(h, "SQLite format 3", 16) == 0 && h[AT_WRITE_VERSION] == ONE_FILE &&
           ((uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3]) ==
               STORE_APPLICATION_ID;
}

static bool same_file(const struct stat *a, const char *path)
{
    struct stat b;
    return stat(path, &b) == 0 && a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

/* Only an older backup may give way. */
static enum err may_replace(const struct store *s, const char *path)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return copy_errno() == ERR_NOT_FOUND ? ERR_OK : copy_errno();
    bool older = S_ISREG(st.st_mode) && is_backup(path) && !same_file(&st, s->path);
    return older ? ERR_OK : ERR_EXISTS;
}

enum err store_backup(struct store *s, const char *path, struct backup_made *ret_made)
{
    CLEANUP(fresh_done) struct fresh f = { 0 };
    struct store *copy = NULL;
    struct backup_made made = { .schema = s->schema };
    enum err e = may_replace(s, path);
    if (e == ERR_OK)
        e = fresh_begin(path, MODE, &f);
    if (e == ERR_OK)
        e = copy_pages(s, &f, &copy);
    if (e == ERR_OK)
        e = copy_check(copy);
    if (e == ERR_OK)
        e = copy_count(copy, &made.pages);
    store_close(copy);
    if (e == ERR_OK)
        e = fresh_keep(&f);
    if (e == ERR_OK)
        *ret_made = made;
    return e;
}
