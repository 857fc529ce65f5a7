#include "register/step.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "register/call.h"
#include "tests/lib/check.h"
#include "tests/register/sample.h"

/*
 * The steps of a record as one JSON array with their addresses filled in, to
 * compare with tests/golden/register/NAME. Those files were checked against
 * the example bodies of the published API documents.
 */
static char *steps_text(enum register_profile profile, const struct outbox_record *r)
{
    struct register_settings s = sample_settings(profile);
    struct register_types types = sample_types();
    struct register_refs refs = {
        .zaak = SAMPLE_ZAAK,
        .klantcontact = SAMPLE_CONTACT "#betrokkene=a1b2c3d4-0000-4000-8000-000000000002",
        .task = "https://register.example/klantinteracties/api/v1/internetaken/"
                "a1b2c3d4-0000-4000-8000-000000000004",
    };
    struct register_steps steps;
    CHECK_OK(register_expand(&s, r, &refs, &steps));
    json_t *all = json_array();
    for (size_t i = 0; i < steps.n; i++) {
        struct register_step *st = &steps.v[i];
        struct register_try t = { .settings = &s, .types = &types, .step = st, .refs = &refs,
                                  .chain = r->chain.s, .record = r->id.s,
                                  .zaak_key = SAMPLE_ZAAK_KEY };
        struct register_call c;
        CHECK_INT(register_step_kind_of(st->name), st->kind);
        CHECK_STR(st->depends_on, i ? steps.v[i - 1].name : "");
        CHECK_OK(register_call_make(&t, MOVE_SEND, &c));
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", st->name, "key",
                                             st->key, "method", c.method, "url",
                                             c.url + strlen("https://register.example"), "body",
                                             json_loads(c.body, 0, NULL)));
        register_call_done(&c);
    }
    register_steps_done(&steps);
    char *text = json_dumps(all, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    json_decref(all);
    return text;
}

static void check_steps(const char *name, enum register_profile profile, const struct outbox_record *r)
{
    char *text = steps_text(profile, r), *line = NULL;
    CHECK(text != NULL);
    CHECK(asprintf(&line, "%s\n", text) > 0);
    check_golden(name, line);
    free(text);
    free(line);
}

TEST(every_kind_of_record_has_its_zgw_calls)
{
    for (int k = RECORD_NONE + 1; k < RECORD_KIND_COUNT; k++) {
        struct outbox_record r = sample_record((enum record_kind)k);
        char name[80];
        snprintf(name, sizeof name, "register/zgw-%s.json", record_kind_name(r.kind));
        check_steps(name, REGISTER_ZGW, &r);
    }
}

TEST(every_kind_of_record_has_its_klantinteracties_calls)
{
    for (int k = RECORD_NONE + 1; k < RECORD_KIND_COUNT; k++) {
        struct outbox_record r = sample_record((enum record_kind)k);
        char name[80];
        snprintf(name, sizeof name, "register/klant-%s.json", record_kind_name(r.kind));
        check_steps(name, REGISTER_KLANTINTERACTIES, &r);
    }
}

TEST(an_appointment_that_opens_its_chain_makes_the_zaak)
{
    struct outbox_record r = sample_record(RECORD_APPOINTMENT_BOOKED);
    r.seq = 1;
    strcpy(r.coach_id, "sanne");
    strcpy(r.coach_name, "Sanne");
    check_steps("register/zgw-opening-appointment.json", REGISTER_ZGW, &r);
    check_steps("register/klant-opening-appointment.json", REGISTER_KLANTINTERACTIES, &r);
}

static struct register_steps expand(enum register_profile profile, const struct outbox_record *r)
{
    struct register_settings s = sample_settings(profile);
    struct register_refs none = { 0 };
    struct register_steps steps;
    CHECK_OK(register_expand(&s, r, &none, &steps));
    return steps;
}

static json_t *body_of(const struct register_steps *steps, const char *name)
{
    for (size_t i = 0; i < steps->n; i++)
        if (strcmp(steps->v[i].name, name) == 0)
            return json_loads(steps->v[i].body, 0, NULL);
    CHECK_FAIL("no step %s", name);
    return NULL;
}

TEST(any_kind_that_opens_a_chain_gives_the_zaak_its_first_status_last_of_all)
{
    for (int k = RECORD_NONE + 1; k < RECORD_KIND_COUNT; k++) {
        struct outbox_record r = sample_record((enum record_kind)k);
        r.seq = 1;
        struct register_steps steps = expand(REGISTER_ZGW, &r);
        CHECK_STR(steps.v[0].name, "zaak");
        CHECK_STR(steps.v[1].name, "initiator");
        CHECK_STR(steps.v[2].name, "behandelaar");
        CHECK_STR(steps.v[3].name, "status");
        register_steps_done(&steps);
    }
}

TEST(a_withdrawn_consent_says_no)
{
    struct outbox_record r = sample_record(RECORD_CONSENT_REMINDER);
    r.consent_given = false;
    struct register_steps steps = expand(REGISTER_ZGW, &r);
    json_t *o = body_of(&steps, "eigenschap.toestemming_herinnering");
    CHECK_STR(json_string_value(json_object_get(o, "waarde")), "nee");
    json_decref(o);
    register_steps_done(&steps);
}

TEST(people_with_one_name_and_no_way_to_reach_them_are_sent_too)
{
    struct outbox_record r = sample_record(RECORD_WALKIN_REGISTERED);
    r.person.given[0] = r.person.infix[0] = r.person.phone[0] = r.person.email[0] = '\0';
    strcpy(r.person.family, "Suharto");
    struct register_steps steps = expand(REGISTER_ZGW, &r);
    json_t *o = body_of(&steps, "initiator");
    CHECK_STR(json_string_value(json_object_get(o, "afwijkendeNaamBetrokkene")), "Suharto");
    CHECK(json_object_get(o, "contactpersoonRol") == NULL);
    CHECK(json_object_get(json_object_get(o, "betrokkeneIdentificatie"), "voornamen") == NULL);
    json_decref(o);
    register_steps_done(&steps);
    steps = expand(REGISTER_KLANTINTERACTIES, &r);
    CHECK_INT(steps.n, 2); /* no address steps */
    register_steps_done(&steps);
}

TEST(a_long_infix_goes_before_the_family_name_where_its_field_is_short)
{
    struct outbox_record r = sample_record(RECORD_VISIT_ATTENDED);
    strcpy(r.person.infix, "van de van der");
    struct register_steps steps = expand(REGISTER_KLANTINTERACTIES, &r);
    json_t *o = body_of(&steps, "klantcontact");
    json_t *name = json_object_get(json_object_get(o, "betrokkene"), "contactnaam");
    CHECK_STR(json_string_value(json_object_get(name, "achternaam")), "van de van der Berg");
    CHECK(json_object_get(name, "voorvoegselAchternaam") == NULL);
    json_decref(o);
    register_steps_done(&steps);
}

TEST(initials_are_whole_letters_of_any_script)
{
    struct outbox_record r = sample_record(RECORD_VISIT_ATTENDED);
    strcpy(r.person.given, "Łukasz");
    struct register_steps steps = expand(REGISTER_KLANTINTERACTIES, &r);
    json_t *o = body_of(&steps, "klantcontact");
    json_t *name = json_object_get(json_object_get(o, "betrokkene"), "contactnaam");
    CHECK_STR(json_string_value(json_object_get(name, "voorletters")), "Ł.");
    json_decref(o);
    register_steps_done(&steps);
}

TEST(only_a_chain_with_an_internal_task_closes_one)
{
    struct outbox_record r = sample_record(RECORD_VISIT_ATTENDED);
    struct register_steps steps = expand(REGISTER_KLANTINTERACTIES, &r);
    CHECK_INT(steps.n, 1);
    register_steps_done(&steps);
}

TEST(texts_are_cut_at_whole_code_points)
{
    struct outbox_record r = sample_record(RECORD_WALKIN_REGISTERED);
    for (size_t i = 0; i + 3 < sizeof r.site_name; i += 2)
        memcpy(r.site_name + i, "é", 3);
    struct register_steps steps = expand(REGISTER_ZGW, &r);
    json_t *o = body_of(&steps, "behandelaar");
    const char *name =
        json_string_value(json_object_get(json_object_get(o, "betrokkeneIdentificatie"), "naam"));
    CHECK(strlen(name) > 200); /* 129 letters of two bytes and a word before them */
    json_decref(o);
    register_steps_done(&steps);
}

TEST(a_record_without_its_number_cannot_be_sent)
{
    struct register_settings s = sample_settings(REGISTER_ZGW);
    struct register_refs none = { 0 };
    struct register_steps steps = { .n = 7 };
    struct outbox_record r = sample_record(RECORD_VISIT_ATTENDED);
    r.number = 0;
    CHECK_ERR(register_expand(&s, &r, &none, &steps), ERR_INVAL);
    r = sample_record(RECORD_VISIT_ATTENDED);
    s.profile = REGISTER_NONE;
    CHECK_ERR(register_expand(&s, &r, &none, &steps), ERR_INVAL);
    CHECK_INT(steps.n, 7);
}

TEST(step_names_tell_their_kind)
{
    CHECK_INT(register_step_kind_of("zaak"), STEP_ZAAK);
    CHECK_INT(register_step_kind_of("eigenschap.afspraak_begin"), STEP_EIGENSCHAP);
    CHECK_INT(register_step_kind_of("adres.tel"), STEP_ADDRESS);
    CHECK_INT(register_step_kind_of("zaakje"), STEP_NONE);
    CHECK_INT(register_step_kind_of(""), STEP_NONE);
}
