#include "desk/session.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tests/lib/check.h"

static struct sessions all;
static struct rng rng;

static void fresh(void)
{
    memset(&all, 0, sizeof(all));
    all.idle_ms = 10 * MINUTE_MS;
    all.life_ms = 12 * HOUR_MS;
    rng = rng_seeded(7);
}

static struct staff person(const char *id)
{
    struct staff s = { .role = STAFF_COACH };
    snprintf(s.id, sizeof(s.id), "%s", id);
    return s;
}

static struct session *enter(const char *id, int64_t now, char token[SESSION_TOKEN_SIZE])
{
    struct staff s = person(id);
    return session_begin(&all, &rng, &s, "", now, token);
}

TEST(a_token_opens_its_own_session_and_no_other)
{
    char a[SESSION_TOKEN_SIZE], b[SESSION_TOKEN_SIZE];
    fresh();
    struct session *sanne = enter("sanne", 1000, a);
    struct session *bas = enter("bas", 1000, b);
    CHECK(sanne && bas && sanne != bas);
    CHECK(strlen(a) == 64 && strcmp(a, b) != 0);
    CHECK(session_find(&all, a, "", 2000) == sanne);
    CHECK(session_find(&all, b, "", 2000) == bas);
    a[0] = a[0] == '0' ? '1' : '0';
    CHECK(session_find(&all, a, "", 2000) == NULL);
    CHECK(session_find(&all, NULL, "", 2000) == NULL);
    CHECK(session_find(&all, "", "", 2000) == NULL);
}

TEST(the_token_itself_is_not_kept)
{
    char token[SESSION_TOKEN_SIZE];
    fresh();
    CHECK(enter("sanne", 0, token) != NULL);
    CHECK(memmem(&all, sizeof(all), token, SESSION_TOKEN_SIZE - 1) == NULL);
    CHECK(memmem(&all, sizeof(all), all.v[0].csrf, SESSION_TOKEN_SIZE - 1) != NULL);
}

TEST(a_session_ends_after_ten_minutes_without_a_touch)
{
    char token[SESSION_TOKEN_SIZE];
    fresh();
    struct session *s = enter("sanne", 0, token);
    CHECK(session_find(&all, token, "", 10 * MINUTE_MS - 1) == s);
    session_touch(s, 9 * MINUTE_MS);
    CHECK(session_find(&all, token, "", 18 * MINUTE_MS) == s);
    CHECK(session_find(&all, token, "", 19 * MINUTE_MS) == NULL);
    CHECK(session_find(&all, token, "", 0) == NULL); /* and stays ended */
}

TEST(a_session_ends_after_twelve_hours_in_any_case)
{
    char token[SESSION_TOKEN_SIZE];
    fresh();
    struct session *s = enter("sanne", 0, token);
    session_touch(s, 12 * HOUR_MS - 1);
    CHECK(session_find(&all, token, "", 12 * HOUR_MS - 1) == s);
    CHECK(session_find(&all, token, "", 12 * HOUR_MS) == NULL);
}

TEST(a_session_belongs_to_one_certificate)
{
    char token[SESSION_TOKEN_SIZE];
    struct staff s = person("sanne");
    fresh();
    CHECK(session_begin(&all, &rng, &s, "AB:CD", 0, token) != NULL);
    CHECK(session_find(&all, token, "AB:CD", 1) != NULL);
    CHECK(session_find(&all, token, "AB:CE", 1) == NULL);
    CHECK(session_find(&all, token, "", 1) == NULL);
}

TEST(who_logs_in_too_often_loses_the_oldest)
{
    char first[SESSION_TOKEN_SIZE], token[SESSION_TOKEN_SIZE];
    fresh();
    CHECK(enter("sanne", 0, first) != NULL);
    for (int i = 1; i <= SESSIONS_PER_PERSON; i++)
        CHECK(enter("sanne", i, token) != NULL);
    CHECK(session_find(&all, first, "", 10) == NULL);
    CHECK(session_find(&all, token, "", 10) != NULL);
    CHECK_INT(sessions_count(&all, 10), SESSIONS_PER_PERSON);
}

TEST(a_full_house_refuses_and_takes_again_when_one_ran_out)
{
    char token[SESSION_TOKEN_SIZE], id[20];
    fresh();
    for (int i = 0; i < SESSIONS_MAX; i++) {
        snprintf(id, sizeof(id), "p%d", i);
        CHECK(enter(id, i, token) != NULL);
    }
    CHECK(enter("late", SESSIONS_MAX, token) == NULL);
    CHECK(enter("late", 10 * MINUTE_MS, token) != NULL);
}

TEST(logging_out_ends_it_and_a_disabled_person_is_out_everywhere)
{
    char a[SESSION_TOKEN_SIZE], b[SESSION_TOKEN_SIZE], c[SESSION_TOKEN_SIZE];
    fresh();
    struct session *s = enter("sanne", 0, a);
    uint64_t number = s->number;
    CHECK(session_of(&all, number, 1) == s);
    CHECK(enter("sanne", 0, b) && enter("bas", 0, c));
    CHECK(session_has_other(&all, s, 1));
    session_end(s);
    CHECK(session_find(&all, a, "", 1) == NULL);
    CHECK(session_of(&all, number, 1) == NULL);
    sessions_end_of(&all, "sanne");
    CHECK(session_find(&all, b, "", 1) == NULL);
    CHECK(session_find(&all, c, "", 1) != NULL);
}

TEST(the_token_for_changes_is_another_one)
{
    char token[SESSION_TOKEN_SIZE], told[SESSION_TOKEN_SIZE];
    fresh();
    struct session *s = enter("sanne", 0, token);
    memcpy(told, s->csrf, sizeof(told));
    CHECK(strcmp(token, told) != 0);
    CHECK(session_csrf_right(s, told));
    CHECK(!session_csrf_right(s, token));
    CHECK(!session_csrf_right(s, NULL));
    CHECK(!session_csrf_right(s, ""));
    told[63] ^= 1;
    CHECK(!session_csrf_right(s, told));
}
