#include "base/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

enum err path_asset(const char *name, char *out, size_t n)
{
    const char *set = getenv("DYNAMO_SHARE");
    if (set)
        return try_path(set, "", name, out, n);

    char self[3072];
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
    if (len <= 0)
        return ERR_NOT_FOUND;
    self[len] = '\0';
    char *slash = strrchr(self, '/');
    if (!slash)
        return ERR_NOT_FOUND;
    *slash = '\0';
    enum err e = try_path(self, "/share", name, out, n);
    if (e == ERR_NOT_FOUND)
        e = try_path(self, "/../share/dynamo-kiosk", name, out, n);
    if (e == ERR_NOT_FOUND)
        e = try_path(self, "/../share", name, out, n); /* a test, one folder below */
    if (e == ERR_NOT_FOUND)
        e = try_path(self, "/../../share", name, out, n); /* a test, two folders below */
    return e;
}
