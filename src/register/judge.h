/*
 * src/register/judge.h - the parts of register_judge(): the class of an answer by its status
 * alone, what a success proves, and what a look found.
 *
 * Inside the module only.
 */
#ifndef REGISTER_JUDGE_H
#define REGISTER_JUDGE_H

#include <jansson.h>

#include "register/call.h"

/*
 * The verdict on an answer that is no success and no 400. `one`: the call was
 * about one thing whose address we had stored, so that 403, 404 and 410 speak
 * of that thing and not of our credentials or the base address.
 */
struct register_verdict judge_status(const struct http_answer *a, bool one);

/* The verdict on an answer 200 to MOVE_LOOK, MOVE_LIST or MOVE_FIND. */
struct register_verdict judge_look(struct register_try *t, enum register_move move,
                                   const struct http_answer *a);

/* Things of this kind hang on a zaak. */
bool step_on_zaak(enum register_step_kind kind);
/* Things of this kind are looked for in their expanded zaak. */
bool look_expands(enum register_step_kind kind);

/* True when the thing in the answer is the one that the step is about. */
bool answer_echoes(const struct register_try *t, const json_t *o);
/* The value of a property, as the step has it. */
bool answer_echoes_value(const struct register_try *t, const json_t *o);
/* The body as it was frozen, to compare with; a new reference. */
json_t *answer_frozen(const struct register_try *t);
/* An address that we can call again and have room for. */
bool answer_url_usable(const char *url);
bool answer_same_instant(const char *a, const char *b);

struct register_verdict verdict_done(struct register_try *t, const char *url);
/* The same for a klantcontact, with the uuid of who it is about. */
struct register_verdict verdict_done_contact(struct register_try *t, const json_t *contact,
                                             const char *betrokkene);
struct register_verdict verdict_go_on(enum register_move move);
/* Keeps what an answer says of the chain's zaak: its address, and the version of its type. */
void note_zaak(struct register_try *t, const json_t *zaak);
struct register_verdict verdict_stop(struct register_problem p, const char *code);
struct register_verdict verdict_later(struct register_problem p, const char *code);

#endif
