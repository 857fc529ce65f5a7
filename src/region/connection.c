#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "region/inside.h"

#define OPTIONS_MAX 64
#define HOST_MAX 256 /* a name has 253 letters at most */

static char open_why[REGION_WORDS_SIZE];

/* One line, without control characters. */
static void add_why(char out[REGION_WORDS_SIZE], const char *text)
{
    size_t n = strlen(out);
    for (; text && *text && *text != '\n' && n < REGION_WORDS_SIZE - 1; text++)
        out[n++] = (unsigned char)*text < 0x20 || *text == 0x7F ? ' ' : *text;
    out[n] = '\0';
}

static void keep_why(char out[REGION_WORDS_SIZE], const char *text)
{
    out[0] = '\0';
    add_why(out, text);
}

const char *region_why(const struct region *r)
{
    return r->why;
}

const char *region_open_why(void)
{
    return open_why;
}

void region_forget_environment(void)
{
    static const char *const names[] = { "PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE",
                                         "PGSERVICEFILE", "PGSSLMODE", "PGOPTIONS", "PGUSER",
                                         "PGDATABASE", "PGREQUIRESSL", "PGSYSCONFDIR" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        unsetenv(names[i]);
}

/* ---- opening ---- */

struct options {
    const char *key[OPTIONS_MAX], *value[OPTIONS_MAX];
    int n;
};

static const char *value_of(const struct options *o, const char *key)
{
    for (int i = 0; i < o->n; i++)
        if (strcmp(o->key[i], key) == 0)
            return o->value[i];
    return NULL;
}

static void put(struct options *o, const char *key, const char *value)
{
    if (value_of(o, key) || o->n >= OPTIONS_MAX - 1)
        return;
    o->key[o->n] = key;
    o->value[o->n++] = value;
}

static bool one_is_near(const char *host, size_t n)
{
    return n == 0 || host[0] == '/' || (n == 9 && strncmp(host, "127.0.0.1", 9) == 0) ||
           (n == 3 && strncmp(host, "::1", 3) == 0) ||
           (n == 9 && strncmp(host, "localhost", 9) == 0);
}

/* A Unix socket or this machine, every host of them. */
static bool hosts_are_near(const char *hosts)
{
    while (hosts && *hosts) {
        size_t n = strcspn(hosts, ",");
        if (!one_is_near(hosts, n))
            return false;
        hosts += n;
        hosts += *hosts == ',';
    }
    return true;
}

static bool is_safe(const struct options *o)
{
    const char *mode = value_of(o, "sslmode");
    const char *to = value_of(o, "hostaddr");
    if (value_of(o, "service")) /* a file that names the host after this look */
        return false;
    return (mode && strcmp(mode, "verify-full") == 0) ||
           hosts_are_near(to ? to : value_of(o, "host"));
}

static void put_defaults(struct options *o)
{
    put(o, "target_session_attrs", "read-write");
    put(o, "connect_timeout", "5");
    put(o, "tcp_user_timeout", "15000");
    put(o, "keepalives_idle", "20");
    put(o, "keepalives_interval", "5");
    put(o, "keepalives_count", "3");
    put(o, "fallback_application_name", "dynamo");
    if (!value_of(o, "hostaddr")) /* else the environment's would count */
        put(o, "host", "/var/run/postgresql");
    o->key[o->n] = o->value[o->n] = NULL;
}

static enum err connect_by(const struct options *o, struct region *r)
{
    r->conn = PQconnectdbParams(o->key, o->value, 0);
    if (!r->conn)
        return ERR_NOMEM;
    if (PQstatus(r->conn) == CONNECTION_OK)
        return ERR_OK;
    add_why(open_why, open_why[0] ? "; " : "");
    add_why(open_why, PQerrorMessage(r->conn));
    PQfinish(r->conn);
    r->conn = NULL;
    return ERR_NET;
}

static int items_of(const char *list)
{
    int n = list != NULL;
    for (; list && *list; list++)
        n += *list == ',';
    return n;
}

/* Of `key`, a list as libpq has them, only the item at i; an only one is that of all hosts. */
static void choose_item(struct options *o, const char *key, int i, char out[HOST_MAX])
{
    const char *list = value_of(o, key);
    if (items_of(list) < 2)
        return;
    for (; i > 0; i--)
        list = strchr(list, ',') + 1;
    snprintf(out, HOST_MAX, "%.*s", (int)strcspn(list, ","), list);
    for (int k = 0; k < o->n; k++)
        if (strcmp(o->key[k], key) == 0)
            o->value[k] = out;
}

/* One host after the other. libpq would do so by itself where nobody answers, but not where
 * somebody takes the call and hangs up: a proxy, or a server that is full. */
static enum err connect_any(const struct options *o, struct region *r)
{
    static const char *const lists[] = { "host", "hostaddr", "port" };
    int n = 1;
    bool odd = false; /* lists that do not fit each other: libpq says so */
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        int items = items_of(value_of(o, lists[i]));
        odd = odd || (items > 1 && n > 1 && items != n);
        n = items > n ? items : n;
    }
    odd = odd || items_of(value_of(o, value_of(o, "hostaddr") ? "hostaddr" : "host")) != n;
    enum err e = odd ? connect_by(o, r) : ERR_NET;
    for (int i = 0; e == ERR_NET && !odd && i < n; i++) {
        struct options one = *o;
        char room[ARRAY_LEN(lists)][HOST_MAX];
        for (size_t k = 0; k < ARRAY_LEN(lists); k++)
            choose_item(&one, lists[k], i, room[k]);
        e = connect_by(&one, r);
    }
    return e;
}

enum err region_open(const struct region_options *o, struct region **ret_region)
{
    CLEANUP(region_closep) struct region *r = mem_calloc(1, sizeof(*r));
    struct options set = { .n = 0 };
    char *wrong = NULL;
    if (!r)
        return ERR_NOMEM;
    r->wait_ms = o->wait_ms;
    PQconninfoOption *said = PQconninfoParse(o->conninfo, &wrong);
    keep_why(open_why, wrong);
    PQfreemem(wrong);
    for (PQconninfoOption *p = said; p && p->keyword; p++)
        if (p->val)
            put(&set, p->keyword, p->val);
    bool safe = said && is_safe(&set);
    if (said && !safe)
        keep_why(open_why, "sslmode must be verify-full over a network, and a service file is not read");
    put_defaults(&set);
    enum err e = safe ? connect_any(&set, r) : ERR_INVAL;
    PQconninfoFree(said);
    if (e == ERR_OK)
        e = tell_region(r, "SET search_path = dynamo, pg_temp; SET bytea_output = hex;"
                           " SET statement_timeout = '60s'", NULL);
    if (e == ERR_OK)
        *ret_region = TAKE(r);
    return e;
}

void region_close(struct region *r)
{
    if (!r)
        return;
    PQfinish(r->conn);
    mem_free(r);
}

void region_closep(struct region **r)
{
    region_close(*r);
    *r = NULL;
}

int region_socket(const struct region *r)
{
    return r->conn && PQstatus(r->conn) == CONNECTION_OK ? PQsocket(r->conn) : -1;
}

enum err region_listen_read(struct region *r, bool *ret_called)
{
    if (!PQconsumeInput(r->conn)) {
        keep_why(r->why, PQerrorMessage(r->conn));
        return ERR_NET;
    }
    *ret_called = false;
    for (PGnotify *n; (n = PQnotifies(r->conn)) != NULL; PQfreemem(n))
        *ret_called = true;
    return ERR_OK;
}

/* ---- asking ---- */

void arg_text(struct args *a, const char *text)
{
    a->v[a->n++] = text;
}

void arg_int(struct args *a, int64_t n)
{
    snprintf(a->room[a->n], sizeof(a->room[0]), "%lld", (long long)n);
    a->v[a->n] = a->room[a->n];
    a->n++;
}

void answer_done(struct answer *q)
{
    PQclear(q->v);
    q->v = NULL;
}

/* What of an SQLSTATE matters to a caller. */
static enum err state_err(const char *state)
{
    static const struct {
        const char *state;
        enum err e;
    } known[] = {
        { "42501", ERR_DENIED },  { "23505", ERR_EXISTS }, { "57014", ERR_TIMEOUT },
        { "25006", ERR_NET },     { "40001", ERR_BUSY },   { "40P01", ERR_BUSY },
        { "08", ERR_NET },        { "57P", ERR_NET },      { "53", ERR_NET },
        { "3F000", ERR_NOT_FOUND }, { "42P01", ERR_NOT_FOUND },
    };
    for (size_t i = 0; state && i < ARRAY_LEN(known); i++)
        if (strncmp(state, known[i].state, strlen(known[i].state)) == 0)
            return known[i].e;
    return ERR_FORMAT;
}

static enum err result_err(struct region *r, const PGresult *v)
{
    ExecStatusType s = PQresultStatus(v);
    if (s == PGRES_TUPLES_OK || s == PGRES_COMMAND_OK)
        return ERR_OK;
    keep_why(r->why, PQresultErrorField(v, PG_DIAG_MESSAGE_PRIMARY));
    if (PQstatus(r->conn) != CONNECTION_OK)
        return ERR_NET;
    return state_err(PQresultErrorField(v, PG_DIAG_SQLSTATE));
}

/* Nothing is known of what was under way: nobody may go on with this connection. */
static enum err give_up(struct region *r, enum err e, const char *why)
{
    keep_why(r->why, why);
    PQfinish(r->conn);
    r->conn = NULL;
    return e;
}

/* The next result, or none (NULL), within the time. */
static enum err next_result(struct region *r, int64_t until, PGresult **ret)
{
    while (PQisBusy(r->conn) || PQflush(r->conn) == 1) {
        int64_t left = until - clock_real_mono_ms();
        struct pollfd p = { .fd = PQsocket(r->conn), .events = POLLIN };
        if (PQflush(r->conn) == 1)
            p.events |= POLLOUT;
        if (left <= 0)
            return give_up(r, ERR_TIMEOUT, "no answer in time");
        if (poll(&p, 1, (int)left) < 0 && errno != EINTR)
            return give_up(r, ERR_NET, "poll failed");
        if (p.revents && !PQconsumeInput(r->conn))
            return give_up(r, ERR_NET, PQerrorMessage(r->conn));
    }
    *ret = PQgetResult(r->conn);
    return ERR_OK;
}

static enum err send_it(struct region *r, const char *sql, const struct args *a)
{
    if (!r->conn || PQstatus(r->conn) != CONNECTION_OK)
        return ERR_NET;
    if (PQsetnonblocking(r->conn, 1) != 0)
        return give_up(r, ERR_NET, PQerrorMessage(r->conn));
    int sent = a ? PQsendQueryParams(r->conn, sql, a->n, NULL, a->v, NULL, NULL, 0)
                 : PQsendQuery(r->conn, sql);
    return sent ? ERR_OK : give_up(r, ERR_NET, PQerrorMessage(r->conn));
}

enum err ask(struct region *r, const char *sql, const struct args *a, struct answer *ret)
{
    int64_t until = clock_real_mono_ms() + r->wait_ms;
    CLEANUP(answer_done) struct answer last = { 0 };
    enum err worst = ERR_OK;
    enum err e = send_it(r, sql, a);
    while (e == ERR_OK) {
        PGresult *v = NULL;
        e = next_result(r, until, &v);
        if (e != ERR_OK || !v)
            break;
        enum err one = result_err(r, v);
        worst = worst == ERR_OK ? one : worst;
        answer_done(&last);
        last.v = v;
    }
    if (e == ERR_OK)
        e = worst;
    if (e == ERR_OK)
        *ret = TAKE(last);
    return e;
}

enum err tell_region(struct region *r, const char *sql, const struct args *a)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    return ask(r, sql, a, &q);
}

/* ---- reading ---- */

int rows_of(const struct answer *q)
{
    return PQntuples(q->v);
}

const char *cell(const struct answer *q, int row, int column)
{
    return PQgetvalue(q->v, row, column);
}

int64_t cell_int(const struct answer *q, int row, int column)
{
    return strtoll(cell(q, row, column), NULL, 10);
}

bool cell_bool(const struct answer *q, int row, int column)
{
    return cell(q, row, column)[0] == 't';
}

enum err cell_put(const struct answer *q, int row, int column, char *out, size_t n)
{
    size_t len = (size_t)PQgetlength(q->v, row, column);
    if (len >= n)
        return ERR_CORRUPT;
    memcpy(out, cell(q, row, column), len + 1);
    return ERR_OK;
}

static int nibble(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum err cell_bytes(const struct answer *q, int row, int column, void *out, size_t n, size_t *ret_n)
{
    const char *text = cell(q, row, column);
    size_t len = strlen(text);
    unsigned char *bytes = out;
    if (len == 0) {
        *ret_n = 0;
        return ERR_OK;
    }
    if (strncmp(text, "\\x", 2) != 0 || len % 2 != 0 || (len - 2) / 2 > n)
        return ERR_CORRUPT;
    for (size_t i = 0; i < (len - 2) / 2; i++) {
        int high = nibble(text[2 + 2 * i]), low = nibble(text[3 + 2 * i]);
        if (high < 0 || low < 0)
            return ERR_CORRUPT;
        bytes[i] = (unsigned char)(high * 16 + low);
    }
    *ret_n = (len - 2) / 2;
    return ERR_OK;
}

void bytes_text(const void *bytes, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *b = bytes;
    *out++ = '\\';
    *out++ = 'x';
    for (size_t i = 0; i < n; i++) {
        *out++ = digits[b[i] >> 4];
        *out++ = digits[b[i] & 15];
    }
    *out = '\0';
}
