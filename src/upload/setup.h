/*
 * src/upload/setup.h - what a run needs before it may start.
 *
 * Shared by dynamo-upload and the register test of dynamoctl.
 */
#ifndef UPLOAD_SETUP_H
#define UPLOAD_SETUP_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "config/options.h"
#include "net/http.h"
#include "register/settings.h"
#include "store/store.h"

/*
 * The settings of the configured register, its secret read from its file. With
 * `check_modes` a secret file or private key that others may read is refused.
 * ERR_INVAL an option is missing or ill-formed, ERR_NOT_FOUND a file is not
 * there, ERR_DENIED open to others, ERR_LIMIT a secret of more than 255 bytes;
 * *ret_what is then the name of the option.
 */
NODISCARD enum err setup_settings(const struct config *config, bool check_modes,
                                  struct register_settings *ret_settings, const char **ret_what);

/* Header lines of one option, and the client made of all of them. */
struct setup_client {
    struct http_client *client;
    struct http_port port;
};

/* One connection where the limit is polite; several, or streams of HTTP/2, where it is lifted.
 * `only_loopback` for a simulated database: its proxy must be on this machine too. Errors as
 * http_client_create(). */
NODISCARD enum err setup_client(const struct config *config, bool only_loopback,
                                struct setup_client *ret_client);
void setup_client_done(struct setup_client *c);

/* True when every address of the profile in use is on this machine. */
bool setup_is_loopback(const struct register_settings *s);

/* By the rules of core/wall.h, as the house goes by them. */
NODISCARD enum err setup_clock_unsure(struct store *store, const struct clock *clock,
                                      bool *ret_unsure);

/*
 * One run at a time: a lock on a file beside the database, let go with the
 * process. ERR_BUSY another run has it, ERR_IO. Close the descriptor to unlock.
 */
NODISCARD enum err setup_lock(const char *db_path, int *ret_fd);

#endif
