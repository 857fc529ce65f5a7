/* Hello: are we who we think, and does each side remember what the other does? */
#include <string.h>

#include "base/log.h"
#include "sync/inside.h"

static enum err wrong(struct sync *s, const char *why)
{
    s->why = why;
    return line(s, ERR_STATE);
}

static bool same_rule(const struct shared_rule *a, const struct shared_rule *b)
{
    return a->block_minutes == b->block_minutes && a->one_in == b->one_in;
}

static enum err agree(struct sync *s, const struct region_hello *h)
{
    if (h->schema != region_schema())
        return wrong(s, "schema");
    if (strcmp(h->me, s->row.site) != 0)
        return wrong(s, "role");
    if (!h->joined)
        return wrong(s, "not_joined");
    if (memcmp(h->key, s->row.key, sizeof(h->key)) != 0)
        return wrong(s, "key");
    return same_rule(&h->rule, &s->row.rule) ? ERR_OK : wrong(s, "rule");
}

/* What is known of who forgot something. */
struct memory {
    bool lost;     /* the region came back from an old copy */
    bool older;    /* this house did */
    bool asserted; /* it has told all since the last loss */
};

/* Where the region's last event stands here. */
static enum err compare(struct sync *s, const struct region_hello *h, struct memory *m)
{
    int64_t n = 0;
    enum err e = ERR_OK;
    if (h->last_id[0])
        e = store_region_event_place(s->store, h->last_id, &n);
    if (e == ERR_NOT_FOUND) { /* it is this house: new events have new keys and simply follow */
        log_event(LOG_LEVEL_WARN, "sync.house_is_older", h->last_id, h->last_n);
        m->older = true;
        return ERR_OK;
    }
    if (e != ERR_OK || n == s->row.sent)
        return e;
    m->lost = n < s->row.sent;
    if (m->lost)
        log_event(LOG_LEVEL_WARN, "sync.region_is_older", NULL, s->row.sent - n);
    s->row.sent = n;
    return store_region_sent(s->store, n);
}

/* All that goes to the region once more, since it lost something. */
static enum err tell_all(struct sync *s, const struct memory *m)
{
    enum err e = store_parcels_send_again(s->store);
    if (e == ERR_OK && !m->older) /* an old house does not know what it sold since */
        e = sync_drop_ghosts(s);
    return e == ERR_OK ? line(s, region_told_all(s->r)) : e;
}

/* Every house tells what it holds before anything new is given away. */
static enum err mend(struct sync *s, struct memory *m)
{
    CLEANUP(mirror_done) struct mirror mirror = { 0 };
    int missed = 0;
    enum err e = ERR_OK;
    if (m->lost)
        e = line(s, region_lost(s->r));
    if (e == ERR_OK)
        e = line(s, region_mirror(s->r, s->row.site, sync_from(s), &mirror));
    if (e == ERR_OK)
        e = sync_tell_seats(s, &mirror, &missed);
    if (e == ERR_OK && missed > 0 && !m->lost) {
        log_event(LOG_LEVEL_WARN, "sync.region_forgot_seats", NULL, missed);
        e = line(s, region_lost(s->r));
        m->lost = true;
    }
    return e == ERR_OK && (m->lost || !m->asserted) ? tell_all(s, m) : e;
}

enum err sync_meet(struct sync *s)
{
    struct region_hello h;
    struct memory m = { 0 };
    enum err e = line(s, region_hello(s->r, &h));
    m.asserted = e == ERR_OK && h.asserted;
    if (e == ERR_NOT_FOUND)
        s->why = "schema";
    if (e == ERR_OK)
        e = agree(s, &h);
    if (e == ERR_OK)
        e = compare(s, &h, &m);
    if (e == ERR_OK)
        e = mend(s, &m);
    return e == ERR_OK ? line(s, region_listen(s->r, s->row.site)) : e;
}

/* Another house found a loss while we were connected. */
enum err sync_tell_again(struct sync *s)
{
    struct region_hello h;
    enum err e = line(s, region_hello(s->r, &h));
    return e == ERR_OK && !h.asserted ? mend(s, &(struct memory){ 0 }) : e;
}
