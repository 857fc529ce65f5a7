#include "i18n/mo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "tests/lib/check.h"

#define HEAD                                                     \
    "Content-Type: text/plain; charset=UTF-8\n"                  \
    "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);\n"

/* A small catalog, made here byte by byte: keys rising, values in that order. */
struct entry {
    const char *key, *value;
    size_t key_n, value_n;
};
#define E(k, v) { k, v, sizeof(k) - 1, sizeof(v) - 1 }
static const struct entry sound[] = {
    E("", HEAD),
    E("Back", "Wróć"),
    E("empty", ""),
    E("month\004May", "maj"),
    E("{n} person ahead\0{n} people ahead", "{n} osoba\0{n} osoby\0{n} osób"),
};

static void put32(unsigned char *at, uint32_t w, bool big)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(w >> (big ? 24 - 8 * i : 8 * i));
}

static size_t build(const struct entry *v, size_t n, bool big, unsigned char out[2000])
{
    memset(out, 0, 2000);
    size_t keys = 28, values = keys + 8 * n, at = values + 8 * n;
    const size_t head[] = { 0x950412deu, 0, n, keys, values };
    for (size_t i = 0; i < ARRAY_LEN(head); i++)
        put32(out + 4 * i, (uint32_t)head[i], big);
    for (size_t i = 0; i < 2 * n; i++) {
        bool value = i >= n;
        const struct entry *e = &v[i % n];
        size_t len = value ? e->value_n : e->key_n;
        put32(out + keys + 8 * i, (uint32_t)len, big);
        put32(out + keys + 8 * i + 4, (uint32_t)at, big);
        memcpy(out + at, value ? e->value : e->key, len);
        at += len + 1;
    }
    return at;
}

static const char *write_file(const void *bytes, size_t n)
{
    static char path[512];
    (void)snprintf(path, sizeof(path), "%s/x.mo", check_tmpdir());
    FILE *f = fopen(path, "wb");
    CHECK(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
    return path;
}

TEST(finds_texts_contexts_and_plural_forms_in_both_byte_orders)
{
    for (int big = 0; big < 2; big++) {
        unsigned char bytes[2000];
        size_t n = build(sound, ARRAY_LEN(sound), big, bytes);
        CLEANUP(mo_done) struct mo mo = { 0 };
        CHECK_OK(mo_open(write_file(bytes, n), &mo));
        CHECK_STR(mo_find(&mo, "Back"), "Wróć");
        CHECK_STR(mo_find(&mo, "month\004May"), "maj");
        CHECK(mo_find(&mo, "May") == NULL);
        CHECK(mo_find(&mo, "Bac") == NULL);
        CHECK(mo_find(&mo, "zzz") == NULL);
        CHECK(mo_find(&mo, "empty") == NULL);
        CHECK_STR(mo_find_plural(&mo, "{n} person ahead", 1), "{n} osoba");
        CHECK_STR(mo_find_plural(&mo, "{n} person ahead", 3), "{n} osoby");
        CHECK_STR(mo_find_plural(&mo, "{n} person ahead", 0), "{n} osoby");
        CHECK_STR(mo_find_plural(&mo, "{n} person ahead", 12), "{n} osób");
        CHECK(mo_find_plural(&mo, "Back", 12) == NULL); /* has no third form */
    }
}

TEST(a_catalog_without_a_rule_counts_as_English)
{
    static const struct entry v[] = { E("", "Content-Type: text/plain; charset=UTF-8\n"),
                                      E("a\0b", "one\0many") };
    unsigned char bytes[2000];
    size_t n = build(v, 2, false, bytes);
    CLEANUP(mo_done) struct mo mo = { 0 };
    CHECK_OK(mo_open(write_file(bytes, n), &mo));
    CHECK_STR(mo_find_plural(&mo, "a", 1), "one");
    CHECK_STR(mo_find_plural(&mo, "a", 0), "many");
}

/* Each row changes one word of the sound catalog, or its length. */
static const struct {
    const char *what;
    size_t at; /* offset of a 32-bit word; 0 with `cut` */
    uint32_t word;
    size_t cut; /* bytes taken off the end */
} damage[] = {
    { "no magic", 0, 0x12345678, 0 },
    { "a later revision", 4, 0x10000, 0 },
    { "revision 1, which has texts of the system's own", 4, 1, 0 },
    { "no texts", 8, 0, 0 },
    { "more texts than the file can hold", 8, 0x20000000, 0 },
    { "one text more than there are", 8, 40, 0 },
    { "keys inside the head", 12, 4, 0 },
    { "keys behind the end", 12, 0xfffffff0, 0 },
    { "values behind the end", 16, 1990, 0 },
    { "a key that is longer than the file", 36, 0xffffffff, 0 },
    { "a key that starts behind the end", 40, 0x7fffffff, 0 },
    { "a key whose end is not a NUL", 36, 3, 0 },
    { "keys that do not rise", 40, 28 + 80, 0 },
    { "a value whose end is not a NUL", 28 + 40 + 8, 2, 0 },
    { "the last byte is missing", 0, 0, 1 },
    { "half is missing", 0, 0, 150 },
};

TEST(damaged_catalogs_are_refused)
{
    for (size_t i = 0; i < ARRAY_LEN(damage); i++) {
        unsigned char bytes[2000];
        size_t n = build(sound, ARRAY_LEN(sound), false, bytes);
        if (damage[i].cut == 0)
            put32(bytes + damage[i].at, damage[i].word, false);
        CLEANUP(mo_done) struct mo mo = { 0 };
        if (mo_open(write_file(bytes, n - damage[i].cut), &mo) != ERR_FORMAT)
            CHECK_FAIL("accepted: %s", damage[i].what);
        CHECK(mo.file.v == NULL);
    }
    struct mo mo;
    CHECK_ERR(mo_open(write_file("", 0), &mo), ERR_FORMAT);
    CHECK_ERR(mo_open("/nonexistent/x.mo", &mo), ERR_NOT_FOUND);
}

TEST(a_catalog_in_another_encoding_or_with_a_bad_rule_is_refused)
{
    static const struct entry latin[] = { E("", "Content-Type: text/plain; charset=ISO-8859-1\n") };
    static const struct entry bytes_bad[] = { E("", HEAD), E("a", "caf\xe9") };
    static const struct entry rule_bad[] = {
        E("", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=m;\n"),
    };
    static const struct entry headless[] = { E("a", "b") };
    static const struct {
        const struct entry *v;
        size_t n;
    } bad[] = { { latin, 1 }, { bytes_bad, 2 }, { rule_bad, 1 }, { headless, 1 } };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        unsigned char bytes[2000];
        size_t n = build(bad[i].v, bad[i].n, false, bytes);
        struct mo mo;
        CHECK_ERR(mo_open(write_file(bytes, n), &mo), ERR_FORMAT);
    }
}

TEST(no_changed_byte_makes_it_read_outside_the_file)
{
    struct rng rng = rng_seeded(check_seed());
    for (long round = check_rounds(2000); round > 0; round--) {
        unsigned char bytes[2000];
        size_t n = build(sound, ARRAY_LEN(sound), rng_below(&rng, 2), bytes);
        for (uint32_t changes = 1 + rng_below(&rng, 4); changes > 0; changes--)
            bytes[rng_below(&rng, (uint32_t)n)] = (unsigned char)rng_below(&rng, 256);
        CLEANUP(mo_done) struct mo mo = { 0 };
        if (mo_open(write_file(bytes, n), &mo) != ERR_OK)
            continue;
        for (size_t i = 0; i < ARRAY_LEN(sound); i++) {
            const char *s = mo_find(&mo, sound[i].key);
            CHECK(!s || strlen(s) < n);
            s = mo_find_plural(&mo, sound[i].key, rng_below(&rng, 30));
            CHECK(!s || strlen(s) < n);
        }
    }
}

TEST(no_memory_is_an_error_like_another)
{
    unsigned char bytes[2000];
    size_t n = build(sound, ARRAY_LEN(sound), false, bytes);
    const char *path = write_file(bytes, n);
    mem_fail_at(1);
    struct mo mo;
    enum err e = mo_open(path, &mo);
    mem_fail_at(0);
    CHECK(e == ERR_LIMIT || e == ERR_NOMEM);
}
