#include "core/ics.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define LINE_MAX_BYTES 1024 /* of what we look at; longer ones are cut: titles, notes */
#define EXDATES_MAX 64
#define REPEATS_MAX 3700 /* ten years of days */

void ics_busy_done(struct ics_busy *b)
{
    mem_free(b->v);
    *b = (struct ics_busy){ 0 };
}

/* ---- lines: unfolded, cut at LINE_MAX_BYTES ---- */

struct lines {
    const char *at, *end;
};

static bool next_line(struct lines *l, char out[LINE_MAX_BYTES])
{
    size_t n = 0;

    if (l->at >= l->end)
        return false;
    for (; l->at < l->end; l->at++) {
        if (*l->at == '\n') {
            bool folded = l->at + 1 < l->end && (l->at[1] == ' ' || l->at[1] == '\t');
            l->at += folded ? 1 : 0;
            if (folded)
                continue;
            l->at++;
            break;
        }
        if (*l->at != '\r' && *l->at != '\0' && n < LINE_MAX_BYTES - 1)
            out[n++] = *l->at;
    }
    out[n] = '\0';
    return true;
}

/* The value of "NAME;PARAMS:value"; NULL when the line has another name. *ret_date: a
 * parameter says that it is a date. */
static const char *value_of(const char *line, const char *name, bool *ret_date)
{
    size_t n = strlen(name);

    if (strncasecmp(line, name, n) != 0 || (line[n] != ':' && line[n] != ';'))
        return NULL;
    bool quoted = false, date = false;
    const char *s = line + n;
    for (; *s && (*s != ':' || quoted); s++) {
        quoted = *s == '"' ? !quoted : quoted;
        date = date || (!quoted && strncasecmp(s, ";VALUE=DATE", 11) == 0 &&
                        (s[11] == ':' || s[11] == ';'));
    }
    if (ret_date)
        *ret_date = date;
    return *s == ':' ? s + 1 : NULL;
}

/* ---- instants ---- */

struct when {
    civil_day day;
    int minute; /* 0..1440 */
    bool date;  /* a whole day */
    bool set;
};

static bool digits(const char *s, size_t n, int *ret)
{
    int v = 0;

    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        v = v * 10 + (s[i] - '0');
    }
    *ret = v;
    return true;
}

/* "20260323", "20260323T100000", "20260323T090000Z". */
static bool read_when(const char *s, bool date, const struct zone *z, struct when *ret)
{
    struct civil_date d;
    int h = 0, m = 0, sec = 0;
    char text[CIVIL_DATE_SIZE];

    if (!digits(s, 4, &d.year) || !digits(s + 4, 2, &d.month) || !digits(s + 6, 2, &d.day))
        return false;
    memcpy(text, s, 4);
    text[4] = text[7] = '-';
    memcpy(text + 5, s + 4, 2);
    memcpy(text + 8, s + 6, 2);
    text[10] = '\0';
    struct when w = { .set = true, .date = date || s[8] != 'T' };
    if (civil_parse(text, &w.day) != ERR_OK)
        return false;
    if (!w.date) {
        if (!digits(s + 9, 2, &h) || !digits(s + 11, 2, &m) || !digits(s + 13, 2, &sec) || h > 23 ||
            m > 59)
            return false;
        w.minute = h * 60 + m;
        if (s[15] == 'Z') {
            struct local_time t =
                zone_local(z, (utc_ms)w.day * DAY_MS + (utc_ms)w.minute * MINUTE_MS);
            w.day = t.day;
            w.minute = t.minute;
        }
    }
    *ret = w;
    return true;
}

/* "P1D", "PT1H30M", "P2W": minutes, or -1. */
static int64_t read_duration(const char *s)
{
    int64_t all = 0;

    if (*s++ != 'P')
        return -1;
    for (int parts = 0; *s && parts < 8; parts++) {
        char *end;
        if (*s == 'T')
            s++;
        if (*s < '0' || *s > '9')
            return -1;
        long n = strtol(s, &end, 10);
        if (n > 100000)
            return -1;
        switch (*end) {
        case 'W': all += n * WEEK_DAYS * DAY_MINUTES; break;
        case 'D': all += n * DAY_MINUTES; break;
        case 'H': all += n * 60; break;
        case 'M': all += n; break;
        case 'S': all += n > 0; break;
        default: return -1;
        }
        s = end + 1;
    }
    return all;
}

/* ---- one event ---- */

struct rule { /* of a repeat */
    enum { ONCE, DAILY, WEEKLY, OTHERWISE } freq;
    int interval;
    int count;      /* 0: without end */
    civil_day until; /* CIVIL_DAY_FOREVER: without end */
    unsigned days;   /* bit 0 = Monday; 0: that of the start */
};

struct event {
    struct when start, end;
    int64_t minutes; /* of DURATION; -1: none */
    bool free, broken;
    struct rule rule;
    civil_day not_on[EXDATES_MAX];
    size_t n_not_on;
};

static unsigned read_days(const char *s)
{
    static const char names[] = "MOTUWETHFRSASU";
    unsigned days = 0;

    for (; *s && *s != ';'; s++)
        for (unsigned i = 0; i < WEEK_DAYS; i++)
            if (strncmp(s, names + 2 * i, 2) == 0)
                days |= 1u << i;
    return days;
}

static void read_rule(const char *s, const struct zone *z, struct event *e)
{
    const char *freq = strstr(s, "FREQ="), *days = strstr(s, "BYDAY=");
    const char *interval = strstr(s, "INTERVAL="), *count = strstr(s, "COUNT=");
    const char *until = strstr(s, "UNTIL=");
    struct rule *r = &e->rule;
    struct when w = { 0 };

    r->freq = !freq                               ? OTHERWISE
              : strncmp(freq + 5, "DAILY", 5) == 0  ? DAILY
              : strncmp(freq + 5, "WEEKLY", 6) == 0 ? WEEKLY
                                                    : OTHERWISE;
    if (strstr(s, "BYMONTH") || strstr(s, "BYSETPOS") || strstr(s, "BYHOUR") ||
        (r->freq == DAILY && days))
        r->freq = OTHERWISE;
    r->interval = interval ? (int)strtol(interval + 9, NULL, 10) : 1;
    r->count = count ? (int)strtol(count + 6, NULL, 10) : 0;
    r->days = days ? read_days(days + 6) : 0;
    if (until && read_when(until + 6, false, z, &w))
        r->until = w.day;
    e->broken = e->broken || r->interval < 1 || r->interval > 520 || r->count < 0 ||
                (until && !w.set);
}

static void read_not_on(const char *s, const struct zone *z, struct event *e)
{
    for (; s && *s && e->n_not_on < EXDATES_MAX; s = strchr(s, ',') ? strchr(s, ',') + 1 : NULL) {
        struct when w;
        if (read_when(s, false, z, &w))
            e->not_on[e->n_not_on++] = w.day;
    }
}

static void read_property(const char *line, const struct zone *z, struct event *e)
{
    bool date = false;
    const char *v;

    if ((v = value_of(line, "DTSTART", &date)))
        e->broken = !read_when(v, date, z, &e->start) || e->broken;
    else if ((v = value_of(line, "DTEND", &date)))
        e->broken = !read_when(v, date, z, &e->end) || e->broken;
    else if ((v = value_of(line, "DURATION", NULL)))
        e->minutes = read_duration(v);
    else if ((v = value_of(line, "RRULE", NULL)))
        read_rule(v, z, e);
    else if ((v = value_of(line, "EXDATE", NULL)))
        read_not_on(v, z, e);
    else if ((v = value_of(line, "TRANSP", NULL)))
        e->free = e->free || strcasecmp(v, "TRANSPARENT") == 0;
    else if ((v = value_of(line, "STATUS", NULL)))
        e->free = e->free || strcasecmp(v, "CANCELLED") == 0;
}

/* ---- what it takes ---- */

static enum err add(struct ics_busy *b, struct absence a)
{
    if (b->n == ICS_SPANS_MAX)
        return ERR_LIMIT;
    if (!mem_grow(&b->v, &b->cap, b->n, sizeof(*b->v)))
        return ERR_NOMEM;
    b->v[b->n++] = a;
    return ERR_OK;
}

/* From a day and minute on, for so many minutes, a piece for each date. */
static enum err add_time(struct ics_busy *b, const struct ics_window *w, civil_day day, int minute,
                         int64_t minutes)
{
    enum err e = ERR_OK;

    while (e == ERR_OK && minutes > 0 && day <= w->last) {
        int64_t room = DAY_MINUTES - minute;
        int take = (int)(minutes < room ? minutes : room);
        if (day >= w->first)
            e = add(b, (struct absence){ day, { minute, minute + take } });
        minutes -= take;
        minute = 0;
        day++;
    }
    return e;
}

static int64_t length_of(const struct event *e)
{
    if (e->minutes >= 0)
        return e->minutes;
    if (!e->end.set)
        return e->start.date ? DAY_MINUTES : 0;
    return ((int64_t)e->end.day - e->start.day) * DAY_MINUTES + e->end.minute - e->start.minute;
}

static bool left_out(const struct event *e, civil_day day)
{
    for (size_t i = 0; i < e->n_not_on; i++)
        if (e->not_on[i] == day)
            return true;
    return false;
}

/* Whether a repeat falls on that day, from its start on. */
static bool falls_on(const struct event *e, civil_day day)
{
    const struct rule *r = &e->rule;

    if (r->freq == DAILY)
        return (day - e->start.day) % r->interval == 0;
    civil_day monday = civil_monday(e->start.day);
    int weekday = day - civil_monday(day);
    unsigned days = r->days ? r->days : 1u << (e->start.day - monday);
    return (days >> weekday & 1) != 0 && (civil_monday(day) - monday) / WEEK_DAYS % r->interval == 0;
}

static enum err add_repeats(struct ics_busy *b, const struct ics_window *w, const struct event *e)
{
    enum err err = ERR_OK;
    civil_day last = e->rule.until < w->last ? e->rule.until : w->last;
    int seen = 0;

    for (civil_day day = e->start.day;
         err == ERR_OK && day <= last && day - e->start.day < REPEATS_MAX; day++) {
        if (!falls_on(e, day))
            continue;
        if (e->rule.count > 0 && seen++ >= e->rule.count)
            break;
        if (!left_out(e, day))
            err = add_time(b, w, day, e->start.minute, length_of(e));
    }
    return err;
}

static enum err add_event(struct ics_busy *b, const struct ics_window *w, const struct event *e)
{
    int64_t minutes = length_of(e);

    if (e->broken || !e->start.set || minutes < 0 || minutes > 400 * (int64_t)DAY_MINUTES ||
        e->rule.freq == OTHERWISE) {
        b->unknown += !e->free;
        return ERR_OK;
    }
    if (e->free)
        return ERR_OK;
    b->events++;
    if (e->rule.freq != ONCE)
        return add_repeats(b, w, e);
    return add_time(b, w, e->start.day, e->start.minute, minutes);
}

enum err ics_read(const char *text, size_t n, const struct ics_window *w,
                  struct ics_busy *ret_busy)
{
    CLEANUP(ics_busy_done) struct ics_busy out = { 0 };
    struct lines l = { text, text + n };
    struct event event = { 0 };
    char line[LINE_MAX_BYTES];
    int inner = 0; /* components inside an event: alarms */
    bool calendar = false, inside = false;
    enum err e = n > ICS_BYTES_MAX ? ERR_LIMIT : ERR_OK;

    while (e == ERR_OK && next_line(&l, line)) {
        if (strcasecmp(line, "BEGIN:VCALENDAR") == 0) {
            calendar = true;
        } else if (strcasecmp(line, "BEGIN:VEVENT") == 0) {
            event = (struct event){ .minutes = -1, .rule = { .until = CIVIL_DAY_FOREVER } };
            inside = true;
            inner = 0;
        } else if (inside && strcasecmp(line, "END:VEVENT") == 0) {
            e = add_event(&out, w, &event);
            inside = false;
        } else if (inside && strncasecmp(line, "BEGIN:", 6) == 0) {
            inner++;
        } else if (inside && strncasecmp(line, "END:", 4) == 0) {
            inner--;
        } else if (inside && inner == 0) {
            read_property(line, w->zone, &event);
        }
    }
    if (e == ERR_OK && !calendar)
        e = ERR_FORMAT;
    if (e == ERR_OK)
        *ret_busy = TAKE(out);
    return e;
}
