#include "print/escpos.h"

#include <string.h>

#include "tests/lib/check.h"
#include "tests/lib/paper.h"

static struct buf out;
static struct paper paper;

static void start(void)
{
    buf_done(&out);
    out = buf_make(64 * 1024);
    paper_done(&paper);
    paper_init(&paper, 576);
}

static void run(void)
{
    CHECK_OK(buf_err(&out));
    paper_feed(&paper, out.v, out.n);
    CHECK_INT(paper.unknown, 0);
    CHECK_INT(paper.in.n, 0);
}

TEST(a_picture_comes_out_dot_by_dot_where_it_was_put)
{
    uint8_t dots[130 * 3];
    for (size_t i = 0; i < sizeof(dots); i++)
        dots[i] = i % 3 == 0 || i % 7 == 0;
    start();
    escpos_dots(&out, 576, 101, (struct escpos_dots){ 3, 130, dots });
    run();
    CHECK_INT(paper.rows, 130);
    for (int y = 0; y < 130; y++)
        for (int x = 0; x < 576; x++) {
            bool want = x >= 101 && x < 104 && dots[y * 3 + x - 101];
            CHECK_INT(paper_black(&paper, x, y), want);
        }
}

TEST(a_picture_goes_in_bands_of_64_rows)
{
    uint8_t dots[130] = { 0 };
    start();
    escpos_dots(&out, 576, 0, (struct escpos_dots){ 1, 130, dots });
    CHECK_INT(out.n, 3 * 8 + 130 * 72);
    CHECK_INT(memcmp(out.v, "\x1dv0\0\x48\0\x40\0", 8), 0);
    CHECK_INT(memcmp(out.v + 2 * (8 + 64 * 72), "\x1dv0\0\x48\0\x02\0", 8), 0);
}

TEST(what_does_not_fit_the_paper_is_left_off)
{
    uint8_t dots[700];
    memset(dots, 1, sizeof(dots));
    start();
    escpos_dots(&out, 576, 10, (struct escpos_dots){ 700, 1, dots });
    escpos_dots(&out, 576, -3, (struct escpos_dots){ 5, 1, dots });
    run();
    CHECK(!paper_black(&paper, 9, 0) && paper_black(&paper, 10, 0) && paper_black(&paper, 575, 0));
    CHECK(paper_black(&paper, 1, 1) && !paper_black(&paper, 2, 1));
}

TEST(blank_paper_is_measured_in_dots)
{
    start();
    escpos_space(&out, 600);
    escpos_space(&out, 0);
    escpos_space(&out, -5);
    run();
    CHECK_INT(paper.rows, 600);
}

TEST(own_letters_lose_their_accents_and_unknown_scripts_become_question_marks)
{
    start();
    escpos_text(&out, "Coördinator: Zoë", 1, false);
    escpos_text(&out, "أمل\n", 2, true);
    run();
    CHECK_STR(buf_str(&paper.text), "Coordinator: Zoe\n????\n");
    CHECK_INT(paper.rows, 24 + 48);
    CHECK_INT(paper.letter_times, 1); /* put back */
}

TEST(a_name_cannot_give_the_printer_a_command)
{
    start();
    escpos_text(&out, "a\x1b@\x1dVB\x10\x04\x01", 1, false);
    run();
    CHECK_STR(buf_str(&paper.text), "a?@?VB???\n");
    CHECK_INT(paper.initialised, 0);
    CHECK_INT(paper.cuts, 0);
}

TEST(a_ticket_begins_clean_and_ends_with_a_cut_and_a_question)
{
    start();
    escpos_begin(&out);
    escpos_end(&out, true);
    run();
    CHECK_INT(paper.initialised, 1);
    CHECK_INT(paper.cuts, 1);
    CHECK_INT(paper.reply.n, 1);
    CHECK(escpos_is_printed((unsigned char)paper.reply.v[0]));
    CHECK(!escpos_is_answer((unsigned char)paper.reply.v[0]));

    start();
    escpos_end(&out, false);
    run();
    CHECK_INT(paper.cuts, 0);
    CHECK(paper.rows > 100); /* to tear it off by hand */
}

TEST(answers_say_what_is_wrong)
{
    unsigned char q[ESCPOS_QUESTION_BYTES];
    escpos_question(ESCPOS_ASK_PAPER, q);
    CHECK_INT(memcmp(q, "\x10\x04\x04", 3), 0);
    CHECK(escpos_is_answer(0x12) && escpos_is_answer(0x7e));
    CHECK(!escpos_is_answer(0x10) && !escpos_is_answer(0x92) && !escpos_is_answer(0x00));
    CHECK(!escpos_is_printed(0x12));
    CHECK_INT(escpos_answer(ESCPOS_ASK_OFFLINE, 0x12), ESCPOS_FINE);
    CHECK_INT(escpos_answer(ESCPOS_ASK_OFFLINE, 0x16), ESCPOS_COVER);
    CHECK_INT(escpos_answer(ESCPOS_ASK_OFFLINE, 0x32), ESCPOS_PAPER_OUT);
    CHECK_INT(escpos_answer(ESCPOS_ASK_OFFLINE, 0x52), ESCPOS_BROKEN);
    CHECK_INT(escpos_answer(ESCPOS_ASK_PAPER, 0x12), ESCPOS_FINE);
    CHECK_INT(escpos_answer(ESCPOS_ASK_PAPER, 0x1e), ESCPOS_PAPER_LOW);
    CHECK_INT(escpos_answer(ESCPOS_ASK_PAPER, 0x7e), ESCPOS_PAPER_OUT);
    buf_done(&out);
    paper_done(&paper);
}
