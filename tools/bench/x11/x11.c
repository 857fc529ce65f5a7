/*
 * tools/bench/x11/x11.c - measures a program from outside, as a person sees it: real X
 * events in, pixels read back out. Runs on the display that DISPLAY names (an Xvfb).
 *
 *   x11 start X Y RRGGBB -- COMMAND... ms from exec until pixel X,Y of the root has that colour,
 *                                      then SIGTERM; the program's CPU time as cpu_ms
 *   x11 tap X Y PX PY TIMES            ms from button release at X,Y until pixel PX,PY changes;
 *                                      TIMES taps, each after the picture came to rest
 *   x11 press X Y PX PY TIMES          the same from button press (changed colour of a pressed key)
 *   x11 turns X Y X2 Y2 PX PY TIMES    ms from release until pixel PX,PY changes, TIMES clicks,
 *                                      in turn at X,Y and at X2,Y2
 *   x11 pixel X Y                      its colour as {"pixel":"rrggbb"}
 *   x11 click X Y                      one click, no measuring
 *   x11 rest                           waits until the whole picture stands still for 300 ms
 *
 * Prints one JSON object: {"n":..,"p50_ms":..,"p99_ms":..,"min_ms":..}.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WAIT_MS 2000.0
#define START_MS 30000.0

static Display *dpy;
static Window root;

static double now_ms(void)
{
    struct timespec t = { 0 };
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000.0 + (double)t.tv_nsec / 1e6;
}

static void nap(double ms)
{
    struct timespec t = { (time_t)(ms / 1000), (long)(ms * 1e6) % 1000000000L };
    nanosleep(&t, NULL);
}

static unsigned long pixel(int x, int y)
{
    XImage *image = XGetImage(dpy, root, x, y, 1, 1, AllPlanes, ZPixmap);
    if (!image)
        return 0;
    unsigned long p = XGetPixel(image, 0, 0);
    XDestroyImage(image);
    return p;
}

static uint64_t picture(void)
{
    XWindowAttributes a;
    XGetWindowAttributes(dpy, root, &a);
    XImage *image = XGetImage(dpy, root, 0, 0, (unsigned)a.width, (unsigned)a.height, AllPlanes,
                              ZPixmap);
    uint64_t h = 1469598103934665603u;
    if (!image)
        return 0;
    const uint64_t *p = (const uint64_t *)(const void *)image->data;
    for (size_t i = 0; i < (size_t)image->bytes_per_line * (size_t)image->height / 8; i++)
        h = (h ^ p[i]) * 1099511628211u;
    XDestroyImage(image);
    return h;
}

/* Until nothing changed for 300 ms; at most 3 s, should something on it move for ever. */
static void come_to_rest(void)
{
    uint64_t last = picture();
    double start = now_ms();
    for (double since = start; now_ms() - since < 300.0 && now_ms() - start < 3000.0;) {
        nap(30);
        uint64_t p = picture();
        if (p != last) {
            last = p;
            since = now_ms();
        }
    }
}

static void button(int x, int y, bool down)
{
    XTestFakeMotionEvent(dpy, -1, x, y, 0);
    XTestFakeButtonEvent(dpy, 1, down ? True : False, 0);
    XSync(dpy, False);
}

/* Waits for the pixel to change from `was`; negative when it never does. */
static double until_change(double start, int px, int py, unsigned long was)
{
    while (now_ms() - start < WAIT_MS)
        if (pixel(px, py) != was)
            return now_ms() - start;
    return -1;
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static int report(double *v, int n)
{
    qsort(v, (size_t)n, sizeof(*v), rising);
    if (n == 0 || v[0] < 0) {
        fprintf(stderr, "x11: the pixel did not change\n");
        return 1;
    }
    int p99 = n * 99 / 100;
    printf("{\"n\":%d,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"min_ms\":%.3f}\n", n, v[n / 2],
           v[p99 < n ? p99 : n - 1], v[0]);
    return 0;
}

static double until_colour(double start, int px, int py, unsigned long colour)
{
    while (now_ms() - start < START_MS) {
        if ((pixel(px, py) & 0xFFFFFF) == colour)
            return now_ms() - start;
        nap(0.2); /* the one measured needs the processor more */
    }
    return -1;
}

static int start(int argc, char **argv)
{
    if (argc < 7 || strcmp(argv[5], "--") != 0)
        return 2;
    struct rusage use = { 0 };
    double begin = now_ms();
    pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        execvp(argv[6], argv + 6);
        _exit(127);
    }
    double took = until_colour(begin, atoi(argv[2]), atoi(argv[3]), strtoul(argv[4], NULL, 16));
    kill(-pid, SIGTERM);
    wait4(pid, NULL, 0, &use);
    if (took < 0) {
        fprintf(stderr, "x11: the pixel never had that colour\n");
        return 1;
    }
    double cpu = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e3 +
                 (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e3;
    printf("{\"ms\":%.3f,\"cpu_ms\":%.1f}\n", took, cpu);
    return 0;
}

static int taps(char **argv, bool on_press)
{
    int x = atoi(argv[2]);
    int y = atoi(argv[3]);
    int px = atoi(argv[4]);
    int py = atoi(argv[5]);
    int n = atoi(argv[6]);
    double *v = calloc((size_t)n, sizeof(*v));
    if (!v)
        return 1;
    for (int i = 0; i < n; i++) {
        come_to_rest();
        unsigned long was = pixel(px, py);
        double begin = now_ms();
        button(x, y, true);
        if (!on_press) {
            nap(60);
            was = pixel(px, py);
            begin = now_ms();
            button(x, y, false);
        }
        v[i] = until_change(begin, px, py, was);
        if (on_press)
            button(x, y, false);
    }
    int rc = report(v, n);
    free(v);
    return rc;
}

static int turns(char **argv)
{
    int px = atoi(argv[6]), py = atoi(argv[7]), n = atoi(argv[8]);
    double *v = calloc((size_t)n, sizeof(*v));
    if (!v)
        return 1;
    for (int i = 0; i < n; i++) {
        int x = atoi(argv[i % 2 ? 4 : 2]), y = atoi(argv[i % 2 ? 5 : 3]);
        come_to_rest();
        button(x, y, true);
        nap(60);
        unsigned long was = pixel(px, py);
        double begin = now_ms();
        button(x, y, false);
        v[i] = until_change(begin, px, py, was);
    }
    int rc = report(v, n);
    free(v);
    return rc;
}

int main(int argc, char **argv)
{
    dpy = XOpenDisplay(NULL);
    if (!dpy) {
        fprintf(stderr, "x11: no display\n");
        return 1;
    }
    root = DefaultRootWindow(dpy);
    const char *verb = argc > 1 ? argv[1] : "";
    if (strcmp(verb, "start") == 0)
        return start(argc, argv);
    if (strcmp(verb, "tap") == 0 && argc == 7)
        return taps(argv, false);
    if (strcmp(verb, "press") == 0 && argc == 7)
        return taps(argv, true);
    if (strcmp(verb, "turns") == 0 && argc == 9)
        return turns(argv);
    if (strcmp(verb, "pixel") == 0 && argc == 4) {
        printf("{\"pixel\":\"%06lx\"}\n", pixel(atoi(argv[2]), atoi(argv[3])) & 0xFFFFFF);
        return 0;
    }
    if (strcmp(verb, "click") == 0 && argc == 4) {
        button(atoi(argv[2]), atoi(argv[3]), true);
        nap(60);
        button(atoi(argv[2]), atoi(argv[3]), false);
        return 0;
    }
    if (strcmp(verb, "rest") == 0) {
        come_to_rest();
        return 0;
    }
    fprintf(stderr, "usage: x11 start|tap|press|turns|pixel|click|rest ...\n");
    return 2;
}
