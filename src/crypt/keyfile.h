/*
 * src/crypt/keyfile.h - reading secret files, and replacing a file so that a power cut
 * leaves the old or the new content.
 */
#ifndef CRYPT_KEYFILE_H
#define CRYPT_KEYFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"

/* The calls that reach the disk, so that tests can make each of them fail. */
struct file_ops {
    ssize_t (*write)(int fd, const void *bytes, size_t n);
    int (*fsync)(int fd);
    int (*rename)(const char *from, const char *to);
};
extern const struct file_ops file_ops_real;

/*
 * A secret of exactly n bytes. ERR_NOT_FOUND; ERR_DENIED when group or others have any
 * right on it, or we may not read it; ERR_CORRUPT another size; ERR_IO. A systemd
 * `credential` may be readable by its group: the ACL that gives it to the unit's user
 * shows as that.
 */
NODISCARD enum err keyfile_read(const char *path, bool credential, void *ret_bytes, size_t n);

/*
 * Writes PATH.new with `mode`, syncs it, renames it to path and syncs the folder. On an
 * error before the rename the old content stands; an error of the folder's sync leaves
 * open which of the two a power cut would leave. Then the old content is overwritten where it
 * lay, so that a key that went with it is not found on the raw disk; what a card keeps of it by
 * itself is out of reach. ERR_IO, ERR_LIMIT (path too long).
 */
NODISCARD enum err keyfile_replace(const struct file_ops *ops, const char *path, mode_t mode,
                                   const void *bytes, size_t n);

/* What stands in the folder of this file is on disk when this returns. ERR_IO. */
NODISCARD enum err keyfile_sync_folder(const struct file_ops *ops, const char *path);

/* DIR/NAME into `out`. ERR_LIMIT. */
#define KEYFILE_PATH_MAX 1024
NODISCARD enum err keyfile_path(const char *dir, const char *name, char out[KEYFILE_PATH_MAX]);

#endif
