#include "register/link.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "register/jwt.h"

#define TOKEN_LIFE_MS (30 * MINUTE_MS) /* servers take one for an hour */

void register_link_init(struct register_link *l, const struct register_settings *s,
                        const struct http_port *port, const struct clock *clock)
{
    *l = (struct register_link){ .settings = s, .port = port, .clock = clock };
}

void register_link_done(struct register_link *l)
{
    mem_wipe(l->token, sizeof l->token);
    *l = (struct register_link){ 0 };
}

static enum err make_bearer(struct register_link *l, utc_ms now)
{
    const struct register_settings *s = l->settings;
    CLEANUP(buf_wipe) struct buf text = buf_make(sizeof l->token - 1);
    struct jwt_claims claims = { .iss = s->client_id,
                                 .iat_s = now / SECOND_MS,
                                 .client_id = s->client_id,
                                 .user_id = s->client_id,
                                 .user_representation = "Dynamo kiosk" };
    buf_adds(&text, "Bearer ");
    enum err e = jwt_make(&claims, s->secret, &text);
    if (!e)
        memcpy(l->token, buf_str(&text), text.n + 1);
    return e;
}

static enum err refresh_token(struct register_link *l)
{
    utc_ms now = clock_wall_ms(l->clock);
    utc_ms age = now - l->token_at;
    if (l->token[0] && age >= 0 && age < TOKEN_LIFE_MS)
        return ERR_OK;
    l->token_at = now;
    if (l->settings->profile == REGISTER_ZGW)
        return make_bearer(l, now);
    snprintf(l->token, sizeof l->token, "Token %s", l->settings->secret);
    return ERR_OK;
}

enum err register_link_start(struct register_link *l, const struct register_call *call,
                             http_done_fn *done, void *ctx)
{
    enum err e = refresh_token(l);
    if (e)
        return e;
    struct http_header headers[5];
    struct http_request r = { .method = call->method, .url = call->url, .headers = headers,
                              .body = call->body, .n_body = call->body ? strlen(call->body) : 0 };
    headers[r.n_headers++] = (struct http_header){ "Authorization", l->token };
    headers[r.n_headers++] = (struct http_header){ "Accept", "application/json" };
    if (call->body)
        headers[r.n_headers++] = (struct http_header){ "Content-Type", "application/json" };
    if (l->settings->profile == REGISTER_ZGW) {
        headers[r.n_headers++] = (struct http_header){ "Accept-Crs", "EPSG:4326" };
        headers[r.n_headers++] = (struct http_header){ "Content-Crs", "EPSG:4326" };
    }
    return l->port->start(l->port->self, &r, done, ctx);
}

struct waiting {
    struct http_answer answer;
    bool ended;
};

static void keep(void *ctx, struct http_answer *answer)
{
    struct waiting *w = ctx;
    w->answer = TAKE(*answer);
    w->ended = true;
}

enum err register_link_exchange(struct register_link *l, const struct register_call *call,
                                struct http_answer *ret_answer)
{
    struct waiting w = { 0 };
    enum err e = register_link_start(l, call, keep, &w);
    while (!e && !w.ended) {
        e = l->port->wait(l->port->self, 1000);
        e = e == ERR_TIMEOUT ? ERR_OK : e;
    }
    if (!e)
        *ret_answer = w.answer;
    return e;
}
