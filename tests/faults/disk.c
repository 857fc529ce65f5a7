#include "tests/faults/disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "tests/faults/calls.h"

#define SECTOR 512
#define MAPS 8

/* ---- memory: it never runs out here, also while that of the product is made to ---- */

static void *have(void *p)
{
    if (!p) {
        fprintf(stderr, "disk: no memory\n");
        abort();
    }
    return p;
}

static void grow(void *v, size_t *cap, size_t n, size_t size)
{
    if (n < *cap)
        return;
    *cap = *cap ? 2 * *cap : 16;
    void *old;
    memcpy(&old, v, sizeof(old));
    old = have(realloc(old, *cap * size));
    memcpy(v, &old, sizeof(old));
}

/* ---- pages, shared until they are written ---- */

struct page {
    struct page *next; /* of the free ones */
    int users;
    unsigned char b[DISK_PAGE];
};
static struct page *free_pages;

static struct page *page_new(void)
{
    struct page *p = free_pages;
    if (p)
        free_pages = p->next;
    else
        p = have(malloc(sizeof(*p)));
    p->users = 1;
    return p;
}

static void page_drop(struct page *p)
{
    if (p && --p->users == 0) {
        p->next = free_pages;
        free_pages = p;
    }
}

struct content {
    struct page **v; /* NULL: zeros */
    size_t n, cap;
    off_t size;
};

static void content_done(struct content *c)
{
    for (size_t i = 0; i < c->n; i++)
        page_drop(c->v[i]);
    free(c->v);
    *c = (struct content){ 0 };
}

static void content_copy(struct content *to, const struct content *from)
{
    content_done(to);
    to->size = from->size;
    to->n = to->cap = from->n;
    if (!from->n)
        return;
    to->v = have(malloc(from->n * sizeof(*to->v)));
    memcpy(to->v, from->v, from->n * sizeof(*to->v));
    for (size_t i = 0; i < to->n; i++)
        if (to->v[i])
            to->v[i]->users++;
}

static unsigned char *page_to_write(struct content *c, size_t i)
{
    while (c->n <= i) {
        grow(&c->v, &c->cap, c->n, sizeof(*c->v));
        c->v[c->n++] = NULL;
    }
    struct page *p = c->v[i];
    if (p && p->users == 1)
        return p->b;
    struct page *own = page_new();
    if (p)
        memcpy(own->b, p->b, DISK_PAGE);
    else
        memset(own->b, 0, DISK_PAGE);
    page_drop(p);
    c->v[i] = own;
    return own->b;
}

static size_t part(off_t at, size_t n)
{
    size_t room = DISK_PAGE - (size_t)(at % DISK_PAGE);
    return n < room ? n : room;
}

static void content_write(struct content *c, const unsigned char *bytes, size_t n, off_t at)
{
    if (c->size < at + (off_t)n)
        c->size = at + (off_t)n;
    for (size_t k; n > 0; n -= k, bytes += k, at += (off_t)k) {
        k = part(at, n);
        memcpy(page_to_write(c, (size_t)(at / DISK_PAGE)) + at % DISK_PAGE, bytes, k);
    }
}

static size_t content_read(const struct content *c, unsigned char *bytes, size_t n, off_t at)
{
    if (at >= c->size)
        return 0;
    if ((off_t)n > c->size - at)
        n = (size_t)(c->size - at);
    size_t whole = n;
    for (size_t k; n > 0; n -= k, bytes += k, at += (off_t)k) {
        size_t i = (size_t)(at / DISK_PAGE);
        k = part(at, n);
        if (i < c->n && c->v[i])
            memcpy(bytes, c->v[i]->b + at % DISK_PAGE, k);
        else
            memset(bytes, 0, k);
    }
    return whole;
}

static void content_resize(struct content *c, off_t size)
{
    size_t keep = (size_t)((size + DISK_PAGE - 1) / DISK_PAGE);
    while (c->n > keep)
        page_drop(c->v[--c->n]);
    if (size < c->size && size % DISK_PAGE && keep == c->n && c->v[keep - 1])
        memset(page_to_write(c, keep - 1) + size % DISK_PAGE, 0,
               DISK_PAGE - (size_t)(size % DISK_PAGE));
    c->size = size;
}

/* ---- changes ---- */

struct bytes {
    int users;
    size_t n;
    unsigned char b[];
};

enum op_kind { OP_WRITE, OP_SIZE, OP_LINK, OP_UNLINK, OP_RENAME, OP_SYNC, OP_SYNC_FOLDER, OP_MARK };

struct op {
    enum op_kind kind;
    int node;
    off_t at; /* a place, a size or a mark */
    struct bytes *bytes;
    mode_t mode; /* of OP_LINK */
    bool folder;
    char a[DISK_PATH], b[DISK_PATH];
};
struct ops {
    struct op *v;
    size_t n, cap;
};

static void op_done(struct op *o)
{
    if (o->bytes && --o->bytes->users == 0)
        free(o->bytes);
}

static void ops_clear(struct ops *l)
{
    for (size_t i = 0; i < l->n; i++)
        op_done(&l->v[i]);
    l->n = 0;
}

static void ops_done(struct ops *l)
{
    ops_clear(l);
    free(l->v);
    *l = (struct ops){ 0 };
}

static void ops_add(struct ops *l, const struct op *o)
{
    grow(&l->v, &l->cap, l->n, sizeof(*l->v));
    l->v[l->n++] = *o;
    if (o->bytes)
        o->bytes->users++;
}

static void ops_copy(struct ops *to, const struct ops *from)
{
    ops_clear(to);
    for (size_t i = 0; i < from->n; i++)
        ops_add(to, &from->v[i]);
}

static void ops_remove(struct ops *l, size_t i)
{
    op_done(&l->v[i]);
    memmove(l->v + i, l->v + i + 1, (--l->n - i) * sizeof(*l->v));
}

static void path_put(char to[DISK_PATH], const char *from)
{
    size_t n = strlen(from);
    if (n >= DISK_PATH) {
        fprintf(stderr, "disk: too long a path: %s\n", from);
        abort();
    }
    memcpy(to, from, n + 1);
}

/* ---- the disk ---- */

struct name {
    char path[DISK_PATH];
    int node;
};
struct names {
    struct name *v;
    size_t n, cap;
};

struct node {
    bool used, folder;
    mode_t mode;
    int users; /* open files, and names now and on the disk */
    struct content now, safe;
    struct ops pending;
    int64_t changed, failed;
    void *maps[MAPS];
    size_t map_size;
};

struct disk {
    struct node *nodes;
    size_t n, cap;
    struct names now, safe;
    struct ops pending; /* of folders */
    int64_t changes;
    struct disk_log *log;
};

struct disk_log {
    struct ops l;
};

static void node_done(struct node *f)
{
    content_done(&f->now);
    content_done(&f->safe);
    ops_done(&f->pending);
    for (size_t i = 0; i < MAPS; i++)
        free(f->maps[i]);
    *f = (struct node){ 0 };
}

static void log_op(struct disk *d, const struct op *o)
{
    if (d->log)
        ops_add(&d->log->l, o);
}

/* ---- names ---- */

static int names_find(const struct names *l, const char *path)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->v[i].path, path) == 0)
            return (int)i;
    return -1;
}

static void node_use(struct disk *d, int node, int by)
{
    struct node *f = &d->nodes[node];
    f->users += by;
    if (f->users == 0)
        node_done(f);
}

static void names_put(struct disk *d, struct names *l, const char *path, int node)
{
    int i = names_find(l, path);
    d->nodes[node].users++;
    if (i >= 0) {
        node_use(d, l->v[i].node, -1);
    } else {
        grow(&l->v, &l->cap, l->n, sizeof(*l->v));
        i = (int)l->n++;
        path_put(l->v[i].path, path);
    }
    l->v[i].node = node;
}

static void names_remove(struct disk *d, struct names *l, const char *path)
{
    int i = names_find(l, path);
    if (i < 0)
        return;
    int node = l->v[i].node;
    memmove(l->v + i, l->v + i + 1, (--l->n - (size_t)i) * sizeof(*l->v));
    node_use(d, node, -1);
}

static void names_apply(struct disk *d, struct names *l, const struct op *o)
{
    int i;
    switch (o->kind) {
    case OP_LINK:
        names_put(d, l, o->a, o->node);
        break;
    case OP_UNLINK:
        names_remove(d, l, o->a);
        break;
    case OP_RENAME:
        i = names_find(l, o->a);
        if (i >= 0) {
            names_put(d, l, o->b, l->v[i].node);
            names_remove(d, l, o->a);
        }
        break;
    case OP_WRITE:
    case OP_SIZE:
    case OP_SYNC:
    case OP_SYNC_FOLDER:
    case OP_MARK:
        break;
    }
}

static bool lies_in(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && path[n] == '/' && !strchr(path + n + 1, '/');
}

int disk_find(const struct disk *d, const char *path)
{
    int i = names_find(&d->now, path);
    return i < 0 ? DISK_NO_NODE : d->now.v[i].node;
}

/* A pending link keeps its node: the name may be gone again before it ever was on the disk. */
static void change_names(struct disk *d, const struct op *o)
{
    log_op(d, o);
    if (o->kind == OP_LINK)
        d->nodes[o->node].users++;
    names_apply(d, &d->now, o);
    ops_add(&d->pending, o);
}

static void settle_name(struct disk *d, size_t i)
{
    struct op o = d->pending.v[i];
    names_apply(d, &d->safe, &o);
    ops_remove(&d->pending, i);
    if (o.kind == OP_LINK)
        node_use(d, o.node, -1);
}

static void forget_name(struct disk *d, size_t i)
{
    struct op o = d->pending.v[i];
    ops_remove(&d->pending, i);
    if (o.kind == OP_LINK)
        node_use(d, o.node, -1);
}

/* The lowest that is free, so that doing a log again gives the same. */
static int node_new(struct disk *d, bool folder, mode_t mode)
{
    size_t i = 0;
    while (i < d->n && d->nodes[i].used)
        i++;
    if (i == d->n) {
        grow(&d->nodes, &d->cap, d->n, sizeof(*d->nodes));
        d->nodes[d->n++] = (struct node){ 0 };
    }
    d->nodes[i] =
        (struct node){ .used = true, .folder = folder, .mode = mode, .changed = ++d->changes };
    return (int)i;
}

int disk_make(struct disk *d, const char *path, bool folder, mode_t mode)
{
    struct op o = {
        .kind = OP_LINK, .node = node_new(d, folder, mode), .mode = mode, .folder = folder
    };
    path_put(o.a, path);
    change_names(d, &o);
    return o.node;
}

void disk_unlink(struct disk *d, const char *path)
{
    struct op o = { .kind = OP_UNLINK };
    path_put(o.a, path);
    change_names(d, &o);
}

void disk_rename(struct disk *d, const char *from, const char *to)
{
    struct op o = { .kind = OP_RENAME };
    path_put(o.a, from);
    path_put(o.b, to);
    change_names(d, &o);
}

void disk_sync_folder(struct disk *d, const char *path)
{
    struct op o = { .kind = OP_SYNC_FOLDER };
    path_put(o.a, path);
    log_op(d, &o);
    for (size_t i = 0; i < d->pending.n;)
        if (lies_in(d->pending.v[i].a, path) || lies_in(d->pending.v[i].b, path))
            settle_name(d, i);
        else
            i++;
}

int disk_links(const struct disk *d, int node)
{
    int n = 0;
    for (size_t i = 0; i < d->now.n; i++)
        n += d->now.v[i].node == node;
    return n;
}

/* ---- files ---- */

struct disk_stat disk_stat(const struct disk *d, int node)
{
    const struct node *f = &d->nodes[node];
    return (struct disk_stat){ f->folder, f->mode, f->now.size, f->changed, f->failed };
}

void disk_set_mode(struct disk *d, int node, mode_t mode)
{
    d->nodes[node].mode = mode;
}

size_t disk_read(const struct disk *d, int node, void *bytes, size_t n, off_t at)
{
    return content_read(&d->nodes[node].now, bytes, n, at);
}

static void content_apply(struct content *c, const struct op *o)
{
    if (o->kind == OP_WRITE)
        content_write(c, o->bytes->b, o->bytes->n, o->at);
    else if (o->kind == OP_SIZE)
        content_resize(c, o->at);
}

static void change_file(struct disk *d, const struct op *o)
{
    struct node *f = &d->nodes[o->node];
    log_op(d, o);
    content_apply(&f->now, o);
    ops_add(&f->pending, o);
    f->changed = ++d->changes;
}

void disk_write(struct disk *d, int node, const void *bytes, size_t n, off_t at)
{
    struct op o = { .kind = OP_WRITE, .node = node, .at = at };
    o.bytes = have(malloc(sizeof(*o.bytes) + n));
    *o.bytes = (struct bytes){ .users = 1, .n = n };
    memcpy(o.bytes->b, bytes, n);
    change_file(d, &o);
    op_done(&o);
}

/* What was mapped beyond the end of a file that was cut off, or before the power went. */
static void clear_maps(struct node *f)
{
    for (size_t i = 0; i < MAPS; i++)
        if (f->maps[i])
            memset(f->maps[i], 0, f->map_size);
}

void disk_resize(struct disk *d, int node, off_t size)
{
    change_file(d, &(struct op){ .kind = OP_SIZE, .node = node, .at = size });
    clear_maps(&d->nodes[node]);
}

void disk_sync(struct disk *d, int node)
{
    struct node *f = &d->nodes[node];
    log_op(d, &(struct op){ .kind = OP_SYNC, .node = node });
    for (size_t i = 0; i < f->pending.n; i++)
        content_apply(&f->safe, &f->pending.v[i]);
    ops_clear(&f->pending);
}

void disk_sync_fails(struct disk *d, int node, struct rng *r)
{
    struct node *f = &d->nodes[node];
    f->failed++;
    for (size_t i = 0; i < f->pending.n; i++)
        if (f->pending.v[i].kind == OP_SIZE || rng_below(r, 2))
            content_apply(&f->safe, &f->pending.v[i]);
    ops_clear(&f->pending);
}

void disk_forget(struct disk *d, int node)
{
    struct node *f = &d->nodes[node];
    if (f->pending.n == 0)
        content_copy(&f->now, &f->safe);
}

void *disk_map(struct disk *d, int node, off_t at, size_t n)
{
    struct node *f = &d->nodes[node];
    void **m = &f->maps[(size_t)at / n % MAPS];
    if (!*m)
        *m = have(calloc(1, n));
    f->map_size = n;
    return *m;
}

void disk_in_use(struct disk *d, int node, int by)
{
    node_use(d, node, by);
}

int64_t disk_bytes(const struct disk *d)
{
    int64_t n = 0;
    for (size_t i = 0; i < d->n; i++)
        n += (int64_t)d->nodes[i].now.n * DISK_PAGE;
    return n;
}

void disk_flip(struct disk *d, int node, off_t at, int bit)
{
    struct node *f = &d->nodes[node];
    page_to_write(&f->now, (size_t)(at / DISK_PAGE))[at % DISK_PAGE] ^= (unsigned char)(1 << bit);
    content_copy(&f->safe, &f->now);
}

/* ---- making and copying ---- */

struct disk *disk_create(void)
{
    struct disk *d = have(calloc(1, sizeof(*d)));
    (void)disk_make(d, DISK_ROOT, true, 0770);
    settle_name(d, 0);
    return d;
}

void disk_destroy(struct disk *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->n; i++)
        node_done(&d->nodes[i]);
    free(d->nodes);
    free(d->now.v);
    free(d->safe.v);
    ops_done(&d->pending);
    free(d);
}

static void names_copy(struct names *to, const struct names *from)
{
    to->n = to->cap = from->n;
    to->v = have(malloc((from->n + 1) * sizeof(*to->v)));
    memcpy(to->v, from->v, from->n * sizeof(*to->v));
}

struct disk *disk_copy(const struct disk *from)
{
    struct disk *d = have(calloc(1, sizeof(*d)));
    d->n = d->cap = from->n;
    d->changes = from->changes;
    d->nodes = have(calloc(from->n, sizeof(*d->nodes)));
    for (size_t i = 0; i < from->n; i++) {
        const struct node *f = &from->nodes[i];
        struct node *to = &d->nodes[i];
        *to = (struct node){ .used = f->used,
                             .folder = f->folder,
                             .mode = f->mode,
                             .users = f->users,
                             .changed = f->changed };
        content_copy(&to->now, &f->now);
        content_copy(&to->safe, &f->safe);
        ops_copy(&to->pending, &f->pending);
    }
    names_copy(&d->now, &from->now);
    names_copy(&d->safe, &from->safe);
    ops_copy(&d->pending, &from->pending);
    return d;
}

/* ---- power ---- */

static void shuffle(struct ops *l, struct rng *r)
{
    for (size_t i = l->n; i > 1; i--) {
        size_t k = rng_below(r, (uint32_t)i);
        struct op o = l->v[i - 1];
        l->v[i - 1] = l->v[k];
        l->v[k] = o;
    }
}

/* A write that the cut tore: some sectors of it, or up to the middle of one. */
static void tear(struct content *c, const struct op *o, struct rng *r)
{
    size_t n = o->bytes->n;
    if (rng_below(r, 3) == 0) {
        content_write(c, o->bytes->b, rng_below(r, (uint32_t)n + 1), o->at);
        return;
    }
    for (off_t at = o->at, end = o->at + (off_t)n; at < end;) {
        off_t next = at - at % SECTOR + SECTOR;
        next = next < end ? next : end;
        if (rng_below(r, 2))
            content_write(c, o->bytes->b + (at - o->at), (size_t)(next - at), at);
        at = next;
    }
}

static void keep_some(struct node *f, struct rng *r)
{
    shuffle(&f->pending, r);
    uint32_t most = 1 + rng_below(r, 4); /* of four, how many come through */
    for (size_t i = 0; i < f->pending.n; i++) {
        const struct op *o = &f->pending.v[i];
        if (rng_below(r, 4) >= most)
            continue;
        if (o->kind == OP_WRITE && rng_below(r, 4) == 0)
            tear(&f->safe, o, r);
        else
            content_apply(&f->safe, o);
    }
}

/* The flash page under one of the pending writes comes out as noise, the rest of it too. */
static void damage_page(struct node *f, struct rng *r)
{
    const struct op *o = &f->pending.v[rng_below(r, (uint32_t)f->pending.n)];
    if (o->kind != OP_WRITE || o->bytes->n == 0)
        return;
    off_t at = o->at + (off_t)rng_below(r, (uint32_t)o->bytes->n);
    size_t i = (size_t)(at / DISK_PAGE);
    if ((off_t)i * DISK_PAGE >= f->safe.size)
        return;
    rng_fill(r, page_to_write(&f->safe, i), DISK_PAGE);
}

static void cut_file(struct node *f, enum disk_cut kind, struct rng *r)
{
    if (kind == DISK_CUT_ALL)
        for (size_t i = 0; i < f->pending.n; i++)
            content_apply(&f->safe, &f->pending.v[i]);
    else if (kind != DISK_CUT_NONE)
        keep_some(f, r);
    if (kind == DISK_CUT_PAGE && f->pending.n > 0)
        damage_page(f, r);
    ops_clear(&f->pending);
    content_copy(&f->now, &f->safe);
    clear_maps(f);
}

void disk_cut(struct disk *d, enum disk_cut kind, struct rng *r)
{
    size_t keep = kind == DISK_CUT_ALL    ? d->pending.n
                  : kind == DISK_CUT_NONE ? 0
                                          : rng_below(r, (uint32_t)d->pending.n + 1);
    for (size_t i = 0; i < keep; i++)
        settle_name(d, 0);
    while (d->pending.n > 0)
        forget_name(d, 0);
    for (size_t i = 0; i < d->n; i++)
        if (d->nodes[i].used)
            cut_file(&d->nodes[i], kind, r);
    while (d->now.n > 0)
        names_remove(d, &d->now, d->now.v[d->now.n - 1].path);
    for (size_t i = 0; i < d->safe.n; i++)
        names_put(d, &d->now, d->safe.v[i].path, d->safe.v[i].node);
}

static bool is_written(const struct node *f, off_t page)
{
    for (size_t i = 0; i < f->pending.n; i++) {
        const struct op *o = &f->pending.v[i];
        if (o->kind == OP_WRITE && o->at < (page + 1) * DISK_PAGE &&
            o->at + (off_t)o->bytes->n > page * DISK_PAGE)
            return true;
    }
    return false;
}

bool disk_cut_in_page(struct disk *d, int node, off_t at, enum disk_cut kind, struct rng *r)
{
    struct node *f = &d->nodes[node];
    off_t page = at / DISK_PAGE;
    if (!is_written(f, page))
        return false;
    disk_cut(d, kind, r);
    if (page * DISK_PAGE < f->safe.size) {
        rng_fill(r, page_to_write(&f->safe, (size_t)page), DISK_PAGE);
        content_copy(&f->now, &f->safe);
    }
    return true;
}

/* ---- the log ---- */

struct disk_log *disk_log_begin(struct disk *d)
{
    d->log = have(calloc(1, sizeof(*d->log)));
    return d->log;
}

void disk_log_end(struct disk *d)
{
    d->log = NULL;
}

void disk_log_destroy(struct disk_log *l)
{
    if (l)
        ops_done(&l->l);
    free(l);
}

void disk_log_mark(struct disk_log *l, int64_t mark)
{
    ops_add(&l->l, &(struct op){ .kind = OP_MARK, .at = (off_t)mark });
}

size_t disk_log_count(const struct disk_log *l)
{
    return l->l.n;
}

bool disk_log_apply(const struct disk_log *l, size_t i, struct disk *d, int64_t *ret_mark)
{
    const struct op *o = &l->l.v[i];
    switch (o->kind) {
    case OP_WRITE:
    case OP_SIZE:
        change_file(d, o);
        break;
    case OP_LINK:
        while (d->n <= (size_t)o->node) {
            grow(&d->nodes, &d->cap, d->n, sizeof(*d->nodes));
            d->nodes[d->n++] = (struct node){ 0 };
        }
        node_done(&d->nodes[o->node]);
        d->nodes[o->node] = (struct node){ .used = true, .folder = o->folder, .mode = o->mode };
        change_names(d, o);
        break;
    case OP_UNLINK:
    case OP_RENAME:
        change_names(d, o);
        break;
    case OP_SYNC:
        disk_sync(d, o->node);
        break;
    case OP_SYNC_FOLDER:
        disk_sync_folder(d, o->a);
        break;
    case OP_MARK:
        *ret_mark = (int64_t)o->at;
        return true;
    }
    return false;
}
