/* What the region's owner does: schema, houses, an overview. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "region/inside.h"
#include "region/migrations.h"

/* Roles belong to the whole server, so they may be there already. */
static const char *const roles[] = { "dynamo_site", "dynamo_desk" };

static enum err make_role(struct region *r, const char *role)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    char sql[64];
    arg_text(&a, role);
    enum err e = ask(r, "SELECT 1 FROM pg_roles WHERE rolname = $1", &a, &q);
    if (e != ERR_OK || rows_of(&q) > 0)
        return e;
    snprintf(sql, sizeof(sql), "CREATE ROLE %s NOLOGIN", role);
    return tell_region(r, sql, NULL);
}

static enum err step_to(struct region *r, const struct migration *m)
{
    struct args a = { 0 };
    arg_int(&a, m->version);
    enum err e = tell_region(r, m->sql, NULL);
    return e == ERR_OK ? tell_region(r, "UPDATE schema_version SET version = $1", &a) : e;
}

/* Each version in a transaction of its own. */
static enum err climb(struct region *r, int from)
{
    enum err e = ERR_OK;
    for (int i = from; e == ERR_OK && i < region_migrations_n; i++) {
        e = tell_region(r, "BEGIN", NULL);
        if (e == ERR_OK)
            e = step_to(r, &region_migrations[i]);
        enum err end = tell_region(r, e == ERR_OK ? "COMMIT" : "ROLLBACK", NULL);
        e = e == ERR_OK ? end : e;
    }
    return e;
}

enum err region_init(struct region *r, const struct shared_rule *rule)
{
    struct args a = { 0 };
    if (!shared_rule_valid(rule))
        return ERR_INVAL;
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = ask(r, "SELECT 1 FROM pg_namespace WHERE nspname = 'dynamo'", NULL, &q);
    if (e == ERR_OK && rows_of(&q) > 0)
        return ERR_EXISTS;
    for (size_t i = 0; e == ERR_OK && i < ARRAY_LEN(roles); i++)
        e = make_role(r, roles[i]);
    if (e == ERR_OK)
        e = tell_region(r, "CREATE SCHEMA dynamo;"
                           " CREATE TABLE dynamo.schema_version (version integer NOT NULL);"
                           " INSERT INTO dynamo.schema_version VALUES (0);"
                           " GRANT SELECT ON dynamo.schema_version TO dynamo_site, dynamo_desk",
                        NULL);
    if (e == ERR_OK)
        e = climb(r, 0);
    arg_int(&a, rule->block_minutes);
    arg_int(&a, rule->one_in);
    return e == ERR_OK ? tell_region(r, "INSERT INTO rule (block_minutes, one_in) VALUES ($1, $2)",
                                     &a)
                       : e;
}

enum err region_migrate(struct region *r, int *ret_from, int *ret_to)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = ask(r, "SELECT version FROM schema_version", NULL, &q);
    if (e != ERR_OK)
        return e;
    int from = rows_of(&q) == 1 ? (int)cell_int(&q, 0, 0) : -1;
    if (from < 0 || from > region_migrations_n)
        return from < 0 ? ERR_CORRUPT : ERR_VERSION;
    e = climb(r, from);
    if (e != ERR_OK)
        return e;
    *ret_from = from;
    *ret_to = region_migrations_n;
    return ERR_OK;
}

/* A site is [a-z0-9_-], checked by the caller; the password goes through the server's own
 * quoting. */
enum err region_admit(struct region *r, const char *site, const char *password)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    CLEANUP(answer_done) struct answer text = { 0 };
    struct args a = { 0 };
    char role[ROSTER_ID_SIZE + 8];
    snprintf(role, sizeof(role), "site_%s", site);
    arg_text(&a, role);
    enum err e = ask(r, "SELECT 1 FROM pg_roles WHERE rolname = $1", &a, &q);
    if (e != ERR_OK)
        return e;
    arg_text(&a, rows_of(&q) > 0 ? "ALTER" : "CREATE");
    arg_text(&a, password);
    e = ask(r, "SELECT format('%s ROLE %I LOGIN', $2::text, $1::text)"
               " || coalesce(format(' PASSWORD %L', $3::text), '')", &a, &text);
    if (e == ERR_OK)
        e = tell_region(r, cell(&text, 0, 0), NULL);
    char sql[ROSTER_ID_SIZE + 40];
    snprintf(sql, sizeof(sql), "GRANT dynamo_site TO \"%s\"", role);
    return e == ERR_OK ? tell_region(r, sql, NULL) : e;
}

enum err region_expel(struct region *r, const char *site)
{
    struct args a = { 0 };
    arg_text(&a, site);
    enum err e = tell_region(r, "BEGIN", NULL);
    if (e == ERR_OK)
        e = tell_region(r, "DELETE FROM claim WHERE by_site = $1 OR coach IN"
                           " (SELECT id FROM coach WHERE home = $1)", &a);
    if (e == ERR_OK)
        e = tell_region(r, "DELETE FROM site WHERE id = $1", &a);
    enum err end = tell_region(r, e == ERR_OK ? "COMMIT" : "ROLLBACK", NULL);
    return e == ERR_OK ? end : e;
}

/* ---- the overview ---- */

void region_houses_done(struct region_houses *l)
{
    mem_free(l->v);
    *l = (struct region_houses){ 0 };
}

static enum err read_house(const struct answer *q, int i, struct region_house *h)
{
    *h = (struct region_house){ .asserted = cell_bool(q, i, 2),
                                .seen_s_ago = cell_int(q, i, 3),
                                .events = cell_int(q, i, 4),
                                .status = { .waiting = (int)cell_int(q, i, 5),
                                            .since = cell_int(q, i, 6),
                                            .at_work = (int)cell_int(q, i, 7),
                                            .unsent = cell_int(q, i, 8),
                                            .dead = cell_int(q, i, 9) } };
    enum err e = cell_put(q, i, 0, h->site, sizeof(h->site));
    if (e == ERR_OK)
        e = cell_put(q, i, 1, h->name, sizeof(h->name));
    return e == ERR_OK ? cell_put(q, i, 10, h->status.told, sizeof(h->status.told)) : e;
}

enum err region_houses(struct region *r, struct region_houses *ret_list)
{
    CLEANUP(region_houses_done) struct region_houses l = { 0 };
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = ask(r, "SELECT s.id, s.name, s.asserted,"
                        " extract(epoch FROM clock_timestamp() - t.seen)::bigint, t.last_n,"
                        " t.waiting, t.since_ms, t.at_work, t.unsent, t.dead, t.told"
                        " FROM site s JOIN site_state t ON t.site = s.id ORDER BY s.id", NULL, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        if (!mem_grow(&l.v, &l.cap, l.n, sizeof(*l.v)))
            return ERR_NOMEM;
        e = read_house(&q, i, &l.v[l.n++]);
    }
    if (e == ERR_OK)
        *ret_list = TAKE(l);
    return e;
}
