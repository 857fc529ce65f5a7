/*
 * src/ui/keyboard.h - the on-screen keyboard and what a key does to a text.
 *
 * Ids: "key." and what the key says in lower case ("key.q", "key.é",
 * "key.gmail.com"), and key.space key.delete key.shift key.accents
 * key.accents2 key.digits key.letters key.done. Layer and shift are the keyboard's own, in struct ui.
 */
#ifndef UI_KEYBOARD_H
#define UI_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/input.h"

enum ui_keys {
    UI_KEYS_NAME,   /* letters, accents, ' and -; capitals by themselves */
    UI_KEYS_TEXT,   /* letters, digits by a layer of their own, . and , */
    UI_KEYS_EMAIL,  /* a digit row, @ . _ - and chips */
    UI_KEYS_PHONE,  /* 1-2-3 on top, + and prefix chips */
    UI_KEYS_DIGITS, /* 1-2-3 on top: codes */
    UI_KEYS_PIN,    /* as digits, nothing shown of what is pressed */
    UI_KEYS_GIVEN   /* as a name, without the infixes of family names */
};

#define UI_KEY_CHIPS 8

struct ui_keyboard {
    enum ui_keys keys;
    const char *text;      /* what the edited field holds now: decides capitals */
    bool dutch;            /* "ij" at the start of a name becomes "IJ" */
    const char *promote;   /* letters of the shown language for a row of their own: "ąćęłńóśźż" */
    const char *done;      /* word on the closing key; NULL: no such key */
    bool done_disabled;
    const char *chips[UI_KEY_CHIPS]; /* "+48", "gmail.com"; NULL ends. NULL first: usual ones */
};

/*
 * Applies an action of kind UI_TYPE or UI_ERASE to a caller's text.
 * `size` counts the NUL; a character that would not fit is left out and false
 * comes back. Names get the rules of names: no space in front or twice, infixes
 * (van, der, 't ...) lower case again once complete, "IJ" in Dutch.
 */
bool ui_edit(char *text, size_t size, const struct ui_action *a, enum ui_keys keys, bool dutch);

/* Whether the next letter of a name is a capital: at the start, after a space,
 * hyphen or apostrophe, but not where an infix has begun. */
bool ui_name_capital(const char *text);

/*
 * For a driver that types: the key to tap next on the way to the first
 * character of `s` (a layer or shift key when it is not to be seen right now).
 * False: this keyboard cannot say it. Needs a finished page with a keyboard.
 */
bool ui_key_for(const struct ui *ui, const char *s, char ret_id[UI_ID_MAX]);

#endif
