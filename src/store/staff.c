#include "store/staff.h"

#include <string.h>

#include "crypt/mac.h"
#include "crypt/pin.h"
#include "crypt/seal.h"
#include "crypt/totp.h"
#include "store/inside.h"

#define STAFF_COLUMNS "id, name, role, coalesce(coach, ''), created_ms, disabled_ms"
static const char SQL_ADD[] =
    "INSERT INTO staff (id, name, role, coach, pin_hash, totp, created_ms, disabled_ms)"
    " VALUES (:id, :name, :role, :coach, :hash, :totp, :created, :disabled)";
static const char SQL_GET[] = "SELECT " STAFF_COLUMNS " FROM staff WHERE id = :id";
static const char SQL_LIST[] = "SELECT " STAFF_COLUMNS " FROM staff ORDER BY name, id";
static const char SQL_DISABLE[] =
    "UPDATE staff SET disabled_ms = coalesce(disabled_ms, :at) WHERE id = :id";
static const char SQL_SET_PIN[] = "UPDATE staff SET pin_hash = :hash WHERE id = :id";
static const char SQL_HASH[] =
    "SELECT pin_hash FROM staff WHERE id = :id AND disabled_ms IS NULL";
static const char SQL_TOTP[] =
    "SELECT totp, totp_step FROM staff WHERE id = :id AND disabled_ms IS NULL";
static const char SQL_TOTP_USED[] =
    "UPDATE staff SET totp_step = :step WHERE id = :id AND totp_step < :step";

_Static_assert(STAFF_TOTP_TEXT_SIZE == TOTP_TEXT_SIZE, "one size of text");

static const char *const role_names[STORE_ROLE_COUNT] = { "coach", "coordinator", "admin" };

const char *store_role_name(enum store_role r)
{
    return (unsigned)r < STORE_ROLE_COUNT ? role_names[r] : NULL;
}

void staff_rows_done(struct staff_rows *l)
{
    mem_free(l->v);
    *l = (struct staff_rows){ 0 };
}

static const struct pin_cost *cost_of(const struct store *s)
{
    return s->simulated ? &pin_cost_cheap : &pin_cost_full;
}

static struct seal_place totp_place(const char *id)
{
    return (struct seal_place){ .day = SEAL_NO_DAY, .table = "staff", .row = id, .column = "totp" };
}

static enum err insert(struct store *s, const struct staff_row *r, const char *hash,
                       const unsigned char *totp, size_t n)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_ADD);
    bind_text(&q, ":id", r->id);
    bind_text(&q, ":name", r->name);
    bind_text(&q, ":role", store_role_name(r->role));
    bind_opt(&q, ":coach", r->coach);
    bind_text(&q, ":hash", hash);
    bind_blob(&q, ":totp", totp, n);
    bind_int(&q, ":created", r->created);
    bind_ms(&q, ":disabled", r->disabled);
    return stmt_run(&q);
}

enum err store_staff_add(struct store *s, const struct staff_row *r, const char *pin,
                         char ret_totp[STAFF_TOTP_TEXT_SIZE])
{
    if (!s->house)
        return ERR_DENIED;
    char hash[PIN_HASH_SIZE];
    enum err e = pin_hash(s->keys, pin, cost_of(s), hash);
    if (e != ERR_OK)
        return e;
    unsigned char secret[TOTP_SECRET_SIZE], sealed[TOTP_SECRET_SIZE + SEAL_OVERHEAD];
    totp_make(s->rng, secret);
    struct seal_place place = totp_place(r->id);
    e = seal_field(s->keys, &place, secret, sizeof(secret), sealed);
    if (e == ERR_OK)
        e = insert(s, r, hash, sealed, sizeof(sealed));
    if (e == ERR_OK)
        totp_text(secret, ret_totp);
    mem_wipe(secret, sizeof(secret));
    return e;
}

static void read_row(struct stmt *q, struct staff_row *r)
{
    char role[16];
    col_text(q, 0, r->id, sizeof(r->id));
    col_text(q, 1, r->name, sizeof(r->name));
    col_text(q, 2, role, sizeof(role));
    col_text(q, 3, r->coach, sizeof(r->coach));
    r->created = col_int(q, 4);
    r->disabled = col_int(q, 5);
    for (int i = 0; i < STORE_ROLE_COUNT; i++)
        if (strcmp(role, role_names[i]) == 0) {
            r->role = (enum store_role)i;
            return;
        }
    q->e = ERR_CORRUPT;
}

enum err store_staff_get(struct store *s, const char *id, struct staff_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_text(&q, ":id", id);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    struct staff_row r = { 0 };
    read_row(&q, &r);
    if (q.e == ERR_OK)
        *ret_row = r;
    return q.e;
}

enum err store_staff_list(struct store *s, struct staff_rows *ret_list)
{
    CLEANUP(staff_rows_done) struct staff_rows l = { 0 };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LIST);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        read_row(&q, &l.v[l.n]);
        if (!stmt_pass_over(&q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}

static enum err found(enum err e)
{
    return e == ERR_STALE ? ERR_NOT_FOUND : e;
}

enum err store_staff_disable(struct store *s, const char *id, utc_ms at)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_DISABLE);
    bind_text(&q, ":id", id);
    bind_int(&q, ":at", at);
    return found(stmt_change(&q));
}

enum err store_staff_set_pin(struct store *s, const char *id, const char *pin)
{
    if (!s->house)
        return ERR_DENIED;
    char hash[PIN_HASH_SIZE];
    enum err e = pin_hash(s->keys, pin, cost_of(s), hash);
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_SET_PIN);
    bind_text(&q, ":id", id);
    bind_text(&q, ":hash", hash);
    return found(stmt_change(&q));
}

static enum err hash_of(struct store *s, const char *id, char ret[PIN_HASH_SIZE])
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_HASH);
    bind_text(&q, ":id", id);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        col_text(&q, 0, ret, PIN_HASH_SIZE);
    return e == ERR_OK ? q.e : e;
}

struct staff_pin_check {
    struct pin_check c;
};

enum err store_staff_pin_begin(struct store *s, const char *id, const char *pin,
                               struct staff_pin_check **ret_check)
{
    char hash[PIN_HASH_SIZE];
    if (!s->house)
        return ERR_DENIED;
    enum err e = hash_of(s, id, hash);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    struct staff_pin_check *c = mem_calloc(1, sizeof(*c));
    if (!c)
        return ERR_NOMEM;
    e = pin_check_begin(s->keys, pin, e == ERR_OK ? hash : NULL, cost_of(s), &c->c);
    if (e == ERR_OK)
        *ret_check = c;
    else
        mem_free(c);
    return e;
}

enum err store_staff_pin_run(struct staff_pin_check *c)
{
    return pin_check_run(&c->c);
}

void store_staff_pin_done(struct staff_pin_check *c)
{
    if (c)
        mem_wipe(c, sizeof(*c));
    mem_free(c);
}

enum err store_staff_check_pin(struct store *s, const char *id, const char *pin)
{
    struct staff_pin_check *c = NULL;
    enum err e = store_staff_pin_begin(s, id, pin, &c);
    if (e == ERR_OK)
        e = store_staff_pin_run(c);
    store_staff_pin_done(c);
    return e;
}

static enum err totp_of(struct store *s, const char *id, unsigned char secret[TOTP_SECRET_SIZE],
                        int64_t *ret_step)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_TOTP);
    bind_text(&q, ":id", id);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_DENIED : e;
    size_t n = 0;
    const void *sealed = col_blob(&q, 0, &n);
    if (n != TOTP_SECRET_SIZE + SEAL_OVERHEAD)
        return ERR_CORRUPT;
    *ret_step = col_int(&q, 1);
    struct seal_place place = totp_place(id);
    return seal_open(s->keys, &place, sealed, n, secret);
}

enum err store_staff_badge(struct store *s, const char *id, struct token *ret_token)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_HASH);
    char bytes[ROSTER_ID_SIZE + PIN_HASH_SIZE] = "";
    unsigned char mac[MAC_SIZE];
    if (!s->house)
        return ERR_DENIED;
    bind_text(&q, ":id", id);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    size_t n = strlen(id) + 1; /* the NUL keeps the two apart */
    if (n > ROSTER_ID_SIZE)
        return ERR_NOT_FOUND;
    memcpy(bytes, id, n);
    col_text(&q, 0, bytes + n, PIN_HASH_SIZE);
    e = q.e == ERR_OK ? mac_of_house(s->keys, "badge", bytes, n + strlen(bytes + n), mac) : q.e;
    if (e == ERR_OK)
        *ret_token = token_of_bytes(mac);
    mem_wipe(bytes, sizeof(bytes));
    mem_wipe(mac, sizeof(mac));
    return e;
}

enum err store_staff_check_totp(struct store *s, const char *id, const char *code, utc_ms now)
{
    if (!s->house)
        return ERR_DENIED;
    unsigned char secret[TOTP_SECRET_SIZE];
    int64_t step = 0;
    enum err e = totp_of(s, id, secret, &step);
    if (e == ERR_OK)
        e = totp_check(secret, code, now, step, &step);
    mem_wipe(secret, sizeof(secret));
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_TOTP_USED);
    bind_text(&q, ":id", id);
    bind_int(&q, ":step", step);
    e = stmt_change(&q);
    return e == ERR_STALE ? ERR_DENIED : e; /* used at this moment by somebody else */
}
