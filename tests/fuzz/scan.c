/* What a code scanner read, and what somebody typed as a code. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/code.h"
#include "kiosk/scanner.h"

static void as_keys(const char *text)
{
    static struct scanner sc;
    char one[33];
    int64_t ms = 1000;
    scanner_wipe(&sc);
    while (scanner_next(&text, one, sizeof(one)))
        scanner_add(&sc, one, ms += (unsigned char)one[0] % 70);
    MUST(sc.n <= SCAN_MAX && sc.text[sc.n] == '\0');
    (void)scanner_is_scan(&sc);
    (void)scanner_due(&sc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct scan s;
    struct code c;
    struct token t;
    if (scan_parse((const char *)data, n, &s) == ERR_OK)
        MUST(s.kind == SCAN_TOKEN ? token_valid(s.token.s) : code_valid(s.code.s));
    char *text = malloc(n + 1);
    MUST(text);
    memcpy(text, data, n);
    text[n] = '\0';
    MUST(code_parse(text, &c) != ERR_OK || code_valid(c.s));
    MUST(token_parse(text, &t) != ERR_OK || token_valid(t.s));
    as_keys(text);
    free(text);
    return 0;
}
