/* What a look found: is it there, is it ours, and is it as it was sent? */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "register/judge.h"
#include "register/json.h"

static struct register_verdict conflict(void)
{
    return (struct register_verdict){ .kind = VERDICT_PERMANENT, .retry_after_s = -1,
                                      .problem = { .status = 200, .code = "key_conflict" } };
}

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
    if (!answer_same_instant(json_text(o, "datumStatusGezet"), t->step->key))
        return FOUND_OTHER;
    json_t *sent = answer_frozen(t);
    enum register_type type = register_type_of_mark(json_text(sent, "statustype"));
    json_decref(sent);
    return ours_if(type != TYPE_COUNT &&
                   url_same_tail(json_text(o, "statustype"), t->types->url[type]));
}

/* A role of the kind that the step would make. */
static bool is_such_role(const struct register_try *t, const json_t *o)
{
    bool initiator = t->step->kind == STEP_ROL_INITIATOR;
    if (json_text(o, "omschrijvingGeneriek")[0])
        return json_text_is(o, "omschrijvingGeneriek", initiator ? "initiator" : "behandelaar");
    enum register_type type = initiator ? TYPE_ROL_INITIATOR : TYPE_ROL_BEHANDELAAR;
    return url_same_tail(json_text(o, "roltype"), t->types->url[type]);
}

/* By its type: the name that a catalogue gives it may be cut. */
static enum found compare_property(const struct register_try *t, const json_t *o)
{
    json_t *sent = answer_frozen(t);
    enum register_type type = register_type_of_mark(json_text(sent, "eigenschap"));
    json_decref(sent);
    if (type == TYPE_COUNT || !url_same_tail(json_text(o, "eigenschap"), t->types->url[type]))
        return FOUND_OTHER;
    return answer_echoes_value(t, o) ? FOUND_OURS : FOUND_OLD_VALUE;
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
        return is_such_role(t, o) ? ours_if(answer_echoes(t, o)) : FOUND_OTHER;
    case STEP_STATUS:
        return compare_status(t, o);
    case STEP_EIGENSCHAP:
        return compare_property(t, o);
    case STEP_TASK:
        return compare_task(t, o);
    case STEP_ROL_BEHANDELAAR:
        return is_such_role(t, o) && answer_echoes(t, o) ? FOUND_OURS : FOUND_OTHER;
    case STEP_KLANTCONTACT:
    case STEP_ADDRESS:
        return answer_echoes(t, o) ? FOUND_OURS : FOUND_OTHER;
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
        note_zaak(t, o);
    if (move == MOVE_FIND)
        return verdict_go_on(register_first_move(t));
    if (t->step->kind == STEP_KLANTCONTACT)
        return verdict_done_contact(
            t, o, json_text(json_array_get(json_object_get(o, "hadBetrokkenen"), 0), "uuid"));
    return verdict_done(t, url);
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
    return verdict_go_on(MOVE_SEND);
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
        if (!answer_url_usable(json_text(o, "url")))
            return verdict_later((struct register_problem){ .status = 200 }, "bad_answer");
        if (f == FOUND_OURS)
            return found_ours(t, move, o);
        snprintf(t->target, sizeof t->target, "%s", json_text(o, "url"));
        return verdict_go_on(MOVE_CHANGE);
    }
    return found_nothing(t, move);
}

/* ---- what hangs on a zaak: the roles and the last status that came with it ---- */

/* Our zaak among those that a look listed; false: *ret_verdict says why there is none. */
static bool pick_zaak(struct register_try *t, const json_t *list, const json_t **ret_zaak,
                      struct register_verdict *ret_verdict)
{
    size_t i;
    json_t *o;
    json_array_foreach(list, i, o)
    {
        enum found f = compare_zaak(t, o);
        if (f == FOUND_FOREIGN) {
            *ret_verdict = conflict();
            return false;
        }
        if (f == FOUND_OURS) {
            *ret_zaak = o;
            return true;
        }
    }
    *ret_verdict = found_nothing(t, MOVE_LOOK);
    return false;
}

static struct register_verdict judge_roles(struct register_try *t, const json_t *zaak)
{
    const json_t *whole = json_object_get(json_object_get(zaak, "_expand"), "rollen");
    const json_t *urls = json_object_get(zaak, "rollen");
    bool known = json_array_size(whole) > 0 || (json_is_array(urls) && json_array_size(urls) == 0);
    return known ? judge_list(t, MOVE_LOOK, whole) : verdict_go_on(MOVE_LIST);
}

/*
 * Only the last status is shown. One after ours says nothing about ours; but a register that
 * refused ours for its instant has it, as the zaak is ours and nobody else counts in its
 * milliseconds.
 */
static struct register_verdict judge_covered(struct register_try *t, const json_t *zaak)
{
    if (t->refused && answer_url_usable(json_text(zaak, "url")))
        return verdict_done(t, json_text(zaak, "url"));
    struct register_verdict v = verdict_go_on(MOVE_SEND);
    v.covered = true;
    return v;
}

static struct register_verdict judge_last_status(struct register_try *t, const json_t *zaak)
{
    json_t *last = json_object_get(json_object_get(zaak, "_expand"), "status");
    struct record_time there, ours;
    if (json_text(last, "datumStatusGezet")[0] == '\0')
        return json_is_null(json_object_get(zaak, "status")) ? found_nothing(t, MOVE_LOOK)
                                                             : verdict_go_on(MOVE_LIST);
    bool readable = record_time_parse(json_text(last, "datumStatusGezet"), &there) == ERR_OK &&
                    record_time_parse(t->step->key, &ours) == ERR_OK;
    if (!readable)
        return verdict_later((struct register_problem){ .status = 200 }, "bad_answer");
    if (there.at > ours.at)
        return judge_covered(t, zaak);
    json_t *one = json_pack("[O]", last);
    struct register_verdict v = judge_list(t, MOVE_LOOK, one);
    json_decref(one);
    return v;
}

bool look_expands(enum register_step_kind kind)
{
    return kind == STEP_ROL_INITIATOR || kind == STEP_ROL_BEHANDELAAR || kind == STEP_STATUS;
}

static struct register_verdict judge_in_zaak(struct register_try *t, const json_t *list)
{
    const json_t *zaak = NULL;
    struct register_verdict v;
    if (!pick_zaak(t, list, &zaak, &v))
        return v;
    return t->step->kind == STEP_STATUS ? judge_last_status(t, zaak) : judge_roles(t, zaak);
}

struct register_verdict judge_look(struct register_try *t, enum register_move move,
                                   const struct http_answer *a)
{
    json_t *o = json_of_answer(a);
    /* properties come as a bare list, everything else in pages */
    const json_t *list = json_is_object(o) ? json_object_get(o, "results") : o;
    struct register_verdict v;
    if (!json_is_array(list))
        v = verdict_later((struct register_problem){ .status = a->status }, "bad_answer");
    else if (move == MOVE_LOOK && look_expands(t->step->kind))
        v = judge_in_zaak(t, list);
    else
        v = judge_list(t, move, list);
    json_decref(o);
    return v;
}
