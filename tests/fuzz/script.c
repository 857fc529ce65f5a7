/* A script that drives the kiosk. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "kiosk/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct script s = { 0 };
    size_t line = 0;
    char why[SCRIPT_WHY_MAX] = "";
    enum err e = script_parse((const char *)data, n, &s, &line, why);
    MUST(e != ERR_FORMAT || (line > 0 && why[0] && strlen(why) < sizeof(why)));
    for (size_t i = 0; i < s.n; i++) {
        MUST(s.v[i].verb < VERB_COUNT && s.v[i].ms >= 0);
        for (int w = 0; w < 3; w++)
            MUST(!s.v[i].words[w] || strlen(s.v[i].words[w]) <= SCRIPT_WORD_MAX);
    }
    script_done(&s);
    return 0;
}
