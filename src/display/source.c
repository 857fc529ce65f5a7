#include "display/source.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "store/roster_text.h"
#include "store/wall.h"

#define ZONE_FILE_MAX (256u * 1024)

void source_init(struct source *s, const char *db_path, const struct clock *clock, struct rng *rng)
{
    *s = (struct source){ .db_path = db_path, .clock = clock, .rng = rng, .changes = -1 };
    s->known = (struct wall_known){ .simulated = clock->simulated, .pin_day = CIVIL_DAY_NONE };
}

static void close_store(struct source *s)
{
    store_close(s->store);
    s->store = NULL;
    s->changes = -1;
}

void source_done(struct source *s)
{
    close_store(s);
    roster_done(&s->roster);
    zone_done(&s->zone);
    visit_rows_done(&s->rows);
    *s = (struct source){ 0 };
}

/* Opens it, or opens it again when another file took its place. */
static enum err see_open(struct source *s)
{
    struct stat st;

    if (stat(s->db_path, &st) != 0)
        return ERR_NOT_FOUND;
    if (s->store && (st.st_ino != s->ino || st.st_dev != s->dev))
        close_store(s);
    if (s->store)
        return ERR_OK;
    const struct store_options o = { .path = s->db_path, .rng = s->rng, .keys = STORE_KEYS_NONE,
                                     .read_only = true };
    enum err e = store_open(&o, &s->store);
    if (e != ERR_OK)
        return e;
    s->ino = st.st_ino;
    s->dev = st.st_dev;
    s->roster_version = 0;
    return s->clock->simulated && !store_simulated(s->store) ? ERR_DENIED : ERR_OK;
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

static enum err read_roster(struct source *s)
{
    int64_t version;
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    CLEANUP(roster_done) struct roster roster = { 0 };
    CLEANUP(zone_done) struct zone zone = { 0 };

    enum err e = store_roster_version(s->store, &version);
    if (e != ERR_OK || version == s->roster_version)
        return e;
    e = store_roster_get(s->store, version, &json);
    if (e == ERR_OK)
        e = roster_parse(buf_str(&json), json.n, &notes, &roster);
    if (e == ERR_OK)
        e = read_zone(roster.site.timezone, &zone);
    if (e != ERR_OK)
        return e;
    roster_done(&s->roster);
    zone_done(&s->zone);
    s->roster = TAKE(roster);
    s->zone = TAKE(zone);
    s->roster_version = version;
    return ERR_OK;
}

static civil_day business_day(const struct source *s)
{
    return wall_business_day(&s->known, &s->zone, clock_wall_ms(s->clock));
}

static enum err read_rows(struct source *s)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(visit_rows_done) struct visit_rows rows = { 0 };

    enum err e = store_begin_read(s->store, &tx);
    if (e == ERR_OK)
        e = read_roster(s);
    if (e != ERR_OK)
        return e;
    e = store_wall_known(s->store, s->clock, &s->known);
    if (e != ERR_OK)
        return e;
    civil_day day = business_day(s);
    e = store_visits_open(s->store, day, &rows);
    if (e != ERR_OK)
        return e;
    visit_rows_done(&s->rows);
    s->rows = TAKE(rows);
    s->day = day;
    return ERR_OK;
}

static enum err look(struct source *s, bool *ret_changed)
{
    int64_t changes;

    enum err e = see_open(s);
    if (e == ERR_OK)
        e = store_changes(s->store, &changes);
    if (e != ERR_OK)
        return e;
    bool changed = changes != s->changes || business_day(s) != s->day;
    if (changed)
        e = read_rows(s);
    if (e != ERR_OK)
        return e;
    s->changes = changes;
    *ret_changed = changed;
    return ERR_OK;
}

enum err source_look(struct source *s, bool *ret_changed)
{
    enum err e = look(s, ret_changed);

    if (e != ERR_OK)
        close_store(s);
    return e;
}

bool source_now(const struct source *s, struct local_time *ret_now)
{
    utc_ms wall = clock_wall_ms(s->clock);
    bool sure = !wall_unsure(&s->known, wall);

    *ret_now = zone_local(&s->zone, sure || s->known.last == 0 ? wall : s->known.last);
    return sure;
}
