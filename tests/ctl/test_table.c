#include <ctype.h>
#include <string.h>

#include "ctl/args.h"
#include "ctl/commands.h"
#include "tests/lib/check.h"

/* Whether `--name` stands in the usage, not only as the start of a longer one. */
static bool usage_names(const char *usage, const char *name)
{
    char word[64];
    snprintf(word, sizeof(word), "--%s", name);
    for (const char *at = strstr(usage, word); at; at = strstr(at + 1, word)) {
        char next = at[strlen(word)];
        if (!next || strchr(" ])", next))
            return true;
    }
    return false;
}

TEST(every_option_stands_in_its_usage_and_every_name_of_a_usage_in_its_table)
{
    size_t n;
    const struct ctl_command *const *all = ctl_commands(&n);
    for (size_t i = 0; i < n; i++) {
        size_t options = 0;
        for (const struct ctl_option *o = all[i]->options; o && o->name; o++, options++)
            if (!usage_names(all[i]->usage, o->name))
                CHECK_FAIL("%s: --%s is not in the usage", all[i]->name, o->name);
        if (options > CTL_OPTIONS_MAX)
            CHECK_FAIL("%s: %zu options, room for %d", all[i]->name, options, CTL_OPTIONS_MAX);
        size_t named = 0;
        for (const char *at = strstr(all[i]->usage, "--"); at; at = strstr(at + 2, "--"))
            named++;
        CHECK_INT(named, options);
    }
}

TEST(an_option_that_must_be_given_stands_without_brackets)
{
    size_t n;
    const struct ctl_command *const *all = ctl_commands(&n);
    for (size_t i = 0; i < n; i++) {
        for (const struct ctl_option *o = all[i]->options; o && o->name; o++) {
            char optional[64];
            snprintf(optional, sizeof(optional), "[--%s", o->name);
            if (o->required && strstr(all[i]->usage, optional))
                CHECK_FAIL("%s: --%s must be given", all[i]->name, o->name);
        }
    }
}

TEST(names_and_help_are_of_one_form)
{
    size_t n;
    const struct ctl_command *const *all = ctl_commands(&n);
    for (size_t i = 0; i < n; i++) {
        CHECK(all[i]->run != NULL);
        CHECK(all[i]->help[0] != '\0' && all[i]->help[strlen(all[i]->help) - 1] != '.');
        CHECK(strlen(all[i]->name) <= 24 && strlen(all[i]->help) <= 80);
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(all[i]->name, all[k]->name) != 0);
        for (const struct ctl_option *o = all[i]->options; o && o->name; o++) {
            CHECK((o->kind == CTL_FLAG) == (o->arg == NULL));
            for (const struct ctl_option *common = ctl_common_options; common->name; common++)
                CHECK(strcmp(o->name, common->name) != 0);
        }
    }
}
