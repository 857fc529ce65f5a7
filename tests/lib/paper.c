#include "tests/lib/paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MAX 20000
#define LETTER_W 12
#define LETTER_H 24

void paper_init(struct paper *p, int width)
{
    *p = (struct paper){ .width = width,
                         .text = buf_make(16 * 1024),
                         .in = buf_make(1024 * 1024),
                         .reply = buf_make(4096),
                         .letter_times = 1 };
    p->dots = calloc(ROWS_MAX, (size_t)width);
    if (!p->dots)
        abort();
}

void paper_done(struct paper *p)
{
    free(p->dots);
    buf_done(&p->text);
    buf_done(&p->in);
    buf_done(&p->reply);
    *p = (struct paper){ 0 };
}

void paper_power_cycle(struct paper *p)
{
    buf_clear(&p->in);
    buf_clear(&p->reply);
    p->letter_times = 1;
}

static void burn(struct paper *p, int x, int y)
{
    if (x >= 0 && x < p->width && y >= 0 && y < ROWS_MAX)
        p->dots[(size_t)y * (size_t)p->width + (size_t)x] = 1;
}

bool paper_black(const struct paper *p, int x, int y)
{
    return x >= 0 && x < p->width && y >= 0 && y < p->rows &&
           p->dots[(size_t)y * (size_t)p->width + (size_t)x];
}

/* Its own letters are shown as the blocks that they take, centred; the words are
 * kept beside the picture. */
static void print_letters(struct paper *p, const char *s, size_t n)
{
    int w = LETTER_W * p->letter_times;
    int h = LETTER_H * p->letter_times;
    int left = (p->width - (int)n * w) / 2;
    for (size_t i = 0; i < n; i++)
        for (int y = 4; s[i] != ' ' && y < h - 2; y++)
            for (int x = 1; x < w - 1; x++)
                burn(p, left + (int)i * w + x, p->rows + y);
    p->rows += h;
    buf_add(&p->text, s, n);
    buf_adds(&p->text, "\n");
}

static void print_raster(struct paper *p, const unsigned char *data, int row_bytes, int rows)
{
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < row_bytes * 8; x++)
            if (data[y * row_bytes + x / 8] & (0x80 >> x % 8))
                burn(p, x, p->rows + y);
    p->rows += rows;
}

static void answer(struct paper *p, int question)
{
    unsigned char byte = 0x12;
    if (question == 2)
        byte |= (unsigned char)((p->cover_open ? 0x04 : 0) | (p->paper_out ? 0x20 : 0));
    if (question == 4)
        byte |= (unsigned char)((p->paper_low ? 0x0c : 0) | (p->paper_out ? 0x60 : 0));
    if (!p->mute)
        buf_addc(&p->reply, (char)byte);
}

/* Runs the command at the start of v; its bytes, 0 when it is not whole yet. */
static size_t run_escape(struct paper *p, const unsigned char *v, size_t n)
{
    if (n < 2)
        return 0;
    if (v[1] == '@') {
        p->initialised++;
        p->letter_times = 1;
        return 2;
    }
    if (n < 3)
        return 0;
    if (v[1] == 'd')
        p->rows += v[2] * 30;
    else if (v[1] != 'a' && v[1] != 'E')
        p->unknown++;
    return 3;
}

static size_t run_raster(struct paper *p, const unsigned char *v, size_t n)
{
    if (n < 8)
        return 0;
    int row_bytes = v[4] | v[5] << 8;
    int rows = v[6] | v[7] << 8;
    size_t size = 8 + (size_t)row_bytes * (size_t)rows;
    if (n < size)
        return 0;
    if (v[2] != '0' || v[3] != 0 || row_bytes * 8 > p->width + 7)
        p->unknown++;
    print_raster(p, v + 8, row_bytes, rows);
    return size;
}

static size_t run_group(struct paper *p, const unsigned char *v, size_t n)
{
    if (n < 3)
        return 0;
    switch (v[1]) {
    case 'v': return run_raster(p, v, n);
    case '!': p->letter_times = (v[2] & 7) + 1; return 3;
    case 'a': return 3;
    case 'r':
        if (!p->mute && !p->no_receipt)
            buf_addc(&p->reply, '\0');
        return 3;
    case 'V':
        if (n < 4)
            return 0;
        p->rows += 90;
        p->cuts++;
        return 4;
    default: p->unknown++; return 3;
    }
}

static size_t run_text(struct paper *p, const unsigned char *v, size_t n)
{
    size_t len = 0;
    while (len < n && v[len] >= 0x20 && v[len] < 0x7f)
        len++;
    if (len == n)
        return 0;
    if (v[len] != '\n') {
        p->unknown++;
        return len + 1;
    }
    print_letters(p, (const char *)v, len);
    return len + 1;
}

static size_t run_one(struct paper *p, const unsigned char *v, size_t n)
{
    switch (v[0]) {
    case 0x00: return 1;
    case 0x1b: return run_escape(p, v, n);
    case 0x1d: return run_group(p, v, n);
    case 0x10:
        if (n < 3)
            return 0;
        answer(p, v[2]);
        return 3;
    default: return run_text(p, v, n);
    }
}

void paper_feed(struct paper *p, const void *bytes, size_t n)
{
    const unsigned char *v = bytes;
    /* Questions are answered also while nothing can be printed. */
    if (n == 3 && v[0] == 0x10 && v[1] == 0x04 && (p->paper_out || p->cover_open)) {
        answer(p, v[2]);
        return;
    }
    buf_add(&p->in, bytes, n);
    size_t at = 0;
    while (at < p->in.n && !p->paper_out && !p->cover_open) {
        size_t used = run_one(p, (const unsigned char *)p->in.v + at, p->in.n - at);
        if (used == 0)
            break;
        at += used;
    }
    memmove(p->in.v, p->in.v + at, p->in.n - at);
    p->in.n -= at;
}

static bool row_has_dots(const struct paper *p, int y)
{
    return memchr(p->dots + (size_t)y * (size_t)p->width, 1, (size_t)p->width) != NULL;
}

bool paper_next_block(const struct paper *p, int from, int gap, int *ret_top, int *ret_bottom)
{
    int y = from;
    while (y < p->rows && !row_has_dots(p, y))
        y++;
    if (y >= p->rows)
        return false;
    *ret_top = *ret_bottom = y;
    for (; y < p->rows && y - *ret_bottom <= gap + 1; y++)
        if (row_has_dots(p, y))
            *ret_bottom = y;
    return true;
}

void paper_extent(const struct paper *p, int top, int bottom, int *ret_left, int *ret_right)
{
    *ret_left = p->width;
    *ret_right = -1;
    for (int y = top; y <= bottom; y++) {
        for (int x = 0; x < p->width; x++) {
            if (!paper_black(p, x, y))
                continue;
            *ret_left = x < *ret_left ? x : *ret_left;
            *ret_right = x > *ret_right ? x : *ret_right;
        }
    }
}

bool paper_write_pbm(const struct paper *p, const char *path)
{
    FILE *f = fopen(path, "wb");
    if (!f)
        return false;
    (void)fprintf(f, "P1\n%d %d\n", p->width, p->rows);
    for (int y = 0; y < p->rows; y++) {
        for (int x = 0; x < p->width; x++)
            (void)fputc(paper_black(p, x, y) ? '1' : '0', f);
        (void)fputc('\n', f);
    }
    return fclose(f) == 0;
}
