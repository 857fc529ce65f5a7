/*
 * src/i18n/lang.h - the languages that people can choose, as one table.
 *
 * The order is the order of the language screen: Dutch first, then those that
 * are always visible, then those under "more", then the pseudo-language "xx",
 * which no screen offers.
 */
#ifndef I18N_LANG_H
#define I18N_LANG_H

#include <stdbool.h>
#include <stddef.h>

struct i18n_lang {
    const char *code;     /* "nl": names the catalog and the tree dump's "lang" */
    const char *own_name; /* in its own script: "Nederlands" */
    /* Three letters for the register. Its text says ISO 639-2/B, its own example
     * is "nld", which is the T form: so the T form, also where the two differ. */
    const char *iso639;
    const char *voice; /* eSpeak NG voice; NULL where it has none */
    const char *group; /* between thousands; UTF-8 */
    const char *point; /* before decimals; UTF-8 */
    bool rtl;
    bool more;   /* shown under "more", not at once */
    bool pseudo; /* for tests: English made longer and accented */
};

/* All languages; *ret_n of them. */
const struct i18n_lang *i18n_langs(size_t *ret_n);
/* The language of a code; NULL when there is none. */
const struct i18n_lang *i18n_lang(const char *code);
/* Whether its catalog is there and sound. English and "xx" always are. */
bool i18n_lang_ready(const char *code);

#endif
