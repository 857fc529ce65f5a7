#include "ctl/args.h"

#include <string.h>

#include "ctl/commands.h"
#include "tests/lib/check.h"

/* Parses one command's own words; stderr goes where the test runs. */
static bool parse(struct ctl *c, const struct ctl_command *cmd, int argc, const char *const *argv,
                  bool *ret_help)
{
    *c = (struct ctl){ .command = cmd };
    *ret_help = false;
    return ctl_args_parse(c, argc, argv, ret_help);
}

#define PARSE(c, cmd, ...)                                                                     \
    parse((c), (cmd), (int)ARRAY_LEN(((const char *const[]){ __VA_ARGS__ })),                  \
          (const char *const[]){ __VA_ARGS__ }, &(bool){ false })

TEST(options_and_operands_come_in_any_order)
{
    struct ctl c;
    CHECK(PARSE(&c, &ctl_staff_add, "--role", "coordinator", "noor", "--name=Noor"));
    CHECK_STR(c.operands[0], "noor");
    CHECK_STR(ctl_text(&c, "name"), "Noor");
    CHECK_INT(ctl_number(&c, "role", -1), 1);
    CHECK(!ctl_given(&c, "pin-stdin"));
}

TEST(values_are_read_by_their_kind)
{
    struct ctl c;
    CHECK(PARSE(&c, &ctl_slots, "--service", "school", "--from", "1970-01-02", "--to",
                "1970-01-31"));
    CHECK_INT(ctl_number(&c, "from", -1), 1);
    CHECK_INT(ctl_number(&c, "to", -1), 30);
    CHECK(ctl_text(&c, "coach") == NULL);
    CHECK(PARSE(&c, &ctl_hold, "--service", "school", "--start", "1970-01-01T01:00:01+01:00"));
    CHECK_INT(ctl_number(&c, "start", -1), 1000);
    CHECK(PARSE(&c, &ctl_pause, "--visit", "A01", "--minutes", "15"));
    CHECK_INT(ctl_number(&c, "minutes", -1), 15);
}

TEST(a_value_of_another_kind_is_wrong_use)
{
    struct ctl c;
    CHECK(!PARSE(&c, &ctl_slots, "--service", "s", "--from", "2026-02-30", "--to", "2026-03-01"));
    CHECK(!PARSE(&c, &ctl_slots, "--service", "s", "--from", "today", "--to", "2026-03-01"));
    CHECK(!PARSE(&c, &ctl_hold, "--service", "s", "--start", "2026-03-27T09:00:00"));
    CHECK(!PARSE(&c, &ctl_pause, "--visit", "A01", "--minutes", "-5"));
    CHECK(!PARSE(&c, &ctl_pause, "--visit", "A01", "--minutes", "5x"));
    CHECK(!PARSE(&c, &ctl_pause, "--visit", "A01", "--minutes", ""));
    CHECK(!PARSE(&c, &ctl_pause, "--visit", "A01", "--minutes", "99999999999"));
    CHECK(!PARSE(&c, &ctl_staff_add, "x", "--name", "X", "--role", "coac"));
    CHECK(!PARSE(&c, &ctl_staff_add, "x", "--name", "X", "--role", ""));
}

TEST(what_is_missing_or_too_much_is_wrong_use)
{
    struct ctl c;
    CHECK(!PARSE(&c, &ctl_at_work, "--json"));
    CHECK(!PARSE(&c, &ctl_at_work, "--coach"));
    CHECK(!PARSE(&c, &ctl_at_work, "--coach", "a", "b"));
    CHECK(!PARSE(&c, &ctl_at_work, "--coach", "a", "--coach", "b"));
    CHECK(!PARSE(&c, &ctl_at_work, "--coach", "a", "--nothing"));
    CHECK(!PARSE(&c, &ctl_at_work, "--coach", "a", "-j"));
    CHECK(!PARSE(&c, &ctl_at_work, "--coach", "a", "--json=1"));
    CHECK(!PARSE(&c, &ctl_roster_import, "--json"));
    CHECK(!PARSE(&c, &ctl_staff_add, "x", "--name", "X", "--role", "coach", "--pin-stdin=1"));
}

TEST(the_options_of_every_program_are_taken_behind_the_command_too)
{
    struct ctl c;
    CHECK(PARSE(&c, &ctl_queue, "--json", "--db", "/tmp/x.db", "--now=2026-03-27T09:00:00Z",
                "--config", "/tmp/x.conf"));
    CHECK(c.json);
    CHECK_STR(c.args.db, "/tmp/x.db");
    CHECK_STR(c.args.now, "2026-03-27T09:00:00Z");
    CHECK_STR(c.args.config, "/tmp/x.conf");
    CHECK(c.args.config_given);
}

TEST(help_needs_nothing_else)
{
    struct ctl c;
    bool help;
    CHECK(parse(&c, &ctl_hold, 1, (const char *const[]){ "--help" }, &help));
    CHECK(help);
}

TEST(two_dashes_end_the_options_and_one_is_standard_input)
{
    struct ctl c;
    CHECK(PARSE(&c, &ctl_roster_check, "--", "--odd.json"));
    CHECK_STR(c.operands[0], "--odd.json");
    CHECK(PARSE(&c, &ctl_roster_check, "-"));
    CHECK_STR(c.operands[0], "-");
}

TEST(commands_of_two_words_are_found_by_both)
{
    int words = 0;
    const char *const argv[] = { "outbox", "list", "--json" };
    CHECK(ctl_find(3, argv, &words) == &ctl_outbox_list);
    CHECK_INT(words, 2);
    CHECK(ctl_find(1, argv, &words) == NULL);
    const char *const queue[] = { "queue", "list" };
    CHECK(ctl_find(2, queue, &words) == &ctl_queue);
    CHECK_INT(words, 1);
    CHECK(ctl_find(0, argv, &words) == NULL);
}
