/*
 * src/i18n/i18n.h - texts for people in the language of the moment.
 *
 * Texts in the code are English, whole sentences. Catalogs are gettext's `.mo`
 * files, read by ourselves from locale/LANG.mo among the assets; each is opened
 * at first use and kept for the life of the process (they hold nothing of a
 * visitor). A text, a file or memory that is missing gives the English text:
 * nothing here can fail or crash a screen.
 *
 * The language is a property of the thread: set it when a paint or a request
 * starts. Texts returned are never NULL and live as long as the process.
 */
#ifndef I18N_I18N_H
#define I18N_I18N_H

#include "base/attr.h"
#include "base/buf.h"
#include "i18n/lang.h"

/* Marks for xgettext (`make pot`). */
#define _(msgid) i18n_text(msgid)
#define N_(msgid) (msgid) /* only marks; give it to _() or i18n_text() later */
#define P_(one, many, n) i18n_plural(one, many, n)
#define C_(context, msgid) i18n_keyed(context "\004" msgid, msgid)
/* Initialises a struct i18n_msg in a table; give it to i18n_msg() later. */
#define NC_(context, msgid) { context "\004" msgid, msgid }

struct i18n_msg {
    const char *key;   /* context, \004, English text */
    const char *msgid; /* English text */
};

/* Sets this thread's language; an unknown code means English. */
void i18n_use(const char *lang);
const struct i18n_lang *i18n_current(void); /* never NULL; English at first */

const char *i18n_text(const char *msgid);
const char *i18n_plural(const char *one, const char *many, long n);
const char *i18n_keyed(const char *key, const char *msgid);
const char *i18n_msg(struct i18n_msg m);
/* Whether the current catalog itself has this text: "" never is one. */
bool i18n_has(const char *msgid);

/*
 * Adds `template` with its placeholders filled in:
 *     i18n_format(&b, _("Your appointment: {time} with {name}."),
 *                 { "time", "14:30" }, { "name", coach });
 *     i18n_format(&b, P_("{n} person ahead", "{n} people ahead", n), { "n", .number = n });
 * Every value is wrapped in FSI and PDI (U+2068, U+2069), so that a name in one
 * direction cannot turn a sentence in the other; isolates, embeddings and
 * overrides inside a value are left out. A placeholder without a value stays as
 * it is written; "{{" is one brace.
 */
struct i18n_arg {
    const char *name;
    const char *value; /* UTF-8; NULL means `number`, written as i18n_number() does */
    long number;
};
#define i18n_format(b, template, ...) \
    i18n_format_args((b), (template), (const struct i18n_arg[]){ __VA_ARGS__, { 0 } })
void i18n_format_args(struct buf *b, const char *template, const struct i18n_arg *args);

/* Removes FSI, PDI and the other direction marks from s, in place: for speech,
 * logs, paper and comparing. */
void i18n_strip(char *s);

#endif
