/*
 * src/ctl/person.h - PERSON of contracts.md: who comes, from flags or from a JSON object.
 */
#ifndef CTL_PERSON_H
#define CTL_PERSON_H

#include "core/person.h"
#include "ctl/command.h"

/* Rows for the table of a command that takes a PERSON, and for its usage. */
#define CTL_PERSON_USAGE                                                                    \
    "(--person FILE | --given G --family F --birth DATE --municipality CODE --topic T "     \
    "[--phone P] [--email E] [--lang L])"
#define CTL_PERSON_NAME_OPTIONS                                                             \
    { "person", CTL_FILE, "FILE", "the person as one JSON object; - is standard input", 0 }, \
    { "given", CTL_TEXT, "G", "given name; left out for a person with one name", 0 },       \
    { "family", CTL_TEXT, "F", "family name, or the one name", 0 },                         \
    { "birth", CTL_TEXT, "DATE", "date of birth, YYYY-MM-DD", 0 }
#define CTL_PERSON_OPTIONS                                                                  \
    CTL_PERSON_NAME_OPTIONS,                                                                \
    { "municipality", CTL_TEXT, "CODE", "home municipality, four digits (CBS)", 0 },        \
    { "topic", CTL_TEXT, "T", "school, work, absence, money, housing, other or unsaid", 0 }, \
    { "phone", CTL_TEXT, "P", "phone number", 0 },                                          \
    { "email", CTL_TEXT, "E", "e-mail address", 0 },                                        \
    { "lang", CTL_TEXT, "L", "language, nl unless given", 0 }
#define CTL_PERSON_MORE                                                                     \
    "The flags put a person into the process list, so they work on a simulated database "   \
    "only; otherwise give the same fields as one JSON object with --person. A person with " \
    "one name has a family name only."

/*
 * Reads and checks the person of this command. `whole` asks for municipality and
 * topic too; else name and date of birth do. On anything but PROGRAM_OK the reason
 * has been said. The caller wipes *ret_person after use.
 */
NODISCARD enum program_status ctl_person(struct ctl *c, bool whole, struct person *ret_person);

#endif
