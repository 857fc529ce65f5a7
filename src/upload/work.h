/*
 * src/upload/work.h - one chain under way: its record, its step, its conversation.
 *
 * Inside the module only. Calls that write expect a transaction to be open;
 * they change the work only as far as the transaction says, so an error ends
 * the run.
 */
#ifndef UPLOAD_WORK_H
#define UPLOAD_WORK_H

#include "register/link.h"
#include "store/outbox_send.h"
#include "upload/versions.h"

enum work_state {
    WORK_FREE,
    WORK_READY,    /* the mark is written: once committed, the call may start */
    WORK_FLYING,   /* the call is under way */
    WORK_ANSWERED, /* `answer` is to be judged */
    WORK_RESTING   /* a next try at rest_until */
};

struct work {
    enum work_state state;
    struct outbox_row row;
    char zaak_key[REGISTER_KEY_SIZE];
    struct outbox_steps steps;
    struct register_steps made; /* the same with their bodies, when they were made in this run */
    bool fresh;                 /* `steps` are not written yet: the first mark does it */
    size_t at;                 /* the step under way */
    struct register_step step; /* the same, for the register; owns its body */
    struct register_refs refs;
    struct register_try t;
    enum register_move move;
    unsigned char digest[OUTBOX_DIGEST_SIZE]; /* of the body sent last */
    struct http_answer answer;
    bool restart; /* the failed call may have arrived: what was found out holds no more */
    int tries;    /* failed ones of this step in this run */
    int64_t rest_until;
};

struct work_context { /* of the run; borrowed */
    struct store *store;
    const struct clock *clock;
    const struct register_settings *settings;
    const struct versions *versions;
    const bool *fresh_types; /* the types were looked up again in this run */
    bool *always_look; /* learned: the server ignores our reference */
};

void work_done(struct work *w); /* leaves a free one */

/*
 * Takes a record up: reads it, expands it at its first try, and marks its first
 * open step in flight. A record that cannot be read or expanded is dead then:
 * ERR_CORRUPT, already written.
 */
NODISCARD enum err work_take(struct work *w, const struct work_context *c,
                             const struct outbox_row *row);

/* The version of the zaaktype whose types the call needs and the run has not loaded; else NULL. */
const char *work_lacks_version(const struct work *w, const struct work_context *c);

/* Makes the call of the present move. Errors as register_call_make(). */
NODISCARD enum err work_call(struct work *w, const struct work_context *c,
                             struct register_call *ret_call);

/* Marks the present step in flight once more, for the next try after a rest. */
NODISCARD enum err work_again(struct work *w, const struct work_context *c);

/* What became of the record by the last answer. */
enum work_end {
    WORK_GOES_ON,   /* READY: the next move, or the next step */
    WORK_SENT,      /* the register has the whole record */
    WORK_FAILED,    /* transient: written as waiting; the caller rests it or lets it go */
    WORK_DEAD,      /* written as a dead letter */
    WORK_STOPPED    /* nothing of the record failed; end the run */
};

/* Judges w->answer and writes what follows from it. */
NODISCARD enum err work_judge(struct work *w, const struct work_context *c,
                              struct register_verdict *ret_verdict, enum work_end *ret_end);

/* A record that cannot even be put into a call: a dead letter with that code. */
NODISCARD enum err work_bury(struct work *w, const struct work_context *c, const char *code);

#endif
