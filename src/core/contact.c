#include "core/contact.h"

#include <string.h>

#include "base/utf8.h"
#include "core/letters.h"

#define E164_LEAST 9 /* what the case register takes; E.164 itself has no least */
#define E164_MOST 15
#define DUTCH "31"
#define DUTCH_DIGITS 11 /* with the country code */
#define EMAIL_LOCAL_MOST 64
#define EMAIL_LABEL_MOST 63

static const char digits[] = "0123456789";

static bool is_between_digits(uint32_t cp)
{
    return cp == ' ' || cp == '-' || cp == '.' || cp == '/' || cp == '(' || cp == ')' ||
           cp == 0xA0 || cp == 0x202F || (cp >= 0x2010 && cp <= 0x2014);
}

/* The digits in ASCII, a '+' kept in front. */
static enum err collect(const char *typed, char *out, size_t size)
{
    size_t n = 0;
    for (const char *end = typed + strlen(typed); typed < end;) {
        uint32_t cp = utf8_next(&typed, end);
        int digit = digit_value(cp);
        if (digit < 0 && is_between_digits(cp))
            continue;
        if ((digit < 0 && (cp != '+' || n > 0)) || n + 1 >= size)
            return ERR_FORMAT;
        out[n++] = digit < 0 ? '+' : (char)('0' + digit);
    }
    out[n] = '\0';
    return ERR_OK;
}

/* Numbers that cost the caller, or nobody: no way to reach a visitor. */
static bool is_service_number(const char *national)
{
    return strncmp(national, "80", 2) == 0 || strncmp(national, "90", 2) == 0;
}

bool phone_valid(const char *e164)
{
    if (e164[0] != '+' || e164[1] == '0')
        return false;
    size_t n = strspn(e164 + 1, digits);
    if (n < E164_LEAST || n > E164_MOST || e164[1 + n] != '\0')
        return false;
    if (strncmp(e164 + 1, DUTCH, 2) != 0)
        return true;
    return n == DUTCH_DIGITS && e164[3] != '0' && !is_service_number(e164 + 3);
}

enum err phone_parse(const char *typed, char out[PERSON_PHONE_SIZE])
{
    char all[32], e164[40] = "+";
    if (collect(typed, all, sizeof(all)) != ERR_OK)
        return ERR_FORMAT;
    const char *rest = all;
    bool abroad = true;
    if (rest[0] == '+') {
        rest++;
    } else if (strncmp(rest, "00", 2) == 0) {
        rest += 2;
    } else if (rest[0] == '0') {
        rest++;
        abroad = false;
    } else if (strncmp(rest, DUTCH, 2) != 0 || strlen(rest) != DUTCH_DIGITS) {
        return ERR_FORMAT;
    }
    if (abroad && strncmp(rest, DUTCH "0", 3) == 0) { /* +31 (0)6 ... */
        rest += 3;
        abroad = false;
    }
    size_t at = 1;
    if (!abroad) {
        memcpy(e164 + at, DUTCH, 2);
        at += 2;
    }
    memcpy(e164 + at, rest, strlen(rest) + 1);
    if (!phone_valid(e164))
        return ERR_FORMAT;
    memcpy(out, e164, strlen(e164) + 1);
    return ERR_OK;
}

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Dot-atom of RFC 5322: no dot at an end or twice in a row. */
static bool local_valid(const char *s, size_t n)
{
    if (n == 0 || n > EMAIL_LOCAL_MOST || s[0] == '.' || s[n - 1] == '.')
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '.' ? s[i - 1] == '.' : !is_alnum(s[i]) && !strchr("!#$%&'*+/=?^_`{|}~-", s[i]))
            return false;
    }
    return true;
}

static bool label_valid(const char *s, size_t n)
{
    if (n == 0 || n > EMAIL_LABEL_MOST || s[0] == '-' || s[n - 1] == '-')
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_alnum(s[i]) && s[i] != '-')
            return false;
    return true;
}

static bool domain_valid(const char *s)
{
    for (bool dotted = false;; dotted = true) {
        size_t n = strcspn(s, ".");
        if (!label_valid(s, n))
            return false;
        if (s[n] == '\0') /* the last label is no number and has two letters or more */
            return dotted && n >= 2 && strcspn(s, digits) > 0;
        s += n + 1;
    }
}

bool email_valid(const char *s)
{
    const char *at = strchr(s, '@');
    return at && strlen(s) < PERSON_EMAIL_SIZE && local_valid(s, (size_t)(at - s)) &&
           domain_valid(at + 1);
}
