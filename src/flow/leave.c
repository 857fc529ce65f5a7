/* Ends before anybody helped: left, or a mistake; and what changes its place. */
#include "flow/act.h"

enum err flow_leave(struct flow *f, struct visit_ref ref, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    enum err e = act_begin(f, &tx, ref, &was, &v);
    v.ended = f->now;
    v.until = 0;
    v.with_coach[0] = '\0';
    if (e == ERR_OK)
        e = visit_step(f, VISIT_LEAVE, &was, &v,
                       &(struct step){ .at = f->now });
    return act_end(f, &tx, e, &v, ret_line);
}

enum err flow_void(struct flow *f, struct visit_ref ref, const char *reason,
                   struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    if (!text_fits(reason, REASON_LETTERS, false))
        return ERR_INVAL;
    enum err e = act_begin(f, &tx, ref, &was, &v);
    v.ended = f->now;
    v.until = 0;
    v.with_coach[0] = '\0';
    if (e == ERR_OK)
        e = visit_step(f, VISIT_VOID, &was, &v,
                       &(struct step){ .at = f->now, .reason = reason });
    return act_end(f, &tx, e, &v, ret_line);
}

enum err flow_urgent(struct flow *f, struct visit_ref ref, const char *reason,
                     struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    if (!text_fits(reason, REASON_LETTERS, false))
        return ERR_INVAL;
    enum err e = act_begin(f, &tx, ref, &was, &v);
    v.urgent = true;
    if (e == ERR_OK)
        e = visit_step(f, VISIT_URGENT, &was, &v,
                       &(struct step){ .at = f->now, .reason = reason });
    return act_end(f, &tx, e, &v, ret_line);
}

enum err flow_switch_coach(struct flow *f, struct visit_ref ref, const char *coach,
                           struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    int who = 0;
    enum err e = act_begin(f, &tx, ref, &was, &v);
    if (e == ERR_OK && coach)
        e = coach_of(f, coach, &who);
    text_put(v.coach, sizeof(v.coach), coach);
    if (e == ERR_OK)
        e = visit_step(f, VISIT_SWITCH, &was, &v, &(struct step){ .at = f->now });
    return act_end(f, &tx, e, &v, ret_line);
}
