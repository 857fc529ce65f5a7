/*
 * src/ctl/command.h - what a command of dynamoctl is, and what it gets to work with.
 *
 * A command is one const struct in its own family's file, and one line in
 * table.c. The parser, `help`, the bash completion and the manual page all read
 * the same structs, so they cannot tell different stories.
 */
#ifndef CTL_COMMAND_H
#define CTL_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"
#include "config/options.h"
#include "config/program.h"
#include "ctl/out.h"
#include "flow/flow.h"

#define CTL_NAME "dynamoctl"
#define CTL_OPTIONS_MAX 16
#define CTL_OPERANDS_MAX 2

enum ctl_kind {
    CTL_FLAG,  /* takes no value */
    CTL_TEXT,  /* any text, checked by who uses it */
    CTL_WORD,  /* one of the words in `arg`, "a|b|c" */
    CTL_FILE,  /* a path, or - for standard input; matters to the completion only */
    CTL_COUNT, /* a whole number, 0..2147483647 */
    CTL_DATE,  /* YYYY-MM-DD; its number is a civil_day */
    CTL_TIME   /* RFC 3339 with offset; its number is a utc_ms */
};

struct ctl_option {
    const char *name; /* without the dashes */
    enum ctl_kind kind;
    const char *arg; /* "FILE"; NULL for a flag */
    const char *help;
    bool required;
};

/* Why a call was refused, in the words of this command. An all-zero row ends it. */
struct ctl_why {
    enum err err;
    const char *text;
};

enum ctl_needs {
    CTL_NEEDS_NOTHING, /* runs without configuration and database */
    CTL_NEEDS_CONFIG,  /* config is loaded; the command opens what it wants */
    CTL_NEEDS_HOUSE    /* config and flow are there */
};

struct ctl;

struct ctl_command {
    const char *name;    /* one or two words: "roster import" */
    const char *usage;   /* what follows the name: "FILE [--flag]", or "" */
    const char *help;    /* one line, no full stop */
    const char *more;    /* sentences for `help COMMAND` and the manual; NULL: none */
    int operands;        /* how many must be given, 0..CTL_OPERANDS_MAX */
    bool operands_fewer; /* fewer will do as well */
    enum ctl_needs needs;
    const struct ctl_option *options; /* NULL: none; ends with an all-zero row */
    const struct ctl_why *whys;       /* NULL: none */
    enum program_status (*run)(struct ctl *c);
};

struct ctl_value {
    bool given;
    const char *text; /* as given; "" for a flag */
    int64_t number;   /* of CTL_COUNT, CTL_DATE, CTL_TIME; of CTL_WORD its place in `arg` */
};

struct ctl {
    const struct ctl_command *command;
    struct ctl_value values[CTL_OPTIONS_MAX]; /* beside command->options */
    const char *operands[CTL_OPERANDS_MAX];
    int operands_n;
    struct program_args args; /* the options before and behind the command */
    bool json;
    struct config config; /* defaults until loaded */
    struct clock clock;
    struct rng rng;
    struct flow *flow; /* NULL unless CTL_NEEDS_HOUSE */
    struct out out;
};

/* Every command, in the order of the manual. */
const struct ctl_command *const *ctl_commands(size_t *ret_n);
/* The command that the words name; *ret_words is 1 or 2. NULL: none. */
const struct ctl_command *ctl_find(int argc, const char *const *argv, int *ret_words);

/* What an option got; NULL (and the fallback) when it was not given. The name must be
 * one of the running command's table. */
const char *ctl_text(const struct ctl *c, const char *option);
int64_t ctl_number(const struct ctl *c, const char *option, int64_t fallback);
bool ctl_given(const struct ctl *c, const char *option);

/* Ends of a command. Each says one line on stderr (wrong use also the usage) and
 * gives the status to return. `what` NULL means the command's name. */
enum program_status ctl_refuse(const struct ctl *c, const char *what, enum err e);
enum program_status ctl_refuse_why(const struct ctl *c, const char *what, const char *why, ...)
    PRINTF_LIKE(3, 4);
enum program_status ctl_misuse(const struct ctl *c, const char *why, ...) PRINTF_LIKE(2, 3);

/* For checks that say each fault as they find it: a row or a line of the result. */
void ctl_say_fault(void *ctl, const char *line);
/* What check and audit verify print when nothing is wrong: `said`, and how much of the log stands
 * under a lost key. */
enum program_status audit_is_whole(struct ctl *c, const char *said);

/* "dynamoctl hold --service S ...": for messages and help. */
void ctl_usage(const struct ctl_command *cmd, struct buf *b);

#endif
