/* What the region says another house offers: its roster, an empty line, and lines of where its
 * coaches are, what is closed and what is claimed. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "flow/region.h"

#define INPUT_MAX (64 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static char roster[INPUT_MAX];
    static const struct shared_rule rule = { SHARED_BLOCK_MINUTES, SHARED_ONE_IN };
    struct roster parsed = { 0 };
    int left = -1;
    if (n >= sizeof(roster))
        return 0;
    memcpy(roster, data, n);
    roster[n] = '\0';
    char *lines = strstr(roster, "\n\n");
    if (lines)
        *lines = '\0';
    struct region_left_query q = { .site = "beta", .roster = roster, .offer = lines ? lines + 2 : "",
                                   .rule = &rule, .now = 1774339200000, .first = 20536,
                                   .last = 20542 };
    enum err e = flow_region_left(&q, &parsed, &left);
    MUST(e == ERR_OK ? left >= 0 : left == -1);
    roster_done(&parsed);
    return 0;
}
