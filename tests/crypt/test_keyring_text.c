#include "crypt/keyring_text.h"

#include "base/mem.h"
#include "tests/crypt/fixture.h"

static struct keyring_entries two_days(void)
{
    struct keyring_entries l = { 0 };
    static struct keyring_entry v[2];
    v[0] = (struct keyring_entry){ .day = -3, .house = true };
    v[1] = (struct keyring_entry){ .day = DAY1, .upload = true };
    memset(v[0].public_half, 0xAB, sizeof(v[0].public_half));
    memset(v[0].house_wrap, 0x01, sizeof(v[0].house_wrap));
    memset(v[1].upload_wrap, 0xFE, sizeof(v[1].upload_wrap));
    l.v = v;
    l.n = 2;
    return l;
}

TEST(entries_come_back_as_printed)
{
    struct keyring_entries l = two_days();
    CLEANUP(keyring_entries_done) struct keyring_entries got = { 0 };
    CLEANUP(buf_done) struct buf text = buf_make(KEYRING_TEXT_MAX);
    CHECK_OK(keyring_print(&l, &text));
    CHECK_OK(keyring_parse(buf_str(&text), text.n, &got));
    CHECK_INT(got.n, 2);
    CHECK(memcmp(got.v, l.v, 2 * sizeof(*l.v)) == 0);
}

TEST(any_changed_cut_or_added_byte_is_found)
{
    struct keyring_entries l = two_days();
    CLEANUP(buf_done) struct buf text = buf_make(KEYRING_TEXT_MAX);
    CHECK_OK(keyring_print(&l, &text));
    for (size_t i = 0; i < text.n; i++) {
        struct keyring_entries got = { 0 };
        char was = text.v[i];
        text.v[i] ^= 1;
        enum err e = keyring_parse(text.v, text.n, &got);
        if (e != ERR_CORRUPT && e != ERR_VERSION)
            CHECK_FAIL("byte %zu changed: %s", i, err_text(e));
        text.v[i] = was;
        CHECK_ERR(keyring_parse(text.v, i, &got), ERR_CORRUPT);
    }
    struct keyring_entries got = { 0 };
    buf_addc(&text, '\n');
    CHECK_ERR(keyring_parse(text.v, text.n, &got), ERR_CORRUPT);
}

TEST(a_newer_form_is_told_from_damage)
{
    struct keyring_entries l = two_days(), got = { 0 };
    CLEANUP(buf_done) struct buf text = buf_make(KEYRING_TEXT_MAX);
    CHECK_OK(keyring_print(&l, &text));
    char *one = memchr(text.v, '1', text.n);
    *one = '2';
    CHECK_ERR(keyring_parse(text.v, text.n, &got), ERR_VERSION);
}

TEST(running_out_of_memory_leaves_the_list_alone)
{
    struct keyring_entries l = two_days(), got = { 0 };
    CLEANUP(buf_done) struct buf text = buf_make(KEYRING_TEXT_MAX);
    CHECK_OK(keyring_print(&l, &text));
    mem_fail_at(1);
    CHECK_ERR(keyring_parse(text.v, text.n, &got), ERR_NOMEM);
    mem_fail_at(0);
    CHECK(got.v == NULL);
}
