/*
 * src/desk/words.h - what staff read: errors, topics, reasons, times.
 */
#ifndef DESK_WORDS_H
#define DESK_WORDS_H

#include "flow/booking.h"
#include "flow/flow.h"
#include "flow/queue.h"

const char *words_err(enum err e);       /* what happened and what to do */
const char *words_topic(enum topic t);
const char *words_state(enum visit_state s);
const char *words_appointment(enum appointment_state s);
const char *words_why(enum queue_why w); /* "" for a plain walk-in */
const char *words_act(const char *act);  /* of visit_act_name() */
/* A language by its own name: "Polski"; "" for Dutch, which is not worth a tag. */
const char *words_lang(const char *code);
const char *words_outcome(const char *outcome);
/* The outcomes that a coach can choose: NULL past the last. */
const char *words_outcome_at(size_t i);

/* "14:30" of an instant in the house's zone; a date as people say it. */
void words_clock(struct buf *b, struct flow *f, utc_ms at);
void words_date(struct buf *b, struct flow *f, civil_day day);
/* "17 mei 2004" */
void words_birth(struct buf *b, civil_day day);
/* "12 min", "1 h 05"; from whole minutes, never below 0. */
void words_length(struct buf *b, int64_t minutes);

#endif
