/*
 * src/ctl/box.h - the appliance under the programs, for dynamoctl health.
 *
 * The image leaves what it knows of itself (config/facts.h), the kernel tells the rest. On a
 * machine that is no appliance nothing is looked at.
 */
#ifndef CTL_BOX_H
#define CTL_BOX_H

#include <stdbool.h>
#include <stdint.h>

#define BOX_WORD_SIZE 64
#define BOX_UNKNOWN (-1)

struct box {
    bool here;                    /* this machine is an appliance; else all below is empty */
    char slot[BOX_WORD_SIZE];     /* "a" or "b" */
    char version[BOX_WORD_SIZE];  /* of the image that runs */
    char good[BOX_WORD_SIZE];     /* the last version that was seen to work */
    int64_t watchdog_resets;      /* since the first start; BOX_UNKNOWN */
    int64_t temperature_c;        /* of the hottest zone; BOX_UNKNOWN */
    int64_t disk_worn_percent;    /* of the life that an eMMC's maker gives it; BOX_UNKNOWN */
    int64_t screens;              /* that are plugged in and on; BOX_UNKNOWN */
    int64_t disk_written_mib;     /* to the data's file system, ever; BOX_UNKNOWN */
};

/* root: "" for this machine, a folder for a test. What cannot be read is unknown. */
void box_look(const char *root, struct box *ret_box);

/* Seconds since the newest file in `folder` was written; BOX_UNKNOWN: there is none. */
int64_t box_newest_age_s(const char *folder, int64_t now_s);

#endif
