/*
 * src/kiosk/glass.h - whether the glass feels fingers at all.
 *
 * Opening a touch panel fails in silence (no right to its device, a loose plug), and then
 * everybody is locked out of a page that looks fine. So five seconds after the start, when
 * the system lists no panel and nothing was felt, the screen says that it is broken, until
 * something is felt.
 */
#ifndef KIOSK_GLASS_H
#define KIOSK_GLASS_H

#include <stdbool.h>
#include <stdint.h>

#define GLASS_MS 5000

struct glass {
    int64_t due; /* real ms at which it is called dead; 0: it is alive, or nobody can tell */
    bool dead;
};

void glass_start(struct glass *g, int panels, int64_t real_ms);
/* True once, when it turned out to be dead. */
bool glass_pass(struct glass *g, int64_t real_ms);
/* A finger, a mouse, a key, a scan. True once, when it was called dead. */
bool glass_felt(struct glass *g);
int64_t glass_due(const struct glass *g); /* real ms; INT64_MAX: none */

#endif
