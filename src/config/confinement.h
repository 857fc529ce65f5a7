/*
 * src/config/confinement.h - what each program may still do once it runs.
 *
 * Follows from the settings: the folder of the database, the files that they name, the ports
 * of the register's addresses. base/confine.h says what the walls are; the systemd units are
 * a wall of their own. dynamoctl reads and writes the files it is told to: only its system calls
 * are held.
 */
#ifndef CONFIG_CONFINEMENT_H
#define CONFIG_CONFINEMENT_H

#include <stdbool.h>

#include "config/options.h"

enum confined {
    CONFINED_KIOSK,
    CONFINED_DISPLAY,
    CONFINED_NOTICE,
    CONFINED_DESK,
    CONFINED_UPLOAD,
    CONFINED_SYNC, /* these two system calls only: [region] conninfo names any files; their */
    CONFINED_REGION_DESK, /* units wall them */
    CONFINED_CTL          /* system calls only, as above */
};

struct confinement {
    enum confined program;
    const struct config *config;
    const char *db;    /* path of the database */
    const char *where; /* where the desk listens, as [desk] listen; else NULL */
    const char *panel, *console; /* devices that a notice is drawn on; else NULL */
    bool loose;        /* only system calls: a script or a person at a window names any file */
};

/* Before the first thread. A wall that this kernel does not have is a line in the log, and
 * the program goes on: confine.files, confine.calls. */
void program_confine(const struct confinement *c);

#endif
