#include "desk/html.h"

#include <string.h>

#include "tests/lib/check.h"

static void check_escaped(const char *in, const char *want)
{
    struct buf b = buf_make(4096);
    html_esc(&b, in);
    CHECK_STR(buf_str(&b), want);
    buf_done(&b);
}

TEST(markup_in_a_name_is_only_text)
{
    check_escaped("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;");
    check_escaped("</script><b>", "&lt;/script&gt;&lt;b&gt;");
    check_escaped("\" autofocus onfocus='x'`", "&quot; autofocus onfocus=&#39;x&#39;&#96;");
    check_escaped("&lt;", "&amp;lt;");
}

TEST(letters_of_every_script_stay)
{
    check_escaped("Noor Şahin ትግርኛ العربية", "Noor Şahin ትግርኛ العربية");
    check_escaped("", "");
}

TEST(controls_broken_bytes_and_direction_overrides_are_replaced)
{
    check_escaped("a\x01" "b\x7F" "c", "a\uFFFD" "b\uFFFD" "c");
    check_escaped("a\xC3(", "a\uFFFD(");
    check_escaped("\u202Etxt.exe", "\uFFFDtxt.exe");
    check_escaped("\xC2\x85", "\uFFFD");
    check_escaped("line\nnext\t.", "line\nnext\t.");
    check_escaped("\u2068in its own direction\u2069", "\u2068in its own direction\u2069");
}

TEST(of_ascii_only_six_signs_and_the_controls_change)
{
    for (int c = 1; c < 0x80; c++) {
        char in[2] = { (char)c, '\0' };
        bool sign = strchr("&<>\"'`", c) != NULL;
        bool control = (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
        struct buf b = buf_make(20);
        html_esc(&b, in);
        CHECK(control ? strcmp(buf_str(&b), "\uFFFD") == 0
              : sign  ? buf_str(&b)[0] == '&' && b.n > 3
                      : strcmp(buf_str(&b), in) == 0);
        buf_done(&b);
    }
}

TEST(attributes_are_quoted_and_escaped)
{
    struct buf b = buf_make(200);
    html_attr(&b, "title", "\"><script>");
    html_attr_int(&b, "data-version", 12);
    CHECK_STR(buf_str(&b), " title=\"&quot;&gt;&lt;script&gt;\" data-version=\"12\"");
    buf_clear(&b);
    html_attr_int(&b, "a", 0);
    html_attr_int(&b, "b", -7);
    html_attr_int(&b, "c", INT64_MIN);
    html_attr_int(&b, "d", INT64_MAX);
    CHECK_STR(buf_str(&b), " a=\"0\" b=\"-7\" c=\"-9223372036854775808\""
                           " d=\"9223372036854775807\"");
    buf_done(&b);
}

TEST(markup_is_joined_as_it_is)
{
    struct buf b = buf_make(40);
    html_add(&b, "<b id=\"", "", "x", "\">");
    CHECK_STR(buf_str(&b), "<b id=\"x\">");
    buf_done(&b);
}

TEST(values_of_a_sentence_are_escaped_and_isolated)
{
    struct buf b = buf_make(200);
    html_format(&b, "called {ticket}", { "ticket", .value = "<A01>" });
    CHECK_STR(buf_str(&b), "called \u2068&lt;A01&gt;\u2069");
    buf_done(&b);
}

TEST(a_page_that_is_too_long_says_so)
{
    struct buf b = buf_make(5);
    html_esc(&b, "&&");
    CHECK_ERR(buf_err(&b), ERR_LIMIT);
    buf_done(&b);
}
