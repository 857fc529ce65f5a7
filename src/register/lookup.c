/* Looks up the types of a run in the catalogue. */
#include <stdio.h>
#include <string.h>

#include "core/record.h"
#include "register/judge.h"
#include "register/json.h"
#include "register/link.h"

/* GETs one list of the catalogue; a new reference to its results, or NULL with *v set. */
static json_t *get_list(struct register_link *l, const char *url, struct register_verdict *v)
{
    struct register_call c = { .method = "GET" };
    struct http_answer a = { 0 };
    if ((size_t)snprintf(c.url, sizeof c.url, "%s", url) >= sizeof c.url ||
        register_link_exchange(l, &c, &a) != ERR_OK) {
        *v = verdict_later((struct register_problem){ 0 }, "local");
        return NULL;
    }
    json_t *list = NULL;
    if (a.fault || a.status != 200) {
        *v = judge_status(&a, false);
        if (v->kind == VERDICT_PERMANENT) /* our question is wrong, not a record */
            v->kind = VERDICT_STOP;
    } else {
        json_t *o = json_of_answer(&a);
        list = json_incref(json_object_get(o, "results"));
        json_decref(o);
        if (!json_is_array(list)) {
            *v = verdict_later((struct register_problem){ .status = a.status }, "bad_answer");
            json_decref(list);
            list = NULL;
        }
    }
    http_answer_done(&a);
    return list;
}

static bool take_url(const json_t *o, char out[REGISTER_URL_SIZE])
{
    char tail[URL_TAIL_SIZE];
    const char *url = json_text(o, "url");
    if (strlen(url) >= REGISTER_URL_SIZE || !url_tail(url, tail))
        return false;
    snprintf(out, REGISTER_URL_SIZE, "%s", url);
    return true;
}

static bool load_zaaktype(struct register_link *l, struct register_verdict *v,
                          struct register_types *types)
{
    const struct register_settings *s = l->settings;
    char url[REGISTER_CALL_URL_SIZE], day[RECORD_TIME_SIZE];
    record_time_text((struct record_time){ clock_wall_ms(l->clock), 0 }, false, day);
    snprintf(url, sizeof url,
             "%s/zaaktypen?identificatie=%s&status=definitief&datumGeldigheid=%.10s",
             s->catalogi_url, s->zaaktype, day);
    json_t *list = get_list(l, url, v), *o;
    size_t i;
    json_array_foreach(list, i, o)
    {
        /* a server that ignores our filters does not get to choose the type */
        if (json_text_is(o, "identificatie", s->zaaktype) &&
            !json_is_true(json_object_get(o, "concept")) && take_url(o, types->url[TYPE_ZAAK]))
            break;
    }
    bool ok = list != NULL;
    json_decref(list);
    return ok;
}

/* The name, or as much of it as the Catalogi API has room for in an eigenschap. */
#define NAAM_MAX 20
static bool named(const json_t *o, const char *key, const char *name)
{
    char cut[NAAM_MAX + 1];
    snprintf(cut, sizeof cut, "%s", name);
    return json_text_is(o, key, name) || (strcmp(key, "naam") == 0 && json_text_is(o, key, cut));
}

/* One list of types: which of ours it holds, and the key that names them there. */
struct lookup {
    const char *collection, *key;
    enum register_type first, last;
};

static bool load_kind(struct register_link *l, const struct lookup *k, struct register_verdict *v,
                      struct register_types *types)
{
    char url[REGISTER_CALL_URL_SIZE];
    /* by identificatie: the published document calls the zaaktype itself an integer */
    snprintf(url, sizeof url, "%s/%s?zaaktypeIdentificatie=%s&status=definitief&pageSize=500",
             l->settings->catalogi_url, k->collection, l->settings->zaaktype);
    json_t *list = get_list(l, url, v), *o;
    size_t i;
    json_array_foreach(list, i, o)
    {
        for (int t = (int)k->first; t <= (int)k->last; t++)
            if (url_same_tail(json_text(o, "zaaktype"), types->url[TYPE_ZAAK]) &&
                named(o, k->key, register_type_name((enum register_type)t)))
                (void)take_url(o, types->url[t]);
    }
    bool ok = list != NULL;
    json_decref(list);
    return ok;
}

/* True when nothing of this kind is known: a list of the catalogue is read once. */
static bool unknown(const struct register_types *types, const struct lookup *k)
{
    for (int t = (int)k->first; t <= (int)k->last; t++)
        if (types->url[t][0])
            return false;
    return true;
}

enum err register_types_load(struct register_link *l, struct register_verdict *ret_verdict,
                             struct register_types *types)
{
    static const struct lookup kinds[] = {
        { "statustypen", "omschrijving", TYPE_STATUS_REGISTERED, TYPE_STATUS_NO_SHOW },
        { "roltypen", "omschrijvingGeneriek", TYPE_ROL_INITIATOR, TYPE_ROL_BEHANDELAAR },
        { "eigenschappen", "naam", TYPE_PROP_APPOINTMENT, TYPE_PROP_REMINDER },
    };
    if (l->settings->profile != REGISTER_ZGW)
        return ERR_OK;
    if (types->url[TYPE_ZAAK][0] == '\0' && !load_zaaktype(l, ret_verdict, types))
        return ERR_NET;
    for (size_t i = 0; types->url[TYPE_ZAAK][0] && i < ARRAY_LEN(kinds); i++)
        if (unknown(types, &kinds[i]) && !load_kind(l, &kinds[i], ret_verdict, types))
            return ERR_NET;
    enum register_type first;
    if (register_types_missing(types, &first) == 0)
        return ERR_OK;
    *ret_verdict = verdict_stop((struct register_problem){ .status = 200 }, "type_missing");
    snprintf(ret_verdict->problem.params, sizeof ret_verdict->problem.params, "%s",
             register_type_name(first));
    return ERR_NOT_FOUND;
}
