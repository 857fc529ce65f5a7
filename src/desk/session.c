#include "desk/session.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static void make_token(struct rng *rng, char out[SESSION_TOKEN_SIZE])
{
    unsigned char bytes[SESSION_TOKEN_BYTES];

    rng_fill(rng, bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    mem_wipe(bytes, sizeof(bytes));
}

static bool over(const struct sessions *all, const struct session *s, int64_t now)
{
    return now - s->touched >= all->idle_ms || now - s->since >= all->life_ms;
}

/* A free place: never used, over, or the oldest of somebody who has too many. */
static struct session *place_for(struct sessions *all, const char *id, int64_t now)
{
    struct session *spot = NULL, *oldest = NULL;
    int own = 0;

    for (size_t i = 0; i < SESSIONS_MAX; i++) {
        struct session *s = &all->v[i];
        if (s->used && over(all, s, now))
            session_end(s);
        if (!s->used) {
            spot = spot ? spot : s;
            continue;
        }
        if (strcmp(s->staff.id, id) != 0)
            continue;
        own++;
        oldest = !oldest || s->touched < oldest->touched ? s : oldest;
    }
    return own >= SESSIONS_PER_PERSON ? oldest : spot;
}

struct session *session_begin(struct sessions *all, struct rng *rng, const struct staff *who,
                              const char *device, int64_t now,
                              char ret_token[SESSION_TOKEN_SIZE])
{
    struct session *s = place_for(all, who->id, now);

    if (!s || strlen(device) >= SESSION_DEVICE_SIZE)
        return NULL;
    session_end(s);
    *s = (struct session){ .used = true, .number = ++all->last_number, .staff = *who,
                           .since = now, .touched = now };
    snprintf(s->device, sizeof(s->device), "%s", device);
    make_token(rng, ret_token);
    make_token(rng, s->csrf);
    store_token_quick_hash(ret_token, SESSION_TOKEN_SIZE - 1, s->hash);
    return s;
}

struct session *session_find(struct sessions *all, const char *token, const char *device,
                             int64_t now)
{
    unsigned char hash[STORE_TOKEN_HASH_SIZE];

    if (!token || strlen(token) != SESSION_TOKEN_SIZE - 1)
        return NULL;
    store_token_quick_hash(token, SESSION_TOKEN_SIZE - 1, hash);
    for (size_t i = 0; i < SESSIONS_MAX; i++) {
        struct session *s = &all->v[i];
        if (!s->used || memcmp(s->hash, hash, sizeof(hash)) != 0)
            continue;
        if (!over(all, s, now))
            return strcmp(s->device, device) == 0 ? s : NULL;
        session_end(s);
        return NULL;
    }
    return NULL;
}

struct session *session_of(struct sessions *all, uint64_t number, int64_t now)
{
    for (size_t i = 0; i < SESSIONS_MAX; i++)
        if (all->v[i].used && all->v[i].number == number && !over(all, &all->v[i], now))
            return &all->v[i];
    return NULL;
}

void session_touch(struct session *s, int64_t now)
{
    s->touched = now;
}

void session_end(struct session *s)
{
    mem_wipe(s, sizeof(*s));
}

void sessions_end_at(struct sessions *all, utc_ms now)
{
    for (size_t i = 0; i < SESSIONS_MAX; i++)
        if (all->v[i].used && all->v[i].ends != 0 && now >= all->v[i].ends)
            session_end(&all->v[i]);
}

void sessions_end_of(struct sessions *all, const char *staff_id)
{
    for (size_t i = 0; i < SESSIONS_MAX; i++)
        if (all->v[i].used && (!staff_id || strcmp(all->v[i].staff.id, staff_id) == 0))
            session_end(&all->v[i]);
}

size_t sessions_count(const struct sessions *all, int64_t now)
{
    size_t n = 0;

    for (size_t i = 0; i < SESSIONS_MAX; i++)
        n += all->v[i].used && !over(all, &all->v[i], now);
    return n;
}

bool session_has_other(const struct sessions *all, const struct session *s, int64_t now)
{
    for (size_t i = 0; i < SESSIONS_MAX; i++) {
        const struct session *o = &all->v[i];
        if (o != s && o->used && !over(all, o, now) && strcmp(o->staff.id, s->staff.id) == 0)
            return true;
    }
    return false;
}

bool session_csrf_right(const struct session *s, const char *told)
{
    unsigned differ = 0;

    if (!told || strlen(told) != SESSION_TOKEN_SIZE - 1)
        return false;
    for (size_t i = 0; i < SESSION_TOKEN_SIZE - 1; i++)
        differ |= (unsigned)(told[i] ^ s->csrf[i]);
    return differ == 0;
}
