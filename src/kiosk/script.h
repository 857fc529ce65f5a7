/*
 * src/kiosk/script.h - the language that drives the kiosk, read into commands.
 *
 *     tap ID            press ID          slide ID ID       lift
 *     tap ID until screen NAME            (once more where that was not to be, as when a
 *                                          time has just been taken; ten times at most)
 *     type "TEXT"       key next|prev|select|back           scan "TEXT"
 *     headphones in|out                    by touch|keys|ears
 *     wait 250ms        advance 61s                         (ms, s, m or h)
 *     expect screen NAME       expect lang CODE        expect focus ID
 *     expect text "..."        expect no text "..."    expect say "..."
 *     expect no say "..."      expect ID text "..."    (all are "contains"; "" is "empty")
 *     shot FILE.png     tree FILE.json    set NAME ID text
 *
 * One command a line, # comments; in quotes \" \\ \n are as in C. `$NAME` in a
 * later line is what `set` kept. The id `corner` is the top left corner of the
 * screen.
 *
 * `by keys` reaches every target of `tap` and `type` with next, prev and select.
 * `by ears` does so too, for somebody who only hears: a target must have been said
 * before it is chosen, in words that no other one on the page has, and what is
 * expected on the screen must be heard as well.
 */
#ifndef KIOSK_SCRIPT_H
#define KIOSK_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"

enum verb {
    DO_TAP, DO_TAP_UNTIL, DO_PRESS, DO_SLIDE, DO_LIFT, DO_TYPE, DO_KEY, DO_SCAN, DO_PLUG, DO_BY, DO_WAIT,
    DO_ADVANCE,
    DO_SHOT, DO_TREE, DO_SET,
    EXPECT_SCREEN, EXPECT_LANG, EXPECT_FOCUS, EXPECT_TEXT, EXPECT_NO_TEXT, EXPECT_SAY,
    EXPECT_NO_SAY, EXPECT_ID_TEXT,
    VERB_COUNT
};

#define SCRIPT_BYTES_MAX (1024 * 1024)
#define SCRIPT_WORD_MAX 4200 /* a scanned text may be long */
#define SCRIPT_WHY_MAX 160

struct command {
    enum verb verb;
    size_t line;    /* from 1 */
    char *words[3]; /* what the verb needs; owned */
    int64_t ms;     /* DO_WAIT, DO_ADVANCE */
};

struct script { /* owns all; all-zero is empty */
    struct command *v;
    size_t n, cap;
};

/*
 * ERR_FORMAT  a line that is no command: its number and why; ERR_NOMEM, ERR_LIMIT
 */
NODISCARD enum err script_parse(const char *text, size_t n, struct script *ret_script,
                                size_t *ret_line, char why[SCRIPT_WHY_MAX]);
void script_done(struct script *s);

#endif
