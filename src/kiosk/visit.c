#include "kiosk/inside.h"

#include "base/log.h"
#include "base/mem.h"

/* Nothing of a visitor is left: not in the session, the keyboard, the draw list, the
 * rendered texts, what was scanned or what was to be printed. */
static void wipe(struct app *a)
{
    session_wipe(&a->session);
    ui_wipe(a->ui);
    sdl_text_wipe(a->sdl);
    scanner_wipe(&a->scanner);
    printing_wipe(&a->printing);
    voice_wipe(&a->voice);
    a->pending_at = 0;
    a->corner.n = 0;
    a->touched = app_mono(a);
    a->fresh = true;
}

/* Only a number remains of somebody who walks away half-way. */
static void count_gave_up(struct app *a)
{
    const struct session *s = &a->session;

    if (s->finished || s->staff.chosen.id[0] || !session_has_data(s))
        return;
    enum err e = flow_turned_away(a->host.flow, TURNED_AWAY_GAVE_UP);
    if (e != ERR_OK)
        log_error("kiosk.gave_up", e, NULL);
}

void visit_end(struct app *a)
{
    count_gave_up(a);
    wipe(a);
    enum err e = flow_rest(a->host.flow);
    if (e != ERR_OK && e != ERR_BUSY)
        log_error("kiosk.rest", e, NULL);
    flow_let_go(a->host.flow);
    mem_give_back();
    stack_home(a);
}

void visit_fault(struct app *a)
{
    log_event(LOG_LEVEL_ERR, "kiosk.out_of_order", NULL, flow_storage_failed(a->host.flow));
    wipe(a);
    a->stack[0] = &scr_out_of_order;
    a->depth = 1;
    session_now(&a->session, app_mono(a));
    a->dirty = true;
}

/* A failed write leaves nothing certain. No program may go on with the database as it has it
 * open, so this one ends, and the service manager starts it anew. */
static void start_anew(struct app *a)
{
    log_error("kiosk.storage", ERR_IO, NULL);
    a->status = 1;
    a->quit = true;
}

void visit_mend(struct app *a)
{
    a->touched = app_mono(a);
    if (flow_storage_failed(a->host.flow)) {
        start_anew(a);
        return;
    }
    enum err e = flow_tick(a->host.flow);
    if (e != ERR_OK) {
        log_error("kiosk.mend", e, NULL);
        return;
    }
    wipe(a);
    stack_home(a);
}
