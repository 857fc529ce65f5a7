#include "i18n/date.h"

#include <stdbool.h>

#include "base/attr.h"
#include "i18n/fill.h"
#include "i18n/i18n.h"

/* Alone, as on a key of the birth date. Many languages bend the name of a month
 * when a day stands before it (Polish: maj, but 5 maja): hence two lists. */
static const struct i18n_msg months[12] = {
    NC_("month alone", "January"),   NC_("month alone", "February"),
    NC_("month alone", "March"),     NC_("month alone", "April"),
    NC_("month alone", "May"),       NC_("month alone", "June"),
    NC_("month alone", "July"),      NC_("month alone", "August"),
    NC_("month alone", "September"), NC_("month alone", "October"),
    NC_("month alone", "November"),  NC_("month alone", "December"),
};
static const struct i18n_msg months_in_date[12] = {
    NC_("month after a day", "January"),   NC_("month after a day", "February"),
    NC_("month after a day", "March"),     NC_("month after a day", "April"),
    NC_("month after a day", "May"),       NC_("month after a day", "June"),
    NC_("month after a day", "July"),      NC_("month after a day", "August"),
    NC_("month after a day", "September"), NC_("month after a day", "October"),
    NC_("month after a day", "November"),  NC_("month after a day", "December"),
};
static const struct i18n_msg months_short[12] = {
    NC_("month, short", "Jan"), NC_("month, short", "Feb"), NC_("month, short", "Mar"),
    NC_("month, short", "Apr"), NC_("month, short", "May"), NC_("month, short", "Jun"),
    NC_("month, short", "Jul"), NC_("month, short", "Aug"), NC_("month, short", "Sep"),
    NC_("month, short", "Oct"), NC_("month, short", "Nov"), NC_("month, short", "Dec"),
};
static const struct i18n_msg weekdays[7] = {
    NC_("weekday", "Monday"),   NC_("weekday", "Tuesday"), NC_("weekday", "Wednesday"),
    NC_("weekday", "Thursday"), NC_("weekday", "Friday"),  NC_("weekday", "Saturday"),
    NC_("weekday", "Sunday"),
};
static const struct i18n_msg weekdays_short[7] = {
    NC_("weekday, short", "Mon"), NC_("weekday, short", "Tue"), NC_("weekday, short", "Wed"),
    NC_("weekday, short", "Thu"), NC_("weekday, short", "Fri"), NC_("weekday, short", "Sat"),
    NC_("weekday, short", "Sun"),
};
/* Translators: put the parts in the order of your language, with its commas.
 * Indexed by enum i18n_date_style. */
static const struct i18n_msg patterns[] = {
    [I18N_DATE_LONG] = NC_("date", "{weekday} {day} {month}"),
    [I18N_DATE_SHORT] = NC_("date, short names", "{weekday} {day} {month}"),
    [I18N_DATE_FULL] = NC_("date", "{weekday} {day} {month} {year}"),
    [I18N_DATE_YEAR] = NC_("date", "{day} {month} {year}"),
};

static bool day_valid(struct i18n_day d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= 31;
}

const char *i18n_month(int month)
{
    return month >= 1 && month <= 12 ? i18n_msg(months[month - 1]) : "";
}

const char *i18n_month_short(int month)
{
    return month >= 1 && month <= 12 ? i18n_msg(months_short[month - 1]) : "";
}

const char *i18n_weekday(int weekday)
{
    return weekday >= 0 && weekday <= 6 ? i18n_msg(weekdays[weekday]) : "";
}

const char *i18n_weekday_short(int weekday)
{
    return weekday >= 0 && weekday <= 6 ? i18n_msg(weekdays_short[weekday]) : "";
}

/* Tomohiko Sakamoto's method (comp.lang.c, 1992), counted from Monday. */
int i18n_weekday_of(struct i18n_day d)
{
    static const int shift[12] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };
    if (!day_valid(d))
        return 0;
    int y = d.month < 3 ? d.year - 1 : d.year;
    return (y + y / 4 - y / 100 + y / 400 + shift[d.month - 1] + d.day + 6) % 7;
}

void i18n_date(struct buf *b, struct i18n_day d, enum i18n_date_style style)
{
    if (!day_valid(d) || (unsigned)style >= ARRAY_LEN(patterns))
        return;
    bool brief = style == I18N_DATE_SHORT;
    int weekday = i18n_weekday_of(d);
    const char *month = i18n_msg(brief ? months_short[d.month - 1] : months_in_date[d.month - 1]);
    CLEANUP(buf_done) struct buf year = buf_make(8);
    buf_addf(&year, "%d", d.year);
    fill_plain(b, i18n_msg(patterns[style]),
               (const struct i18n_arg[]){
                   { "weekday", brief ? i18n_weekday_short(weekday) : i18n_weekday(weekday), 0 },
                   { "day", NULL, d.day },
                   { "month", month, 0 },
                   { "year", buf_str(&year), 0 },
                   { 0 } });
}

/* Days since 1 March of year 0: only differences matter. */
static long day_number(struct i18n_day d)
{
    long y = d.month < 3 ? d.year - 1 : d.year;
    long m = (d.month + 9) % 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + d.day;
}

void i18n_date_near(struct buf *b, struct i18n_day d, struct i18n_day today,
                    enum i18n_date_style style)
{
    long ahead = day_valid(d) && day_valid(today) ? day_number(d) - day_number(today) : -1;
    if (ahead == 0)
        buf_adds(b, C_("day", "today"));
    else if (ahead == 1)
        buf_adds(b, C_("day", "tomorrow"));
    else
        i18n_date(b, d, style);
}

void i18n_time(struct buf *b, int minute)
{
    if (minute >= 0 && minute < 24 * 60)
        buf_addf(b, "%02d:%02d", minute / 60, minute % 60);
}
