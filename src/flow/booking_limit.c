/* How many appointments are made at one kiosk in ten minutes: its row stands with the lock-outs. */
#include <stdio.h>

#include "flow/appointment.h"
#include "store/lockout.h"

/* What counts of the window that runs; nothing when none does. */
static enum err look(struct flow *f, char subject[LOCKOUT_SUBJECT_SIZE], struct lockout_row *ret)
{
    snprintf(subject, LOCKOUT_SUBJECT_SIZE, "book:%s", f->device);
    enum err e = store_lockout_get(f->store, subject, work_mono(f), ret);
    if (e == ERR_OK && ret->left_ms == 0)
        *ret = (struct lockout_row){ .wrong = 0, .left_ms = BOOKINGS_WINDOW_MS };
    return e;
}

enum err bookings_room(struct flow *f)
{
    char subject[LOCKOUT_SUBJECT_SIZE];
    struct lockout_row row;
    if (!device_is_kiosk(f))
        return ERR_OK;
    enum err e = look(f, subject, &row);
    return e == ERR_OK && row.wrong >= BOOKINGS_MOST ? ERR_LIMIT : e;
}

enum err bookings_count(struct flow *f)
{
    char subject[LOCKOUT_SUBJECT_SIZE];
    struct lockout_row row;
    if (!device_is_kiosk(f))
        return ERR_OK;
    enum err e = look(f, subject, &row);
    if (e != ERR_OK)
        return e;
    row.wrong++;
    e = store_lockout_put(f->store, subject, work_mono(f), &row);
    return e == ERR_OK && row.wrong == BOOKINGS_MOST ? audit(f, "book.limit", f->device, "reached")
                                                     : e;
}
