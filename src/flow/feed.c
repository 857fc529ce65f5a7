/* A coach's calendar behind a secret address: times and first names, nothing else. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "flow/appointment.h"
#include "flow/desk.h"
#include "flow/work.h"
#include "store/feed.h"

#define BYTES (FEED_TOKEN_SIZE / 2)
#define DAYS_BACK 14
#define DAYS_AHEAD 731 /* no roster books further */

enum err flow_feed_make(struct flow *f, const char *coach, char ret_token[FEED_TOKEN_SIZE])
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    unsigned char bytes[BYTES], hash[STORE_TOKEN_HASH_SIZE];
    char token[FEED_TOKEN_SIZE];
    int who = 0;
    rng_fill(f->rng, bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        snprintf(token + 2 * i, 3, "%02x", bytes[i]);
    store_token_hash(token, FEED_TOKEN_SIZE - 1, hash);
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = coach_of(f, coach, &who);
    if (e == ERR_OK)
        e = store_feed_put(f->store, coach, hash, f->now);
    if (e == ERR_OK)
        e = audit(f, "calendar.make", coach, "ok");
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        memcpy(ret_token, token, sizeof(token));
    mem_wipe(token, sizeof(token));
    mem_wipe(bytes, sizeof(bytes));
    return e;
}

enum err flow_feed_end(struct flow *f, const char *coach)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_feed_clear(f->store, coach);
    if (e == ERR_OK)
        e = audit(f, "calendar.end", coach, "ok");
    return work_end(f, &tx, e);
}

enum err flow_feed_made(struct flow *f, const char *coach, utc_ms *ret_at)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_read(f, &tx);
    return e == ERR_OK ? store_feed_made(f->store, coach, ret_at) : e;
}

/* Somebody with one name is not told by it: their first letter stands for it. */
static enum err put_given(struct flow *f, const struct ulid *id, char out[PERSON_NAME_SIZE])
{
    struct person p = { 0 };
    enum err e = store_appointment_person(f->store, id, &p);
    if (e == ERR_OK && p.given[0]) {
        text_put(out, PERSON_NAME_SIZE, p.given);
    } else if (e == ERR_OK) {
        const char *s = p.family;
        char letter[4];
        uint32_t cp = utf8_next(&s, p.family + strlen(p.family));
        size_t n = cp == UTF8_BAD ? 0 : utf8_put(cp, letter);
        memcpy(out, letter, n);
        out[n] = '\0';
    }
    mem_wipe(&p, sizeof(p));
    return e == ERR_DENIED || e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err say_all(struct flow *f, const char *coach, flow_feed_said say, void *arg)
{
    CLEANUP(appointment_rows_done) struct appointment_rows rows = { 0 };
    enum err e = store_appointments_of_days(f->store, coach, f->today - DAYS_BACK,
                                            f->today + DAYS_AHEAD, &rows);
    for (size_t i = 0; e == ERR_OK && i < rows.n; i++) {
        struct appointment_view a;
        struct feed_entry entry = { .appointment = &a };
        if (rows.v[i].state == APPT_NO_SHOW)
            continue;
        e = appointment_view_of(f, &rows.v[i], false, &a);
        if (e == ERR_OK)
            e = put_given(f, &rows.v[i].id, entry.given);
        if (e == ERR_OK)
            say(arg, &entry);
        mem_wipe(&entry, sizeof(entry));
    }
    return e;
}

enum err flow_feed_read(struct flow *f, const char *token, flow_feed_said say, void *arg,
                        char ret_coach[ROSTER_ID_SIZE])
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    unsigned char hash[STORE_TOKEN_HASH_SIZE];
    char coach[ROSTER_ID_SIZE] = "";
    if (strlen(token) != FEED_TOKEN_SIZE - 1)
        return ERR_NOT_FOUND;
    store_token_hash(token, FEED_TOKEN_SIZE - 1, hash);
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_feed_coach(f->store, hash, coach);
    if (e == ERR_OK)
        e = say_all(f, coach, say, arg);
    if (e == ERR_OK)
        e = audit(f, "calendar.read", coach, "ok");
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        memcpy(ret_coach, coach, sizeof(coach));
    return e;
}
