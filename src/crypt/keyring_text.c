#include "crypt/keyring_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/mem.h"
#include "crypt/keyring.h"

#define HEAD "dynamo-keyring 1\n"
#define HEAD_FAMILY "dynamo-keyring "
#define SUM_SIZE 32
#define SUM_LINE_SIZE (sizeof("sum \n") - 1 + 2 * SUM_SIZE)

void keyring_entries_done(struct keyring_entries *l)
{
    mem_free(l->v);
    *l = (struct keyring_entries){ 0 };
}

static void add_hex(struct buf *out, bool stands, const unsigned char *bytes, size_t n)
{
    char hex[2 * WRAP_UPLOAD_SIZE + 1];
    buf_addc(out, ' ');
    buf_adds(out, stands ? sodium_bin2hex(hex, sizeof(hex), bytes, n) : "-");
}

static void sum_of(const char *text, size_t n, char ret_hex[2 * SUM_SIZE + 1])
{
    unsigned char sum[SUM_SIZE];
    crypto_generichash(sum, sizeof(sum), (const unsigned char *)text, n, NULL, 0);
    sodium_bin2hex(ret_hex, 2 * SUM_SIZE + 1, sum, sizeof(sum));
}

enum err keyring_print(const struct keyring_entries *l, struct buf *out)
{
    size_t from = out->n;
    buf_adds(out, HEAD);
    for (size_t i = 0; i < l->n; i++) {
        const struct keyring_entry *e = &l->v[i];
        buf_addf(out, "day %" PRId32, e->day);
        add_hex(out, true, e->public_half, sizeof(e->public_half));
        add_hex(out, e->house, e->house_wrap, sizeof(e->house_wrap));
        add_hex(out, e->upload, e->upload_wrap, sizeof(e->upload_wrap));
        buf_addc(out, '\n');
    }
    char sum[2 * SUM_SIZE + 1];
    sum_of(buf_str(out) + from, out->n - from, sum);
    buf_addf(out, "sum %s\n", sum);
    return buf_err(out);
}

/* Takes " HEX" of exactly n bytes, or " -" where that is allowed. */
static bool take_hex(const char **s, const char *end, unsigned char *bytes, size_t n, bool *stands)
{
    if (*s >= end || **s != ' ')
        return false;
    ++*s;
    if (stands && *s < end && **s == '-') {
        *stands = false;
        ++*s;
        return true;
    }
    size_t got = 0;
    if ((size_t)(end - *s) < 2 * n ||
        sodium_hex2bin(bytes, n, *s, 2 * n, NULL, &got, NULL) != 0 || got != n)
        return false;
    *s += 2 * n;
    if (stands)
        *stands = true;
    return true;
}

/* "day N PUBLIC HOUSE UPLOAD", without its line end. */
static bool parse_line(const char *s, const char *end, struct keyring_entry *e)
{
    if (end - s < 5 || memcmp(s, "day ", 4) != 0)
        return false;
    s += 4;
    char *after;
    long day = strtol(s, &after, 10); /* stops at the space that must follow */
    if (after == s || after > end || day < -1000000 || day > 4000000)
        return false;
    e->day = (int32_t)day;
    s = after;
    return take_hex(&s, end, e->public_half, sizeof(e->public_half), NULL) &&
           take_hex(&s, end, e->house_wrap, sizeof(e->house_wrap), &e->house) &&
           take_hex(&s, end, e->upload_wrap, sizeof(e->upload_wrap), &e->upload) && s == end;
}

static enum err check_frame(const char *text, size_t n)
{
    size_t head = sizeof(HEAD) - 1;
    if (n < head + SUM_LINE_SIZE)
        return ERR_CORRUPT;
    if (memcmp(text, HEAD, head) != 0)
        return memcmp(text, HEAD_FAMILY, sizeof(HEAD_FAMILY) - 1) == 0 ? ERR_VERSION : ERR_CORRUPT;
    char sum[2 * SUM_SIZE + 1];
    sum_of(text, n - SUM_LINE_SIZE, sum);
    const char *last = text + n - SUM_LINE_SIZE;
    bool right = memcmp(last, "sum ", 4) == 0 && memcmp(last + 4, sum, 2 * SUM_SIZE) == 0 &&
                 text[n - 1] == '\n';
    return right ? ERR_OK : ERR_CORRUPT;
}

enum err keyring_parse(const char *text, size_t n, struct keyring_entries *ret_list)
{
    enum err e = check_frame(text, n);
    if (e != ERR_OK)
        return e;
    CLEANUP(keyring_entries_done) struct keyring_entries l = { 0 };
    const char *s = text + sizeof(HEAD) - 1;
    const char *stop = text + n - SUM_LINE_SIZE;
    while (s < stop) {
        const char *end = memchr(s, '\n', (size_t)(stop - s));
        struct keyring_entry entry = { 0 };
        if (!end || !parse_line(s, end, &entry) || (l.n && l.v[l.n - 1].day >= entry.day))
            return ERR_CORRUPT;
        if (l.n >= KEYRING_DAYS_MAX)
            return ERR_LIMIT;
        if (!mem_grow(&l.v, &l.cap, l.n, sizeof(*l.v)))
            return ERR_NOMEM;
        l.v[l.n++] = entry;
        s = end + 1;
    }
    *ret_list = TAKE(l);
    return ERR_OK;
}
