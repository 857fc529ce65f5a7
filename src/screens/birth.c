/* S05: three taps. The age gate stands before the name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/age.h"
#include "screens/journey.h"
#include "screens/words.h"

#define YEARS 10

/* The youngest whom we may help was born in this year. */
static int usual_top_year(const struct session *s)
{
    return civil_date_of(s->today).year - age_rule_on(s->today)->least;
}

static void enter(struct session *s)
{
    s->notice_shown = true;
    if (!s->top_year)
        s->top_year = usual_top_year(s);
    s->birth_open = BIRTH_DAY;
    s->no_such_day = false;
}

static const char *number(struct ui *ui, int n)
{
    return n ? ui_fmt(ui, "%d", n) : NULL;
}

static void view_days(struct ui *ui, const struct session *s)
{
    UI_PART(ui, .id = "birth.day", .label = _("Day"), .value = number(ui, s->a.day),
            .open = s->birth_open == BIRTH_DAY)
    {
        UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 7 : 11, .gap = 16)
        {
            for (int d = 1; d <= 31; d++)
                UI_OPTION(ui, .id = ui_fmt(ui, "birth.day.%d", d), .text = ui_fmt(ui, "%d", d),
                          .selected = s->a.day == d, .personal = true);
        }
    }
}

static void view_months(struct ui *ui, const struct session *s)
{
    UI_PART(ui, .id = "birth.month", .label = _("Month"),
            .value = s->a.month ? i18n_month(s->a.month) : NULL,
            .open = s->birth_open == BIRTH_MONTH)
    {
        UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 4 : 6, .gap = 16)
        {
            for (int m = 1; m <= 12; m++)
                UI_OPTION(ui, .id = ui_fmt(ui, "birth.month.%d", m), .text = i18n_month(m),
                          .selected = s->a.month == m, .personal = true);
        }
    }
}

static void view_years(struct ui *ui, const struct session *s)
{
    UI_PART(ui, .id = "birth.year", .label = _("Year"), .value = number(ui, s->a.year),
            .open = s->birth_open == BIRTH_YEAR)
    {
        UI_GRID(ui, .cols = 6, .gap = 16)
        {
            UI_OPTION(ui, .id = "birth.year.later", .text = _("Later"),
                      .disabled = s->top_year + YEARS > civil_date_of(s->today).year + YEARS);
            for (int y = s->top_year; y > s->top_year - YEARS; y--)
                UI_OPTION(ui, .id = ui_fmt(ui, "birth.year.%d", y), .text = ui_fmt(ui, "%d", y),
                          .selected = s->a.year == y, .personal = true);
            UI_OPTION(ui, .id = "birth.year.earlier", .text = _("Earlier"),
                      .disabled = s->top_year < 1920);
        }
    }
}

static void view(struct ui *ui, const struct session *s)
{
    civil_day birth;
    bool whole = session_birth(s, &birth);

    UI_PAGE(ui, .name = "birth", .title = _("When were you born?"),
            .subtitle = whole ? words_date(ui, birth, I18N_DATE_YEAR)
                              : _("We only use this to help you."),
            .step = journey_step(ui, s, &scr_birth), .back = true, .next = _("Next"),
            .next_disabled = !whole, .top = true);
    if (s->no_such_day)
        UI_NOTICE(ui, .id = "birth.error", .tone = UI_BAD,
                  .text = _("This day does not exist. Choose another day."));
    UI_STEPS(ui)
    {
        view_days(ui, s);
        view_months(ui, s);
        view_years(ui, s);
    }
}

/* Too old to be helped on any day is so today; too young may book for a day on which not. */
static struct nav gate(struct session *s, civil_day birth)
{
    const struct roster *r = flow_roster(s->host->flow);
    civil_day latest = s->today;

    if ((s->errand == ERRAND_BOOK || s->errand == ERRAND_CALL_ME) && r)
        latest += r->rules.horizon_days;
    if (ages_check(birth, latest) == ERR_AGE_LOW || birth > s->today)
        return journey_turn_away(s, TURNED_AWAY_YOUNG);
    if (ages_check(birth, s->today) == ERR_AGE_HIGH)
        return journey_turn_away(s, TURNED_AWAY_OLD);
    return journey_next(s, &scr_birth);
}

static struct nav submit(struct session *s)
{
    civil_day birth;

    if (!session_birth(s, &birth)) {
        s->no_such_day = s->a.day && s->a.month && s->a.year;
        if (s->no_such_day)
            s->birth_open = BIRTH_DAY;
        return nav_stay();
    }
    s->no_such_day = false;
    if (s->errand == ERRAND_CHECK_IN)
        return journey_next(s, &scr_birth);
    return gate(s, birth);
}

/* The part that still misses, from the one after `from` on; all said: stays. */
static void open_next(struct session *s, enum birth_part from)
{
    const int said[] = { s->a.day, s->a.month, s->a.year };

    for (int i = 1; i <= 3; i++)
        if (!said[((int)from + i) % 3]) {
            s->birth_open = (enum birth_part)(((int)from + i) % 3);
            return;
        }
}

static struct nav choose(struct session *s, enum birth_part part, int *into, int value)
{
    bool had = *into != 0;

    *into = value;
    s->no_such_day = false;
    s->birth_open = part;
    open_next(s, part);
    /* By itself only when this was the part that missed: whoever comes back to
     * put a part right sees the date before going on. */
    return had ? nav_stay() : nav_shown(submit(s));
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "nav.next") == 0)
        return submit(s);
    if (strcmp(a->id, "birth.year.earlier") == 0)
        s->top_year -= YEARS;
    else if (strcmp(a->id, "birth.year.later") == 0)
        s->top_year += YEARS;
    else if (strcmp(a->id, "birth.day") == 0)
        s->birth_open = BIRTH_DAY;
    else if (strcmp(a->id, "birth.month") == 0)
        s->birth_open = BIRTH_MONTH;
    else if (strcmp(a->id, "birth.year") == 0)
        s->birth_open = BIRTH_YEAR;
    else if (strncmp(a->id, "birth.day.", 10) == 0)
        return choose(s, BIRTH_DAY, &s->a.day, atoi(a->id + 10));
    else if (strncmp(a->id, "birth.month.", 12) == 0)
        return choose(s, BIRTH_MONTH, &s->a.month, atoi(a->id + 12));
    else if (strncmp(a->id, "birth.year.", 11) == 0)
        return choose(s, BIRTH_YEAR, &s->a.year, atoi(a->id + 11));
    else
        return nav_pass();
    return nav_stay();
}

const struct screen scr_birth = {
    .name = "birth", .rest = REST_ASK, .enter = enter, .view = view, .on_action = on_action,
};
