/*
 * src/store/device_state.h - the present state of things that staff must know of: printer,
 * clock, upload.
 */
#ifndef STORE_DEVICE_STATE_H
#define STORE_DEVICE_STATE_H

#include <stddef.h>

#include "store/appointment.h"
#include "store/store.h"

#define DEVICE_STATE_SIZE 65

struct device_row {
    char device[STORE_ACTOR_SIZE];
    char state[DEVICE_STATE_SIZE]; /* "ok", or what is wrong */
    utc_ms since;
};
struct device_rows { /* owns v; all-zero is empty */
    struct device_row *v;
    size_t n, cap;
};
void device_rows_done(struct device_rows *l);

/* Writes nothing when the state is that already. */
NODISCARD enum err store_device_put(struct store *s, const char *device, const char *state,
                                    utc_ms at);
NODISCARD enum err store_device_get(struct store *s, const char *device,
                                    struct device_row *ret_row); /* ERR_NOT_FOUND */
NODISCARD enum err store_device_list(struct store *s, struct device_rows *ret_list);

#endif
