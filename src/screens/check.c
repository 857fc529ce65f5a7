/* S12: nothing is done yet. Every answer can be put right from here. */
#include <string.h>

#include "base/mem.h"
#include "screens/check.h"
#include "screens/coaches.h"
#include "screens/hold.h"
#include "screens/journey.h"
#include "screens/words.h"

static void enter(struct session *s)
{
    if (!s->visit.s[0])
        s->visit = flow_new_id(s->host->flow);
}

static enum err load(struct session *s)
{
    const struct roster *r = flow_roster(s->host->flow);
    int service = session_service(s, OPEN_WALK_IN);

    s->fixing = false;
    if (s->errand != ERRAND_WALK_IN)
        return ERR_OK;
    return r && service >= 0 ? coaches_waiting(s, r->services[service].id) : ERR_NOT_FOUND;
}

static void row(struct ui *ui, const char *thing, const char *icon, const char *label,
                const char *value)
{
    UI_PAIR(ui, .id = ui_fmt(ui, "check.%s", thing), .icon = icon, .label = label,
            .value = value, .change_id = ui_fmt(ui, "check.change.%s", thing),
            .change = _("Change"), .personal = true);
}

static void view_name(struct ui *ui, const struct session *s)
{
    struct person p = { 0 };
    char whole[PERSON_FULL_SIZE] = "";

    if (session_person(s, &p) == ERR_OK)
        person_full_name(&p, whole, sizeof(whole));
    row(ui, "name", "person", _("Name"), words_apart(ui, whole));
    mem_wipe(&p, sizeof(p));
    mem_wipe(whole, sizeof(whole));
}

/* "van den | Berg": a touch says that it is one word. */
void check_view_infix(struct ui *ui, const struct session *s, const char *id)
{
    char infix[PERSON_INFIX_SIZE], family[PERSON_NAME_SIZE];

    name_split(s->a.surname, infix, family);
    if (infix[0] && !s->a.one_name)
        UI_PILL(ui, .id = id,
                .text = s->a.whole ? s->a.surname
                                   : ui_fmt(ui, "\u2066%s\u2069", /* Latin, from left to right */
                                            TELL(ui, C_("infix | last name", "{infix} | {name}"),
                                                 ARG("infix", infix), ARG("name", family))),
                .say = s->a.whole ? TELL(ui, _("Last name: {name}"), ARG("name", s->a.surname))
                                  : TELL(ui, _("Last name: {name}, with {infix} before it"),
                                         ARG("name", family), ARG("infix", infix)),
                .icon = s->a.whole ? "check" : "edit", .selected = s->a.whole);
    mem_wipe(infix, sizeof(infix));
    mem_wipe(family, sizeof(family));
}

static void view_contact(struct ui *ui, const struct session *s)
{
    const char *value = s->a.way == CONTACT_PHONE   ? ui_fmt(ui, "\u2066%s\u2069", s->a.phone)
                        : s->a.way == CONTACT_EMAIL ? ui_fmt(ui, "\u2066%s\u2069", s->a.email)
                                                    : _("Not filled in");
    bool reached = s->a.way == CONTACT_PHONE || s->a.way == CONTACT_EMAIL;
    if (reached && s->a.remind && s->errand == ERRAND_BOOK)
        value = TELL(ui, C_("phone or e-mail", "{contact}, with a reminder"),
                     ARG("contact", value));
    UI_PAIR(ui, .id = "check.contact", .icon = "phone", .label = _("How we reach you"),
            .value = value, .change_id = "check.change.contact", .change = _("Change"),
            .missing = !reached, .personal = true);
}

static const char *waiting_for(struct ui *ui, const struct session *s)
{
    bool known = s->wait_known;
    struct queue_wait wait = s->wait;

    for (size_t i = 0; i < s->n_coaches; i++)
        if (strcmp(s->coaches[i].id, s->a.coach) == 0) {
            known = s->coaches[i].wait_known;
            wait = s->coaches[i].wait;
        }
    return TELL(ui, C_("coach, waiting time", "{coach}, {time}"),
                ARG("coach", words_coach(s, s->a.coach)), ARG("time", words_wait(ui, known, wait)));
}

/* In large letters the coach stands with the time: one row less. */
static void view_booking(struct ui *ui, const struct session *s)
{
    const char *when = words_when(ui, s, s->hold.start);
    const char *coach = words_coach(s, s->hold.coach);

    if (ui_look(ui)->large) {
        row(ui, "day", "clock", _("Day and time"),
            TELL(ui, C_("time, coach", "{time}, with {coach}"), ARG("time", when),
                 ARG("coach", coach)));
    } else {
        row(ui, "day", "clock", _("Day and time"), when);
        row(ui, "coach", "people", _("Your coach"), coach);
    }
    view_contact(ui, s);
}

static void view_rows(struct ui *ui, const struct session *s)
{
    civil_day birth = s->today;
    bool born = session_birth(s, &birth);

    view_name(ui, s);
    row(ui, "birth", "calendar", _("Birth date"),
        born ? words_date(ui, birth, I18N_DATE_YEAR) : "");
    row(ui, "municipality", "pin", _("Municipality"),
        words_municipality(ui, s, s->a.municipality));
    row(ui, "topic", words_topic_icon(s->a.topic_said ? s->a.topic : TOPIC_UNSAID),
        _("It is about"), words_topic(s->a.topic_said ? s->a.topic : TOPIC_UNSAID));
    if (s->errand == ERRAND_BOOK)
        view_booking(ui, s);
    else if (s->errand == ERRAND_CALL_ME)
        view_contact(ui, s);
    else
        row(ui, "coach", "people", _("Your coach"), waiting_for(ui, s));
}

static const struct {
    const char *not_yet, *name;
} acts[] = {
    { N_("You are not in line yet."), N_("Put me in line") },
    { N_("You do not have an appointment yet."), N_("Make the appointment") },
    { N_("We do not call you yet."), N_("Call me back") },
};

static void view(struct ui *ui, const struct session *s)
{
    bool book = s->errand == ERRAND_BOOK;
    size_t what = book ? 1 : s->errand == ERRAND_CALL_ME ? 2 : 0;

    UI_PAGE(ui, .name = "check", .title = _("Is this right?"), .subtitle = _(acts[what].not_yet),
            .step = journey_step(ui, s, &scr_check), .back = true, .top = true,
            .end = { .id = "check.confirm", .text = _(acts[what].name), .icon = "check",
                     .kind = UI_MAIN });
    words_trouble(ui, s);
    if (book)
        hold_view(ui, s);
    UI_CARD(ui, .gap = -1)
    {
        view_rows(ui, s);
    }
    /* The longest page in large letters has no room for it: there it stands with the name. */
    if (!(book && ui_look(ui)->large))
        UI_FLOW(ui, .gap = 16)
        {
            check_view_infix(ui, s, "check.infix");
        }
    ui_space(ui, 0);
}

static struct nav queue_up(struct session *s)
{
    struct person p;
    enum err e = session_person(s, &p);

    if (e == ERR_OK)
        e = flow_walk_in(s->host->flow,
                         &(struct walk_in_request){ .visit = s->visit,
                                                    .coach = s->a.coach[0] ? s->a.coach : NULL,
                                                    .person = &p,
                                                    .notice_shown = s->notice_shown },
                         &s->arrival);
    mem_wipe(&p, sizeof(p));
    if (e != ERR_OK)
        return journey_refused(s, e);
    s->result = RESULT_QUEUED;
    return nav_only(&scr_ticket);
}

/* The time ran out while the visitor was busy: nobody else may have taken it yet. */
static enum err hold_again(struct session *s)
{
    if (hold_stands(s))
        return ERR_OK;
    enum err e = hold_take(s, s->hold.start, s->hold.coach);
    return e == ERR_TAKEN || e == ERR_RANGE ? hold_take(s, s->hold.start, NULL) : e;
}

static struct nav book_it(struct session *s)
{
    struct person p;
    enum err e = session_person(s, &p);

    if (e == ERR_OK)
        e = hold_again(s);
    if (e == ERR_OK)
        e = flow_book(s->host->flow,
                      &(struct book_request){ .hold = s->hold.id, .person = &p,
                                              .notice_shown = s->notice_shown,
                                              .consent_reminder = s->a.remind },
                      &s->booked);
    mem_wipe(&p, sizeof(p));
    if (e == ERR_TAKEN || e == ERR_NOT_FOUND || e == ERR_RANGE) {
        s->trouble = TROUBLE_TAKEN;
        s->hold = (struct hold){ 0 };
        s->fixing = true; /* everything else is kept: from the new time straight back here */
        return nav_to(&scr_day);
    }
    if (e != ERR_OK)
        return journey_refused(s, e);
    s->hold = (struct hold){ 0 };
    s->result = RESULT_BOOKED;
    return nav_only(&scr_ticket);
}

static struct nav ask_for_call(struct session *s)
{
    struct person p;
    enum err e = session_person(s, &p);

    if (e == ERR_OK)
        e = flow_call_me(s->host->flow,
                         &(struct call_me_request){ .call = s->visit, .person = &p }, NULL);
    mem_wipe(&p, sizeof(p));
    if (e != ERR_OK)
        return journey_refused(s, e);
    s->result = RESULT_CALL_ME;
    return nav_only(&scr_ticket);
}

static struct nav confirm(struct session *s)
{
    return s->errand == ERRAND_BOOK      ? book_it(s)
           : s->errand == ERRAND_CALL_ME ? ask_for_call(s)
                                         : queue_up(s);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    static const struct {
        const char *id;
        const struct screen *to;
    } changes[] = {
        { "check.change.name", &scr_name },
        { "check.change.birth", &scr_birth },
        { "check.change.municipality", &scr_municipality },
        { "check.change.topic", &scr_topic },
        { "check.change.day", &scr_day },
        { "check.change.coach", &scr_contact },
        { "check.change.contact", &scr_contact },
    };

    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "check.confirm") == 0)
        return confirm(s);
    if (strcmp(a->id, "check.infix") == 0) {
        s->a.whole = !s->a.whole;
        return nav_stay();
    }
    for (size_t i = 0; i < ARRAY_LEN(changes); i++)
        if (strcmp(a->id, changes[i].id) == 0) {
            s->fixing = true;
            return nav_to(changes[i].to);
        }
    return nav_pass();
}

static int64_t due(const struct session *s)
{
    return s->errand == ERRAND_BOOK ? hold_due(s) : INT64_MAX;
}

static struct nav on_time(struct session *s)
{
    (void)s;
    return nav_stay();
}

const struct screen scr_check = {
    .name = "check", .rest = REST_ASK, .enter = enter, .load = load, .view = view,
    .on_action = on_action, .due = due, .on_time = on_time,
};
