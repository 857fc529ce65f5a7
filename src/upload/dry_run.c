#include "upload/dry_run.h"

#include <string.h>

#include "register/call.h"
#include "register/mask.h"
#include "upload/record.h"

#define PAGE 100
#define LINE_MAX_BYTES (2 * OUTBOX_BODY_MAX)

struct dry {
    struct store *store;
    const struct clock *clock;
    const struct register_settings *settings;
    struct register_types types; /* each type as its own placeholder */
    FILE *file;
    int64_t calls;
};

/* An internal task there is for walk-ins alone, when somebody is to get it. */
static enum err has_task(const struct dry *d, const struct ulid *chain, bool *ret_has)
{
    CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 };
    enum err e = store_outbox_chain(d->store, chain, &rows);
    *ret_has = !e && rows.n && d->settings->actor[0] &&
               strcmp(rows.v[0].kind, record_kind_name(RECORD_WALKIN_REGISTERED)) == 0;
    return e;
}

/* The words that stand for addresses which only the register can give. */
static enum err put_words(const struct dry *d, const struct ulid *chain, struct register_refs *refs)
{
    bool task = false;
    if (d->settings->profile == REGISTER_ZGW) {
        if (refs->zaak[0] == '\0')
            snprintf(refs->zaak, sizeof refs->zaak, "%.400s/zaken/ZAAK", d->settings->zaken_url);
        return ERR_OK;
    }
    const char *base = d->settings->klantinteracties_url;
    snprintf(refs->klantcontact, sizeof refs->klantcontact,
             "%.400s/klantcontacten/KLANTCONTACT#betrokkene=BETROKKENE", base);
    enum err e = has_task(d, chain, &task);
    if (!e && task && refs->task[0] == '\0')
        snprintf(refs->task, sizeof refs->task, "%.400s/internetaken/INTERNETAAK", base);
    return e;
}

static enum err print_call(struct dry *d, const struct outbox_row *row,
                           const struct register_try *t, enum register_move move)
{
    struct register_call call = { 0 };
    enum err e = register_call_make(t, move, &call);
    if (e)
        return e;
    CLEANUP(buf_wipe) struct buf line = buf_make(LINE_MAX_BYTES);
    buf_addf(&line,
             "{\"outbox\":\"%s\",\"kind\":\"%s\",\"step\":\"%s\",\"method\":\"%s\","
             "\"url\":\"%s\",\"body\":",
             row->id.s, row->kind, t->step->name, call.method, call.url);
    if (call.body)
        e = register_mask(call.body, &line);
    else
        buf_adds(&line, "null");
    register_call_done(&call);
    buf_adds(&line, "}\n");
    e = e ? e : buf_err(&line);
    if (!e && fputs(buf_str(&line), d->file) < 0)
        e = ERR_IO;
    d->calls += e == ERR_OK;
    return e;
}

/* The look that may come first, then the call itself, as if the look had found nothing. */
static enum err print_step(struct dry *d, const struct outbox_row *row, struct register_try *t)
{
    enum register_move move = register_first_move(t);
    enum err e = move == MOVE_SEND ? ERR_OK : print_call(d, row, t, move);
    return e ? e : print_call(d, row, t, MOVE_SEND);
}

/* Steps that were frozen before: only those that are not done. */
static enum err print_frozen(struct dry *d, const struct outbox_row *row,
                             const struct outbox_steps *steps, struct register_try *t)
{
    struct register_step step = { 0 };
    enum err e = ERR_OK;
    for (size_t i = 0; !e && i < steps->n; i++) {
        const struct outbox_step *s = &steps->v[i];
        if (s->state == OUTBOX_STEP_DONE) {
            register_refs_note(t->refs, register_step_kind_of(s->name), s->result_url);
            continue;
        }
        e = record_step(d->store, s, &step);
        t->step = &step;
        t->unsure = s->unsure || s->state == OUTBOX_STEP_IN_FLIGHT;
        e = e ? e : print_step(d, row, t);
    }
    record_step_done(&step);
    return e;
}

static enum err print_fresh(struct dry *d, const struct outbox_row *row,
                            const struct outbox_record *r, struct register_try *t)
{
    struct register_steps made;
    enum err e = register_expand(d->settings, r, t->refs, &made);
    if (e)
        return e;
    for (size_t i = 0; !e && i < made.n; i++) {
        t->step = &made.v[i];
        e = print_step(d, row, t);
    }
    register_steps_done(&made);
    return e;
}

static enum err print_record(struct dry *d, const struct outbox_row *row)
{
    CLEANUP(record_wipe) struct outbox_record r = { 0 };
    CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
    struct register_refs refs;
    char zaak_key[REGISTER_KEY_SIZE];
    enum err e = record_read(d->store, row, &r);
    if (!e)
        e = record_refs(d->store, &row->chain, &refs);
    if (!e)
        e = store_steps(d->store, row->seq, &steps);
    if (!e)
        e = put_words(d, &row->chain, &refs);
    if (e)
        return e;
    register_zaak_key(&r, zaak_key);
    struct register_try t = { .settings = d->settings,
                              .types = &d->types,
                              .refs = &refs,
                              .chain = row->chain.s,
                              .record = row->id.s,
                              .zaak_key = zaak_key };
    return steps.n ? print_frozen(d, row, &steps, &t) : print_fresh(d, row, &r, &t);
}

/* Nothing of a chain is due before its head is. */
static enum err is_due(struct dry *d, const struct outbox_row *row, bool *ret_due)
{
    struct outbox_row head;
    enum err e = store_outbox_head(d->store, &row->chain, &head);
    if (e == ERR_OK)
        *ret_due = head.state == OUTBOX_QUEUED ||
                   (head.state == OUTBOX_WAITING && head.next_try <= clock_wall_ms(d->clock));
    return e;
}

/* A record that a run would find unreadable is left out here; the run tells of it. */
static bool unreadable(enum err e)
{
    return e == ERR_CORRUPT || e == ERR_DENIED || e == ERR_FORMAT || e == ERR_INVAL;
}

static enum err print_page(struct dry *d, const struct outbox_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct outbox_row *row = &rows->v[i];
        bool due = false;
        if (row->state == OUTBOX_DEAD)
            continue;
        enum err e = is_due(d, row, &due);
        if (!e && due)
            e = print_record(d, row);
        if (e && !unreadable(e))
            return e;
    }
    return ERR_OK;
}

enum err upload_dry_run(struct store *store, const struct clock *clock,
                        const struct register_settings *settings, FILE *file, int64_t *ret_calls)
{
    struct dry d = { .store = store, .clock = clock, .settings = settings, .file = file };
    for (int t = 0; t < TYPE_COUNT; t++)
        snprintf(d.types.url[t], sizeof d.types.url[t], "%s",
                 register_type_mark((enum register_type)t));
    enum err e = ERR_OK;
    for (int64_t after = 0; !e;) {
        CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 };
        e = store_outbox_list(store, true, after, PAGE, &rows);
        if (e || rows.n == 0)
            break;
        after = rows.v[rows.n - 1].seq;
        e = print_page(&d, &rows);
    }
    if (!e && fflush(file) != 0)
        e = ERR_IO;
    *ret_calls = d.calls;
    return e;
}
