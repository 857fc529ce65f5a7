#include "desk/page.h"

#include <string.h>

#include "desk/pages.h"
#include "tests/lib/check.h"

static const struct page *find(const char *path, const char **tail)
{
    *tail = NULL;
    return page_find(&desk_house, path, tail);
}

TEST(a_path_finds_its_page_and_what_stands_behind_it)
{
    const char *tail;
    CHECK(find("/", &tail) == &page_day);
    CHECK_STR(tail, "");
    CHECK(find("/visit/01KMCYR9M0A5BFAZ8F6B2FRKWN", &tail) == &page_visit);
    CHECK_STR(tail, "01KMCYR9M0A5BFAZ8F6B2FRKWN");
    CHECK(find("/appointments", &tail) == &page_appointments);
    CHECK(find("/appointment/x", &tail) == &page_appointment);
    CHECK(find("/act/call", &tail) == &page_act);
}

TEST(other_paths_find_nothing)
{
    static const char *const paths[] = { "", "/nothing", "/visit", "/visit/", "/visit/a/b",
                                         "/boardx", "/board/", "/static/", "/Board", "/login/x" };
    const char *tail;
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        CHECK(find(paths[i], &tail) == NULL);
}

TEST(every_page_is_there_once_and_can_be_asked_something)
{
    for (size_t i = 0; i < desk_house.n_pages; i++) {
        CHECK(desk_house.pages[i]->path[0] == '/');
        CHECK(desk_house.pages[i]->get || desk_house.pages[i]->post);
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(desk_house.pages[i]->path, desk_house.pages[k]->path) != 0);
    }
}

TEST(only_these_pages_are_open_without_logging_in)
{
    for (size_t i = 0; i < desk_house.n_pages; i++) {
        const struct page *p = desk_house.pages[i];
        bool open = p == &page_login || p == &page_static || p == &page_health ||
                    p == &page_metrics || p == &page_calendar; /* a secret address */
        CHECK_INT(p->roles == 0, open);
        CHECK_INT(p->no_csrf, p == &page_login);
    }
}

TEST(a_body_has_only_the_keys_that_a_page_knows)
{
    struct request r = { .json = json_pack("{s:s,s:i}", "visit", "x", "version", 3) };
    CHECK(request_only(&r, "visit version"));
    CHECK(request_only(&r, "version note visit"));
    CHECK(!request_only(&r, "visit"));
    CHECK(!request_only(&r, "visitor version"));
    CHECK(!request_only(&r, ""));
    json_object_set_new(r.json, "role", json_string("admin"));
    CHECK(!request_only(&r, "visit version"));
    CHECK_STR(request_text(&r, "visit"), "x");
    CHECK(request_text(&r, "version") == NULL);
    CHECK_INT(request_int(&r, "version", 9), 3);
    CHECK_INT(request_int(&r, "visit", 9), 9);
    json_decref(r.json);
}

TEST(what_went_wrong_is_told_with_a_code_and_in_words)
{
    struct reply out = { .body = buf_make(4096) };
    reply_err(&out, ERR_STALE);
    CHECK_INT(out.status, 409);
    CHECK(strstr(buf_str(&out.body), "\"error\":\"stale\"") != NULL);
    for (int e = ERR_OK + 1; e < ERR_COUNT; e++) {
        reply_err(&out, (enum err)e);
        CHECK(out.status >= 403 && out.status <= 503);
        json_t *j = json_loads(buf_str(&out.body), 0, NULL);
        CHECK(strlen(json_string_value(json_object_get(j, "text"))) > 10);
        json_decref(j);
    }
    buf_done(&out.body);
}
