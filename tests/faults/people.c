#include "tests/faults/people.h"

#include "tests/flow/model.h"

const char *const people_coaches[PEOPLE_COACHES] = { "anna", "bram", "cleo" };
const char *const people_services[PEOPLE_SERVICES] = { "school", "work", "money" };
const char people_roster[] = MODEL_ROSTER;

struct person people_person(int n)
{
    struct person p = somebody_for(n % 1200, service_topics[n % SERVICES]);
    snprintf(p.family, sizeof(p.family), "Jansen%c", 'a' + n / 1200);
    if (n % 3 == 0)
        snprintf(p.phone, sizeof(p.phone), "+31612345678");
    return p;
}
