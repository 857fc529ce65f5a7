/* Many visitors, one after the other: the kiosk holds no more after the last than after the first
 * ones. Ten thousand with SOAK=50. */
#include <dirent.h>
#include <malloc.h>

#include "tests/kiosk/fixture.h"

#define VISITORS 200
#define WARM_UP 20 /* caches of letters, pictures and statements fill up */
#define GROWTH (32 * 1024) /* and a little for each visitor: the database has a day to keep */
#define EACH 32

size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static int64_t heap(void)
{
    if (__sanitizer_get_current_allocated_bytes)
        return (int64_t)__sanitizer_get_current_allocated_bytes();
    struct mallinfo2 i = mallinfo2();
    return (int64_t)(i.uordblks + i.hblkhd);
}

static int open_files(void)
{
    DIR *d = opendir("/proc/self/fd");
    int n = 0;
    CHECK(d);
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static void tap(const char *id)
{
    kiosk_tap(id);
    kiosk_settle();
}

static void type(const char *text)
{
    for (const char *c = text; *c; c++)
        hands_act(&k.app, &(struct ui_action){ .kind = UI_TYPE, .id = "key", .text = { *c } });
    kiosk_settle();
}

static void reach(const char *screen)
{
    if (strcmp(kiosk_shows(), screen) != 0)
        CHECK_FAIL("it is %s, not %s", kiosk_shows(), screen);
}

/* Every other one goes away in the middle; the rest says stop. */
static void one_visitor(int n)
{
    tap("attract.start");
    tap("welcome.walk_in");
    tap("birth.day.3");
    tap("birth.month.5");
    tap("birth.year.2004");
    reach("name");
    type("Noor");
    tap("name.family");
    type("Berg");
    tap("nav.next");
    reach("municipality");
    if (n % 2) {
        tap("tool.stop");
        reach("stop");
        tap("stop.yes");
    } else {
        clock_advance(&k.house.clock, 61 * SECOND_MS);
        kiosk_settle();
        reach("idle");
        clock_advance(&k.house.clock, 31 * SECOND_MS);
        kiosk_settle();
    }
    reach("attract");
}

TEST(the_last_of_many_visitors_leaves_the_kiosk_as_the_first_ones_did)
{
    kiosk_start(800, 1280);
    long visitors = check_rounds(VISITORS);
    int64_t first = 0;
    int files = 0;
    for (int n = 0; n < visitors; n++) {
        if (n == WARM_UP) {
            first = heap();
            files = open_files();
        }
        one_visitor(n);
    }
    print_message("%ld visitors: %lld KiB, %lld after the first %d\n", visitors,
                  (long long)heap() / 1024, (long long)first / 1024, WARM_UP);
    CHECK(heap() - first < GROWTH + visitors * EACH);
    CHECK_INT(open_files(), files);
    kiosk_end();
}
