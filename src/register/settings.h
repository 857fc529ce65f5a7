/*
 * src/register/settings.h - which register we speak to, and as whom.
 */
#ifndef REGISTER_SETTINGS_H
#define REGISTER_SETTINGS_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"

enum register_profile {
    REGISTER_NONE,             /* nothing is sent; records stay queued */
    REGISTER_ZGW,              /* Zaken 1.5.1 with Catalogi 1.3 */
    REGISTER_KLANTINTERACTIES, /* Open Klant, Klantinteracties 0.9.0 */
    REGISTER_PROFILE_COUNT
};

#define REGISTER_URL_SIZE 513
#define REGISTER_UUID_SIZE 37

struct register_settings {
    enum register_profile profile;
    char zaken_url[REGISTER_URL_SIZE]; /* ".../zaken/api/v1", no slash at the end */
    char catalogi_url[REGISTER_URL_SIZE];
    char klantinteracties_url[REGISTER_URL_SIZE];
    char client_id[64]; /* zgw: JWT client_id */
    char secret[256];   /* zgw: JWT secret; klantinteracties: the token */
    char rsin[10];      /* bronorganisatie, passes the 11-test */
    char zaaktype[51];  /* identificatie of the zaaktype, "DYNAMO-INLOOP" */
    char channel[51];   /* klantinteracties: kanaal, "kiosk" */
    char actor[REGISTER_UUID_SIZE]; /* klantinteracties: who gets the internetaken; "": none made */
};

/* "zgw" and so on, never NULL. */
const char *register_profile_name(enum register_profile p);
NODISCARD enum err register_profile_of(const char *name, enum register_profile *ret);

/*
 * ERR_INVAL when something that the profile needs is missing or ill-formed; then
 * *ret_what is the name of the option, "rsin". Trailing slashes of the urls go.
 */
NODISCARD enum err register_settings_check(struct register_settings *s, const char **ret_what);

/* Nine digits that pass the 11-test (register.md 4.2); all zeros do not count. */
bool register_rsin_valid(const char *s);

void register_settings_wipe(struct register_settings *s);

#endif
