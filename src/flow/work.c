#include "flow/work.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/utf8.h"
#include "flow/region_work.h"
#include "store/audit.h"
#include "store/meta.h"
#include "store/roster_text.h"

#define META_KIOSK "kiosk_number" /* of this house in the region; 1 unless set */
#define ZONE_FILE_MAX (64 * 1024)

int64_t work_mono(const struct flow *f)
{
    return f->clock->simulated ? clock_wall_ms(f->clock) : clock_mono_ms(f->clock);
}

static enum err kiosk_read(struct flow *f)
{
    int64_t n = 1;
    enum err e = store_meta_get_int(f->store, META_KIOSK, &n);
    if (e == ERR_OK || e == ERR_NOT_FOUND)
        f->kiosk = (int)n;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Everything that a use case stands on, unless it is known to be as it was. */
static enum err ground_read(struct flow *f)
{
    if (f->epoch == store_epoch(f->store)) {
        time_look(f);
        return ERR_OK;
    }
    enum err e = roster_refresh(f);
    if (e == ERR_OK)
        e = kiosk_read(f);
    if (e == ERR_OK)
        e = time_read(f);
    if (e == ERR_OK)
        f->epoch = store_epoch(f->store);
    return e;
}

enum err work_begin(struct flow *f, struct store_tx *tx)
{
    if (f->read_only)
        return ERR_DENIED;
    enum err e = store_begin(f->store, tx);
    if (e == ERR_OK)
        e = ground_read(f);
    if (e == ERR_OK)
        e = tick_apply(f);
    return e == ERR_OK ? time_write(f) : e;
}

enum err work_end(struct flow *f, struct store_tx *tx, enum err e)
{
    if (e == ERR_OK)
        e = store_commit(tx);
    store_tx_done(tx);
    if (store_failed(f->store)) /* nothing is known of the outcome: no acknowledgement */
        return ERR_IO;
    return e;
}

enum err work_read(struct flow *f, struct store_tx *tx)
{
    utc_ms due = INT64_MAX;
    enum err e = f->read_only ? ERR_OK : tick_due(f, &due);
    if (e == ERR_OK && due <= clock_wall_ms(f->clock))
        e = flow_tick(f);
    if (e == ERR_OK)
        e = store_begin_read(f->store, tx);
    if (e == ERR_OK)
        e = roster_refresh(f);
    return e == ERR_OK ? time_read(f) : e;
}

enum err zone_load(const char *name, struct zone *ret_zone)
{
    if (name[0] == '/' || strstr(name, "..")) /* a name of the zone database, no path */
        return ERR_NOT_FOUND;
    char path[128];
    int n = snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
    if (n < 0 || (size_t)n >= sizeof(path))
        return ERR_NOT_FOUND;
    CLEANUP(buf_done) struct buf bytes = buf_make(ZONE_FILE_MAX);
    enum err e = buf_read_file(&bytes, path);
    return e == ERR_OK ? zone_parse(bytes.v, bytes.n, ret_zone) : e;
}

/* The stored text was checked when it came in: a fault now is damage. */
static enum err load_roster(struct flow *f, int64_t version)
{
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    CLEANUP(roster_done) struct roster roster = { 0 };
    CLEANUP(zone_done) struct zone zone = { 0 };
    enum err e = store_roster_get(f->store, version, &json);
    if (e == ERR_OK)
        e = roster_parse(buf_str(&json), json.n, &notes, &roster);
    if (e == ERR_OK)
        e = zone_load(roster.site.timezone, &zone);
    if (e != ERR_OK)
        return e == ERR_FORMAT || e == ERR_NOT_FOUND ? ERR_CORRUPT : e;
    roster_done(&f->roster);
    zone_done(&f->zone);
    f->roster = TAKE(roster);
    f->zone = TAKE(zone);
    f->roster_version = version;
    f->mirror = 0;
    return ERR_OK;
}

/* The same text once more, as the region's days cut it. */
static enum err load_agenda(struct flow *f)
{
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    CLEANUP(roster_done) struct roster agenda = { 0 };
    enum err e = store_roster_get(f->store, f->roster_version, &json);
    if (e == ERR_OK)
        e = roster_parse(buf_str(&json), json.n, &notes, &agenda);
    if (e == ERR_OK)
        e = region_overlay(f, &agenda);
    if (e != ERR_OK)
        return e;
    roster_done(&f->agenda);
    f->agenda = TAKE(agenda);
    f->mirror = f->region.mirror;
    return ERR_OK;
}

static enum err refresh_region(struct flow *f)
{
    enum err e = store_region_get(f->store, &f->region);
    if (e != ERR_OK || !f->region.joined || f->roster_version <= 0 || f->mirror == f->region.mirror)
        return e;
    return load_agenda(f);
}

const struct roster *agenda_of(const struct flow *f)
{
    return f->region.joined ? &f->agenda : &f->roster;
}

static enum err refresh_roster(struct flow *f)
{
    int64_t version = 0;
    enum err e = store_roster_version(f->store, &version);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e != ERR_OK || version == f->roster_version || version == f->roster_bad)
        return e;
    e = load_roster(f, version);
    if (e != ERR_CORRUPT)
        return e;
    /* The house goes on with the roster it has, and another one can be imported. */
    log_error("flow.roster", e, NULL);
    f->roster_bad = version;
    return ERR_OK;
}

enum err roster_refresh(struct flow *f)
{
    enum err e = refresh_roster(f);
    return e == ERR_OK ? refresh_region(f) : e;
}

/* Also the marks that turn a line of a listing around or break it. */
static bool is_control(uint32_t cp)
{
    return cp == UTF8_BAD || cp < 0x20 || (cp >= 0x7F && cp < 0xA0) ||
           (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF;
}

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200F) ||
           cp == 0x202F || cp == 0x205F || cp == 0x2060 || cp == 0x3000;
}

bool text_fits(const char *s, int letters, bool empty)
{
    if (!s || !s[0])
        return empty;
    const char *end = s + strlen(s);
    int n = 0;
    bool seen = false;
    while (s < end) {
        uint32_t cp = utf8_next(&s, end);
        if (is_control(cp) || ++n > letters)
            return false;
        seen = seen || !is_blank(cp);
    }
    return seen || empty;
}

void text_put(char *out, size_t n, const char *s)
{
    size_t len = s ? strnlen(s, n - 1) : 0;
    if (len > 0)
        memmove(out, s, len);
    out[len] = '\0';
}

enum err coach_of(const struct flow *f, const char *id, int *ret_coach)
{
    int i = f->roster_version > 0 ? roster_coach_find(&f->roster, id) : -1;
    if (i < 0)
        return ERR_NOT_FOUND;
    *ret_coach = i;
    return ERR_OK;
}

enum err service_of(const struct flow *f, const char *id, int *ret_service)
{
    int i = f->roster_version > 0 ? roster_service_find(&f->roster, id) : -1;
    if (i < 0)
        return ERR_NOT_FOUND;
    *ret_service = i;
    return ERR_OK;
}

bool actor_is_staff(const struct flow *f)
{
    return strncmp(f->actor, "kiosk:", 6) != 0;
}

bool device_is_kiosk(const struct flow *f)
{
    return strncmp(f->device, "kiosk:", 6) == 0;
}

enum err audit(struct flow *f, const char *action, const char *object, const char *result)
{
    struct audit_row r = { .at = f->now, .mono = work_mono(f) };
    text_put(r.actor, sizeof(r.actor), f->actor);
    text_put(r.action, sizeof(r.action), action);
    text_put(r.object, sizeof(r.object), object);
    text_put(r.result, sizeof(r.result), result);
    return store_audit_append(f->store, &r);
}
