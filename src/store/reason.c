#include "store/reason.h"

#include <string.h>

#include "base/log.h"

enum err reason_seal(struct store *s, const struct sealed_at *at, const char *reason,
                     struct reason_sealed *ret)
{
    struct sealed sealed;
    ret->n = 0;
    if (!reason || !reason[0])
        return ERR_OK;
    enum err e = people_seal_note(s, at, reason, &sealed);
    if (e == ERR_DENIED && s->house)
        return ERR_OK;
    if (e != ERR_OK)
        return e;
    for (int i = 0; i < REASON_DAY_BYTES; i++)
        ret->v[i] = (unsigned char)((uint32_t)at->day >> (8 * i));
    memcpy(ret->v + REASON_DAY_BYTES, sealed.v, sealed.n);
    ret->n = REASON_DAY_BYTES + sealed.n;
    return ERR_OK;
}

void reason_read(struct stmt *q, int column, const char *table, const char *row,
                 char ret[STORE_REASON_SIZE])
{
    size_t n = 0;
    const unsigned char *v = col_blob(q, column, &n);
    uint32_t day = 0;
    ret[0] = '\0';
    if (!v || n <= REASON_DAY_BYTES || !q->s->house)
        return;
    for (int i = 0; i < REASON_DAY_BYTES; i++)
        day |= (uint32_t)v[i] << (8 * i);
    const struct sealed_at at = { .day = (civil_day)day, .table = table, .row = row };
    enum err e = people_open_note(q->s, &at, v + REASON_DAY_BYTES, n - REASON_DAY_BYTES, ret,
                                  STORE_REASON_SIZE);
    if (e == ERR_CORRUPT)
        log_error("store.reason", e, row);
    if (e != ERR_OK)
        ret[0] = '\0';
}
