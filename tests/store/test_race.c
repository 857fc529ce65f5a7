/* Several processes at one database: one wins, nobody is told "busy", nothing is twice. */
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/check.h"
#include "store/meta.h"
#include "tests/store/fixture.h"

#define RACERS 6
#define RACE_MS 900000 /* a machine that stands still is no reason to be told "busy" */

/* Runs `race` in RACERS processes at once; gives the sum of what they return (0..100). */
static int run_race(struct house *h, int (*race)(struct store *s, int me))
{
    int start[2], there[2];
    CHECK_INT(pipe(start), 0);
    CHECK_INT(pipe(there), 0);
    house_close(h);
    pid_t pids[RACERS];
    for (int i = 0; i < RACERS; i++) {
        pids[i] = fork();
        CHECK(pids[i] >= 0);
        if (pids[i] == 0) {
            char go;
            close(start[1]);
            close(there[0]);
            struct rng rng = rng_system();
            struct store_options o = h->options;
            struct store *s = NULL;
            o.rng = &rng;
            o.busy_ms = RACE_MS;
            bool opened = store_open(&o, &s) == ERR_OK && write(there[1], "x", 1) == 1;
            close(there[1]);
            bool started = read(start[0], &go, 1) == 0; /* closed: all are there */
            int won = opened && started ? race(s, i) : 120;
            store_close(s);
            _exit(won);
        }
    }
    char all[RACERS];
    close(start[0]);
    close(there[1]);
    for (ssize_t n = 0, got = 1; n < RACERS && got > 0; n += got) /* 0: somebody could not open */
        got = read(there[0], all, RACERS);
    close(there[0]);
    close(start[1]);
    int sum = 0;
    for (int i = 0; i < RACERS; i++) {
        int status = 0;
        CHECK_INT(waitpid(pids[i], &status, 0), pids[i]);
        CHECK(WIFEXITED(status));
        if (WEXITSTATUS(status) > 100)
            CHECK_FAIL("racer %d: failure %d", i, WEXITSTATUS(status));
        sum += WEXITSTATUS(status);
    }
    CHECK_OK(store_open(&h->options, &h->s));
    return sum;
}

static struct ulid id_of(int me, int n)
{
    struct ulid_maker maker = { 0 };
    struct rng rng = rng_seeded((uint64_t)(me * 1000 + n + 1));
    return ulid_make(&maker, &rng, NOON);
}

static enum err try_seat(struct store *s, int me, int n)
{
    struct appointment_row r = { .id = id_of(me, n), .site = "roosendaal", .day = DAY1,
                                 .coach = "sanne", .service = "school",
                                 .start = NOON + n * HOUR_MS, .end = NOON + n * HOUR_MS + HOUR_MS,
                                 .stop = NOON + n * HOUR_MS + HOUR_MS, .state = APPT_HELD,
                                 .held_until = NOON, .code_day = CIVIL_DAY_NONE };
    r.chain = r.id;
    struct claim_span c = { "sanne", q5_cover(r.start, r.stop), 0, r.id };
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(s, &tx);
    if (e == ERR_OK)
        e = store_appointment_insert(s, &r, NULL);
    if (e == ERR_OK)
        e = store_claim_take(s, &c);
    return e == ERR_OK ? store_commit(&tx) : e;
}

static int race_for_seats(struct store *s, int me)
{
    int won = 0;
    for (int n = 0; n < 10; n++) {
        enum err e = try_seat(s, me, n);
        if (e == ERR_OK)
            won++;
        else if (e != ERR_TAKEN)
            return 100 + (int)e;
    }
    return won;
}

/*
 * Somebody who checkpoints holds this byte of the -shm file (https://www.sqlite.org/walformat.html,
 * "WAL Locks"); at its last close nobody else holds a lock on the database then.
 */
#define CHECKPOINT_BYTE 121

static pid_t checkpoint_for_a_while(const char *db)
{
    char path[300], there;
    int ready[2];
    struct flock l = { .l_type = F_WRLCK, .l_start = CHECKPOINT_BYTE, .l_len = 1 };
    snprintf(path, sizeof(path), "%s-shm", db);
    CHECK_INT(pipe(ready), 0);
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
        bool locked = fd >= 0 && fcntl(fd, F_SETLK, &l) == 0;
        bool told = locked && write(ready[1], "x", 1) == 1;
        usleep(300000);
        _exit(told ? 0 : 1);
    }
    close(ready[1]);
    CHECK_INT(read(ready[0], &there, 1), 1);
    close(ready[0]);
    return pid;
}

TEST(who_opens_while_another_checkpoints_waits_for_it)
{
    struct house *h = house_open();
    int status = 1;
    house_close(h);
    pid_t other = checkpoint_for_a_while(h->path);
    CHECK_OK(store_open(&h->options, &h->s));
    CHECK_INT(waitpid(other, &status, 0), other);
    CHECK_INT(status, 0);
    house_close(h);
}

TEST(each_seat_goes_to_one_process)
{
    struct house *h = house_open();
    CHECK_INT(run_race(h, race_for_seats), 10);
    CLEANUP(appointment_rows_done) struct appointment_rows l = { 0 };
    CHECK_OK(store_appointments_hold_over(h->s, NOON, &l));
    CHECK_INT(l.n, 10); /* the losers left nothing behind */
    house_close(h);
}

static enum err walk_in(struct store *s, int me, int n)
{
    char family[16];
    snprintf(family, sizeof(family), "Berg%c%c", 'A' + me, 'A' + n);
    struct person p = a_person("Noor", family);
    struct visit_row r = { .id = id_of(me, n), .site = "roosendaal", .day = DAY1, .series = 'A',
                           .state = VISIT_WAITING, .service = "school", .arrived = NOON };
    int64_t number = 0;
    r.chain = r.id;
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(s, &tx);
    if (e == ERR_OK)
        e = store_counter_next(s, DAY1, "A", &number);
    r.number = (int)number;
    if (e == ERR_OK)
        e = store_visit_insert(s, &r, &p);
    return e == ERR_OK ? store_commit(&tx) : e;
}

static int race_for_tickets(struct store *s, int me)
{
    for (int n = 0; n < 10; n++) {
        enum err e = walk_in(s, me, n);
        if (e != ERR_OK)
            return 100 + (int)e;
    }
    return 10;
}

TEST(tickets_of_all_processes_run_without_gap_or_double)
{
    struct house *h = house_open();
    CHECK_INT(run_race(h, race_for_tickets), 10 * RACERS); /* all make the day's key, too */
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    CHECK_OK(store_visits_open(h->s, DAY1, &l));
    CHECK_INT(l.n, 10 * RACERS);
    for (size_t i = 0; i < l.n; i++) {
        struct person p;
        CHECK_INT(l.v[i].number, i + 1);
        CHECK_OK(store_visit_person(h->s, &l.v[i].id, &p));
    }
    house_close(h);
}

static int race_to_call(struct store *s, int me)
{
    struct visit_row r;
    enum err e = store_visit_by_ticket(s, DAY1, 'A', 1, &r);
    if (e != ERR_OK)
        return 100 + (int)e;
    r.state = VISIT_CALLED;
    snprintf(r.with_coach, sizeof(r.with_coach), "coach%d", me);
    e = store_visit_update(s, &r, (struct visit_was){ VISIT_WAITING, 1 });
    return e == ERR_OK ? 1 : e == ERR_STALE ? 0 : 100 + (int)e;
}

TEST(one_coach_gets_the_visitor)
{
    struct house *h = house_open();
    struct person p = a_person("Noor", "Berg");
    struct visit_row r = a_visit(h, 1);
    CHECK_OK(store_visit_insert(h->s, &r, &p));
    CHECK_INT(run_race(h, race_to_call), 1);
    house_close(h);
}
