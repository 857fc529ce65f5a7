#include "print/ticket.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "print/qr.h"
#include "tests/lib/check.h"
#include "tests/lib/paper.h"

/* A painter whose letters are blocks of half an em, and that writes down what it
 * was asked for. */
struct painter_notes {
    struct buf asked; /* "SIZE text\n" */
    int fails_after;  /* this many drawings; -1 never */
    bool rtl;
};

static enum err draw_blocks(void *ctx, const char *s, size_t n, struct print_font font,
                            struct print_bitmap *ret)
{
    struct painter_notes *notes = ctx;
    if (notes->fails_after == 0)
        return ERR_IO;
    notes->fails_after -= notes->fails_after > 0;
    notes->rtl = font.rtl;
    buf_addf(&notes->asked, "%d %.*s\n", font.px, (int)n, s);
    int letters = 0;
    for (const char *end = s + n; s < end; letters++)
        (void)utf8_next(&s, end);
    int w = letters * font.px / 2;
    uint8_t *v = mem_alloc((size_t)w * (size_t)font.px);
    if (!v)
        return ERR_NOMEM;
    memset(v, 200, (size_t)w * (size_t)font.px);
    *ret = (struct print_bitmap){ w, font.px, v };
    return ERR_OK;
}

static struct painter_notes notes;
static const struct print_painter painter = { &notes, draw_blocks };
static const struct print_paper wide = { 576, true };
static struct buf out;
static struct paper paper;

static enum err print(const struct print_ticket *t, struct print_paper on, bool with_painter)
{
    buf_done(&notes.asked);
    notes = (struct painter_notes){ .asked = buf_make(16 * 1024), .fails_after = -1 };
    buf_done(&out);
    out = buf_make(PRINT_BYTES_MAX);
    paper_done(&paper);
    paper_init(&paper, on.width_dots);
    enum err e = print_ticket(t, on, with_painter ? &painter : NULL, &out);
    paper_feed(&paper, out.v, out.n);
    CHECK_INT(paper.unknown, 0);
    return e;
}

static struct print_ticket walk_in(void)
{
    return (struct print_ticket){ .house = "Dynamo Roosendaal",
                                  .label = "Jouw nummer",
                                  .number = "K27",
                                  .wait = "ongeveer 10 tot 15 minuten",
                                  .date = "dinsdag 24 november, 14:07",
                                  .advice = { "Ga zitten.", "We roepen je nummer." } };
}

TEST(a_walk_ins_ticket_has_its_texts_in_order_and_is_cut)
{
    struct print_ticket t = walk_in();
    CHECK_OK(print(&t, wide, true));
    CHECK_STR(buf_str(&notes.asked), "36 Dynamo Roosendaal\n36 Jouw nummer\n208 K27\n"
                                     "40 ongeveer 10 tot 15 minuten\n34 Ga zitten.\n"
                                     "34 We roepen je nummer.\n"
                                     "28 dinsdag 24 november, 14:07\n");
    CHECK_INT(paper.initialised, 1);
    CHECK_INT(paper.cuts, 1);
    CHECK_STR(buf_str(&paper.text), "");
}

TEST(every_line_is_in_the_middle_and_the_number_is_the_largest)
{
    struct print_ticket t = walk_in();
    CHECK_OK(print(&t, wide, true));
    int top = 0, bottom = -1, tallest = 0, blocks = 0;
    while (paper_next_block(&paper, bottom + 1, 0, &top, &bottom)) {
        int left, right;
        paper_extent(&paper, top, bottom, &left, &right);
        CHECK(left >= 0 && right < 576);
        CHECK(abs(left - (575 - right)) <= 8);
        tallest = bottom - top + 1 > tallest ? bottom - top + 1 : tallest;
        blocks++;
    }
    CHECK_INT(tallest, 208);
    CHECK(blocks >= 7);
}

TEST(a_long_line_is_broken_between_words)
{
    struct print_ticket t = { .number = "A01",
                              .lines = { "Morgen om 14:30 heb je een afspraak met Sanne" } };
    CHECK_OK(print(&t, wide, true));
    CHECK(strstr(buf_str(&notes.asked), "\n38 Morgen om 14:30 heb je een\n") != NULL);
    CHECK(strstr(buf_str(&notes.asked), "\n38 afspraak met Sanne\n") != NULL);
}

TEST(a_word_wider_than_the_paper_is_printed_smaller)
{
    struct print_ticket t = { .number = "A100",
                              .lines = { "Kindercarnavalsoptochtvoorbereidingswerkzaamheden ja" } };
    CHECK_OK(print(&t, (struct print_paper){ 384, true }, true));
    CHECK(strstr(buf_str(&notes.asked), "208 A100\n192 A100\n") != NULL);
    CHECK(strstr(buf_str(&notes.asked), "\n16 Kinder") == NULL); /* 15: too small to read */
    CHECK(strstr(buf_str(&notes.asked), "\n38 ja\n") != NULL);
    int top, bottom, left, right;
    CHECK(paper_next_block(&paper, 0, 0, &top, &bottom));
    paper_extent(&paper, top, bottom, &left, &right);
    CHECK_INT(right - left + 1, 384);
}

TEST(direction_and_script_go_to_the_painter)
{
    struct print_ticket t = { .rtl = true, .number = "A01", .label = "رقمك" };
    CHECK_OK(print(&t, wide, true));
    CHECK(notes.rtl);
    CHECK(strstr(buf_str(&notes.asked), "36 رقمك\n") != NULL);
}

/* The code on the paper, square by square. */
static void check_code(const char *text, struct print_paper on)
{
    struct print_ticket t = { .number = "A01", .qr = text, .qr_hint = "Scan" };
    CHECK_OK(print(&t, on, true));
    CLEANUP(qr_done) struct qr qr = { 0 };
    CHECK_OK(qr_make(text, &qr));
    int top, bottom, left, right;
    CHECK(paper_next_block(&paper, 0, 0, &top, &bottom)); /* the number */
    CHECK(paper_next_block(&paper, bottom + 1, 0, &top, &bottom)); /* a line */
    int line = bottom;
    CHECK(paper_next_block(&paper, line + 1, 0, &top, &bottom));
    paper_extent(&paper, top, bottom, &left, &right);
    int size = (right - left + 1) / qr.n;
    CHECK_INT(right - left + 1, size * qr.n);
    CHECK_INT(bottom - top + 1, size * qr.n);
    CHECK(size >= 3);
    CHECK(left >= QR_QUIET * size && on.width_dots - 1 - right >= QR_QUIET * size);
    CHECK(top - line > QR_QUIET * size);
    for (int y = 0; y < qr.n * size; y++)
        for (int x = 0; x < qr.n * size; x++)
            CHECK_INT(paper_black(&paper, left + x, top + y), qr_dark(&qr, x / size, y / size));
    int next;
    CHECK(paper_next_block(&paper, bottom + 1, 0, &next, &bottom));
    CHECK(next - (top + qr.n * size) >= QR_QUIET * size); /* the hint keeps its distance */
}

TEST(the_code_is_whole_and_has_white_around_it_on_both_papers)
{
    char event[500];
    memset(event, 'x', sizeof(event) - 1);
    event[sizeof(event) - 1] = '\0';
    check_code("01ARZ3NDEKTSV4RRFFQ69G5FAV", wide);
    check_code("01ARZ3NDEKTSV4RRFFQ69G5FAV", (struct print_paper){ 384, false });
    check_code(event, wide);
    check_code(event, (struct print_paper){ 384, false });
}

TEST(a_code_too_large_for_the_paper_costs_nobody_a_number)
{
    char text[2400];
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    struct print_ticket t = { .number = "A01", .qr = text, .qr_hint = "Scan" };
    CHECK_OK(print(&t, wide, true));
    CHECK_STR(buf_str(&notes.asked), "208 A01\n"); /* and no word about a code */
    text[1500] = '\0';
    CHECK_OK(print(&t, (struct print_paper){ 256, true }, true));
    CHECK(strstr(buf_str(&notes.asked), "Scan") == NULL);
}

TEST(without_a_painter_the_printer_uses_its_own_letters)
{
    struct print_ticket t = walk_in();
    t.wait = "ongeveer \u206810\u2069 minuten";
    CHECK_OK(print(&t, wide, false));
    CHECK_STR(buf_str(&paper.text), "Dynamo Roosendaal\nJouw nummer\nK27\n"
                                    "ongeveer 10 minuten\nGa zitten.\n"
                                    "We roepen je nummer.\ndinsdag 24 november, 14:07\n");
}

TEST(a_painter_that_fails_halfway_leaves_no_text_out)
{
    struct print_ticket t = walk_in();
    CHECK_OK(print(&t, wide, true));
    notes.fails_after = 2;
    buf_clear(&out);
    paper_done(&paper);
    paper_init(&paper, 576);
    CHECK_OK(print_ticket(&t, wide, &painter, &out));
    paper_feed(&paper, out.v, out.n);
    CHECK(strncmp(buf_str(&paper.text), "K27\nongeveer", 12) == 0);
    CHECK_INT(paper.cuts, 1);
}

TEST(a_ticket_without_number_or_on_impossible_paper_is_refused)
{
    struct print_ticket t = { .label = "x" };
    CHECK_ERR(print(&t, wide, true), ERR_INVAL);
    t.number = "";
    CHECK_ERR(print(&t, wide, true), ERR_INVAL);
    t.number = "A01";
    CHECK_ERR(print_ticket(&t, (struct print_paper){ 255, true }, NULL, &out), ERR_INVAL);
    CHECK_ERR(print_ticket(&t, (struct print_paper){ 833, true }, NULL, &out), ERR_INVAL);
}

TEST(no_memory_and_a_full_buffer_are_told)
{
    struct print_ticket t = walk_in();
    t.qr = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    CHECK_OK(print(&t, wide, true));
    struct buf small = buf_make(1000);
    CHECK_ERR(print_ticket(&t, wide, &painter, &small), ERR_LIMIT);
    buf_done(&small);
    unsigned long before = mem_count();
    buf_clear(&out);
    CHECK_OK(print_ticket(&t, wide, &painter, &out));
    unsigned long n = mem_count() - before;
    for (unsigned long i = 1; i <= n; i++) {
        struct buf b = buf_make(PRINT_BYTES_MAX);
        mem_fail_at(i);
        enum err e = print_ticket(&t, wide, &painter, &b);
        mem_fail_at(0);
        CHECK(e == ERR_OK || e == ERR_NOMEM || e == ERR_LIMIT);
        buf_done(&b);
    }
}

TEST(the_test_page_shows_the_edges_of_the_paper_and_the_given_texts)
{
    const char *texts[] = { "Nederlands", "العربية", "ትግርኛ" };
    struct print_ticket t = { .number = "A01" };
    CHECK_OK(print(&t, wide, true)); /* for fresh notes */
    buf_clear(&out);
    buf_clear(&notes.asked);
    paper_done(&paper);
    paper_init(&paper, 576);
    CHECK_OK(print_test_page(texts, 3, "dynamo", wide, &painter, &out));
    paper_feed(&paper, out.v, out.n);
    CHECK_STR(buf_str(&notes.asked), "38 Nederlands\n38 العربية\n38 ትግርኛ\n");
    int top, bottom, left, right;
    CHECK(paper_next_block(&paper, 0, 0, &top, &bottom));
    paper_extent(&paper, top, bottom, &left, &right);
    CHECK_INT(left, 0);
    CHECK_INT(right, 575);
    buf_done(&notes.asked);
    buf_done(&out);
    paper_done(&paper);
}
