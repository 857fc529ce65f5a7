/*
 * src/desk/html.h - writing HTML: what people typed never becomes markup.
 *
 * Markup of ours goes in with buf_adds(); everything else with one of these. One escape
 * serves text and quoted attributes alike; attributes are always quoted. Values never go
 * into scripts, styles, comments or addresses, other than ids that ulid_valid() took.
 */
#ifndef DESK_HTML_H
#define DESK_HTML_H

#include <stdint.h>

#include "base/buf.h"
#include "i18n/i18n.h"

/* & < > " ' ` as references; control characters, broken UTF-8 and direction overrides as
 * U+FFFD. The isolates that i18n_format() sets stay. */
void html_esc(struct buf *b, const char *s);
/* In an isolate of its own: names, notes, reasons. */
void html_name(struct buf *b, const char *s);
/* " name="value"", a space in front. */
void html_attr(struct buf *b, const char *name, const char *value);
void html_attr_int(struct buf *b, const char *name, int64_t value);

/* i18n_format(), escaped. Templates hold no markup. */
#define html_format(b, template, ...) \
    html_format_args((b), (template), (const struct i18n_arg[]){ __VA_ARGS__, { 0 } })
void html_format_args(struct buf *b, const char *template, const struct i18n_arg *args);

/* Markup of ours and ids, one after the other: what a page says a hundred times goes in so, at a
 * fifth of buf_addf()'s cost. */
#define html_add(b, ...) html_join((b), (const char *const[]){ __VA_ARGS__, NULL })
void html_join(struct buf *b, const char *const *parts);

/* Hidden field of a form; `kind` is "number" or NULL for text. */
void html_hidden(struct buf *b, const char *name, const char *value);
void html_hidden_int(struct buf *b, const char *name, int64_t value);
/* <option value=...>label</option>, selected or not. */
void html_option(struct buf *b, const char *value, const char *label, bool selected);

#endif
