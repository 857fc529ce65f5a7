#include "ctl/args.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/civil.h"

const struct ctl_option ctl_common_options[] = {
    { "config", CTL_FILE, "FILE", "configuration file (" CONFIG_DEFAULT_FILE ")", false },
    { "db", CTL_FILE, "FILE", "database (" CONFIG_DEFAULT_DB ")", false },
    { "now", CTL_TEXT, "TIME", "a clock that stands still at TIME; simulated databases only",
      false },
    { "json", CTL_FLAG, NULL, "one JSON object a line", false },
    { "help", CTL_FLAG, NULL, "help on this command", false },
    { 0 },
};

/* Place of word among "a|b|c", or -1. */
static int word_place(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (int place = 0;; place++) {
        size_t len = strcspn(words, "|");
        if (len == n && memcmp(words, word, n) == 0)
            return place;
        if (!words[len])
            return -1;
        words += len + 1;
    }
}

static bool read_count(const char *text, int64_t *ret_number)
{
    char *end;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    bool digits = text[0] >= '0' && text[0] <= '9';
    if (!digits || *end || errno || n > INT32_MAX)
        return false;
    *ret_number = n;
    return true;
}

/* NULL when the text is of the option's kind, else what it should be. */
static const char *read_value(const struct ctl_option *o, const char *text, int64_t *ret_number)
{
    civil_day day;
    int place;
    switch (o->kind) {
    case CTL_WORD:
        place = word_place(o->arg, text);
        *ret_number = place;
        return place < 0 ? "is not one of its words" : NULL;
    case CTL_COUNT:
        return read_count(text, ret_number) ? NULL : "is not a whole number";
    case CTL_DATE:
        if (civil_parse(text, &day) != ERR_OK)
            return "is not a date (YYYY-MM-DD)";
        *ret_number = day;
        return NULL;
    case CTL_TIME:
        return rfc3339_parse(text, ret_number) == ERR_OK
                   ? NULL
                   : "is not a time with its offset (2026-03-27T09:00:00+01:00)";
    case CTL_FLAG:
    case CTL_TEXT:
    case CTL_FILE:
        break;
    }
    return NULL;
}

/* The option named by n bytes; its place in the table. */
static const struct ctl_option *find_option(const struct ctl_option *table, const char *name,
                                            size_t n, size_t *ret_place)
{
    for (size_t i = 0; table && table[i].name; i++) {
        if (strncmp(table[i].name, name, n) == 0 && !table[i].name[n]) {
            *ret_place = i;
            return &table[i];
        }
    }
    return NULL;
}

static void take_common(struct ctl *c, const char *name, const char *value, bool *ret_help)
{
    if (strcmp(name, "config") == 0) {
        c->args.config = value;
        c->args.config_given = true;
    } else if (strcmp(name, "db") == 0) {
        c->args.db = value;
    } else if (strcmp(name, "now") == 0) {
        c->args.now = value;
    } else if (strcmp(name, "json") == 0) {
        c->json = true;
    } else {
        *ret_help = true;
    }
}

static bool take_own(struct ctl *c, const struct ctl_option *o, size_t place, const char *value)
{
    struct ctl_value *v = &c->values[place];
    if (v->given) {
        (void)ctl_misuse(c, "--%s is given twice", o->name);
        return false;
    }
    const char *fault = read_value(o, value, &v->number);
    if (fault) {
        (void)ctl_misuse(c, "--%s %s", o->name, fault);
        return false;
    }
    v->given = true;
    v->text = value;
    return true;
}

/* argv[*i] starts with "--": takes it, and its value behind it. */
static bool take_option(struct ctl *c, const char *const *argv, int argc, int *i, bool *ret_help)
{
    const char *name = argv[*i] + 2;
    size_t n = strcspn(name, "=");
    const char *value = name[n] ? name + n + 1 : NULL;
    size_t place = 0;
    bool common = false;
    const struct ctl_option *o = find_option(c->command->options, name, n, &place);
    if (!o) {
        o = find_option(ctl_common_options, name, n, &place);
        common = true;
    }
    if (!o) {
        (void)ctl_misuse(c, "no option --%.*s", (int)(n < 40 ? n : 40), name);
        return false;
    }
    if (o->kind == CTL_FLAG && value) {
        (void)ctl_misuse(c, "--%s takes no value", o->name);
        return false;
    }
    if (o->kind != CTL_FLAG && !value && ++*i < argc)
        value = argv[*i];
    if (o->kind != CTL_FLAG && !value) {
        (void)ctl_misuse(c, "--%s needs a value (%s)", o->name, o->arg);
        return false;
    }
    if (!common)
        return take_own(c, o, place, value ? value : "");
    take_common(c, o->name, value, ret_help);
    return true;
}

static bool complete(const struct ctl *c)
{
    for (size_t i = 0; c->command->options && c->command->options[i].name; i++) {
        const struct ctl_option *o = &c->command->options[i];
        if (o->required && !c->values[i].given) {
            (void)ctl_misuse(c, "--%s %s is missing", o->name, o->arg);
            return false;
        }
    }
    if (c->operands_n < c->command->operands && !c->command->operands_fewer) {
        (void)ctl_misuse(c, "something is missing behind the command");
        return false;
    }
    return true;
}

bool ctl_args_parse(struct ctl *c, int argc, const char *const *argv, bool *ret_help)
{
    bool options = true;
    for (int i = 0; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (options && argv[i][0] == '-' && argv[i][1] == '-') {
            if (!take_option(c, argv, argc, &i, ret_help))
                return false;
        } else if (options && argv[i][0] == '-' && argv[i][1]) {
            (void)ctl_misuse(c, "no option %.8s", argv[i]);
            return false;
        } else if (c->operands_n < c->command->operands) {
            c->operands[c->operands_n++] = argv[i];
        } else {
            (void)ctl_misuse(c, "one word too many");
            return false;
        }
    }
    return *ret_help || complete(c);
}
