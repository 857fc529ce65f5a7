#include "display/view.h"

#include <math.h>
#include <stdio.h>

#include "display/words.h"
#include "i18n/date.h"
#include "i18n/i18n.h"

#define MARGIN_U 48 /* of a page without chrome */
#define GAP_U 24
#define SPLIT 1.33  /* stage to list, side by side */
#define PAD_U 40    /* inside the stage */
#define LIST_PAD_U 36
#define LONG_LIST 4 /* more entries than this take the foot's room */
#define CAP 0.714   /* of Noto Sans */
#define LEAST_PART 0.4

/* Sizes of type in u, and what they leave for the list. */
struct sizes {
    double text;   /* every label */
    double title;  /* a message in the middle */
    double entry;  /* number and room in the list */
    double number; /* who is called now */
    double room;   /* where to go */
    double line;   /* height of a line of size 1 */
    int rows, cols;
    bool stacked;  /* stage above list, not beside it */
};

/* Size of type whose capitals are that high on the glass, in whole pixels. */
static double capital(const struct ui_look *look, double mm)
{
    return ceil(mm / CAP / ui_mm_per_px(look)) / ui_scale(look);
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

static double list_frame(const struct sizes *s)
{
    return 2 * LIST_PAD_U + s->line * s->text + 56; /* the heading and its rule */
}

/* The list in a place w x h: as large as it can stand, in one column or more. */
static void size_list(struct sizes *s, double w, double h, int n)
{
    double most = s->entry * 1.12;

    s->rows = s->cols = 1;
    s->entry = 0;
    for (int cols = 1; n > 0 && cols <= 4; cols++) {
        int rows = (n + cols - 1) / cols;
        double size = ((h - list_frame(s)) / rows - 14) / s->line;
        size = smaller(size, (w - 2 * LIST_PAD_U) / cols / 5.4);
        if (size > s->entry + 0.5) {
            s->entry = size;
            s->cols = cols;
            s->rows = rows;
        }
    }
    s->entry = smaller(s->entry, most);
}

static void size_stage(struct sizes *s, double w, double h)
{
    /* The label, the number with its air, the room in its box, and the gaps between. */
    double room = h - 2 * PAD_U - s->line * s->text - 24 - 46 - 5 * 16;

    s->number = smaller(room / (1.1 + 0.30 * s->line), (w - 2 * PAD_U) / 2.05);
    s->room = s->number * 0.30;
}

/* n: entries of the list; lines: of the foot; part: of the size that labels should have. */
static struct sizes size_page(const struct ui_look *look, int n, int lines, double part)
{
    double w = look->w / ui_scale(look) - 2 * MARGIN_U, h = look->h / ui_scale(look) - 2 * MARGIN_U;
    double side = smaller(w, h);
    struct sizes s = { .text = part * smaller(larger(50, capital(look, 26)), side / 11.5),
                       .title = part * smaller(larger(88, capital(look, 38)), side / 9),
                       .entry = smaller(larger(88, capital(look, 38)), side / 8),
                       .line = ui_line_px(look, 1000) / 1000.0,
                       .stacked = ui_portrait(look) };
    double free_h = h - (1 + lines) * (s.line * s.text + GAP_U);

    if (s.stacked) {
        double list = n ? smaller(free_h * 0.48, list_frame(&s) + n * (s.entry * s.line + 14)) : 0;
        size_list(&s, w, list, n);
        size_stage(&s, w, free_h - (n ? list + GAP_U : 0));
    } else {
        size_list(&s, (w - 32) / (SPLIT + 1), free_h, n);
        size_stage(&s, (w - 32) * SPLIT / (SPLIT + 1), h);
    }
    return s;
}

static const char *in_ui(struct ui *ui, const struct buf *b)
{
    return ui_fmt(ui, "%s", buf_str(b));
}

static const char *room_text(struct ui *ui, const struct board_call *call)
{
    CLEANUP(buf_done) struct buf b = buf_make(ROSTER_NAME_SIZE + 64);

    words_room(&b, call->room);
    return in_ui(ui, &b);
}

/* The same words in the second language; NULL when there is none. */
static const char *second(struct ui *ui, const struct view *v, const char *msgid)
{
    if (!v->second)
        return NULL;
    i18n_use(v->second);
    const char *text = ui_fmt(ui, "%s", _(msgid));
    i18n_use(v->lang);
    return text;
}

/* A label with the second language under it, both in the middle. */
static void two_lines(struct ui *ui, const struct view *v, const char *id, const char *msgid,
                      double size, double second_size)
{
    UI_TEXT(ui, .id = id, .text = _(msgid), .style = UI_TITLE, .size = size, .middle = true);
    const char *other = second(ui, v, msgid);
    if (other)
        UI_TEXT(ui, .text = other, .style = UI_BODY, .size = second_size, .colour = UI_INK_2,
                .middle = true);
}

/* ---- who is called now ---- */

static void stage_call(struct ui *ui, const struct view *v, const struct sizes *s,
                       const struct board_call *call)
{
    UI_CARD(ui, .id = "display.stage", .weight = s->stacked ? 1 : SPLIT, .pad = PAD_U,
            .gap = 12, .middle = true, .flat = true, .fill = v->lit ? UI_ACCENT : UI_BG)
    {
        UI_TEXT(ui, .id = "display.now", .text = _("It is your turn now"), .style = UI_BODY,
                .size = s->text, .colour = v->lit ? UI_ON_ACCENT : UI_INK_2, .one_line = true,
                .middle = true);
        ui_space(ui, 0);
        UI_NUMBER(ui, .id = "display.number", .text = call->number, .size = s->number,
                  .colour = v->lit ? UI_ON_ACCENT : UI_INK);
        ui_space(ui, 0);
        if (call->room[0])
            UI_BADGE(ui, .id = "display.room", .strong = room_text(ui, call), .icon = "arrow-end",
                     .size = s->room, .large = true,
                     .tint = v->lit ? UI_PRIMARY_TINT : UI_ACCENT, .natural = true);
        ui_space(ui, 0);
    }
}

/* A picture and a few words, in the middle. */
struct message {
    const char *icon;
    enum ui_token tint;
    const char *title, *hint; /* msgids; hint may be NULL */
};

static void put_message(struct ui *ui, const struct view *v, const struct sizes *s,
                        const struct message *m)
{
    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = m->icon, .size = s->text * 2.7, .tint = m->tint);
    ui_space(ui, 20);
    two_lines(ui, v, "display.message", m->title, s->title, s->text);
    if (m->hint)
        two_lines(ui, v, "display.hint", m->hint, s->text, s->text);
}

static const struct message *message_of(const struct board *b)
{
    static const struct message calm = { "people", UI_ACCENT, N_("Take a seat."),
                                         N_("We call your number.") };
    static const struct message stale = { "speaker", UI_ACCENT, N_("Listen for your number"),
                                          NULL };
    static const struct message closed = { "moon", UI_PRIMARY_TINT, N_("We are closed now."),
                                           NULL };
    return b->mode == BOARD_STALE ? &stale : b->mode == BOARD_CLOSED ? &closed : &calm;
}

/* ---- the others ---- */

static void entry(struct ui *ui, const struct board_call *call, int i, double size)
{
    UI_ROW(ui, .gap = 24)
    {
        UI_TEXT(ui, .id = ui_fmt(ui, "display.call.%d", i), .text = call->number,
                .style = UI_SECTION, .size = size, .one_line = true, .natural = true,
                .colour = call->inside ? UI_INK_2 : UI_INK);
        UI_TEXT(ui, .id = ui_fmt(ui, "display.room.%d", i), .text = room_text(ui, call),
                .style = UI_BODY, .size = size * 0.85, .one_line = true, .end = true,
                .colour = UI_INK_2);
    }
}

static void column(struct ui *ui, const struct sizes *s, const struct board *b, size_t from,
                   size_t to)
{
    UI_COLUMN(ui, .gap = 4)
    {
        for (size_t i = from; i < b->n && i < to; i++) {
            if (i > from)
                ui_rule(ui);
            entry(ui, &b->calls[i], (int)i, s->entry);
        }
    }
}

static void others(struct ui *ui, const struct sizes *s,
                   const struct board *b, size_t first)
{
    UI_CARD(ui, .weight = s->stacked ? 0 : 1, .pad = LIST_PAD_U, .gap = 12,
            .flat = true)
    {
        UI_TEXT(ui, .text = first ? _("Also called") : _("Just called"), .style = UI_BODY,
                .size = s->text, .colour = UI_INK_2, .one_line = true);
        ui_rule(ui);
        UI_ROW(ui, .gap = 48)
        {
            for (int c = 0; c < s->cols; c++)
                column(ui, s, b, first + (size_t)(c * s->rows), first + (size_t)((c + 1) * s->rows));
        }
        ui_space(ui, 0);
    }
}

/* What the others do meanwhile, where no list stands. */
static void wait_here(struct ui *ui, const struct view *v, const struct sizes *s)
{
    static const char *const call = N_("We call your number.");

    UI_CARD(ui, .weight = 1, .pad = LIST_PAD_U, .flat = true, .middle = true)
    {
        ui_space(ui, 0);
        UI_PICTURE(ui, .icon = "people", .size = s->text * 1.8);
        ui_space(ui, 16);
        UI_TEXT(ui, .text = _(call), .style = UI_BODY_BOLD, .size = s->text, .middle = true);
        const char *other = second(ui, v, call);
        if (other)
            UI_TEXT(ui, .text = other, .style = UI_BODY, .size = s->text, .colour = UI_INK_2,
                    .middle = true);
        ui_space(ui, 0);
    }
}

/* ---- the page ---- */

static void head(struct ui *ui, const struct view *v, const struct sizes *s, const struct board *b)
{
    CLEANUP(buf_done) struct buf time = buf_make(16);

    i18n_time(&time, b->minute);
    UI_ROW(ui, .gap = 24)
    {
        UI_TEXT(ui, .text = "Dynamo", .style = UI_SECTION, .size = s->text, .one_line = true,
                .colour = UI_INK);
        if (v->clock_sure)
            UI_TEXT(ui, .id = "display.clock", .text = in_ui(ui, &time), .style = UI_SECTION,
                    .size = s->text, .one_line = true, .end = true, .colour = UI_INK);
    }
}

/* Both languages in a row where the page is wide, under one another where it is high. */
static void foot(struct ui *ui, const struct view *v, const struct sizes *s, int lines, bool wide)
{
    static const char *const order = N_("We go in order.");
    const char *other = second(ui, v, order);
    bool row = other && wide;

    if (lines == 0)
        return;
    UI_ROW(ui, .gap = GAP_U)
    {
        UI_TEXT(ui, .id = "display.order", .text = _(order), .style = UI_BODY, .size = s->text,
                .colour = UI_INK_2, .one_line = true);
        if (row)
            UI_TEXT(ui, .text = other, .style = UI_BODY, .size = s->text, .colour = UI_INK_2,
                    .one_line = true, .end = true);
    }
    if (other && lines > 1)
        UI_TEXT(ui, .text = other, .style = UI_BODY, .size = s->text, .colour = UI_INK_2,
                .one_line = true);
}

static void stage(struct ui *ui, const struct view *v, const struct sizes *s, const struct board *b)
{
    if (b->mode == BOARD_CALLS) {
        stage_call(ui, v, s, &b->calls[0]);
        return;
    }
    UI_CARD(ui, .id = "display.stage", .weight = s->stacked ? 1 : SPLIT, .pad = PAD_U,
            .gap = 8, .middle = true, .flat = true)
    {
        put_message(ui, v, s, message_of(b));
        ui_space(ui, 0);
    }
}

static size_t first_of_list(const struct board *b)
{
    return b->mode == BOARD_CALLS ? 1 : 0;
}

static bool has_list(const struct board *b)
{
    return b->mode != BOARD_STALE && b->n > first_of_list(b);
}

/* Lines of the foot; none where a long list wants the room. */
static int foot_lines(const struct view *v, int n)
{
    if (n > LONG_LIST)
        return 0;
    return v->second && ui_portrait(&v->look) ? 2 : 1;
}

static void view_stacked(struct ui *ui, const struct view *v, const struct sizes *s,
                         const struct board *b, int lines)
{
    head(ui, v, s, b);
    stage(ui, v, s, b);
    if (has_list(b))
        others(ui, s, b, first_of_list(b));
    foot(ui, v, s, lines, false);
}

static void view_beside(struct ui *ui, const struct view *v, const struct sizes *s,
                        const struct board *b, int lines)
{
    UI_ROW(ui, .gap = 32, .weight = 1)
    {
        stage(ui, v, s, b);
        UI_COLUMN(ui, .gap = GAP_U)
        {
            head(ui, v, s, b);
            if (has_list(b))
                others(ui, s, b, first_of_list(b));
            else
                wait_here(ui, v, s);
            foot(ui, v, s, lines, false);
        }
    }
}

static void view_room(struct ui *ui, const struct view *v, const struct board *b, double part)
{
    int n = (int)(b->n - first_of_list(b)), lines = foot_lines(v, n);
    struct sizes s = size_page(ui_look(ui), n, lines, part);

    if (s.stacked)
        view_stacked(ui, v, &s, b, lines);
    else
        view_beside(ui, v, &s, b, lines);
}

/* Nobody is called: a few words over the whole width. */
static void view_message(struct ui *ui, const struct view *v, const struct board *b, double part)
{
    CLEANUP(buf_done) struct buf next = buf_make(256);
    int lines = b->mode == BOARD_CLOSED ? 0 : foot_lines(v, 0);
    struct sizes s = size_page(ui_look(ui), 0, lines, part);

    head(ui, v, &s, b);
    UI_COLUMN(ui, .weight = 1, .gap = 8, .middle = true)
    {
        put_message(ui, v, &s, message_of(b));
        words_opening(&next, b);
        if (next.n > 0)
            UI_TEXT(ui, .id = "display.next", .text = in_ui(ui, &next), .style = UI_BODY,
                    .size = s.text, .middle = true);
        ui_space(ui, 0);
    }
    foot(ui, v, &s, lines, lines == 1);
}

static enum err describe(struct ui *ui, const struct view *v, const struct board *b, double part)
{
    static const char *const names[] = { [BOARD_CALLS] = "display", [BOARD_CALM] = "display",
                                         [BOARD_CLOSED] = "closed", [BOARD_NIGHT] = "night",
                                         [BOARD_STALE] = "stale" };
    struct ui_frame frame = { .look = v->look };
    const struct i18n_lang *lang = i18n_lang(v->lang);

    if (b->mode == BOARD_NIGHT)
        frame.look.theme = UI_CONTRAST; /* whose ground is black */
    frame.look.rtl = lang && lang->rtl;
    snprintf(frame.look.lang, sizeof(frame.look.lang), "%s", v->lang);
    i18n_use(v->lang);
    ui_begin(ui, &frame);
    UI_PAGE(ui, .name = names[b->mode], .chrome = UI_CHROME_BARE, .top = true);
    if (b->mode != BOARD_NIGHT && (b->mode == BOARD_CALLS || has_list(b)))
        view_room(ui, v, b, part);
    else if (b->mode != BOARD_NIGHT)
        view_message(ui, v, b, part);
    return ui_finish(ui);
}

/* Nobody turns a page here: where long words do not fit, all labels are smaller. */
enum err view_paint(struct ui *ui, const struct view *v, const struct board *b)
{
    enum err e = ERR_OK;

    for (double part = 1; part > LEAST_PART; part *= 0.86) {
        e = describe(ui, v, b, part);
        if (e != ERR_OK || !ui_widget_find(ui, "page.more"))
            break;
    }
    return e;
}

/* ---- against burn-in ---- */

#define DRIFT_EVERY 5 /* minutes */

void view_drift(int minute, int *ret_dx, int *ret_dy)
{
    static const signed char path[8][2] = { { 0, 0 },   { 4, 2 },  { 8, 0 },  { 6, -4 },
                                            { 0, -6 }, { -6, -4 }, { -8, 0 }, { -4, 4 } };
    int at = minute / DRIFT_EVERY % 8;

    *ret_dx = path[at][0];
    *ret_dy = path[at][1];
}

enum err view_moved(const struct ui_draw *from, int dx, int dy, struct ui_draw *to)
{
    ui_draw_clear(to, from->w, from->h);
    for (size_t i = 0; i < from->n; i++) {
        struct ui_draw_cmd cmd = from->v[i];
        bool ground = cmd.kind == UI_DRAW_FILL && cmd.box.w == from->w && cmd.box.h == from->h;
        if (!ground) {
            cmd.box.x += dx;
            cmd.box.y += dy;
            cmd.x += dx;
            cmd.baseline += dy;
        }
        ui_draw_add(to, cmd, cmd.n ? ui_draw_bytes(from, &from->v[i]) : NULL, cmd.n);
    }
    return to->failed ? ERR_NOMEM : ERR_OK;
}
