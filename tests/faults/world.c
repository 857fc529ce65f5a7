/* Programs of the simulated house that stop and start. */
#include "tests/faults/world.h"

#include <string.h>

#define STARTS 5 /* of a unit before that */

/* With HISTORIES set, what happens is told. */
void trace(struct world *w, const char *who, enum err e)
{
    const char *died = calls_power_is_off() ? ", power off" : calls_is_killed() ? ", killed" : "";
    if (many_is_one())
        fprintf(many_said, "%2d %s %s: %s%s, %lu failed calls\n", w->acts, who, w->what,
                err_text(e), died, calls_failed());
}

/* Whatever died is started again. */
void come_up(struct world *w)
{
    if (calls_power_is_off()) {
        w->cuts++;
        box_power_cycle(&w->b);
    }
    if (calls_is_killed()) { /* who was at work at that moment; both, to be short */
        w->kills++;
        for (int p = 0; p < BOX_PROGRAMS; p++)
            box_close(&w->b, (enum box_program)p);
        calls_revive();
    }
}

/* SQLite calls a medium that cannot be read damaged as well. */
bool is_damage(struct world *w, enum err e)
{
    return e == ERR_CORRUPT && calls_failed() == w->failed;
}

/* Failed writes are counted in the process, which the programs share here. */
static void restart_failed(struct world *w, enum box_program p)
{
    if (!w->b.programs[p] || !flow_storage_failed(w->b.programs[p]))
        return;
    box_close(&w->b, p);
}

/* A program of the house, brought up however often that takes. */
struct flow *program(struct world *w, enum box_program p)
{
    for (int tries = 0; tries < 200; tries++) {
        enum err why = ERR_OK;
        w->failed = calls_failed();
        restart_failed(w, p);
        struct flow *f = box_bring_up(&w->b, p, &why);
        bool died = calls_power_is_off() || calls_is_killed();
        if (f && !died)
            return f;
        trace(w, "opening for", why);
        come_up(w);
        if (!died && (is_damage(w, why) || why == ERR_NOT_FOUND || why == ERR_VERSION))
            FAILS(w, "%s does not open: %s", p == BOX_KIOSK ? "kiosk" : "desk", err_text(why));
        if (tries % STARTS == STARTS - 1 && why == ERR_IO)
            box_power_cycle(&w->b); /* the service manager starts the machine anew */
        if (tries == 100)
            calls_no_faults(); /* somebody changes the card */
    }
    FAILS(w, "a program does not come up");
}

struct flow *some_program(struct world *w)
{
    return program(w, (enum box_program)below(w, BOX_PROGRAMS));
}

/* How a call ended, and what its program does then. */
enum outcome ended(struct world *w, struct flow *f, enum err e)
{
    trace(w, f == w->b.programs[BOX_KIOSK] ? "kiosk" : "desk", e);
    if (calls_power_is_off() || calls_is_killed()) {
        come_up(w);
        return UNKNOWN;
    }
    if (is_damage(w, e))
        FAILS(w, "the house says that it is damaged");
    bool failed = flow_storage_failed(f);
    if (!failed && e != ERR_IO && e != ERR_CORRUPT)
        return e == ERR_OK ? DONE : REFUSED;
    enum box_program p = f == w->b.programs[BOX_KIOSK] ? BOX_KIOSK : BOX_DESK;
    if (failed && e == ERR_OK)
        FAILS(w, "acknowledged after a failed write");
    if (failed)
        box_close(&w->b, p); /* out of order: it ends, and is started anew */
    return UNKNOWN;
}
