#include "core/holidays.h"

#include "base/attr.h"

/* Gregorian Easter after Butcher (1876), as in Meeus, Astronomical Algorithms, chapter 8. */
civil_day easter_sunday(int year)
{
    int golden = year % 19;
    int century = year / 100, year_of_century = year % 100;
    int moon_shift = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
    int to_sunday =
        (32 + 2 * (century % 4) + 2 * (year_of_century / 4) - epact - year_of_century % 4) % 7;
    int late = (golden + 11 * epact + 22 * to_sunday) / 451;
    int sum = epact + to_sunday - 7 * late + 114;
    return civil_day_of((struct civil_date){ year, sum / 31, sum % 31 + 1 });
}

static civil_day kings_day(int year)
{
    civil_day birthday = civil_day_of((struct civil_date){ year, 4, 27 });
    return civil_weekday(birthday) == 6 ? birthday - 1 : birthday;
}

size_t holidays_of(int year, struct holiday ret[HOLIDAYS_MAX])
{
    if (year < 1583 || year > 9999)
        return 0;
    civil_day easter = easter_sunday(year);
    civil_day kings = kings_day(year);
    civil_day liberation = civil_day_of((struct civil_date){ year, 5, 5 });
    civil_day christmas = civil_day_of((struct civil_date){ year, 12, 25 });
    civil_day new_year = civil_day_of((struct civil_date){ year, 1, 1 });
    const struct holiday list[] = {
        { new_year, new_year, "Nieuwjaarsdag" },
        { easter - 49, easter - 47, "Carnaval" },
        { easter - 2, easter - 2, "Goede Vrijdag" },
        { easter, easter, "Eerste Paasdag" },
        { easter + 1, easter + 1, "Tweede Paasdag" },
        { kings, kings, "Koningsdag" },
        { liberation, liberation, "Bevrijdingsdag" },
        { easter + 39, easter + 39, "Hemelvaartsdag" },
        { easter + 49, easter + 49, "Eerste Pinksterdag" },
        { easter + 50, easter + 50, "Tweede Pinksterdag" },
        { christmas, christmas, "Eerste Kerstdag" },
        { christmas + 1, christmas + 1, "Tweede Kerstdag" },
    };
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(list); i++) { /* insertion: Easter moves past fixed days */
        size_t at = n++;
        for (; at > 0 && ret[at - 1].from > list[i].from; at--)
            ret[at] = ret[at - 1];
        ret[at] = list[i];
    }
    return n;
}
