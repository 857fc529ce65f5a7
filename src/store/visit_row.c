#include "store/visit_row.h"

#include <string.h>

void visit_rows_done(struct visit_rows *l)
{
    mem_free(l->v);
    *l = (struct visit_rows){ 0 };
}

static void read_words(struct stmt *q, int state_at, int kind_at, int topic_at,
                       struct visit_row *r)
{
    char state[16], kind[16], topic[16];
    col_text(q, state_at, state, sizeof(state));
    col_text(q, kind_at, kind, sizeof(kind));
    col_text(q, topic_at, topic, sizeof(topic));
    r->kind = strcmp(kind, "appointment") == 0 ? VISIT_APPOINTMENT : VISIT_WALK_IN;
    if (visit_state_of(state, &r->state) != ERR_OK || topic_of(topic, &r->topic) != ERR_OK)
        q->e = ERR_CORRUPT;
}

void visit_read(struct stmt *q, struct visit_row *r)
{
    *r = (struct visit_row){ 0 };
    char series[8];
    col_ulid(q, 0, &r->id);
    col_ulid(q, 1, &r->chain);
    col_text(q, 2, r->site, sizeof(r->site));
    r->day = (civil_day)col_int(q, 3);
    col_text(q, 4, series, sizeof(series));
    r->series = series[0];
    r->number = (int)col_int(q, 5);
    r->version = col_int(q, 7);
    read_words(q, 6, 8, 32, r);
    col_ulid(q, 9, &r->appointment);
    col_text(q, 10, r->service, sizeof(r->service));
    col_text(q, 11, r->coach, sizeof(r->coach));
    col_text(q, 12, r->with_coach, sizeof(r->with_coach));
    r->arrived = col_int(q, 13);
    r->due = col_int(q, 14);
    r->urgent = col_int(q, 15) != 0;
    r->redirected = col_int(q, 16) != 0;
    r->calls = (int)col_int(q, 17);
    r->chime = col_int(q, 18);
    r->called = col_int(q, 19);
    r->first_call = col_int(q, 20);
    r->block_until = col_int(q, 21);
    r->started = col_int(q, 22);
    r->ended = col_int(q, 23);
    r->until = col_int(q, 24);
    col_text(q, 25, r->outcome, sizeof(r->outcome));
    r->inaccurate = col_int(q, 26) != 0;
    r->clock_unsure = col_int(q, 27) != 0;
    r->printed = col_int(q, 28) != 0;
    r->has_note = col_int(q, 29) != 0;
    r->person_no = col_int(q, 30);
    col_text(q, 31, r->municipality, sizeof(r->municipality));
    col_text(q, 33, r->lang, sizeof(r->lang));
}

void visit_bind_mutable(struct stmt *q, const struct visit_row *r)
{
    bind_text(q, ":state", visit_state_name(r->state));
    bind_ulid(q, ":appointment", &r->appointment);
    bind_ms(q, ":due", r->due);
    bind_text(q, ":service", r->service);
    bind_opt(q, ":coach", r->coach);
    bind_opt(q, ":with_coach", r->with_coach);
    bind_int(q, ":urgent", r->urgent);
    bind_int(q, ":redirected", r->redirected);
    bind_int(q, ":calls", r->calls);
    bind_int(q, ":chime", r->chime);
    bind_ms(q, ":called", r->called);
    bind_ms(q, ":first_call", r->first_call);
    bind_ms(q, ":block_until", r->block_until);
    bind_ms(q, ":started", r->started);
    bind_ms(q, ":ended", r->ended);
    bind_ms(q, ":until", r->until);
    bind_opt(q, ":outcome", r->outcome);
    bind_int(q, ":inaccurate", r->inaccurate);
}

enum err visit_read_one(struct stmt *q, struct visit_row *ret_row)
{
    enum err e = stmt_one(q);
    if (e != ERR_OK)
        return e;
    struct visit_row r;
    visit_read(q, &r);
    if (q->e == ERR_OK)
        *ret_row = r;
    return q->e;
}

enum err visit_read_all(struct stmt *q, struct visit_rows *ret_list)
{
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    enum err e;
    while ((e = stmt_row(q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        visit_read(q, &l.v[l.n]);
        if (!stmt_pass_over(q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}
