#include "core/zone.h"

#include <string.h>

#include "base/mem.h"

#define HEADER_SIZE 44
#define MAGIC "TZif"
#define OFFSET_MAX_S (26 * 3600) /* RFC 8536: at most 25:59:59 */
#define LIST_MAX 10000           /* transitions or types; real files have a few hundred */
#define DAY_S INT64_C(86400)

/* ---- the file ---- */

struct counts {
    size_t isut, isstd, leap, time, type, chars;
};

static uint32_t be32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t be64(const unsigned char *p)
{
    return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

static bool read_header(const unsigned char *p, size_t n, struct counts *ret_counts)
{
    if (n < HEADER_SIZE || memcmp(p, MAGIC, 4) != 0 || p[4] < '2')
        return false;
    struct counts c = { be32(p + 20), be32(p + 24), be32(p + 28),
                        be32(p + 32), be32(p + 36), be32(p + 40) };
    if (c.isut > LIST_MAX || c.isstd > LIST_MAX || c.leap > LIST_MAX || c.time > LIST_MAX ||
        c.type == 0 || c.type > 256 || c.chars > LIST_MAX)
        return false;
    *ret_counts = c;
    return true;
}

static size_t data_size(const struct counts *c, size_t time_size)
{
    return c->time * (time_size + 1) + c->type * 6 + c->chars + c->leap * (time_size + 4) +
           c->isstd + c->isut;
}

/* Fills the shifts from a version 2 block of 64-bit times. */
static enum err read_shifts(const unsigned char *data, const struct counts *c, struct zone *z)
{
    const unsigned char *times = data;
    const unsigned char *index = times + c->time * 8;
    const unsigned char *types = index + c->time;
    for (size_t i = 0; i < c->type; i++) {
        int32_t offset = (int32_t)be32(types + i * 6);
        if (offset <= -OFFSET_MAX_S || offset >= OFFSET_MAX_S)
            return ERR_FORMAT;
    }
    z->first_offset_s = (int32_t)be32(types);
    z->v = mem_calloc(c->time + 1, sizeof(*z->v));
    if (!z->v)
        return ERR_NOMEM;
    for (size_t i = 0; i < c->time; i++) {
        int64_t at = be64(times + i * 8);
        if (index[i] >= c->type || (i > 0 && at <= z->v[i - 1].at_s))
            return ERR_FORMAT;
        z->v[z->n++] = (struct zone_shift){ at, (int32_t)be32(types + index[i] * 6) };
    }
    return ERR_OK;
}

/* ---- the footer: a POSIX TZ string such as CET-1CEST,M3.5.0,M10.5.0/3 ---- */

static bool take_int(const char **s, int most, int *ret)
{
    int value = 0, digits = 0;
    for (; **s >= '0' && **s <= '9' && value <= most; (*s)++, digits++)
        value = value * 10 + (**s - '0');
    if (digits == 0 || value > most)
        return false;
    *ret = value;
    return true;
}

static bool take_abbreviation(const char **s)
{
    const char *from = *s;
    if (*from == '<') {
        const char *end = strchr(from, '>');
        if (!end)
            return false;
        *s = end + 1;
        return true;
    }
    while ((**s >= 'A' && **s <= 'Z') || (**s >= 'a' && **s <= 'z'))
        (*s)++;
    return *s - from >= 3;
}

/* [+-]hh[:mm[:ss]], hours up to 167 (RFC 8536, 3.3.1). */
static bool take_hms(const char **s, int *ret_seconds)
{
    int sign = **s == '-' ? -1 : 1;
    if (**s == '-' || **s == '+')
        (*s)++;
    int part[3] = { 0, 0, 0 };
    if (!take_int(s, 167, &part[0]))
        return false;
    for (int i = 1; i < 3 && **s == ':'; i++) {
        (*s)++;
        if (!take_int(s, 59, &part[i]))
            return false;
    }
    *ret_seconds = sign * (part[0] * 3600 + part[1] * 60 + part[2]);
    return true;
}

static bool take_dot_int(const char **s, int least, int most, int *ret)
{
    if (**s != '.')
        return false;
    (*s)++;
    return take_int(s, most, ret) && *ret >= least;
}

static bool take_change(const char **s, struct zone_change *ret_change)
{
    struct zone_change c = { .second = 2 * 3600 };
    bool good;
    if (**s != ',')
        return false;
    (*s)++;
    if (**s == 'M') {
        (*s)++;
        int sunday_first = 0;
        c.kind = ZONE_CHANGE_WEEKDAY;
        good = take_int(s, 12, &c.month) && c.month >= 1 && take_dot_int(s, 1, 5, &c.week) &&
               take_dot_int(s, 0, 6, &sunday_first);
        c.weekday = (sunday_first + 6) % WEEK_DAYS;
    } else if (**s == 'J') {
        (*s)++;
        c.kind = ZONE_CHANGE_JULIAN;
        good = take_int(s, 365, &c.day) && c.day >= 1;
    } else {
        c.kind = ZONE_CHANGE_DAY_OF_YEAR;
        good = take_int(s, 365, &c.day);
    }
    if (good && **s == '/') {
        (*s)++;
        good = take_hms(s, &c.second);
    }
    if (good)
        *ret_change = c;
    return good;
}

static bool read_rule(const char *s, struct zone_rule *ret_rule)
{
    struct zone_rule r = { .known = true };
    int west = 0;
    if (!take_abbreviation(&s) || !take_hms(&s, &west))
        return false;
    r.winter_s = -west;
    if (*s != '\0') {
        r.has_summer = true;
        r.summer_s = r.winter_s + 3600;
        if (!take_abbreviation(&s))
            return false;
        if (*s != ',') {
            if (!take_hms(&s, &west))
                return false;
            r.summer_s = -west;
        }
        if (!take_change(&s, &r.to_summer) || !take_change(&s, &r.to_winter) || *s != '\0')
            return false;
    }
    if (r.winter_s <= -OFFSET_MAX_S || r.winter_s >= OFFSET_MAX_S ||
        r.summer_s <= -OFFSET_MAX_S || r.summer_s >= OFFSET_MAX_S)
        return false;
    *ret_rule = r;
    return true;
}

static enum err read_footer(const unsigned char *p, size_t n, struct zone_rule *ret_rule)
{
    char text[128];
    const unsigned char *end = n > 1 && p[0] == '\n' ? memchr(p + 1, '\n', n - 1) : NULL;
    if (!end || (size_t)(end - p) > sizeof(text))
        return ERR_FORMAT;
    size_t len = (size_t)(end - p) - 1;
    memcpy(text, p + 1, len);
    text[len] = '\0';
    if (strlen(text) != len)
        return ERR_FORMAT;
    if (len == 0)
        return ERR_OK; /* no rule: the last offset stays */
    return read_rule(text, ret_rule) ? ERR_OK : ERR_FORMAT;
}

enum err zone_parse(const void *bytes, size_t n, struct zone *ret_zone)
{
    const unsigned char *p = bytes;
    struct counts c;
    if (!read_header(p, n, &c))
        return ERR_FORMAT;
    size_t skip = HEADER_SIZE + data_size(&c, 4); /* the 32-bit block that version 1 readers use */
    if (skip > n || !read_header(p + skip, n - skip, &c))
        return ERR_FORMAT;
    p += skip + HEADER_SIZE;
    n -= skip + HEADER_SIZE;
    if (data_size(&c, 8) > n)
        return ERR_FORMAT;

    CLEANUP(zone_done) struct zone z = { 0 };
    enum err e = read_shifts(p, &c, &z);
    if (e == ERR_OK)
        e = read_footer(p + data_size(&c, 8), n - data_size(&c, 8), &z.rule);
    if (e != ERR_OK)
        return e;
    *ret_zone = TAKE(z);
    return ERR_OK;
}

void zone_done(struct zone *z)
{
    mem_free(z->v);
    *z = (struct zone){ 0 };
}

/* ---- offsets ---- */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

static civil_day change_day(const struct zone_change *c, int year)
{
    civil_day new_year = civil_day_of((struct civil_date){ year, 1, 1 });
    if (c->kind == ZONE_CHANGE_DAY_OF_YEAR)
        return new_year + c->day;
    if (c->kind == ZONE_CHANGE_JULIAN)
        return new_year + c->day - 1 + (c->day >= 60 && civil_is_leap(year) ? 1 : 0);
    civil_day first = civil_day_of((struct civil_date){ year, c->month, 1 });
    int to_weekday = (c->weekday - civil_weekday(first) + WEEK_DAYS) % WEEK_DAYS;
    civil_day day = first + to_weekday + (c->week - 1) * WEEK_DAYS;
    while (day >= first + civil_month_days(year, c->month))
        day -= WEEK_DAYS; /* the fifth means the last */
    return day;
}

static int64_t change_at_s(const struct zone_change *c, int year, int offset_before_s)
{
    return change_day(c, year) * DAY_S + c->second - offset_before_s;
}

/* The rule is asked about the year that the clocks of its winter show. Summer
 * may span the new year (south of the equator). */
static int rule_offset_s(const struct zone_rule *r, int64_t at_s)
{
    if (!r->has_summer)
        return r->winter_s;
    int64_t day = floor_div(at_s + r->winter_s, DAY_S);
    int year = civil_date_of((civil_day)day).year;
    int64_t summer = change_at_s(&r->to_summer, year, r->winter_s);
    int64_t winter = change_at_s(&r->to_winter, year, r->summer_s);
    bool is_summer = summer < winter ? at_s >= summer && at_s < winter
                                     : at_s >= summer || at_s < winter;
    return is_summer ? r->summer_s : r->winter_s;
}

/* Shifts at or before at_s. */
static size_t shifts_until(const struct zone *z, int64_t at_s)
{
    size_t lo = 0, hi = z->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (z->v[mid].at_s <= at_s)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static int offset_at_s(const struct zone *z, int64_t at_s)
{
    size_t i = shifts_until(z, at_s);
    if (i == z->n && z->rule.known)
        return rule_offset_s(&z->rule, at_s);
    return i == 0 ? z->first_offset_s : z->v[i - 1].offset_s;
}

int zone_offset_s(const struct zone *z, utc_ms at)
{
    return offset_at_s(z, floor_div(at, SECOND_MS));
}

struct local_time zone_local(const struct zone *z, utc_ms at)
{
    int64_t at_s = floor_div(at, SECOND_MS);
    int offset = offset_at_s(z, at_s);
    int64_t local = at_s + offset;
    int64_t day = floor_div(local, DAY_S);
    int second = (int)(local - day * DAY_S);
    return (struct local_time){ (civil_day)day, second / 60, second % 60, offset };
}

civil_day zone_day(const struct zone *z, utc_ms at)
{
    return zone_local(z, at).day;
}

/* ---- a local day as stretches of one offset ---- */

/* A stretch [from_s, to_s) of UTC seconds with one offset. */
struct stretch {
    int64_t from_s, to_s;
    int offset_s;
};

/* The next time after at_s at which the rule changes the clocks. */
static int64_t rule_next_s(const struct zone_rule *r, int64_t at_s)
{
    int year = civil_date_of((civil_day)floor_div(at_s + r->winter_s, DAY_S)).year;
    int64_t next = INT64_MAX;
    for (int y = year; y <= year + 1; y++) {
        int64_t summer = change_at_s(&r->to_summer, y, r->winter_s);
        int64_t winter = change_at_s(&r->to_winter, y, r->summer_s);
        if (summer > at_s && summer < next)
            next = summer;
        if (winter > at_s && winter < next)
            next = winter;
    }
    return next;
}

/* The first change of offset in (from_s, to_s), or to_s. */
static int64_t next_change_s(const struct zone *z, int64_t from_s, int64_t to_s)
{
    int offset = offset_at_s(z, from_s);
    for (int64_t at = from_s;;) {
        size_t i = shifts_until(z, at);
        if (i < z->n)
            at = z->v[i].at_s;
        else if (z->rule.known && z->rule.has_summer)
            at = rule_next_s(&z->rule, at);
        else
            return to_s;
        if (at >= to_s)
            return to_s;
        if (offset_at_s(z, at) != offset)
            return at;
    }
}

/* The part of a stretch whose local time lies on that day, as a segment of whole minutes. */
static bool segment_of(const struct stretch *s, civil_day day, struct zone_segment *ret_segment)
{
    int64_t midnight = day * DAY_S;
    int64_t from = s->from_s + s->offset_s - midnight;
    int64_t to = s->to_s + s->offset_s - midnight;
    from = from < 0 ? 0 : (from + 59) / 60;
    to = to > DAY_S ? DAY_MINUTES : floor_div(to, 60);
    if (from >= to)
        return false;
    ret_segment->local = (struct minute_span){ (int)from, (int)to };
    ret_segment->start = (midnight + from * 60 - s->offset_s) * SECOND_MS;
    return true;
}

int zone_segments(const struct zone *z, civil_day day, struct zone_segment ret[ZONE_SEGMENTS_MAX])
{
    /* All instants that could show this date lie within 26 hours around it. */
    int64_t from = day * DAY_S - OFFSET_MAX_S, end = (day + 1) * DAY_S + OFFSET_MAX_S;
    int n = 0;
    while (from < end && n < ZONE_SEGMENTS_MAX) {
        struct stretch s = { from, next_change_s(z, from, end), offset_at_s(z, from) };
        if (segment_of(&s, day, &ret[n]))
            n++;
        from = s.to_s;
    }
    return n;
}

int zone_instants(const struct zone *z, civil_day day, int minute, utc_ms ret_at[2])
{
    struct zone_segment seg[ZONE_SEGMENTS_MAX];
    if (minute == DAY_MINUTES) {
        day++;
        minute = 0;
    }
    int n = zone_segments(z, day, seg), found = 0;
    for (int i = 0; i < n && found < 2; i++)
        if (minute >= seg[i].local.from && minute < seg[i].local.to)
            ret_at[found++] = seg[i].start + (minute - seg[i].local.from) * MINUTE_MS;
    return found;
}

utc_ms zone_day_start(const struct zone *z, civil_day day)
{
    struct zone_segment seg[ZONE_SEGMENTS_MAX];
    for (; zone_segments(z, day, seg) == 0; day++) {
        /* a date skipped whole starts where the next one does */
    }
    return seg[0].start;
}
