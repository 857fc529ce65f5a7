#include "config/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void program_say(const char *program, const char *what, const char *why)
{
    char line[1024];
    (void)snprintf(line, sizeof(line), "%s: %s: %s", program, what, why);
    for (char *s = line; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            *s = '?';
    (void)fprintf(stderr, "%s\n", line);
}

/* The row whose name is the first n bytes of `name`, in either table. */
static const struct program_option *row_named(const struct program_option *rows, const char *name,
                                              size_t n)
{
    for (; rows && rows->name; rows++)
        if (strlen(rows->name) == n && memcmp(rows->name, name, n) == 0)
            return rows;
    return NULL;
}

/* One word that starts with "--". False: it was said on stderr what is wrong. */
static bool take_option(const char *program, char **argv, int *at, const struct program_option *row)
{
    char *word = argv[*at];
    char *equals = strchr(word, '=');
    if (!row) {
        program_say(program, word, "no such option; see --help");
        return false;
    }
    if (!row->arg) {
        if (equals)
            program_say(program, word, "this option takes no value");
        else
            *row->flag = true;
        return !equals;
    }
    if (!equals && !argv[*at + 1]) {
        program_say(program, word, "this option needs a value");
        return false;
    }
    *row->text = equals ? equals + 1 : argv[++*at];
    return true;
}

/* Takes the options before the first operand; *ret_at is that operand's place. */
static bool take_options(const char *program, char **argv, const struct program_option *own,
                         const struct program_option *common, int *ret_at)
{
    int at = 1;
    for (; argv[at] && argv[at][0] == '-' && argv[at][1] != '\0'; at++) {
        const char *word = argv[at];
        if (strcmp(word, "--") == 0) {
            at++;
            break;
        }
        const struct program_option *row = NULL;
        if (word[1] == '-') {
            size_t n = strcspn(word + 2, "=");
            row = row_named(own, word + 2, n);
            row = row ? row : row_named(common, word + 2, n);
        }
        if (!take_option(program, argv, &at, row))
            return false;
    }
    *ret_at = at;
    return true;
}

static void print_rows(const struct program_option *rows)
{
    for (; rows && rows->name; rows++) {
        char left[64];
        (void)snprintf(left, sizeof(left), "--%s%s%s", rows->name, rows->arg ? " " : "",
                       rows->arg ? rows->arg : "");
        printf("  %-24s %s\n", left, rows->help);
    }
}

static void print_help(const struct program *p, const struct program_option *common)
{
    printf("Usage: %s [options]%s%s\n%s\n", p->name, p->operands ? " " : "",
           p->operands ? p->operands : "", p->summary);
    if (p->options && p->options->name) {
        puts("\nOptions:");
        print_rows(p->options);
    }
    puts("\nOptions of every program:");
    print_rows(common);
    if (p->more_help)
        printf("\n%s\n", p->more_help);
    puts("\nExit status: 0 done, 1 it failed (said on stderr), 2 wrong use.");
}

static void print_help_config(void)
{
    CLEANUP(buf_done) struct buf b = buf_make(64 * 1024);
    config_example(&b);
    (void)fputs(buf_str(&b), stdout);
}

enum program_next program_args(const struct program *p, int argc, char **argv,
                               struct program_args *ret_args)
{
    bool help = false, version = false, help_config = false;
    const char *config = NULL, *db = CONFIG_DEFAULT_DB, *now = getenv("DYNAMO_NOW");
    if (now && !*now) /* an empty variable is none; an empty --now is no time */
        now = NULL;
    const struct program_option common[] = {
        { "config", "FILE", "settings (default " CONFIG_DEFAULT_FILE ")", &config, NULL },
        { "db", "FILE", "database (default " CONFIG_DEFAULT_DB ")", &db, NULL },
        { "now", "TIME", "simulated clock, as 2026-03-27T09:00:00+01:00", &now, NULL },
        { "help", NULL, "this text", NULL, &help },
        { "help-config", NULL, "a settings file with every option explained", NULL, &help_config },
        { "version", NULL, "name and version", NULL, &version },
        { 0 }
    };
    int at;
    if (argc < 1 || !take_options(p->name, argv, p->options, common, &at))
        return PROGRAM_WRONG;
    if (help)
        print_help(p, common);
    else if (version)
        printf("%s %s\n", p->name, DYNAMO_VERSION);
    else if (help_config)
        print_help_config();
    if (help || version || help_config)
        return PROGRAM_DONE;
    if (at < argc && !p->operands) {
        program_say(p->name, argv[at], "not expected here; see --help");
        return PROGRAM_WRONG;
    }
    *ret_args = (struct program_args){ .config = config ? config : CONFIG_DEFAULT_FILE,
                                       .config_given = config != NULL,
                                       .db = db,
                                       .now = now,
                                       .argc = argc - at,
                                       .argv = argv + at };
    return PROGRAM_RUN;
}

enum program_next program_options(const char *program, int argc, char **argv,
                                  const struct program_option *options, int *ret_operands)
{
    int at;
    if (argc < 1 || !take_options(program, argv, options, NULL, &at))
        return PROGRAM_WRONG;
    if (at < argc && !ret_operands) {
        program_say(program, argv[at], "not expected here; see --help");
        return PROGRAM_WRONG;
    }
    if (ret_operands)
        *ret_operands = at;
    return PROGRAM_RUN;
}

enum err program_config(const struct program *p, const struct program_args *args,
                        struct config *ret_config)
{
    struct config_fault fault;
    enum err e = config_load(args->config, !args->config_given, ret_config, &fault);
    if (e != ERR_OK)
        program_say(p->name, "settings", fault.text);
    return e;
}
