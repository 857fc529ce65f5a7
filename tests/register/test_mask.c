#include "register/mask.h"

#include <string.h>

#include "tests/lib/check.h"

static void check_mask(const char *body, const char *want)
{
    CLEANUP(buf_done) struct buf out = buf_make(1000);
    CHECK_OK(register_mask(body, &out));
    CHECK_STR(buf_str(&out), want);
}

TEST(what_somebody_typed_is_masked_and_our_own_numbers_are_not)
{
    check_mask("{\"identificatie\":\"DYN-01-X\",\"toelichting\":\"Onderwerp: geld\",\"bronorganisatie\":\"123456782\"}",
               "{\"identificatie\":\"DYN-01-X\",\"toelichting\":\"***\",\"bronorganisatie\":\"123456782\"}");
    check_mask("{\"zaak\":\"https://x/1\",\"contactpersoonRol\":{\"naam\":\"Noor\",\"functie\":\"\"},"
               "\"betrokkeneIdentificatie\":{\"identificatie\":\"sanne\",\"geboortedatum\":\"2004-05-17\"}}",
               "{\"zaak\":\"https://x/1\",\"contactpersoonRol\":{\"naam\":\"***\",\"functie\":\"\"},"
               "\"betrokkeneIdentificatie\":{\"identificatie\":\"***\",\"geboortedatum\":\"***\"}}");
}

TEST(a_key_nobody_thought_of_is_masked_and_lists_are_walked)
{
    check_mask("{\"nieuw\":\"Noor\",\"lijst\":[\"Noor\",{\"adres\":\"noor@example.org\"}],\"ok\":true}",
               "{\"nieuw\":\"***\",\"lijst\":[\"***\",{\"adres\":\"***\"}],\"ok\":true}");
}

TEST(what_is_no_object_is_refused)
{
    CLEANUP(buf_done) struct buf out = buf_make(1000);
    CHECK_ERR(register_mask("[1]", &out), ERR_FORMAT);
    CHECK_ERR(register_mask("{", &out), ERR_FORMAT);
    CLEANUP(buf_done) struct buf small = buf_make(3);
    CHECK_ERR(register_mask("{\"status\":\"verwerkt\"}", &small), ERR_LIMIT);
}
