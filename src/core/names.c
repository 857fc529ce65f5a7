#include "core/names.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "core/letters.h"

#define MARKS_MAX 3 /* in a row; Vietnamese and vocalised Arabic need two or three */

/* Words before a surname that are no part of its sorting name. "'t" and "’t"
 * are the same; compared in folded form. */
static const char *const infix_words[] = {
    "van", "de",   "den",  "der",  "het", "'t", "'s",  "ter",  "ten",  "te",  "op",  "in",
    "aan", "bij",  "uit",  "over", "tot", "toe", "von", "zu",   "zum",  "zur", "du",  "des",
    "la",  "le",   "les",  "di",   "da",  "dal", "del", "dela", "della", "dos", "das", "do",
    "el",  "al",   "ul",   "bin",  "ben", "ibn", "bint", "abu", "voor", "onder",
};

static bool is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019;
}

/* Whether cp may stand in a name at all. */
static bool in_name(uint32_t cp)
{
    return cp == ' ' || cp == '-' || is_apostrophe(cp) || letter_is(cp) || letter_is_mark(cp);
}

/* How many marks the text ends with, and whether a letter stands before them. */
static int marks_at_end(const char *s, bool *ret_letter)
{
    int marks = 0;
    bool letter = false;
    for (const char *end = s + strlen(s); s < end;) {
        uint32_t cp = utf8_next(&s, end);
        if (letter_is_mark(cp)) {
            marks++;
        } else {
            marks = 0;
            letter = letter_is(cp);
        }
    }
    *ret_letter = letter;
    return marks;
}

bool may_add_to_name(const char *current, uint32_t cp)
{
    size_t n = strlen(current);
    char last = n == 0 ? ' ' : current[n - 1];
    if (!in_name(cp) || utf8_count(current) >= PERSON_NAME_LETTERS)
        return false;
    if (cp == ' ' || cp == '-')
        return last != ' ' && last != '-';
    if (letter_is_mark(cp)) {
        bool letter = false;
        return marks_at_end(current, &letter) < MARKS_MAX && letter;
    }
    return true;
}

enum err name_clean(const char *typed, char *out, size_t n)
{
    char clean[PERSON_NAME_SIZE];
    size_t len = 0, count = 0, letters = 0, marks = 0;
    bool gap = false;
    for (const char *end = typed + strlen(typed); typed < end;) {
        const char *from = typed;
        uint32_t cp = utf8_next(&typed, end);
        if (cp == UTF8_BAD || !in_name(cp))
            return ERR_FORMAT;
        marks = letter_is_mark(cp) ? marks + 1 : 0;
        if (marks > MARKS_MAX || (marks > 0 && (letters == 0 || gap)))
            return ERR_FORMAT;
        if (cp == ' ') {
            gap = len > 0;
            continue;
        }
        count += gap ? 2 : 1;
        if (count > PERSON_NAME_LETTERS)
            return ERR_LIMIT;
        if (gap)
            clean[len++] = ' ';
        gap = false;
        letters += letter_is(cp);
        memcpy(clean + len, from, (size_t)(typed - from));
        len += (size_t)(typed - from);
    }
    if (letters == 0)
        return ERR_INVAL;
    if (len >= n)
        return ERR_LIMIT;
    memcpy(out, clean, len);
    out[len] = '\0';
    return ERR_OK;
}

/* Adds the folded form of one code point; apostrophes only when asked for. */
static void add_folded(struct buf *b, uint32_t cp, bool apostrophes)
{
    uint32_t folded[LETTER_FOLD_MAX];
    char bytes[4];
    if (is_apostrophe(cp)) {
        if (apostrophes)
            buf_addc(b, '\'');
        return;
    }
    size_t n = letter_fold(cp, folded);
    for (size_t i = 0; i < n; i++)
        buf_add(b, bytes, utf8_put(folded[i], bytes));
}

static bool is_infix_word(const char *s, size_t n)
{
    CLEANUP(buf_done) struct buf word = buf_make(64);
    for (const char *end = s + n; s < end;)
        add_folded(&word, utf8_next(&s, end), true);
    for (size_t i = 0; i < ARRAY_LEN(infix_words); i++)
        if (strcmp(buf_str(&word), infix_words[i]) == 0)
            return true;
    return false;
}

/* The length of the leading infix words with their separators, one word left
 * over; never more than `most` bytes of words. */
static size_t infix_length(const char *name, const char *separators, size_t most)
{
    size_t at = 0;
    for (;;) {
        size_t word = strcspn(name + at, separators);
        if (name[at + word] == '\0' || at + word > most || !is_infix_word(name + at, word))
            return at;
        size_t next = at + word + strspn(name + at + word, separators);
        if (name[next] == '\0')
            return at;
        at = next;
    }
}

void name_split(const char *surname, char infix[PERSON_INFIX_SIZE], char family[PERSON_NAME_SIZE])
{
    size_t n = infix_length(surname, " ", PERSON_INFIX_SIZE - 1);
    size_t rest = strlen(surname + n);
    if (rest >= PERSON_NAME_SIZE)
        rest = PERSON_NAME_SIZE - 1; /* a tidy name never is that long */
    memmove(family, surname + n, rest);
    family[rest] = '\0';
    size_t words = n > 0 ? n - 1 : 0; /* without the space behind */
    memcpy(infix, surname, words);
    infix[words] = '\0';
}

bool name_is_infix(const char *s)
{
    for (;;) {
        size_t word = strcspn(s, " ");
        if (!is_infix_word(s, word))
            return false;
        if (s[word] == '\0')
            return true;
        s += word + 1;
    }
}

enum err name_key(const char *name, char *out, size_t n)
{
    CLEANUP(buf_wipe) struct buf key = buf_make(n > 0 ? n - 1 : 0);
    for (const char *s = name, *end = name + strlen(name); s < end;) {
        uint32_t cp = utf8_next(&s, end);
        if (cp != ' ' && cp != '-' && cp != UTF8_BAD)
            add_folded(&key, cp, false);
    }
    if (n == 0)
        return ERR_LIMIT;
    if (!key.failed)
        memcpy(out, buf_str(&key), key.n + 1);
    return buf_err(&key);
}

/* "vandenberg" is how "van den Berg" is typed by who leaves out the spaces. */
static size_t fast_infix_length(const char *key)
{
    static const char *const fast[] = { "vanden", "vander", "vande", "vanhet", "vant", "van" };
    for (size_t i = 0; i < ARRAY_LEN(fast); i++) {
        size_t n = strlen(fast[i]);
        if (strncmp(key, fast[i], n) == 0 && utf8_count(key + n) >= 3)
            return n;
    }
    return 0;
}

enum err name_key_without_infix(const char *name, char *out, size_t n)
{
    enum err e = name_key(name + infix_length(name, " -", PERSON_NAME_SIZE), out, n);
    if (e != ERR_OK)
        return e;
    size_t fast = fast_infix_length(out);
    memmove(out, out + fast, strlen(out + fast) + 1);
    return ERR_OK;
}
