/* What another house sealed for this one, once it is open: of the appointment that it came with,
 * or nothing. What is taken is written and read again, and must be the same. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "base/mem.h"
#include "core/parcel.h"

static struct parcel of_seed(void)
{
    return (struct parcel){ .id = ulid_of("01KMCYR9M0A5BFAZ8F6B2FRKWN"), .coach = "sanne",
                            .service = "school", .start = 1774339200000, .end = 1774341000000,
                            .stop = 1774341000000 };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct parcel p = of_seed(), other = of_seed();
    if (parcel_read((const char *)data, n, &p) != ERR_OK)
        return 0;
    CLEANUP(buf_wipe) struct buf again = buf_make(PARCEL_MAX);
    MUST(parcel_write(&p, &again) == ERR_OK);
    MUST(again.n % PARCEL_PAD == 0 && again.n <= PARCEL_MAX);
    MUST(parcel_read(again.v, again.n, &other) == ERR_OK);
    MUST(other.notice_shown == p.notice_shown && other.consent_reminder == p.consent_reminder);
    MUST(strcmp(other.person.family, p.person.family) == 0 && other.person.birth == p.person.birth);
    other = of_seed();
    other.start++; /* of another appointment */
    MUST(parcel_read(again.v, again.n, &other) == ERR_FORMAT);
    mem_wipe(&p, sizeof(p));
    mem_wipe(&other, sizeof(other));
    return 0;
}
