#include "base/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER_SIZE 3072

static enum err try_path(const char *folder, const char *under, const char *name, char *out,
                         size_t n)
{
    char path[4096];
    int len = snprintf(path, sizeof(path), "%s%s/%s", folder, under, name);
    if (len < 0 || (size_t)len >= sizeof(path) || (size_t)len >= n)
        return ERR_LIMIT;
    if (access(path, R_OK) != 0)
        return ERR_NOT_FOUND;
    memcpy(out, path, (size_t)len + 1);
    return ERR_OK;
}

/* The folder that this program lies in. */
static enum err own_folder(char out[FOLDER_SIZE])
{
    ssize_t len = readlink("/proc/self/exe", out, FOLDER_SIZE - 1);
    if (len <= 0)
        return ERR_NOT_FOUND;
    out[len] = '\0';
    char *slash = strrchr(out, '/');
    if (!slash)
        return ERR_NOT_FOUND;
    *slash = '\0';
    return ERR_OK;
}

enum err path_program(const char *name, char *out, size_t n)
{
    char self[FOLDER_SIZE];
    enum err e = own_folder(self);
    return e == ERR_OK ? try_path(self, "", name, out, n) : e;
}

enum err path_asset(const char *name, char *out, size_t n)
{
    const char *set = getenv("DYNAMO_SHARE");
    char self[FOLDER_SIZE];
    if (set)
        return try_path(set, "", name, out, n);
    enum err e = own_folder(self);
    if (e == ERR_OK)
        e = try_path(self, "/share", name, out, n);
    if (e == ERR_NOT_FOUND)
        e = try_path(self, "/../share/dynamo-kiosk", name, out, n);
    if (e == ERR_NOT_FOUND)
        e = try_path(self, "/../share", name, out, n); /* a test, one folder below */
    if (e == ERR_NOT_FOUND)
        e = try_path(self, "/../../share", name, out, n); /* a test, two folders below */
    return e;
}
