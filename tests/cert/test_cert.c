#include "cert/cert.h"

#include <gnutls/pkcs12.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/lib/check.h"

#define NOW INT64_C(1774339200000) /* 2026-03-24 */

static const char *folder(const char *name)
{
    static char path[512];
    snprintf(path, sizeof(path), "%s/%s", check_tmpdir(), name);
    mkdir(path, 0700);
    return path;
}

static gnutls_x509_crt_t load(const char *dir, const char *file)
{
    char path[600];
    snprintf(path, sizeof(path), "%s/%s", dir, file);
    char *text = check_read_file(path);
    CHECK(text != NULL);
    gnutls_datum_t d = { (unsigned char *)text, (unsigned)strlen(text) };
    gnutls_x509_crt_t crt;
    CHECK_INT(gnutls_x509_crt_init(&crt), 0);
    CHECK_INT(gnutls_x509_crt_import(crt, &d, GNUTLS_X509_FMT_PEM), 0);
    free(text);
    return crt;
}

TEST(a_server_certificate_is_signed_by_the_house_and_is_for_servers_only)
{
    const char *dir = folder("server");
    CHECK_OK(cert_make_house(dir, "Dynamo Roosendaal", NOW));
    CHECK_OK(cert_make_server(dir, "desk.dynamo.example", "192.0.2.7", NOW));
    gnutls_x509_crt_t ca = load(dir, "house-ca.crt");
    gnutls_x509_crt_t crt = load(dir, "server.crt");
    unsigned faults = 0;
    CHECK_INT(gnutls_x509_crt_verify(crt, &ca, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &faults), 0);
    CHECK_INT(faults, 0);
    CHECK(gnutls_x509_crt_check_hostname(crt, "desk.dynamo.example"));
    CHECK(!gnutls_x509_crt_check_hostname(crt, "other.example"));
    CHECK(gnutls_x509_crt_check_key_purpose(crt, GNUTLS_KP_TLS_WWW_SERVER, 0));
    CHECK(!gnutls_x509_crt_check_key_purpose(crt, GNUTLS_KP_TLS_WWW_CLIENT, 0));
    gnutls_x509_crt_deinit(crt);
    gnutls_x509_crt_deinit(ca);
}

TEST(key_files_are_for_their_owner_and_never_overwritten)
{
    const char *dir = folder("keys");
    char path[600];
    struct stat st;
    CHECK_OK(cert_make_house(dir, "Dynamo", NOW));
    CHECK_ERR(cert_make_house(dir, "Dynamo", NOW), ERR_EXISTS);
    snprintf(path, sizeof(path), "%s/house-ca.key", dir);
    CHECK_INT(stat(path, &st), 0);
    CHECK_INT(st.st_mode & 0777, 0600);
}

TEST(a_renewed_server_certificate_keeps_the_old_one_beside_it)
{
    const char *dir = folder("renew");
    char path[600];
    struct cert_view v;
    CHECK_OK(cert_make_house(dir, "Dynamo", NOW));
    CHECK_OK(cert_make_server(dir, "desk.example", "", NOW));
    CHECK_OK(cert_make_server(dir, "desk.example", "", NOW + 300 * DAY_MS));
    snprintf(path, sizeof(path), "%s/server.crt.old", dir);
    CHECK_OK(cert_read(path, &v));
    CHECK_STR(v.name, "desk.example");
    CHECK_INT(v.until, NOW + 366 * DAY_MS);
    snprintf(path, sizeof(path), "%s/server.crt", dir);
    CHECK_OK(cert_read(path, &v));
    CHECK_INT(v.until, NOW + 666 * DAY_MS);
}

TEST(a_device_gets_a_p12_that_opens_with_its_password_only)
{
    const char *dir = folder("device");
    char path[600];
    char password[CERT_PIN_SIZE];
    CHECK_OK(cert_make_house(dir, "Dynamo", NOW));
    CHECK_OK(cert_make_device(dir, "balie-1", NOW, password));
    CHECK_INT(strlen(password), 20);
    CHECK_ERR(cert_make_device(dir, "balie-1", NOW, password), ERR_EXISTS);
    snprintf(path, sizeof(path), "%s/device-balie-1.p12", dir);
    FILE *f = fopen(path, "rb");
    CHECK(f != NULL);
    unsigned char raw[16384];
    gnutls_datum_t d = { raw, (unsigned)fread(raw, 1, sizeof(raw), f) };
    fclose(f);
    gnutls_pkcs12_t p12;
    CHECK_INT(gnutls_pkcs12_init(&p12), 0);
    CHECK_INT(gnutls_pkcs12_import(p12, &d, GNUTLS_X509_FMT_DER, 0), 0);
    CHECK_INT(gnutls_pkcs12_verify_mac(p12, password), 0);
    CHECK(gnutls_pkcs12_verify_mac(p12, "guessed") != 0);
    gnutls_pkcs12_deinit(p12);
}

TEST(wrong_names_and_a_folder_without_a_ca_are_refused)
{
    const char *dir = folder("wrong");
    char password[CERT_PIN_SIZE];
    CHECK_ERR(cert_make_server(dir, "desk.example", "", NOW), ERR_NOT_FOUND);
    CHECK_ERR(cert_make_house(dir, "", NOW), ERR_INVAL);
    CHECK_ERR(cert_make_house(dir, "a\nb", NOW), ERR_INVAL);
    CHECK_OK(cert_make_house(dir, "Dynamo", NOW));
    CHECK_ERR(cert_make_server(dir, "desk example", "", NOW), ERR_INVAL);
    CHECK_ERR(cert_make_server(dir, "desk.example", "300.1.1.1", NOW), ERR_INVAL);
    CHECK_ERR(cert_make_device(dir, "../up", NOW, password), ERR_INVAL);
}
