#include "kiosk/scanner.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

void scanner_add(struct scanner *sc, const char *text, int64_t ms)
{
    size_t n = strlen(text);

    if (sc->n > 0 && ms - sc->last > sc->longest)
        sc->longest = ms - sc->last;
    sc->last = ms;
    if (sc->n + n >= sizeof(sc->text)) {
        sc->full = true;
        return;
    }
    memcpy(sc->text + sc->n, text, n + 1);
    sc->n += n;
}

bool scanner_busy(const struct scanner *sc, int64_t ms)
{
    return sc->n > 0 && ms - sc->last <= SCANNER_GAP_MS;
}

int64_t scanner_due(const struct scanner *sc)
{
    return sc->n > 0 ? sc->last + SCANNER_END_MS : INT64_MAX;
}

bool scanner_is_scan(const struct scanner *sc)
{
    return !sc->full && sc->n >= SCANNER_LEAST && sc->longest <= SCANNER_GAP_MS;
}

bool scanner_next(const char **text, char *out, size_t n)
{
    const char *from = *text, *end = from + strlen(from);

    if (from == end)
        return false;
    utf8_next(text, end);
    size_t bytes = (size_t)(*text - from);
    if (bytes >= n)
        return false;
    memcpy(out, from, bytes);
    out[bytes] = '\0';
    return true;
}

void scanner_wipe(struct scanner *sc)
{
    mem_wipe(sc, sizeof(*sc));
}
