/*
 * src/report/words.h - names and sentences of the report, in the current language. Inside
 * report only. Texts for HTML are escaped here; nothing else needs to be.
 */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "i18n/i18n.h"
#include "report/report.h"

#define WORDS_MAX 1024 /* bytes of one text */

const char *words_table(enum report_table t);     /* "Visits by topic" */
const char *words_table_key(enum report_table t); /* "visits_by_topic" */
void words_row(enum report_table t, size_t row, struct buf *out);     /* "Roosendaal" */
void words_row_key(enum report_table t, size_t row, struct buf *out); /* "1674" */
const char *words_single(enum report_single s);
const char *words_single_key(enum report_single s);
const char *words_time(enum report_time t);
const char *words_time_key(enum report_time t);

void words_figure(struct figure f, struct buf *out);  /* "1.234", "<5", "hidden" */
void words_tenths(int tenths, struct buf *out);       /* "12,3%" */
void words_minutes(int minutes, struct buf *out);     /* "7 min", "too few" */
/* "+12%", of two shown figures of whole years; else nothing. */
void words_change(const struct report *r, struct figure now, struct figure before,
                  struct buf *out);

void words_escape(const char *s, struct buf *out); /* for HTML text and attributes */
/* i18n_format() without direction marks, escaped. */
void words_fill(struct buf *out, const char *template, const struct i18n_arg *args);
#define WORDS(out, template, ...) \
    words_fill((out), (template), (const struct i18n_arg[]){ __VA_ARGS__, { 0 } })

/* The report in a few sentences, each a list item. */
void words_summary(const struct report *r, struct buf *out);

#endif
