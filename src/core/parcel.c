#include "core/parcel.h"

#include <string.h>

#include "base/mem.h"
#include "core/record_fix.h"

/* Everything that both houses know: compared byte by byte. */
static void write_head(const struct parcel *p, bool notice, bool reminder, struct buf *out)
{
    buf_addf(out, "dynamo parcel 1\n%s %s %s %lld %lld %lld\n%c%c\n", p->id.s, p->coach,
             p->service, (long long)p->start, (long long)p->end, (long long)p->stop,
             notice ? 'n' : '-', reminder ? 'r' : '-');
}

enum err parcel_write(const struct parcel *p, struct buf *out)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(PARCEL_MAX);
    write_head(p, p->notice_shown, p->consent_reminder, &b);
    enum err e = record_fix_to_json(&p->person, &b);
    while (e == ERR_OK && b.n % PARCEL_PAD)
        buf_addc(&b, ' ');
    if (e == ERR_OK)
        e = buf_err(&b);
    if (e != ERR_OK)
        return e;
    buf_add(out, b.v, b.n);
    return buf_err(out);
}

enum err parcel_read(const char *text, size_t n, struct parcel *p)
{
    for (int flags = 0; flags < 4; flags++) {
        CLEANUP(buf_done) struct buf head = buf_make(PARCEL_MAX);
        write_head(p, flags & 1, flags & 2, &head);
        enum err e = buf_err(&head);
        if (e != ERR_OK)
            return e;
        if (n < head.n || memcmp(text, head.v, head.n) != 0)
            continue;
        e = record_fix_read(text + head.n, n - head.n, &p->person);
        if (e != ERR_OK)
            return e;
        p->notice_shown = flags & 1;
        p->consent_reminder = flags & 2;
        return ERR_OK;
    }
    return ERR_FORMAT;
}
