#include "register/settings.h"

#include <string.h>

#include "tests/lib/check.h"
#include "tests/register/sample.h"

static const char *fault_of(struct register_settings s)
{
    const char *what = NULL;
    enum err e = register_settings_check(&s, &what);
    CHECK((e == ERR_OK) == (what == NULL));
    return what ? what : "";
}

TEST(rsins_pass_the_eleven_test)
{
    CHECK(register_rsin_valid("123456782"));
    CHECK(register_rsin_valid("111222333"));
    CHECK(register_rsin_valid("249566758"));
    CHECK(!register_rsin_valid("123456789"));
    CHECK(!register_rsin_valid("000000000"));
    CHECK(!register_rsin_valid("12345678"));
    CHECK(!register_rsin_valid("12345678a"));
}

TEST(each_profile_names_what_it_misses)
{
    struct register_settings s = sample_settings(REGISTER_ZGW);
    CHECK_STR(fault_of(s), "");
    s.catalogi_url[0] = '\0';
    CHECK_STR(fault_of(s), "catalogi_url");
    s = sample_settings(REGISTER_ZGW);
    strcpy(s.rsin, "123456789");
    CHECK_STR(fault_of(s), "rsin");
    s = sample_settings(REGISTER_ZGW);
    s.secret[0] = '\0';
    CHECK_STR(fault_of(s), "secret_file");
    s = sample_settings(REGISTER_KLANTINTERACTIES);
    s.zaken_url[0] = s.rsin[0] = '\0';
    CHECK_STR(fault_of(s), "");
    strcpy(s.actor, "nobody");
    CHECK_STR(fault_of(s), "actor");
    s = sample_settings(REGISTER_NONE);
    s.secret[0] = '\0';
    CHECK_STR(fault_of(s), "");
}

TEST(slashes_at_the_end_of_a_base_address_go)
{
    struct register_settings s = sample_settings(REGISTER_ZGW);
    const char *what = NULL;
    strcat(s.zaken_url, "//");
    CHECK_OK(register_settings_check(&s, &what));
    CHECK_STR(s.zaken_url, "https://register.example/zaken/api/v1");
}

TEST(profiles_are_told_by_name)
{
    enum register_profile p = REGISTER_NONE;
    CHECK_OK(register_profile_of("zgw", &p));
    CHECK_INT(p, REGISTER_ZGW);
    CHECK_ERR(register_profile_of("both", &p), ERR_INVAL);
    CHECK_INT(p, REGISTER_ZGW);
    CHECK_STR(register_profile_name(REGISTER_KLANTINTERACTIES), "klantinteracties");
}

TEST(a_wiped_secret_is_gone)
{
    struct register_settings s = sample_settings(REGISTER_ZGW);
    register_settings_wipe(&s);
    CHECK_STR(s.secret, "");
}
