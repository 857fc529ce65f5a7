#include "upload/record.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/record_fix.h"
#include "store/outbox_fix.h"

void record_wipe(struct outbox_record *r)
{
    mem_wipe(r, sizeof *r);
}

enum err record_read(struct store *s, const struct outbox_row *row, struct outbox_record *ret)
{
    CLEANUP(buf_wipe) struct buf json = buf_make(OUTBOX_BODY_MAX);
    enum err e = store_outbox_body(s, row->seq, &json);
    if (e == ERR_OK)
        e = record_from_json(buf_str(&json), json.n, ret);
    if (e == ERR_OK && ret->number == 0)
        ret->number = row->seq;
    return e;
}

enum err record_fix(struct store *s, const struct outbox_row *row, struct outbox_record *r,
                    bool *ret_fixed)
{
    CLEANUP(buf_wipe) struct buf json = buf_make(OUTBOX_FIX_MAX);
    enum err e = store_outbox_fix(s, row->seq, &json);
    if (e == ERR_OK)
        e = record_fix_apply(buf_str(&json), json.n, r);
    if (e == ERR_OK || e == ERR_NOT_FOUND)
        *ret_fixed = e == ERR_OK;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

_Static_assert(REGISTER_URL_SIZE == OUTBOX_URL_SIZE, "an address fits where it is kept");

static enum err get_url(struct store *s, const struct ulid *chain, const char *name,
                        char out[OUTBOX_URL_SIZE])
{
    enum err e = store_url_get(s, chain, name, out);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err record_refs(struct store *s, const struct ulid *chain, struct register_refs *ret)
{
    struct register_refs refs = { 0 };
    enum err e = get_url(s, chain, URL_ZAAK, refs.zaak);
    if (e == ERR_OK)
        e = get_url(s, chain, URL_ZAAKTYPE, refs.zaaktype);
    if (e == ERR_OK)
        e = get_url(s, chain, URL_TASK, refs.task);
    if (e == ERR_OK)
        *ret = refs;
    return e;
}

void record_step_done(struct register_step *step)
{
    if (step->body)
        mem_wipe(step->body, strlen(step->body));
    mem_free(step->body);
    *step = (struct register_step){ 0 };
}

enum err record_step(struct store *s, const struct outbox_step *from, struct register_step *ret)
{
    CLEANUP(buf_wipe) struct buf body = buf_make(OUTBOX_BODY_MAX);
    enum err e = store_step_body(s, from->outbox, from->n, &body);
    if (e)
        return e;
    struct register_step step = { .kind = register_step_kind_of(from->name) };
    snprintf(step.name, sizeof step.name, "%s", from->name);
    snprintf(step.key, sizeof step.key, "%s", from->key);
    step.body = mem_dup_n(buf_str(&body), body.n);
    if (!step.body)
        return ERR_NOMEM;
    record_step_done(ret);
    *ret = step;
    return ERR_OK;
}
