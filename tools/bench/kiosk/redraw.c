/*
 * tools/bench/kiosk/redraw.c - how long the real kiosk takes from a touch to the
 * picture presented, for every touch and key of a script.
 *
 * Linked with dynamo-kiosk's own main and modules; the linker's --wrap puts the
 * functions below around three of its calls, so nothing in the product knows of it.
 * A touch counts from its event until sdl_paint() came back with something
 * presented; what still moves when it comes is brought to its end before, since people
 * touch what stands still. "inside": the same screen in the same language, letters and colours
 * before and after; "new": another one. "witness": after each of them, a loop that
 * only counts: what the machine itself adds to a piece of work of that length.
 * $BENCH_EACH: each on stderr as well. When the program ends, one JSON line each, all
 * times in milliseconds in the order of the script, goes to the file that $BENCH_OUT names.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kiosk/inside.h"

#define SAMPLES_MAX 20000

struct samples {
    const char *name;
    double ms[SAMPLES_MAX];
    int n;
};

static struct samples inside = { .name = "inside" }, fresh = { .name = "new" };
static struct samples witness = { .name = "witness" };
static const struct screen *shown, *describing;
static const struct app *app;
static struct look {
    char lang[PERSON_LANG_SIZE];
    enum ui_theme theme;
    bool large;
} look; /* of what is shown */
static double touched_ms; /* 0: nothing is under way */

void __real_sdl_inject_touch(struct sdl *s, enum ui_phase phase, int64_t finger, int x, int y);
void __wrap_sdl_inject_touch(struct sdl *s, enum ui_phase phase, int64_t finger, int x, int y);
void __real_sdl_inject_key(struct sdl *s, enum ui_key key);
void __wrap_sdl_inject_key(struct sdl *s, enum ui_key key);
struct sdl_painted __real_sdl_paint(struct sdl *s, const struct ui_draw *list);
struct sdl_painted __wrap_sdl_paint(struct sdl *s, const struct ui_draw *list);
const struct screen *__real_stack_top(const struct app *a);
const struct screen *__wrap_stack_top(const struct app *a);

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void __wrap_sdl_inject_touch(struct sdl *s, enum ui_phase phase, int64_t finger, int x, int y)
{
    sdl_step(s, INT64_MAX);
    touched_ms = now_ms();
    __real_sdl_inject_touch(s, phase, finger, x, y);
}

void __wrap_sdl_inject_key(struct sdl *s, enum ui_key key)
{
    sdl_step(s, INT64_MAX);
    touched_ms = now_ms();
    __real_sdl_inject_key(s, key);
}

const struct screen *__wrap_stack_top(const struct app *a)
{
    app = a;
    return describing = __real_stack_top(a);
}

static bool looks_alike(void)
{
    struct look now = { .theme = app->session.prefs.theme, .large = app->session.prefs.large };
    memcpy(now.lang, app->session.prefs.lang, sizeof(now.lang));
    bool alike = strcmp(now.lang, look.lang) == 0 && now.theme == look.theme &&
                 now.large == look.large;
    look = now;
    return alike && describing == shown;
}

static void note(struct samples *to, double ms)
{
    if (to->n < SAMPLES_MAX)
        to->ms[to->n++] = ms;
}

/* The same work each time, about a millisecond of it. */
static void count_for_a_while(void)
{
    enum { STEPS = 1000000 };
    double from = now_ms();

    for (volatile int i = 0; i < STEPS; i++)
        continue;
    note(&witness, now_ms() - from);
}

struct sdl_painted __wrap_sdl_paint(struct sdl *s, const struct ui_draw *list)
{
    double described = now_ms();
    struct sdl_painted painted = __real_sdl_paint(s, list);
    double ms = now_ms() - touched_ms;
    struct samples *to = looks_alike() ? &inside : &fresh;

    if (painted.rects > 0 && touched_ms > 0) {
        note(to, ms);
        count_for_a_while();
        if (getenv("BENCH_EACH"))
            fprintf(stderr, "%s %s %.2f ms, of it painting %.2f, %lld px\n", to->name,
                    describing->name, ms, ms - (described - touched_ms), (long long)painted.pixels);
        touched_ms = 0;
    }
    shown = describing;
    return painted;
}

static void report(FILE *out, const struct samples *s)
{
    fprintf(out, "{\"name\":\"%s\",\"ms\":[", s->name);
    for (int i = 0; i < s->n; i++)
        fprintf(out, "%s%.3f", i > 0 ? "," : "", s->ms[i]);
    fprintf(out, "]}\n");
}

__attribute__((destructor)) static void finish(void)
{
    const char *path = getenv("BENCH_OUT");
    FILE *out = path ? fopen(path, "w") : NULL;

    if (!out)
        return;
    report(out, &inside);
    report(out, &fresh);
    report(out, &witness);
    fclose(out);
}
