/* Many visitors, one after the other: the kiosk holds no more after the last than after the first
 * ones. Three thousand with SOAK=50. */
#include "kiosk/inside.h"

#include <dirent.h>
#include <malloc.h>

#include "tests/flow/house.h"

#define VISITORS 60
#define WARM_UP 20 /* caches of letters, pictures and statements fill up */
#define GROWTH (32 * 1024) /* and a little for each visitor: the database has a day to keep */
#define EACH 32

static struct {
    struct house house;
    struct config config;
    struct app_setup setup;
    struct app app;
} k;

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

static void settle(void)
{
    struct sdl_event ev;

    while (sdl_wait(k.app.sdl, 0, &ev))
        hands_event(&k.app, &ev);
    app_time(&k.app);
    stack_settle(&k.app, INT64_MAX);
    app_paint(&k.app);
}

static void tap(const char *id)
{
    const struct ui_widget *w = ui_widget_find(k.app.ui, id);
    if (!w) {
        CHECK_FAIL("%s is not there", id);
        return;
    }
    sdl_inject_touch(k.app.sdl, UI_DOWN, 1, w->box.x + w->box.w / 2, w->box.y + w->box.h / 2);
    sdl_inject_touch(k.app.sdl, UI_UP, 1, w->box.x + w->box.w / 2, w->box.y + w->box.h / 2);
    settle();
}

static void type(const char *text)
{
    for (const char *c = text; *c; c++)
        hands_act(&k.app, &(struct ui_action){ .kind = UI_TYPE, .id = "key", .text = { *c } });
    settle();
}

static void reach(const char *screen)
{
    if (strcmp(stack_top(&k.app)->name, screen) != 0)
        CHECK_FAIL("it is %s, not %s", stack_top(&k.app)->name, screen);
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
        settle();
        reach("idle");
        clock_advance(&k.house.clock, 31 * SECOND_MS);
        settle();
    }
    reach("attract");
}

TEST(the_last_of_many_visitors_leaves_the_kiosk_as_the_first_ones_did)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    house_start(&k.house, NINE);
    flow_closep(&k.house.f);
    config_defaults(&k.config);
    k.setup = (struct app_setup){ .config = &k.config, .db_path = k.house.path,
                                  .clock = &k.house.clock, .rng = &k.house.rng, .w = 800,
                                  .h = 1280, .script = "/dev/null" };
    CHECK_OK(app_init(&k.app, &k.setup));
    settle();
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
    app_done(&k.app);
    struct flow *f = house_program(&k.house, "ctl");
    house_check(f);
    flow_close(f);
}
