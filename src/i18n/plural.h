/*
 * src/i18n/plural.h - which form of a word goes with a number.
 *
 * The rule is the Plural-Forms line of a catalog: a C expression over n, as
 * gettext's manual ("Plural forms") defines it. It is compiled to a list of
 * stack operations once and then only run.
 */
#ifndef I18N_PLURAL_H
#define I18N_PLURAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

#define PLURAL_FORMS_MAX 8
#define PLURAL_OPS_MAX 128
#define PLURAL_STACK_MAX 32

struct plural_op {
    unsigned char code; /* enum op of plural.c */
    uint64_t value;     /* of a number */
};

struct plural {
    int n_forms; /* 1..PLURAL_FORMS_MAX */
    size_t n_ops;
    struct plural_op ops[PLURAL_OPS_MAX];
};

/* "nplurals=2; plural=(n != 1);". ERR_FORMAT: not of that form, out of the
 * bounds above, or nested too deeply. */
NODISCARD enum err plural_parse(const char *rule, struct plural *ret_plural);
/* Which form: 0..n_forms-1; a rule that points outside them means form 0.
 * Dividing by zero gives 0, as no rule in use does it. */
int plural_form(const struct plural *p, uint64_t n);

#endif
