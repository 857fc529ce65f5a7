/* With another coach or service: number and arrival stay, a new segment begins. */
#include <string.h>

#include "base/mem.h"
#include "flow/act.h"
#include "flow/redirect.h"

enum err redirect_tell(struct flow *f, const struct visit_row *v)
{
    struct person p = { 0 };
    enum err e = store_visit_person(f->store, &v->id, &p);
    if (e == ERR_OK)
        e = tell(f, &(struct told){ .kind = RECORD_VISIT_REDIRECTED,
                                    .chain = v->chain,
                                    .at = f->now,
                                    .person = &p,
                                    .service = v->service,
                                    .coach = v->with_coach[0] ? v->with_coach : v->coach });
    mem_wipe(&p, sizeof(p));
    return e;
}

static enum err aim(struct flow *f, struct visit_row *v, const char *to_coach,
                    const char *to_service)
{
    int i = 0;
    if (to_coach) {
        enum err e = coach_of(f, to_coach, &i);
        if (e == ERR_OK && strcmp(to_coach, v->with_coach) == 0)
            e = ERR_INVAL;
        text_put(v->coach, sizeof(v->coach), to_coach);
        return e;
    }
    enum err e = service_of(f, to_service, &i);
    if (e == ERR_OK && strcmp(to_service, v->service) == 0)
        e = ERR_INVAL;
    text_put(v->service, sizeof(v->service), to_service);
    v->coach[0] = '\0';
    return e;
}

enum err flow_redirect(struct flow *f, struct visit_ref ref, const char *to_coach,
                       const char *to_service, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    if (!to_coach == !to_service)
        return ERR_INVAL;
    enum err e = act_begin(f, &tx, ref, &was, &v);
    if (e == ERR_OK)
        e = visit_next(v.state, VISIT_REDIRECT, &v.state);
    if (e == ERR_OK)
        e = aim(f, &v, to_coach, to_service);
    act_let_go(&v);
    v.redirected = true;
    v.started = 0;
    if (e == ERR_OK)
        e = visit_step(f, VISIT_REDIRECT, &was, &v,
                       &(struct step){ .at = f->now });
    if (e == ERR_OK)
        e = redirect_tell(f, &v);
    return act_end(f, &tx, e, &v, ret_line);
}
