#include "core/code.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "core/civil.h"
#include "core/letters.h"

#define CODE_VALUES 1000000u
#define LINE_OCTETS 75 /* RFC 5545, 3.1 */
#define UID_DOMAIN "@dynamo"

/* ---- seven digits ---- */

/* The quasigroup of order ten from H. Michael Damm, Total anti-symmetrische
 * Quasigruppen, Marburg 2004, page 111. Its diagonal is zero, so digits that
 * end in their check digit come out as zero. */
static const unsigned char damm[10][10] = {
    { 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 }, { 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 },
    { 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 }, { 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 },
    { 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 }, { 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
    { 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 }, { 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 },
    { 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 }, { 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

char code_check_digit(const char *digits)
{
    unsigned char interim = 0;
    for (; *digits; digits++) {
        if (*digits < '0' || *digits > '9')
            return 0;
        interim = damm[interim][*digits - '0'];
    }
    return (char)('0' + interim);
}

struct code code_of_mac(const unsigned char mac[CODE_MAC_BYTES])
{
    uint64_t value = 0;
    for (int i = 0; i < CODE_MAC_BYTES; i++)
        value = value << 8 | mac[i];
    value %= CODE_VALUES;
    struct code c = { "" };
    for (int i = CODE_DIGITS - 2; i >= 0; i--, value /= 10)
        c.s[i] = (char)('0' + value % 10);
    c.s[CODE_DIGITS - 1] = code_check_digit(c.s);
    return c;
}

bool code_valid(const char *s)
{
    return strspn(s, "0123456789") == CODE_DIGITS && s[CODE_DIGITS] == '\0' &&
           code_check_digit(s) == '0';
}

static bool is_dash_or_space(uint32_t cp)
{
    return cp == ' ' || cp == '-' || cp == 0xA0 || (cp >= 0x2010 && cp <= 0x2014) || cp == 0x202F;
}

enum err code_parse(const char *typed, struct code *ret_code)
{
    struct code c = { "" };
    size_t n = 0;
    const char *end = typed + strlen(typed);
    while (typed < end) {
        uint32_t cp = utf8_next(&typed, end);
        int digit = digit_value(cp);
        if (digit < 0 && is_dash_or_space(cp))
            continue;
        if (digit < 0 || n == CODE_DIGITS)
            return ERR_FORMAT;
        c.s[n++] = (char)('0' + digit);
    }
    if (!code_valid(c.s))
        return ERR_FORMAT;
    *ret_code = c;
    return ERR_OK;
}

/* ---- 128 bits as text ---- */

static const char base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's */

struct token token_of_bytes(const unsigned char bytes[TOKEN_BYTES])
{
    struct token t = { "" };
    unsigned bits = 0, held = 2; /* two zero bits in front make 130 of 128 */
    size_t n = 0;
    for (size_t i = 0; i < TOKEN_BYTES; i++) {
        bits = bits << 8 | bytes[i];
        held += 8;
        while (held >= 5) {
            held -= 5;
            t.s[n++] = base32[bits >> held & 31];
        }
    }
    return t;
}

/* The digit that a character stands for; '\0' for none. */
static char base32_of(char c)
{
    char up = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    if (up == 'I' || up == 'L')
        return '1';
    if (up == 'O')
        return '0';
    return up != '\0' && strchr(base32, up) ? up : '\0';
}

static enum err token_parse_n(const char *s, size_t n, struct token *ret_token)
{
    struct token t = { "" };
    if (n != TOKEN_LEN)
        return ERR_FORMAT;
    for (size_t i = 0; i < n; i++) {
        t.s[i] = base32_of(s[i]);
        if (t.s[i] == '\0')
            return ERR_FORMAT;
    }
    if (t.s[0] > '7') /* would be more than 128 bits */
        return ERR_FORMAT;
    *ret_token = t;
    return ERR_OK;
}

bool token_valid(const char *s)
{
    struct token t;
    return token_parse(s, &t) == ERR_OK && strcmp(t.s, s) == 0;
}

enum err token_parse(const char *s, struct token *ret_token)
{
    return token_parse_n(s, strlen(s), ret_token);
}

/* ---- what a scanner reads ---- */

/* TOKEN or TOKEN@dynamo. */
static enum err uid_parse(const char *s, size_t n, struct token *ret_token)
{
    size_t domain = sizeof(UID_DOMAIN) - 1;
    if (n == TOKEN_LEN + domain && strncasecmp(s + TOKEN_LEN, UID_DOMAIN, domain) == 0)
        n = TOKEN_LEN;
    return token_parse_n(s, n, ret_token);
}

static bool is_line_end(char c)
{
    return c == '\r' || c == '\n';
}

/* Takes the folds out (RFC 5545, 3.1: a line end and one space or tab) and
 * makes every run of line ends one '\n'. Gives the length in out. */
static size_t unfold(const char *text, size_t n, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < n;) {
        if (!is_line_end(text[i])) {
            out[len++] = text[i++];
            continue;
        }
        while (i < n && is_line_end(text[i]))
            i++;
        if (i < n && (text[i] == ' ' || text[i] == '\t'))
            i++;
        else
            out[len++] = '\n';
    }
    return len;
}

static enum err vevent_uid(const char *text, size_t n, struct token *ret_token)
{
    for (size_t at = 0; at < n;) {
        const char *nl = memchr(text + at, '\n', n - at);
        size_t len = nl ? (size_t)(nl - (text + at)) : n - at;
        if (len > 4 && strncasecmp(text + at, "UID:", 4) == 0)
            return uid_parse(text + at + 4, len - 4, ret_token);
        at += len + 1;
    }
    return ERR_FORMAT;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || is_line_end(c);
}

enum err scan_parse(const char *text, size_t n, struct scan *ret_scan)
{
    char flat[SCAN_MAX + 1];
    struct scan scan = { .kind = SCAN_TOKEN };
    if (n > SCAN_MAX || memchr(text, '\0', n))
        return ERR_FORMAT;
    while (n > 0 && is_blank(text[0])) {
        text++;
        n--;
    }
    while (n > 0 && is_blank(text[n - 1]))
        n--;
    n = unfold(text, n, flat);
    flat[n] = '\0';
    if (uid_parse(flat, n, &scan.token) != ERR_OK && vevent_uid(flat, n, &scan.token) != ERR_OK) {
        scan.kind = SCAN_CODE;
        if (code_parse(flat, &scan.code) != ERR_OK)
            return ERR_FORMAT;
    }
    *ret_scan = scan;
    return ERR_OK;
}

/* ---- the event in the QR ---- */

/* One content line, cut into pieces of at most 75 octets between code points. */
static void add_line(struct buf *out, const char *line)
{
    size_t room = LINE_OCTETS, n = strlen(line);
    while (n > room) {
        size_t cut = room;
        while ((line[cut] & 0xC0) == 0x80)
            cut--;
        buf_add(out, line, cut);
        buf_adds(out, "\r\n ");
        line += cut;
        n -= cut;
        room = LINE_OCTETS - 1; /* the space counts */
    }
    buf_add(out, line, n);
    buf_adds(out, "\r\n");
}

/* TEXT of RFC 5545, 3.3.11; control characters other than a line end are left out. */
static void add_text(struct buf *out, const char *name, const char *value)
{
    CLEANUP(buf_done) struct buf line = buf_make(SCAN_MAX);
    buf_adds(&line, name);
    for (const char *c = value; *c; c++) {
        if (*c == '\\' || *c == ';' || *c == ',')
            buf_addc(&line, '\\');
        if (*c == '\n')
            buf_adds(&line, "\\n");
        else if ((unsigned char)*c >= ' ' && *c != 0x7F)
            buf_addc(&line, *c);
    }
    if (line.failed)
        out->failed = true;
    else
        add_line(out, buf_str(&line));
}

static void add_instant(struct buf *out, const char *name, utc_ms at)
{
    char t[RFC3339_SIZE];
    rfc3339_format(at, 0, t);
    buf_addf(out, "%s:%.4s%.2s%.2sT%.2s%.2s%.2sZ\r\n", name, t, t + 5, t + 8, t + 11, t + 14,
             t + 17);
}

void vevent_add(struct buf *out, const struct vevent *ev)
{
    buf_adds(out, "BEGIN:VEVENT\r\n");
    buf_addf(out, "UID:%s" UID_DOMAIN "\r\n", ev->token);
    add_instant(out, "DTSTAMP", ev->stamp);
    add_instant(out, "DTSTART", ev->start);
    add_instant(out, "DTEND", ev->end);
    add_text(out, "SUMMARY:", ev->summary);
    if (ev->location)
        add_text(out, "LOCATION:", ev->location);
    buf_adds(out, "END:VEVENT\r\n");
}
