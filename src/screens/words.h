/*
 * src/screens/words.h - the wordings that several screens share.
 *
 * Everything is in the language of the moment (i18n_use) and lives in the page
 * (ui_fmt), so it is good until the next page.
 */
#ifndef SCREENS_WORDS_H
#define SCREENS_WORDS_H

#include "i18n/date.h"
#include "i18n/i18n.h"
#include "screens/session.h"
#include "ui/ui.h"

/* A template with its placeholders filled in: TELL(ui, _("with {name}"), ARG("name", x)). */
#define ARG(placeholder, text) { .name = (placeholder), .value = (text) }
#define NUM(placeholder, n) { .name = (placeholder), .number = (n) }
#define TELL(ui, template, ...) \
    words_fill((ui), (template), (const struct i18n_arg[]){ __VA_ARGS__, { .name = NULL } })
const char *words_fill(struct ui *ui, const char *template, const struct i18n_arg *args);

/* Somebody's own words in a direction of their own (FSI, PDI): a hyphen or bracket of a Latin
 * name stays where it belongs on an Arabic page. */
const char *words_apart(struct ui *ui, const char *text);
const char *words_clock(struct ui *ui, int minute);                    /* "14:30" */
const char *words_time(struct ui *ui, const struct session *s, utc_ms at);
const char *words_day(struct ui *ui, const struct session *s, civil_day day,
                      enum i18n_date_style style);                     /* "morgen", else the date */
const char *words_date(struct ui *ui, civil_day day, enum i18n_date_style style);
const char *words_when(struct ui *ui, const struct session *s, utc_ms at); /* day and time */
/* The same without "today" or "tomorrow": for paper, which is read on another day. */
const char *words_moment(struct ui *ui, const struct session *s, utc_ms at);
/* "about 10 to 15 minutes", "it is your turn soon", or that it is not known. */
const char *words_wait(struct ui *ui, bool known, struct queue_wait wait);
const char *words_ahead(struct ui *ui, int ahead);
const char *words_countdown(struct ui *ui, int seconds);               /* "2:05" */

const char *words_topic(enum topic topic);
const char *words_topic_icon(enum topic topic);
enum ui_token words_topic_tint(enum topic topic);
/* Name of a municipality of the list in the configuration, else the wording for another one. */
const char *words_municipality(struct ui *ui, const struct session *s, const char *code);
/* "" gives "whoever is free first". */
const char *words_coach(const struct session *s, const char *id);
const char *words_room(const struct session *s, const char *coach);
const char *words_language(const char *code); /* own name */

/* What went wrong, as a notice at the top of the page; nothing when all is well. */
void words_trouble(struct ui *ui, const struct session *s);

/* The municipalities of the configuration: code and name of the i-th. */
struct town {
    char code[MUNICIPALITY_SIZE];
    char name[ROSTER_NAME_SIZE];
};
bool words_town(const struct session *s, size_t i, struct town *ret_town);

#endif
