#include "report/words.h"

#include <stdio.h>
#include <string.h>

#include "core/municipality.h"
#include "core/person.h"
#include "i18n/date.h"
#include "report/derive.h"

struct word {
    const char *key;
    struct i18n_msg said;
};

static const struct word tables[REPORT_TABLES] = {
    [VISITS_BY_MUNICIPALITY] = { "visits_by_municipality",
                                 NC_("report", "Visits by municipality") },
    [VISITS_BY_TOPIC] = { "visits_by_topic", NC_("report", "What the visits were about") },
    [VISITS_BY_MONTH] = { "visits_by_month", NC_("report", "Visits by month") },
    [VISITS_BY_HOUR] = { "visits_by_hour", NC_("report", "Visits by hour of arrival") },
    [VISITS_BY_KIND] = { "visits_by_kind", NC_("report", "With and without an appointment") },
    [VISITS_BY_END] = { "visits_by_end", NC_("report", "How the visits ended") },
    [APPOINTMENTS_BY_MUNICIPALITY] = { "appointments_by_municipality",
                                       NC_("report", "Appointments by municipality") },
    [APPOINTMENTS_BY_TOPIC] = { "appointments_by_topic",
                                NC_("report", "What the appointments were about") },
    [APPOINTMENTS_BY_MONTH] = { "appointments_by_month",
                                NC_("report", "Appointments by month") },
    [APPOINTMENTS_BY_HOUR] = { "appointments_by_hour", NC_("report", "Appointments by hour") },
    [APPOINTMENTS_BY_END] = { "appointments_by_end", NC_("report", "Appointments kept") },
    [TURNED_AWAY] = { "turned_away", NC_("report", "Turned away at the screen") },
};
static const struct word topics[TOPIC_COUNT] = {
    [TOPIC_SCHOOL] = { "school", NC_("report topic", "school") },
    [TOPIC_WORK] = { "work", NC_("report topic", "work") },
    [TOPIC_ABSENCE] = { "absence", NC_("report topic", "absence") },
    [TOPIC_MONEY] = { "money", NC_("report topic", "money") },
    [TOPIC_HOUSING] = { "housing", NC_("report topic", "housing") },
    [TOPIC_OTHER] = { "other", NC_("report topic", "something else") },
    [TOPIC_UNSAID] = { "unsaid", NC_("report topic", "not said") },
};
static const struct word kinds[REPORT_KINDS] = {
    [KIND_WALK_IN] = { "walk_in", NC_("report", "Without an appointment") },
    [KIND_APPOINTMENT] = { "appointment", NC_("report", "With an appointment") },
};
static const struct word ends[REPORT_ENDS] = {
    [END_HELPED] = { "helped", NC_("report", "Helped") },
    [END_FOLLOW_UP] = { "follow_up", NC_("report", "Helped, goes on later") },
    [END_REFERRED] = { "referred", NC_("report", "Sent on to another organisation") },
    [END_INFORMATION] = { "information", NC_("report", "Got information") },
    [END_NOT_OURS] = { "not_ours", NC_("report", "Not for Dynamo") },
    [END_UNRECORDED] = { "unrecorded", NC_("report", "Helped, outcome not written down") },
    [END_LEFT] = { "left", NC_("report", "Left before their turn") },
    [END_UNSERVED] = { "unserved", NC_("report", "Not helped before closing time") },
    [END_OPEN] = { "open", NC_("report", "Not over yet") },
};
static const struct word kept[REPORT_KEPTS] = {
    [KEPT_CAME] = { "came", NC_("report", "Came") },
    [KEPT_NO_SHOW] = { "no_show", NC_("report", "Did not come") },
};
static const struct word aways[REPORT_AWAYS] = {
    [AWAY_YOUNG] = { "young", NC_("report", "Too young") },
    [AWAY_OLD] = { "old", NC_("report", "Too old") },
    [AWAY_CLOSED] = { "closed", NC_("report", "Closed") },
};
static const struct word singles[REPORT_SINGLES] = {
    [SINGLE_OTHER_MUNICIPALITY] = { "visits_other_municipality",
                                    NC_("report", "Visits from other municipalities") },
    [SINGLE_CANCELLED] = { "appointments_cancelled",
                           NC_("report", "Appointments cancelled") },
    [SINGLE_GAVE_UP] = { "gave_up", NC_("report", "Stopped at the screen") },
};
static const struct word times[REPORT_TIMES] = {
    [TIME_WAIT_WALK_IN] = { "wait_walk_in", NC_("report", "Waiting, without an appointment") },
    [TIME_WAIT_APPOINTMENT] = { "wait_appointment",
                                NC_("report", "Waiting, with an appointment") },
    [TIME_SERVICE] = { "service", NC_("report", "Talking with a coach") },
};

const char *words_table(enum report_table t)
{
    return i18n_msg(tables[t].said);
}

const char *words_table_key(enum report_table t)
{
    return tables[t].key;
}

const char *words_single(enum report_single s)
{
    return i18n_msg(singles[s].said);
}

const char *words_single_key(enum report_single s)
{
    return singles[s].key;
}

const char *words_time(enum report_time t)
{
    return i18n_msg(times[t].said);
}

const char *words_time_key(enum report_time t)
{
    return times[t].key;
}

/* The rows that have a fixed word; NULL for months, hours and municipalities. */
static const struct word *row_word(enum report_table t, size_t row)
{
    switch (t) {
    case VISITS_BY_TOPIC:
    case APPOINTMENTS_BY_TOPIC:
        return &topics[row];
    case VISITS_BY_KIND:
        return &kinds[row];
    case VISITS_BY_END:
        return &ends[row];
    case APPOINTMENTS_BY_END:
        return &kept[row];
    case TURNED_AWAY:
        return &aways[row];
    case VISITS_BY_MUNICIPALITY:
    case VISITS_BY_MONTH:
    case VISITS_BY_HOUR:
    case APPOINTMENTS_BY_MUNICIPALITY:
    case APPOINTMENTS_BY_MONTH:
    case APPOINTMENTS_BY_HOUR:
    case REPORT_TABLES:
        break;
    }
    return NULL;
}

static void fill_plain(struct buf *out, const char *template, const struct i18n_arg *args)
{
    CLEANUP(buf_done) struct buf b = buf_make(WORDS_MAX);
    i18n_format_args(&b, template, args);
    if (b.failed || !b.v)
        return;
    i18n_strip(b.v);
    buf_adds(out, b.v);
}
#define PLAIN(out, template, ...) \
    fill_plain((out), (template), (const struct i18n_arg[]){ __VA_ARGS__, { 0 } })

static void hour_word(size_t row, struct buf *out)
{
    int from = REPORT_HOUR_FROM + (int)row - HOUR_FIRST;
    if (row == HOUR_EARLIER)
        PLAIN(out, C_("report hour", "before {from}"), { "from", .number = REPORT_HOUR_FROM });
    else if (row == HOUR_LATER)
        PLAIN(out, C_("report hour", "{from} or later"), { "from", .number = from });
    else
        PLAIN(out, C_("report hour", "{from} to {to}"), { "from", .number = from },
              { "to", .number = from + 1 });
}

void words_row(enum report_table t, size_t row, struct buf *out)
{
    const struct word *w = row_word(t, row);
    if (w)
        buf_adds(out, i18n_msg(w->said));
    else if (t == VISITS_BY_MONTH || t == APPOINTMENTS_BY_MONTH)
        buf_adds(out, i18n_month((int)row + 1));
    else if (t == VISITS_BY_HOUR || t == APPOINTMENTS_BY_HOUR)
        hour_word(row, out);
    else
        buf_adds(out, municipality_at(row)->name);
}

void words_row_key(enum report_table t, size_t row, struct buf *out)
{
    const struct word *w = row_word(t, row);
    if (w)
        buf_adds(out, w->key);
    else if (t == VISITS_BY_MONTH || t == APPOINTMENTS_BY_MONTH)
        buf_addf(out, "%02zu", row + 1);
    else if (t == VISITS_BY_HOUR || t == APPOINTMENTS_BY_HOUR)
        buf_addf(out, row == HOUR_EARLIER ? "before_%02zu" : row == HOUR_LATER ? "from_%02zu"
                                                                               : "%02zu",
                 row == HOUR_EARLIER ? REPORT_HOUR_FROM : REPORT_HOUR_FROM + row - HOUR_FIRST);
    else
        buf_adds(out, municipality_at(row)->code);
}

void words_figure(struct figure f, struct buf *out)
{
    if (f.mark == FIGURE_SHOWN)
        i18n_number(out, f.n);
    else if (f.mark == FIGURE_SMALL)
        buf_addf(out, "<%d", GUARD_MIN);
    else
        buf_adds(out, C_("report", "hidden"));
}

void words_tenths(int tenths, struct buf *out)
{
    i18n_decimal(out, tenths, 1);
    buf_addc(out, '%');
}

void words_minutes(int minutes, struct buf *out)
{
    if (minutes == REPORT_MINUTES_NONE)
        buf_adds(out, C_("report", "too few"));
    else
        PLAIN(out, C_("report", "{n} min"), { "n", .number = minutes });
}

void words_change(const struct report *r, struct figure now, struct figure before,
                  struct buf *out)
{
    if (!r->complete || !figure_known(now) || !figure_known(before))
        return;
    int64_t less = before.n - now.n;
    int64_t percent = percent_of(less > 0 ? less : -less, before.n);
    buf_adds(out, percent == 0 ? "" : less > 0 ? "\u2212" : "+");
    i18n_number(out, percent);
    buf_addc(out, '%');
}

void words_escape(const char *s, struct buf *out)
{
    for (; *s; s++) {
        switch (*s) {
        case '&':
            buf_adds(out, "&amp;");
            break;
        case '<':
            buf_adds(out, "&lt;");
            break;
        case '>':
            buf_adds(out, "&gt;");
            break;
        case '"':
            buf_adds(out, "&quot;");
            break;
        default:
            buf_addc(out, *s);
        }
    }
}

void words_fill(struct buf *out, const char *template, const struct i18n_arg *args)
{
    CLEANUP(buf_done) struct buf b = buf_make(WORDS_MAX);
    fill_plain(&b, template, args);
    words_escape(buf_str(&b), out);
}
