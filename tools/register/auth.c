/* Who may ask: the JWT of the ZGW APIs, the token of Klantinteracties, the CRS headers. */
#include <string.h>

#include "base/buf.h"
#include "crypt/hmac.h"
#include "serve.h"

#define JWT_MAX 4096
#define JWT_AGE_S 3600

static struct reply let_in(void)
{
    return (struct reply){ 0, NULL };
}

static struct reply refuse(struct server *s, const char *code)
{
    return reply_problem(s, 403, code, "Authenticatiegegevens zijn niet in orde.");
}

/* One part of a JWT, base64url of a JSON object; NULL when it is not. */
static json_t *open_part(const char *part, size_t n)
{
    CLEANUP(buf_done) struct buf bytes = buf_make(JWT_MAX);
    if (crypt_base64url_open(&bytes, part, n) != ERR_OK)
        return NULL;
    return json_loadb(buf_str(&bytes), bytes.n, 0, NULL);
}

static bool signed_with(const char *secret, const char *token, const char *dot)
{
    unsigned char mac[CRYPT_HMAC_SIZE];
    crypt_hmac_sha256(secret, strlen(secret), token, (size_t)(dot - token), mac);
    CLEANUP(buf_done) struct buf want = buf_make(64);
    crypt_base64url(&want, mac, sizeof mac);
    return strcmp(buf_str(&want), dot + 1) == 0;
}

/* The checks of a decoded token, in the real register's order. */
static struct reply check_claims(struct server *s, const json_t *head, const json_t *claims,
                                 bool good_mac)
{
    const char *alg = json_string_value(json_object_get(head, "alg"));
    const char *client = json_string_value(json_object_get(claims, "client_id"));
    const json_t *iat = json_object_get(claims, "iat");
    if (!alg || strcmp(alg, "HS256") != 0)
        return refuse(s, "jwt-decode-error");
    if (!client)
        return refuse(s, "missing-client-identifier");
    if (strcmp(client, s->options.client_id) != 0)
        return refuse(s, "invalid-client-identifier");
    if (!good_mac)
        return refuse(s, "invalid-jwt-signature");
    if (!json_is_integer(iat))
        return refuse(s, "jwt-missing-iat");
    utc_ms made = json_integer_value(iat) * SECOND_MS;
    utc_ms now = clock_wall_ms(&s->clock);
    if (s->clock.simulated && made > now) /* the other side's simulated time went on */
        clock_advance(&s->clock, made - now);
    else if (now - made >= JWT_AGE_S * SECOND_MS)
        return refuse(s, "jwt-expired");
    return let_in();
}

static struct reply check_jwt(struct server *s, const char *token)
{
    const char *first = strchr(token, '.');
    const char *second = first ? strchr(first + 1, '.') : NULL;
    if (!second || strlen(token) > JWT_MAX)
        return refuse(s, "jwt-decode-error");
    json_t *head = open_part(token, (size_t)(first - token));
    json_t *claims = open_part(first + 1, (size_t)(second - first - 1));
    struct reply r = head && claims
                         ? check_claims(s, head, claims, signed_with(s->options.secret, token, second))
                         : refuse(s, "jwt-decode-error");
    json_decref(head);
    json_decref(claims);
    return r;
}

static struct reply check_crs(struct server *s, const struct call *c)
{
    static const char *const headers[] = { "Accept-Crs", "Content-Crs" };
    bool writes = strcmp(c->method, "GET") != 0;
    for (size_t i = 0; i < (writes ? 2u : 1u); i++) {
        const char *value = call_header(c, headers[i]);
        if (!value)
            return reply_problem(s, 412, "precondition_failed", "CRS header ontbreekt.");
        if (strcmp(value, "EPSG:4326") != 0)
            return reply_problem(s, 406, "not_acceptable", "CRS wordt niet ondersteund.");
    }
    return let_in();
}

static struct reply check_token(struct server *s, const char *header)
{
    size_t n = strlen(s->options.token);
    bool ok = header && strncmp(header, "Token ", 6) == 0 && strlen(header + 6) == n &&
              crypt_same(header + 6, s->options.token, n);
    return ok ? let_in()
              : reply_problem(s, 401, "authentication_failed", "Ongeldige authenticatiegegevens.");
}

bool auth_holds(const struct server *s, const char *scopes)
{
    if (!s->options.scopes)
        return true;
    for (const char *at = scopes; *at; at += strcspn(at, ",") + (strchr(at, ',') != NULL))
        if (has_word(s->options.scopes, at, strcspn(at, ",")))
            return true;
    return false;
}

/* Of which scopes a call needs one, as the published documents say. */
static const char *scopes_of(const struct call *c)
{
    if (strncmp(c->path, CATALOGI, strlen(CATALOGI)) == 0)
        return "catalogi.lezen";
    if (strcmp(c->method, "GET") == 0)
        return "zaken.lezen";
    if (strcmp(c->path, ZAKEN "/zaken") == 0)
        return "zaken.aanmaken";
    if (strcmp(c->path, ZAKEN "/statussen") == 0)
        return "zaken.aanmaken,zaken.statussen.toevoegen,zaken.heropenen";
    return "zaken.bijwerken,zaken.geforceerd-bijwerken";
}

struct reply auth_check(struct server *s, const struct call *c)
{
    const char *header = call_header(c, "Authorization");
    if (strncmp(c->path, KLANT, strlen(KLANT)) == 0)
        return check_token(s, header);
    if (!header || strncmp(header, "Bearer ", 7) != 0)
        return refuse(s, "not_authenticated");
    struct reply r = check_jwt(s, header + 7);
    bool geo = strncmp(c->path, ZAKEN "/zaken", strlen(ZAKEN "/zaken")) == 0 &&
               !strstr(c->path, "/zaakeigenschappen");
    if (r.status == 0 && geo)
        r = check_crs(s, c);
    if (r.status == 0 && !auth_holds(s, scopes_of(c)))
        r = reply_problem(s, 403, "permission_denied", "Je hebt geen toestemming voor deze actie.");
    return r;
}
