/*
 * src/i18n/mo.h - one `.mo` catalog in memory.
 *
 * The format of gettext's manual ("The Format of GNU MO Files"), both byte
 * orders, revision 0. Everything is checked when it is opened, so that looking
 * up needs no checks: offsets inside the file, closing NULs, UTF-8, rising
 * order, the plural rule. The file's hash table is not used: the sorted list is
 * searched by halves.
 */
#ifndef I18N_MO_H
#define I18N_MO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "i18n/plural.h"

#define MO_BYTES_MAX (4u * 1024 * 1024)

struct mo {
    struct buf file;
    bool swapped;       /* the other byte order than this machine's */
    uint32_t n;         /* texts */
    uint32_t keys;      /* offset of the list of English texts */
    uint32_t values;    /* offset of the list of translations */
    struct plural rule;
};

/*
 * ERR_NOT_FOUND  no such file
 * ERR_IO         it cannot be read
 * ERR_LIMIT      over MO_BYTES_MAX, or no memory
 * ERR_FORMAT     damaged, or not UTF-8
 */
NODISCARD enum err mo_open(const char *path, struct mo *ret_mo);
void mo_done(struct mo *mo);

/* The translation of a key (a context, \004 and the English text; or the text
 * alone); NULL when there is none. It lives as long as the catalog. */
const char *mo_find(const struct mo *mo, const char *key);
/* The form of a plural that goes with n. */
const char *mo_find_plural(const struct mo *mo, const char *one, uint64_t n);

#endif
