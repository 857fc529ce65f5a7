/* S10: the first free moment in one touch, or a day with space and a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/hold.h"
#include "screens/journey.h"
#include "screens/words.h"

#define NOON 720

static void enter(struct session *s)
{
    s->day_page = s->time_page = 0;
    s->day = 0;
}

/* The service whose times are shown; NULL: none can be booked. */
static const char *service_of(const struct session *s)
{
    const struct roster *r = flow_roster(s->host->flow);
    int service = session_service(s, OPEN_APPOINTMENT);

    if (s->moving)
        return s->found.service;
    return r && service >= 0 && r->services[service].book ? r->services[service].id : NULL;
}

static void count_days(struct session *s, const struct free_list *list)
{
    civil_day seen = CIVIL_DAY_NONE;
    utc_ms last = -1;
    int index = -1; /* of the day among all days with space */
    int first = s->day_page * SCREEN_DAYS;

    s->n_days = 0;
    s->days_before = s->day_page > 0;
    s->days_after = false;
    for (size_t i = 0; i < list->n; i++) {
        civil_day day = session_local(s, list->v[i].start).day;
        index += day != seen;
        seen = day;
        if (index >= first + SCREEN_DAYS)
            s->days_after = true;
        if (index < first || index >= first + SCREEN_DAYS || list->v[i].start == last)
            continue;
        last = list->v[i].start;
        if (s->n_days == (size_t)(index - first)) {
            s->days[s->n_days] = day;
            s->day_free[s->n_days++] = 0;
        }
        s->day_free[index - first]++;
    }
}

static void list_times(struct session *s, const struct free_list *list)
{
    s->n_times = 0;
    for (size_t i = 0; i < list->n && s->n_times < SCREEN_TIMES; i++) {
        utc_ms start = list->v[i].start;
        bool twice = s->n_times > 0 && s->times[s->n_times - 1] == start;
        if (!twice && session_local(s, start).day == s->day)
            s->times[s->n_times++] = start;
    }
}

/* Free times, at the coach of the appointment that moves as long as that one has any. */
static enum err free_times(struct session *s, const char *service, struct free_list *ret_list)
{
    const struct roster *r = flow_roster(s->host->flow);
    civil_day last = s->today + r->rules.horizon_days;

    if (s->moving) {
        enum err e = flow_free(s->host->flow, service, s->found.coach, s->today, last, ret_list);
        if (e != ERR_OK || ret_list->n > 0)
            return e;
    }
    return flow_free(s->host->flow, service, NULL, s->today, last, ret_list);
}

static enum err load(struct session *s)
{
    CLEANUP(free_list_done) struct free_list list = { 0 };
    const char *service = service_of(s);

    s->free_known = false;
    s->n_days = s->n_times = 0;
    if (!service)
        return ERR_OK;
    enum err e = free_times(s, service, &list);
    if (e != ERR_OK)
        return e;
    if (list.n > 0) {
        s->free_known = true;
        s->first_free = list.v[0].start;
    }
    count_days(s, &list);
    if (s->day == 0 && s->hold.id.s[0])
        s->day = session_local(s, s->hold.start).day;
    if (s->day == 0 && s->n_days > 0)
        s->day = s->days[0];
    list_times(s, &list);
    return ERR_OK;
}

static void view_days(struct ui *ui, const struct session *s)
{
    ui_section(ui, _("Or choose a day yourself"));
    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 3 : 6, .gap = 16)
    {
        for (size_t i = 0; i < s->n_days; i++) {
            char date[CIVIL_DATE_SIZE];
            int n = s->day_free[i];
            civil_format(s->days[i], date);
            UI_OPTION(ui, .id = ui_fmt(ui, "day.%s", date),
                      .text = words_date(ui, s->days[i], I18N_DATE_SHORT),
                      .hint = TELL(ui, P_("{n} free", "{n} free", n), NUM("n", n)),
                      .selected = s->days[i] == s->day);
        }
    }
    if (s->days_before || s->days_after)
        UI_ROW(ui, .gap = 16)
        {
            UI_BUTTON(ui, .id = "day.earlier", .text = _("Earlier days"), .icon = "arrow-start",
                      .kind = UI_CALM, .disabled = !s->days_before);
            UI_BUTTON(ui, .id = "day.later", .text = _("Later days"), .icon = "arrow-end",
                      .icon_end = true, .kind = UI_CALM, .disabled = !s->days_after);
        }
}

static void view_group(struct ui *ui, const struct session *s, const char *title, int from, int to)
{
    size_t first = (size_t)s->time_page * SCREEN_TIMES_PAGE;
    size_t end = first + SCREEN_TIMES_PAGE < s->n_times ? first + SCREEN_TIMES_PAGE : s->n_times;
    bool any = false;

    for (size_t i = first; i < end; i++) {
        int minute = session_local(s, s->times[i]).minute;
        any |= from <= minute && minute < to;
    }
    if (!any)
        return;
    ui_section(ui, title);
    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 4 : 6, .gap = 16)
    {
        for (size_t i = first; i < end; i++) {
            int minute = session_local(s, s->times[i]).minute;
            if (minute < from || minute >= to)
                continue;
            UI_OPTION(ui, .id = ui_fmt(ui, "day.time.%02d%02d", minute / 60, minute % 60),
                      .text = words_clock(ui, minute),
                      .selected = s->hold.id.s[0] && s->hold.start == s->times[i]);
        }
    }
}

static void view_times(struct ui *ui, const struct session *s)
{
    view_group(ui, s, _("Morning"), 0, NOON);
    view_group(ui, s, _("Afternoon"), NOON, DAY_MINUTES);
    if (s->n_times > SCREEN_TIMES_PAGE)
        UI_BUTTON(ui, .id = "day.more", .text = _("Other times"), .icon = "clock",
                  .kind = UI_CALM);
}

static void view(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "day", .title = _("Choose a day and a time"),
            .step = journey_step(ui, s, &scr_day), .back = true,
            .next = hold_stands(s) && !s->moving ? _("Next") : NULL, .top = true);
    words_trouble(ui, s);
    if (s->free_known)
        UI_CHOICE(ui, .id = "day.first_free", .title = words_when(ui, s, s->first_free),
                  .hint = _("First free moment"), .hint_first = true, .icon = "clock",
                  .tint = UI_ACCENT, .primary = true);
    UI_SPLIT(ui, .gap = 32)
    {
        UI_COLUMN(ui, .gap = 16)
        {
            view_days(ui, s);
        }
        UI_COLUMN(ui, .gap = 16)
        {
            view_times(ui, s);
        }
    }
    ui_space(ui, 0);
}

static struct nav take(struct session *s, utc_ms start)
{
    const char *coach = s->a.coach[0] ? s->a.coach : NULL;
    enum err e = hold_take(s, start, s->moving ? s->found.coach : coach);

    /* The coach of before is busy then; another one may be free. */
    if ((e == ERR_TAKEN || e == ERR_RANGE) && (s->moving || coach)) {
        e = hold_take(s, start, NULL);
        if (e == ERR_OK)
            s->a.coach[0] = '\0';
    }
    if (e != ERR_OK) {
        struct nav n = journey_refused(s, e);
        if (load(s) == ERR_IO)
            return nav_fault();
        return n.kind == NAV_STAY && !s->free_known ? nav_swap(&scr_nothing_free) : n;
    }
    if (s->moving)
        return nav_shown(nav_back_to(&scr_change));
    return nav_shown(journey_next(s, &scr_day));
}

static struct nav choose_time(struct session *s, int hhmm)
{
    for (size_t i = 0; i < s->n_times; i++)
        if (session_local(s, s->times[i]).minute == hhmm / 100 * 60 + hhmm % 100)
            return take(s, s->times[i]);
    return nav_stay();
}

static struct nav choose_day(struct session *s, const char *date)
{
    civil_day day;

    if (civil_parse(date, &day) != ERR_OK)
        return nav_pass();
    s->day = day;
    s->time_page = 0;
    return load(s) == ERR_IO ? nav_fault() : nav_stay();
}

static struct nav turn_days(struct session *s, int by)
{
    s->day_page += by;
    s->day = 0;
    s->time_page = 0;
    if (load(s) == ERR_IO)
        return nav_fault();
    s->day = s->n_days > 0 ? s->days[0] : 0;
    return load(s) == ERR_IO ? nav_fault() : nav_stay();
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "nav.next") == 0)
        return journey_next(s, &scr_day);
    if (strcmp(a->id, "day.first_free") == 0)
        return take(s, s->first_free);
    if (strcmp(a->id, "day.later") == 0)
        return turn_days(s, 1);
    if (strcmp(a->id, "day.earlier") == 0)
        return turn_days(s, -1);
    if (strcmp(a->id, "day.more") == 0) {
        int pages = (int)((s->n_times + SCREEN_TIMES_PAGE - 1) / SCREEN_TIMES_PAGE);
        s->time_page = pages ? (s->time_page + 1) % pages : 0;
        return nav_stay();
    }
    if (strncmp(a->id, "day.time.", 9) == 0)
        return choose_time(s, atoi(a->id + 9));
    if (strncmp(a->id, "day.", 4) == 0)
        return choose_day(s, a->id + 4);
    return nav_pass();
}

/* A day without any free time is no page to stand on. */
static struct nav on_time(struct session *s)
{
    return s->free_known || s->hold.id.s[0] ? nav_stay() : nav_swap(&scr_nothing_free);
}

static int64_t due(const struct session *s)
{
    return s->free_known || s->hold.id.s[0] ? INT64_MAX : s->mono;
}

const struct screen scr_day = {
    .name = "day", .rest = REST_ASK, .enter = enter, .load = load, .view = view,
    .on_action = on_action, .due = due, .on_time = on_time,
};
