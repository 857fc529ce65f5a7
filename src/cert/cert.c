#include "cert/cert.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/pkcs12.h>
#include <gnutls/x509.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

#define HOUSE_DAYS 3650
#define YEAR_DAYS 366
#define SERIAL_BYTES 16
#define PASSWORD_BYTES 20
#define FILE_MAX_BYTES 65536

/* ---- cleanup ---- */

static void crt_done(gnutls_x509_crt_t *c)
{
    if (*c)
        gnutls_x509_crt_deinit(*c);
}

static void key_done(gnutls_x509_privkey_t *k)
{
    if (*k)
        gnutls_x509_privkey_deinit(*k);
}

static void bag_done(gnutls_pkcs12_bag_t *b)
{
    if (*b)
        gnutls_pkcs12_bag_deinit(*b);
}

static void p12_done(gnutls_pkcs12_t *p)
{
    if (*p)
        gnutls_pkcs12_deinit(*p);
}

static void datum_done(gnutls_datum_t *d)
{
    if (d->data) {
        mem_wipe(d->data, d->size);
        gnutls_free(d->data);
    }
}

static void fd_done(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

/* ---- files ---- */

static enum err path_of(const char *dir, const char *file, char *path, size_t n)
{
    int len = snprintf(path, n, "%s/%s", dir, file);
    return len > 0 && (size_t)len < n ? ERR_OK : ERR_LIMIT;
}

/* A new file; ERR_EXISTS when there is one. */
static enum err write_new(const char *path, const gnutls_datum_t *d, mode_t mode)
{
    CLEANUP(fd_done) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0)
        return errno == EEXIST ? ERR_EXISTS : ERR_IO;
    for (size_t done = 0; done < d->size;) {
        ssize_t n = write(fd, d->data + done, d->size - done);
        if (n < 0 && errno != EINTR)
            return ERR_IO;
        done += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) == 0 ? ERR_OK : ERR_IO;
}

static enum err read_pem(const char *path, struct buf *b)
{
    enum err e = buf_read_file(b, path);
    return e == ERR_LIMIT ? ERR_FORMAT : e;
}

static gnutls_datum_t datum_of(const struct buf *b)
{
    return (gnutls_datum_t){ (unsigned char *)b->v, (unsigned)b->n };
}

static enum err read_crt(const char *path, gnutls_x509_crt_t *ret_crt)
{
    CLEANUP(buf_done) struct buf b = buf_make(FILE_MAX_BYTES);
    CLEANUP(crt_done) gnutls_x509_crt_t crt = NULL;
    enum err e = read_pem(path, &b);
    if (e != ERR_OK)
        return e;
    gnutls_datum_t d = datum_of(&b);
    if (gnutls_x509_crt_init(&crt) < 0)
        return ERR_NOMEM;
    if (gnutls_x509_crt_import(crt, &d, GNUTLS_X509_FMT_PEM) < 0)
        return ERR_FORMAT;
    *ret_crt = TAKE(crt);
    return ERR_OK;
}

struct house {
    gnutls_x509_crt_t crt;
    gnutls_x509_privkey_t key;
};

static void house_done(struct house *h)
{
    crt_done(&h->crt);
    key_done(&h->key);
}

static enum err house_read(const char *dir, struct house *ret_house)
{
    char path[4096];
    CLEANUP(house_done) struct house h = { 0 };
    CLEANUP(buf_wipe) struct buf b = buf_make(FILE_MAX_BYTES);
    enum err e = path_of(dir, "house-ca.crt", path, sizeof(path));
    if (e == ERR_OK)
        e = read_crt(path, &h.crt);
    if (e == ERR_OK)
        e = path_of(dir, "house-ca.key", path, sizeof(path));
    if (e == ERR_OK)
        e = read_pem(path, &b);
    if (e != ERR_OK)
        return e;
    gnutls_datum_t d = datum_of(&b);
    if (gnutls_x509_privkey_init(&h.key) < 0)
        return ERR_NOMEM;
    if (gnutls_x509_privkey_import(h.key, &d, GNUTLS_X509_FMT_PEM) < 0)
        return ERR_FORMAT;
    *ret_house = TAKE(h);
    return ERR_OK;
}

/* ---- certificates ---- */

static enum err new_key(gnutls_x509_privkey_t *ret_key)
{
    CLEANUP(key_done) gnutls_x509_privkey_t key = NULL;
    if (gnutls_x509_privkey_init(&key) < 0)
        return ERR_NOMEM;
    unsigned bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);
    if (gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, bits, 0) < 0)
        return ERR_IO;
    *ret_key = TAKE(key);
    return ERR_OK;
}

/* What every certificate has: serial, name, times, key. Valid from an hour ago, since
 * clocks of devices differ. */
static enum err new_crt(gnutls_x509_privkey_t key, const char *name, utc_ms now, int days,
                        gnutls_x509_crt_t *ret_crt)
{
    CLEANUP(crt_done) gnutls_x509_crt_t crt = NULL;
    unsigned char serial[SERIAL_BYTES];
    if (gnutls_x509_crt_init(&crt) < 0)
        return ERR_NOMEM;
    if (gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof(serial)) < 0)
        return ERR_IO;
    serial[0] = (serial[0] & 0x3F) | 0x40; /* positive, and never short */
    time_t from = (time_t)((now - HOUR_MS) / SECOND_MS);
    time_t until = (time_t)((now + days * DAY_MS) / SECOND_MS);
    bool ok = gnutls_x509_crt_set_version(crt, 3) >= 0 &&
              gnutls_x509_crt_set_serial(crt, serial, sizeof(serial)) >= 0 &&
              gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                            (unsigned)strlen(name)) >= 0 &&
              gnutls_x509_crt_set_activation_time(crt, from) >= 0 &&
              gnutls_x509_crt_set_expiration_time(crt, until) >= 0 &&
              gnutls_x509_crt_set_key(crt, key) >= 0;
    if (!ok)
        return ERR_IO;
    *ret_crt = TAKE(crt);
    return ERR_OK;
}

static bool set_leaf(gnutls_x509_crt_t crt, const char *purpose)
{
    return gnutls_x509_crt_set_basic_constraints(crt, 0, -1) >= 0 &&
           gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE) >= 0 &&
           gnutls_x509_crt_set_key_purpose_oid(crt, purpose, 0) >= 0;
}

static enum err sign(gnutls_x509_crt_t crt, const struct house *h)
{
    return gnutls_x509_crt_sign2(crt, h->crt, h->key, GNUTLS_DIG_SHA256, 0) >= 0 ? ERR_OK : ERR_IO;
}

static enum err write_crt(const char *dir, const char *file, gnutls_x509_crt_t crt)
{
    char path[4096];
    CLEANUP(datum_done) gnutls_datum_t pem = { 0 };
    enum err e = path_of(dir, file, path, sizeof(path));
    if (e != ERR_OK)
        return e;
    if (gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &pem) < 0)
        return ERR_IO;
    return write_new(path, &pem, 0644);
}

static enum err write_key(const char *dir, const char *file, gnutls_x509_privkey_t key)
{
    char path[4096];
    CLEANUP(datum_done) gnutls_datum_t pem = { 0 };
    enum err e = path_of(dir, file, path, sizeof(path));
    if (e != ERR_OK)
        return e;
    if (gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &pem) < 0)
        return ERR_IO;
    return write_new(path, &pem, 0600);
}

static bool name_fits(const char *name)
{
    size_t n = strlen(name);
    for (const char *p = name; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            return false;
    return n >= 1 && n <= CERT_NAME_MAX;
}

enum err cert_make_house(const char *dir, const char *name, utc_ms now)
{
    CLEANUP(house_done) struct house h = { 0 };
    if (!name_fits(name))
        return ERR_INVAL;
    enum err e = new_key(&h.key);
    if (e == ERR_OK)
        e = new_crt(h.key, name, now, HOUSE_DAYS, &h.crt);
    if (e != ERR_OK)
        return e;
    if (gnutls_x509_crt_set_basic_constraints(h.crt, 1, 0) < 0 ||
        gnutls_x509_crt_set_key_usage(h.crt, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN) < 0)
        return ERR_IO;
    e = sign(h.crt, &h);
    if (e == ERR_OK)
        e = write_key(dir, "house-ca.key", h.key);
    return e == ERR_OK ? write_crt(dir, "house-ca.crt", h.crt) : e;
}

static bool host_fits(const char *host)
{
    for (const char *p = host; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                     (*p >= '0' && *p <= '9') || *p == '-' || *p == '.';
        if (!plain)
            return false;
    }
    return name_fits(host);
}

/* The names by which browsers reach the desk. */
static enum err set_names(gnutls_x509_crt_t crt, const char *host, const char *ip)
{
    unsigned char raw[16];
    if (gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, host, (unsigned)strlen(host),
                                             GNUTLS_FSAN_SET) < 0)
        return ERR_IO;
    if (!ip[0])
        return ERR_OK;
    unsigned n = inet_pton(AF_INET, ip, raw) == 1 ? 4 : inet_pton(AF_INET6, ip, raw) == 1 ? 16 : 0;
    if (n == 0)
        return ERR_INVAL;
    return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, raw, n,
                                                GNUTLS_FSAN_APPEND) >= 0
               ? ERR_OK
               : ERR_IO;
}

/* Sets what is there aside as FILE.old. */
static enum err set_aside(const char *dir, const char *file)
{
    char path[4096];
    char old[4200];
    enum err e = path_of(dir, file, path, sizeof(path));
    if (e != ERR_OK)
        return e;
    snprintf(old, sizeof(old), "%s.old", path);
    return rename(path, old) == 0 || errno == ENOENT ? ERR_OK : ERR_IO;
}

enum err cert_make_server(const char *dir, const char *host, const char *ip, utc_ms now)
{
    CLEANUP(house_done) struct house h = { 0 };
    CLEANUP(key_done) gnutls_x509_privkey_t key = NULL;
    CLEANUP(crt_done) gnutls_x509_crt_t crt = NULL;
    if (!host_fits(host))
        return ERR_INVAL;
    enum err e = house_read(dir, &h);
    if (e == ERR_OK)
        e = new_key(&key);
    if (e == ERR_OK)
        e = new_crt(key, host, now, YEAR_DAYS, &crt);
    if (e == ERR_OK)
        e = set_names(crt, host, ip);
    if (e == ERR_OK && !set_leaf(crt, GNUTLS_KP_TLS_WWW_SERVER))
        e = ERR_IO;
    if (e == ERR_OK)
        e = sign(crt, &h);
    if (e == ERR_OK)
        e = set_aside(dir, "server.crt");
    if (e == ERR_OK)
        e = set_aside(dir, "server.key");
    if (e == ERR_OK)
        e = write_key(dir, "server.key", key);
    return e == ERR_OK ? write_crt(dir, "server.crt", crt) : e;
}

static bool id_fits(const char *id)
{
    size_t n = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    return n >= 1 && n <= 32 && id[n] == '\0';
}

static enum err random_password(char out[CERT_PIN_SIZE])
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789_"; /* 32, none alike */
    unsigned char raw[PASSWORD_BYTES];
    if (gnutls_rnd(GNUTLS_RND_KEY, raw, sizeof(raw)) < 0)
        return ERR_IO;
    for (size_t i = 0; i < sizeof(raw); i++)
        out[i] = letters[raw[i] & 31];
    out[sizeof(raw)] = '\0';
    mem_wipe(raw, sizeof(raw));
    return ERR_OK;
}

/* Key, certificate and CA, encrypted, as browsers import it. */
static enum err p12_of(gnutls_x509_privkey_t key, gnutls_x509_crt_t crt, const struct house *h,
                       const char *password, gnutls_datum_t *ret_der)
{
    CLEANUP(p12_done) gnutls_pkcs12_t p12 = NULL;
    CLEANUP(bag_done) gnutls_pkcs12_bag_t keys = NULL;
    CLEANUP(bag_done) gnutls_pkcs12_bag_t certs = NULL;
    CLEANUP(datum_done) gnutls_datum_t pkcs8 = { 0 };
    bool ok = gnutls_pkcs12_init(&p12) >= 0 && gnutls_pkcs12_bag_init(&keys) >= 0 &&
              gnutls_pkcs12_bag_init(&certs) >= 0 &&
              gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_DER, password,
                                                GNUTLS_PKCS_PBES2_AES_256, &pkcs8) >= 0;
    ok = ok &&
         gnutls_pkcs12_bag_set_data(keys, GNUTLS_BAG_PKCS8_ENCRYPTED_KEY, &pkcs8) >= 0 &&
         gnutls_pkcs12_bag_set_crt(certs, crt) >= 0 &&
         gnutls_pkcs12_bag_set_crt(certs, h->crt) >= 0 &&
         gnutls_pkcs12_bag_encrypt(certs, password, GNUTLS_PKCS_PBES2_AES_256) >= 0 &&
         gnutls_pkcs12_set_bag(p12, keys) >= 0 && gnutls_pkcs12_set_bag(p12, certs) >= 0 &&
         gnutls_pkcs12_generate_mac2(p12, GNUTLS_MAC_SHA256, password) >= 0 &&
         gnutls_pkcs12_export2(p12, GNUTLS_X509_FMT_DER, ret_der) >= 0;
    return ok ? ERR_OK : ERR_IO;
}

enum err cert_make_device(const char *dir, const char *id, utc_ms now,
                          char ret_password[CERT_PIN_SIZE])
{
    CLEANUP(house_done) struct house h = { 0 };
    CLEANUP(key_done) gnutls_x509_privkey_t key = NULL;
    CLEANUP(crt_done) gnutls_x509_crt_t crt = NULL;
    CLEANUP(datum_done) gnutls_datum_t der = { 0 };
    char path[4096];
    char file[64];
    char password[CERT_PIN_SIZE];
    if (!id_fits(id))
        return ERR_INVAL;
    snprintf(file, sizeof(file), "device-%s.p12", id);
    enum err e = house_read(dir, &h);
    if (e == ERR_OK)
        e = path_of(dir, file, path, sizeof(path));
    if (e == ERR_OK)
        e = new_key(&key);
    if (e == ERR_OK)
        e = new_crt(key, id, now, YEAR_DAYS, &crt);
    if (e == ERR_OK && !set_leaf(crt, GNUTLS_KP_TLS_WWW_CLIENT))
        e = ERR_IO;
    if (e == ERR_OK)
        e = sign(crt, &h);
    if (e == ERR_OK)
        e = random_password(password);
    if (e == ERR_OK)
        e = p12_of(key, crt, &h, password, &der);
    if (e == ERR_OK)
        e = write_new(path, &der, 0600);
    if (e == ERR_OK)
        memcpy(ret_password, password, sizeof(password));
    mem_wipe(password, sizeof(password));
    return e;
}

enum err cert_read(const char *path, struct cert_view *ret_view)
{
    CLEANUP(crt_done) gnutls_x509_crt_t crt = NULL;
    struct cert_view v = { { 0 }, 0, 0 };
    size_t n = sizeof(v.name);
    enum err e = read_crt(path, &crt);
    if (e != ERR_OK)
        return e;
    if (gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, v.name, &n) < 0)
        return ERR_FORMAT;
    v.from = (utc_ms)gnutls_x509_crt_get_activation_time(crt) * SECOND_MS;
    v.until = (utc_ms)gnutls_x509_crt_get_expiration_time(crt) * SECOND_MS;
    *ret_view = v;
    return ERR_OK;
}
