#include "i18n/plural.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum op {
    OP_NUMBER, OP_N, OP_NOT,
    OP_MUL, OP_DIV, OP_MOD, OP_ADD, OP_SUB,
    OP_LT, OP_GT, OP_LE, OP_GE, OP_EQ, OP_NE, OP_AND, OP_OR,
    OP_CHOOSE, /* condition, then, else */
};

/* Binary operators by how tightly they bind, loosest first. A longer sign stands
 * before the shorter one that it starts with. */
static const struct binary {
    const char *sign;
    int level;
    enum op op;
} binaries[] = {
    { "||", 0, OP_OR }, { "&&", 1, OP_AND }, { "==", 2, OP_EQ }, { "!=", 2, OP_NE },
    { "<=", 3, OP_LE }, { ">=", 3, OP_GE },  { "<", 3, OP_LT },  { ">", 3, OP_GT },
    { "+", 4, OP_ADD }, { "-", 4, OP_SUB },  { "*", 5, OP_MUL }, { "/", 5, OP_DIV },
    { "%", 5, OP_MOD },
};
#define LEVELS 6
#define DEPTH_MAX 24 /* of brackets, nots and choices: bounds the recursion */

struct parser {
    const char *at;
    int depth;
    struct plural *out;
};

static bool parse_choice(struct parser *p);

static void skip_space(struct parser *p)
{
    p->at += strspn(p->at, " \t");
}

static bool take(struct parser *p, const char *sign)
{
    skip_space(p);
    size_t n = strlen(sign);
    if (strncmp(p->at, sign, n) != 0)
        return false;
    p->at += n;
    return true;
}

static bool emit(struct parser *p, enum op op, uint64_t value)
{
    if (p->out->n_ops == PLURAL_OPS_MAX)
        return false;
    p->out->ops[p->out->n_ops++] = (struct plural_op){ (unsigned char)op, value };
    return true;
}

static bool parse_number(struct parser *p)
{
    uint64_t value = 0;
    int digits = 0;
    for (; *p->at >= '0' && *p->at <= '9'; p->at++, digits++)
        value = value * 10 + (uint64_t)(*p->at - '0');
    return digits >= 1 && digits <= 9 && emit(p, OP_NUMBER, value);
}

static bool parse_unary(struct parser *p)
{
    if (++p->depth > DEPTH_MAX)
        return false;
    bool ok;
    if (take(p, "!"))
        ok = parse_unary(p) && emit(p, OP_NOT, 0);
    else if (take(p, "("))
        ok = parse_choice(p) && take(p, ")");
    else if (take(p, "n"))
        ok = emit(p, OP_N, 0);
    else
        ok = parse_number(p);
    p->depth--;
    return ok;
}

static const struct binary *take_binary(struct parser *p, int level)
{
    for (size_t i = 0; i < ARRAY_LEN(binaries); i++)
        if (binaries[i].level == level && take(p, binaries[i].sign))
            return &binaries[i];
    return NULL;
}

static bool parse_binary(struct parser *p, int level)
{
    if (level == LEVELS)
        return parse_unary(p);
    if (!parse_binary(p, level + 1))
        return false;
    for (const struct binary *b; (b = take_binary(p, level));)
        if (!parse_binary(p, level + 1) || !emit(p, b->op, 0))
            return false;
    return true;
}

static bool parse_choice(struct parser *p)
{
    if (++p->depth > DEPTH_MAX)
        return false;
    bool ok = parse_binary(p, 0);
    if (ok && take(p, "?"))
        ok = parse_choice(p) && take(p, ":") && parse_choice(p) && emit(p, OP_CHOOSE, 0);
    p->depth--;
    return ok;
}

/* The operations have no jumps, so the height of the stack is known beforehand. */
static bool stack_fits(const struct plural *p)
{
    int height = 0;
    for (size_t i = 0; i < p->n_ops; i++) {
        enum op op = (enum op)p->ops[i].code;
        if (op == OP_NUMBER || op == OP_N)
            height++;
        else if (op == OP_CHOOSE)
            height -= 2;
        else if (op != OP_NOT)
            height--;
        if (height < 1 || height > PLURAL_STACK_MAX)
            return false;
    }
    return height == 1;
}

enum err plural_parse(const char *rule, struct plural *ret_plural)
{
    struct plural out = { 0 };
    struct parser p = { .at = rule, .out = &out };
    if (!take(&p, "nplurals") || !take(&p, "="))
        return ERR_FORMAT;
    skip_space(&p);
    if (*p.at < '1' || *p.at > '0' + PLURAL_FORMS_MAX)
        return ERR_FORMAT;
    out.n_forms = *p.at++ - '0';
    if (!take(&p, ";") || !take(&p, "plural") || !take(&p, "=") || !parse_choice(&p))
        return ERR_FORMAT;
    (void)take(&p, ";"); /* usual, not required */
    skip_space(&p);
    if ((*p.at != '\0' && *p.at != '\n') || !stack_fits(&out))
        return ERR_FORMAT;
    *ret_plural = out;
    return ERR_OK;
}

static uint64_t apply(enum op op, uint64_t a, uint64_t b)
{
    switch (op) {
    case OP_MUL: return a * b;
    case OP_DIV: return b ? a / b : 0;
    case OP_MOD: return b ? a % b : 0;
    case OP_ADD: return a + b;
    case OP_SUB: return a - b;
    case OP_LT: return a < b;
    case OP_GT: return a > b;
    case OP_LE: return a <= b;
    case OP_GE: return a >= b;
    case OP_EQ: return a == b;
    case OP_NE: return a != b;
    case OP_AND: return a && b;
    case OP_OR: return a || b;
    case OP_NUMBER:
    case OP_N:
    case OP_NOT:
    case OP_CHOOSE: break;
    }
    return 0;
}

int plural_form(const struct plural *p, uint64_t n)
{
    uint64_t s[PLURAL_STACK_MAX + 1] = { 0 };
    size_t top = 0; /* values on the stack */
    for (size_t i = 0; i < p->n_ops; i++) {
        enum op op = (enum op)p->ops[i].code;
        if (op == OP_NUMBER || op == OP_N) {
            s[top++] = op == OP_N ? n : p->ops[i].value;
        } else if (op == OP_NOT) {
            s[top - 1] = !s[top - 1];
        } else if (op == OP_CHOOSE) {
            top -= 2;
            s[top - 1] = s[top - 1] ? s[top] : s[top + 1];
        } else {
            top--;
            s[top - 1] = apply(op, s[top - 1], s[top]);
        }
    }
    return s[0] < (uint64_t)p->n_forms ? (int)s[0] : 0;
}
