/* S31: the coach's view of the day. Names stay covered until somebody looks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screens/journey.h"
#include "screens/words.h"
#include "screens/work.h"

static enum err load_help(struct session *s)
{
    utc_ms at;
    int open;
    enum err e = flow_help_open(s->host->flow, &s->staff.help, &at, &s->staff.help_state, &open);

    s->staff.help_open = e == ERR_OK;
    return e == ERR_NONE ? ERR_OK : e;
}

/* Names that were looked at stay with their visits. */
static void keep_names(struct staff_row *rows, size_t n, const struct staff_row *old, size_t n_old)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n_old; j++)
            if (ulid_same(&rows[i].line.visit, &old[j].line.visit))
                memcpy(rows[i].name, old[j].name, sizeof(rows[i].name));
}

static enum err load(struct session *s)
{
    CLEANUP(queue_list_done) struct queue_list list = { 0 };
    struct staff_state *st = &s->staff;
    const char *coach = st->all || !st->chosen.coach[0] ? NULL : st->chosen.coach;
    struct staff_row old[SCREEN_ROWS];
    size_t n_old = st->n_rows;
    enum err e = flow_queue(s->host->flow, coach, &list);

    if (e != ERR_OK)
        return e;
    memcpy(old, st->rows, sizeof(old));
    mem_wipe(st->rows, sizeof(st->rows));
    st->n_rows = list.n < SCREEN_ROWS ? list.n : SCREEN_ROWS;
    st->n_more = list.n - st->n_rows;
    for (size_t i = 0; i < st->n_rows; i++)
        st->rows[i].line = list.v[i];
    keep_names(st->rows, st->n_rows, old, n_old);
    mem_wipe(old, sizeof(old));
    return load_help(s);
}

static size_t page_rows(const struct ui *ui, const struct session *s)
{
    if (ui_look(ui)->large)
        return ui_portrait(ui_look(ui)) ? 4 : 3;
    if (ui_portrait(ui_look(ui)))
        return 8;
    return s->staff.n_rows <= 5 && !s->staff.help_open ? 5 : 4; /* room for the pages, the call */
}

static const char *state_word(const struct queue_line *l)
{
    switch (l->state) {
    case VISIT_CALLED:
        return C_("state of a visit", "called");
    case VISIT_IN_SERVICE:
        return C_("state of a visit", "with a coach");
    case VISIT_PAUSED:
        return C_("state of a visit", "out for a moment");
    case VISIT_MISSED:
        return C_("state of a visit", "did not come");
    case VISIT_PARKED:
        return C_("state of a visit", "put aside");
    case VISIT_WAITING:
    case VISIT_DONE:
    case VISIT_LEFT:
    case VISIT_UNSERVED:
    case VISIT_VOIDED:
    case VISIT_STATE_COUNT:
        break;
    }
    return l->urgent ? C_("state of a visit", "urgent") : "";
}

static const char *waited(struct ui *ui, const struct session *s, const struct queue_line *l)
{
    const char *word = state_word(l);

    if (word[0])
        return word;
    return TELL(ui, _("{n} min"), NUM("n", (long)((s->now - l->arrived) / MINUTE_MS)));
}

static const char *covered(struct ui *ui, const struct staff_row *r)
{
    return r->name[0] ? words_apart(ui, r->name) : "\u2022\u2022\u2022\u2022\u2022";
}

/* "TI": short enough for a row; the visitor's own page has the whole name. */
static const char *language_tag(struct ui *ui, const char *code)
{
    char tag[PERSON_LANG_SIZE] = "";

    for (size_t i = 0; code[i] && i + 1 < sizeof(tag); i++)
        tag[i] = code[i] >= 'a' && code[i] <= 'z' ? (char)(code[i] - 'a' + 'A') : code[i];
    return ui_fmt(ui, "%s", tag);
}

static int add_buttons(struct ui *ui, struct ui_line_row *row, size_t i, enum visit_state state)
{
    const enum work *w = work_offered(state);
    int n = 0;

    for (; w[n] != WORK_COUNT && n < UI_ROW_BUTTONS; n++)
        row->buttons[n] = (struct ui_button){
            .id = ui_fmt(ui, "queue.row.%zu.%s", i, work_id(w[n])),
            .text = work_label(w[n]),
            .kind = n == 0 && state != VISIT_WAITING ? UI_MAIN : UI_SECONDARY,
        };
    return n;
}

static void view_row(struct ui *ui, const struct session *s, size_t i)
{
    const struct staff_row *r = &s->staff.rows[i];
    const struct queue_line *l = &r->line;
    struct ui_line_row row = {
        .id = ui_fmt(ui, "queue.row.%zu", i),
        .tap = true,
        .marked = l->state == VISIT_CALLED || l->state == VISIT_IN_SERVICE,
        .say = ui_fmt(ui, "%s. %s. %s", l->ticket, words_topic(l->topic), waited(ui, s, l)),
    };

    row.cells[row.n_cells++] = (struct ui_cell){ .text = l->ticket, .bold = true, .weight = 0.8 };
    row.cells[row.n_cells++] =
        (struct ui_cell){ .text = covered(ui, r), .weight = 1.6, .personal = true };
    row.cells[row.n_cells++] =
        (struct ui_cell){ .text = words_topic(l->topic), .weight = 1.4, .small = true,
                          .tint = words_topic_tint(l->topic) };
    row.cells[row.n_cells++] =
        (struct ui_cell){ .text = waited(ui, s, l), .weight = 1.1, .small = true };
    if (!ui_portrait(ui_look(ui)) && !ui_look(ui)->large) {
        row.cells[row.n_cells++] = (struct ui_cell){ .text = language_tag(ui, l->lang),
                                                     .weight = 0.8, .small = true };
        row.cells[row.n_cells++] = (struct ui_cell){ .text = words_coach(s, l->coach),
                                                     .weight = 1.7, .small = true };
    }
    row.n_buttons = add_buttons(ui, &row, i, l->state);
    ui_line_row(ui, &row);
}

static void view_help_call(struct ui *ui, const struct session *s)
{
    if (!s->staff.help_open)
        return;
    UI_CARD(ui, .edge_mark = true, .gap = 16)
    {
        UI_TEXT(ui, .id = "queue.help", .text = _("Somebody at the screen asks for help."),
                .icon = "bell", .style = UI_BODY_BOLD);
        UI_ROW(ui, .gap = 16)
        {
            if (s->staff.help_state != HELP_COMING)
                UI_BUTTON(ui, .id = "queue.help.coming", .text = _("I am coming"),
                          .icon = "footprints");
            UI_BUTTON(ui, .id = "queue.help.done", .text = _("Helped"), .icon = "check");
        }
    }
}

static void view_pages(struct ui *ui, const struct session *s, size_t pages)
{
    if (pages < 2)
        return;
    UI_ROW(ui, .gap = 16)
    {
        UI_BUTTON(ui, .id = "queue.before", .text = _("Before"), .icon = "arrow-up",
                  .kind = UI_CALM, .disabled = s->staff.page == 0);
        UI_BUTTON(ui, .id = "queue.after", .text = _("After"), .icon = "arrow-down",
                  .kind = UI_CALM, .disabled = (size_t)s->staff.page + 1 >= pages);
    }
}

static bool with_coach(const struct queue_line *l)
{
    return l->state == VISIT_CALLED || l->state == VISIT_IN_SERVICE;
}

static void view_rows(struct ui *ui, const struct session *s, size_t from, size_t end)
{
    if (from == end)
        return;
    UI_CARD(ui, .gap = -1, .pad = 12)
    {
        for (size_t i = from; i < end; i++)
            view_row(ui, s, i);
    }
}

static void view_list(struct ui *ui, const struct session *s)
{
    size_t per = page_rows(ui, s), pages = (s->staff.n_rows + per - 1) / per;
    size_t page = pages && (size_t)s->staff.page >= pages ? pages - 1 : (size_t)s->staff.page;
    size_t end = page * per + per < s->staff.n_rows ? page * per + per : s->staff.n_rows;

    if (s->staff.n_rows == 0) {
        UI_NOTICE(ui, .id = "queue.empty", .text = _("Nobody is waiting."), .tone = UI_GOOD);
        return;
    }
    size_t first = page * per, busy = first;
    while (busy < end && with_coach(&s->staff.rows[busy].line))
        busy++;
    view_rows(ui, s, first, busy);
    view_rows(ui, s, busy, end);
    view_pages(ui, s, pages);
}

static void view(struct ui *ui, const struct session *s)
{
    const struct staff *me = &s->staff.chosen;

    UI_PAGE(ui, .name = "queue", .chrome = UI_CHROME_STAFF,
            .title = TELL(ui, P_("{n} person in the house", "{n} people in the house",
                                 (long)(s->staff.n_rows + s->staff.n_more)),
                          NUM("n", (long)(s->staff.n_rows + s->staff.n_more))),
            .subtitle = me->name, .top = true,
            .start = { .id = "queue.leave", .text = _("Log out"), .icon = "lock" },
            .end = { .id = "queue.device", .text = _("Device"), .icon = "settings" });
    words_trouble(ui, s);
    view_help_call(ui, s);
    UI_FLOW(ui, .gap = 16)
    {
        if (me->coach[0]) {
            UI_PILL(ui, .id = "queue.mine", .text = _("For me"), .selected = !s->staff.all);
            UI_PILL(ui, .id = "queue.all", .text = _("Everybody"), .selected = s->staff.all);
            UI_PILL(ui, .id = "queue.away", .text = _("I am going away"), .icon = "door");
        }
        if (work_may_undo(s))
            UI_PILL(ui, .id = "queue.undo", .icon = "undo", .selected = true,
                    .text = TELL(ui, _("Undo for {ticket}"), ARG("ticket", s->staff.done_ticket)));
    }
    view_list(ui, s);
    ui_space(ui, 0);
}

/* The first touch uncovers the name, which an audit line remembers; the next opens the page. */
static struct nav look(struct session *s, size_t i)
{
    struct staff_row *r = &s->staff.rows[i];
    struct person p;

    if (r->name[0]) {
        s->staff.visitor = r->line.visit;
        return nav_to(&scr_visitor);
    }
    enum err e = flow_visit_person(s->host->flow, &r->line.visit, &p);
    if (e != ERR_OK)
        return journey_refused(s, e);
    person_short_name(&p, r->name, sizeof(r->name));
    mem_wipe(&p, sizeof(p));
    return nav_stay();
}

static struct nav on_row(struct session *s, const char *rest)
{
    char *end;
    unsigned long i = strtoul(rest, &end, 10);

    if (end == rest || i >= s->staff.n_rows)
        return nav_stay();
    if (*end == '\0')
        return look(s, i);
    enum work w = work_of_id(end + 1);
    if (w == WORK_COUNT)
        return nav_pass();
    struct queue_line line = s->staff.rows[i].line;
    return work_do(s, w, &line);
}

static struct nav answer_help(struct session *s, enum help_state to)
{
    enum err e = flow_help_answer(s->host->flow, &s->staff.help, to);
    return e == ERR_OK ? nav_stay() : journey_refused(s, e);
}

static struct nav go_away(struct session *s)
{
    enum err e = flow_at_work(s->host->flow, s->staff.chosen.coach, false);
    return e == ERR_OK ? nav_end() : journey_refused(s, e);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    static const char row[] = "queue.row.";

    if (a->kind != UI_TAP)
        return nav_pass();
    if (strncmp(a->id, row, sizeof(row) - 1) == 0)
        return on_row(s, a->id + sizeof(row) - 1);
    if (strcmp(a->id, "queue.leave") == 0)
        return nav_end();
    if (strcmp(a->id, "queue.away") == 0)
        return go_away(s);
    if (strcmp(a->id, "queue.device") == 0)
        return nav_to(&scr_device);
    if (strcmp(a->id, "queue.undo") == 0)
        return work_undo(s);
    if (strcmp(a->id, "queue.help.coming") == 0)
        return answer_help(s, HELP_COMING);
    if (strcmp(a->id, "queue.help.done") == 0)
        return answer_help(s, HELP_DONE);
    if (strcmp(a->id, "queue.mine") == 0 || strcmp(a->id, "queue.all") == 0) {
        s->staff.all = strcmp(a->id, "queue.all") == 0;
        s->staff.page = 0;
    } else if (strcmp(a->id, "queue.before") == 0 && s->staff.page > 0)
        s->staff.page--;
    else if (strcmp(a->id, "queue.after") == 0)
        s->staff.page++;
    else
        return nav_pass();
    return load(s) == ERR_IO ? nav_fault() : nav_stay();
}

static struct nav on_time(struct session *s)
{
    (void)s;
    return nav_stay();
}

const struct screen scr_queue = {
    .name = "queue", .rest = REST_LOCK, .load = load, .view = view, .on_action = on_action,
    .due = work_undo_due, .on_time = on_time,
};
