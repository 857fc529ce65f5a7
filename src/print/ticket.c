#include "print/ticket.h"

#include <string.h>

#include "base/mem.h"
#include "i18n/i18n.h"
#include "print/escpos.h"
#include "print/qr.h"

#define WIDTH_MIN 256
#define WIDTH_MAX 832
#define SMALLEST_PX 16 /* smaller than this cannot be read: then it is cut off */
#define LINE_GAP 10    /* white dots between two lines of one text */
#define BLACK 128      /* coverage from which a dot is burnt */

/* Looks of a text, in dots (8 are 1 mm); `size` is that of the printer's own
 * letters where there is no painter. */
struct look {
    int px;
    bool bold;
    int size;
    int above; /* blank paper before it */
};
static const struct look look_house = { 36, true, 1, 0 };
static const struct look look_label = { 36, false, 1, 20 };
static const struct look look_number = { 208, true, 6, 36 };
static const struct look look_wait = { 40, true, 1, 36 };
static const struct look look_line = { 38, true, 1, 24 };
static const struct look look_advice = { 34, false, 1, 30 };
static const struct look look_hint = { 30, false, 1, 4 };
static const struct look look_date = { 28, false, 1, 4 };

struct pen {
    struct buf *out;
    const struct print_painter *painter; /* NULL: the printer's own letters */
    struct print_paper paper;
    bool rtl;
};

static void bitmap_done(struct print_bitmap *b)
{
    if (b->v)
        mem_wipe(b->v, (size_t)b->w * (size_t)b->h);
    mem_free(b->v);
    *b = (struct print_bitmap){ 0 };
}

static bool row_blank(const struct print_bitmap *b, int y)
{
    for (int x = 0; x < b->w; x++)
        if (b->v[(size_t)y * (size_t)b->w + (size_t)x])
            return false;
    return true;
}

/* Takes off blank rows: how much of them there is differs from script to script. */
static void trim(struct print_bitmap *b)
{
    int top = 0, rows = b->h;

    while (rows > 0 && row_blank(b, rows - 1))
        rows--;
    while (top < rows && row_blank(b, top))
        top++;
    memmove(b->v, b->v + (size_t)top * (size_t)b->w, (size_t)(rows - top) * (size_t)b->w);
    mem_wipe(b->v + (size_t)(rows - top) * (size_t)b->w,
             (size_t)(b->h - rows + top) * (size_t)b->w);
    b->h = rows - top;
}

static enum err draw(const struct pen *pen, const char *s, size_t n, struct look look,
                     struct print_bitmap *ret)
{
    struct print_font font = { look.px, look.bold, pen->rtl };
    struct print_bitmap b = { 0 };
    enum err e = pen->painter->draw(pen->painter->ctx, s, n, font, &b);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < (size_t)b.w * (size_t)b.h; i++)
        b.v[i] = b.v[i] >= BLACK;
    if (b.v)
        trim(&b);
    *ret = b;
    return ERR_OK;
}

/* Bytes of the first words of s that are one less than those in n; 0: one word. */
static size_t without_last_word(const char *s, size_t n)
{
    while (n > 0 && s[n - 1] != ' ')
        n--;
    while (n > 0 && s[n - 1] == ' ')
        n--;
    return n;
}

/* One word that is wider than the paper, smaller: a number of three digits on
 * narrow paper. */
static enum err draw_smaller(const struct pen *pen, const char *s, size_t n, struct look look,
                             struct print_bitmap *b)
{
    struct look smaller = look;
    smaller.px = look.px * pen->paper.width_dots / b->w;
    struct print_bitmap again = { 0 };
    enum err e = smaller.px >= SMALLEST_PX ? draw(pen, s, n, smaller, &again) : ERR_OK;
    if (e == ERR_OK && again.v) {
        bitmap_done(b);
        *b = again;
    }
    return e;
}

/* Draws as many whole words as fit on a line, and gives their bytes. */
static enum err draw_line(const struct pen *pen, const char *s, struct look look, size_t *ret_n,
                          struct print_bitmap *ret)
{
    for (size_t n = strlen(s);;) {
        CLEANUP(bitmap_done) struct print_bitmap b = { 0 };
        enum err e = draw(pen, s, n, look, &b);
        if (e != ERR_OK)
            return e;
        size_t less = b.w > pen->paper.width_dots ? without_last_word(s, n) : 0;
        if (less == 0) {
            if (b.w > pen->paper.width_dots)
                e = draw_smaller(pen, s, n, look, &b);
            if (e != ERR_OK)
                return e;
            *ret_n = n;
            *ret = TAKE(b);
            return ERR_OK;
        }
        n = less;
    }
}

static void put_bitmap(const struct pen *pen, const struct print_bitmap *b)
{
    int x = (pen->paper.width_dots - b->w) / 2;
    escpos_dots(pen->out, pen->paper.width_dots, x > 0 ? x : 0,
                (struct escpos_dots){ b->w, b->h, b->v });
}

static void put_plain(const struct pen *pen, const char *s, struct look look)
{
    char plain[512];
    size_t n = strlen(s) < sizeof(plain) ? strlen(s) : sizeof(plain) - 1;
    memcpy(plain, s, n);
    plain[n] = '\0';
    i18n_strip(plain);
    escpos_text(pen->out, plain, look.size, look.bold);
    mem_wipe(plain, sizeof(plain));
}

static void put_text(const struct pen *pen, const char *s, struct look look)
{
    if (!s || !*s)
        return;
    escpos_space(pen->out, look.above);
    while (pen->painter && *s) {
        CLEANUP(bitmap_done) struct print_bitmap b = { 0 };
        size_t n = 0;
        if (draw_line(pen, s, look, &n, &b) != ERR_OK)
            break;
        put_bitmap(pen, &b);
        escpos_space(pen->out, s[n] ? LINE_GAP : 0);
        s += n;
        s += strspn(s, " ");
    }
    if (*s)
        put_plain(pen, s, look);
}

static void put_rule(const struct pen *pen)
{
    uint8_t black[WIDTH_MAX * 3];
    memset(black, 1, sizeof(black));
    escpos_space(pen->out, 24);
    escpos_dots(pen->out, pen->paper.width_dots, 0,
                (struct escpos_dots){ pen->paper.width_dots / 8 * 8, 3, black });
    escpos_space(pen->out, 24);
}

/* Squares as large as fit on two thirds of the paper, at most 8 dots (1 mm, read
 * from the length of an arm). Squares under 5 dots may take the whole width: a
 * phone needs about 0.5 mm. */
static int square_size(int squares, int paper_w)
{
    int size = paper_w * 2 / 3 / squares;
    int whole = paper_w / squares;
    if (size < 5)
        size = whole < 5 ? whole : 5;
    return size > 8 ? 8 : size;
}

static enum err put_qr(const struct pen *pen, const char *text)
{
    if (!text || !*text)
        return ERR_OK;
    CLEANUP(qr_done) struct qr qr = { 0 };
    enum err e = qr_make(text, &qr);
    if (e != ERR_OK)
        return e;
    int squares = qr.n + 2 * QR_QUIET;
    int size = square_size(squares, pen->paper.width_dots);
    int side = squares * size;
    CLEANUP(bitmap_done) struct print_bitmap b = { 0 };
    if (size < 3)
        return ERR_LIMIT;
    b = (struct print_bitmap){ side, side, mem_calloc((size_t)side, (size_t)side) };
    if (!b.v)
        return ERR_NOMEM;
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
            b.v[y * side + x] = qr_dark(&qr, x / size - QR_QUIET, y / size - QR_QUIET);
    put_rule(pen);
    put_bitmap(pen, &b);
    return ERR_OK;
}

static bool given(const char *text)
{
    return text && *text;
}

static bool paper_valid(struct print_paper paper)
{
    return paper.width_dots >= WIDTH_MIN && paper.width_dots <= WIDTH_MAX;
}

enum err print_ticket(const struct print_ticket *t, struct print_paper paper,
                      const struct print_painter *painter, struct buf *out)
{
    if (!t->number || !*t->number || !paper_valid(paper))
        return ERR_INVAL;
    struct pen pen = { out, painter, paper, t->rtl };
    escpos_begin(out);
    put_text(&pen, t->house, look_house);
    if (given(t->house))
        put_rule(&pen);
    put_text(&pen, t->label, look_label);
    put_text(&pen, t->number, look_number);
    put_text(&pen, t->wait, look_wait);
    if (given(t->lines[0]))
        escpos_space(out, 16);
    for (size_t i = 0; i < PRINT_LINES_MAX; i++)
        put_text(&pen, t->lines[i], look_line);
    for (size_t i = 0; i < PRINT_LINES_MAX; i++)
        put_text(&pen, t->advice[i], look_advice);
    /* Too much for a code on this paper: the number still counts, so print on. */
    enum err e = put_qr(&pen, t->qr);
    if (e == ERR_NOMEM)
        return e;
    if (e == ERR_OK && given(t->qr))
        put_text(&pen, t->qr_hint, look_hint);
    if (given(t->date))
        put_rule(&pen);
    put_text(&pen, t->date, look_date);
    escpos_end(out, paper.cut);
    return buf_err(out);
}

enum err print_test_page(const char *const *texts, size_t n, const char *qr,
                         struct print_paper paper, const struct print_painter *painter,
                         struct buf *out)
{
    if (!paper_valid(paper))
        return ERR_INVAL;
    struct pen pen = { out, painter, paper, false };
    escpos_begin(out);
    put_rule(&pen);
    for (size_t i = 0; i < n; i++)
        put_text(&pen, texts[i], look_line);
    enum err e = put_qr(&pen, qr);
    if (e != ERR_OK)
        return e;
    put_rule(&pen);
    escpos_end(out, paper.cut);
    return buf_err(out);
}
