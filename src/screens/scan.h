/*
 * src/screens/scan.h - from a code or a scanned QR to the page it belongs to.
 */
#ifndef SCREENS_SCAN_H
#define SCREENS_SCAN_H

#include "screens/screen.h"

/* Looks up an appointment by code or token, for checking in or for changing it. */
struct nav scan_find(struct session *s, const char *typed);
/* Makes a visit of the appointment that was found, and shows its number. */
struct nav scan_check_in(struct session *s);

#endif
