#include "tests/faults/people.h"

#include "tests/flow/model.h"

#define ADULTS 1000 /* days after the first one's birth: of age in June 2026 */

const char *const people_coaches[PEOPLE_COACHES] = { "anna", "bram", "cleo" };
const char *const people_services[PEOPLE_SERVICES] = { "school", "work", "money" };
const char people_roster[] = MODEL_ROSTER;

struct person people_person(int n)
{
    struct person p = somebody_for(n % ADULTS, service_topics[n % SERVICES]);
    snprintf(p.family, sizeof(p.family), "Jansen%c", 'a' + n / ADULTS);
    if (n % 3 == 0)
        snprintf(p.phone, sizeof(p.phone), "+31612345678");
    return p;
}
