/*
 * src/base/log.h - log lines without personal data.
 *
 * A line is a code from a fixed table and numbers or ids: the call takes no
 * free text, so no name can get in. Lines go to stderr, with a journal
 * priority in front when stderr is the journal.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>

#include "base/err.h"

enum log_level { LOG_LEVEL_ERR = 3, LOG_LEVEL_WARN = 4, LOG_LEVEL_INFO = 6, LOG_LEVEL_DEBUG = 7 };

void log_init(const char *program, enum log_level least);

/* `code` is a literal of [a-z0-9._-]; `id` is a ULID, an option name or NULL:
 * anything but [A-Za-z0-9._:/-] in it is written as '?'. */
void log_event(enum log_level level, const char *code, const char *id, int64_t number);
void log_error(const char *code, enum err e, const char *id);

#endif
