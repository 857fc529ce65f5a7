/*
 * src/upload/record.h - what the store keeps of a record, for the register.
 *
 * Inside the module only.
 */
#ifndef UPLOAD_RECORD_H
#define UPLOAD_RECORD_H

#include "core/record.h"
#include "register/step.h"
#include "store/outbox_send.h"

/* Names under which a chain keeps addresses for the steps of later records. */
#define URL_ZAAK "zaak"
#define URL_ZAAKTYPE "zaaktype"
#define URL_TASK "internetaak"

/* The record in clear; wipe it. Errors as store_outbox_body(), ERR_FORMAT. */
NODISCARD enum err record_read(struct store *s, const struct outbox_row *row,
                               struct outbox_record *ret);
void record_wipe(struct outbox_record *r);
/* Lays over it what a person put right after a refusal, if anything was. */
NODISCARD enum err record_fix(struct store *s, const struct outbox_row *row,
                              struct outbox_record *r, bool *ret_fixed);

/* What the chain has in the register already; empty where nothing is known. */
NODISCARD enum err record_refs(struct store *s, const struct ulid *chain,
                               struct register_refs *ret);

/* A stored step with its frozen body, which the caller owns until record_step_done(). A step
 * that *ret holds already goes. */
NODISCARD enum err record_step(struct store *s, const struct outbox_step *from,
                               struct register_step *ret);
void record_step_done(struct register_step *step);

#endif
