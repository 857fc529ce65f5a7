/*
 * tests/sync/fake_region.h - a region in memory, instead of src/region, with a line that fails.
 *
 * It keeps the rules of src/region/sql by other means. Every call may be lost before it is done,
 * or its answer after; then the connection is gone, as with the real one.
 */
#ifndef TESTS_SYNC_FAKE_REGION_H
#define TESTS_SYNC_FAKE_REGION_H

#include "region/region.h"

#define FAKE_SITES 3
#define FAKE_COACHES 8
#define FAKE_CLAIMS 4000
#define FAKE_PARCELS 200
#define FAKE_DAYS 20
#define FAKE_EVENTS 4000
#define FAKE_AGENDA 400

struct fake_claim {
    char coach[ROSTER_ID_SIZE];
    int64_t q5;
    int seat, by;
    struct ulid id;
};
struct fake_event {
    struct ulid id;
    int64_t n;
};
struct fake_state { /* plain memory: a copy is a backup */
    struct {
        bool joined, asserted;
        char name[ROSTER_ID_SIZE];
        unsigned char key[REGION_KEY_SIZE];
        char roster[8192];
        int64_t last_n;
        char last_id[ULID_LEN + 1];
        struct fake_event events[FAKE_EVENTS];
        int n_events;
        struct agenda_row agenda[FAKE_AGENDA];
        int n_agenda;
    } site[FAKE_SITES];
    struct {
        char id[ROSTER_ID_SIZE];
        int home;
        bool open;
    } coach[FAKE_COACHES];
    int n_coaches;
    struct {
        char coach[ROSTER_ID_SIZE];
        civil_day day;
        int site, moving_to; /* -1: not */
    } day[FAKE_DAYS];
    int n_days;
    struct fake_claim claim[FAKE_CLAIMS];
    int n_claims;
    struct {
        struct region_parcel p;
        int by, to;
        bool arrived;
    } parcel[FAKE_PARCELS];
    int n_parcels;
};

struct fake_world {
    struct fake_state now;
    struct shared_rule rule;
    struct rng rng;
    int fail_permille;        /* of calls */
    bool cut[FAKE_SITES];     /* no line at all */
};
extern struct fake_world world;

int fake_site(const char *id); /* its place, or -1 */
bool fake_move_day(const char *coach, civil_day day, int to);

#endif
