/* Against a printer on a pseudo-terminal, with a clock that stands still. */
#include "print/printer.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/lib/paper.h"

static struct printer printer;
static struct paper paper;
static int master = -1, slave = -1;
static int64_t now;
static bool stuck; /* takes no bytes */
static char job[20000];
static size_t job_n;

static void plug_in(void)
{
    char path[128];
    printer_done(&printer);
    paper_done(&paper);
    if (master >= 0)
        CHECK(close(master) == 0 && close(slave) == 0);
    CHECK_INT(openpty(&master, &slave, path, NULL, NULL), 0);
    struct termios raw;
    CHECK_INT(tcgetattr(slave, &raw), 0);
    cfmakeraw(&raw);
    CHECK_INT(tcsetattr(slave, TCSANOW, &raw), 0);
    CHECK_INT(fcntl(master, F_SETFL, O_NONBLOCK), 0);
    CHECK_OK(printer_init(&printer, path, 15000));
    paper_init(&paper, 576);
    now = 1000;
    stuck = false;

    struct buf b = buf_make(sizeof(job));
    uint8_t black[576];
    memset(black, 1, sizeof(black));
    escpos_begin(&b);
    for (int i = 0; i < 200; i++)
        escpos_dots(&b, 576, 0, (struct escpos_dots){ 576, 1, black });
    escpos_end(&b, true);
    CHECK_OK(buf_err(&b));
    memcpy(job, b.v, b.n);
    job_n = b.n;
    buf_done(&b);
}

/* A pseudo-terminal hands bytes over a moment later. The clock of the test stands
 * still, so wait for exactly those that were written. */
static void wait_for(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    CHECK_INT(poll(&p, 1, CHECK_PATIENCE_MS), 1);
}

/* The printer's side: takes what was written since the last time, says what it has
 * to say. */
static void paper_side(void)
{
    static size_t seen_sent;
    static int64_t seen_asked;
    size_t due = printer.sent > seen_sent ? printer.sent - seen_sent : 0;
    if (printer.asked_at != seen_asked && !printer.answered)
        due += ESCPOS_QUESTION_BYTES;
    seen_sent = printer.sent;
    seen_asked = printer.asked_at;
    while (!stuck && due > 0) {
        unsigned char bytes[8192];
        wait_for(master);
        ssize_t n = read(master, bytes, due < sizeof(bytes) ? due : sizeof(bytes));
        CHECK(n > 0);
        paper_feed(&paper, bytes, (size_t)n);
        due -= (size_t)n;
    }
    if (paper.reply.n > 0) {
        CHECK_INT(write(master, paper.reply.v, paper.reply.n), paper.reply.n);
        wait_for(slave);
    }
    buf_clear(&paper.reply);
}

/* Steps until there is nothing under way, at most so long; gives the time it took. */
static int64_t run_for(int64_t limit_ms)
{
    int64_t start = now;
    for (;;) {
        int wait = printer_step(&printer, now);
        if (wait < 0 || now - start > limit_ms)
            return now - start;
        paper_side();
        now += wait;
    }
}

TEST(a_ticket_is_printed_and_the_printer_says_so)
{
    plug_in();
    CHECK_INT(printer.state, PRINTER_UNKNOWN);
    CHECK_OK(printer_send(&printer, job, job_n, now));
    CHECK_INT(printer.job, PRINTER_WORKING);
    CHECK(run_for(20000) < 1000);
    CHECK_INT(printer.job, PRINTER_DONE);
    CHECK_INT(printer.state, PRINTER_READY);
    CHECK_INT(paper.rows, 200 + 90);
    CHECK_INT(paper.cuts, 1);
    CHECK_INT(paper.unknown, 0);
    CHECK_INT(printer.fd, -1); /* so that it can be pulled out */
}

TEST(without_paper_or_with_the_cover_open_nothing_is_sent)
{
    plug_in();
    paper.paper_out = true;
    CHECK_OK(printer_send(&printer, job, job_n, now));
    CHECK(run_for(20000) < 2000);
    CHECK_INT(printer.job, PRINTER_FAILED);
    CHECK_INT(printer.state, PRINTER_PAPER_OUT);
    CHECK_INT(paper.in.n, 0);

    paper.paper_out = false;
    paper.cover_open = true;
    CHECK_OK(printer_send(&printer, job, job_n, now));
    CHECK(run_for(20000) < 2000);
    CHECK_INT(printer.state, PRINTER_COVER_OPEN);
    CHECK_INT(paper.in.n, 0);

    paper.cover_open = false;
    CHECK_OK(printer_send(&printer, job, job_n, now)); /* staff print again */
    run_for(20000);
    CHECK_INT(printer.job, PRINTER_DONE);
    CHECK_INT(paper.cuts, 1);
}

TEST(paper_that_runs_low_still_prints_and_is_told)
{
    plug_in();
    paper.paper_low = true;
    CHECK_OK(printer_send(&printer, job, job_n, now));
    run_for(20000);
    CHECK_INT(printer.job, PRINTER_DONE);
    CHECK_INT(printer.state, PRINTER_PAPER_LOW);
    CHECK(printer_needs_help(printer.state));
}

TEST(paper_that_runs_out_in_the_middle_is_noticed)
{
    plug_in();
    CHECK_OK(printer_send(&printer, job, job_n, now));
    while (printer.sent == 0) {
        now += printer_step(&printer, now);
        paper.paper_out = printer.sent > 0; /* how much goes at once is the kernel's choice */
        paper_side();
    }
    CHECK(run_for(30000) < 15000 + 100);
    CHECK_INT(printer.job, PRINTER_FAILED);
    CHECK_INT(printer.state, PRINTER_PAPER_OUT);
}

TEST(a_printer_that_takes_no_bytes_is_given_up_in_time)
{
    plug_in();
    CHECK_OK(printer_send(&printer, job, job_n, now));
    stuck = true;
    int64_t took = run_for(60000);
    CHECK(took >= 15000 && took < 15100);
    CHECK_INT(printer.job, PRINTER_FAILED);
    CHECK_INT(printer.state, PRINTER_SLOW);
}

TEST(a_job_that_was_torn_does_not_spoil_the_next)
{
    plug_in();
    CHECK_OK(printer_send(&printer, job, job_n, now));
    for (int i = 0; i < 400 && printer.sent < 1000; i++) {
        now += printer_step(&printer, now);
        paper_side();
    }
    stuck = true;
    run_for(60000);
    CHECK_INT(printer.state, PRINTER_SLOW);
    CHECK(printer.torn);
    stuck = false;
    CHECK_INT(tcflush(slave, TCOFLUSH), 0); /* closing a real one drops what is on its way */
    unsigned char rest[8192];
    while (read(master, rest, sizeof(rest)) > 0)
        continue;
    buf_clear(&paper.in);
    paper_feed(&paper, "\x1dv0\0\x48\0\x40\0\xff", 9); /* it waits for the rest of this */
    int before = paper.initialised;
    CHECK_OK(printer_send(&printer, job, job_n, now));
    run_for(60000);
    CHECK_INT(printer.job, PRINTER_DONE);
    CHECK_INT(paper.initialised, before + 1);
    CHECK_INT(paper.unknown, 0);
    CHECK(!printer.torn);
}

TEST(a_mute_printer_is_done_when_it_took_every_byte)
{
    plug_in();
    paper.mute = true;
    CHECK_OK(printer_send(&printer, job, job_n, now));
    CHECK(run_for(20000) < 2000);
    CHECK_INT(printer.job, PRINTER_DONE);
    CHECK_INT(printer.state, PRINTER_READY);
    CHECK_INT(paper.cuts, 1);
}

TEST(a_printer_that_knows_no_receipt_is_done_when_it_stays_well)
{
    plug_in();
    paper.no_receipt = true;
    CHECK_OK(printer_send(&printer, job, job_n, now));
    int64_t took = run_for(20000);
    CHECK(took >= 3000 && took < 5000);
    CHECK_INT(printer.job, PRINTER_DONE);
}

TEST(a_printer_that_is_not_there_is_unplugged)
{
    plug_in();
    CHECK_OK(printer_init(&printer, "/nonexistent/lp0", 15000));
    CHECK_OK(printer_send(&printer, job, job_n, now));
    CHECK_INT(printer_step(&printer, now), -1);
    CHECK_INT(printer.job, PRINTER_FAILED);
    CHECK_INT(printer.state, PRINTER_UNPLUGGED);
}

TEST(a_plug_pulled_out_in_the_middle_is_noticed)
{
    plug_in();
    CHECK_OK(printer_send(&printer, job, job_n, now));
    while (printer.sent == 0) {
        now += printer_step(&printer, now);
        paper_side();
    }
    CHECK(close(master) == 0 && close(slave) == 0);
    master = slave = -1;
    for (int wait = 0; wait >= 0; now += wait)
        wait = printer_step(&printer, now);
    CHECK_INT(printer.job, PRINTER_FAILED);
    CHECK_INT(printer.state, PRINTER_UNPLUGGED);
}

TEST(it_can_be_asked_without_printing)
{
    plug_in();
    CHECK_OK(printer_ask(&printer, now));
    CHECK_ERR(printer_send(&printer, job, job_n, now), ERR_BUSY);
    run_for(20000);
    CHECK_INT(printer.state, PRINTER_READY);
    CHECK_INT(printer.job, PRINTER_IDLE);
    paper.cover_open = true;
    CHECK_OK(printer_ask(&printer, now));
    run_for(20000);
    CHECK_INT(printer.state, PRINTER_COVER_OPEN);
    CHECK_INT(paper.rows, 0);
}

TEST(no_step_waits_itself)
{
    plug_in();
    stuck = true;
    CHECK_OK(printer_send(&printer, job, job_n, now));
    for (int i = 0; i < 100; i++) {
        int wait = printer_step(&printer, now);
        CHECK(wait >= -1 && wait <= 20);
        if (wait < 0)
            break;
        now += wait;
    }
}

TEST(a_file_gets_every_ticket_and_belongs_to_its_owner_alone)
{
    char path[512], device[600];
    plug_in();
    printer_done(&printer);
    (void)snprintf(path, sizeof(path), "%s/tickets", check_tmpdir());
    (void)snprintf(device, sizeof(device), "file:%s", path);
    CHECK_OK(printer_init(&printer, device, 15000));
    for (int i = 0; i < 2; i++) {
        CHECK_OK(printer_send(&printer, job, job_n, now));
        CHECK_INT(printer_step(&printer, now), -1);
        CHECK_INT(printer.job, PRINTER_DONE);
    }
    struct stat st;
    CHECK_INT(stat(path, &st), 0);
    CHECK_INT(st.st_size, 2 * job_n);
    CHECK_INT(st.st_mode & 0777, 0600);

    printer_done(&printer);
    CHECK_OK(printer_init(&printer, "file:/nonexistent/x", 15000));
    CHECK_OK(printer_send(&printer, job, job_n, now));
    CHECK_INT(printer_step(&printer, now), -1);
    CHECK_INT(printer.job, PRINTER_FAILED);
    CHECK_INT(printer.state, PRINTER_BROKEN);
}

TEST(no_printer_a_long_path_and_a_huge_job_are_refused)
{
    struct printer p;
    char path[300];
    CHECK_OK(printer_init(&p, "", 15000));
    CHECK_INT(p.state, PRINTER_NONE);
    CHECK_ERR(printer_send(&p, "x", 1, 0), ERR_NONE);
    CHECK_ERR(printer_ask(&p, 0), ERR_NONE);
    CHECK_INT(printer_step(&p, 0), -1);
    memset(path, '/', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    CHECK_ERR(printer_init(&p, path, 15000), ERR_LIMIT);
    CHECK_OK(printer_init(&p, "/dev/null", 15000));
    CHECK_ERR(printer_send(&p, job, 256 * 1024 + 1, 0), ERR_LIMIT);
    mem_fail_at(1);
    enum err e = printer_send(&p, job, job_n, 0);
    mem_fail_at(0);
    CHECK_ERR(e, ERR_LIMIT);
    printer_done(&p);
}

TEST(every_state_has_a_name_and_only_faults_call_for_help)
{
    CHECK_STR(printer_state_name(PRINTER_READY), "ok");
    CHECK_STR(printer_state_name(PRINTER_STATE_COUNT), "unknown");
    for (int s = 0; s < PRINTER_STATE_COUNT; s++)
        CHECK(strlen(printer_state_name((enum printer_state)s)) > 1);
    CHECK(!printer_needs_help(PRINTER_NONE) && !printer_needs_help(PRINTER_READY));
    CHECK(printer_needs_help(PRINTER_UNPLUGGED) && printer_needs_help(PRINTER_BROKEN));
    printer_done(&printer);
    paper_done(&paper);
    if (master >= 0)
        CHECK(close(master) == 0 && close(slave) == 0);
}
