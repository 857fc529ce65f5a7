/* What happened to a visit, and the note that its last coach left. */
#include "base/mem.h"
#include "flow/queue.h"
#include "flow/work.h"
#include "store/event.h"

_Static_assert(VISIT_NOTE_SIZE == STORE_NOTE_SIZE, "the same note");

enum err flow_visit_note(struct flow *f, const struct ulid *visit, char ret_note[VISIT_NOTE_SIZE])
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    char note[VISIT_NOTE_SIZE] = "";
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_visit_note(f->store, visit, note);
    bool none = e == ERR_NOT_FOUND;
    if (none)
        e = ERR_OK;
    if (e == ERR_OK && !none)
        e = audit(f, "visit.note", visit->s, "ok");
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        text_put(ret_note, VISIT_NOTE_SIZE, note);
    mem_wipe(note, sizeof(note));
    return e;
}

enum err flow_visit_events(struct flow *f, const struct ulid *visit, flow_event_said say,
                           void *arg)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(event_rows_done) struct event_rows l = { 0 };
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_events(f->store, visit, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        struct visit_event ev = { .at = l.v[i].at };
        text_put(ev.act, sizeof(ev.act), l.v[i].act);
        text_put(ev.actor, sizeof(ev.actor), l.v[i].actor);
        text_put(ev.coach, sizeof(ev.coach), l.v[i].coach);
        text_put(ev.service, sizeof(ev.service), l.v[i].service);
        say(arg, &ev);
    }
    return e;
}
