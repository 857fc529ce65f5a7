#include "core/quantum.h"

q5 q5_of(utc_ms at)
{
    return at / QUANTUM_MS - (at % QUANTUM_MS < 0 ? 1 : 0);
}

utc_ms q5_start(q5 q)
{
    return q * QUANTUM_MS;
}

bool q5_aligned(utc_ms at)
{
    return at % QUANTUM_MS == 0;
}

struct q5_span q5_cover(utc_ms start, utc_ms stop)
{
    q5 first = q5_of(start);
    if (stop <= start)
        return (struct q5_span){ first, 0 };
    return (struct q5_span){ first, (int)(q5_of(stop - 1) - first + 1) };
}
