#include "base/log.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *program_name = "dynamo";
static enum log_level least_level = LOG_LEVEL_INFO;
static bool to_journal;

void log_init(const char *program, enum log_level least)
{
    program_name = program;
    least_level = least;
    to_journal = getenv("JOURNAL_STREAM") != NULL;
}

static void put_safe(char *out, size_t cap, const char *id)
{
    size_t n = 0;
    for (; id && *id && n + 1 < cap; id++, n++) {
        bool plain = (*id >= 'a' && *id <= 'z') || (*id >= 'A' && *id <= 'Z') ||
                     (*id >= '0' && *id <= '9') || strchr("._:/-", *id);
        out[n] = plain ? *id : '?';
    }
    out[n] = '\0';
}

static void put_line(enum log_level level, const char *code, const char *id, const char *rest)
{
    char safe[160];
    put_safe(safe, sizeof(safe), id);
    if (to_journal)
        fprintf(stderr, "<%d>", (int)level);
    fprintf(stderr, "%s: %s%s%s%s\n", program_name, code, safe[0] ? " " : "", safe, rest);
}

void log_event(enum log_level level, const char *code, const char *id, int64_t number)
{
    char rest[32];
    if (level > least_level)
        return;
    snprintf(rest, sizeof(rest), " %" PRId64, number);
    put_line(level, code, id, rest);
}

void log_error(const char *code, enum err e, const char *id)
{
    char rest[64];
    snprintf(rest, sizeof(rest), ": %s", err_text(e));
    put_line(LOG_LEVEL_ERR, code, id, rest);
}
