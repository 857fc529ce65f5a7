#include "register/settings.h"

#include <string.h>

#include "base/mem.h"

static const char *const names[REGISTER_PROFILE_COUNT] = {
    [REGISTER_NONE] = "none",
    [REGISTER_ZGW] = "zgw",
    [REGISTER_KLANTINTERACTIES] = "klantinteracties",
};

const char *register_profile_name(enum register_profile p)
{
    return p < REGISTER_PROFILE_COUNT ? names[p] : names[REGISTER_NONE];
}

enum err register_profile_of(const char *name, enum register_profile *ret)
{
    for (int p = 0; p < REGISTER_PROFILE_COUNT; p++)
        if (strcmp(name, names[p]) == 0) {
            *ret = (enum register_profile)p;
            return ERR_OK;
        }
    return ERR_INVAL;
}

bool register_rsin_valid(const char *s)
{
    int sum = 0;
    if (strlen(s) != 9 || strspn(s, "0123456789") != 9 || strcmp(s, "000000000") == 0)
        return false;
    for (int i = 0; i < 9; i++)
        sum += (s[i] - '0') * (i == 8 ? -1 : 9 - i); /* the 11-test weighs the last digit -1 */
    return sum % 11 == 0;
}

static bool url_valid(char *url)
{
    size_t n = strlen(url);
    while (n > 0 && url[n - 1] == '/')
        url[--n] = '\0';
    return (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0) &&
           !strpbrk(url, " ?#");
}

static bool uuid_valid(const char *s)
{
    return strlen(s) == REGISTER_UUID_SIZE - 1 &&
           strspn(s, "0123456789abcdefABCDEF-") == REGISTER_UUID_SIZE - 1;
}

static const char *first_fault_zgw(struct register_settings *s)
{
    return !url_valid(s->zaken_url)          ? "zaken_url"
           : !url_valid(s->catalogi_url)     ? "catalogi_url"
           : s->client_id[0] == '\0'         ? "client_id"
           : s->secret[0] == '\0'            ? "secret_file"
           : !register_rsin_valid(s->rsin)   ? "rsin"
           : s->zaaktype[0] == '\0'          ? "zaaktype"
                                             : NULL;
}

static const char *first_fault_klant(struct register_settings *s)
{
    return !url_valid(s->klantinteracties_url)     ? "klantinteracties_url"
           : s->secret[0] == '\0'                  ? "secret_file"
           : s->channel[0] == '\0'                 ? "kanaal"
           : s->actor[0] && !uuid_valid(s->actor)  ? "actor"
                                                   : NULL;
}

enum err register_settings_check(struct register_settings *s, const char **ret_what)
{
    const char *what = s->profile == REGISTER_ZGW                ? first_fault_zgw(s)
                       : s->profile == REGISTER_KLANTINTERACTIES ? first_fault_klant(s)
                       : s->profile == REGISTER_NONE             ? NULL
                                                                 : "profile";
    if (!what)
        return ERR_OK;
    *ret_what = what;
    return ERR_INVAL;
}

void register_settings_wipe(struct register_settings *s)
{
    mem_wipe(s->secret, sizeof s->secret);
}
