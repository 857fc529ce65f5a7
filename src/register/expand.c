#include "register/expand.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* A step's kind is told by its name up to the first dot. */
static const char *const kind_words[STEP_KIND_COUNT] = {
    [STEP_NONE] = "",
    [STEP_ZAAK] = "zaak",
    [STEP_ROL_INITIATOR] = "initiator",
    [STEP_ROL_BEHANDELAAR] = "behandelaar",
    [STEP_STATUS] = "status",
    [STEP_EIGENSCHAP] = "eigenschap",
    [STEP_KLANTCONTACT] = "klantcontact",
    [STEP_ADDRESS] = "adres",
    [STEP_TASK] = "internetaak",
    [STEP_TASK_DONE] = "verwerkt",
};

enum register_step_kind register_step_kind_of(const char *name)
{
    size_t n = strcspn(name, ".");
    for (int k = STEP_NONE + 1; k < STEP_KIND_COUNT; k++)
        if (strlen(kind_words[k]) == n && memcmp(kind_words[k], name, n) == 0)
            return (enum register_step_kind)k;
    return STEP_NONE;
}

void register_zaak_key(const struct outbox_record *r, char out[REGISTER_KEY_SIZE])
{
    snprintf(out, REGISTER_KEY_SIZE, "DYN-%02d-%s", r->kiosk, r->chain.s);
}

static void body_free(char *body)
{
    if (body)
        mem_wipe(body, strlen(body));
    mem_free(body);
}

void step_add(struct step_list *l, enum register_step_kind kind, const char *name, const char *key,
              struct buf *body)
{
    char *own = buf_take(body);
    if (!own || l->steps.n == REGISTER_STEPS_MAX) {
        body_free(own);
        l->failed = true;
        return;
    }
    struct register_step *s = &l->steps.v[l->steps.n++];
    *s = (struct register_step){ .kind = kind, .body = own };
    snprintf(s->name, sizeof s->name, "%s%s%s", kind_words[kind], name[0] ? "." : "", name);
    snprintf(s->key, sizeof s->key, "%s", key);
    snprintf(s->depends_on, sizeof s->depends_on, "%s", l->after ? l->after : "");
    l->after = s->name;
}

/* ---- writing a body ---- */

static void put_key(struct buf *b, const char *key)
{
    char last = b->n ? b->v[b->n - 1] : '{';
    if (last != '{' && last != '[')
        buf_addc(b, ',');
    if (!key)
        return;
    buf_addc(b, '"');
    buf_adds(b, key);
    buf_add(b, "\":", 2);
}

void put_open(struct buf *b, const char *key, char bracket)
{
    put_key(b, key);
    buf_addc(b, bracket);
}

void put_close(struct buf *b, char bracket)
{
    buf_addc(b, bracket);
}

void put_word(struct buf *b, const char *key, const char *text)
{
    put_key(b, key);
    buf_add_json(b, text);
}

void put_plain(struct buf *b, const char *key, const char *value)
{
    put_key(b, key);
    buf_adds(b, value);
}

void put_text(struct buf *b, const char *key, const char *text, size_t max)
{
    const char *end = text, *stop = text + strlen(text);
    for (size_t i = 0; i < max && end < stop; i++)
        (void)utf8_next(&end, stop);
    if (end == stop && end > text) {
        put_word(b, key, text);
    } else if (end > text) {
        CLEANUP(buf_wipe) struct buf cut = buf_make(BODY_MAX);
        buf_add(&cut, text, (size_t)(end - text));
        put_word(b, key, buf_str(&cut));
        b->failed = b->failed || cut.failed;
    }
}

enum err register_expand(const struct register_settings *s, const struct outbox_record *r,
                         const struct register_refs *refs, struct register_steps *ret_steps)
{
    if (record_check(r) != ERR_OK || r->number < 1)
        return ERR_INVAL;
    struct step_list l = { 0 };
    switch (s->profile) {
    case REGISTER_ZGW:
        zgw_expand(s, r, &l);
        break;
    case REGISTER_KLANTINTERACTIES:
        klant_expand(s, r, refs, &l);
        break;
    case REGISTER_NONE:
    case REGISTER_PROFILE_COUNT:
        return ERR_INVAL;
    }
    if (l.failed) {
        register_steps_done(&l.steps);
        return ERR_NOMEM;
    }
    *ret_steps = l.steps;
    return ERR_OK;
}

void register_steps_done(struct register_steps *steps)
{
    for (size_t i = 0; i < steps->n; i++)
        body_free(steps->v[i].body);
    *steps = (struct register_steps){ 0 };
}

void register_refs_note(struct register_refs *refs, enum register_step_kind kind, const char *result)
{
    char *to = kind == STEP_ZAAK           ? refs->zaak
               : kind == STEP_KLANTCONTACT ? refs->klantcontact
               : kind == STEP_TASK         ? refs->task
                                           : NULL;
    if (to)
        snprintf(to, REGISTER_URL_SIZE, "%s", result);
}
