/*
 * src/config/program.h - the command line that every program shares.
 *
 * --help --version --config FILE --db FILE --now TIME (also DYNAMO_NOW)
 * --help-config, and each program's own options from its table. Results on
 * stdout, everything else on stderr as "program: what: why". A main():
 *
 *     const char *canvas = "1080x1920";
 *     bool windowed = false;
 *     const struct program p = { .name = "dynamo-kiosk", .summary = "...", .options =
 *         (const struct program_option[]){
 *             { "canvas", "WxH", "size to draw at", .text = &canvas },
 *             { "windowed", NULL, "a window, not the whole screen", .flag = &windowed },
 *             { 0 } } };
 *     struct program_args args;
 *     switch (program_args(&p, argc, argv, &args)) {
 *     case PROGRAM_DONE: return PROGRAM_OK;
 *     case PROGRAM_WRONG: return PROGRAM_USAGE;
 *     case PROGRAM_RUN: break;
 *     }
 *     struct config config;
 *     if (program_config(&p, &args, &config) != ERR_OK)
 *         return PROGRAM_FAILED;
 */
#ifndef CONFIG_PROGRAM_H
#define CONFIG_PROGRAM_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"
#include "config/options.h"

enum program_status { PROGRAM_OK = 0, PROGRAM_FAILED = 1, PROGRAM_USAGE = 2 };
enum program_next { PROGRAM_RUN, PROGRAM_DONE, PROGRAM_WRONG };

/* A long option. With `text` it takes a value, with `flag` it takes none. Given
 * twice, the last one counts. An all-zero row ends a table. */
struct program_option {
    const char *name; /* without the dashes */
    const char *arg;  /* what --help calls its value, "FILE"; NULL for a flag */
    const char *help;
    const char **text;
    bool *flag;
};

struct program {
    const char *name;
    const char *summary;                  /* one line for --help */
    const char *operands;                 /* "COMMAND ..." or NULL: none are allowed */
    const char *more_help;                /* after the options; may be NULL */
    const struct program_option *options; /* may be NULL */
};

struct program_args {
    const char *config;   /* path; CONFIG_DEFAULT_FILE unless given */
    bool config_given;
    const char *db;       /* path; CONFIG_DEFAULT_DB unless given */
    const char *now;      /* text of --now, else of DYNAMO_NOW, else NULL; not parsed here */
    int argc;             /* operands */
    char **argv;
};

/* Reads the command line; what --help and --version ask is printed here. Options
 * stop at the first operand, so that a command can have options of its own. */
NODISCARD enum program_next program_args(const struct program *p, int argc, char **argv,
                                         struct program_args *ret_args);

/* Options of a command of dynamoctl: argv[0] is the command. *ret_operands is the
 * place in argv of the first operand; with NULL there none are allowed. Gives
 * PROGRAM_RUN or PROGRAM_WRONG. */
NODISCARD enum program_next program_options(const char *program, int argc, char **argv,
                                            const struct program_option *options,
                                            int *ret_operands);

/* Loads the configuration of args, saying on stderr what is wrong with it. */
NODISCARD enum err program_config(const struct program *p, const struct program_args *args,
                                  struct config *ret_config);

/* "program: what: why" and a newline, on stderr; control characters become '?'. */
void program_say(const char *program, const char *what, const char *why);

#endif
