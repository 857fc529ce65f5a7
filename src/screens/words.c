#include "screens/words.h"

#include <string.h>

#include "core/municipality.h"

#define FILLED_MAX 1024

const char *words_fill(struct ui *ui, const char *template, const struct i18n_arg *args)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(FILLED_MAX);

    i18n_format_args(&b, template, args);
    return ui_fmt(ui, "%s", buf_str(&b));
}

const char *words_apart(struct ui *ui, const char *text)
{
    return text[0] ? ui_fmt(ui, "\u2068%s\u2069", text) : "";
}

const char *words_clock(struct ui *ui, int minute)
{
    CLEANUP(buf_done) struct buf b = buf_make(16);

    i18n_time(&b, minute);
    return ui_fmt(ui, "%s", buf_str(&b));
}

const char *words_time(struct ui *ui, const struct session *s, utc_ms at)
{
    return words_clock(ui, session_local(s, at).minute);
}

static struct i18n_day day_parts(civil_day day)
{
    struct civil_date d = civil_date_of(day);
    return (struct i18n_day){ d.year, d.month, d.day };
}

const char *words_day(struct ui *ui, const struct session *s, civil_day day,
                      enum i18n_date_style style)
{
    CLEANUP(buf_done) struct buf b = buf_make(160);

    i18n_date_near(&b, day_parts(day), day_parts(s->today), style);
    return ui_fmt(ui, "%s", buf_str(&b));
}

const char *words_date(struct ui *ui, civil_day day, enum i18n_date_style style)
{
    CLEANUP(buf_done) struct buf b = buf_make(160);

    i18n_date(&b, day_parts(day), style);
    return ui_fmt(ui, "%s", buf_str(&b));
}

const char *words_moment(struct ui *ui, const struct session *s, utc_ms at)
{
    struct local_time local = session_local(s, at);

    return TELL(ui, C_("date, time", "{date}, {time}"),
                ARG("date", words_date(ui, local.day, I18N_DATE_LONG)),
                ARG("time", words_clock(ui, local.minute)));
}

const char *words_when(struct ui *ui, const struct session *s, utc_ms at)
{
    struct local_time local = session_local(s, at);

    if (local.day < s->today || local.day > s->today + 1)
        return words_moment(ui, s, at);
    return TELL(ui, C_("near day, date, time", "{day}, {date}, {time}"),
                ARG("day", words_day(ui, s, local.day, I18N_DATE_LONG)),
                ARG("date", words_date(ui, local.day, I18N_DATE_LONG)),
                ARG("time", words_clock(ui, local.minute)));
}

const char *words_wait(struct ui *ui, bool known, struct queue_wait wait)
{
    struct queue_wait w = queue_wait_rounded(wait);

    if (!known || !wait.known)
        return _("We do not know how long yet");
    if (w.max_min <= 5)
        return _("less than 5 minutes");
    if (w.min_min == w.max_min || w.min_min == 0)
        return TELL(ui, _("about {n} minutes"), NUM("n", w.max_min));
    return TELL(ui, _("about {from} to {to} minutes"), NUM("from", w.min_min),
                NUM("to", w.max_min));
}

const char *words_ahead(struct ui *ui, int ahead)
{
    if (ahead <= 0)
        return _("You are first in line.");
    return TELL(ui, P_("There is {n} person before you.", "There are {n} people before you.",
                       ahead),
                NUM("n", ahead));
}

const char *words_countdown(struct ui *ui, int seconds)
{
    int s = seconds < 0 ? 0 : seconds;
    return ui_fmt(ui, "%d:%02d", s / 60, s % 60);
}

static const struct {
    struct i18n_msg name;
    const char *icon;
    enum ui_token tint;
} topics[TOPIC_COUNT] = {
    [TOPIC_SCHOOL] = { NC_("topic", "School"), "school", UI_TINT_SCHOOL },
    [TOPIC_WORK] = { NC_("topic", "Work"), "work", UI_TINT_WORK },
    [TOPIC_ABSENCE] = { NC_("topic", "Not at school"), "absence", UI_TINT_ABSENCE },
    [TOPIC_MONEY] = { NC_("topic", "Money"), "money", UI_TINT_MONEY },
    [TOPIC_HOUSING] = { NC_("topic", "Housing"), "house", UI_TINT_HOUSING },
    [TOPIC_OTHER] = { NC_("topic", "Something else"), "other", UI_TINT_OTHER },
    [TOPIC_UNSAID] = { NC_("topic", "Rather not say"), "unsaid", UI_TINT_OTHER },
};

const char *words_topic(enum topic topic)
{
    return i18n_msg(topics[topic < TOPIC_COUNT ? topic : TOPIC_UNSAID].name);
}

const char *words_topic_icon(enum topic topic)
{
    return topics[topic < TOPIC_COUNT ? topic : TOPIC_UNSAID].icon;
}

enum ui_token words_topic_tint(enum topic topic)
{
    return topics[topic < TOPIC_COUNT ? topic : TOPIC_UNSAID].tint;
}

bool words_town(const struct session *s, size_t i, struct town *ret_town)
{
    const char *list = s->host->config->visit.municipalities;
    char item[sizeof(ret_town->code) + sizeof(ret_town->name)];

    while (config_list_next(&list, ',', item, sizeof(item))) {
        if (i-- > 0)
            continue;
        const char *space = strchr(item, ' ');
        size_t n = space ? (size_t)(space - item) : 0;
        if (n == 0 || n >= sizeof(ret_town->code))
            return false;
        struct town t = { 0 };
        memcpy(t.code, item, n);
        memcpy(t.name, space + 1, strlen(space + 1) + 1);
        *ret_town = t;
        return true;
    }
    return false;
}

const char *words_municipality(struct ui *ui, const struct session *s, const char *code)
{
    struct town t;

    for (size_t i = 0; words_town(s, i, &t); i++)
        if (strcmp(t.code, code) == 0)
            return ui_fmt(ui, "%s", t.name);
    const struct municipality *m = municipality_find(code);
    return m ? m->name : _("Another municipality");
}

static const struct roster_coach *coach_of(const struct session *s, const char *id)
{
    const struct roster *r = flow_roster(s->host->flow);
    int i = r && id[0] ? roster_coach_find(r, id) : -1;

    return i >= 0 ? &r->coaches[i] : NULL;
}

const char *words_coach(const struct session *s, const char *id)
{
    const struct roster_coach *c = coach_of(s, id);
    return c ? c->name : id[0] ? id : _("Whoever is free first");
}

const char *words_room(const struct session *s, const char *coach)
{
    const struct roster_coach *c = coach_of(s, coach);
    return c ? c->room : "";
}

const char *words_language(const char *code)
{
    const struct i18n_lang *l = i18n_lang(code);
    return l ? l->own_name : code;
}

static const struct {
    const char *text;
    enum ui_tone tone;
} troubles[] = {
    [TROUBLE_BUSY] = { N_("It is busy. Try again."), UI_WARN },
    [TROUBLE_TAKEN] = { N_("This time is just gone. Choose another time."), UI_WARN },
    [TROUBLE_COACH_TAKEN] = { N_("This coach is not free then. Choose another one."), UI_WARN },
    [TROUBLE_MANY] = { N_("Many appointments were made here just now. Wait 10 minutes, or ask us."),
                       UI_WARN },
    [TROUBLE_CLOCK] = { N_("The clock is not right. Ask us for help."), UI_BAD },
    [TROUBLE_OVERLAP] = { N_("You already have an appointment then."), UI_WARN },
    [TROUBLE_TOO_LATE] = { N_("Your appointment has begun. Ask us for help."), UI_WARN },
    [TROUBLE_STANDS_AGAIN] = { N_("Your appointment stays as it was."), UI_GOOD },
    [TROUBLE_SEAT_GONE] = { N_("That is not possible any more. Make a new appointment."), UI_WARN },
    [TROUBLE_FAILED] = { N_("That did not work. Try again or ask for help."), UI_BAD },
    [TROUBLE_STALE] = { N_("Somebody else just did this."), UI_WARN },
    [TROUBLE_STATE] = { N_("That is not possible now."), UI_WARN },
    [TROUBLE_COACH_BUSY] = { N_("You have somebody with you. Finish that first."), UI_WARN },
    [TROUBLE_UNDO_LATE] = { N_("That is too long ago to undo."), UI_WARN },
    [TROUBLE_BADGE] = { N_("This badge is not valid."), UI_WARN },
};

void words_trouble(struct ui *ui, const struct session *s)
{
    if (s->trouble == TROUBLE_NONE)
        return;
    UI_NOTICE(ui, .id = "trouble", .text = _(troubles[s->trouble].text),
              .tone = troubles[s->trouble].tone);
}
