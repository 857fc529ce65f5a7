/* S32: one visitor: who, for what, and what else can be done. */
#include <string.h>

#include "base/mem.h"
#include "screens/journey.h"
#include "screens/words.h"
#include "screens/work.h"

static void enter(struct session *s)
{
    s->staff.asking = STAFF_ASK_NONE;
    if (flow_visit_person(s->host->flow, &s->staff.visitor, &s->staff.person) != ERR_OK)
        mem_wipe(&s->staff.person, sizeof(s->staff.person));
}

static enum err load(struct session *s)
{
    return flow_visit(s->host->flow, &s->staff.visitor, &s->staff.line);
}

static void view_person(struct ui *ui, const struct session *s)
{
    const struct person *p = &s->staff.person;
    const struct queue_line *l = &s->staff.line;
    char name[PERSON_FULL_SIZE];

    person_full_name(p, name, sizeof(name));
    UI_CARD(ui, .gap = -1)
    {
        UI_PAIR(ui, .id = "visitor.name", .icon = "person", .label = _("Name"),
                .value = words_apart(ui, name), .personal = true);
        UI_PAIR(ui, .icon = "calendar", .label = _("Birth date"),
                .value = words_date(ui, p->birth, I18N_DATE_YEAR), .personal = true);
        if (!ui_look(ui)->large)
            UI_PAIR(ui, .icon = "pin", .label = _("Municipality"),
                    .value = words_municipality(ui, s, p->municipality), .personal = true);
        UI_PAIR(ui, .icon = words_topic_icon(l->topic), .label = _("It is about"),
                .value = words_topic(l->topic), .personal = true);
        UI_PAIR(ui, .icon = "globe", .label = _("Language"), .value = words_language(l->lang));
        UI_PAIR(ui, .icon = "people", .label = _("Your coach"),
                .value = words_coach(s, l->coach));
        if (l->due)
            UI_PAIR(ui, .icon = "clock", .label = _("Appointment"),
                    .value = words_time(ui, s, l->due));
        if (p->phone[0] || p->email[0])
            UI_PAIR(ui, .icon = "phone", .label = _("How we reach you"),
                    .value = ui_fmt(ui, "\u2066%s\u2069", p->phone[0] ? p->phone : p->email),
                    .personal = true);
    }
    mem_wipe(name, sizeof(name));
}

static void act(struct ui *ui, enum work w)
{
    UI_BUTTON(ui, .id = ui_fmt(ui, "visitor.%s", work_id(w)), .text = work_label(w),
              .icon = work_icon(w));
}

/* Who waits waits for somebody else; who is with a coach goes on to another one. */
static bool may_redirect(enum visit_state st)
{
    return st == VISIT_WAITING || st == VISIT_IN_SERVICE;
}

static void view_acts(struct ui *ui, const struct session *s)
{
    enum visit_state st = s->staff.line.state;
    const enum work *w = work_offered(st);

    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 2 : 1, .gap = 20)
    {
        for (; *w != WORK_COUNT; w++)
            act(ui, *w);
        if (may_redirect(st))
            UI_BUTTON(ui, .id = "visitor.redirect", .text = _("To somebody else"),
                      .icon = "people");
        if (st == VISIT_CALLED || st == VISIT_IN_SERVICE)
            UI_BUTTON(ui, .id = "visitor.park", .text = _("Put aside"), .icon = "pause");
        if (st == VISIT_WAITING && !s->staff.line.urgent)
            UI_BUTTON(ui, .id = "visitor.urgent", .text = _("Urgent"), .icon = "warning");
        if (s->host->printer)
            UI_BUTTON(ui, .id = "visitor.print", .text = _("Print"), .icon = "printer");
        if (visit_open(st))
            UI_BUTTON(ui, .id = "visitor.remove", .text = _("Remove"), .icon = "delete");
    }
}

static void view_redirect(struct ui *ui, const struct session *s)
{
    const struct roster *r = flow_roster(s->host->flow);
    bool in_service = s->staff.line.state == VISIT_IN_SERVICE;

    UI_SHEET(ui, .name = "visitor", .title = _("Who may help?"), .icon = "people",
             .back = "visitor.close")
    {
        UI_GRID(ui, .cols = 2, .gap = 20)
        {
            for (size_t i = 0; r && i < r->n_coaches && i < SCREEN_COACHES; i++)
                if (strcmp(r->coaches[i].id, s->staff.line.coach) != 0)
                    UI_OPTION(ui, .id = ui_fmt(ui, "visitor.coach.%s", r->coaches[i].id),
                              .text = r->coaches[i].name);
            for (size_t i = 0; in_service && r && i < r->n_services; i++)
                if (strcmp(r->services[i].id, s->staff.line.service) != 0)
                    UI_OPTION(ui, .id = ui_fmt(ui, "visitor.service.%s", r->services[i].id),
                              .text = roster_service_label(r, (int)i, s->prefs.lang));
        }
        UI_BUTTON(ui, .id = "visitor.close", .text = _("Back"), .kind = UI_MAIN);
    }
}

static void view_choice(struct ui *ui, const char *title, const char *icon, const enum work *works,
                        size_t n)
{
    UI_SHEET(ui, .name = "visitor", .title = title, .icon = icon, .back = "visitor.close")
    {
        for (size_t i = 0; i < n; i++)
            act(ui, works[i]);
        UI_BUTTON(ui, .id = "visitor.close", .text = _("Back"), .kind = UI_MAIN);
    }
}

static void view_asking(struct ui *ui, const struct session *s)
{
    static const enum work urgent[] = { WORK_URGENT_LEAVES, WORK_URGENT_UPSET, WORK_URGENT_OTHER };
    static const enum work park[] = { WORK_PARK_15, WORK_PARK_30 };
    static const enum work remove[] = { WORK_VOID };

    switch (s->staff.asking) {
    case STAFF_ASK_REDIRECT:
        view_redirect(ui, s);
        break;
    case STAFF_ASK_URGENT:
        view_choice(ui, _("Why is it urgent?"), "warning", urgent, ARRAY_LEN(urgent));
        break;
    case STAFF_ASK_PARK:
        view_choice(ui, _("For how long?"), "pause", park, ARRAY_LEN(park));
        break;
    case STAFF_ASK_VOID:
        view_choice(ui, _("Remove this number?"), "delete", remove, ARRAY_LEN(remove));
        break;
    case STAFF_ASK_NONE:
        break;
    }
}

static void view(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "visitor", .chrome = UI_CHROME_STAFF, .title = s->staff.line.ticket,
            .back = true, .top = true);
    words_trouble(ui, s);
    if (s->staff.paper == PAPER_FAILED)
        UI_NOTICE(ui, .text = _("The printer does not work."), .tone = UI_WARN, .icon = "printer");
    if (work_may_undo(s))
        UI_BUTTON(ui, .id = "visitor.undo", .text = work_label(WORK_UNDO), .icon = "undo",
                  .kind = UI_YELLOW);
    UI_SPLIT(ui, .gap = 32)
    {
        view_person(ui, s);
        view_acts(ui, s);
    }
    ui_space(ui, 0);
    view_asking(ui, s);
}

static struct nav on_tap(struct session *s, const char *act_id)
{
    static const char coach[] = "coach.", service[] = "service.";
    struct queue_line line = s->staff.line;
    struct nav n;

    if (strncmp(act_id, coach, sizeof(coach) - 1) == 0)
        n = work_redirect(s, &line, act_id + sizeof(coach) - 1, NULL);
    else if (strncmp(act_id, service, sizeof(service) - 1) == 0)
        n = work_redirect(s, &line, NULL, act_id + sizeof(service) - 1);
    else if (strcmp(act_id, work_id(WORK_UNDO)) == 0)
        n = work_undo(s);
    else if (work_of_id(act_id) != WORK_COUNT)
        n = work_do(s, work_of_id(act_id), &line);
    else
        return nav_pass();
    if (n.kind == NAV_STAY && load(s) == ERR_IO)
        return nav_fault();
    return n;
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    static const char prefix[] = "visitor.";
    const char *id = a->id + sizeof(prefix) - 1;

    if (a->kind != UI_TAP || strncmp(a->id, prefix, sizeof(prefix) - 1) != 0)
        return nav_pass();
    if (strcmp(id, "redirect") == 0)
        s->staff.asking = STAFF_ASK_REDIRECT;
    else if (strcmp(id, "urgent") == 0)
        s->staff.asking = STAFF_ASK_URGENT;
    else if (strcmp(id, "park") == 0)
        s->staff.asking = STAFF_ASK_PARK;
    else if (strcmp(id, "remove") == 0)
        s->staff.asking = STAFF_ASK_VOID;
    else if (strcmp(id, "close") == 0)
        s->staff.asking = STAFF_ASK_NONE;
    else if (strcmp(id, "print") == 0)
        s->staff.paper = PAPER_ASKED;
    else
        return on_tap(s, id);
    return nav_stay();
}

static struct nav on_time(struct session *s)
{
    (void)s;
    return nav_stay();
}

const struct screen scr_visitor = {
    .name = "visitor", .rest = REST_LOCK, .enter = enter, .load = load, .view = view,
    .on_action = on_action, .due = work_undo_due, .on_time = on_time,
};
