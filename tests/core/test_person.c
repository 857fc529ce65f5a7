#include "core/person.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "tests/lib/check.h"

#define TODAY 20779 /* 2026-11-22 */

static struct person noor(void)
{
    struct person p = { .birth = 12000, .municipality = "1674", .topic = TOPIC_WORK,
                        .phone = "+31612345678", .email = "noor@example.org", .lang = "nl" };
    CHECK_INT(person_set_name(&p, " Noor ", "van  den Berg").why, PERSON_FINE);
    return p;
}

TEST(a_right_person_has_no_fault)
{
    struct person p = noor();
    CHECK_STR(p.given, "Noor");
    CHECK_STR(p.infix, "van den");
    CHECK_STR(p.family, "Berg");
    CHECK_INT(person_check(&p, TODAY).why, PERSON_FINE);
    p.phone[0] = p.email[0] = '\0';
    CHECK_INT(person_check(&p, TODAY).why, PERSON_FINE);
}

TEST(people_with_one_name_give_a_family_name_only)
{
    struct person p = noor();
    CHECK_INT(person_set_name(&p, NULL, "Suharto").why, PERSON_FINE);
    CHECK_STR(p.given, "");
    CHECK_INT(person_check(&p, TODAY).why, PERSON_FINE);
}

TEST(a_name_given_but_empty_is_refused)
{
    struct person p = noor();
    struct person_fault f = person_set_name(&p, "  ", "Berg");
    CHECK_INT(f.field, PERSON_GIVEN);
    CHECK_INT(f.why, PERSON_EMPTY);
    f = person_set_name(&p, "Noor", "");
    CHECK_INT(f.field, PERSON_FAMILY);
    CHECK_INT(f.why, PERSON_EMPTY);
    f = person_set_name(&p, "N\x01r", "Berg");
    CHECK_INT(f.why, PERSON_LETTER);
    f = person_set_name(&p, "Noor", "abcdefghijabcdefghijabcdefghijabcdefghijk");
    CHECK_INT(f.why, PERSON_LONG);
    CHECK_STR(p.family, "Berg"); /* as it was */
}

TEST(each_field_is_checked_and_named)
{
    static const struct {
        enum person_field field;
        enum person_why why;
        size_t at;
        const char *text;
    } rows[] = {
        { PERSON_GIVEN, PERSON_LETTER, offsetof(struct person, given), "No0r" },
        { PERSON_GIVEN, PERSON_LETTER, offsetof(struct person, given), " Noor" },
        { PERSON_INFIX, PERSON_FORM, offsetof(struct person, infix), "Berg" },
        { PERSON_FAMILY, PERSON_EMPTY, offsetof(struct person, family), "" },
        { PERSON_FAMILY, PERSON_EMPTY, offsetof(struct person, family), "-" },
        { PERSON_MUNICIPALITY, PERSON_FORM, offsetof(struct person, municipality), "167" },
        { PERSON_PHONE, PERSON_FORM, offsetof(struct person, phone), "0612345678" },
        { PERSON_EMAIL, PERSON_FORM, offsetof(struct person, email), "noor" },
        { PERSON_LANG, PERSON_FORM, offsetof(struct person, lang), "NL" },
        { PERSON_LANG, PERSON_FORM, offsetof(struct person, lang), "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct person p = noor();
        memcpy((char *)&p + rows[i].at, rows[i].text, strlen(rows[i].text) + 1);
        struct person_fault f = person_check(&p, TODAY);
        CHECK_INT(f.field, rows[i].field);
        CHECK_INT(f.why, rows[i].why);
    }
}

TEST(birth_and_topic_are_checked)
{
    struct person p = noor();
    p.birth = TODAY + 1;
    CHECK_INT(person_check(&p, TODAY).why, PERSON_FUTURE);
    p.birth = TODAY;
    CHECK_INT(person_check(&p, TODAY).why, PERSON_FINE);
    p.birth = CIVIL_DAY_NONE;
    CHECK_INT(person_check(&p, TODAY).field, PERSON_BIRTH);
    p = noor();
    p.topic = TOPIC_COUNT;
    CHECK_INT(person_check(&p, TODAY).field, PERSON_TOPIC);
}

TEST(topics_and_fields_have_the_names_of_the_contract)
{
    static const char *const want[] = { "school", "work", "absence", "money", "housing", "other",
                                        "unsaid" };
    CHECK_INT(TOPIC_COUNT, ARRAY_LEN(want));
    for (unsigned i = 0; i < TOPIC_COUNT; i++) {
        enum topic t;
        CHECK_STR(topic_name((enum topic)i), want[i]);
        CHECK_OK(topic_of(want[i], &t));
        CHECK_INT(t, i);
    }
    enum topic t = TOPIC_MONEY;
    CHECK_ERR(topic_of("love", &t), ERR_NOT_FOUND);
    CHECK_INT(t, TOPIC_MONEY);
    CHECK(topic_name(TOPIC_COUNT) == NULL);
    CHECK_STR(person_field_name(PERSON_LANG), "lang");
    CHECK(person_field_name(PERSON_FIELD_COUNT) == NULL);
    for (int why = PERSON_FINE; why <= PERSON_FUTURE; why++)
        CHECK(strlen(person_why_text((enum person_why)why)) > 5);
}

TEST(the_key_knows_the_same_person_again)
{
    struct person a = noor(), b = noor();
    char ka[PERSON_KEY_SIZE], kb[PERSON_KEY_SIZE];
    CHECK_INT(person_set_name(&b, "NO\xc3\x93R", "Berg").why, PERSON_FINE);
    CHECK_OK(person_key(&a, ka, sizeof(ka)));
    CHECK_OK(person_key(&b, kb, sizeof(kb)));
    CHECK_STR(ka, "noor|berg");
    CHECK_STR(kb, ka);
    CHECK_OK(person_key(&a, ka, 10));
    CHECK_ERR(person_key(&a, ka, 9), ERR_LIMIT);
}

TEST(given_and_family_stay_apart_in_the_key)
{
    struct person a = noor(), b = noor();
    char ka[PERSON_KEY_SIZE], kb[PERSON_KEY_SIZE];
    CHECK_INT(person_set_name(&a, "Anna", "Bell").why, PERSON_FINE);
    CHECK_INT(person_set_name(&b, "Annab", "Ell").why, PERSON_FINE);
    CHECK_OK(person_key(&a, ka, sizeof(ka)));
    CHECK_OK(person_key(&b, kb, sizeof(kb)));
    CHECK(strcmp(ka, kb) != 0);
}

TEST(the_longest_names_fit_their_key)
{
    struct person p = noor();
    char name[PERSON_NAME_SIZE] = "", key[PERSON_KEY_SIZE];
    for (size_t i = 0; i < PERSON_NAME_LETTERS; i++)
        (void)utf8_put(0x21F00, name + 4 * i);
    CHECK_INT(person_set_name(&p, name, name).why, PERSON_FINE);
    CHECK_OK(person_key(&p, key, sizeof(key)));
}

TEST(names_are_shown_whole_or_short)
{
    struct person p = noor();
    char out[PERSON_FULL_SIZE];
    person_full_name(&p, out, sizeof(out));
    CHECK_STR(out, "Noor van den Berg");
    person_short_name(&p, out, sizeof(out));
    CHECK_STR(out, "Noor B.");
    CHECK_INT(person_set_name(&p, NULL, "Suharto").why, PERSON_FINE);
    person_full_name(&p, out, sizeof(out));
    CHECK_STR(out, "Suharto");
    person_short_name(&p, out, sizeof(out));
    CHECK_STR(out, "Suharto");
}

TEST(a_name_that_does_not_fit_is_cut_between_letters)
{
    struct person p = noor();
    CHECK_INT(person_set_name(&p, "Zo\xc3\xab", "\xc3\x87" "elik").why, PERSON_FINE);
    for (size_t n = 1; n < 16; n++) {
        char out[16];
        person_full_name(&p, out, n);
        CHECK(strlen(out) < n);
        CHECK(utf8_valid(out, strlen(out)));
    }
    char out[PERSON_FULL_SIZE];
    person_short_name(&p, out, sizeof(out));
    CHECK_STR(out, "Zo\xc3\xab \xc3\x87.");
}
