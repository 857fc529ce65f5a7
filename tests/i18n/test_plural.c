#include "i18n/plural.h"

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "tests/lib/check.h"

/* The rules that gettext's manual and Unicode CLDR give for our languages, and
 * the form of some numbers, worked out by hand. */
static const struct {
    const char *lang;
    const char *rule;
    const char *forms; /* "number:form ..." */
} languages[] = {
    { "nl en bg es", "nplurals=2; plural=(n != 1);", "0:1 1:0 2:1 11:1 21:1 101:1" },
    { "tr fa ti", "nplurals=2; plural=(n > 1);", "0:0 1:0 2:1 100:1" },
    { "pap", "nplurals=1; plural=0;", "0:0 1:0 2:0" },
    { "pl",
      "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
      "0:2 1:0 2:1 4:1 5:2 11:2 12:2 14:2 15:2 21:2 22:1 25:2 101:2 102:1 112:2 122:1" },
    { "uk",
      "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || "
      "n%100>14) ? 1 : 2);",
      "0:2 1:0 2:1 5:2 11:2 12:2 21:0 22:1 25:2 101:0 111:2 121:0" },
    { "ro", "nplurals=3; plural=(n==1 ? 0 : n==0 || (n!=1 && n%100>=1 && n%100<=19) ? 1 : 2);",
      "0:1 1:0 2:1 19:1 20:2 100:2 101:1 119:1 120:2" },
    { "ar",
      "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
      "n%100>=11 ? 4 : 5);",
      "0:0 1:1 2:2 3:3 10:3 11:4 99:4 100:5 101:5 102:5 103:3 111:4 200:5" },
};

TEST(every_language_of_ours_counts_as_its_grammar_says)
{
    for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
        struct plural p;
        CHECK_OK(plural_parse(languages[i].rule, &p));
        for (const char *s = languages[i].forms; s; s = strchr(s, ' ')) {
            unsigned long n;
            int form;
            CHECK_INT(sscanf(s, "%lu:%d", &n, &form), 2);
            if (plural_form(&p, n) != form)
                CHECK_FAIL("%s: %lu gives form %d, not %d", languages[i].lang, n,
                           plural_form(&p, n), form);
            s += *s == ' ';
        }
    }
}

static const struct {
    const char *expression;
    int n, value;
} sums[] = {
    { "n", 3, 3 },
    { "1+2*3", 0, 7 },
    { "(1+2)*2", 0, 6 },
    { "7-2-1", 0, 4 },
    { "7 % 4 / 2", 0, 1 },
    { "5/0 + 1", 0, 1 },
    { "n%0", 5, 0 },
    { "!n", 0, 1 },
    { "!!n", 5, 1 },
    { "!n + 1", 5, 1 },
    { "1 || 0 && 0", 0, 1 },
    { "1 < 2 == 1", 0, 1 },
    { "n ? 1 : n ? 2 : 3", 0, 3 },
    { "n ? n == 1 ? 4 : 5 : 6", 1, 4 },
    { "n ? n == 1 ? 4 : 5 : 6", 2, 5 },
    { "n<=3", 3, 1 },
    { "n>=4", 3, 0 },
};

TEST(operators_bind_as_in_C)
{
    for (size_t i = 0; i < ARRAY_LEN(sums); i++) {
        char rule[100];
        struct plural p;
        (void)snprintf(rule, sizeof(rule), "nplurals=8; plural=%s;\n", sums[i].expression);
        CHECK_OK(plural_parse(rule, &p));
        if (plural_form(&p, (uint64_t)sums[i].n) != sums[i].value)
            CHECK_FAIL("%s with n = %d gives %d", sums[i].expression, sums[i].n,
                       plural_form(&p, (uint64_t)sums[i].n));
    }
}

TEST(a_form_that_is_not_there_becomes_the_first)
{
    struct plural p;
    CHECK_OK(plural_parse("nplurals=2; plural=n;", &p));
    CHECK_INT(plural_form(&p, 1), 1);
    CHECK_INT(plural_form(&p, 2), 0);
    CHECK_INT(plural_form(&p, UINT64_MAX), 0);
}

TEST(what_is_no_rule_is_refused)
{
    static const char *const bad[] = {
        "", "plural=0;", "nplurals=0; plural=0;", "nplurals=9; plural=0;", "nplurals=2; plural=;",
        "nplurals=2; plural=n=1;", "nplurals=2; plural=m;", "nplurals=2; plural=(n;",
        "nplurals=2; plural=n);", "nplurals=2; plural=n?1;", "nplurals=2; plural=n 1;",
        "nplurals=2; plural=n &&;", "nplurals=2; plural=1234567890;", "nplurals=2; plural=-1;",
        "nplurals=2; plural=n; more", "nplurals=2", "nplurals=2;plural=exit(1)",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct plural p = { .n_forms = 77 };
        if (plural_parse(bad[i], &p) != ERR_FORMAT)
            CHECK_FAIL("accepted: %s", bad[i]);
        CHECK_INT(p.n_forms, 77);
    }
}

TEST(depth_and_length_are_bounded)
{
    char rule[1000] = "nplurals=2; plural=";
    struct plural p;
    memset(rule + 19, '(', 900);
    CHECK_ERR(plural_parse(rule, &p), ERR_FORMAT);
    memset(rule + 19, '!', 900);
    CHECK_ERR(plural_parse(rule, &p), ERR_FORMAT);
    for (size_t i = 19; i < 919; i += 2)
        memcpy(rule + i, "n+", 2);
    CHECK_ERR(plural_parse(rule, &p), ERR_FORMAT);
}

TEST(no_text_makes_the_parser_crash)
{
    static const char letters[] = "n0123456789+-*/%!()?:<>=&| ";
    struct rng rng = rng_seeded(check_seed());
    long accepted = 0;
    for (long round = check_rounds(20000); round > 0; round--) {
        char rule[100] = "nplurals=8; plural=";
        size_t n = 19 + rng_below(&rng, 12);
        for (size_t i = 19; i < n; i++)
            rule[i] = letters[rng_below(&rng, sizeof(letters) - 1)];
        struct plural p;
        if (plural_parse(rule, &p) != ERR_OK)
            continue;
        accepted++;
        int form = plural_form(&p, rng_u64(&rng));
        CHECK(form >= 0 && form < 8);
    }
    CHECK(accepted > 0);
}
