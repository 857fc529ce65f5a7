/* The page /static/NAME, and the files behind it. */
#include "desk/asset.h"

#include <microhttpd.h>
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "desk/inside.h"
#include "desk/pages.h"
#include "report/report.h"

#define ASSET_BYTES_MAX (512 * 1024)

static const struct {
    const char *name, *path, *type;
} files[] = {
    { "desk.css", "desk/desk.css", "text/css; charset=utf-8" },
    { "desk.js", "desk/desk.js", "text/javascript; charset=utf-8" },
    { "icon.svg", "desk/icon.svg", "image/svg+xml" },
    { "ring.wav", "voice/chime-attention.wav", "audio/wav" },
    { "report.css", NULL, "text/css; charset=utf-8" },
};
_Static_assert(ARRAY_LEN(files) == ASSETS_MAX, "one place each");

/* FNV-1a (Fowler, Noll, Vo): it only tells one build's file from another's. */
static void tag_of(const struct buf *b, char out[ASSET_TAG_SIZE])
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < b->n; i++)
        h = (h ^ (unsigned char)b->v[i]) * UINT64_C(0x100000001b3);
    snprintf(out, ASSET_TAG_SIZE, "\"%016llx\"", (unsigned long long)h);
}

/* The look of the yearly report is the report's own; a page that is printed fills A4. */
static enum err make_report_style(struct buf *out)
{
    buf_adds(out, "@page{size:A4;margin:16mm 17mm}\n@media print{html{font-size:9.5pt}}\n");
    report_style(out);
    return buf_err(out);
}

static enum err read_bytes(size_t i, struct buf *out)
{
    char path[4096];

    if (!files[i].path)
        return make_report_style(out);
    enum err e = path_asset(files[i].path, path, sizeof(path));
    return e == ERR_OK ? buf_read_file(out, path) : e;
}

static enum err load(struct desk *d, size_t i)
{
    CLEANUP(buf_done) struct buf bytes = buf_make(ASSET_BYTES_MAX);
    struct asset *a = &d->assets.v[i];
    enum err e = read_bytes(i, &bytes);

    if (e != ERR_OK) {
        fprintf(stderr, "dynamo-desk: %s: %s\n", files[i].name, err_text(e));
        return e;
    }
    tag_of(&bytes, a->tag);
    a->response = MHD_create_response_from_buffer(bytes.n, bytes.v, MHD_RESPMEM_MUST_COPY);
    if (!a->response)
        return ERR_NOMEM;
    a->name = files[i].name;
    a->type = files[i].type;
    http_secure(d, a->response, true);
    MHD_add_response_header(a->response, MHD_HTTP_HEADER_CONTENT_TYPE, a->type);
    MHD_add_response_header(a->response, MHD_HTTP_HEADER_ETAG, a->tag);
    return ERR_OK;
}

enum err assets_load(struct desk *d)
{
    enum err e = ERR_OK;

    for (size_t i = 0; e == ERR_OK && i < ARRAY_LEN(files); i++)
        e = load(d, i);
    return e;
}

void assets_done(struct assets *all)
{
    for (size_t i = 0; i < ASSETS_MAX; i++)
        if (all->v[i].response)
            MHD_destroy_response(all->v[i].response);
    *all = (struct assets){ 0 };
}

const struct asset *asset_find(const struct assets *all, const char *name)
{
    for (size_t i = 0; i < ASSETS_MAX; i++)
        if (all->v[i].name && strcmp(all->v[i].name, name) == 0)
            return &all->v[i];
    return NULL;
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    const struct asset *a = asset_find(&d->assets, r->tail);
    const char *has = request_header(r, MHD_HTTP_HEADER_IF_NONE_MATCH);

    if (!a) {
        reply_refuse(out, 404, "not_found", _("There is no such page."));
        return;
    }
    if (has && strcmp(has, a->tag) == 0)
        out->status = 304;
    else
        out->shared = a->response;
}

const struct page page_static = { .path = "/static/", .get = get };
