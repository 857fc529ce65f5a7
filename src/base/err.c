#include "base/err.h"

#include "base/attr.h"

static const char *const texts[ERR_COUNT] = {
    [ERR_OK] = "done",
    [ERR_INVAL] = "a value is out of its range",
    [ERR_NOMEM] = "out of memory",
    [ERR_IO] = "reading or writing failed",
    [ERR_FORMAT] = "not of the right form",
    [ERR_NOT_FOUND] = "no such thing",
    [ERR_EXISTS] = "there is one already",
    [ERR_TAKEN] = "taken",
    [ERR_STALE] = "somebody was first",
    [ERR_STATE] = "not allowed in the present state",
    [ERR_CLOSED] = "closed",
    [ERR_AGE_LOW] = "too young",
    [ERR_AGE_HIGH] = "too old",
    [ERR_RANGE] = "outside the allowed time",
    [ERR_LIMIT] = "over the limit",
    [ERR_LOCKED] = "locked for now",
    [ERR_DENIED] = "not allowed",
    [ERR_BUSY] = "busy",
    [ERR_CORRUPT] = "stored data is damaged",
    [ERR_VERSION] = "made by a newer version",
    [ERR_TIMEOUT] = "took too long",
    [ERR_NET] = "no answer from the network",
    [ERR_TLS] = "the other side could not prove who it is",
    [ERR_CLOCK] = "the clock is unsure",
    [ERR_NONE] = "nothing to do",
};

const char *err_text(enum err e)
{
    if ((unsigned)e >= ERR_COUNT || !texts[e])
        return "unknown error";
    return texts[e];
}
