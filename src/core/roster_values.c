#include "core/roster_values.h"

#include <string.h>

#include "base/utf8.h"
#include "core/ticket.h"

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || (cp >= 0x200B && cp <= 0x200F) ||
           (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

static bool printable(const char *s)
{
    bool blank = true;
    for (const char *end = s + strlen(s); s < end;) {
        uint32_t cp = utf8_next(&s, end);
        if (cp == UTF8_BAD || is_control(cp))
            return false;
        blank = blank && cp == ' ';
    }
    return !blank;
}

static const char *text_of(struct reader *rd, const struct roster_place *at, const json_t *json)
{
    if (!json_is_string(json))
        roster_fault(rd->notes, at, "must be a text");
    return json_string_value(json);
}

void value_text(struct reader *rd, const struct roster_place *at, const json_t *json,
                const struct field *f, void *out)
{
    const char *s = text_of(rd, at, json);
    if (!s)
        return;
    if (!printable(s))
        roster_fault(rd->notes, at, "is empty or holds a control character");
    else if (utf8_count(s) > (size_t)f->most || strlen(s) >= f->size)
        roster_fault(rd->notes, at, "has more than %d letters", f->most);
    else
        memcpy(out, s, strlen(s) + 1);
}

void value_id(struct reader *rd, const struct roster_place *at, const json_t *json,
              const struct field *f, void *out)
{
    (void)f;
    const char *s = text_of(rd, at, json);
    if (!s)
        return;
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    if (n == 0 || n >= ROSTER_ID_SIZE || s[n] != '\0')
        roster_fault(rd->notes, at, "must be 1 to 32 of a-z, 0-9, _ and -");
    else
        memcpy(out, s, n + 1);
}

void value_timezone(struct reader *rd, const struct roster_place *at, const json_t *json,
                    const struct field *f, void *out)
{
    const char *s = text_of(rd, at, json);
    if (!s)
        return;
    size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");
    if (n == 0 || n >= f->size || s[n] != '\0' || s[0] == '/' || s[n - 1] == '/')
        roster_fault(rd->notes, at, "must be the name of a time zone, such as Europe/Amsterdam");
    else
        memcpy(out, s, n + 1);
}

void value_municipality(struct reader *rd, const struct roster_place *at, const json_t *json,
                        const struct field *f, void *out)
{
    const char *s = text_of(rd, at, json);
    if (!s)
        return;
    if (!municipality_code_valid(s))
        roster_fault(rd->notes, at, "must be the four digits of a municipality");
    else
        memcpy(out, s, f->size);
}

void value_int(struct reader *rd, const struct roster_place *at, const json_t *json,
               const struct field *f, void *out)
{
    json_int_t value = json_integer_value(json);
    if (!json_is_integer(json))
        roster_fault(rd->notes, at, "must be a whole number");
    else if (value < f->least || value > f->most)
        roster_fault(rd->notes, at, "must be %d to %d", f->least, f->most);
    else if (value % f->step != 0)
        roster_fault(rd->notes, at, "must be a multiple of %d minutes", f->step);
    else
        *(int *)out = (int)value;
}

void value_bool(struct reader *rd, const struct roster_place *at, const json_t *json,
                const struct field *f, void *out)
{
    (void)f;
    if (!json_is_boolean(json))
        roster_fault(rd->notes, at, "must be true or false");
    else
        *(bool *)out = json_is_true(json);
}

void value_date(struct reader *rd, const struct roster_place *at, const json_t *json,
                const struct field *f, void *out)
{
    (void)f;
    const char *s = text_of(rd, at, json);
    if (!s)
        return;
    enum err e = civil_parse(s, (civil_day *)out);
    if (e == ERR_RANGE)
        roster_fault(rd->notes, at, "is a date that does not exist");
    else if (e != ERR_OK)
        roster_fault(rd->notes, at, "must be a date, YYYY-MM-DD");
}

void value_date_or_null(struct reader *rd, const struct roster_place *at, const json_t *json,
                        const struct field *f, void *out)
{
    if (json_is_null(json))
        *(civil_day *)out = CIVIL_DAY_FOREVER;
    else
        value_date(rd, at, json, f, out);
}

void value_time(struct reader *rd, const struct roster_place *at, const json_t *json,
                const struct field *f, void *out)
{
    int minute = 0;
    const char *s = text_of(rd, at, json);
    if (!s)
        return;
    if (hhmm_parse(s, &minute) != ERR_OK)
        roster_fault(rd->notes, at, "must be a time, HH:MM");
    else if (minute % f->step != 0)
        roster_fault(rd->notes, at, "must be a multiple of %d minutes", f->step);
    else
        *(int *)out = minute;
}

void value_series(struct reader *rd, const struct roster_place *at, const json_t *json,
                  const struct field *f, void *out)
{
    (void)f;
    const char *s = text_of(rd, at, json);
    if (!s)
        return;
    if (!ticket_series_valid(s[0]) || s[1] != '\0')
        roster_fault(rd->notes, at, "must be one letter of " TICKET_SERIES);
    else
        *(char *)out = s[0];
}

void value_kind(struct reader *rd, const struct roster_place *at, const json_t *json,
                const struct field *f, void *out)
{
    (void)f;
    static const char *const names[] = { "closed", "extra", "replace" };
    const char *s = text_of(rd, at, json);
    for (unsigned i = 0; s && i < EXCEPTION_KIND_COUNT; i++)
        if (strcmp(s, names[i]) == 0) {
            *(enum exception_kind *)out = (enum exception_kind)i;
            return;
        }
    if (s)
        roster_fault(rd->notes, at, "must be closed, extra or replace");
}

/* ---- sets of words ---- */

static int no_word(const struct reader *rd, const char *word)
{
    (void)rd;
    (void)word;
    return -1;
}

static int weekday_word(const struct reader *rd, const char *word)
{
    (void)rd;
    return weekday_of_name(word);
}

static int open_for_word(const struct reader *rd, const char *word)
{
    if (strcmp(word, "walk_in") == 0)
        return 0;
    return strcmp(word, "appointment") == 0 ? 1 : no_word(rd, word);
}

static int topic_word(const struct reader *rd, const char *word)
{
    enum topic topic = TOPIC_COUNT;
    return topic_of(word, &topic) == ERR_OK ? (int)topic : no_word(rd, word);
}

static int service_word(const struct reader *rd, const char *word)
{
    return roster_service_find(rd->roster, word);
}

/* A list of words to a set of bits. */
static uint64_t read_set(struct reader *rd, const struct roster_place *at, const json_t *json,
                         int (*word_of)(const struct reader *, const char *), const char *what)
{
    uint64_t set = 0;
    if (!json_is_array(json)) {
        roster_fault(rd->notes, at, "must be a list");
        return 0;
    }
    for (size_t i = 0; i < json_array_size(json); i++) {
        struct roster_place here = { at, NULL, i };
        const char *s = text_of(rd, &here, json_array_get(json, i));
        int bit = s ? word_of(rd, s) : -1;
        if (s && bit < 0)
            roster_fault(rd->notes, &here, "is no %s", what);
        else if (bit >= 0 && (set >> bit & 1) != 0)
            roster_fault(rd->notes, &here, "stands in the list twice");
        else if (bit >= 0)
            set |= UINT64_C(1) << bit;
    }
    return set;
}

void value_weekdays(struct reader *rd, const struct roster_place *at, const json_t *json,
                    const struct field *f, void *out)
{
    (void)f;
    *(unsigned *)out = (unsigned)read_set(rd, at, json, weekday_word, "weekday (mon .. sun)");
    if (json_array_size(json) == 0 && json_is_array(json))
        roster_fault(rd->notes, at, "must name a weekday");
}

void value_open_for(struct reader *rd, const struct roster_place *at, const json_t *json,
                    const struct field *f, void *out)
{
    (void)f;
    *(unsigned *)out = (unsigned)read_set(rd, at, json, open_for_word, "walk_in or appointment");
    if (json_array_size(json) == 0 && json_is_array(json))
        roster_fault(rd->notes, at, "must name walk_in, appointment or both");
}

void value_topics(struct reader *rd, const struct roster_place *at, const json_t *json,
                  const struct field *f, void *out)
{
    (void)f;
    *(unsigned *)out = (unsigned)read_set(rd, at, json, topic_word, "topic");
}

void value_coach_services(struct reader *rd, const struct roster_place *at, const json_t *json,
                          const struct field *f, void *out)
{
    (void)f;
    *(uint64_t *)out = read_set(rd, at, json, service_word, "service of this roster");
}
