/*
 * src/i18n/fill.h - placeholders without isolates, for parts of one phrase.
 * Inside i18n only: a value that comes from a person goes through i18n_format().
 */
#ifndef I18N_FILL_H
#define I18N_FILL_H

#include "base/buf.h"
#include "i18n/i18n.h"

void fill_plain(struct buf *b, const char *template, const struct i18n_arg *args);

#endif
