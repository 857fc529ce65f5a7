#include "ctl/box.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "config/facts.h"

#define LINE_MAX 128

/* The first line of a file below root; false: there is none. */
static bool read_line(const char *path, char ret[LINE_MAX])
{
    FILE *f = fopen(path, "re");
    if (!f)
        return false;
    bool read = fgets(ret, LINE_MAX, f) != NULL;
    fclose(f);
    if (read)
        ret[strcspn(ret, "\n")] = '\0';
    return read;
}

static int64_t number(const char *text, int base)
{
    char *end;
    long long n = strtoll(text, &end, base);
    return end != text && n >= 0 ? n : BOX_UNKNOWN;
}

typedef void (*found_file)(const char *path, void *arg);

/* Calls for root, folder, "/NAME", file of each NAME in the folder. */
static void each(const char *root, const char *folder, const char *file, found_file f, void *arg)
{
    CLEANUP(buf_done) struct buf path = buf_make(1024);
    buf_addf(&path, "%s%s", root, folder);
    DIR *d = opendir(buf_str(&path));
    if (!d)
        return;
    for (const struct dirent *e; (e = readdir(d)) != NULL;) {
        if (e->d_name[0] == '.')
            continue;
        buf_clear(&path);
        buf_addf(&path, "%s%s/%s%s", root, folder, e->d_name, file);
        if (!path.failed)
            f(buf_str(&path), arg);
    }
    closedir(d);
}

static void hotter(const char *path, void *arg)
{
    int64_t *most = arg;
    char line[LINE_MAX];
    int64_t c = read_line(path, line) ? number(line, 10) : BOX_UNKNOWN;
    if (c != BOX_UNKNOWN && c / 1000 > *most)
        *most = c / 1000;
}

/* Two numbers, of the two kinds of cells: 0x01 is up to 10 % used, 0x0B more than all of it. */
static void more_worn(const char *path, void *arg)
{
    int64_t *most = arg;
    char line[LINE_MAX], *second;
    if (!read_line(path, line))
        return;
    int64_t one = (int64_t)strtol(line, &second, 16), two = (int64_t)strtol(second, NULL, 16);
    int64_t worse = (one > two ? one : two) * 10;
    if (worse > *most && worse <= 110)
        *most = worse;
}

static void written(const char *path, void *arg)
{
    int64_t *most = arg;
    char line[LINE_MAX];
    int64_t kib = read_line(path, line) ? number(line, 10) : BOX_UNKNOWN;
    if (kib != BOX_UNKNOWN && kib / 1024 > *most)
        *most = kib / 1024;
}

/* One for each plug; the cards themselves are in that folder too, and say nothing. */
static void plugged_in(const char *path, void *arg)
{
    int64_t *screens = arg;
    char line[LINE_MAX];
    if (!read_line(path, line))
        return;
    if (*screens == BOX_UNKNOWN)
        *screens = 0;
    *screens += strcmp(line, "disconnected") != 0; /* an old plug says "unknown" */
}

void box_look(const char *root, struct box *ret_box)
{
    struct box b = { .watchdog_resets = BOX_UNKNOWN, .temperature_c = BOX_UNKNOWN,
                     .disk_worn_percent = BOX_UNKNOWN, .disk_written_mib = BOX_UNKNOWN,
                     .screens = BOX_UNKNOWN };
    CLEANUP(buf_done) struct buf facts = buf_make(FACTS_MAX);
    char resets[BOX_WORD_SIZE] = "";

    b.here = facts_read(root, &facts) == ERR_OK;
    if (b.here) {
        facts_get(buf_str(&facts), "slot", b.slot, sizeof(b.slot));
        facts_get(buf_str(&facts), "version", b.version, sizeof(b.version));
        facts_get(buf_str(&facts), "good", b.good, sizeof(b.good));
        facts_get(buf_str(&facts), "watchdog_resets", resets, sizeof(resets));
        b.watchdog_resets = number(resets, 10);
        each(root, "/sys/class/thermal", "/temp", hotter, &b.temperature_c);
        each(root, "/sys/block", "/device/life_time", more_worn, &b.disk_worn_percent);
        each(root, "/sys/class/drm", "/status", plugged_in, &b.screens);
        each(root, "/sys/fs/ext4", "/lifetime_write_kbytes", written, &b.disk_written_mib);
    }
    *ret_box = b;
}

static void newer(const char *path, void *arg)
{
    int64_t *newest = arg;
    struct stat st;
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && (int64_t)st.st_mtime > *newest)
        *newest = (int64_t)st.st_mtime;
}

int64_t box_newest_age_s(const char *folder, int64_t now_s)
{
    int64_t newest = BOX_UNKNOWN;
    each("", folder, "", newer, &newest);
    if (newest == BOX_UNKNOWN)
        return BOX_UNKNOWN;
    return now_s > newest ? now_s - newest : 0;
}
