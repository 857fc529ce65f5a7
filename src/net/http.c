#include "net/http.h"

#include <string.h>

const char *http_fault_name(enum http_fault f)
{
    static const char *const names[HTTP_FAULT_COUNT] = {
        [HTTP_FAULT_NONE] = "none",       [HTTP_FAULT_DNS] = "dns",
        [HTTP_FAULT_CONNECT] = "connect", [HTTP_FAULT_TIMEOUT] = "timeout",
        [HTTP_FAULT_TLS] = "tls",         [HTTP_FAULT_CERT] = "certificate",
        [HTTP_FAULT_RESET] = "reset",     [HTTP_FAULT_TOO_BIG] = "too_big",
        [HTTP_FAULT_PROTOCOL] = "protocol", [HTTP_FAULT_REFUSED] = "refused",
        [HTTP_FAULT_LOCAL] = "local",
    };
    return f < HTTP_FAULT_COUNT ? names[f] : "unknown";
}

void http_answer_done(struct http_answer *a)
{
    buf_wipe(&a->body); /* a register's answer repeats what we sent of a person */
    *a = (struct http_answer){ 0 };
}

struct exchange {
    struct http_answer answer;
    bool ended;
};

static void keep_answer(void *ctx, struct http_answer *answer)
{
    struct exchange *x = ctx;
    x->answer = TAKE(*answer);
    x->ended = true;
}

enum err http_exchange(const struct http_port *port, const struct http_request *r,
                       struct http_answer *ret_answer)
{
    struct exchange x = { 0 };
    enum err e = port->start(port->self, r, keep_answer, &x);
    if (e)
        return e;
    while (!x.ended) {
        e = port->wait(port->self, 1000);
        if (e && e != ERR_TIMEOUT)
            return e;
    }
    *ret_answer = x.answer;
    return ERR_OK;
}
