/* The keyring file, and the text of the paper in the safe. A right sum is put on half of them. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include <sodium.h>

#include "crypt/keyring_text.h"
#include "crypt/recovery.h"

static void again(const struct keyring_entries *l)
{
    struct buf b = buf_make(KEYRING_TEXT_MAX);
    struct keyring_entries same = { 0 };
    MUST(keyring_print(l, &b) == ERR_OK);
    MUST(keyring_parse(b.v, b.n, &same) == ERR_OK && same.n == l->n);
    for (size_t i = 0; i < l->n; i++)
        MUST(same.v[i].day == l->v[i].day && same.v[i].house == l->v[i].house);
    keyring_entries_done(&same);
    buf_done(&b);
}

static void add_sum(struct buf *b)
{
    unsigned char sum[32];
    char hex[65];
    crypto_generichash(sum, sizeof(sum), (const unsigned char *)b->v, b->n, NULL, 0);
    buf_addf(b, "sum %s\n", sodium_bin2hex(hex, sizeof(hex), sum, sizeof(sum)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct keyring_entries l = { 0 };
    struct buf b = buf_make(KEYRING_TEXT_MAX);
    buf_add(&b, data, n);
    if (n > 0 && data[n - 1] == '\n')
        add_sum(&b);
    if (!b.failed && keyring_parse(buf_str(&b), b.n, &l) == ERR_OK)
        again(&l);
    keyring_entries_done(&l);
    buf_done(&b);
    char *text = malloc(n + 1);
    MUST(text);
    memcpy(text, data, n);
    text[n] = '\0';
    MUST(recovery_open(&(struct recovery_options){ .from = "/nowhere", .keys_dir = "/nowhere",
                                                   .text = text }) != ERR_OK);
    free(text);
    return 0;
}
