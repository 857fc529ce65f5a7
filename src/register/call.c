#include "register/call.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "crypt/hmac.h"
#include "register/json.h"
#include "register/judge.h"

bool step_on_zaak(enum register_step_kind kind)
{
    return kind == STEP_ROL_INITIATOR || kind == STEP_ROL_BEHANDELAAR || kind == STEP_STATUS ||
           kind == STEP_EIGENSCHAP;
}

/*
 * What the server keeps no uniqueness for must be looked up before it is sent
 * again. The rest is sent again as it is: the server itself says that it is there.
 */
static bool looks_first(const struct register_try *t)
{
    switch (t->step->kind) {
    case STEP_EIGENSCHAP: /* is there one to change? */
        return true;
    case STEP_ROL_BEHANDELAAR:
    case STEP_ADDRESS:
        return t->unsure;
    case STEP_KLANTCONTACT: /* unique since Open Klant 2.16 only */
    case STEP_TASK:
        return t->always_look || t->unsure;
    case STEP_ZAAK:
    case STEP_ROL_INITIATOR:
    case STEP_STATUS:
    case STEP_TASK_DONE: /* a PATCH may be made twice */
    case STEP_NONE:
    case STEP_KIND_COUNT:
        break;
    }
    return false;
}

enum register_move register_first_move(const struct register_try *t)
{
    if (step_on_zaak(t->step->kind) && t->refs->zaak[0] == '\0')
        return MOVE_FIND;
    return looks_first(t) ? MOVE_LOOK : MOVE_SEND;
}

/* ---- the body: urls in the place of placeholders ---- */

/* "URL#betrokkene=UUID" -> UUID; "" without one. */
static const char *betrokkene_of(const char *klantcontact)
{
    const char *mark = strstr(klantcontact, "#betrokkene=");
    return mark ? mark + strlen("#betrokkene=") : "";
}

/* What stands for a placeholder, in `room`; NULL when it is not known. */
static const char *value_of(const struct register_try *t, const char *mark, char room[URL_TAIL_SIZE])
{
    const char *value = "";
    enum register_type type = register_type_of_mark(mark);
    if (type != TYPE_COUNT)
        value = t->types->url[type];
    else if (strcmp(mark, "{zaak}") == 0)
        value = t->refs->zaak;
    else if (strcmp(mark, "{betrokkene}") == 0)
        value = betrokkene_of(t->refs->klantcontact);
    else if (strcmp(mark, "{klantcontact}") == 0 && url_tail(t->refs->klantcontact, room))
        value = room;
    return value[0] ? value : NULL;
}

/* Whether the member name that ends at `end`, where its quote is, may have a placeholder for
 * its value. What a visitor typed never stands under these. */
static bool may_hold_placeholder(const char *body, const char *end)
{
    static const char *const keys[] = { "\"zaak",    "\"zaaktype",   "\"statustype",
                                        "\"roltype", "\"eigenschap", "\"uuid" };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        size_t n = strlen(keys[i]);
        if ((size_t)(end - body) > n && memcmp(end - n, keys[i], n) == 0)
            return true;
    }
    return false;
}

#define MARK_SIZE 64

/* Appends, as a JSON text, what the placeholder at `at` stands for. */
static enum err add_value(const struct register_try *t, const char *at, size_t n, struct buf *out)
{
    char mark[MARK_SIZE], room[URL_TAIL_SIZE];
    snprintf(mark, sizeof mark, "%.*s", (int)n, at);
    const char *value = n < MARK_SIZE ? value_of(t, mark, room) : NULL;
    if (!value)
        return ERR_NOT_FOUND;
    buf_add_json(out, value);
    return ERR_OK;
}

/*
 * The frozen body with its placeholders filled in; the rest goes byte for byte. A body has no
 * spaces between its parts and a quote inside a text has a backslash before it, so that the
 * four bytes looked for are always the end of a name and the start of its value.
 */
static enum err add_whole(const struct register_try *t, struct buf *out)
{
    static const char seam[] = "\":\"{";
    const char *body = t->step->body, *from = body;
    for (const char *at = strstr(body, seam); at; at = strstr(at + 1, seam)) {
        if (!may_hold_placeholder(body, at))
            continue;
        const char *value = at + sizeof seam - 2;
        size_t n = strcspn(value, "\"");
        buf_add(out, from, (size_t)(value - 1 - from));
        enum err e = add_value(t, value, n, out);
        if (e)
            return e;
        from = value + n + (value[n] != '\0');
    }
    buf_adds(out, from);
    return ERR_OK;
}

/* For a change of a property only its new value. */
static enum err add_change(const struct register_try *t, struct buf *out)
{
    json_t *o = json_loads(t->step->body, JSON_REJECT_DUPLICATES, NULL);
    const char *value = json_string_value(json_object_get(o, "waarde"));
    buf_adds(out, "{\"waarde\":");
    buf_add_json(out, value ? value : "");
    buf_adds(out, "}");
    json_decref(o);
    return value ? ERR_OK : ERR_FORMAT;
}

#define BODY_MAX (256 * 1024)

static enum err make_body(const struct register_try *t, enum register_move move, char **ret_body)
{
    CLEANUP(buf_wipe) struct buf out = buf_make(BODY_MAX);
    if (t->step->body[0] != '{')
        return ERR_FORMAT;
    enum err e = move == MOVE_CHANGE ? add_change(t, &out) : add_whole(t, &out);
    e = e ? e : buf_err(&out);
    if (!e)
        *ret_body = buf_take(&out);
    return e;
}

/* ---- the address ---- */

/* Appends text with everything but unreserved characters as %XX (RFC 3986). */
static void add_escaped(struct buf *b, const char *text)
{
    static const char plain[] =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~";
    for (; *text; text++)
        if (strchr(plain, *text))
            buf_addc(b, *text);
        else
            buf_addf(b, "%%%02X", (unsigned char)*text);
}

static void add_query(struct buf *b, const char *name, const char *value)
{
    buf_addf(b, "%c%s=", strchr(buf_str(b), '?') ? '&' : '?', name);
    add_escaped(b, value);
}

static void zaak_query(const struct register_try *t, struct buf *b)
{
    buf_addf(b, "%s/zaken", t->settings->zaken_url);
    add_query(b, "identificatie", t->zaak_key);
    add_query(b, "bronorganisatie", t->settings->rsin);
}

/* What hangs on a zaak: its collection, or where to look for one of it. */
static void zaak_part_url(const struct register_try *t, enum register_move move,
                          const char *collection, struct buf *b)
{
    if (move == MOVE_LOOK) {
        zaak_query(t, b);
        buf_adds(b, "&expand=rollen,status");
        return;
    }
    buf_addf(b, "%s/%s", t->settings->zaken_url, collection);
    if (move != MOVE_LIST)
        return;
    add_query(b, "zaak", t->refs->zaak);
    add_query(b, "pageSize", "500");
}

static void property_url(const struct register_try *t, enum register_move move, struct buf *b)
{
    char zaak[URL_TAIL_SIZE], target[URL_TAIL_SIZE];
    if (!url_tail(t->refs->zaak, zaak)) {
        b->failed = true;
        return;
    }
    buf_addf(b, "%s/zaken/%s/zaakeigenschappen", t->settings->zaken_url, zaak);
    if (move != MOVE_CHANGE)
        return;
    if (url_tail(t->target, target))
        buf_addf(b, "/%s", target);
    else
        b->failed = true;
}

static void klant_url(const struct register_try *t, bool look, const char *collection,
                      const char *query, const char *value, struct buf *b)
{
    buf_addf(b, "%s/%s", t->settings->klantinteracties_url, collection);
    if (look)
        add_query(b, query, value);
}

static void task_url(const struct register_try *t, bool look, struct buf *b)
{
    char contact[URL_TAIL_SIZE];
    if (url_tail(t->refs->klantcontact, contact))
        klant_url(t, look, "internetaken", "aanleidinggevendKlantcontact__uuid", contact, b);
    else
        b->failed = true;
}

static void task_done_url(const struct register_try *t, struct buf *b)
{
    char task[URL_TAIL_SIZE];
    if (url_tail(t->refs->task, task))
        buf_addf(b, "%s/internetaken/%s", t->settings->klantinteracties_url, task);
    else
        b->failed = true;
}

static void make_url(const struct register_try *t, enum register_move move, struct buf *b)
{
    bool look = move == MOVE_LOOK;
    if (move == MOVE_FIND) {
        zaak_query(t, b);
        return;
    }
    switch (t->step->kind) {
    case STEP_ZAAK:
        if (look)
            zaak_query(t, b);
        else
            buf_addf(b, "%s/zaken", t->settings->zaken_url);
        break;
    case STEP_ROL_INITIATOR:
    case STEP_ROL_BEHANDELAAR:
        zaak_part_url(t, move, "rollen", b);
        break;
    case STEP_STATUS:
        zaak_part_url(t, move, "statussen", b);
        break;
    case STEP_EIGENSCHAP:
        property_url(t, move, b);
        break;
    case STEP_KLANTCONTACT: /* by our ULID: works on every version of the server */
        klant_url(t, look, look ? "klantcontacten" : "maak-klantcontact",
                  "onderwerpobject__onderwerpobjectidentificatorObjectId", t->record, b);
        break;
    case STEP_ADDRESS:
        klant_url(t, look, "digitaleadressen", "referentie", t->step->key, b);
        break;
    case STEP_TASK:
        task_url(t, look, b);
        break;
    case STEP_TASK_DONE:
        task_done_url(t, b);
        break;
    case STEP_NONE:
    case STEP_KIND_COUNT:
        b->failed = true;
        break;
    }
}

enum err register_call_make(const struct register_try *t, enum register_move move,
                            struct register_call *ret_call)
{
    struct register_call c = { .method = "GET" };
    CLEANUP(buf_done) struct buf url = buf_make(sizeof c.url - 1);
    make_url(t, move, &url);
    if (buf_err(&url))
        return ERR_LIMIT;
    memcpy(c.url, buf_str(&url), url.n + 1);
    if (move == MOVE_SEND || move == MOVE_CHANGE) {
        bool patch = move == MOVE_CHANGE || t->step->kind == STEP_TASK_DONE;
        c.method = patch ? "PATCH" : "POST";
        enum err e = make_body(t, move, &c.body);
        if (e)
            return e;
        crypt_sha256(c.body, strlen(c.body), c.digest);
    }
    *ret_call = c;
    return ERR_OK;
}

void register_call_done(struct register_call *c)
{
    if (c->body)
        mem_wipe(c->body, strlen(c->body));
    mem_free(c->body);
    *c = (struct register_call){ 0 };
}
