#include "ui/draw.h"

#include <string.h>

#include "base/mem.h"

#define DRAW_DATA_MAX ((size_t)256 * 1024)
#define DRAW_CMDS_MAX 4096

void ui_draw_done(struct ui_draw *d)
{
    if (d->data)
        mem_wipe(d->data, d->cap_data);
    mem_free(d->data);
    mem_free(d->v);
    *d = (struct ui_draw){ 0 };
}

void ui_draw_clear(struct ui_draw *d, int w, int h)
{
    if (d->data)
        mem_wipe(d->data, d->n_data);
    d->n = d->n_data = 0;
    d->w = w;
    d->h = h;
    d->motion = (struct ui_motion){ 0 };
    d->failed = false;
}

static bool room_for(struct ui_draw *d, size_t more)
{
    size_t need = d->n_data + more;
    if (need <= d->cap_data)
        return true;
    if (need > DRAW_DATA_MAX)
        return false;
    size_t cap = d->cap_data ? d->cap_data : 8192;
    while (cap < need)
        cap *= 2;
    char *v = mem_alloc(cap);
    if (!v)
        return false;
    if (d->data) {
        memcpy(v, d->data, d->n_data);
        mem_wipe(d->data, d->cap_data);
        mem_free(d->data);
    }
    d->data = v;
    d->cap_data = cap;
    return true;
}

void ui_draw_add(struct ui_draw *d, struct ui_draw_cmd cmd, const void *bytes, size_t n)
{
    if (d->n >= DRAW_CMDS_MAX || !mem_grow(&d->v, &d->cap, d->n, sizeof(*d->v)) ||
        !room_for(d, n + 1)) {
        d->failed = true;
        return;
    }
    cmd.data = (uint32_t)d->n_data;
    cmd.n = (uint32_t)n;
    if (n > 0)
        memcpy(d->data + d->n_data, bytes, n);
    d->data[d->n_data + n] = '\0';
    d->n_data += n + 1;
    d->v[d->n++] = cmd;
}

const char *ui_draw_bytes(const struct ui_draw *d, const struct ui_draw_cmd *cmd)
{
    return d->data + cmd->data;
}
