#include "store/retention.h"

#include <string.h>

#include "base/buf.h"
#include "crypt/hmac.h"
#include "store/inside.h"
#include "store/outbox_row.h"

static const char SQL_OPEN_VISITS[] =
    "SELECT day, count(*) FROM visit INDEXED BY visit_of_person WHERE state = 'waiting'"
    " OR state = 'called' OR state = 'in_service' OR state = 'paused' OR state = 'missed'"
    " OR state = 'parked' GROUP BY day";
static const char SQL_UNSENT[] =
    "SELECT day, count(*) FILTER (WHERE state <> 'dead'), count(*) FILTER (WHERE state = 'dead')"
    " FROM outbox INDEXED BY outbox_open WHERE " OUTBOX_OPEN_STATES " GROUP BY day";
static const char SQL_LAST_SENT[] =
    "SELECT day, max(sent_ms) FROM outbox WHERE sent_ms IS NOT NULL GROUP BY day";
static const char SQL_CODES[] =
    "SELECT code_day, max(day) FROM appointment WHERE code_day IS NOT NULL"
    " AND state IN ('held', 'booked', 'checked_in', 'no_show') GROUP BY code_day";
static const char SQL_PROVED[] = "SELECT object FROM audit WHERE action = :action";

static const char SQL_OPEN_OF_DAY[] =
    "SELECT count(*) FROM outbox INDEXED BY outbox_open WHERE " OUTBOX_OPEN_STATES
    " AND day = :day AND (:dead = 0 OR state = 'dead')";
static const char SQL_PEOPLE[] =
    "SELECT id, person, note FROM visit WHERE day = :day"
    " UNION ALL SELECT id, person, NULL FROM appointment WHERE day = :day AND person IS NOT NULL"
    " UNION ALL SELECT id, person, NULL FROM call_request WHERE day = :day"
    " ORDER BY id";
static const char SQL_RECORDS[] = "SELECT id, body FROM outbox WHERE day = :day ORDER BY id";
static const char SQL_EMPTY_RECORDS[] =
    "UPDATE outbox SET body = x'' WHERE day = :day AND body <> x''";
static const char SQL_EMPTY_STEPS[] =
    "UPDATE outbox_step SET body = x'' WHERE body <> x''"
    " AND outbox IN (SELECT seq FROM outbox WHERE day = :day)";
/* The undo of an act of that date has had its seconds long ago. */
static const char SQL_EMPTY_UNDO[] =
    "UPDATE event SET before = NULL WHERE before IS NOT NULL"
    " AND subject IN (SELECT id FROM visit WHERE day = :day)";

#define ROW_BYTES_MAX (2 * 1024 + 66000)

static const char *const actions[RETENTION_KEY_COUNT] = { "retention.house", "retention.upload" };

const char *retention_action(enum retention_key k)
{
    return (unsigned)k < RETENTION_KEY_COUNT ? actions[k] : NULL;
}

void retention_days_done(struct retention_days *l)
{
    mem_free(l->v);
    *l = (struct retention_days){ 0 };
}

/* ---- what stands in the way ---- */

static enum err list_keyring(struct store *s, struct retention_days *l)
{
    for (size_t i = 0; i < keyring_count(s->keys); i++) {
        struct keyring_day k = keyring_at(s->keys, i);
        if (!ROWS_GROW(l))
            return ERR_NOMEM;
        struct retention_day *d = &l->v[l->n++];
        *d = (struct retention_day){ .day = k.day, .code_until = CIVIL_DAY_NONE };
        d->stands[RETENTION_HOUSE] = k.house;
        d->stands[RETENTION_UPLOAD] = k.upload;
    }
    return ERR_OK;
}

static struct retention_day *find(const struct retention_days *l, int64_t day)
{
    size_t lo = 0, hi = l->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (l->v[mid].day < day)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < l->n && l->v[lo].day == day ? &l->v[lo] : NULL;
}

static void set_open_visits(struct retention_day *d, struct stmt *q)
{
    d->open_visits = col_int(q, 1);
}

static void set_unsent(struct retention_day *d, struct stmt *q)
{
    d->unsent = col_int(q, 1);
    d->dead = col_int(q, 2);
}

static void set_last_sent(struct retention_day *d, struct stmt *q)
{
    d->last_sent = col_int(q, 1);
}

static void set_code(struct retention_day *d, struct stmt *q)
{
    d->code_until = (civil_day)col_int(q, 1);
}

/* One row of the query for each date that has any; its first column is the date. */
static enum err fill(struct store *s, const char *sql, struct retention_days *l,
                     void (*set)(struct retention_day *d, struct stmt *q))
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        struct retention_day *d = find(l, col_int(&q, 0));
        if (d) /* else a date of a keyring that is lost: nothing to destroy */
            set(d, &q);
    }
    return e == ERR_NONE ? ERR_OK : e;
}

/* The object of such a line begins with its date. */
static enum err fill_proved(struct store *s, enum retention_key k, struct retention_days *l)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PROVED);
    bind_text(&q, ":action", actions[k]);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        char object[80];
        civil_day day = 0;
        col_text(&q, 0, object, sizeof(object));
        object[strcspn(object, " ")] = '\0';
        struct retention_day *d = civil_parse(object, &day) == ERR_OK ? find(l, day) : NULL;
        if (d)
            d->proved[k] = true;
    }
    return e == ERR_NONE ? ERR_OK : e;
}

enum err store_retention_days(struct store *s, struct retention_days *ret_list)
{
    if (!s->house)
        return ERR_DENIED;
    CLEANUP(retention_days_done) struct retention_days l = { 0 };
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin_read(s, &tx);
    if (e == ERR_OK)
        e = list_keyring(s, &l);
    if (e == ERR_OK)
        e = fill(s, SQL_OPEN_VISITS, &l, set_open_visits);
    if (e == ERR_OK)
        e = fill(s, SQL_UNSENT, &l, set_unsent);
    if (e == ERR_OK)
        e = fill(s, SQL_LAST_SENT, &l, set_last_sent);
    if (e == ERR_OK)
        e = fill(s, SQL_CODES, &l, set_code);
    for (int k = 0; e == ERR_OK && k < RETENTION_KEY_COUNT; k++)
        e = fill_proved(s, (enum retention_key)k, &l);
    if (e == ERR_OK)
        e = store_commit(&tx);
    if (e == ERR_OK)
        *ret_list = TAKE(l);
    return e;
}

/* ---- destroying ---- */

static enum err refuse_open(struct store *s, civil_day day, bool dead_only)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OPEN_OF_DAY);
    bind_int(&q, ":day", day);
    bind_int(&q, ":dead", dead_only);
    enum err e = stmt_one(&q);
    return e == ERR_OK && col_int(&q, 0) > 0 ? ERR_STATE : e;
}

/* Adds one row to the proof: its columns from the first on, the first being its id. */
static enum err prove_row(struct stmt *q, int columns, struct buf *bytes,
                          struct retention_proof *p)
{
    buf_clear(bytes);
    buf_add(bytes, p->digest, sizeof(p->digest));
    for (int i = 0; i < columns; i++) {
        size_t n = 0;
        const void *v = col_blob(q, i, &n);
        if (n)
            buf_add(bytes, v, n);
    }
    if (buf_err(bytes) != ERR_OK)
        return buf_err(bytes);
    crypt_sha256(bytes->v, bytes->n, p->digest);
    p->rows++;
    return ERR_OK;
}

_Static_assert(RETENTION_DIGEST_SIZE == CRYPT_SHA256_SIZE, "one size of digest");

static enum err prove(struct store *s, civil_day day, enum retention_key k,
                      struct retention_proof *p)
{
    CLEANUP(buf_done) struct buf bytes = buf_make(ROW_BYTES_MAX);
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, k == RETENTION_HOUSE ? SQL_PEOPLE : SQL_RECORDS);
    bind_int(&q, ":day", day);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        enum err bad = prove_row(&q, k == RETENTION_HOUSE ? 3 : 2, &bytes, p);
        if (bad != ERR_OK)
            return bad;
    }
    return e == ERR_NONE ? ERR_OK : e;
}

static enum err empty(struct store *s, const char *sql, civil_day day)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_int(&q, ":day", day);
    return stmt_run(&q);
}

enum err store_retention_destroy(struct store *s, civil_day day, enum retention_key k,
                                 struct retention_proof *ret_proof)
{
    if (!s->house)
        return ERR_DENIED;
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct retention_proof p = { 0 };
    enum err e = store_begin(s, &tx);
    if (e == ERR_OK)
        e = refuse_open(s, day, k == RETENTION_HOUSE);
    if (e == ERR_OK)
        e = prove(s, day, k, &p);
    if (e == ERR_OK && k == RETENTION_HOUSE)
        e = empty(s, SQL_EMPTY_UNDO, day);
    if (e == ERR_OK && k == RETENTION_UPLOAD)
        e = empty(s, SQL_EMPTY_STEPS, day);
    if (e == ERR_OK && k == RETENTION_UPLOAD)
        e = empty(s, SQL_EMPTY_RECORDS, day);
    if (e == ERR_OK)
        e = k == RETENTION_HOUSE ? keyring_drop_house(s->keys, day)
                                 : keyring_drop_upload(s->keys, day);
    if (e == ERR_OK)
        e = store_commit(&tx);
    if (e == ERR_OK)
        *ret_proof = p;
    return e;
}
