/*
 * src/regiondesk/regiondesk.h - the coordinator's pages over all houses of a region:
 * dynamo-desk --region.
 *
 * It runs on the region's own server, with the login, sessions and look of the desk (its people
 * and its log stand in a database of its own) and reads PostgreSQL as a member of dynamo_desk.
 * Each request waits for the region REGIONDESK_WAIT_MS at most; while it does not answer, the
 * pages say so.
 */
#ifndef REGIONDESK_REGIONDESK_H
#define REGIONDESK_REGIONDESK_H

#include "desk/desk.h"

#define REGIONDESK_WAIT_MS 3000

/* As desk_run(); setup->face is set here. `conninfo` is libpq's. */
NODISCARD enum err regiondesk_run(const struct desk_setup *setup, const char *conninfo);

#endif
