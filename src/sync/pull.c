/* What comes from the region. */
#include <string.h>

#include "base/log.h"
#include "sync/inside.h"

#define OFFERS_MAX 8
#define ARRIVED_MAX 100
#define OFFER_BYTES (1024 * 1024)

/* ---- the mirror ---- */

static enum err take_mirror(struct sync *s, const char news[REGION_NEWS_SIZE])
{
    CLEANUP(mirror_done) struct mirror m = { 0 };
    int gone = 0;
    enum err e = line(s, region_mirror(s->r, s->row.site, sync_from(s), &m));
    if (e == ERR_OK)
        e = sync_drop_given_up(s, &m, &gone);
    if (e == ERR_OK)
        e = store_mirror_put(s->store, &m);
    if (e == ERR_OK)
        memcpy(s->news, news, REGION_NEWS_SIZE);
    return e;
}

static enum err strike_off(struct sync *s)
{
    struct ulid ids[ARRIVED_MAX];
    size_t n = 0;
    enum err e = line(s, region_arrived(s->r, ids, ARRIVED_MAX, &n));
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        e = store_parcel_arrived(s->store, &ids[i]);
        if (e == ERR_OK)
            e = line(s, region_struck(s->r, &ids[i]));
    }
    return e;
}

static enum err take_parcels(struct sync *s)
{
    CLEANUP(region_parcels_done) struct region_parcels l = { 0 };
    enum err e = line(s, region_parcels(s->r, &l));
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        e = store_parcel_came(s->store, &l.v[i]);
    return e;
}

enum err sync_news(struct sync *s)
{
    char news[REGION_NEWS_SIZE];
    enum err e = sync_tell_again(s);
    if (e == ERR_OK)
        e = sync_ask_lost(s);
    if (e == ERR_OK)
        e = sync_coaches(s);
    if (e == ERR_OK)
        e = line(s, region_news(s->r, sync_from(s), news));
    if (e == ERR_OK && strcmp(news, s->news) != 0)
        e = take_mirror(s, news);
    if (e == ERR_OK)
        e = sync_days(s);
    if (e == ERR_OK)
        e = take_parcels(s);
    return e == ERR_OK ? strike_off(s) : e;
}

/* ---- appointments that the house has stored by now ---- */

enum err sync_parcels_in(struct sync *s)
{
    CLEANUP(region_parcels_done) struct region_parcels l = { 0 };
    enum err e = store_parcels_come(s->store, PARCEL_KEPT, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        e = line(s, region_parcel_taken(s->r, &l.v[i].id));
        if (e == ERR_OK)
            e = store_parcel_mark(s->store, &l.v[i].id, PARCEL_TOLD);
    }
    return e;
}

/* ---- what another house offers ---- */

static enum err look_up(struct sync *s, const char *site)
{
    CLEANUP(buf_done) struct buf roster = buf_make(ROSTER_JSON_MAX);
    CLEANUP(buf_done) struct buf offer = buf_make(OFFER_BYTES);
    enum err e = region_offer(s->r, site, sync_from(s), &roster, &offer);
    if (e == ERR_NOT_FOUND || e == ERR_LIMIT) /* it left, or has too much: an empty offer */
        return store_offer_put(s->store, site, "", "", clock_wall_ms(s->clock));
    if (line(s, e) != ERR_OK)
        return e;
    return store_offer_put(s->store, site, buf_str(&roster), buf_str(&offer),
                           clock_wall_ms(s->clock));
}

enum err sync_offers(struct sync *s)
{
    char sites[OFFERS_MAX][ROSTER_ID_SIZE];
    size_t n = 0;
    enum err e = store_offer_asked(s->store, sites, OFFERS_MAX, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        e = look_up(s, sites[i]);
    return e;
}
