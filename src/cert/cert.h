/*
 * src/cert/cert.h - the house's own certificates: CA, server, one per desk device.
 *
 * The house CA signs a server certificate for nginx and a client certificate for
 * each device that coaches use. Keys are ECDSA P-256. A server certificate is for
 * serverAuth only and a device's for clientAuth only, so that neither can stand in
 * for the other. Key files are made with mode 0600 and never overwritten.
 *
 * The only place for gnutls. ERR_IO also when a library call fails.
 */
#ifndef CERT_CERT_H
#define CERT_CERT_H

#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"

#define CERT_NAME_MAX 64 /* bytes of a common name */
#define CERT_PIN_SIZE 41 /* of a P12's password, its NUL included */

/* Files of a folder: house-ca.key and house-ca.crt; server.key and server.crt;
 * device-ID.p12. Keep house-ca.key offline, on a stick in the safe. */

/* A new CA, good for ten years. ERR_EXISTS: there is one in dir; ERR_INVAL: the name. */
NODISCARD enum err cert_make_house(const char *dir, const char *name, utc_ms now);

/* Signs a new server certificate for a year; ip "" for none. An older one is kept
 * beside it as server.crt.old, for the days in which both are good.
 * ERR_NOT_FOUND: no CA in dir; ERR_INVAL: host or address. */
NODISCARD enum err cert_make_server(const char *dir, const char *host, const char *ip, utc_ms now);

/* A device's key, certificate and the CA in one P12 file with a random password, told
 * this once. id: [a-z0-9_-]{1,32}. ERR_EXISTS, ERR_NOT_FOUND: no CA, ERR_INVAL. */
NODISCARD enum err cert_make_device(const char *dir, const char *id, utc_ms now,
                                    char ret_password[CERT_PIN_SIZE]);

struct cert_view {
    char name[CERT_NAME_MAX + 1]; /* common name */
    utc_ms from, until;
};
/* Reads one certificate in PEM. ERR_NOT_FOUND, ERR_FORMAT. */
NODISCARD enum err cert_read(const char *path, struct cert_view *ret_view);

#endif
