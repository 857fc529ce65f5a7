#include "notice/panel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fb.h>
#include <linux/kd.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static bool wide(const struct fb_var_screeninfo *v)
{
    return v->bits_per_pixel == 32 && v->red.offset == 16 && v->green.offset == 8 && v->blue.offset == 0;
}

static bool narrow(const struct fb_var_screeninfo *v)
{
    return v->bits_per_pixel == 16 && v->red.offset == 11 && v->green.offset == 5 &&
           v->green.length == 6 && v->blue.offset == 0;
}

bool panel_fits(const struct fb_var_screeninfo *v, const struct fb_fix_screeninfo *f)
{
    uint32_t bytes = v->bits_per_pixel / 8;
    return (wide(v) || narrow(v)) && f->line_length % bytes == 0 &&
           f->line_length / bytes >= v->xres && v->xres <= 7680 && v->yres <= 7680 && (size_t)f->line_length * (v->yoffset + v->yres) <= f->smem_len;
}

static enum err look(int fd, struct fb_var_screeninfo *var, struct fb_fix_screeninfo *fix)
{
    if (ioctl(fd, FBIOGET_VSCREENINFO, var) != 0 || ioctl(fd, FBIOGET_FSCREENINFO, fix) != 0)
        return ERR_IO;
    return panel_fits(var, fix) ? ERR_OK : ERR_FORMAT;
}

enum err panel_place(struct panel *p, const struct fb_var_screeninfo *var,
                     const struct fb_fix_screeninfo *fix)
{
    int w = (int)var->xres, h = (int)var->yres;
    uint8_t *seen = (uint8_t *)p->start + (size_t)fix->line_length * var->yoffset;

    p->glass = (struct canvas){ .w = w, .h = h, .clip = { 0, 0, w, h } };
    if (wide(var)) {
        p->glass.px = (uint32_t *)(void *)seen;
        p->glass.pitch = (int)(fix->line_length / 4);
        return ERR_OK;
    }
    p->narrow = (uint16_t *)(void *)seen;
    p->narrow_pitch = fix->line_length / 2;
    p->glass.px = mem_calloc((size_t)w * (size_t)h, sizeof(uint32_t));
    p->glass.pitch = w;
    return p->glass.px ? ERR_OK : ERR_NOMEM;
}

enum err panel_open(const char *device, struct panel *ret_panel)
{
    struct fb_var_screeninfo var;
    struct fb_fix_screeninfo fix;
    CLEANUP(close_fd) int fd = open(device, O_RDWR | O_CLOEXEC);
    CLEANUP(panel_done) struct panel p = { 0 };

    if (fd < 0)
        return errno == ENOENT || errno == ENODEV || errno == ENXIO ? ERR_NOT_FOUND : ERR_IO;
    enum err e = look(fd, &var, &fix);
    if (e != ERR_OK)
        return e;
    void *v = mmap(NULL, fix.smem_len, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (v == MAP_FAILED)
        return ERR_IO;
    p.start = v;
    p.bytes = fix.smem_len;
    e = panel_place(&p, &var, &fix);
    if (e == ERR_OK)
        *ret_panel = TAKE(p);
    return e;
}

void panel_show(const struct panel *p)
{
    for (int y = 0; p->narrow && y < p->glass.h; y++) {
        const uint32_t *from = p->glass.px + (size_t)y * (size_t)p->glass.pitch;
        uint16_t *to = p->narrow + (size_t)y * p->narrow_pitch;
        for (int x = 0; x < p->glass.w; x++)
            to[x] = (uint16_t)((from[x] >> 8 & 0xF800) | (from[x] >> 5 & 0x07E0) | (from[x] >> 3 & 0x1F));
    }
}

void panel_done(struct panel *p)
{
    if (p->narrow)
        mem_free(p->glass.px);
    if (p->start)
        munmap(p->start, p->bytes);
    *p = (struct panel){ 0 };
}

static void set_mode(const char *console, int mode)
{
    CLEANUP(close_fd) int fd = open(console, O_RDWR | O_CLOEXEC | O_NOCTTY);

    if (fd >= 0)
        ioctl(fd, KDSETMODE, mode);
}

void panel_hold(const char *console)
{
    set_mode(console, KD_GRAPHICS);
}

void panel_leave(const char *console)
{
    set_mode(console, KD_TEXT);
}
