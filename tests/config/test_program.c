#include "config/program.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/lib/check.h"

static const char *canvas;
static bool windowed;
static const struct program_option own[] = {
    { "canvas", "WxH", "size to draw at", &canvas, NULL },
    { "windowed", NULL, "a window, not the whole screen", NULL, &windowed },
    { 0 }
};
static const struct program plain = { .name = "dynamo-test", .summary = "Shows itself.",
                                      .options = own };
static const struct program with_command = { .name = "dynamoctl", .summary = "Rules.",
                                             .operands = "COMMAND ...", .options = own };

static struct program_args args;
static char out[16 * 1024];
static char errors[4096];

static int divert(int fd, const char *name, int *ret_old)
{
    char path[512];
    (void)snprintf(path, sizeof(path), "%s/%s", check_tmpdir(), name);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    *ret_old = dup(fd);
    (void)dup2(file, fd);
    return file;
}

static void restore(int fd, int file, int old, char *text, size_t room)
{
    (void)lseek(file, 0, SEEK_SET);
    ssize_t n = read(file, text, room - 1);
    text[n > 0 ? n : 0] = '\0';
    (void)dup2(old, fd);
    (void)close(old);
    (void)close(file);
}

/* Runs the parser with what it prints caught; words end with NULL. */
static enum program_next run(const struct program *p, const char **words)
{
    int argc = 0;
    while (words[argc])
        argc++;
    canvas = NULL;
    windowed = false;
    memset(&args, 0, sizeof(args));
    (void)fflush(NULL);
    int old_out, old_err;
    int file_out = divert(1, "out", &old_out);
    int file_err = divert(2, "err", &old_err);
    enum program_next next = program_args(p, argc, (char **)words, &args);
    (void)fflush(NULL);
    restore(2, file_err, old_err, errors, sizeof(errors));
    restore(1, file_out, old_out, out, sizeof(out));
    return next;
}
#define RUN(p, ...) run((p), (const char *[]){ "dynamo-test", __VA_ARGS__ })

TEST(without_options_the_paths_are_the_default_ones)
{
    CHECK_INT(unsetenv("DYNAMO_NOW"), 0);
    CHECK_INT(RUN(&plain, NULL), PROGRAM_RUN);
    CHECK_STR(args.config, "/etc/dynamo/dynamo.conf");
    CHECK(!args.config_given);
    CHECK_STR(args.db, "/var/lib/dynamo/dynamo.db");
    CHECK(args.now == NULL);
    CHECK_INT(args.argc, 0);
}

TEST(takes_values_behind_a_space_or_an_equals_sign)
{
    CHECK_INT(RUN(&plain, "--db", "a.db", "--config=b.conf", "--canvas=1080x1920", "--windowed",
                  NULL),
              PROGRAM_RUN);
    CHECK_STR(args.db, "a.db");
    CHECK_STR(args.config, "b.conf");
    CHECK(args.config_given);
    CHECK_STR(canvas, "1080x1920");
    CHECK(windowed);
    CHECK_STR(errors, "");
}

TEST(the_time_comes_from_the_option_and_else_from_the_environment)
{
    CHECK_INT(setenv("DYNAMO_NOW", "2026-03-27T09:00:00+01:00", 1), 0);
    CHECK_INT(RUN(&plain, NULL), PROGRAM_RUN);
    CHECK_STR(args.now, "2026-03-27T09:00:00+01:00");
    CHECK_INT(RUN(&plain, "--now", "2026-03-28T09:00:00+01:00", NULL), PROGRAM_RUN);
    CHECK_STR(args.now, "2026-03-28T09:00:00+01:00");
    CHECK_INT(RUN(&plain, "--now", "", NULL), PROGRAM_RUN);
    CHECK_STR(args.now, ""); /* no time, and so refused by whoever reads it */
    CHECK_INT(setenv("DYNAMO_NOW", "", 1), 0);
    CHECK_INT(RUN(&plain, NULL), PROGRAM_RUN);
    CHECK(args.now == NULL);
}

TEST(wrong_use_is_told_in_one_line)
{
    CHECK_INT(RUN(&plain, "--canvass", NULL), PROGRAM_WRONG);
    CHECK_STR(errors, "dynamo-test: --canvass: no such option; see --help\n");
    CHECK_INT(RUN(&plain, "-x", NULL), PROGRAM_WRONG);
    CHECK_STR(errors, "dynamo-test: -x: no such option; see --help\n");
    CHECK_INT(RUN(&plain, "--can", "1x1", NULL), PROGRAM_WRONG); /* no abbreviations */
    CHECK_INT(RUN(&plain, "--db", NULL), PROGRAM_WRONG);
    CHECK_STR(errors, "dynamo-test: --db: this option needs a value\n");
    CHECK_INT(RUN(&plain, "--windowed=yes", NULL), PROGRAM_WRONG);
    CHECK_STR(errors, "dynamo-test: --windowed=yes: this option takes no value\n");
    CHECK_INT(RUN(&plain, "more", NULL), PROGRAM_WRONG);
    CHECK_STR(errors, "dynamo-test: more: not expected here; see --help\n");
    CHECK_STR(out, "");
}

TEST(control_characters_do_not_reach_the_terminal)
{
    CHECK_INT(RUN(&plain, "--a\033[2J\n", NULL), PROGRAM_WRONG);
    CHECK_STR(errors, "dynamo-test: --a?[2J?: no such option; see --help\n");
}

TEST(options_end_at_the_command_which_has_its_own)
{
    CHECK_INT(RUN(&with_command, "--db", "a.db", "queue", "--coach", "sanne", NULL), PROGRAM_RUN);
    CHECK_INT(args.argc, 3);
    CHECK_STR(args.argv[0], "queue");

    const char *coach = NULL;
    bool urgent = false;
    const struct program_option rows[] = { { "coach", "C", "a coach", &coach, NULL },
                                           { "urgent", NULL, "now", NULL, &urgent },
                                           { 0 } };
    CHECK_INT(program_options("dynamoctl", args.argc, args.argv, rows, NULL), PROGRAM_RUN);
    CHECK_STR(coach, "sanne");
    CHECK(!urgent);

    const char *more[] = { "backup", "--urgent", "--", "--file", NULL };
    int at = 0;
    CHECK_INT(program_options("dynamoctl", 4, (char **)more, rows, &at), PROGRAM_RUN);
    CHECK_INT(at, 3);
    CHECK(urgent);
}

TEST(a_lone_dash_is_an_operand)
{
    CHECK_INT(RUN(&with_command, "-", NULL), PROGRAM_RUN);
    CHECK_STR(args.argv[0], "-");
}

TEST(help_and_version_print_on_stdout_and_end)
{
    CHECK_INT(RUN(&plain, "--help", NULL), PROGRAM_DONE);
    CHECK(strstr(out, "Usage: dynamo-test [options]\nShows itself.\n") != NULL);
    CHECK(strstr(out, "--canvas WxH") != NULL);
    CHECK(strstr(out, "--db FILE") != NULL);
    CHECK(strstr(out, "2 wrong use") != NULL);
    CHECK_STR(errors, "");
    CHECK_INT(RUN(&plain, "--version", NULL), PROGRAM_DONE);
    CHECK_STR(out, "dynamo-test " DYNAMO_VERSION "\n");
    CHECK_INT(RUN(&plain, "--help-config", NULL), PROGRAM_DONE);
    CHECK(strstr(out, "\n[idle]\n") != NULL);
}

TEST(a_given_configuration_must_be_there)
{
    struct config config;
    CHECK_INT(RUN(&plain, "--config", "/nonexistent/x.conf", NULL), PROGRAM_RUN);
    (void)fflush(NULL);
    int old;
    int file = divert(2, "err", &old);
    enum err e = program_config(&plain, &args, &config);
    restore(2, file, old, errors, sizeof(errors));
    CHECK_ERR(e, ERR_NOT_FOUND);
    CHECK_STR(errors, "dynamo-test: settings: /nonexistent/x.conf: no such thing\n");
}
