/*
 * src/screens/coaches.h - whom the visitor can choose.
 */
#ifndef SCREENS_COACHES_H
#define SCREENS_COACHES_H

#include "screens/screen.h"

/* Coaches who are free at the held start. */
NODISCARD enum err coaches_free(struct session *s);
/* Coaches who give this service now, each with the wait for that one. */
NODISCARD enum err coaches_waiting(struct session *s, const char *service);
/* "Whoever is free first" and then the coaches, as options PREFIX.any, PREFIX.ID. With
 * waits, each option says how long. */
void coaches_view(struct ui *ui, const struct session *s, const char *prefix, const char *chosen,
                  bool waits);

#endif
