/* A catalog of translations; what is opened is looked up in, and its plural rule is reckoned. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "base/utf8.h"
#include "i18n/mo.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char path[64];
    struct mo mo;
    int fd = memfd_create("mo", MFD_CLOEXEC);
    MUST(fd >= 0 && write(fd, data, n) == (ssize_t)n);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    enum err e = mo_open(path, &mo);
    close(fd);
    if (e != ERR_OK)
        return 0;
    static const char *const keys[] = { "", "Yes", "{n} minute", "Back", "a\004b", "\xff", "zzzz" };
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const char *found = mo_find(&mo, keys[i]);
        MUST(!found || utf8_valid(found, strlen(found)));
        for (uint64_t k = 0; k < 130; k += 1 + k / 5) {
            found = mo_find_plural(&mo, keys[i], k);
            MUST(!found || utf8_valid(found, strlen(found)));
        }
        (void)mo_find_plural(&mo, keys[i], UINT64_MAX);
    }
    mo_done(&mo);
    return 0;
}
