#include "upload/setup.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/meta.h"
#include "tests/lib/check.h"

static struct config sample(const char *secret, mode_t mode)
{
    struct config c;
    config_defaults(&c);
    snprintf(c.reg.profile, sizeof c.reg.profile, "zgw");
    snprintf(c.reg.zaken_url, sizeof c.reg.zaken_url, "http://127.0.0.1:4020/zaken/api/v1/");
    snprintf(c.reg.catalogi_url, sizeof c.reg.catalogi_url, "http://127.0.0.1:4020/catalogi/api/v1");
    snprintf(c.reg.client_id, sizeof c.reg.client_id, "dynamo");
    snprintf(c.reg.rsin, sizeof c.reg.rsin, "123456782");
    snprintf(c.reg.secret_file, sizeof c.reg.secret_file, "%s/secret", check_tmpdir());
    FILE *f = fopen(c.reg.secret_file, "w");
    CHECK(f && fputs(secret, f) >= 0 && fclose(f) == 0);
    CHECK(chmod(c.reg.secret_file, mode) == 0);
    return c;
}

TEST(settings_come_from_the_configuration_and_the_secret_from_its_file)
{
    struct config c = sample("example-secret\n", 0600);
    struct register_settings s;
    const char *what;
    CHECK_OK(setup_settings(&c, true, &s, &what));
    CHECK_INT(s.profile, REGISTER_ZGW);
    CHECK_STR(s.secret, "example-secret");
    CHECK_STR(s.zaken_url, "http://127.0.0.1:4020/zaken/api/v1");
    CHECK_STR(s.zaaktype, "DYNAMO-INLOOP");
    CHECK(setup_is_loopback(&s));
    snprintf(s.catalogi_url, sizeof s.catalogi_url, "https://register.example/catalogi");
    CHECK(!setup_is_loopback(&s));
}

TEST(a_secret_that_others_may_read_is_refused_where_it_matters)
{
    struct config c = sample("example-secret", 0644);
    struct register_settings s;
    const char *what;
    CHECK_ERR(setup_settings(&c, true, &s, &what), ERR_DENIED);
    CHECK_STR(what, "secret_file");
    CHECK_OK(setup_settings(&c, false, &s, &what)); /* a simulated database */
}

TEST(what_is_missing_is_named)
{
    struct register_settings s;
    const char *what;
    struct config c = sample("example-secret", 0600);
    c.reg.rsin[0] = '\0';
    CHECK_ERR(setup_settings(&c, true, &s, &what), ERR_INVAL);
    CHECK_STR(what, "rsin");
    c = sample("", 0600);
    CHECK_ERR(setup_settings(&c, true, &s, &what), ERR_INVAL);
    CHECK_STR(what, "secret_file");
    c = sample("x", 0600);
    snprintf(c.reg.secret_file, sizeof c.reg.secret_file, "/nonexistent");
    CHECK_ERR(setup_settings(&c, true, &s, &what), ERR_NOT_FOUND);
    CHECK_STR(what, "secret_file");
    config_defaults(&c);
    CHECK_OK(setup_settings(&c, true, &s, &what)); /* none: nothing is needed */
    CHECK_INT(s.profile, REGISTER_NONE);
}

TEST(a_client_is_made_of_the_configuration)
{
    struct config c = sample("x", 0600);
    struct setup_client client;
    snprintf(c.reg.extra_headers, sizeof c.reg.extra_headers, "X-One: a | X-Two: b");
    CHECK_OK(setup_client(&c, true, &client));
    CHECK_INT(client.port.width, 1);
    setup_client_done(&client);
    snprintf(c.reg.ca_file, sizeof c.reg.ca_file, "/nonexistent.pem");
    CHECK_ERR(setup_client(&c, true, &client), ERR_INVAL);
}

TEST(only_one_run_at_a_time_holds_the_lock)
{
    char path[300];
    int fd = -1;
    snprintf(path, sizeof path, "%s/lock.db", check_tmpdir());
    CHECK_OK(setup_lock(path, &fd));
    pid_t child = fork();
    if (child == 0) {
        int other = -1;
        _exit(setup_lock(path, &other) == ERR_BUSY && other == -1 ? 0 : 1);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    close(fd);
    CHECK_OK(setup_lock(path, &fd));
    close(fd);
    CHECK_ERR(setup_lock("/nonexistent/x.db", &fd), ERR_IO);
}

TEST(an_unsure_clock_holds_the_upload)
{
    static int n;
    char path[300];
    struct rng rng = rng_system();
    snprintf(path, sizeof path, "%s/clock%d.db", check_tmpdir(), n++);
    struct store_options o = { .path = path, .rng = &rng, .keys = STORE_KEYS_UPLOAD };
    struct store *store = NULL;
    CHECK_OK(store_create(&o, true));
    CHECK_OK(store_open(&o, &store));
    struct clock real = clock_system(), simulated = clock_at(1); /* both stand still in these tests */
    utc_ms now = clock_wall_ms(&real);
    static const struct {
        int64_t last; /* against now; 0 is never */
        bool unsure;
    } cases[] = { { 0, false }, { -HOUR_MS, false }, { 30 * SECOND_MS, false }, { 2 * MINUTE_MS, true },
                  { -32 * DAY_MS, true } };
    bool unsure;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        if (cases[i].last)
            CHECK_OK(store_meta_put_int(store, "last_wall_ms", now + cases[i].last));
        CHECK_OK(setup_clock_unsure(store, &real, &unsure));
        CHECK_INT(unsure, cases[i].unsure);
        CHECK_OK(setup_clock_unsure(store, &simulated, &unsure));
        CHECK(!unsure);
    }
    store_close(store);
}
