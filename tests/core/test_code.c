#include "core/code.h"

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "base/utf8.h"
#include "core/civil.h"
#include "tests/lib/check.h"

TEST(the_example_of_the_method_comes_out)
{
    CHECK_INT(code_check_digit("572"), '4');
    CHECK_INT(code_check_digit(""), '0');
    CHECK_INT(code_check_digit("12a"), 0);
}

static struct code code_of(unsigned n)
{
    struct code c;
    snprintf(c.s, sizeof(c.s), "%06u", n % 1000000u);
    c.s[6] = code_check_digit(c.s);
    c.s[7] = '\0';
    return c;
}

TEST(every_wrong_digit_and_every_swap_of_neighbours_is_caught)
{
    for (unsigned n = 0; n < 1000000; n += 7) { /* 7 and 10 share no factor: all endings come by */
        struct code c = code_of(n);
        if (!code_valid(c.s))
            CHECK_FAIL("%s is not valid itself", c.s);
        for (int i = 0; i < CODE_DIGITS; i++) {
            char was = c.s[i];
            for (char d = '0'; d <= '9'; d++) {
                c.s[i] = d;
                if (d != was && code_valid(c.s))
                    CHECK_FAIL("%06u with %c at %d passes", n, d, i);
            }
            c.s[i] = was;
            if (i > 0 && c.s[i - 1] != was) {
                c.s[i] = c.s[i - 1];
                c.s[i - 1] = was;
                if (code_valid(c.s))
                    CHECK_FAIL("%s passes after a swap", c.s);
                c.s[i - 1] = c.s[i];
                c.s[i] = was;
            }
        }
    }
}

TEST(a_code_comes_from_the_bytes_given)
{
    const unsigned char mac[CODE_MAC_BYTES] = { 0, 0, 0, 0, 0, 0, 2, 60 };
    struct code c = code_of_mac(mac);
    CHECK_STR(c.s, "0005724");
    const unsigned char most[CODE_MAC_BYTES] = { 255, 255, 255, 255, 255, 255, 255, 255 };
    c = code_of_mac(most); /* 18446744073709551615 */
    CHECK(strncmp(c.s, "551615", 6) == 0 && code_valid(c.s));
}

TEST(a_code_is_read_as_people_type_it)
{
    static const char *const good[] = { "0005724", " 000 57 24 ", "000-5724",
                                        "\xd9\xa0\xd9\xa0\xd9\xa0\xd9\xa5\xd9\xa7\xd9\xa2\xd9\xa4",
                                        "\xdb\xb0\xdb\xb0\xdb\xb0\xdb\xb5\xdb\xb7\xdb\xb2\xdb\xb4",
                                        "000\302\2405724" };
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        struct code c = { "" };
        CHECK_OK(code_parse(good[i], &c));
        CHECK_STR(c.s, "0005724");
    }
    static const char *const bad[] = { "", "000572", "00057240", "0005725", "000572a", "0005724\n",
                                       "\xff", "-------" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct code c = { "x" };
        CHECK_ERR(code_parse(bad[i], &c), ERR_FORMAT);
        CHECK_STR(c.s, "x");
    }
}

TEST(a_token_is_the_bytes_in_26_characters)
{
    unsigned char bytes[TOKEN_BYTES] = { 0 };
    CHECK_STR(token_of_bytes(bytes).s, "00000000000000000000000000");
    bytes[15] = 33;
    CHECK_STR(token_of_bytes(bytes).s, "00000000000000000000000011");
    memset(bytes, 255, sizeof(bytes));
    CHECK_STR(token_of_bytes(bytes).s, "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
}

TEST(different_bytes_never_share_a_token)
{
    struct rng rng = rng_seeded(check_seed());
    for (int i = 0; i < 2000; i++) {
        unsigned char bytes[TOKEN_BYTES];
        rng_fill(&rng, bytes, sizeof(bytes));
        struct token a = token_of_bytes(bytes);
        CHECK(token_valid(a.s));
        bytes[rng_below(&rng, TOKEN_BYTES)] ^= (unsigned char)(1u << rng_below(&rng, 8));
        struct token b = token_of_bytes(bytes);
        CHECK(strcmp(a.s, b.s) != 0);
    }
}

#define TOKEN "2C3D4E5F6G7H8J9K0MANBPCQDR"

TEST(a_token_is_read_whatever_the_case_and_lookalikes)
{
    struct token t = { "" };
    CHECK_OK(token_parse("2c3d4e5f6g7h8j9komanbpcqdr", &t));
    CHECK_STR(t.s, TOKEN);
    CHECK(!token_valid("2c3d4e5f6g7h8j9k0manbpcqdr"));
    CHECK_ERR(token_parse("8ZZZZZZZZZZZZZZZZZZZZZZZZZ", &t), ERR_FORMAT); /* 129 bits */
    CHECK_ERR(token_parse("2C3D4E5F6G7H8J9K0MANBPCQD", &t), ERR_FORMAT);
    CHECK_ERR(token_parse("2C3D4E5F6G7H8J9K0MANBPCQDU", &t), ERR_FORMAT);
    CHECK_STR(t.s, TOKEN);
}

static enum err scan(const char *text, struct scan *s)
{
    return scan_parse(text, strlen(text), s);
}

TEST(a_scanner_may_read_any_of_our_forms)
{
    static const char *const tokens[] = {
        TOKEN,
        TOKEN "\r\n",
        "  " TOKEN "@dynamo",
        "2c3d4e5f6g7h8j9k0manbpcqdr@DYNAMO\n",
        "BEGIN:VEVENT\r\nUID:" TOKEN "@dynamo\r\nEND:VEVENT\r\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:UID:no\nuid:" TOKEN "@dynamo\nEND:VEVENT",
        "BEGIN:VEVENT\rUID:" TOKEN "@dynamo\rEND:VEVENT\r",
        "BEGIN:VEVENT\r\nUID:2C3D4E5F6G7H8\r\n J9K0MANBPCQDR@dynamo\r\nEND:VEVENT",
    };
    for (size_t i = 0; i < ARRAY_LEN(tokens); i++) {
        struct scan s = { .kind = SCAN_CODE };
        CHECK_OK(scan(tokens[i], &s));
        CHECK_INT(s.kind, SCAN_TOKEN);
        CHECK_STR(s.token.s, TOKEN);
    }
    struct scan s = { .kind = SCAN_TOKEN };
    CHECK_OK(scan("0005724\n", &s));
    CHECK_INT(s.kind, SCAN_CODE);
    CHECK_STR(s.code.s, "0005724");
}

TEST(foreign_codes_are_refused)
{
    static const char *const bad[] = {
        "", "\n", "https://example.org/", "BEGIN:VEVENT\nUID:abc@dynamo\nEND:VEVENT",
        "BEGIN:VEVENT\nUID:" TOKEN "@example.org\nEND:VEVENT", "WIFI:T:WPA;S:net;P:secret;;",
        "XUID:" TOKEN, "UID:", TOKEN "@dynam", "0005724 0005724",
    };
    struct scan s = { .kind = SCAN_CODE };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK_ERR(scan(bad[i], &s), ERR_FORMAT);
    CHECK_ERR(scan_parse("0005724\0", 8, &s), ERR_FORMAT);
    char big[SCAN_MAX + 2];
    memset(big, ' ', sizeof(big));
    CHECK_ERR(scan_parse(big, SCAN_MAX + 1, &s), ERR_FORMAT);
    CHECK_ERR(scan_parse(big, SCAN_MAX, &s), ERR_FORMAT);
    memcpy(big, "0005724", 7);
    CHECK_OK(scan_parse(big, SCAN_MAX, &s));
}

TEST(random_bytes_never_scan_by_accident_or_harm)
{
    struct rng rng = rng_seeded(check_seed());
    for (int i = 0; i < 20000; i++) {
        char bytes[80];
        struct scan s;
        size_t n = rng_below(&rng, sizeof(bytes));
        rng_fill(&rng, bytes, n);
        CHECK_ERR(scan_parse(bytes, n, &s), ERR_FORMAT);
    }
}

TEST(an_event_reads_as_rfc_5545_wants_it)
{
    CLEANUP(buf_done) struct buf b = buf_make(4096);
    utc_ms start = 0;
    CHECK_OK(rfc3339_parse("2026-03-27T09:00:00+01:00", &start));
    struct vevent ev = { .token = TOKEN, .stamp = start - HOUR_MS, .start = start,
                         .end = start + 30 * MINUTE_MS, .summary = "Afspraak; Dynamo, \\kamer\n2",
                         .location = "Roosendaal" };
    vevent_add(&b, &ev);
    CHECK_STR(buf_str(&b), "BEGIN:VEVENT\r\n"
                           "UID:" TOKEN "@dynamo\r\n"
                           "DTSTAMP:20260327T070000Z\r\n"
                           "DTSTART:20260327T080000Z\r\n"
                           "DTEND:20260327T083000Z\r\n"
                           "SUMMARY:Afspraak\\; Dynamo\\, \\\\kamer\\n2\r\n"
                           "LOCATION:Roosendaal\r\n"
                           "END:VEVENT\r\n");
}

TEST(long_lines_fold_between_characters_and_scan_back)
{
    CLEANUP(buf_done) struct buf text = buf_make(1024);
    CLEANUP(buf_done) struct buf b = buf_make(4096);
    for (int i = 0; i < 90; i++)
        buf_adds(&text, i % 3 ? "\xd8\xa7" : "x");
    struct vevent ev = { .token = TOKEN, .summary = buf_str(&text) };
    vevent_add(&b, &ev);
    CHECK_OK(buf_err(&b));
    CHECK(strstr(buf_str(&b), "LOCATION") == NULL);
    const char *line = buf_str(&b);
    for (const char *nl; (nl = strstr(line, "\r\n")); line = nl + 2) {
        CHECK(nl - line <= 75);
        CHECK(utf8_valid(line, (size_t)(nl - line)));
    }
    struct scan s;
    CHECK_OK(scan_parse(b.v, b.n, &s));
    CHECK_STR(s.token.s, TOKEN);
}

TEST(control_characters_stay_out_of_the_event)
{
    CLEANUP(buf_done) struct buf b = buf_make(4096);
    struct vevent ev = { .token = TOKEN, .summary = "a\r\nEND:VEVENT\tb\x7f" };
    vevent_add(&b, &ev);
    CHECK(strstr(buf_str(&b), "SUMMARY:a\\nEND:VEVENTb\r\n") != NULL);
}
