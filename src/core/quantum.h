/*
 * src/core/quantum.h - q5: five-minute quanta of UTC, the unit of claims.
 *
 * Quantum q covers [q * 5 min, (q + 1) * 5 min) since 1970. Every start and
 * length of a roster is a multiple of five minutes and so is every offset of a
 * zone in use, so an appointment with its buffer is a whole run of quanta.
 */
#ifndef CORE_QUANTUM_H
#define CORE_QUANTUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

#define QUANTUM_MINUTES 5
#define QUANTUM_MS (QUANTUM_MINUTES * MINUTE_MS)

typedef int64_t q5;

struct q5_span {
    q5 first;
    int n; /* 0: nothing */
};

q5 q5_of(utc_ms at);   /* the quantum that holds the instant */
utc_ms q5_start(q5 q);
bool q5_aligned(utc_ms at);
/* All quanta that [start, stop) touches; stop <= start gives none. */
struct q5_span q5_cover(utc_ms start, utc_ms stop);

#endif
