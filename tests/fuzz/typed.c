/* Names, phone numbers, addresses, dates and times as people type them, and texts with values. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "core/civil.h"
#include "core/contact.h"
#include "core/names.h"
#include "core/person.h"
#include "i18n/i18n.h"

static void try_name(const char *s)
{
    char clean[PERSON_NAME_SIZE], again[PERSON_NAME_SIZE], key[PERSON_NAME_SIZE * 4];
    char infix[PERSON_INFIX_SIZE], family[PERSON_NAME_SIZE];
    if (name_clean(s, clean, sizeof(clean)) != ERR_OK)
        return;
    MUST(utf8_valid(clean, strlen(clean)) && utf8_count(clean) <= PERSON_NAME_LETTERS);
    MUST(name_clean(clean, again, sizeof(again)) == ERR_OK && strcmp(clean, again) == 0);
    name_split(clean, infix, family);
    MUST(family[0]);
    MUST(name_key(clean, key, sizeof(key)) != ERR_OK || utf8_valid(key, strlen(key)));
    MUST(name_key_without_infix(clean, key, sizeof(key)) != ERR_OK ||
         utf8_valid(key, strlen(key)));
}

static void try_rest(const char *s)
{
    char phone[PERSON_PHONE_SIZE], date[CIVIL_DATE_SIZE], when[RFC3339_SIZE];
    civil_day day;
    utc_ms at;
    int minute;
    MUST(phone_parse(s, phone) != ERR_OK || phone_valid(phone));
    (void)email_valid(s);
    if (civil_parse(s, &day) == ERR_OK) {
        civil_format(day, date);
        MUST(strcmp(date, s) == 0);
    }
    if (rfc3339_parse(s, &at) == ERR_OK)
        rfc3339_format(at, 3600, when);
    MUST(hhmm_parse(s, &minute) != ERR_OK || (minute >= 0 && minute <= 1440));
}

static void try_text(const char *s)
{
    struct buf b = buf_make(4096);
    char stripped[512];
    if (!utf8_valid(s, strlen(s)) || strlen(s) >= sizeof(stripped))
        return;
    i18n_format(&b, s, { .name = "name", .value = s }, { .name = "n", .number = 7 });
    MUST(utf8_valid(buf_str(&b), b.n));
    memcpy(stripped, s, strlen(s) + 1);
    i18n_strip(stripped);
    MUST(utf8_valid(stripped, strlen(stripped)));
    buf_done(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *text = malloc(n + 1);
    MUST(text);
    memcpy(text, data, n);
    text[n] = '\0';
    if (utf8_valid(text, strlen(text)))
        try_name(text);
    try_rest(text);
    try_text(text);
    free(text);
    return 0;
}
