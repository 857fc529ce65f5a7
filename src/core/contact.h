/*
 * src/core/contact.h - phone numbers and e-mail addresses.
 */
#ifndef CORE_CONTACT_H
#define CORE_CONTACT_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"

#define PERSON_PHONE_SIZE 17 /* '+' and up to 15 digits */
#define PERSON_EMAIL_SIZE 65

/*
 * A phone number as people write it ("06-12 34 56 78", "0031 6...", "+31 (0)6...")
 * to E.164; a number without country is Dutch. Digits of any script's 0-9 that a
 * visitor's keyboard may give (Arabic-Indic, Persian) are taken. ERR_FORMAT.
 */
NODISCARD enum err phone_parse(const char *typed, char out[PERSON_PHONE_SIZE]);
bool phone_valid(const char *e164); /* "+" and 9 to 15 digits; a Dutch one has 9 behind +31 */
/* One @, a local part of the usual characters, a domain with a dot; up to 64 bytes. */
bool email_valid(const char *s);

#endif
