#include <fcntl.h>

#include "store/meta.h"
#include "tests/flow/house.h"

TEST(health_tells_the_printer_and_what_waits_for_the_register)
{
    struct house h;
    struct health s = { 0 };
    house_start(&h, NINE);
    CHECK_OK(flow_health(h.f, &s));
    CHECK(s.database_ok && !s.clock_unsure && !s.storage_failed && !s.roster_missing);
    CHECK_STR(s.printer, "ok");
    CHECK_INT(s.outbox_queued, 0);
    CHECK_INT(s.outbox_oldest_s, 0);
    walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_device_state(h.f, "printer", "no paper"));
    house_wait(&h, 2);
    CHECK_OK(flow_health(h.f, &s));
    CHECK_STR(s.printer, "no paper");
    CHECK_INT(s.outbox_queued, 1);
    CHECK_INT(s.outbox_oldest_s, 120);
    CHECK_INT(s.outbox_dead, 0);
    house_end(&h);
}

/* As the upload leaves it, a program of its own. */
static void note_upload(const struct house *h, utc_ms ended)
{
    struct rng rng = h->rng;
    struct store *s = NULL;
    CHECK_OK(store_open(&(struct store_options){ .path = h->path, .rng = &rng }, &s));
    CHECK_OK(store_meta_put_int(s, META_UPLOADED, ended));
    store_close(s);
}

TEST(health_tells_when_the_last_run_to_the_register_ended)
{
    struct house h;
    struct health s = { 0 };
    house_start(&h, NINE);
    CHECK_OK(flow_health(h.f, &s));
    CHECK_INT(s.uploaded, 0);
    note_upload(&h, clock_wall_ms(&h.clock) - HOUR_MS);
    CHECK_OK(flow_health(h.f, &s));
    CHECK_INT(s.uploaded, clock_wall_ms(&h.clock) - HOUR_MS);
    house_end(&h);
}

TEST(records_that_are_not_refused_cannot_be_retried_or_given_up)
{
    struct house h;
    struct outbox_list l = { 0 };
    house_start(&h, NINE);
    walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_outbox(h.f, true, &l));
    CHECK_INT(l.n, 1);
    CHECK_STR(l.v[0].state, "queued");
    CHECK_ERR(flow_outbox_retry(h.f, &l.v[0].id), ERR_STATE);
    CHECK_ERR(flow_outbox_discard(h.f, &l.v[0].id, "no need"), ERR_STATE);
    CHECK_ERR(flow_outbox_discard(h.f, &l.v[0].id, ""), ERR_INVAL);
    struct ulid none = flow_new_id(h.f);
    CHECK_ERR(flow_outbox_retry(h.f, &none), ERR_NOT_FOUND);
    outbox_list_done(&l);
    house_end(&h);
}

/* ---- an older database ---- */

static void copy_file(const char *from, const char *to)
{
    static char bytes[4 * 1024 * 1024];
    int in = open(from, O_RDONLY | O_CLOEXEC);
    CHECK(in >= 0);
    ssize_t n = read(in, bytes, sizeof(bytes));
    close(in);
    CHECK(n > 0 && n < (ssize_t)sizeof(bytes));
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(out >= 0);
    CHECK(write(out, bytes, (size_t)n) == n);
    close(out);
}

static void see_database(void *arg, const struct audit_line *l)
{
    char *seen = arg;
    if (strncmp(l->action, "database.", 9) == 0)
        snprintf(seen + strlen(seen), 200 - strlen(seen), "%s ", l->action + 9);
}

static void check_older(struct flow *f, bool want, const char *lines)
{
    struct health s;
    char seen[200] = "";
    CHECK_OK(flow_health(f, &s));
    CHECK_INT(s.older, want);
    CHECK_OK(flow_audit(f, 0, 0, see_database, seen));
    CHECK_STR(seen, lines);
}

/* A house whose database is that of some minutes ago; nothing is open. */
static void put_back_older(struct house *h, int step)
{
    char copy[320];
    house_start(h, NINE);
    snprintf(copy, sizeof(copy), "%s.copy", h->path);
    for (int i = 0; i < step % 5; i++)
        walk_in(h->f, i, TOPIC_SCHOOL);
    flow_closep(&h->f);
    copy_file(h->path, copy);
    h->f = house_program(h, "kiosk:1");
    for (int i = 0; i <= step % 4; i++)
        walk_in(h->f, 10 + i, TOPIC_SCHOOL);
    flow_closep(&h->f);
    copy_file(copy, h->path);
}

TEST(an_older_database_is_told_before_the_first_booking_each_time)
{
    for (int i = 0; i < 20; i++) {
        struct house h;
        put_back_older(&h, i);
        h.f = house_program(&h, i % 2 ? "kiosk:1" : "desk:1");
        check_older(h.f, true, "older ");
        house_end(&h);
    }
}

TEST(it_is_told_until_somebody_accepts_it_and_written_down_once)
{
    struct house h;
    put_back_older(&h, 2);
    h.f = house_program(&h, "kiosk:1");
    struct flow *desk = house_program(&h, "desk:1");
    check_older(desk, true, "older ");
    walk_in(h.f, 1, TOPIC_SCHOOL);
    flow_closep(&h.f);
    h.f = house_program(&h, "kiosk:1");
    check_older(h.f, true, "older ");
    CHECK_OK(flow_older_accept(desk));
    CHECK_ERR(flow_older_accept(desk), ERR_NONE);
    check_older(h.f, false, "older accept ");
    flow_close(desk);
    house_end(&h);
}

TEST(the_display_reads_an_older_database_and_leaves_the_telling_to_others)
{
    struct house h;
    struct flow *display = NULL;
    put_back_older(&h, 3);
    CHECK_OK(flow_open(&(struct flow_options){ .db_path = h.path, .device = "display:1",
                                               .clock = &h.clock, .rng = &h.rng,
                                               .read_only = true },
                       &display));
    flow_close(display);
    h.f = house_program(&h, "kiosk:1");
    check_older(h.f, true, "older ");
    house_end(&h);
}
