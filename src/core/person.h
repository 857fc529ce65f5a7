/*
 * src/core/person.h - what we ask of a visitor, and when an answer is right.
 *
 * The fields together: the first fault, the key by which the same person is
 * recognised, and the forms in which a name is shown. The rules of single
 * fields are in names.h and contact.h. Text is UTF-8.
 */
#ifndef CORE_PERSON_H
#define CORE_PERSON_H

#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "core/civil.h"
#include "core/contact.h"
#include "core/municipality.h"
#include "core/names.h"

#define PERSON_LANG_SIZE 4

/* What somebody comes for; the names are those of contracts.md. */
enum topic {
    TOPIC_SCHOOL,
    TOPIC_WORK,
    TOPIC_ABSENCE,
    TOPIC_MONEY,
    TOPIC_HOUSING,
    TOPIC_OTHER,
    TOPIC_UNSAID,
    TOPIC_COUNT
};
const char *topic_name(enum topic topic); /* "school"; NULL outside the range */
NODISCARD enum err topic_of(const char *name, enum topic *ret_topic); /* ERR_NOT_FOUND */

struct person {
    char given[PERSON_NAME_SIZE]; /* empty for people with one name */
    char infix[PERSON_INFIX_SIZE]; /* "van den", empty for none */
    char family[PERSON_NAME_SIZE]; /* without the infix */
    civil_day birth;
    char municipality[MUNICIPALITY_SIZE]; /* CBS code, four digits */
    enum topic topic;
    char phone[PERSON_PHONE_SIZE]; /* E.164, or empty */
    char email[PERSON_EMAIL_SIZE]; /* or empty */
    char lang[PERSON_LANG_SIZE];   /* ISO 639, "nl" */
};

enum person_field {
    PERSON_GIVEN,
    PERSON_INFIX,
    PERSON_FAMILY,
    PERSON_BIRTH,
    PERSON_MUNICIPALITY,
    PERSON_TOPIC,
    PERSON_PHONE,
    PERSON_EMAIL,
    PERSON_LANG,
    PERSON_FIELD_COUNT
};
const char *person_field_name(enum person_field f); /* "given"; as contracts.md spells the flags */

enum person_why {
    PERSON_FINE,
    PERSON_EMPTY,   /* must be given, and holds no letter */
    PERSON_LONG,    /* over its length */
    PERSON_LETTER,  /* a character that a name cannot have, or broken UTF-8 */
    PERSON_FORM,    /* not of the form of a date, code, phone number, address or language */
    PERSON_FUTURE   /* born after today, or before 1900 */
};
const char *person_why_text(enum person_why why); /* English, for logs and stderr: "is empty" */

struct person_fault {
    enum person_field field;
    enum person_why why; /* PERSON_FINE: no fault */
};

/*
 * The first fault in the order of enum person_field. Given may be empty (one
 * name); family may not. Phone and e-mail may be empty. Ages are not checked
 * here (age.h). `today` bounds the birth date.
 */
struct person_fault person_check(const struct person *p, civil_day today);

/* Fills given, infix and family from typed text; given NULL for one-name people.
 * The fault says which field; on a fault *p is left as it was. */
struct person_fault person_set_name(struct person *p, const char *given, const char *surname);

/*
 * The key by which the same name is recognised: without case, accents,
 * spaces, hyphens, apostrophes and infix, given and family apart by '|'.
 * ERR_LIMIT when it does not fit n bytes (PERSON_KEY_SIZE always does).
 */
#define PERSON_KEY_SIZE (PERSON_NAME_LETTERS * 4 * 2 * 2 + PERSON_INFIX_SIZE + 2)
NODISCARD enum err person_key(const struct person *p, char *out, size_t n);

/* "Noor van den Berg"; one name: just that. Cut at a code point to fit n bytes. */
#define PERSON_FULL_SIZE (2 * PERSON_NAME_SIZE + PERSON_INFIX_SIZE)
void person_full_name(const struct person *p, char *out, size_t n);
/* "Noor B." for lists that a stranger may glance at; one name: just that. */
void person_short_name(const struct person *p, char *out, size_t n);

#endif
