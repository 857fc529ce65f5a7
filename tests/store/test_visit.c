#include "store/visit.h"

#include "tests/store/fixture.h"

TEST(a_visit_comes_back_as_it_was_stored)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    struct visit_row r = a_visit(h, 1), got;
    snprintf(r.coach, sizeof(r.coach), "sanne");
    CHECK_OK(store_visit_insert(h->s, &r, &p));
    CHECK_OK(store_visit_get(h->s, &r.id, &got));
    CHECK_STR(got.id.s, r.id.s);
    CHECK_STR(got.site, "roosendaal");
    CHECK_STR(got.service, "school");
    CHECK_STR(got.coach, "sanne");
    CHECK_STR(got.with_coach, "");
    CHECK_STR(got.municipality, "1674");
    CHECK_STR(got.lang, "nl");
    CHECK_INT(got.topic, TOPIC_SCHOOL);
    CHECK_INT(got.series, 'A');
    CHECK_INT(got.number, 1);
    CHECK_INT(got.version, 1);
    CHECK_INT(got.state, VISIT_WAITING);
    CHECK_INT(got.arrived, NOON);
    CHECK_INT(got.due, 0);
    CHECK(!got.has_note && !got.printed);
    house_close(h);
}

TEST(the_person_is_opened_only_when_asked_for)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg"), got = { 0 };
    snprintf(p.infix, sizeof(p.infix), "van der");
    struct visit_row r = a_visit(h, 1);
    CHECK_OK(store_visit_insert(h->s, &r, &p));
    CHECK_OK(store_visit_person(h->s, &r.id, &got));
    CHECK(memcmp(&p, &got, sizeof(p)) == 0);
    struct ulid other = new_id(h);
    CHECK_ERR(store_visit_person(h->s, &other, &got), ERR_NOT_FOUND);
    house_close(h);
}

TEST(an_update_from_an_old_version_is_refused)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    struct visit_row r = a_visit(h, 1), got;
    CHECK_OK(store_visit_insert(h->s, &r, &p));
    r.state = VISIT_CALLED;
    snprintf(r.with_coach, sizeof(r.with_coach), "sanne");
    r.calls = 1;
    r.chime = 4;
    r.called = r.first_call = NOON + 1;
    CHECK_OK(store_visit_update(h->s, &r, (struct visit_was){ VISIT_WAITING, 1 }));
    CHECK_ERR(store_visit_update(h->s, &r, (struct visit_was){ VISIT_WAITING, 1 }), ERR_STALE);
    CHECK_ERR(store_visit_update(h->s, &r, (struct visit_was){ VISIT_WAITING, 2 }), ERR_STALE);
    CHECK_ERR(store_visit_update(h->s, &r, (struct visit_was){ VISIT_CALLED, 1 }), ERR_STALE);
    CHECK_OK(store_visit_get(h->s, &r.id, &got));
    CHECK_INT(got.version, 2);
    CHECK_INT(got.chime, 4);
    CHECK_INT(got.first_call, NOON + 1);
    CHECK_STR(got.with_coach, "sanne");
    house_close(h);
}

TEST(a_coach_has_one_visit_at_a_time)
{
    struct house *h = house_open();
    struct person one = a_person("Noor", "Berg"), two = a_person("Daan", "Smit");
    struct visit_row a = a_visit(h, 1), b = a_visit(h, 2);
    CHECK_OK(store_visit_insert(h->s, &a, &one));
    CHECK_OK(store_visit_insert(h->s, &b, &two));
    a.state = b.state = VISIT_CALLED;
    snprintf(a.with_coach, sizeof(a.with_coach), "sanne");
    snprintf(b.with_coach, sizeof(b.with_coach), "sanne");
    CHECK_OK(store_visit_update(h->s, &a, (struct visit_was){ VISIT_WAITING, 1 }));
    CHECK_ERR(store_visit_update(h->s, &b, (struct visit_was){ VISIT_WAITING, 1 }), ERR_TAKEN);
    CHECK_INT(store_guard(h->s), STORE_GUARD_VISIT_COACH);
    house_close(h);
}

TEST(the_same_person_waits_once_a_day_however_the_name_is_typed)
{
    struct house *h = house_open();
    struct person p = a_person("Zoë", "Berg"), same = a_person("ZOE", "berg");
    struct visit_row a = a_visit(h, 1), b = a_visit(h, 2), got;
    CHECK_ERR(store_visit_of_person(h->s, DAY1, &p, &got), ERR_NOT_FOUND);
    CHECK_OK(store_visit_insert(h->s, &a, &p));
    CHECK_ERR(store_visit_insert(h->s, &b, &same), ERR_EXISTS);
    CHECK_INT(store_guard(h->s), STORE_GUARD_VISIT_PERSON);
    CHECK_OK(store_visit_of_person(h->s, DAY1, &same, &got));
    CHECK_STR(got.id.s, a.id.s);
    b.day = DAY1 + 1;
    CHECK_OK(store_visit_insert(h->s, &b, &same)); /* another day is another visit */
    a.state = VISIT_LEFT;
    CHECK_OK(store_visit_update(h->s, &a, (struct visit_was){ VISIT_WAITING, 1 }));
    CHECK_ERR(store_visit_of_person(h->s, DAY1, &p, &got), ERR_NOT_FOUND);
    house_close(h);
}

TEST(a_retry_and_a_second_ticket_of_one_number_are_told_apart)
{
    struct house *h = house_open();
    struct person one = a_person("Noor", "Berg"), two = a_person("Daan", "Smit");
    struct visit_row a = a_visit(h, 1), b = a_visit(h, 1);
    CHECK_OK(store_visit_insert(h->s, &a, &one));
    CHECK_ERR(store_visit_insert(h->s, &b, &two), ERR_EXISTS);
    CHECK_INT(store_guard(h->s), STORE_GUARD_TICKET);
    b = a_visit(h, 2);
    b.id = a.id;
    CHECK_ERR(store_visit_insert(h->s, &b, &two), ERR_EXISTS);
    CHECK_INT(store_guard(h->s), STORE_GUARD_VISIT_ID);
    house_close(h);
}

TEST(a_ticket_is_found_by_number_and_by_its_token)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    struct visit_row r = a_visit(h, 7), got;
    struct token token, again;
    CHECK_OK(store_visit_insert(h->s, &r, &p));
    CHECK_OK(store_visit_by_ticket(h->s, DAY1, 'A', 7, &got));
    CHECK_STR(got.id.s, r.id.s);
    CHECK_ERR(store_visit_by_ticket(h->s, DAY1, 'A', 8, &got), ERR_NOT_FOUND);
    CHECK_OK(store_visit_token(h->s, &r, &token));
    CHECK(token_valid(token.s));
    house_reopen(h);
    CHECK_OK(store_visit_token(h->s, &r, &again)); /* for a reprint */
    CHECK_STR(again.s, token.s);
    CHECK_OK(store_visit_by_token(h->s, &token, &got));
    CHECK_STR(got.id.s, r.id.s);
    token.s[3] = token.s[3] == '2' ? '3' : '2';
    CHECK_ERR(store_visit_by_token(h->s, &token, &got), ERR_NOT_FOUND);
    house_close(h);
}

TEST(a_note_is_kept_and_taken_away)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    struct visit_row r = a_visit(h, 1), got;
    char note[STORE_NOTE_SIZE], longest[802];
    CHECK_OK(store_visit_insert(h->s, &r, &p));
    CHECK_ERR(store_visit_note(h->s, &r.id, note), ERR_NOT_FOUND);
    CHECK_OK(store_visit_set_note(h->s, &r.id, "belt om 14:00 terug"));
    CHECK_OK(store_visit_get(h->s, &r.id, &got));
    CHECK(got.has_note);
    CHECK_INT(got.version, 1);
    CHECK_OK(store_visit_note(h->s, &r.id, note));
    CHECK_STR(note, "belt om 14:00 terug");
    memset(longest, 'x', 800);
    longest[800] = '\0';
    CHECK_OK(store_visit_set_note(h->s, &r.id, longest));
    CHECK_OK(store_visit_note(h->s, &r.id, note));
    CHECK_STR(note, longest);
    memset(longest, 'x', 801);
    longest[801] = '\0';
    CHECK_ERR(store_visit_set_note(h->s, &r.id, longest), ERR_LIMIT);
    CHECK_OK(store_visit_set_note(h->s, &r.id, NULL));
    CHECK_ERR(store_visit_note(h->s, &r.id, note), ERR_NOT_FOUND);
    house_close(h);
}

TEST(the_automatic_print_happens_once)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    struct visit_row r = a_visit(h, 1);
    bool first = false;
    CHECK_OK(store_visit_insert(h->s, &r, &p));
    CHECK_OK(store_visit_take_print(h->s, &r.id, &first));
    CHECK(first);
    CHECK_OK(store_visit_take_print(h->s, &r.id, &first));
    CHECK(!first);
    house_close(h);
}

TEST(a_person_with_every_field_at_its_longest_fits)
{
    struct house *h = house_open();
    struct person p = { .birth = -25000, .municipality = "1674", .topic = TOPIC_OTHER, .lang = "ar",
                        .phone = "+123456789012345" }, got;
    for (size_t i = 0; i + 4 < sizeof(p.given); i += 4) {
        memcpy(p.given + i, "\xF0\x90\x8C\xB0", 4); /* a Gothic letter */
        memcpy(p.family + i, "\xF0\x90\x8C\xB1", 4);
    }
    memset(p.infix, 'v', sizeof(p.infix) - 1);
    memset(p.email, 'e', sizeof(p.email) - 1);
    struct visit_row r = a_visit(h, 1);
    CHECK_OK(store_visit_insert(h->s, &r, &p));
    CHECK_OK(store_visit_person(h->s, &r.id, &got));
    CHECK(memcmp(&p, &got, sizeof(p)) == 0);
    house_close(h);
}
