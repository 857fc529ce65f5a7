#include "notice/panel.h"

#include <fcntl.h>
#include <linux/fb.h>
#include <linux/kd.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static bool ours(const struct fb_var_screeninfo *v, const struct fb_fix_screeninfo *f)
{
    return v->bits_per_pixel == 32 && v->red.offset == 16 && v->green.offset == 8 &&
           v->blue.offset == 0 && f->line_length % 4 == 0 && f->line_length / 4 >= v->xres &&
           v->xres <= 7680 && v->yres <= 7680 &&
           (size_t)f->line_length * (v->yoffset + v->yres) <= f->smem_len;
}

enum err panel_open(const char *device, struct panel *ret_panel)
{
    struct fb_var_screeninfo var;
    struct fb_fix_screeninfo fix;
    CLEANUP(close_fd) int fd = open(device, O_RDWR | O_CLOEXEC);

    if (fd < 0)
        return ERR_NOT_FOUND;
    if (ioctl(fd, FBIOGET_VSCREENINFO, &var) != 0 || ioctl(fd, FBIOGET_FSCREENINFO, &fix) != 0)
        return ERR_IO;
    if (!ours(&var, &fix))
        return ERR_FORMAT;
    void *v = mmap(NULL, fix.smem_len, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (v == MAP_FAILED)
        return ERR_IO;
    int w = (int)var.xres, h = (int)var.yres, pitch = (int)(fix.line_length / 4);
    *ret_panel = (struct panel){
        .glass = { .px = (uint32_t *)v + (size_t)pitch * var.yoffset, .w = w, .h = h, .pitch = pitch,
                   .clip = { 0, 0, w, h } },
        .start = v,
        .bytes = fix.smem_len,
    };
    return ERR_OK;
}

void panel_done(struct panel *p)
{
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
