#include "register/judge.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "register/json.h"

static struct register_verdict done(struct register_try *t, const char *url)
{
    struct register_verdict v = { .kind = VERDICT_DONE, .retry_after_s = -1 };
    snprintf(v.result, sizeof v.result, "%s", url);
    t->unsure = false;
    return v;
}

static struct register_verdict go_on(enum register_move move)
{
    return (struct register_verdict){ .kind = VERDICT_GO_ON, .move = move, .retry_after_s = -1 };
}

static struct register_verdict conflict(void)
{
    return (struct register_verdict){ .kind = VERDICT_PERMANENT, .retry_after_s = -1,
                                      .problem = { .status = 200, .code = "key_conflict" } };
}

/* The body as it was frozen, to compare with what the register has. */
static json_t *frozen(const struct register_try *t)
{
    return json_loads(t->step->body, 0, NULL);
}

static bool same_instant(const char *a, const char *b)
{
    struct record_time x, y;
    return record_time_parse(a, &x) == ERR_OK && record_time_parse(b, &y) == ERR_OK && x.at == y.at;
}

static bool usable_url(const char *url)
{
    char tail[URL_TAIL_SIZE];
    return strlen(url) < REGISTER_URL_SIZE - 80 && url_tail(url, tail);
}

/* ---- a success: is it an answer to what we sent? ---- */

static bool echoes_property(const struct register_try *t, const json_t *o)
{
    json_t *sent = frozen(t);
    bool same = json_text_is(o, "waarde", json_text(sent, "waarde"));
    json_decref(sent);
    return same;
}

/* True when the thing in the answer is the one that the step is about. */
static bool echoes(const struct register_try *t, const json_t *o)
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
               same_instant(json_text(o, "datumStatusGezet"), key);
    case STEP_EIGENSCHAP:
        return echoes_property(t, o);
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

/* The result of a klantcontact: its url, and the uuid of who it is about. */
static struct register_verdict done_contact(struct register_try *t, const json_t *contact,
                                            const char *betrokkene)
{
    char text[REGISTER_URL_SIZE];
    snprintf(text, sizeof text, "%s%s%.60s", json_text(contact, "url"),
             betrokkene[0] ? "#betrokkene=" : "", betrokkene);
    struct register_verdict v = done(t, text);
    v.ignores_reference = json_text(contact, "referentienummer")[0] == '\0';
    return v;
}

/* What may have arrived, but was answered with something that proves nothing. */
static struct register_verdict prove_it(struct register_try *t)
{
    t->unsure = true;
    if (t->step->kind != STEP_TASK_DONE)
        return go_on(MOVE_LOOK);
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
    if (!usable_url(json_text(o, "url")) || !echoes(t, o))
        v = prove_it(t);
    else if (t->step->kind == STEP_KLANTCONTACT)
        v = done_contact(t, o, betrokkene);
    else
        v = done(t, json_text(o, "url"));
    json_decref(whole);
    return v;
}

/* ---- what a look found ---- */

static bool ours_by_kenmerk(const struct register_try *t, const json_t *zaak)
{
    size_t i;
    json_t *k;
    json_array_foreach(json_object_get(zaak, "kenmerken"), i, k)
    {
        if (json_text_is(k, "kenmerk", t->chain) && json_text_is(k, "bron", "Dynamo kiosk"))
            return true;
    }
    return false;
}

enum found { FOUND_OTHER, FOUND_OURS, FOUND_FOREIGN, FOUND_OLD_VALUE };

static enum found ours_if(bool ours)
{
    return ours ? FOUND_OURS : FOUND_FOREIGN;
}

static enum found compare_zaak(const struct register_try *t, const json_t *o)
{
    if (!json_text_is(o, "identificatie", t->zaak_key) ||
        !json_text_is(o, "bronorganisatie", t->settings->rsin))
        return FOUND_OTHER;
    return ours_if(ours_by_kenmerk(t, o));
}

static enum found compare_status(const struct register_try *t, const json_t *o)
{
    if (!same_instant(json_text(o, "datumStatusGezet"), t->step->key))
        return FOUND_OTHER;
    json_t *sent = frozen(t);
    enum register_type type = register_type_of_mark(json_text(sent, "statustype"));
    json_decref(sent);
    return ours_if(type != TYPE_COUNT &&
                   url_same_tail(json_text(o, "statustype"), t->types->url[type]));
}

/* By its type: the name that a catalogue gives it may be cut. */
static enum found compare_property(const struct register_try *t, const json_t *o)
{
    json_t *sent = frozen(t);
    enum register_type type = register_type_of_mark(json_text(sent, "eigenschap"));
    json_decref(sent);
    if (type == TYPE_COUNT || !url_same_tail(json_text(o, "eigenschap"), t->types->url[type]))
        return FOUND_OTHER;
    return echoes_property(t, o) ? FOUND_OURS : FOUND_OLD_VALUE;
}

/* The list is of our klantcontact's tasks; before 2.16 they carry no number. */
static enum found compare_task(const struct register_try *t, const json_t *o)
{
    char ours[URL_TAIL_SIZE];
    bool of_contact = url_tail(t->refs->klantcontact, ours) &&
                      json_text_is(json_object_get(o, "aanleidinggevendKlantcontact"), "uuid", ours);
    const char *number = json_text(o, "referentienummer");
    return of_contact && (number[0] == '\0' || strcmp(number, t->step->key) == 0) ? FOUND_OURS
                                                                                   : FOUND_OTHER;
}

/* Whether one of the things that a look listed is what the step is about. */
static enum found compare(const struct register_try *t, enum register_move move, const json_t *o)
{
    if (move == MOVE_FIND)
        return compare_zaak(t, o);
    switch (t->step->kind) {
    case STEP_ZAAK:
        return compare_zaak(t, o);
    case STEP_ROL_INITIATOR: /* there is one at most: it is ours or somebody else's */
        return ours_if(echoes(t, o));
    case STEP_STATUS:
        return compare_status(t, o);
    case STEP_EIGENSCHAP:
        return compare_property(t, o);
    case STEP_TASK:
        return compare_task(t, o);
    case STEP_ROL_BEHANDELAAR:
    case STEP_KLANTCONTACT:
    case STEP_ADDRESS:
        return echoes(t, o) ? FOUND_OURS : FOUND_OTHER;
    case STEP_TASK_DONE:
    case STEP_NONE:
    case STEP_KIND_COUNT:
        break;
    }
    return FOUND_OTHER;
}

static struct register_verdict found_ours(struct register_try *t, enum register_move move,
                                          const json_t *o)
{
    const char *url = json_text(o, "url");
    if (move == MOVE_FIND || t->step->kind == STEP_ZAAK)
        register_refs_note(t->refs, STEP_ZAAK, url);
    if (move == MOVE_FIND)
        return go_on(register_first_move(t));
    if (t->step->kind == STEP_KLANTCONTACT)
        return done_contact(
            t, o, json_text(json_array_get(json_object_get(o, "hadBetrokkenen"), 0), "uuid"));
    return done(t, url);
}

static struct register_verdict found_nothing(struct register_try *t, enum register_move move)
{
    if (move == MOVE_FIND)
        return (struct register_verdict){ .kind = VERDICT_PERMANENT, .retry_after_s = -1,
                                          .problem = { .status = 200, .code = "zaak_missing" } };
    /* refused for its key, but not there under our name: the key is somebody else's */
    if (t->refused)
        return conflict();
    t->unsure = false;
    return go_on(MOVE_SEND);
}

static struct register_verdict judge_list(struct register_try *t, enum register_move move,
                                          const json_t *list)
{
    size_t i;
    json_t *o;
    json_array_foreach(list, i, o)
    {
        enum found f = compare(t, move, o);
        if (f == FOUND_OTHER)
            continue;
        if (f == FOUND_FOREIGN)
            return conflict();
        if (!usable_url(json_text(o, "url")))
            return verdict_later((struct register_problem){ .status = 200 }, "bad_answer");
        if (f == FOUND_OURS)
            return found_ours(t, move, o);
        snprintf(t->target, sizeof t->target, "%s", json_text(o, "url"));
        return go_on(MOVE_CHANGE);
    }
    return found_nothing(t, move);
}

static struct register_verdict judge_look(struct register_try *t, enum register_move move,
                                          const struct http_answer *a)
{
    json_t *o = json_of_answer(a);
    /* properties come as a bare list, everything else in pages */
    const json_t *list = json_is_object(o) ? json_object_get(o, "results") : o;
    struct register_verdict v =
        json_is_array(list) ? judge_list(t, move, list)
                            : verdict_later((struct register_problem){ .status = a->status },
                                            "bad_answer");
    json_decref(o);
    return v;
}

/* ---- a refusal ---- */

struct codes {
    bool any, taken, all_passing, names_type;
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
    if (move != MOVE_SEND && move != MOVE_CHANGE)
        return verdict_stop(p, "look_refused");
    if (c.taken && move == MOVE_SEND && t->step->kind != STEP_EIGENSCHAP) {
        t->refused = true;
        return go_on(MOVE_LOOK);
    }
    struct register_verdict v = c.any && c.all_passing ? verdict_later(p, "invalid")
                                                       : judge_status(a, true);
    v.refresh_types = c.names_type;
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
