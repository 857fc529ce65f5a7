/*
 * src/store/copy.h - a whole copy of a database, made beside its place and then renamed into
 * it; only of use in store.
 */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include <sys/types.h>

#include "store/inside.h"

#define COPY_PATH_SIZE 1024
#define COPY_ROOM (INT64_C(16) * 1024 * 1024) /* what a copy leaves free on its disk */

/* PATH.new, locked while it is made. */
struct fresh {
    char path[COPY_PATH_SIZE]; /* of the copy; "": none */
    char place[COPY_PATH_SIZE];
    int fd;
};
/* Starts an empty copy; a leftover of a power cut is made anew. ERR_BUSY somebody makes one;
 * ERR_NOT_FOUND no folder; ERR_DENIED; ERR_LIMIT; ERR_IO. */
NODISCARD enum err fresh_begin(const char *place, mode_t mode, struct fresh *ret_fresh);
/* Syncs the copy, renames it to its place and syncs the folder. */
NODISCARD enum err fresh_keep(struct fresh *f);
void fresh_done(struct fresh *f); /* removes it unless kept; all-zero is fine */

/*
 * Copies what `from` shows at this moment into the copy, a mebibyte and a sync at a time, and
 * leaves a connection to it, its journal mode DELETE: one file and no other. ERR_LIMIT no room.
 */
NODISCARD enum err copy_pages(struct store *from, const struct fresh *f, struct store **ret_to);
/* SQLite's own check of file, rows and foreign keys. ERR_CORRUPT. */
NODISCARD enum err copy_check(struct store *s);
/* The one word that a pragma answers with must be `word`: else ERR_IO. */
NODISCARD enum err copy_pragma(struct store *s, const char *sql, const char *word);
NODISCARD enum err copy_count(struct store *s, int64_t *ret_pages);

/* PATH and a suffix. ERR_LIMIT. */
NODISCARD enum err copy_path(const char *path, const char *suffix, char ret[COPY_PATH_SIZE]);
NODISCARD enum err copy_sync_folder(const char *path); /* of the file `path` */
enum err copy_errno(void); /* what errno means */
/* Whether any program has the database open, by SQLite's own locks; not for a file that this
 * process has open, whose locks closing it again would drop. ERR_NOT_FOUND, ERR_DENIED, ERR_IO. */
NODISCARD enum err copy_in_use(const char *path, bool *ret_used);

/* What SQLite may have beside a database. */
extern const char *const copy_sides[3];

#endif
