#include "store/appointment_row.h"

#include "store/reason.h"

void appointment_rows_done(struct appointment_rows *l)
{
    mem_free(l->v);
    *l = (struct appointment_rows){ 0 };
}

static void read_words(struct stmt *q, struct appointment_row *r)
{
    char state[16], topic[16];
    col_text(q, 10, state, sizeof(state));
    col_text(q, 20, topic, sizeof(topic));
    r->topic = TOPIC_UNSAID;
    if (appointment_state_of(state, &r->state) != ERR_OK ||
        (topic[0] && topic_of(topic, &r->topic) != ERR_OK))
        q->e = ERR_CORRUPT;
}

static void read_row(struct stmt *q, struct appointment_row *r)
{
    *r = (struct appointment_row){ 0 };
    col_ulid(q, 0, &r->id);
    col_ulid(q, 1, &r->chain);
    col_text(q, 2, r->site, sizeof(r->site));
    r->day = (civil_day)col_int(q, 3);
    col_text(q, 4, r->coach, sizeof(r->coach));
    col_text(q, 5, r->service, sizeof(r->service));
    r->start = col_int(q, 6);
    r->end = col_int(q, 7);
    r->stop = col_int(q, 8);
    r->seat = (int)col_int(q, 9);
    r->version = col_int(q, 11);
    col_text(q, 12, r->held_by, sizeof(r->held_by));
    r->held_until = col_int(q, 13);
    r->extended = col_int(q, 14) != 0;
    r->code_day = col_set(q, 15) ? (civil_day)col_int(q, 15) : CIVIL_DAY_NONE;
    r->code_count = (int)col_int(q, 16);
    r->has_person = col_int(q, 17) != 0;
    r->person_no = col_int(q, 18);
    col_text(q, 19, r->municipality, sizeof(r->municipality));
    col_text(q, 21, r->lang, sizeof(r->lang));
    col_ulid(q, 22, &r->successor);
    col_ulid(q, 23, &r->visit);
    reason_read(q, 24, "appointment", r->id.s, r->reason);
    r->created = col_int(q, 25);
    read_words(q, r);
}

enum err appointment_read_one(struct stmt *q, struct appointment_row *ret_row)
{
    enum err e = stmt_one(q);
    if (e != ERR_OK)
        return e;
    struct appointment_row r;
    read_row(q, &r);
    if (q->e == ERR_OK)
        *ret_row = r;
    return q->e;
}

enum err appointment_read_all(struct stmt *q, struct appointment_rows *ret_list)
{
    CLEANUP(appointment_rows_done) struct appointment_rows l = { 0 };
    enum err e;
    while ((e = stmt_row(q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        read_row(q, &l.v[l.n]);
        if (!stmt_pass_over(q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}
