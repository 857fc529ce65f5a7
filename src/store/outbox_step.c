#include <string.h>

#include "store/outbox_key.h"
#include "store/outbox_send.h"

#define STEP_COLUMNS                                                                           \
    "outbox, n, name, key, depends_on, state, unsure, attempts, first_try_ms, last_try_ms,"   \
    " method, path, last_status, code, params, instance, api_version, result_url, digest,"    \
    " done_ms"
static const char SQL_INSERT[] =
    "INSERT INTO outbox_step (outbox, n, name, key, depends_on, body, state, attempts,"
    " first_try_ms, last_try_ms) VALUES (:outbox, :n, :name, :key, :depends_on, :body, :state,"
    " :attempts, :first_try, :last_try)";
static const char SQL_LIST[] = "SELECT " STEP_COLUMNS " FROM outbox_step WHERE outbox = :outbox"
                               " ORDER BY n";
static const char SQL_BODY[] = "SELECT o.key, s.body FROM outbox_step s"
                               " JOIN outbox o ON o.seq = s.outbox"
                               " WHERE s.outbox = :outbox AND s.n = :n";
static const char SQL_UPDATE[] =
    "UPDATE outbox_step SET state = :state, unsure = :unsure, attempts = :attempts,"
    " first_try_ms = :first_try, last_try_ms = :last_try, method = :method, path = :path,"
    " last_status = :last_status, code = :code, params = :params, instance = :instance,"
    " api_version = :api_version, result_url = :result_url, digest = :digest, done_ms = :done"
    " WHERE outbox = :outbox AND n = :n AND state = :was";
static const char SQL_IN_FLIGHT[] = "SELECT count(*) FROM outbox_step WHERE state = 'in_flight'";

static const char *const state_names[OUTBOX_STEP_STATE_COUNT] = { "ready", "in_flight", "done",
                                                                  "refused" };

void outbox_steps_done(struct outbox_steps *l)
{
    mem_free(l->v);
    *l = (struct outbox_steps){ 0 };
}

static enum err insert(struct store *s, const struct kept_envelope *key,
                       const struct outbox_step *step, const void *body, size_t n)
{
    CLEANUP(mem_freep) unsigned char *sealed =
        outbox_seal(s, key, outbox_where("outbox_step", step->outbox, step->n), body, n);
    if (!sealed)
        return ERR_NOMEM;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_INSERT);
    bind_int(&q, ":outbox", step->outbox);
    bind_int(&q, ":n", step->n);
    bind_text(&q, ":name", step->name);
    bind_opt(&q, ":key", step->key);
    bind_opt(&q, ":depends_on", step->depends_on);
    bind_blob(&q, ":body", sealed, n + ENVELOPE_OVERHEAD);
    bind_text(&q, ":state", state_names[step->state]);
    bind_int(&q, ":attempts", step->attempts);
    bind_ms(&q, ":first_try", step->first_try);
    bind_ms(&q, ":last_try", step->last_try);
    return stmt_run(&q);
}

enum err store_step_insert(struct store *s, const struct outbox_step *step, const void *body,
                           size_t n)
{
    if (n > OUTBOX_BODY_MAX)
        return ERR_LIMIT;
    const struct kept_envelope *key = NULL;
    enum err e = outbox_key_of(s, step->outbox, &key);
    return e == ERR_OK ? insert(s, key, step, body, n) : e;
}

enum err store_steps_insert(struct store *s, const struct outbox_steps *steps,
                            const char *const *bodies)
{
    const struct kept_envelope *key = NULL;
    for (size_t i = 0; i < steps->n; i++)
        if (strlen(bodies[i]) > OUTBOX_BODY_MAX)
            return ERR_LIMIT;
    enum err e = steps->n ? outbox_key_of(s, steps->v[0].outbox, &key) : ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < steps->n; i++)
        e = insert(s, key, &steps->v[i], bodies[i], strlen(bodies[i]));
    return e;
}

static void read_state(struct stmt *q, int i, struct outbox_step *r)
{
    char state[16];
    col_text(q, i, state, sizeof(state));
    for (int st = 0; st < OUTBOX_STEP_STATE_COUNT; st++)
        if (strcmp(state, state_names[st]) == 0) {
            r->state = (enum outbox_step_state)st;
            return;
        }
    q->e = ERR_CORRUPT;
}

static void read_row(struct stmt *q, struct outbox_step *r)
{
    *r = (struct outbox_step){ 0 };
    r->outbox = col_int(q, 0);
    r->n = (int)col_int(q, 1);
    col_text(q, 2, r->name, sizeof(r->name));
    col_text(q, 3, r->key, sizeof(r->key));
    col_text(q, 4, r->depends_on, sizeof(r->depends_on));
    read_state(q, 5, r);
    r->unsure = col_int(q, 6) != 0;
    r->attempts = (int)col_int(q, 7);
    r->first_try = col_int(q, 8);
    r->last_try = col_int(q, 9);
    col_text(q, 10, r->method, sizeof(r->method));
    col_text(q, 11, r->path, sizeof(r->path));
    r->last_status = (int)col_int(q, 12);
    col_text(q, 13, r->code, sizeof(r->code));
    col_text(q, 14, r->params, sizeof(r->params));
    col_text(q, 15, r->instance, sizeof(r->instance));
    col_text(q, 16, r->api_version, sizeof(r->api_version));
    col_text(q, 17, r->result_url, sizeof(r->result_url));
    size_t n = 0;
    const void *digest = col_blob(q, 18, &n);
    if (n == sizeof(r->digest))
        memcpy(r->digest, digest, n);
    r->done = col_int(q, 19);
}

/* A record goes whole or not at all: a damaged step is an error, not one step less. */
enum err store_steps(struct store *s, int64_t outbox, struct outbox_steps *ret_list)
{
    CLEANUP(outbox_steps_done) struct outbox_steps l = { 0 };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LIST);
    bind_int(&q, ":outbox", outbox);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        read_row(&q, &l.v[l.n++]);
        if (q.e != ERR_OK)
            return q.e;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}

enum err store_step_body(struct store *s, int64_t outbox, int n, struct buf *out)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_BODY);
    bind_int(&q, ":outbox", outbox);
    bind_int(&q, ":n", n);
    return outbox_open_row(&q, outbox_where("outbox_step", outbox, n), out);
}

static bool has_digest(const struct outbox_step *step)
{
    static const unsigned char none[OUTBOX_DIGEST_SIZE];
    return memcmp(step->digest, none, sizeof(none)) != 0;
}

enum err store_step_update(struct store *s, const struct outbox_step *step,
                           enum outbox_step_state was)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_UPDATE);
    bind_int(&q, ":outbox", step->outbox);
    bind_int(&q, ":n", step->n);
    bind_text(&q, ":state", state_names[step->state]);
    bind_int(&q, ":unsure", step->unsure);
    bind_int(&q, ":attempts", step->attempts);
    bind_ms(&q, ":first_try", step->first_try);
    bind_ms(&q, ":last_try", step->last_try);
    bind_opt(&q, ":method", step->method);
    bind_opt(&q, ":path", step->path);
    bind_ms(&q, ":last_status", step->last_status);
    bind_opt(&q, ":code", step->code);
    bind_opt(&q, ":params", step->params);
    bind_opt(&q, ":instance", step->instance);
    bind_opt(&q, ":api_version", step->api_version);
    bind_opt(&q, ":result_url", step->result_url);
    bind_blob(&q, ":digest", has_digest(step) ? step->digest : NULL, sizeof(step->digest));
    bind_ms(&q, ":done", step->done);
    bind_text(&q, ":was", state_names[was]);
    return stmt_change(&q);
}

enum err store_steps_in_flight(struct store *s, int64_t *ret_n)
{
    return store_query_int(s, SQL_IN_FLIGHT, ret_n);
}
