/* A roster file. What is taken is printed and read again, and must be the same. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/roster.h"

static void again(const struct roster *r)
{
    struct buf first = buf_make(ROSTER_JSON_MAX), second = buf_make(ROSTER_JSON_MAX);
    struct roster_notes notes = { 0 };
    struct roster same = { 0 };
    if (roster_print(r, &first) == ERR_OK) {
        MUST(roster_parse(first.v, first.n, &notes, &same) == ERR_OK);
        MUST(roster_print(&same, &second) == ERR_OK);
        MUST(first.n == second.n && memcmp(first.v, second.v, first.n) == 0);
    }
    roster_done(&same);
    roster_notes_done(&notes);
    buf_done(&first);
    buf_done(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct roster_notes notes = { 0 };
    struct roster r = { 0 };
    enum err e = roster_parse((const char *)data, n, &notes, &r);
    MUST(e != ERR_FORMAT || notes.n_faults > 0);
    MUST(e != ERR_OK || notes.n_faults == 0);
    for (size_t i = 0; i < notes.n; i++)
        MUST(strlen(notes.v[i].pointer) < sizeof(notes.v[i].pointer) && notes.v[i].text[0]);
    if (e == ERR_OK)
        again(&r);
    roster_done(&r);
    roster_notes_done(&notes);
    return 0;
}
