/* What the real register checks before it looks at its own data (register.md section 1). */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "core/civil.h"
#include "serve.h"

void fault_note(struct faults *f, const char *name, const char *code, const char *reason)
{
    if (!f->params)
        f->params = json_array();
    json_array_append_new(f->params,
                          json_pack("{s:s, s:s, s:s}", "name", name, "code", code, "reason", reason));
}

/* The field, or NULL when it is absent; null and wrong presence are noted. */
static const json_t *field(struct faults *f, const json_t *o, const char *name, enum need need)
{
    const json_t *v = json_object_get(o, name);
    if (!v && need == REQUIRED)
        fault_note(f, name, "required", "Dit veld is vereist.");
    if (json_is_null(v)) {
        if (need == REQUIRED)
            fault_note(f, name, "null", "Dit veld mag niet leeg zijn.");
        return NULL;
    }
    return v;
}

const char *check_text(struct faults *f, const json_t *o, const char *name, size_t max,
                       enum need need)
{
    const json_t *v = field(f, o, name, need);
    const char *text = json_string_value(v);
    if (!v)
        return NULL;
    if (!text) {
        fault_note(f, name, "invalid", "Not a valid string.");
        return NULL;
    }
    if (need == REQUIRED && text[0] == '\0')
        fault_note(f, name, "blank", "Dit veld mag niet leeg zijn.");
    if (utf8_count(text) > max)
        fault_note(f, name, "max_length", "Zorg ervoor dat dit veld niet te lang is.");
    return text;
}

void check_bool(struct faults *f, const json_t *o, const char *name, enum need need)
{
    const json_t *v = field(f, o, name, need);
    if (v && !json_is_boolean(v))
        fault_note(f, name, "invalid", "Moet een geldige boolean zijn.");
}

void check_choice(struct faults *f, const json_t *o, const char *name, const char *choices,
                  enum need need)
{
    char word[64], list[512];
    const char *text = check_text(f, o, name, sizeof word - 3, need);
    if (!text || text[0] == '\0')
        return;
    snprintf(word, sizeof word, " %s ", text);
    snprintf(list, sizeof list, " %s ", choices);
    if (strchr(text, ' ') || !strstr(list, word))
        fault_note(f, name, "invalid_choice", "Geen geldige keuze.");
}

bool has_word(const char *words, const char *word, size_t n)
{
    while (*words) {
        size_t one = strcspn(words, ",");
        if (one == n && memcmp(words, word, n) == 0)
            return true;
        words += one + (words[one] == ',');
    }
    return false;
}

void check_listed(struct faults *f, const json_t *o, const char *name, const char *words)
{
    const char *text = json_string_value(json_object_get(o, name));
    if (text && words && !has_word(words, text, strlen(text)))
        fault_note(f, name, "invalid", "Niet een van de toegestane waarden.");
}

static const char word_letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

void check_slug(struct faults *f, const json_t *o, const char *name)
{
    const char *text = json_string_value(json_object_get(o, name));
    if (text && strspn(text, word_letters) != strlen(text))
        fault_note(f, name, "invalid", "Alleen letters, cijfers, _ en -.");
}

static bool rsin_valid(const char *s)
{
    int sum = 0;
    if (strlen(s) != 9 || strspn(s, "0123456789") != 9 || strcmp(s, "000000000") == 0)
        return false;
    for (int i = 0; i < 9; i++)
        sum += (s[i] - '0') * (i == 8 ? -1 : 9 - i);
    return sum % 11 == 0;
}

void check_rsin(struct faults *f, const json_t *o, const char *name, enum need need)
{
    const char *text = check_text(f, o, name, 9, need);
    if (text && !rsin_valid(text))
        fault_note(f, name, "invalid", "Waarde is geen geldig RSIN.");
}

void check_date(struct server *s, struct faults *f, const json_t *o, const char *name,
                enum need need, bool past)
{
    const char *text = check_text(f, o, name, 10, need);
    civil_day day;
    if (!text)
        return;
    if (civil_parse(text, &day) != ERR_OK) {
        fault_note(f, name, "invalid", "Datum heeft het verkeerde formaat.");
        return;
    }
    /* The real one compares with its own local date, which is ahead of UTC. */
    civil_day today = (civil_day)((clock_wall_ms(&s->clock) + 2 * HOUR_MS) / DAY_MS);
    if (past && day > today)
        fault_note(f, name, "date-in-future", "De datum mag niet in de toekomst liggen.");
}

utc_ms check_instant(struct server *s, struct faults *f, const json_t *o, const char *name,
                     enum need need)
{
    const char *text = check_text(f, o, name, 40, need);
    utc_ms at;
    if (!text)
        return -1;
    if (rfc3339_parse(text, &at) != ERR_OK) {
        fault_note(f, name, "invalid", "Datetime heeft een ongeldig formaat.");
        return -1;
    }
    if (at > clock_wall_ms(&s->clock) + SECOND_MS)
        fault_note(f, name, "date-in-future", "De datum mag niet in de toekomst liggen.");
    return at;
}

static bool is_uuid(const char *s)
{
    for (int i = 0; i < UUID_SIZE - 1; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? s[i] != '-' : !strchr("0123456789abcdef", s[i]) || s[i] == '\0')
            return false;
    }
    return s[UUID_SIZE - 1] == '\0';
}

bool uuid_of_url(const char *url, const char *collection, char ret[UUID_SIZE])
{
    if (!url || (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0))
        return false;
    const char *path = strchr(strstr(url, "://") + 3, '/');
    size_t n = strlen(collection);
    if (!path || strncmp(path, collection, n) != 0 || path[n] != '/' || !is_uuid(path + n + 1))
        return false;
    memcpy(ret, path + n + 1, UUID_SIZE);
    return true;
}

void uuid_make(struct server *s, char out[UUID_SIZE])
{
    unsigned char b[16];
    rng_fill(&s->rng, b, sizeof b);
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    snprintf(out, UUID_SIZE,
             "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
             b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
             b[15]);
}

void name_thing(json_t *o, const char *collection, const char *uuid)
{
    json_object_set_new(o, "url", json_sprintf("%s/%s", collection, uuid));
    json_object_set_new(o, "uuid", json_string(uuid));
}

json_t *now_text(struct server *s)
{
    char text[RFC3339_SIZE];
    utc_ms now = clock_wall_ms(&s->clock);
    rfc3339_format(now, 0, text);
    return json_sprintf("%.19s.%03dZ", text, (int)(now % SECOND_MS));
}
