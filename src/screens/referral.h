/*
 * src/screens/referral.h - pages that send somebody on to another place.
 */
#ifndef SCREENS_REFERRAL_H
#define SCREENS_REFERRAL_H

#include "screens/screen.h"

struct referral {
    const char *icon;
    const char *title; /* who helps */
    const char *where; /* address, or "" */
    const char *phone; /* or "" */
};
/* The card of a referral: who, where, phone, and the session's QR when there is one. */
void referral_view(struct ui *ui, const struct session *s, const struct referral *r);
/* "Get somebody for me" and "Done": the two ways on from such a page. */
struct nav referral_action(struct session *s, const struct ui_action *a);

#endif
