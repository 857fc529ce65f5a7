#include "i18n/i18n.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "i18n/mo.h"
#include "i18n/pseudo.h"

#define LANGS_MAX 32
#define ENGLISH "en"

/* A catalog per language, opened once; `none` marks one that is not there. A
 * pointer is written once, so readers need no lock. */
static _Atomic(const struct mo *) catalogs[LANGS_MAX];
static const struct mo none;
static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;

static _Thread_local const struct i18n_lang *current; /* NULL is English */

static const struct mo *open_catalog(const char *code)
{
    char name[64];
    char path[4096];
    (void)snprintf(name, sizeof(name), "locale/%s.mo", code);
    struct mo *mo = mem_calloc(1, sizeof(*mo));
    enum err e = mo ? path_asset(name, path, sizeof(path)) : ERR_NOMEM;
    if (e == ERR_OK)
        e = mo_open(path, mo);
    if (e == ERR_OK)
        return mo;
    mem_free(mo);
    if (strcmp(code, ENGLISH) != 0 || e != ERR_NOT_FOUND) /* English needs no file */
        log_error("i18n.catalog", e, code);
    return &none;
}

/* NULL when the language has no catalog. */
static const struct mo *catalog(const struct i18n_lang *lang)
{
    size_t n;
    const struct i18n_lang *first = i18n_langs(&n);
    size_t i = (size_t)(lang - first);
    if (lang->pseudo || i >= LANGS_MAX)
        return NULL;
    const struct mo *mo = atomic_load_explicit(&catalogs[i], memory_order_acquire);
    if (!mo) {
        pthread_mutex_lock(&opening);
        mo = atomic_load_explicit(&catalogs[i], memory_order_relaxed);
        if (!mo) {
            mo = open_catalog(lang->code);
            atomic_store_explicit(&catalogs[i], mo, memory_order_release);
        }
        pthread_mutex_unlock(&opening);
    }
    return mo == &none ? NULL : mo;
}

void i18n_use(const char *lang)
{
    current = i18n_lang(lang);
}

const struct i18n_lang *i18n_current(void)
{
    if (!current)
        current = i18n_lang(ENGLISH);
    return current;
}

bool i18n_lang_ready(const char *code)
{
    const struct i18n_lang *lang = i18n_lang(code);
    return lang && (lang->pseudo || strcmp(code, ENGLISH) == 0 || catalog(lang));
}

const char *i18n_keyed(const char *key, const char *msgid)
{
    const struct i18n_lang *lang = i18n_current();
    if (lang->pseudo)
        return pseudo_text(msgid);
    const struct mo *mo = *msgid ? catalog(lang) : NULL; /* "" is the catalog's head */
    const char *s = mo ? mo_find(mo, key) : NULL;
    return s ? s : msgid;
}

const char *i18n_text(const char *msgid)
{
    return i18n_keyed(msgid, msgid);
}

const char *i18n_msg(struct i18n_msg m)
{
    return i18n_keyed(m.key, m.msgid);
}

bool i18n_has(const char *msgid)
{
    const struct mo *mo = *msgid ? catalog(i18n_current()) : NULL;
    return mo && mo_find(mo, msgid);
}

const char *i18n_plural(const char *one, const char *many, long n)
{
    const struct i18n_lang *lang = i18n_current();
    unsigned long count = n < 0 ? 0ul - (unsigned long)n : (unsigned long)n;
    const char *english = count == 1 ? one : many;
    if (lang->pseudo)
        return pseudo_text(english);
    const struct mo *mo = *one ? catalog(lang) : NULL;
    const char *s = mo ? mo_find_plural(mo, one, count) : NULL;
    return s ? s : english;
}
