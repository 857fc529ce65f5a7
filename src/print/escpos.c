#include "print/escpos.h"

#include <string.h>

#include "base/utf8.h"
#include "core/letters.h"

#define DLE "\x10"
#define ESC "\x1b"
#define GS "\x1d"

static void add_bytes(struct buf *out, const void *bytes, size_t n)
{
    buf_add(out, bytes, n);
}
#define ADD(out, literal) add_bytes(out, literal, sizeof(literal) - 1)

void escpos_begin(struct buf *out)
{
    ADD(out, ESC "@");
    ADD(out, GS "a\0");
}

void escpos_end(struct buf *out, bool cut)
{
    if (cut)
        ADD(out, GS "VB\0"); /* feeds to the knife, leaves a bridge */
    else
        ADD(out, ESC "d\x05");
    ADD(out, GS "r\x01");
}

static void add_raster_head(struct buf *out, int row_bytes, int rows)
{
    const unsigned char head[] = { 0x1d, 'v', '0', 0,
                                   (unsigned char)(row_bytes & 0xff), (unsigned char)(row_bytes >> 8),
                                   (unsigned char)(rows & 0xff), (unsigned char)(rows >> 8) };
    add_bytes(out, head, sizeof(head));
}

static void add_row(struct buf *out, int row_bytes, int x, const uint8_t *dots, int w)
{
    unsigned char row[ESCPOS_BAND_BYTES_MAX / ESCPOS_BAND_ROWS] = { 0 };
    for (int i = 0; i < w; i++) {
        int at = x + i;
        if (dots[i] && at >= 0 && at < row_bytes * 8)
            row[at / 8] |= (unsigned char)(0x80 >> at % 8);
    }
    add_bytes(out, row, (size_t)row_bytes);
    memset(row, 0, sizeof(row));
}

void escpos_dots(struct buf *out, int paper_w, int x, struct escpos_dots dots)
{
    int row_bytes = paper_w / 8;
    if (row_bytes < 1 || row_bytes > ESCPOS_BAND_BYTES_MAX / ESCPOS_BAND_ROWS)
        return;
    for (int y = 0; y < dots.h; y++) {
        if (y % ESCPOS_BAND_ROWS == 0) {
            int left = dots.h - y;
            add_raster_head(out, row_bytes, left < ESCPOS_BAND_ROWS ? left : ESCPOS_BAND_ROWS);
        }
        add_row(out, row_bytes, x, dots.v + (size_t)y * (size_t)dots.w, dots.w);
    }
}

/* A column of eight white dots: the units of the feed commands differ between
 * printers, those of a picture do not. */
void escpos_space(struct buf *out, int rows)
{
    for (; rows > 0; rows -= 255) {
        int n = rows < 255 ? rows : 255;
        add_raster_head(out, 1, n);
        for (int i = 0; i < n; i++)
            buf_addc(out, '\0');
    }
}

static void add_letter(struct buf *out, uint32_t cp)
{
    if (cp >= 0x20 && cp < 0x7f) {
        buf_addc(out, (char)cp);
        return;
    }
    uint32_t folded[LETTER_FOLD_MAX];
    size_t n = letter_fold(cp, folded);
    for (size_t i = 0; i < n; i++)
        buf_addc(out, folded[i] >= 0x20 && folded[i] < 0x7f ? (char)folded[i] : '?');
}

void escpos_text(struct buf *out, const char *s, int size, bool bold)
{
    int times = size < 1 ? 0 : size > 8 ? 7 : size - 1;
    ADD(out, ESC "a\x01" GS "!");
    buf_addc(out, (char)(times << 4 | times));
    ADD(out, ESC "E");
    buf_addc(out, bold);
    for (const char *end = s + strlen(s); s < end;)
        add_letter(out, utf8_next(&s, end));
    ADD(out, "\n" GS "!\0" ESC "E\0" ESC "a\0");
}

void escpos_question(enum escpos_question q, unsigned char out[ESCPOS_QUESTION_BYTES])
{
    out[0] = 0x10;
    out[1] = 0x04;
    out[2] = (unsigned char)q;
}

/* The fixed bits of an answer to DLE EOT: 0xx1xx10. */
bool escpos_is_answer(unsigned char byte)
{
    return (byte & 0x93) == 0x12;
}

/* The fixed bits of an answer to GS r: 0xx0xxxx. */
bool escpos_is_printed(unsigned char byte)
{
    return (byte & 0x90) == 0x00;
}

enum escpos_fault escpos_answer(enum escpos_question q, unsigned char byte)
{
    if (q == ESCPOS_ASK_PAPER) {
        if (byte & 0x60)
            return ESCPOS_PAPER_OUT;
        return byte & 0x0c ? ESCPOS_PAPER_LOW : ESCPOS_FINE;
    }
    if (byte & 0x04)
        return ESCPOS_COVER;
    if (byte & 0x20)
        return ESCPOS_PAPER_OUT;
    return byte & 0x40 ? ESCPOS_BROKEN : ESCPOS_FINE;
}
