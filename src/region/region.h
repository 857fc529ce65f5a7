/*
 * src/region/region.h - one connection to the region's database, as a house.
 *
 * The only place that speaks to PostgreSQL. Every call is bounded: one that is not answered in
 * wait_ms ends in ERR_TIMEOUT, and the connection is closed. Calls may end, beside what their
 * own comment says, in
 *   ERR_NET      no connection (any more), or to a server that does not take writes
 *   ERR_TIMEOUT  as above
 *   ERR_DENIED   this role may not do that
 *   ERR_FORMAT   the server refused it otherwise; region_why() has its words
 *   ERR_NOMEM
 * Whether a call that ended in ERR_NET or ERR_TIMEOUT was done is not known: every one of them
 * can be made again.
 */
#ifndef REGION_REGION_H
#define REGION_REGION_H

#include "store/daily_count.h"
#include "store/region_mirror.h"
#include "store/region_seat.h"

struct region;

struct region_options {
    const char *conninfo; /* of libpq: hosts, dbname, user, sslmode, sslcert ... */
    int wait_ms;
};

/*
 * Connects. What conninfo does not say is set: target_session_attrs=read-write, so that of
 * several hosts the primary is taken; connect_timeout=5 a host.
 * ERR_INVAL  conninfo cannot be read, or would go over a network without checking the server
 *            (sslmode must be verify-full but for a Unix socket or this machine)
 */
NODISCARD enum err region_open(const struct region_options *o, struct region **ret_region);
void region_close(struct region *r); /* NULL is fine */
void region_closep(struct region **r);
/* The server's last words, one line; for logs of an administrator: never of a visitor. */
const char *region_why(const struct region *r);
/* What was wrong when region_open() failed. */
const char *region_open_why(void);

/* Only what a program is told says where the region is: libpq's variables go. At the start. */
void region_forget_environment(void);

int region_socket(const struct region *r); /* to wait on; -1 when closed */
/* Takes in what came by itself. *ret_called: there is news for this house. */
NODISCARD enum err region_listen_read(struct region *r, bool *ret_called);

/* ---- who we are ---- */

struct region_hello {
    int schema;              /* of the database; 0: none */
    char me[ROSTER_ID_SIZE]; /* as which house this connection logged in; "" none */
    struct shared_rule rule;
    bool joined;             /* its row is there */
    bool asserted;           /* no loss is known since it told its seats */
    unsigned char key[REGION_KEY_SIZE];
    int64_t last_n; /* the last event that the region has of it, and its id */
    char last_id[ULID_LEN + 1];
};
NODISCARD enum err region_hello(struct region *r, struct region_hello *ret_hello);
int region_schema(void); /* that this program knows */
/* Makes the house's row. ERR_EXISTS there is one, with another key. */
NODISCARD enum err region_join(struct region *r, const char *site, const char *name,
                               const unsigned char key[REGION_KEY_SIZE]);
/* Its row, coaches and claims go. ERR_BUSY: a parcel is still on its way. */
NODISCARD enum err region_leave(struct region *r);
NODISCARD enum err region_publish(struct region *r, const char *name, const char *roster);
NODISCARD enum err region_listen(struct region *r, const char *site);

/* ---- seats ---- */

enum region_answer { REGION_GRANTED, REGION_REFUSED, REGION_WAIT };
/* `again`: a house tells what it holds already. */
NODISCARD enum err region_claim(struct region *r, const struct region_seat *s, bool again,
                                enum region_answer *ret_answer);
/* Fine when it is not there. */
NODISCARD enum err region_release(struct region *r, const struct region_seat *s);
/* What this house claims there, of `from` and later: after a loss that may be more than it holds. */
NODISCARD enum err region_own_seats(struct region *r, civil_day from,
                                    struct region_seats *ret_list);
/* Whoever finds that the region forgot something: every house tells its seats anew. */
NODISCARD enum err region_lost(struct region *r);
NODISCARD enum err region_told_all(struct region *r);

/* ---- what goes there ---- */

/* Events in order, the counts of the days that they changed, and how their appointments stand
 * now: in one transaction. */
struct region_batch {
    const struct region_events *events; /* at least one */
    const civil_day *days;
    size_t n_days;
    const struct count_rows *counts;
    const struct agenda_rows *agenda;
};
NODISCARD enum err region_push(struct region *r, const struct region_batch *b);
/* Appointments that stood before there were events of them. */
NODISCARD enum err region_tell_agenda(struct region *r, const struct agenda_rows *agenda);
struct region_status {
    int waiting, at_work;
    utc_ms since; /* arrival of whoever waits longest; 0: nobody */
    int64_t unsent, dead;
    char told[REGION_WHY_SIZE];
};
NODISCARD enum err region_push_status(struct region *r, const struct region_status *s);
/* Fine when it is there already. ERR_DENIED its seat is not ours. */
NODISCARD enum err region_send(struct region *r, const struct region_parcel *p);
/* Those of ours that arrived, until they are struck off. */
NODISCARD enum err region_arrived(struct region *r, struct ulid *ret_ids, size_t max,
                                  size_t *ret_n);
NODISCARD enum err region_struck(struct region *r, const struct ulid *id);

/* ---- what comes ---- */

/* A text that changes when anything changes that this house must know of. */
#define REGION_NEWS_SIZE 33
NODISCARD enum err region_news(struct region *r, civil_day from, char ret_news[REGION_NEWS_SIZE]);
NODISCARD enum err region_mirror(struct region *r, const char *me, civil_day from,
                                 struct mirror *ret_mirror);
NODISCARD enum err region_parcels(struct region *r, struct region_parcels *ret_list);
/* It is stored here: its body goes there. Fine when it is gone. */
NODISCARD enum err region_parcel_taken(struct region *r, const struct ulid *id);
NODISCARD enum err region_offer(struct region *r, const char *site, civil_day from,
                                struct buf *roster, struct buf *offer);

/* ---- coaches and days ---- */

/* At home here unless another house was first. */
NODISCARD enum err region_coach_add(struct region *r, const char *coach);
/* Others may claim its shared blocks from here on: all of ours are known there. */
NODISCARD enum err region_coach_open(struct region *r, const char *coach);
/* Coaches at home here that are not open yet. */
NODISCARD enum err region_coaches_shut(struct region *r, struct mirror *ret_mirror);
/* Days of ours that are asked to go (`days`; here is true). */
NODISCARD enum err region_days_going(struct region *r, struct mirror *ret_mirror);
NODISCARD enum err region_hand_over(struct region *r, const char *coach, civil_day day);
/* As the coordinator: the answer is a word of the region's move_day. */
NODISCARD enum err region_move_day(struct region *r, const char *coach, civil_day day,
                                   const char *to, char ret_answer[16]);

/* ---- its owner's side (admin.c) ---- */

/* The schema of this version, in a database that has none, with its rule and roles.
 * ERR_EXISTS it has one. Needs a role that may make roles. */
NODISCARD enum err region_init(struct region *r, const struct shared_rule *rule);
NODISCARD enum err region_migrate(struct region *r, int *ret_from, int *ret_to);
/* Makes the login of a house, site_ID; `password` NULL: by certificate alone. */
NODISCARD enum err region_admit(struct region *r, const char *site, const char *password);
/* A house goes, with its coaches, days and parcels; its events and counts stay. */
NODISCARD enum err region_expel(struct region *r, const char *site);

struct region_house {
    char site[ROSTER_ID_SIZE];
    char name[ROSTER_NAME_SIZE];
    bool asserted;
    int64_t seen_s_ago, events;
    struct region_status status;
};
struct region_houses { /* owns v */
    struct region_house *v;
    size_t n, cap;
};
void region_houses_done(struct region_houses *l);
/* As dynamo_desk or the owner: every house; as a house: itself. */
NODISCARD enum err region_houses(struct region *r, struct region_houses *ret_list);

#endif
