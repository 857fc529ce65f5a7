/*
 * tests/core/rosters.h - a small roster for tests, and reading one from text.
 */
#ifndef TESTS_CORE_ROSTERS_H
#define TESTS_CORE_ROSTERS_H

#include <stdio.h>
#include <string.h>

#include "core/roster.h"
#include "tests/lib/check.h"

/* Single quotes stand for double ones, so that JSON reads well in C. */
static inline void quote(char *out, size_t n, const char *json)
{
    size_t len = strlen(json);
    CHECK(len < n);
    for (size_t i = 0; i <= len; i++)
        out[i] = json[i] == '\'' ? '"' : json[i];
}

#define SMALL_SITE                                                                      \
    "'site': {'id': 'roosendaal', 'name': 'Dynamo Roosendaal',"                         \
    " 'timezone': 'Europe/Amsterdam', 'municipality': '1674'}"
#define SMALL_OPENING                                                                   \
    "'opening': [{'weekdays': ['mon','tue','wed','thu'], 'from': '09:00', 'to': '17:00'," \
    " 'for': ['walk_in','appointment'], 'valid_from': '2026-01-01'}]"
#define SMALL_CLOSURES                                                                  \
    "'closures': [{'from': '2026-04-27', 'to': '2026-04-27', 'reason': 'Koningsdag'}]"
#define SMALL_SERVICES                                                                  \
    "'services': [{'id': 'school', 'name': {'nl': 'School', 'en': 'School'}, 'minutes': 30," \
    " 'book': true, 'walk_in': true, 'topics': ['school'], 'default': true}]"
#define SMALL_COACHES                                                                   \
    "'coaches': [{'id': 'sanne', 'name': 'Sanne', 'role': 'trajectbegeleider', 'room': '2'," \
    " 'services': ['school'], 'availability': [{'weekdays': ['mon','wed'], 'from': '09:00'," \
    " 'to': '12:00', 'valid_from': '2026-01-05'}]}]"
#define SMALL_ROSTER                                                                    \
    "{'version': 1, " SMALL_SITE ", " SMALL_OPENING ", " SMALL_CLOSURES ", " SMALL_SERVICES \
    ", " SMALL_COACHES "}"

static inline struct roster roster_of(const char *quoted)
{
    static char json[64 * 1024];
    struct roster r = { 0 };
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    quote(json, sizeof(json), quoted);
    enum err e = roster_parse(json, strlen(json), &notes, &r);
    if (e != ERR_OK)
        CHECK_FAIL("%s: %s %s", err_text(e), notes.n ? notes.v[0].pointer : "",
                   notes.n ? notes.v[0].text : "");
    return r;
}

#endif
