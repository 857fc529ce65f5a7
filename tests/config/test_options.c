#include "config/options.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/rng.h"
#include "config/value.h"
#include "tests/lib/check.h"

static struct config got;
static struct config_fault fault;

static enum err parse(const char *text)
{
    memset(&got, 0, sizeof(got));
    memset(&fault, 0, sizeof(fault));
    return config_parse("x.conf", text, strlen(text), &got, &fault);
}

TEST(every_default_passes_its_own_check_and_fits_its_field)
{
    size_t n;
    const struct option_row *rows = config_options(&n);
    struct config c;
    char why[REASON_MAX];
    for (size_t i = 0; i < n; i++) {
        if (!value_set(&rows[i], rows[i].def, &c, why))
            CHECK_FAIL("[%s] %s: %s", rows[i].section, rows[i].name, why);
        CHECK(rows[i].offset + rows[i].room <= sizeof(c));
        CHECK(strlen(rows[i].help) > 5);
        for (size_t j = 0; j < i; j++)
            CHECK(strcmp(rows[i].section, rows[j].section) != 0 ||
                  strcmp(rows[i].name, rows[j].name) != 0);
    }
    CHECK(n < 128);
}

TEST(no_two_options_share_a_field)
{
    size_t n;
    const struct option_row *rows = config_options(&n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            CHECK(rows[i].offset + rows[i].room <= rows[j].offset ||
                  rows[j].offset + rows[j].room <= rows[i].offset);
}

TEST(an_empty_file_gives_the_defaults)
{
    CHECK_OK(parse(""));
    CHECK_STR(got.site.id, "dynamo");
    CHECK_STR(got.reg.profile, "none");
    CHECK_STR(got.display.lang, "nl");
    CHECK_INT(got.idle.ask_s, 60);
    CHECK_INT(got.idle.wipe_s, 30);
    CHECK_INT(got.retention.sent_days, 14);
    CHECK_INT(got.retention.follow_up_days, 7);
    CHECK(got.display.diagonal_in > 15.59 && got.display.diagonal_in < 15.61);
    CHECK(got.sound.on);
    CHECK(!got.desk.certificates);
}

TEST(reads_every_kind_of_value)
{
    CHECK_OK(parse("\xEF\xBB\xBF# a comment\r\n[site]\r\n  id = roosendaal\r\nkiosk=2\n"
                   "; another\n[register]\nprofile = zgw\n"
                   "zaken_url = https://register.example/zaken/api/v1/\n"
                   "catalogi_url = http://127.0.0.1:8080/catalogi/api/v1\n"
                   "rsin = 123456782\n"
                   "extra_headers = X-Peer: a; b = c | X-Other: 1\n"
                   "[printer]\ndevice = file:/tmp/ticket\nauto_print = no\n"
                   "[desk]\nlisten = 127.0.0.1:0\n"
                   "[display]\ndiagonal_in = 23.8\ntheme = dark\nroom_langs = nl  pl\n"
                   "[visit]\nmunicipalities = 1674 Roosendaal, 9999 Ergens Anders\n"
                   "too_old_name = Werkplein Hart van West-Brabant\n"));
    CHECK_STR(got.site.id, "roosendaal");
    CHECK_INT(got.site.kiosk, 2);
    CHECK_STR(got.reg.profile, "zgw");
    CHECK_STR(got.reg.zaken_url, "https://register.example/zaken/api/v1/");
    CHECK_STR(got.reg.extra_headers, "X-Peer: a; b = c | X-Other: 1");
    CHECK_STR(got.printer.device, "file:/tmp/ticket");
    CHECK(!got.printer.auto_print);
    CHECK_STR(got.desk.listen, "127.0.0.1:0");
    CHECK(got.display.diagonal_in > 23.79 && got.display.diagonal_in < 23.81);
    CHECK_STR(got.display.theme, "dark");
    CHECK_STR(got.display.room_langs, "nl  pl");
}

static const struct {
    const char *text;
    const char *fault;
} bad[] = {
    { "[idle]\nask_s = 5\n", "x.conf:2: [idle] ask_s: must be a whole number from 20 to 600 (s)" },
    { "[idle]\n\n# no\nask_s = 601\n",
      "x.conf:4: [idle] ask_s: must be a whole number from 20 to 600 (s)" },
    { "[idle]\nask_s = 60.5\n", "x.conf:2: [idle] ask_s: must be a whole number from 20 to 600 (s)" },
    { "[idle]\nask_s = -60\n", "x.conf:2: [idle] ask_s: must be a whole number from 20 to 600 (s)" },
    { "[idle]\nask_s = 60 ; a minute\n",
      "x.conf:2: [idle] ask_s: must be a whole number from 20 to 600 (s)" },
    { "[idle]\nask_s = 99999999999999999999\n",
      "x.conf:2: [idle] ask_s: must be a whole number from 20 to 600 (s)" },
    { "[idle]\nask_s =\n", "x.conf:2: [idle] ask_s: must be a whole number from 20 to 600 (s)" },
    { "[idle]\nask_s = 60\nask_s = 61\n", "x.conf:3: [idle] ask_s: given twice" },
    { "[idle]\nask = 60\n", "x.conf:2: [idle] ask: no such option" },
    { "[iddle]\nsomething = 60\n", "x.conf:2: [iddle] something: no such section" },
    { "[idle]\nrsin = 1\n", "x.conf:2: [idle] rsin: no such option here; it stands under [register]" },
    { "ask_s = 60\n", "x.conf:1: [] ask_s: no such option here; it stands under [idle]" },
    { "[idle]\nask_s 60\n", "x.conf:2: neither a [section], \"option = value\" nor a comment" },
    { "[idle\nask_s = 60\n", "x.conf:1: neither a [section], \"option = value\" nor a comment" },
    { "[display]\ndiagonal_in = 6.9\n",
      "x.conf:2: [display] diagonal_in: must be a number from 7 to 65 (in)" },
    { "[display]\ndiagonal_in = 15,6\n",
      "x.conf:2: [display] diagonal_in: must be a number from 7 to 65 (in)" },
    { "[display]\ndiagonal_in = 15.\n",
      "x.conf:2: [display] diagonal_in: must be a number from 7 to 65 (in)" },
    { "[display]\ndiagonal_in = nan\n",
      "x.conf:2: [display] diagonal_in: must be a number from 7 to 65 (in)" },
    { "[display]\ntheme = blue\n",
      "x.conf:2: [display] theme: must be one of: light dark contrast" },
    { "[display]\ntheme = light dark\n",
      "x.conf:2: [display] theme: must be one of: light dark contrast" },
    { "[display]\nroom_langs = nl de\n",
      "x.conf:2: [display] room_langs: must be one or more of: nl en pl ar tr uk ti ro bg pap es fa" },
    { "[sound]\non = true\n", "x.conf:2: [sound] on: must be yes or no" },
    { "[register]\nrsin = 123456789\n",
      "x.conf:2: [register] rsin: must be nine digits that pass the 11-test, or nothing" },
    { "[register]\nrsin = 000000000\n",
      "x.conf:2: [register] rsin: must be nine digits that pass the 11-test, or nothing" },
    { "[register]\nzaken_url = http://register.example/\n",
      "x.conf:2: [register] zaken_url: must be an https:// address (http:// only for this machine) "
      "or nothing" },
    { "[register]\nzaken_url = http://127.0.0.1.example/\n",
      "x.conf:2: [register] zaken_url: must be an https:// address (http:// only for this machine) "
      "or nothing" },
    { "[register]\nzaken_url = http://127.0.0.1@register.example/\n",
      "x.conf:2: [register] zaken_url: must be an https:// address (http:// only for this machine) "
      "or nothing" },
    { "[register]\nzaken_url = https:///zaken\n",
      "x.conf:2: [register] zaken_url: must be an https:// address (http:// only for this machine) "
      "or nothing" },
    { "[register]\nextra_headers = X Y: 1\n",
      "x.conf:2: [register] extra_headers: must be headers as \"Name: value | Name: value\", or "
      "nothing" },
    { "[register]\nextra_headers = X-A:\n",
      "x.conf:2: [register] extra_headers: must be headers as \"Name: value | Name: value\", or "
      "nothing" },
    { "[register]\nsecret_file = secret\n",
      "x.conf:2: [register] secret_file: must be an absolute path or nothing" },
    { "[paths]\nfonts =\n", "x.conf:2: [paths] fonts: must be an absolute path" },
    { "[printer]\ndevice = lp0\n",
      "x.conf:2: [printer] device: must be an absolute path, file:PATH or nothing" },
    { "[desk]\nlisten = 0.0.0.0:80\n",
      "x.conf:2: [desk] listen: must be unix:/PATH, 127.0.0.1:PORT or [::1]:PORT" },
    { "[desk]\nlisten = 127.0.0.1:65536\n",
      "x.conf:2: [desk] listen: must be unix:/PATH, 127.0.0.1:PORT or [::1]:PORT" },
    { "[visit]\nmunicipalities = Roosendaal\n",
      "x.conf:2: [visit] municipalities: must be municipalities as \"1674 Roosendaal, 0748 Bergen "
      "op Zoom\"" },
    { "[site]\nid =\n", "x.conf:2: [site] id: must be 1 to 40 bytes of text" },
    { "[site]\nid = a\tb\n", "x.conf:2: [site] id: must be 1 to 40 bytes of text" },
    { "[site]\nid = a\xff\n", "x.conf:2: the line is not UTF-8 text" },
    { "[site]\nid = 12345678901234567890123456789012345678901\n",
      "x.conf:2: [site] id: must be 1 to 40 bytes of text" },
};

TEST(a_fault_names_file_line_option_and_reason)
{
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        CHECK_ERR(parse(bad[i].text), ERR_FORMAT);
        CHECK_STR(fault.text, bad[i].fault);
        CHECK_STR(got.site.id, ""); /* untouched */
    }
}

TEST(a_nul_byte_and_an_endless_line_are_refused)
{
    const char nul[] = "[site]\nid = a\0b\n";
    CHECK_ERR(config_parse("x.conf", nul, sizeof(nul) - 1, &got, &fault), ERR_FORMAT);
    CHECK_STR(fault.text, "x.conf:2: the line is not UTF-8 text");
    CLEANUP(buf_done) struct buf b = buf_make(4000);
    buf_adds(&b, "[site]\n\n#");
    for (int i = 0; i < 1401; i++)
        buf_adds(&b, "x");
    CHECK_ERR(parse(buf_str(&b)), ERR_FORMAT);
    CHECK_STR(fault.text, "x.conf:3: the line is too long");
}

TEST(the_longest_value_is_read_whole)
{
    CLEANUP(buf_done) struct buf b = buf_make(4000);
    buf_adds(&b, "[register]\nextra_headers = X: ");
    while (b.n < 27 + CONFIG_LIST_MAX - 1)
        buf_adds(&b, "y");
    CHECK_OK(parse(buf_str(&b)));
    CHECK_INT(strlen(got.reg.extra_headers), CONFIG_LIST_MAX - 1);
    buf_adds(&b, "y");
    CHECK_ERR(parse(buf_str(&b)), ERR_FORMAT);
}

TEST(a_file_over_64_KiB_is_refused)
{
    char *big = mem_alloc(64 * 1024 + 1);
    memset(big, '\n', 64 * 1024 + 1);
    CHECK_ERR(config_parse("x.conf", big, 64 * 1024 + 1, &got, &fault), ERR_LIMIT);
    CHECK_STR(fault.text, "x.conf: over 64 KiB");
    CHECK_OK(config_parse("x.conf", big, 64 * 1024, &got, &fault));
    mem_free(big);
}

TEST(only_the_default_file_may_be_missing)
{
    CHECK_OK(config_load("/nonexistent/dynamo.conf", true, &got, &fault));
    CHECK_INT(got.idle.ask_s, 60);
    CHECK_ERR(config_load("/nonexistent/dynamo.conf", false, &got, &fault), ERR_NOT_FOUND);
    CHECK_STR(fault.text, "/nonexistent/dynamo.conf: no such thing");
    CHECK_ERR(config_load("/", true, &got, &fault), ERR_IO);
}

TEST(the_example_holds_every_option_and_reads_as_the_defaults)
{
    CLEANUP(buf_done) struct buf b = buf_make(64 * 1024);
    config_example(&b);
    CHECK_OK(buf_err(&b));
    CHECK_OK(parse(buf_str(&b)));

    /* the same with every option switched on */
    CLEANUP(buf_done) struct buf on = buf_make(64 * 1024);
    for (const char *s = buf_str(&b); *s; s++)
        if (*s != '#' || s[1] == ' ')
            buf_addc(&on, *s);
    struct config defaults;
    config_defaults(&defaults);
    CHECK_OK(parse(buf_str(&on)));
    CHECK(memcmp(&got, &defaults, sizeof(got)) == 0);
    CHECK(strstr(buf_str(&on), "\nrate_per_s = 5\n") != NULL);
}

TEST(the_manual_names_every_option_with_its_range_and_default)
{
    CLEANUP(buf_done) struct buf b = buf_make(64 * 1024);
    config_manual(&b);
    CHECK_OK(buf_err(&b));
    size_t n;
    const struct option_row *rows = config_options(&n);
    for (size_t i = 0; i < n; i++) {
        char line[80];
        (void)snprintf(line, sizeof(line), "\n.B %s\n", rows[i].name);
        CHECK(strstr(buf_str(&b), line) != NULL);
    }
    CHECK(strstr(buf_str(&b), "a whole number from 20 to 600 (s). Default: 60.") != NULL);
    CHECK(strstr(buf_str(&b), "DYNAMO\\-INLOOP") != NULL);
}

TEST(walks_lists_without_spaces_and_empty_items)
{
    const char *list = " 1674 Roosendaal , ,0748 Bergen op Zoom,";
    char item[12];
    CHECK(config_list_next(&list, ',', item, sizeof(item)));
    CHECK_STR(item, "1674 Roosen"); /* cut to its room */
    CHECK(config_list_next(&list, ',', item, sizeof(item)));
    CHECK_STR(item, "0748 Bergen");
    CHECK(!config_list_next(&list, ',', item, sizeof(item)));
}

/* Bytes at random, from letters that matter to the parser. */
TEST(no_text_makes_it_crash_or_keep_a_value_out_of_range)
{
    static const char letters[] = "[]=:;#\n\r \tidleask_s0123456789.-{}\xc3\xa9\xff";
    struct rng rng = rng_seeded(check_seed());
    for (long round = check_rounds(2000); round > 0; round--) {
        char text[200] = "[idle]\nask_s = ";
        size_t n = 15 + rng_below(&rng, 100);
        for (size_t i = 15; i < n; i++)
            text[i] = letters[rng_below(&rng, sizeof(letters) - 1)];
        struct config c = { 0 };
        struct config_fault f = { "" };
        enum err e = config_parse("x.conf", text, n, &c, &f);
        if (e == ERR_OK)
            CHECK(c.idle.ask_s >= 20 && c.idle.ask_s <= 600);
        else
            CHECK(e == ERR_FORMAT && strncmp(f.text, "x.conf:", 7) == 0);
    }
}
