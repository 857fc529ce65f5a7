/*
 * src/register/judge.h - the class of an answer by its status alone.
 *
 * Inside the module only.
 */
#ifndef REGISTER_JUDGE_H
#define REGISTER_JUDGE_H

#include "register/call.h"

/*
 * The verdict on an answer that is no success and no 400. `one`: the call was
 * about one thing whose address we had stored, so that 403, 404 and 410 speak
 * of that thing and not of our credentials or the base address.
 */
struct register_verdict judge_status(const struct http_answer *a, bool one);

struct register_verdict verdict_stop(struct register_problem p, const char *code);
struct register_verdict verdict_later(struct register_problem p, const char *code);

#endif
