/* GET /_dump: everything the stand-in holds, for tests to count. */
#include <string.h>

#include "catalog.h"
#include "serve.h"

static const struct {
    const char *kind, *name;
} kinds[] = { { "zaak", "zaken" },
              { "rol", "rollen" },
              { "status", "statussen" },
              { "eigenschap", "zaakeigenschappen" },
              { "klantcontact", "klantcontacten" },
              { "digitaaladres", "digitaleadressen" },
              { "internetaak", "internetaken" } };

static void copy(json_t *to, const json_t *from, const char *const keys[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (json_object_get(from, keys[i]))
            json_object_set(to, keys[i], json_object_get(from, keys[i]));
}

static json_t *roles_of(struct server *s, const char *zaak)
{
    static const char *const keys[] = { "omschrijvingGeneriek", "betrokkeneType",
                                        "afwijkendeNaamBetrokkene", "contactpersoonRol",
                                        "betrokkeneIdentificatie" };
    json_t *all = db_list(&s->db, "rol", zaak), *out = json_array();
    size_t i;
    json_t *one;
    json_array_foreach(all, i, one)
    {
        json_t *o = json_object();
        copy(o, one, keys, ARRAY_LEN(keys));
        json_array_append_new(out, o);
    }
    json_decref(all);
    return out;
}

/* The type behind a path that is stored. */
static const char *type_name(enum catalog_kind kind, const json_t *o, const char *key)
{
    char url[200] = "http://x";
    const char *path = json_string_value(json_object_get(o, key));
    strncat(url, path, sizeof url - strlen(url) - 1);
    const struct catalog_type *t = catalog_find(kind, url);
    return t ? t->name : "";
}

static json_t *statuses_of(struct server *s, const char *zaak)
{
    static const char *const keys[] = { "datumStatusGezet", "statustoelichting" };
    json_t *all = db_list(&s->db, "status", zaak), *out = json_array();
    size_t i;
    json_t *one;
    json_array_foreach(all, i, one)
    {
        json_t *o = json_pack("{s:s}", "status", type_name(CATALOG_STATUS, one, "statustype"));
        copy(o, one, keys, ARRAY_LEN(keys));
        json_array_append_new(out, o);
    }
    json_decref(all);
    return out;
}

static json_t *properties_of(struct server *s, const char *zaak)
{
    static const char *const keys[] = { "waarde" };
    json_t *all = db_list(&s->db, "eigenschap", zaak), *out = json_array();
    size_t i;
    json_t *one;
    json_array_foreach(all, i, one)
    {
        json_t *o = json_pack("{s:s}", "naam", type_name(CATALOG_PROPERTY, one, "eigenschap"));
        copy(o, one, keys, ARRAY_LEN(keys));
        json_array_append_new(out, o);
    }
    json_decref(all);
    return out;
}

static json_t *zaken(struct server *s)
{
    static const char *const keys[] = { "identificatie", "bronorganisatie", "omschrijving",
                                        "toelichting",   "startdatum",      "registratiedatum",
                                        "einddatum",     "kenmerken",       "url" };
    json_t *all = db_list(&s->db, "zaak", NULL), *out = json_array();
    size_t i;
    json_t *zaak;
    json_array_foreach(all, i, zaak)
    {
        const char *uuid = json_string_value(json_object_get(zaak, "uuid"));
        json_t *o = json_object();
        copy(o, zaak, keys, ARRAY_LEN(keys));
        json_object_set_new(o, "rollen", roles_of(s, uuid));
        json_object_set_new(o, "statussen", statuses_of(s, uuid));
        json_object_set_new(o, "eigenschappen", properties_of(s, uuid));
        json_array_append_new(out, o);
    }
    json_decref(all);
    return out;
}

struct reply dump(struct server *s)
{
    json_t *counts = json_object(), *o = json_object();
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        json_object_set_new(counts, kinds[i].name, json_integer(db_count(&s->db, kinds[i].kind)));
    json_object_set_new(o, "counts", counts);
    json_object_set_new(o, "zaken", zaken(s));
    for (size_t i = 4; i < ARRAY_LEN(kinds); i++)
        json_object_set_new(o, kinds[i].name, db_list(&s->db, kinds[i].kind, NULL));
    return reply_ok(200, o);
}
