#include "region/region.h"

#include <stdlib.h>
#include <string.h>

#include "region/inside.h"
#include "tests/lib/check.h"

/* ---- where a house may go ---- */

static enum err try_open(const char *conninfo)
{
    struct region *r = NULL;
    enum err e = region_open(&(struct region_options){ .conninfo = conninfo, .wait_ms = 1000 }, &r);
    region_close(r);
    return e;
}

TEST(over_a_network_the_server_must_be_looked_at)
{
    static const char *const open[] = {
        "host=db1.example dbname=region",
        "host=db1.example sslmode=require",
        "host=db1.example sslmode=verify-ca",
        "host=127.0.0.1,db1.example sslmode=prefer",
        "host=localhost hostaddr=192.0.2.7",
        "host=127.0.0.1.example",
        "service=region",
        "service=region sslmode=verify-full",
        "postgresql://db1.example/region",
    };
    for (size_t i = 0; i < ARRAY_LEN(open); i++) {
        CHECK_INT(try_open(open[i]), ERR_INVAL);
        CHECK(region_open_why()[0] != '\0');
    }
}

TEST(what_is_no_conninfo_is_told)
{
    CHECK_INT(try_open("host"), ERR_INVAL);
    CHECK_INT(try_open("colour=red"), ERR_INVAL);
    CHECK(strstr(region_open_why(), "colour") != NULL);
}

TEST(a_near_server_that_is_not_there_is_no_line)
{
    CHECK_INT(try_open("host=/nowhere/at/all"), ERR_NET);
    CHECK_INT(try_open("host=127.0.0.1,127.0.0.1 port=1,1 connect_timeout=2"), ERR_NET);
    CHECK(strchr(region_open_why(), '\n') == NULL);
}

TEST(the_environment_does_not_say_where_the_region_is)
{
    setenv("PGHOST", "db.example", 1);
    setenv("PGSERVICE", "region", 1);
    setenv("PGSSLMODE", "disable", 1);
    region_forget_environment();
    CHECK(getenv("PGHOST") == NULL);
    CHECK(getenv("PGSERVICE") == NULL);
    CHECK(getenv("PGSSLMODE") == NULL);
}

/* ---- what an answer says ---- */

static struct answer answer_of(const char *text)
{
    static char name[] = "c";
    PGresAttDesc column = { .name = name };
    struct answer q = { PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK) };
    char copy[512];
    CHECK(q.v != NULL && strlen(text) < sizeof(copy));
    memcpy(copy, text, strlen(text) + 1);
    CHECK(PQsetResultAttrs(q.v, 1, &column));
    CHECK(PQsetvalue(q.v, 0, 0, copy, (int)strlen(text)));
    return q;
}

TEST(bytes_come_back_as_they_went)
{
    unsigned char in[32], out[32];
    char text[2 * sizeof(in) + 3];
    size_t n = 0;
    for (size_t i = 0; i < sizeof(in); i++)
        in[i] = (unsigned char)(i * 37 + 200);
    bytes_text(in, sizeof(in), text);
    CLEANUP(answer_done) struct answer q = answer_of(text);
    CHECK_OK(cell_bytes(&q, 0, 0, out, sizeof(out), &n));
    CHECK_INT(n, sizeof(in));
    CHECK(memcmp(in, out, n) == 0);
}

TEST(bytes_that_are_none_or_too_many_are_refused)
{
    static const char *const bad[] = { "x", "\\x0", "\\x0g", "\\xABCD", "0a1b", "\\x0102030405" };
    unsigned char out[4];
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        CLEANUP(answer_done) struct answer q = answer_of(bad[i]);
        CHECK_INT(cell_bytes(&q, 0, 0, out, sizeof(out), &n), ERR_CORRUPT);
    }
    CLEANUP(answer_done) struct answer none = answer_of("");
    CHECK_OK(cell_bytes(&none, 0, 0, out, sizeof(out), &n));
    CHECK_INT(n, 0);
}

TEST(a_text_that_does_not_fit_is_refused_and_nothing_is_cut)
{
    char out[6] = "old";
    CLEANUP(answer_done) struct answer fits = answer_of("alpha");
    CLEANUP(answer_done) struct answer longer = answer_of("alphab");
    CHECK_INT(cell_put(&longer, 0, 0, out, sizeof(out)), ERR_CORRUPT);
    CHECK_STR(out, "old");
    CHECK_OK(cell_put(&fits, 0, 0, out, sizeof(out)));
    CHECK_STR(out, "alpha");
}
