/*
 * src/desk/asset.h - the page's own files, read once: style, script, sound, icon.
 */
#ifndef DESK_ASSET_H
#define DESK_ASSET_H

#include "base/attr.h"
#include "base/err.h"

#define ASSETS_MAX 5
#define ASSET_TAG_SIZE 19

struct MHD_Response;
struct desk;

struct asset {
    const char *name; /* "desk.css" */
    const char *type;
    struct MHD_Response *response;
    char tag[ASSET_TAG_SIZE]; /* "\"0123456789abcdef\"" */
};
struct assets {
    struct asset v[ASSETS_MAX];
};

/* ERR_NOT_FOUND when the program is not installed whole. */
NODISCARD enum err assets_load(struct desk *d);
void assets_done(struct assets *all);
const struct asset *asset_find(const struct assets *all, const char *name);

#endif
