/* How the house is doing, and what waits for the register. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "flow/house.h"
#include "flow/work.h"
#include "store/device_state.h"
#include "store/meta.h"
#include "store/outbox.h"
#include "store/outbox_send.h"

#define PRINTER "printer"
#define DATABASE "database"
#define OLDER "older"
#define PAGE 500

/* "ok" also where nothing was ever told of it. */
static enum err state_of(struct flow *f, const char *device, char *out, size_t n)
{
    struct device_row r = { .state = "ok" };
    enum err e = store_device_get(f->store, device, &r);
    text_put(out, n, e == ERR_OK ? r.state : "ok");
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err uploaded(struct flow *f, utc_ms *ret_at)
{
    enum err e = store_meta_get_int(f->store, META_UPLOADED, ret_at);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err register_state(struct flow *f, struct health *h)
{
    CLEANUP(outbox_rows_done) struct outbox_rows lost = { 0 };
    enum err e = state_of(f, "upload", h->upload, sizeof(h->upload));
    if (e == ERR_OK)
        e = uploaded(f, &h->uploaded);
    if (e == ERR_OK)
        e = state_of(f, "register", h->compared, sizeof(h->compared));
    if (e == ERR_OK)
        e = store_outbox_lost(f->store, 1, &lost);
    h->lost = lost.n > 0;
    return e;
}

static enum err database_state(struct flow *f, struct health *h)
{
    char state[sizeof(OLDER)];
    enum err e = state_of(f, DATABASE, state, sizeof(state));
    h->older = store_is_older(f->store) || (e == ERR_OK && strcmp(state, OLDER) == 0);
    return e;
}

enum err flow_health(struct flow *f, struct health *ret_health)
{
    struct outbox_status s = { 0 };
    struct health h = { .clock_unsure = flow_clock_unsure(f),
                        .storage_failed = store_failed(f->store),
                        .roster_missing = flow_roster(f) == NULL };
    enum err e = flow_outbox_status(f, &s);
    if (e == ERR_OK)
        e = state_of(f, PRINTER, h.printer, sizeof(h.printer));
    if (e == ERR_OK)
        e = register_state(f, &h);
    if (e == ERR_OK)
        e = database_state(f, &h);
    if (e == ERR_OK)
        e = store_free_bytes(f->store, &h.free_bytes);
    h.database_ok = e == ERR_OK; /* one that cannot be read is a finding, not an error */
    h.outbox_queued = s.queued + s.waiting;
    h.outbox_dead = s.dead;
    h.outbox_oldest_s = s.oldest_s;
    *ret_health = h;
    return ERR_OK;
}

/* A line in the log and a state that stays: the next who opens it is told no more. */
static enum err note_older(struct flow *f)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_device_put(f->store, DATABASE, OLDER, f->now);
    if (e == ERR_OK)
        e = audit(f, "database.older", DATABASE, OLDER);
    return work_end(f, &tx, e);
}

void older_tell(struct flow *f)
{
    if (!store_is_older(f->store))
        return;
    enum err e = note_older(f);
    log_event(LOG_LEVEL_ERR, "flow.older_database", NULL, (int)e);
    if (e == ERR_OK)
        store_older_noted(f->store);
}

enum err flow_older_accept(struct flow *f)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct health h;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = database_state(f, &h);
    if (e == ERR_OK && !h.older)
        e = ERR_NONE;
    if (e == ERR_OK)
        e = store_device_put(f->store, DATABASE, "ok", f->now);
    if (e == ERR_OK)
        e = audit(f, "database.accept", DATABASE, "ok");
    return work_end(f, &tx, e);
}

enum err flow_device_state(struct flow *f, const char *device, const char *state)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_device_put(f->store, device, state, f->now);
    return work_end(f, &tx, e);
}

void outbox_list_done(struct outbox_list *l)
{
    mem_free(l->v);
    *l = (struct outbox_list){ 0 };
}

static struct outbox_line line_of_row(const struct outbox_row *r)
{
    struct outbox_line l = { .seq = r->seq,
                             .id = r->id,
                             .chain = r->chain,
                             .attempts = r->attempts,
                             .next_try = r->next_try };
    text_put(l.kind, sizeof(l.kind), r->kind);
    text_put(l.state, sizeof(l.state), outbox_state_name(r->state));
    text_put(l.code, sizeof(l.code), r->code);
    return l;
}

static enum err add_lines(const struct outbox_rows *rows, struct outbox_list *l, size_t *cap)
{
    for (size_t i = 0; i < rows->n; i++) {
        if (!mem_grow(&l->v, cap, l->n, sizeof(*l->v)))
            return ERR_NOMEM;
        l->v[l->n++] = line_of_row(&rows->v[i]);
    }
    return ERR_OK;
}

enum err flow_outbox(struct flow *f, bool open_only, struct outbox_list *ret_list)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(outbox_list_done) struct outbox_list out = { 0 };
    size_t cap = 0;
    enum err e = store_begin_read(f->store, &tx);
    for (int64_t after = 0; e == ERR_OK;) {
        CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 };
        e = store_outbox_list(f->store, open_only, after, PAGE, &rows);
        if (e != ERR_OK || rows.n == 0)
            break;
        after = rows.v[rows.n - 1].seq;
        e = add_lines(&rows, &out, &cap);
    }
    if (e == ERR_OK)
        *ret_list = TAKE(out);
    return e;
}

enum err flow_outbox_one(struct flow *f, const struct ulid *id, struct outbox_row *ret_row)
{
    return store_outbox_get(f->store, id, ret_row);
}

enum err flow_outbox_steps(struct flow *f, const struct outbox_row *row,
                           struct outbox_steps *ret_steps)
{
    return store_steps(f->store, row->seq, ret_steps);
}

enum err flow_outbox_status(struct flow *f, struct outbox_status *ret_status)
{
    struct outbox_totals t;
    enum err e = store_outbox_totals(f->store, &t);
    if (e != ERR_OK)
        return e;
    int64_t age = t.oldest == 0 ? 0 : (clock_wall_ms(f->clock) - t.oldest) / SECOND_MS;
    *ret_status = (struct outbox_status){ .queued = t.queued,
                                          .waiting = t.waiting,
                                          .sent = t.sent,
                                          .dead = t.dead,
                                          .oldest_s = age < 0 ? 0 : age };
    return ERR_OK;
}

/* A sent record that the register has lost; ERR_STATE otherwise. */
static enum err lost_row(struct flow *f, const struct ulid *id, struct outbox_row *ret_row)
{
    enum err e = store_outbox_get(f->store, id, ret_row);
    bool lost = !e && ret_row->state == OUTBOX_SENT && strcmp(ret_row->code, OUTBOX_LOST) == 0;
    return e || lost ? e : ERR_STATE;
}

static enum err send_again(struct flow *f, const struct ulid *id)
{
    struct outbox_row row;
    int64_t n;
    enum err e = lost_row(f, id, &row);
    if (e == ERR_STATE)
        return store_outbox_retry(f->store, id, f->actor);
    return e ? e : store_outbox_again(f->store, &row.chain, row.place, &n);
}

enum err flow_outbox_retry(struct flow *f, const struct ulid *id)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = send_again(f, id);
    if (e == ERR_OK)
        e = audit(f, "outbox.retry", id->s, "ok");
    return work_end(f, &tx, e);
}

/* Writes to a file beside the database that systemd looks at: its bytes say nothing, that it was
 * written does. */
static enum err touch(struct flow *f, const char *name, int more_flags)
{
    CLEANUP(buf_done) struct buf path = buf_make(4096);
    const char *db_path = store_path(f->store), *slash = strrchr(db_path, '/');
    buf_addf(&path, "%.*s%s", slash ? (int)(slash - db_path) + 1 : 0, db_path, name);
    int fd = buf_err(&path) ? -1 : open(buf_str(&path), O_WRONLY | O_TRUNC | O_CLOEXEC | more_flags, 0660);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    bool written = write(fd, "now\n", 4) == 4;
    return close(fd) == 0 && written ? ERR_OK : ERR_IO;
}

static enum err log_act(struct flow *f, const char *action, const char *object)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = audit(f, action, object, "ok");
    return work_end(f, &tx, e);
}

enum err flow_send_now(struct flow *f)
{
    enum err e = log_act(f, "upload.now", "outbox");
    return e ? e : touch(f, "send-now", O_CREAT);
}

enum err flow_service_window(struct flow *f)
{
    if (!flow_has_service_window(f))
        return ERR_NOT_FOUND;
    enum err e = log_act(f, "service.window", "box");
    return e ? e : touch(f, "service-window", 0);
}

bool flow_has_service_window(struct flow *f)
{
    CLEANUP(buf_done) struct buf path = buf_make(4096);
    const char *db_path = store_path(f->store), *slash = strrchr(db_path, '/');
    buf_addf(&path, "%.*sservice-window", slash ? (int)(slash - db_path) + 1 : 0, db_path);
    return !buf_err(&path) && access(buf_str(&path), W_OK) == 0;
}

enum err flow_outbox_resend(struct flow *f, int64_t *ret_n)
{
    int64_t n = 0;
    for (;;) {
        CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 };
        enum err e = store_outbox_lost(f->store, PAGE, &rows);
        for (size_t i = 0; e == ERR_OK && i < rows.n; i++, n++)
            e = flow_outbox_retry(f, &rows.v[i].id);
        if (e != ERR_OK || rows.n == 0) {
            *ret_n = n;
            return e;
        }
    }
}

static enum err accept_loss(struct flow *f, const struct ulid *id, const char *reason)
{
    struct outbox_row row;
    enum err e = lost_row(f, id, &row);
    return e ? e : store_outbox_accept_loss(f->store, &row, f->actor, reason);
}

enum err flow_outbox_discard(struct flow *f, const struct ulid *id, const char *reason)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    if (!text_fits(reason, REASON_LETTERS, false))
        return ERR_INVAL;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_outbox_discard(f->store, id, f->actor, reason);
    if (e == ERR_STATE)
        e = accept_loss(f, id, reason);
    if (e == ERR_OK)
        e = audit(f, "outbox.discard", id->s, "ok");
    return work_end(f, &tx, e);
}
