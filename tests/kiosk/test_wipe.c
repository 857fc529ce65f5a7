/*
 * After a visitor nothing of what was typed, scanned, said or printed is left in the memory
 * of the program: every byte that it may write is searched. Under ASan freed memory stays
 * as it was, so what was freed without a wipe is found too.
 */
#include <fcntl.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "tests/kiosk/fixture.h"

#define KEY 0x15             /* words stand turned over in the test itself */
#define WORD_MAX 32
#define SHADOW (1UL << 30)    /* a sanitizer's own map holds no text */
#define CHUNK (1 << 20)

/* What a visitor leaves behind in each place. */
struct secret {
    const char *what;
    const char *plain; /* as typed, here turned over */
};

static void start(void)
{
    kiosk_prepare(540, 960);
    snprintf(k.config.printer.device, sizeof(k.config.printer.device), "file:%.200s/paper",
             check_tmpdir());
    CHECK_OK(app_init(&k.app, &k.setup));
}

static void tap(const char *id)
{
    struct ui_action a = { .kind = UI_TAP };

    snprintf(a.id, sizeof(a.id), "%s", id);
    hands_act(&k.app, &a);
    kiosk_settle();
}

/* Key by key: the test itself never holds the word. */
static void type(const char *turned)
{
    for (; *turned; turned++) {
        struct ui_action a = { .kind = UI_TYPE, .id = "key", .text = { (char)(*turned ^ KEY) } };
        hands_act(&k.app, &a);
        kiosk_settle();
    }
}

static void scan(const char *turned)
{
    char text[WORD_MAX] = "";

    for (size_t i = 0; turned[i]; i++)
        text[i] = (char)(turned[i] ^ KEY);
    sdl_inject_text(k.app.sdl, text);
    sdl_inject_text(k.app.sdl, text); /* another event comes behind: SDL takes its place anew, not the first one's */
    mem_wipe(text, sizeof(text));
    kiosk_settle();
    hands_scanned(&k.app);
    kiosk_settle();
}

/* ---- the search ---- */

/* The words as they are, while memory is searched for them: small, and as a name. */
static struct needles {
    char small[8][WORD_MAX], name[8][WORD_MAX];
    size_t n;
} needles;
static unsigned char block[CHUNK + WORD_MAX];

static void turn(const struct secret *v, size_t n)
{
    needles.n = n;
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; v[i].plain[c]; c++)
            needles.small[i][c] = needles.name[i][c] = (char)(v[i].plain[c] ^ KEY);
        if (needles.name[i][0] >= 'a' && needles.name[i][0] <= 'z')
            needles.name[i][0] = (char)(needles.name[i][0] - 32);
    }
}

static bool own(long at)
{
    long needle = (long)&needles, copy = (long)block;

    return (at >= needle && at < needle + (long)sizeof(needles)) ||
           (at >= copy && at < copy + (long)sizeof(block));
}

static bool chunk_holds(size_t got, long at, const char *word)
{
    size_t len = strlen(word);

    for (const unsigned char *from = block, *hit; from < block + got; from = hit + 1) {
        hit = memmem(from, (size_t)(block + got - from), word, len);
        if (!hit)
            return false;
        if (!own(at + (hit - block)))
            return true;
    }
    return false;
}

/* Which of the needles lie in this span, a bit each. */
static unsigned search_span(int mem, long from, long to)
{
    unsigned found = 0;

    for (long at = from; at < to; at += CHUNK) {
        size_t most = to - at < (long)sizeof(block) ? (size_t)(to - at) : sizeof(block);
        ssize_t got = pread(mem, block, most, at);
        for (size_t i = 0; got > 0 && i < needles.n; i++)
            if (chunk_holds((size_t)got, at, needles.small[i]) ||
                chunk_holds((size_t)got, at, needles.name[i]))
                found |= 1u << i;
    }
    return found;
}

/* Which of these words lie in any memory that the program may write, a bit each. */
static unsigned held(const struct secret *v, size_t n)
{
    char line[512], rights[8];
    unsigned long from, to;
    unsigned found = 0;
    int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    FILE *maps = fopen("/proc/self/maps", "re");

    CHECK(mem >= 0 && maps);
    turn(v, n);
    while (fgets(line, sizeof(line), maps))
        if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) == 3 && strchr(rights, 'w') &&
            to - from < SHADOW)
            found |= search_span(mem, (long)from, (long)to);
    mem_wipe(&needles, sizeof(needles));
    mem_wipe(block, sizeof(block));
    fclose(maps);
    close(mem);
    return found;
}

static void check_gone(const struct secret *v, size_t n)
{
    unsigned found = held(v, n);

    for (size_t i = 0; i < n; i++)
        if (found & 1u << i)
            CHECK_FAIL("%s is left in memory", v[i].what);
}

/* ---- the words, each letter turned over ---- */

static const char given[] = { 'q' ^ KEY, 'x' ^ KEY, 'j' ^ KEY, 'v' ^ KEY, 'k' ^ KEY, 'w' ^ KEY, 0 };
static const char family[] = { 'z' ^ KEY, 'y' ^ KEY, 'q' ^ KEY, 'j' ^ KEY, 'x' ^ KEY, 'h' ^ KEY, 0 };
static const char phone[] = { '0' ^ KEY, '6' ^ KEY, '8' ^ KEY, '7' ^ KEY, '3' ^ KEY, '0' ^ KEY,
                              '9' ^ KEY, '1' ^ KEY, '4' ^ KEY, '2' ^ KEY, 0 };
static const char phone_end[] = { '8' ^ KEY, '7' ^ KEY, '3' ^ KEY, '0' ^ KEY, '9' ^ KEY, '1' ^ KEY,
                                  '4' ^ KEY, '2' ^ KEY, 0 }; /* as stored, in any grouping of E.164 */
static const char mail[] = { 'w' ^ KEY, 'q' ^ KEY, 'v' ^ KEY, 'z' ^ KEY, 'k' ^ KEY, '@' ^ KEY,
                             'j' ^ KEY, 'x' ^ KEY, 'q' ^ KEY, '.' ^ KEY, 'n' ^ KEY, 'l' ^ KEY, 0 };
static const char code[] = { '7' ^ KEY, '3' ^ KEY, '9' ^ KEY, '1' ^ KEY, '8' ^ KEY, '2' ^ KEY,
                             '4' ^ KEY, 0 };
static const char scanned[] = { 'v' ^ KEY, 'x' ^ KEY, 'w' ^ KEY, 'q' ^ KEY, 'z' ^ KEY, 'j' ^ KEY,
                                'k' ^ KEY, 'y' ^ KEY, 'q' ^ KEY, 'x' ^ KEY, 0 };
static const struct secret secrets[] = {
    { "the given name", given }, { "the family name", family }, { "the phone number", phone },
    { "the stored phone number", phone_end }, { "the e-mail address", mail },
    { "the code", code }, { "the scanned text", scanned },
};

static void come_in(const char *errand)
{
    kiosk_settle();
    tap("attract.start");
    tap(errand);
    if (strcmp(errand, "welcome.appointment") == 0)
        tap("manage.new");
    tap("birth.day.17");
    tap("birth.month.5");
    tap("birth.year.2004");
    type(given);
    tap("name.family");
    type(family);
    tap("nav.next");
    tap("municipality.1674");
    tap("topic.school");
}

TEST(the_search_finds_what_is_on_the_screen)
{
    start();
    come_in("welcome.walk_in");
    CHECK_STR(kiosk_shows(), "check");
    CHECK_INT(held(secrets, 2), 3); /* both names */
    visit_end(&k.app);
    kiosk_settle();
    check_gone(secrets, ARRAY_LEN(secrets));
    kiosk_end();
}

TEST(a_number_on_paper_and_names_in_headphones_leave_nothing)
{
    start();
    voice_plug(&k.app.voice, true);
    come_in("welcome.walk_in");
    tap("check.confirm");
    CHECK_STR(kiosk_shows(), "ticket");
    for (int i = 0; i < 20; i++)
        kiosk_settle(); /* the paper comes out */
    voice_plug(&k.app.voice, false);
    tap("ticket.done");
    check_gone(secrets, ARRAY_LEN(secrets));
    kiosk_end();
}

TEST(phone_number_and_address_leave_nothing)
{
    start();
    come_in("welcome.appointment");
    tap("day.first_free");
    tap("contact.phone");
    type(phone);
    tap("nav.next");
    CHECK_STR(kiosk_shows(), "check");
    CHECK(held(secrets, ARRAY_LEN(secrets)) & 1u << 2);
    tap("check.change.contact");
    tap("contact.email");
    type(mail);
    CHECK(held(secrets, ARRAY_LEN(secrets)) & 1u << 4);
    tap("nav.next");
    tap("check.confirm");
    CHECK_STR(kiosk_shows(), "ticket");
    tap("ticket.done");
    check_gone(secrets, ARRAY_LEN(secrets));
    kiosk_end();
}

TEST(what_was_scanned_or_typed_as_a_code_leaves_nothing)
{
    start();
    kiosk_settle();
    tap("attract.start");
    tap("welcome.check_in");
    type(code);
    scan(scanned);
    tap("nav.back");
    visit_end(&k.app);
    kiosk_settle();
    check_gone(secrets, ARRAY_LEN(secrets));
    kiosk_end();
}

TEST(a_fault_and_staff_at_the_corner_leave_nothing)
{
    start();
    come_in("welcome.walk_in");
    visit_fault(&k.app);
    kiosk_settle();
    check_gone(secrets, ARRAY_LEN(secrets));
    visit_mend(&k.app);
    come_in("welcome.walk_in");
    for (int i = 0; i < CORNER_TAPS; i++) {
        int at = ui_px_mm(&k.app.canvas, 10);
        sdl_inject_touch(k.app.sdl, UI_DOWN, 1, at, at);
        sdl_inject_touch(k.app.sdl, UI_UP, 1, at, at);
    }
    kiosk_settle();
    CHECK_STR(kiosk_shows(), "staff");
    check_gone(secrets, ARRAY_LEN(secrets));
    kiosk_end();
}

TEST(a_crash_writes_no_memory_to_a_disk)
{
    char filter[32] = "";
    struct rlimit limit;

    start();
    CHECK(getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0);
    FILE *f = fopen("/proc/self/coredump_filter", "re");
    CHECK(f && fgets(filter, sizeof(filter), f));
    fclose(f);
    CHECK_INT(strtol(filter, NULL, 16), 0);
    kiosk_end();
}
