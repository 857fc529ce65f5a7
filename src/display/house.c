#include "display/house.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "store/meta.h"
#include "store/roster_text.h"

#define ZONE_FILE_MAX (256u * 1024)
#define META_LAST_WALL "last_wall_ms"

void house_init(struct house *h, const char *db_path, const struct clock *clock, struct rng *rng)
{
    *h = (struct house){ .db_path = db_path, .clock = clock, .rng = rng, .changes = -1 };
}

static void close_store(struct house *h)
{
    store_close(h->store);
    h->store = NULL;
    h->changes = -1;
}

void house_done(struct house *h)
{
    close_store(h);
    roster_done(&h->roster);
    zone_done(&h->zone);
    visit_rows_done(&h->rows);
    *h = (struct house){ 0 };
}

/* Opens it, or opens it again when another file took its place. */
static enum err see_open(struct house *h)
{
    struct stat st;

    if (stat(h->db_path, &st) != 0)
        return ERR_NOT_FOUND;
    if (h->store && (st.st_ino != h->ino || st.st_dev != h->dev))
        close_store(h);
    if (h->store)
        return ERR_OK;
    const struct store_options o = { .path = h->db_path, .rng = h->rng, .keys = STORE_KEYS_NONE,
                                     .read_only = true };
    enum err e = store_open(&o, &h->store);
    if (e != ERR_OK)
        return e;
    h->ino = st.st_ino;
    h->dev = st.st_dev;
    h->roster_version = 0;
    return h->clock->simulated && !store_simulated(h->store) ? ERR_DENIED : ERR_OK;
}

static enum err read_zone(const char *name, struct zone *ret_zone)
{
    char path[128];
    CLEANUP(buf_done) struct buf bytes = buf_make(ZONE_FILE_MAX);

    if (name[0] == '/' || strstr(name, ".."))
        return ERR_CORRUPT;
    int n = snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
    if (n < 0 || (size_t)n >= sizeof(path))
        return ERR_CORRUPT;
    enum err e = buf_read_file(&bytes, path);
    return e == ERR_OK ? zone_parse(bytes.v, bytes.n, ret_zone) : e;
}

static enum err read_roster(struct house *h)
{
    int64_t version;
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    CLEANUP(roster_done) struct roster roster = { 0 };
    CLEANUP(zone_done) struct zone zone = { 0 };

    enum err e = store_roster_version(h->store, &version);
    if (e != ERR_OK || version == h->roster_version)
        return e;
    e = store_roster_get(h->store, version, &json);
    if (e == ERR_OK)
        e = roster_parse(buf_str(&json), json.n, &notes, &roster);
    if (e == ERR_OK)
        e = read_zone(roster.site.timezone, &zone);
    if (e != ERR_OK)
        return e;
    roster_done(&h->roster);
    zone_done(&h->zone);
    h->roster = TAKE(roster);
    h->zone = TAKE(zone);
    h->roster_version = version;
    return ERR_OK;
}

static enum err read_rows(struct house *h)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(visit_rows_done) struct visit_rows rows = { 0 };
    struct local_time now;

    enum err e = store_begin_read(h->store, &tx);
    if (e == ERR_OK)
        e = read_roster(h);
    if (e != ERR_OK)
        return e;
    e = store_meta_get_int(h->store, META_LAST_WALL, &h->last_wall);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    house_now(h, &now);
    e = store_visits_open(h->store, now.day, &rows);
    if (e != ERR_OK)
        return e;
    visit_rows_done(&h->rows);
    h->rows = TAKE(rows);
    h->day = now.day;
    return ERR_OK;
}

static enum err look(struct house *h, bool *ret_changed)
{
    int64_t changes;
    struct local_time now;

    enum err e = see_open(h);
    if (e == ERR_OK)
        e = store_changes(h->store, &changes);
    if (e != ERR_OK)
        return e;
    house_now(h, &now);
    bool changed = changes != h->changes || now.day != h->day;
    if (changed)
        e = read_rows(h);
    if (e != ERR_OK)
        return e;
    h->changes = changes;
    *ret_changed = changed;
    return ERR_OK;
}

enum err house_look(struct house *h, bool *ret_changed)
{
    enum err e = look(h, ret_changed);

    if (e != ERR_OK)
        close_store(h);
    return e;
}

bool house_now(const struct house *h, struct local_time *ret_now)
{
    utc_ms wall = clock_wall_ms(h->clock);
    bool sure = h->clock->simulated || wall >= h->last_wall - MINUTE_MS;

    *ret_now = zone_local(&h->zone, sure ? wall : h->last_wall);
    return sure;
}
