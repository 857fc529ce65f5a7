#include "core/age.h"

#define DAY_1900_01_01 (-25567)
#define DAY_2026_01_01 20454

static const struct age_rule rules[] = { /* newest first */
    { .from = DAY_2026_01_01, .least = 18, .below = 27 },
    { .from = CIVIL_DAY_NONE, .least = 18, .below = 23 },
};

const struct age_rule *age_rule_on(civil_day day)
{
    size_t i = 0;
    while (day < rules[i].from)
        i++;
    return &rules[i];
}

int age_on(civil_day birth, civil_day day)
{
    int age = civil_date_of(day).year - civil_date_of(birth).year;
    return civil_add_years(birth, age) <= day ? age : age - 1;
}

enum err ages_check(civil_day birth, civil_day on_day)
{
    if (birth > on_day || birth < DAY_1900_01_01)
        return ERR_INVAL;
    const struct age_rule *rule = age_rule_on(on_day);
    int age = age_on(birth, on_day);
    if (age < rule->least)
        return ERR_AGE_LOW;
    return age < rule->below ? ERR_OK : ERR_AGE_HIGH;
}
