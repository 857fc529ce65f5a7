#include "core/person.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define DAY_1900_01_01 (-25567)

static const char *const topic_names[TOPIC_COUNT] = {
    [TOPIC_SCHOOL] = "school",   [TOPIC_WORK] = "work",   [TOPIC_ABSENCE] = "absence",
    [TOPIC_MONEY] = "money",     [TOPIC_HOUSING] = "housing", [TOPIC_OTHER] = "other",
    [TOPIC_UNSAID] = "unsaid",
};

static const char *const field_names[PERSON_FIELD_COUNT] = {
    [PERSON_GIVEN] = "given", [PERSON_INFIX] = "infix", [PERSON_FAMILY] = "family",
    [PERSON_BIRTH] = "birth", [PERSON_MUNICIPALITY] = "municipality",
    [PERSON_TOPIC] = "topic", [PERSON_PHONE] = "phone", [PERSON_EMAIL] = "email",
    [PERSON_LANG] = "lang",
};

const char *topic_name(enum topic topic)
{
    return (unsigned)topic < TOPIC_COUNT ? topic_names[topic] : NULL;
}

enum err topic_of(const char *name, enum topic *ret_topic)
{
    for (unsigned i = 0; i < TOPIC_COUNT; i++)
        if (strcmp(topic_names[i], name) == 0) {
            *ret_topic = (enum topic)i;
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

const char *person_field_name(enum person_field f)
{
    return (unsigned)f < PERSON_FIELD_COUNT ? field_names[f] : NULL;
}

const char *person_why_text(enum person_why why)
{
    switch (why) {
    case PERSON_FINE:
        return "is fine";
    case PERSON_EMPTY:
        return "is empty";
    case PERSON_LONG:
        return "is too long";
    case PERSON_LETTER:
        return "holds a character that a name cannot have";
    case PERSON_FORM:
        return "is not of the right form";
    case PERSON_FUTURE:
        return "is after today or before 1900";
    }
    return "is not right";
}

static enum person_why why_of(enum err e)
{
    if (e == ERR_OK)
        return PERSON_FINE;
    if (e == ERR_LIMIT)
        return PERSON_LONG;
    return e == ERR_INVAL ? PERSON_EMPTY : PERSON_LETTER;
}

/* A stored name must be just what name_clean() makes of it. */
static enum person_why name_why(const char *name)
{
    char clean[PERSON_NAME_SIZE];
    enum err e = name_clean(name, clean, sizeof(clean));
    if (e == ERR_OK && strcmp(clean, name) != 0)
        return PERSON_LETTER;
    return why_of(e);
}

static enum person_why lang_why(const char *lang)
{
    size_t n = strspn(lang, "abcdefghijklmnopqrstuvwxyz");
    return (n == 2 || n == 3) && lang[n] == '\0' ? PERSON_FINE : PERSON_FORM;
}

static enum person_why field_why(const struct person *p, enum person_field f, civil_day today)
{
    switch (f) {
    case PERSON_GIVEN:
        return p->given[0] == '\0' ? PERSON_FINE : name_why(p->given);
    case PERSON_INFIX:
        return p->infix[0] == '\0' || name_is_infix(p->infix) ? PERSON_FINE : PERSON_FORM;
    case PERSON_FAMILY:
        return name_why(p->family);
    case PERSON_BIRTH:
        return p->birth > today || p->birth < DAY_1900_01_01 ? PERSON_FUTURE : PERSON_FINE;
    case PERSON_MUNICIPALITY:
        return municipality_code_valid(p->municipality) ? PERSON_FINE : PERSON_FORM;
    case PERSON_TOPIC:
        return (unsigned)p->topic < TOPIC_COUNT ? PERSON_FINE : PERSON_FORM;
    case PERSON_PHONE:
        return p->phone[0] == '\0' || phone_valid(p->phone) ? PERSON_FINE : PERSON_FORM;
    case PERSON_EMAIL:
        return p->email[0] == '\0' || email_valid(p->email) ? PERSON_FINE : PERSON_FORM;
    case PERSON_LANG:
        return lang_why(p->lang);
    case PERSON_FIELD_COUNT:
        break;
    }
    return PERSON_FORM;
}

struct person_fault person_check(const struct person *p, civil_day today)
{
    struct person_fault fault = { PERSON_GIVEN, PERSON_FINE };
    for (unsigned f = 0; f < PERSON_FIELD_COUNT; f++) {
        enum person_why why = field_why(p, (enum person_field)f, today);
        if (why != PERSON_FINE)
            return (struct person_fault){ (enum person_field)f, why };
    }
    return fault;
}

struct person_fault person_set_name(struct person *p, const char *given, const char *surname)
{
    char first[PERSON_NAME_SIZE] = "", last[PERSON_NAME_SIZE];
    enum err e = given ? name_clean(given, first, sizeof(first)) : ERR_OK;
    if (e != ERR_OK)
        return (struct person_fault){ PERSON_GIVEN, why_of(e) };
    e = name_clean(surname, last, sizeof(last));
    if (e != ERR_OK)
        return (struct person_fault){ PERSON_FAMILY, why_of(e) };
    memcpy(p->given, first, sizeof(first));
    name_split(last, p->infix, p->family);
    return (struct person_fault){ PERSON_GIVEN, PERSON_FINE };
}

enum err person_key(const struct person *p, char *out, size_t n)
{
    char given[PERSON_KEY_SIZE], family[PERSON_KEY_SIZE];
    enum err e = name_key(p->given, given, sizeof(given));
    if (e == ERR_OK)
        e = name_key_without_infix(p->family, family, sizeof(family));
    if (e != ERR_OK)
        return e;
    size_t n_given = strlen(given);
    size_t n_family = strlen(family);
    if (n_given + 1 + n_family + 1 > n)
        return ERR_LIMIT;
    memcpy(out, given, n_given);
    out[n_given] = '|';
    memcpy(out + n_given + 1, family, n_family + 1);
    return ERR_OK;
}

/* As snprintf, but a text that does not fit is cut between code points. */
static void put_text(char *out, size_t n, const char *text)
{
    size_t len = strlen(text);
    if (n == 0)
        return;
    if (len >= n) {
        len = n - 1;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(out, text, len);
    out[len] = '\0';
}

void person_full_name(const struct person *p, char *out, size_t n)
{
    char all[PERSON_FULL_SIZE];
    snprintf(all, sizeof(all), "%s%s%s%s%s", p->given, p->given[0] ? " " : "", p->infix,
             p->infix[0] ? " " : "", p->family);
    put_text(out, n, all);
}

void person_short_name(const struct person *p, char *out, size_t n)
{
    char all[PERSON_NAME_SIZE + 8];
    const char *after = p->family;
    if (p->given[0] == '\0') {
        put_text(out, n, p->family);
        return;
    }
    (void)utf8_next(&after, p->family + strlen(p->family));
    snprintf(all, sizeof(all), "%s %.*s.", p->given, (int)(after - p->family), p->family);
    put_text(out, n, all);
}
