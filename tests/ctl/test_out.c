#include "ctl/out.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"

/* A result written to a file of its own, read back. */
struct sheet {
    FILE *file;
    struct out out;
    char text[4096];
};

static void sheet_open(struct sheet *s, bool json)
{
    s->file = tmpfile();
    CHECK(s->file != NULL);
    out_init(&s->out, s->file, json);
}

static const char *sheet_close(struct sheet *s)
{
    CHECK_OK(out_finish(&s->out));
    out_done(&s->out);
    rewind(s->file);
    size_t n = fread(s->text, 1, sizeof(s->text) - 1, s->file);
    s->text[n] = '\0';
    fclose(s->file);
    return s->text;
}

TEST(json_is_one_object_a_line_with_its_keys_in_order)
{
    struct sheet s;
    sheet_open(&s, true);
    out_text(&s.out, "ticket", "A01");
    out_int(&s.out, "ahead", 2);
    out_text(&s.out, "coach", "");
    out_bool(&s.out, "existing", true);
    out_row(&s.out);
    out_say(&s.out, "for people only");
    out_null(&s.out, "wait_min");
    out_row(&s.out);
    CHECK_STR(sheet_close(&s), "{\"ticket\":\"A01\",\"ahead\":2,\"coach\":null,\"existing\":true}\n"
                               "{\"wait_min\":null}\n");
}

TEST(json_keeps_any_text_on_its_line)
{
    struct sheet s;
    sheet_open(&s, true);
    out_text(&s.out, "text", "a \"b\"\n\\ \xc5\x81ukasz");
    out_words(&s.out, "words", (const char *const[]){ "clock", "disk" }, 2);
    out_row(&s.out);
    CHECK_STR(sheet_close(&s), "{\"text\":\"a \\\"b\\\"\\n\\\\ \xc5\x81ukasz\","
                               "\"words\":[\"clock\",\"disk\"]}\n");
}

TEST(times_carry_the_offset_of_the_place)
{
    struct zone two_hours_east = { .first_offset_s = 7200 };
    struct sheet s;
    sheet_open(&s, true);
    s.out.zone = &two_hours_east;
    out_time(&s.out, "start", INT64_C(1774602000000)); /* 2026-03-27T09:00:00Z */
    out_time(&s.out, "due", 0);
    out_day(&s.out, "day", 0);
    out_row(&s.out);
    CHECK_STR(sheet_close(&s),
              "{\"start\":\"2026-03-27T11:00:00+02:00\",\"due\":null,\"day\":\"1970-01-01\"}\n");
}

TEST(a_table_is_aligned_also_with_accents)
{
    struct sheet s;
    sheet_open(&s, false);
    out_text(&s.out, "name", "Zo\xc3\xab");
    out_int(&s.out, "wait_min", 5);
    out_text(&s.out, "coach", NULL);
    out_row(&s.out);
    out_text(&s.out, "name", "Marieke");
    out_int(&s.out, "wait_min", 120);
    out_text(&s.out, "coach", "sanne");
    out_row(&s.out);
    out_text(&s.out, "name", "Li");
    out_null(&s.out, "wait_min");
    out_text(&s.out, "coach", "kim");
    out_row(&s.out);
    CHECK_STR(sheet_close(&s), "NAME     WAIT MIN  COACH\n"
                               "Zo\xc3\xab             5  -\n"
                               "Marieke       120  sanne\n"
                               "Li              -  kim\n");
}

TEST(rows_with_other_keys_start_a_new_table)
{
    struct sheet s;
    sheet_open(&s, false);
    out_text(&s.out, "a", "1");
    out_row(&s.out);
    out_text(&s.out, "b", "2");
    out_text(&s.out, "c", "3");
    out_row(&s.out);
    out_say(&s.out, "said at once");
    CHECK_STR(sheet_close(&s), "A\n1\nsaid at once\nB  C\n2  3\n");
}

TEST(without_memory_the_result_is_reported_as_not_written)
{
    struct out out;
    FILE *file = tmpfile();
    CHECK(file != NULL);
    out_init(&out, file, false);
    mem_fail_at(1);
    out_text(&out, "a", "1");
    out_row(&out);
    CHECK_ERR(out_finish(&out), ERR_IO);
    out_done(&out);
    fclose(file);
}

TEST(a_full_disk_is_reported)
{
    FILE *file = fopen("/dev/full", "w");
    if (!file)
        return;
    struct out out;
    out_init(&out, file, true);
    out_int(&out, "a", 1);
    out_row(&out);
    CHECK_ERR(out_finish(&out), ERR_IO);
    out_done(&out);
    fclose(file);
}

TEST(people_read_day_and_time)
{
    struct out out;
    char when[OUT_WHEN_SIZE];
    out_init(&out, stdout, false);
    out_when(&out, INT64_C(1774602000000), when);
    CHECK_STR(when, "Fri 27 Mar 2026 09:00");
}
