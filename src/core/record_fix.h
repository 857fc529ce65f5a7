/*
 * src/core/record_fix.h - a record that the register refused, put right by a person.
 *
 * The record itself stays as it was frozen; the correction is the person as they should have
 * been told, and is laid over it. Pure.
 */
#ifndef CORE_RECORD_FIX_H
#define CORE_RECORD_FIX_H

#include "core/record.h"

/* JSON, one object. Appends to `out`: ERR_LIMIT, ERR_NOMEM. */
NODISCARD enum err record_fix_to_json(const struct person *p, struct buf *out);
/* Lays that over a record. ERR_FORMAT: it is no such object, or the record would not be right
 * with it; ERR_NOMEM. The record is as it was then. */
NODISCARD enum err record_fix_apply(const char *json, size_t n, struct outbox_record *r);

/* The person alone, every field given. ERR_FORMAT, ERR_NOMEM. */
NODISCARD enum err record_fix_read(const char *json, size_t n, struct person *ret_person);

#endif
