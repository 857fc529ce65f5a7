#include <inttypes.h>
#include <string.h>

#include "i18n/date.h"
#include "i18n/i18n.h"

/* Four digits are a year as often as an amount, and read well without a mark. */
#define DIGITS_UNGROUPED 4

static void add_whole(struct buf *b, uint64_t n)
{
    char room[24], *digits = room + sizeof(room);
    do
        *--digits = (char)('0' + n % 10);
    while (n /= 10);
    int len = (int)(room + sizeof(room) - digits);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && len > DIGITS_UNGROUPED)
            buf_adds(b, i18n_current()->group);
        buf_addc(b, digits[i]);
    }
}

void i18n_decimal(struct buf *b, int64_t n, int decimals)
{
    uint64_t size = n < 0 ? UINT64_C(0) - (uint64_t)n : (uint64_t)n;
    uint64_t unit = 1;
    int places = decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
    for (int i = 0; i < places; i++)
        unit *= 10;
    if (n < 0)
        buf_addc(b, '-');
    add_whole(b, size / unit);
    if (places > 0) {
        buf_adds(b, i18n_current()->point);
        buf_addf(b, "%0*" PRIu64, places, size % unit);
    }
}

void i18n_number(struct buf *b, int64_t n)
{
    i18n_decimal(b, n, 0);
}
