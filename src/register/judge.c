#include "register/judge.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "register/json.h"

struct register_verdict verdict_done(struct register_try *t, const char *url)
{
    struct register_verdict v = { .kind = VERDICT_DONE, .retry_after_s = -1 };
    snprintf(v.result, sizeof v.result, "%s", url);
    t->unsure = false;
    return v;
}

struct register_verdict verdict_go_on(enum register_move move)
{
    return (struct register_verdict){ .kind = VERDICT_GO_ON, .move = move, .retry_after_s = -1 };
}

/* The body as it was frozen, to compare with what the register has. */
json_t *answer_frozen(const struct register_try *t)
{
    return json_loads(t->step->body, 0, NULL);
}

bool answer_same_instant(const char *a, const char *b)
{
    struct record_time x, y;
    return record_time_parse(a, &x) == ERR_OK && record_time_parse(b, &y) == ERR_OK && x.at == y.at;
}

bool answer_url_usable(const char *url)
{
    char tail[URL_TAIL_SIZE];
    return strlen(url) < REGISTER_URL_SIZE - 80 && url_tail(url, tail);
}

void note_zaak(struct register_try *t, const json_t *zaak)
{
    const char *type = json_text(zaak, "zaaktype");
    register_refs_note(t->refs, STEP_ZAAK, json_text(zaak, "url"));
    if (answer_url_usable(type))
        snprintf(t->refs->zaaktype, sizeof t->refs->zaaktype, "%s", type);
}

/* ---- a success: is it an answer to what we sent? ---- */

bool answer_echoes_value(const struct register_try *t, const json_t *o)
{
    json_t *sent = answer_frozen(t);
    bool same = json_text_is(o, "waarde", json_text(sent, "waarde"));
    json_decref(sent);
    return same;
}

bool answer_echoes(const struct register_try *t, const json_t *o)
{
    const char *key = t->step->key;
    switch (t->step->kind) {
    case STEP_ZAAK:
        return json_text_is(o, "identificatie", key);
    case STEP_ROL_INITIATOR:
        return url_same_tail(json_text(o, "zaak"), t->refs->zaak) &&
               json_text_is(json_object_get(o, "betrokkeneIdentificatie"), "anpIdentificatie", key);
    case STEP_ROL_BEHANDELAAR:
        return url_same_tail(json_text(o, "zaak"), t->refs->zaak) &&
               json_text_is(json_object_get(o, "betrokkeneIdentificatie"), "identificatie", key);
    case STEP_STATUS:
        return url_same_tail(json_text(o, "zaak"), t->refs->zaak) &&
               answer_same_instant(json_text(o, "datumStatusGezet"), key);
    case STEP_EIGENSCHAP:
        return answer_echoes_value(t, o);
    case STEP_KLANTCONTACT: /* before 2.16 our number is not kept, before 2.18 nor is metadata */
        return json_text_is(json_object_get(o, "metadata"), "kioskRecord", t->record) ||
               json_text_is(o, "referentienummer", key);
    case STEP_ADDRESS:
        return json_text_is(o, "referentie", key);
    case STEP_TASK:
        return json_text_is(o, "referentienummer", key) ||
               (json_text(o, "referentienummer")[0] == '\0' &&
                url_same_tail(json_text(json_object_get(o, "aanleidinggevendKlantcontact"), "url"),
                              t->refs->klantcontact));
    case STEP_TASK_DONE:
        return json_text_is(o, "status", "verwerkt");
    case STEP_NONE:
    case STEP_KIND_COUNT:
        break;
    }
    return false;
}

struct register_verdict verdict_done_contact(struct register_try *t, const json_t *contact,
                                             const char *betrokkene)
{
    char text[REGISTER_URL_SIZE];
    snprintf(text, sizeof text, "%s%s%.60s", json_text(contact, "url"),
             betrokkene[0] ? "#betrokkene=" : "", betrokkene);
    struct register_verdict v = verdict_done(t, text);
    v.ignores_reference = json_text(contact, "referentienummer")[0] == '\0';
    return v;
}

/* What may have arrived, but was answered with something that proves nothing. */
static struct register_verdict prove_it(struct register_try *t)
{
    t->unsure = true;
    if (t->step->kind != STEP_TASK_DONE)
        return verdict_go_on(MOVE_LOOK);
    struct register_verdict v = verdict_later((struct register_problem){ 0 }, "bad_answer");
    v.unsure = true;
    return v;
}

static struct register_verdict judge_success(struct register_try *t, const struct http_answer *a)
{
    json_t *whole = json_of_answer(a);
    const json_t *o = whole;
    const char *betrokkene = "";
    if (t->step->kind == STEP_KLANTCONTACT) {
        o = json_object_get(whole, "klantcontact");
        betrokkene = json_text(json_object_get(whole, "betrokkene"), "uuid");
    }
    struct register_verdict v;
    if (!answer_url_usable(json_text(o, "url")) || !answer_echoes(t, o))
        v = prove_it(t);
    else if (t->step->kind == STEP_KLANTCONTACT)
        v = verdict_done_contact(t, o, betrokkene);
    else
        v = verdict_done(t, json_text(o, "url"));
    if (v.kind == VERDICT_DONE && t->step->kind == STEP_ZAAK)
        note_zaak(t, o);
    json_decref(whole);
    return v;
}

/* ---- a refusal ---- */

struct codes {
    bool any, taken, all_passing;
    bool names_type;    /* one of our types is not taken */
    bool other_version; /* it is not of the zaaktype of this zaak */
};

/* What the codes of a 400 are about. */
static struct codes codes_of(const struct http_answer *a)
{
    static const char *const taken[] = { "identificatie-niet-uniek", "unique", "max-occurences" };
    static const char *const passing[] = { "date-in-future", "pending-relations", "bad-url" };
    static const char *const types[] = { "zaaktype", "statustype", "roltype", "eigenschap" };
    struct codes c = { .all_passing = true };
    json_t *o = json_of_answer(a), *p;
    size_t i;
    json_array_foreach(json_object_get(o, "invalidParams"), i, p)
    {
        bool passes = false;
        c.any = true;
        for (size_t k = 0; k < 3; k++) {
            c.taken = c.taken || json_text_is(p, "code", taken[k]);
            passes = passes || json_text_is(p, "code", passing[k]);
        }
        for (size_t k = 0; k < ARRAY_LEN(types); k++)
            c.names_type = c.names_type || json_text_is(p, "name", types[k]);
        c.other_version = c.other_version || json_text_is(p, "code", "zaaktype-mismatch");
        c.all_passing = c.all_passing && passes;
    }
    json_decref(o);
    return c;
}

static struct register_verdict judge_400(struct register_try *t, enum register_move move,
                                         const struct http_answer *a)
{
    struct register_problem p;
    if (!register_problem_read(a, &p)) /* not the register, but something before it */
        return verdict_later(p, "no_problem_body");
    struct codes c = codes_of(a);
    if (move == MOVE_LOOK && look_expands(t->step->kind)) /* a server that knows no expand */
        return verdict_go_on(MOVE_LIST);
    if (move != MOVE_SEND && move != MOVE_CHANGE)
        return verdict_stop(p, "look_refused");
    if (c.taken && move == MOVE_SEND && t->step->kind != STEP_EIGENSCHAP) {
        t->refused = true;
        return verdict_go_on(MOVE_LOOK);
    }
    if (c.other_version && step_on_zaak(t->step->kind) && !t->sought_version) {
        t->sought_version = true; /* the zaak itself says of which version it is */
        return verdict_go_on(MOVE_FIND);
    }
    bool stale = (c.names_type || c.other_version) && !t->fresh_types;
    struct register_verdict v = stale || (c.any && c.all_passing) ? verdict_later(p, "invalid")
                                                                  : judge_status(a, true);
    v.refresh_types = stale;
    return v;
}

/* Whether a refusal of this call can be about one thing: not a whole collection. */
static bool about_one(const struct register_try *t, enum register_move move)
{
    switch (t->step->kind) {
    case STEP_EIGENSCHAP:
        return move != MOVE_FIND;
    case STEP_ROL_INITIATOR:
    case STEP_ROL_BEHANDELAAR:
    case STEP_STATUS:
        return move == MOVE_SEND;
    case STEP_TASK_DONE:
        return true;
    case STEP_ZAAK:
    case STEP_KLANTCONTACT:
    case STEP_ADDRESS:
    case STEP_TASK:
    case STEP_NONE:
    case STEP_KIND_COUNT:
        break;
    }
    return false;
}

/* 404 on a collection says that the base address is wrong, whoever the call was about. */
static bool gone_counts(const struct register_try *t, enum register_move move, int status)
{
    bool whole = t->step->kind != STEP_EIGENSCHAP && t->step->kind != STEP_TASK_DONE;
    return about_one(t, move) && !(whole && (status == 404 || status == 410));
}

struct register_verdict register_judge(struct register_try *t, enum register_move move,
                                       const struct http_answer *a)
{
    bool writes = move == MOVE_SEND || move == MOVE_CHANGE;
    struct register_verdict v;
    if (a->fault || (a->status >= 300 && a->status != 400))
        v = judge_status(a, gone_counts(t, move, a->status));
    else if (a->status == 400)
        v = judge_400(t, move, a);
    else if (writes)
        v = judge_success(t, a);
    else
        v = judge_look(t, move, a);
    /* a failed look changes nothing about what an earlier send may have done */
    v.unsure = v.kind == VERDICT_TRANSIENT && ((writes && v.unsure) || t->unsure);
    if (v.kind == VERDICT_TRANSIENT)
        t->unsure = v.unsure;
    if (v.kind == VERDICT_GO_ON && ++t->moves >= REGISTER_MOVES_MAX) {
        v = verdict_later((struct register_problem){ .status = a->status }, "unsettled");
        v.unsure = true;
    }
    return v;
}
