#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/backup.h"
#include "store/copy.h"
#include "store/migrations.h"
#include "store/seen.h"

#define MODE 0660 /* the programs of a house run under users of one group */
#define ASIDE_MAX 999

static const char SQL_WAL[] = "PRAGMA journal_mode = WAL";

/* ---- the database that is there ---- */

static bool exists(const char *path)
{
    return faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A WAL that outlived its database counts too: SQLite would play it into the restored one. */
static bool is_there(const char *path)
{
    char side[COPY_PATH_SIZE];
    bool there = exists(path);
    for (size_t i = 0; !there && i < ARRAY_LEN(copy_sides); i++)
        there = copy_path(path, copy_sides[i], side) == ERR_OK && exists(side);
    return there;
}

enum err store_refuse_in_use(const char *path)
{
    bool used = false;
    enum err e = copy_in_use(path, &used);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    return e == ERR_OK && used ? ERR_BUSY : e;
}

static enum err refuse_present(const struct restore_options *o)
{
    if (!is_there(o->to.path))
        return ERR_OK;
    return o->force ? store_refuse_in_use(o->to.path) : ERR_EXISTS;
}

static enum err move(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 || errno == ENOENT)
        return ERR_OK;
    return errno == EEXIST ? ERR_EXISTS : copy_errno();
}

/* The database first: without it no program starts, and a WAL that a power cut left behind
 * alone is seen by is_there(). */
static enum err move_all(const char *path, const char *aside)
{
    char from[COPY_PATH_SIZE], to[COPY_PATH_SIZE];
    enum err e = move(path, aside);
    for (size_t i = 0; e == ERR_OK && i < ARRAY_LEN(copy_sides); i++) {
        e = copy_path(path, copy_sides[i], from);
        if (e == ERR_OK)
            e = copy_path(aside, copy_sides[i], to);
        if (e == ERR_OK)
            e = move(from, to);
    }
    return e;
}

static enum err set_aside(const char *path, char ret_aside[COPY_PATH_SIZE])
{
    char suffix[32], aside[COPY_PATH_SIZE];
    for (int i = 1; i <= ASIDE_MAX; i++) {
        snprintf(suffix, sizeof(suffix), ".aside-%d", i);
        enum err e = copy_path(path, suffix, aside);
        if (e == ERR_OK && is_there(aside))
            continue;
        if (e == ERR_OK)
            e = move_all(path, aside);
        if (e == ERR_OK)
            e = copy_sync_folder(path);
        if (e == ERR_OK)
            memcpy(ret_aside, aside, sizeof(aside));
        return e;
    }
    return ERR_LIMIT;
}

/* ---- the copy ---- */

/* SQLite reads what is cut from the last page as zeros, and may never look at them. */
static enum err whole_pages(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return copy_errno();
    return st.st_size > 0 && st.st_size % 4096 == 0 ? ERR_OK : ERR_CORRUPT;
}

static enum err open_backup(const struct restore_options *o, struct store **ret_backup,
                            int *ret_version)
{
    const struct store_options from = { .path = o->backup, .rng = o->to.rng, .read_only = true };
    CLEANUP(store_closep) struct store *s = NULL;
    int version = 0;
    enum err e = whole_pages(o->backup);
    if (e == ERR_OK)
        e = store_connect(&from, false, &s);
    if (e == ERR_OK)
        e = store_read_version(s, &version);
    if (e == ERR_OK && version == 0)
        e = ERR_CORRUPT;
    if (e != ERR_OK)
        return e;
    *ret_backup = TAKE(s);
    *ret_version = version;
    return ERR_OK;
}

/* As the programs want it: newest schema, WAL, all of it in the one file when it is closed. */
static enum err bring_up(struct store *copy, int version)
{
    enum err e = version < store_migrations_n ? migrate_up(copy, version) : ERR_OK;
    if (e == ERR_OK)
        e = copy_pragma(copy, SQL_WAL, "wal");
    return e == ERR_OK ? store_checkpoint(copy) : e;
}

static enum err make_copy(const struct restore_options *o, const struct fresh *f,
                          struct backup_made *ret_made)
{
    CLEANUP(store_closep) struct store *backup = NULL;
    CLEANUP(store_closep) struct store *copy = NULL;
    struct backup_made made = { 0 };
    enum err e = open_backup(o, &backup, &made.schema);
    if (e == ERR_OK)
        e = copy_pages(backup, f, &copy);
    if (e == ERR_OK)
        e = copy_check(copy);
    if (e == ERR_OK)
        e = copy_count(copy, &made.pages);
    if (e == ERR_OK)
        e = bring_up(copy, made.schema);
    if (e == ERR_OK)
        *ret_made = made;
    return e;
}

/* ---- putting it there ---- */

static enum err keys_folder(const struct restore_options *o, char ret_dir[COPY_PATH_SIZE])
{
    return o->to.keys_dir && o->to.keys_dir[0] ? copy_path(o->to.keys_dir, "", ret_dir)
                                               : copy_path(o->to.path, ".keys", ret_dir);
}

static enum err keys_beside(const struct restore_options *o, bool *ret_new)
{
    char dir[COPY_PATH_SIZE];
    enum err e = keys_folder(o, dir);
    if (e == ERR_OK)
        e = keyring_create(dir, o->to.rng);
    *ret_new = e == ERR_OK;
    return e == ERR_EXISTS ? ERR_OK : e;
}

/* Also those that a restore made which a power cut ended: no date has used them. */
static bool unused_keys(const char *dir, struct rng *rng)
{
    struct keyring *k = NULL;
    bool unused = keyring_open(&(struct keyring_options){ .dir = dir, .rng = rng }, &k) == ERR_OK &&
                  keyring_count(k) == 0;
    keyring_close(k);
    return unused;
}

/* Under new keys the log of the copy goes on as a new part of the chain. */
static enum err go_on_with_log(const struct restore_options *o, const struct fresh *f)
{
    char dir[COPY_PATH_SIZE];
    CLEANUP(store_closep) struct store *s = NULL;
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = keys_folder(o, dir);
    const struct store_options to = { .path = f->path, .keys_dir = dir, .rng = o->to.rng,
                                      .boot = o->to.boot, .keys = STORE_KEYS_HOUSE };
    if (e != ERR_OK || !unused_keys(dir, o->to.rng))
        return e;
    e = store_open(&to, &s);
    if (e == ERR_OK)
        e = store_begin(s, &tx);
    if (e == ERR_OK)
        e = store_audit_rekey(s, &o->by);
    return e == ERR_OK ? store_commit(&tx) : e;
}

static enum err put_in_place(const struct restore_options *o, struct fresh *f, struct restored *r)
{
    enum err e = refuse_present(o); /* somebody may have opened it meanwhile */
    if (e == ERR_OK)
        e = keys_beside(o, &r->new_keys);
    if (e == ERR_OK)
        e = go_on_with_log(o, f);
    seen_forget(f->path);
    if (e == ERR_OK && is_there(o->to.path))
        e = set_aside(o->to.path, r->aside);
    if (e == ERR_OK)
        seen_forget(o->to.path);
    return e == ERR_OK ? fresh_keep(f) : e;
}

enum err store_restore(const struct restore_options *o, struct restored *ret_restored)
{
    CLEANUP(fresh_done) struct fresh f = { 0 };
    struct restored r = { .schema = store_migrations_n };
    enum err e = refuse_present(o);
    if (e == ERR_OK)
        e = fresh_begin(o->to.path, MODE, &f);
    if (e == ERR_OK)
        e = make_copy(o, &f, &r.backup);
    if (e == ERR_OK)
        e = put_in_place(o, &f, &r);
    if (e == ERR_OK)
        *ret_restored = r;
    return e;
}
