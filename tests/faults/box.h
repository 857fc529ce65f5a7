/*
 * tests/faults/box.h - a house on the simulated disk: kiosk, desk, upload and a register.
 *
 * The programs are the product's modules on one thread. Each is opened when it is needed and
 * closed when it was killed, as the service manager would do; the clock is that of calls.h.
 * box_image() makes the house once: the people of people.h, open day and night.
 */
#ifndef TESTS_FAULTS_BOX_H
#define TESTS_FAULTS_BOX_H

#include "flow/booking.h"
#include "flow/house.h"
#include "flow/upkeep.h"
#include "register/settings.h"
#include "tests/faults/calls.h"
#include "tests/upload/near.h"

#define BOX_DB DISK_ROOT "/house.db"
#define BOX_START INT64_C(1780293600000) /* Monday 2026-06-01, 8:00 in Amsterdam */

enum box_program { BOX_KIOSK, BOX_DESK, BOX_PROGRAMS };

struct box {
    struct rng rng; /* of the programs */
    struct clock clock;
    struct flow *programs[BOX_PROGRAMS];
    struct register_settings settings;
    struct near near;
};

/* Called with each store that a program opens; NULL: nobody asks. */
extern void (*box_opened)(struct store *s);

/* Another copy of the new house, closed; the caller mounts it. */
struct disk *box_image(void);

/* A house from that image, on a disk of its own, at BOX_START. */
void box_begin(struct box *b, uint64_t seed);
void box_done(struct box *b); /* closes everything; the disk stays mounted */

/* Opens it when it is not: NULL, and *ret_why, when that fails. */
struct flow *box_bring_up(struct box *b, enum box_program p, enum err *ret_why);
void box_close(struct box *b, enum box_program p);
/* Everything stops and starts: after a power cut, or a kill -9 of all programs. */
void box_power_cycle(struct box *b);
void box_kill(struct box *b, enum box_program p);

/* One nightly run, as the program does it: not while the clock is unsure. Who finds
 * calls_is_killed() afterwards revives. */
enum err box_upload(struct box *b, bool *ret_unsure);
/* What dynamoctl check says must be nothing: false, and said on stderr, when it is not. */
bool box_is_sound(struct box *b, enum err *ret_e);

#endif
