/* The classes of register.md 3.4, for what a status and a code say by themselves. */
#include <stdio.h>
#include <string.h>

#include "register/judge.h"

#define RETRY_AFTER_MAX_S (6 * 3600)

const char *register_verdict_name(enum verdict_kind k)
{
    switch (k) {
    case VERDICT_DONE: return "done";
    case VERDICT_GO_ON: return "go_on";
    case VERDICT_TRANSIENT: return "transient";
    case VERDICT_STOP: return "stop";
    case VERDICT_PERMANENT: return "permanent";
    }
    return "unknown";
}

static struct register_verdict verdict(enum verdict_kind kind, struct register_problem p,
                                       const char *code)
{
    struct register_verdict v = { .kind = kind, .retry_after_s = -1, .problem = p };
    if (v.problem.code[0] == '\0')
        snprintf(v.problem.code, sizeof v.problem.code, "%s", code);
    return v;
}

struct register_verdict verdict_stop(struct register_problem p, const char *code)
{
    return verdict(VERDICT_STOP, p, code);
}

struct register_verdict verdict_later(struct register_problem p, const char *code)
{
    return verdict(VERDICT_TRANSIENT, p, code);
}

static struct register_verdict judge_fault(const struct http_answer *a)
{
    struct register_problem p = { 0 };
    const char *name = http_fault_name(a->fault);
    switch (a->fault) {
    case HTTP_FAULT_CERT:
    case HTTP_FAULT_REFUSED:
        return verdict_stop(p, name);
    case HTTP_FAULT_NONE:
    case HTTP_FAULT_DNS:
    case HTTP_FAULT_CONNECT:
    case HTTP_FAULT_TIMEOUT:
    case HTTP_FAULT_TLS:
    case HTTP_FAULT_RESET:
    case HTTP_FAULT_TOO_BIG:
    case HTTP_FAULT_PROTOCOL:
    case HTTP_FAULT_LOCAL:
    case HTTP_FAULT_COUNT:
        break;
    }
    struct register_verdict v = verdict_later(p, name);
    v.unsure = a->fault != HTTP_FAULT_DNS && a->fault != HTTP_FAULT_CONNECT &&
               a->fault != HTTP_FAULT_TLS;
    return v;
}

/* Our credentials, whatever the call was about. */
static bool blames_credentials(const char *code)
{
    static const char *const codes[] = { "invalid-jwt-signature", "invalid-client-identifier",
                                         "missing-client-identifier", "not_authenticated",
                                         "authentication_failed" };
    if (strncmp(code, "jwt-", 4) == 0)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if (strcmp(code, codes[i]) == 0)
            return true;
    return false;
}

static struct register_verdict judge_403(struct register_problem p, bool one, bool spoken)
{
    if (one && spoken && !blames_credentials(p.code) && strcmp(p.code, "permission_denied") == 0)
        return verdict(VERDICT_PERMANENT, p, "permission_denied");
    return verdict_stop(p, "forbidden");
}

/*
 * Only "too early" and "too many" say that nothing was done. A 500 may come from after the
 * commit, and gateways say 500, 502, 503 or 504 as they like when the answer behind them is lost.
 */
static struct register_verdict judge_retry(const struct http_answer *a, struct register_problem p)
{
    struct register_verdict v = verdict_later(p, "unavailable");
    v.unsure = a->status != 425 && a->status != 429;
    if (a->retry_after_s >= 0)
        v.retry_after_s = a->retry_after_s < RETRY_AFTER_MAX_S ? a->retry_after_s
                                                               : RETRY_AFTER_MAX_S;
    return v;
}

struct register_verdict judge_status(const struct http_answer *a, bool one)
{
    struct register_problem p;
    if (a->fault)
        return judge_fault(a);
    bool spoken = register_problem_read(a, &p); /* it is the register that speaks */
    int s = a->status;
    if (s == 408 || s == 409 || s == 425 || s == 429 || s >= 500)
        return judge_retry(a, p);
    if (s == 403)
        return judge_403(p, one, spoken);
    if ((s == 404 || s == 410) && one && spoken)
        return verdict(VERDICT_PERMANENT, p, "gone");
    if (s == 400 || s == 413 || s == 422)
        return verdict(VERDICT_PERMANENT, p, "invalid");
    if (s == 404 || s == 410)
        return verdict_stop(p, "base_path");
    if (s >= 300 && s < 400)
        return verdict_stop(p, "redirect");
    if (s == 401)
        return verdict_stop(p, "unauthorized");
    return verdict_stop(p, "unexpected_status");
}
