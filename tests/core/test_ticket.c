#include "core/ticket.h"

#include "tests/lib/check.h"

TEST(a_ticket_has_two_digits_until_ninety_nine)
{
    char text[TICKET_SIZE];
    ticket_format((struct ticket){ 'A', 1 }, text);
    CHECK_STR(text, "A01");
    ticket_format((struct ticket){ 'T', 99 }, text);
    CHECK_STR(text, "T99");
    ticket_format((struct ticket){ 'A', 100 }, text);
    CHECK_STR(text, "A100");
    ticket_format((struct ticket){ 'A', 9999 }, text);
    CHECK_STR(text, "A9999");
}

TEST(every_ticket_reads_back_as_itself)
{
    for (const char *s = TICKET_SERIES; *s; s++)
        for (int n = 1; n <= TICKET_NUMBER_MAX; n++) {
            char text[TICKET_SIZE];
            struct ticket got = { 0 };
            ticket_format((struct ticket){ *s, n }, text);
            CHECK_OK(ticket_parse(text, &got));
            if (got.series != *s || got.number != n)
                CHECK_FAIL("%s became %c %d", text, got.series, got.number);
        }
}

TEST(letters_that_are_mistaken_are_no_series)
{
    for (const char *s = "BDGIJMNOQSUVWXYZa01 "; *s; s++)
        CHECK(!ticket_series_valid(*s));
    CHECK(!ticket_series_valid('\0'));
}

TEST(only_the_form_on_the_paper_is_read)
{
    struct ticket got = { 'K', 5 };
    static const char *const bad[] = { "", "A", "A1", "A00", "A001", "A099", "B01", "A-01",
                                       "A 01", "A01 ", " A01", "A10000", "01", "AA01", "A0x" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK_ERR(ticket_parse(bad[i], &got), ERR_FORMAT);
    CHECK_INT(got.number, 5);
    CHECK_OK(ticket_parse("f07", &got));
    CHECK_INT(got.series, 'F');
    CHECK_INT(got.number, 7);
}
