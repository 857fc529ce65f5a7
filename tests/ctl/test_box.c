#include "ctl/box.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/check.h"

/* A folder of this test with a file in it, its own folders made on the way. */
static void put(const char *root, const char *file, const char *text)
{
    char path[512];
    int n = snprintf(path, sizeof(path), "%s/%s", root, file);
    CHECK(n > 0 && n < (int)sizeof(path));
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(path, 0700);
        *slash = '/';
    }
    FILE *f = fopen(path, "we");
    CHECK(f != NULL);
    CHECK(fputs(text, f) >= 0);
    CHECK_INT(fclose(f), 0);
}

static void make_root(char root[64])
{
    snprintf(root, 64, "%s/box-XXXXXX", check_tmpdir());
    CHECK(mkdtemp(root) != NULL);
}

TEST(a_machine_that_is_no_appliance_is_not_looked_at)
{
    char root[64];
    struct box b;
    make_root(root);
    put(root, "sys/class/thermal/thermal_zone0/temp", "91000\n");
    box_look(root, &b);
    CHECK(!b.here);
    CHECK_INT(b.temperature_c, BOX_UNKNOWN);
}

TEST(an_appliance_tells_its_slot_its_heat_its_wear_and_its_watchdog)
{
    char root[64];
    struct box b;
    make_root(root);
    put(root, "run/dynamo-box/facts",
        "slot=b\nversion=0.2.0+1\ngood=0.1.0+1\nwatchdog_resets=3\na_OK=1\n");
    put(root, "sys/class/thermal/thermal_zone0/temp", "48312\n");
    put(root, "sys/class/thermal/thermal_zone1/temp", "61000\n");
    put(root, "sys/block/mmcblk0/device/life_time", "0x02 0x09\n");
    put(root, "sys/fs/ext4/dm-1/lifetime_write_kbytes", "2097152\n");
    box_look(root, &b);
    CHECK(b.here);
    CHECK_STR(b.slot, "b");
    CHECK_STR(b.version, "0.2.0+1");
    CHECK_STR(b.good, "0.1.0+1");
    CHECK_INT(b.watchdog_resets, 3);
    CHECK_INT(b.temperature_c, 61);
    CHECK_INT(b.disk_worn_percent, 90);
    CHECK_INT(b.disk_written_mib, 2048);
}

TEST(what_is_not_there_or_makes_no_sense_is_unknown)
{
    char root[64];
    struct box b;
    make_root(root);
    put(root, "run/dynamo-box/facts", "slots=b\nwatchdog_resets=many\nversion");
    put(root, "sys/class/thermal/thermal_zone0/temp", "hot\n");
    put(root, "sys/block/mmcblk0/device/life_time", "0xFFFF\n");
    box_look(root, &b);
    CHECK(b.here);
    CHECK_STR(b.slot, "");
    CHECK_STR(b.version, "");
    CHECK_INT(b.watchdog_resets, BOX_UNKNOWN);
    CHECK_INT(b.temperature_c, BOX_UNKNOWN);
    CHECK_INT(b.disk_worn_percent, BOX_UNKNOWN);
    CHECK_INT(b.disk_written_mib, BOX_UNKNOWN);
}

/* Plugs HDMI 1 and 2 and an analogue one, as the kernel shows them; "" is none. */
static int64_t screens(const char *one, const char *two, const char *old)
{
    char root[64];
    struct box b;
    make_root(root);
    put(root, "run/dynamo-box/facts", "slot=a\n");
    put(root, "sys/class/drm/card0/dev", "226:0\n");
    put(root, "sys/class/drm/version", "drm 1.1.0\n");
    if (one[0])
        put(root, "sys/class/drm/card0-HDMI-A-1/status", one);
    if (two[0])
        put(root, "sys/class/drm/card0-HDMI-A-2/status", two);
    if (old[0])
        put(root, "sys/class/drm/card0-VGA-1/status", old);
    box_look(root, &b);
    return b.screens;
}

TEST(a_screen_that_is_unplugged_or_off_is_missed)
{
    CHECK_INT(screens("connected\n", "disconnected\n", ""), 1);
    CHECK_INT(screens("connected\n", "connected\n", ""), 2);
    CHECK_INT(screens("disconnected\n", "disconnected\n", ""), 0);
    CHECK_INT(screens("disconnected\n", "", "unknown\n"), 1);
    CHECK_INT(screens("", "", ""), BOX_UNKNOWN);
}

TEST(the_newest_file_of_a_folder_says_how_old_its_copies_are)
{
    char root[64], path[128];
    struct stat st;
    make_root(root);
    CHECK_INT(box_newest_age_s(root, 1000), BOX_UNKNOWN);
    put(root, "one", "x");
    snprintf(path, sizeof(path), "%s/one", root);
    CHECK_INT(stat(path, &st), 0);
    CHECK_INT(box_newest_age_s(root, (int64_t)st.st_mtime + 500), 500);
    CHECK_INT(box_newest_age_s(root, (int64_t)st.st_mtime - 500), 0);
}
