/*
 * src/desk/session.h - who is logged in at this desk.
 *
 * A token is 32 random bytes, told once to the browser as 64 hex digits; kept is its hash. A
 * session belongs to one certificate, ends after idle_ms without a touch and life_ms in any
 * case, half an hour after the house closes, and with the program: sessions live in memory
 * alone, so that no copy of the disk holds one. Times are monotonic ms.
 */
#ifndef DESK_SESSION_H
#define DESK_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rng.h"
#include "flow/house.h"
#include "store/token.h"

#define SESSIONS_MAX 96
#define SESSIONS_PER_PERSON 6
#define SESSION_TOKEN_BYTES 32
#define SESSION_TOKEN_SIZE (2 * SESSION_TOKEN_BYTES + 1)
#define SESSION_DEVICE_SIZE 129 /* fingerprint of a certificate, or "" */

struct session {
    bool used;
    uint64_t number; /* of this session, never again */
    unsigned char hash[STORE_TOKEN_HASH_SIZE];
    char csrf[SESSION_TOKEN_SIZE]; /* the second token, for the header of changes */
    char device[SESSION_DEVICE_SIZE];
    struct staff staff;
    int64_t since, touched;
    utc_ms ends; /* of the house's own clock: after closing; 0: not by that */
};

struct sessions {
    struct session v[SESSIONS_MAX];
    int64_t idle_ms, life_ms;
    uint64_t last_number;
};

/* A new session; the person's oldest goes when there are too many. NULL: the house is full. */
struct session *session_begin(struct sessions *all, struct rng *rng, const struct staff *who,
                              const char *device, int64_t now,
                              char ret_token[SESSION_TOKEN_SIZE]);
/* The session of a token on this device, or NULL. Does not touch it. */
struct session *session_find(struct sessions *all, const char *token, const char *device,
                             int64_t now);
/* By its number: NULL once it is over. */
struct session *session_of(struct sessions *all, uint64_t number, int64_t now);
void session_touch(struct session *s, int64_t now);
void session_end(struct session *s);
/* Ends those whose `ends` has come. */
void sessions_end_at(struct sessions *all, utc_ms now);
/* Ends those of a person; NULL: of everybody. */
void sessions_end_of(struct sessions *all, const char *staff_id);
size_t sessions_count(const struct sessions *all, int64_t now);
/* Whether another session of this person is open. */
bool session_has_other(const struct sessions *all, const struct session *s, int64_t now);
/* Compares in a time that does not tell where they differ. */
bool session_csrf_right(const struct session *s, const char *told);

#endif
