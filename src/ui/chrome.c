/*
 * What every page has in the same place: header, title, tools, bottom bar; and
 * the sheet that lies over a page.
 */
#include "ui/page.h"

#include <string.h>

#include "base/mem.h"

enum { TOOLS = 4 };

/* Where the parts of a page stand, px, from left to right. */
struct chrome {
    int margin;
    struct ui_rect header, title, tools, bar;
    struct ui_rect start, help, end;
    struct ui_rect over; /* of a main act whose words do not fit in the bar: above it */
    bool low;      /* no height to waste: the title stands where the brand does */
    int tool_rows; /* of the tools under the body */
    bool rail;     /* tools in a column at the end side: short landscape */
    bool in_bar;   /* tools in the bar: wide landscape */
    bool stacked;  /* tools: icon above the word */
};

static bool bare(const struct ui *ui)
{
    return ui->page.chrome == UI_CHROME_BARE;
}

/* A low wide canvas has its tools in a column at the end side. */
static bool in_rail(const struct ui *ui)
{
    return ui_short(&ui->frame.look) && !ui_portrait(&ui->frame.look);
}

static bool has_tools(const struct ui *ui)
{
    enum ui_chrome c = ui->page.chrome;
    return (c == UI_CHROME_QUESTION || c == UI_CHROME_RESULT) && !ui->page.no_tools;
}

static int margin(const struct ui *ui)
{
    return ui_u(ui, 48);
}

bool ui_more_in_rail(const struct ui *ui)
{
    return ui->parts > 1 && !ui->keyboard && !ui->frame.look.large && in_rail(ui) && has_tools(ui);
}

/* ---- measures ---- */

static int bar_button_h(const struct ui *ui)
{
    const struct ui_look *look = &ui->frame.look;
    return ui_u(ui, ui_short(look) ? 111 : look->large ? 156 : 124);
}

/* White room over the buttons of the bar; on a low canvas it counts as gap. */
static int bar_pad(const struct ui *ui)
{
    return ui_short(&ui->frame.look) ? ui_u(ui, 10) : 0;
}

static int bar_h(const struct ui *ui)
{
    bool low = ui_short(&ui->frame.look);
    return bar_button_h(ui) + ui_u(ui, low ? 10 : 28) + ui_u(ui, low ? 45 : 48);
}

static struct ui_fit title_fit(struct ui *ui, int w)
{
    enum ui_style style = UI_TITLE;
    bool small = ui_short(&ui->frame.look) || ui->squeeze.level == 2;
    struct ui_font font = { ui_style_px(&ui->frame.look, style), true };
    int floor = ui_style_floor_px(&ui->frame.look, style);
    if (small)
        font.px = (font.px + floor) / 2;
    if (ui->squeeze.floors)
        font.px = floor;
    return ui_fit_px(ui, ui->page.title, font, floor, w, 3);
}

/* A line of running text stays readable up to some 45 characters. */
static int measure_w(const struct ui *ui, int w)
{
    int most = ui_style_px(&ui->frame.look, UI_BODY) * 45 * 55 / 100;
    return w < most ? w : most;
}

static struct ui_fit subtitle_fit(struct ui *ui, int w)
{
    const char *text = ui->squeeze.bare ? "" : ui->page.subtitle;
    return ui_fit(ui, text, UI_BODY, measure_w(ui, w), 4);
}

static const struct ui_slot *tool(struct ui *ui, int i, struct ui_slot *out)
{
    const struct ui_words *w = &ui->words;
    const struct ui_slot all[TOOLS] = {
        { .id = "tool.language", .text = w->language, .icon = "globe", .kind = UI_CALM },
        { .id = "tool.speak", .text = ui->frame.speaking ? w->hush : w->speak,
          .icon = ui->frame.speaking ? "speaker-off" : "speaker", .kind = UI_CALM },
        { .id = "tool.letters", .text = w->letters, .icon = "letters", .kind = UI_CALM },
        { .id = "tool.stop", .text = w->stop, .icon = "cross", .kind = UI_CALM },
    };
    *out = all[i];
    return out;
}

/* Width a tool needs with its icon beside the word. */
static int tools_widest(struct ui *ui)
{
    int widest = 0;
    struct ui_slot s;
    for (int i = 0; i < TOOLS; i++) {
        int w = ui_text_w(ui, tool(ui, i, &s)->text, UI_HINT);
        widest = w > widest ? w : widest;
    }
    return widest + ui_u(ui, 44 + 14 + 32);
}

/* What the word of a tool may take of a tile's width. */
static int tool_room(const struct ui *ui, int tile, bool stacked)
{
    return stacked ? tile - ui_u(ui, 12) : tile - ui_u(ui, 44 + 14 + 24);
}

/* The height that the highest tool needs in a tile of this width. */
static int tools_h(struct ui *ui, const struct chrome *c, int tile)
{
    int least = ui_least(ui), word = 0;
    struct ui_slot s;
    for (int i = 0; i < TOOLS; i++) {
        const char *text = tool(ui, i, &s)->text;
        int h = ui_fit_label(ui, text, UI_HINT, tool_room(ui, tile, c->stacked)).h;
        word = h > word ? h : word;
    }
    int h = c->stacked ? ui_u(ui, 44) + word + ui_u(ui, 20) : ui_tight(ui, 96, 80);
    h = h > word + ui_u(ui, 16) ? h : word + ui_u(ui, 16);
    return h > least ? h : least;
}

static void place_bar(struct ui *ui, struct chrome *c)
{
    const struct ui_look *look = &ui->frame.look;
    int w = look->w - 2 * c->margin, gap = ui_u(ui, ui_portrait(look) ? 16 : 24);
    c->bar = (struct ui_rect){ 0, look->h - bar_h(ui), look->w, bar_h(ui) };
    int y = look->h - ui_u(ui, ui_short(look) ? 45 : 48) - bar_button_h(ui), h = bar_button_h(ui);
    int side = (int)(w * 0.345), least = ui_u(ui, look->large ? 264 : 280);
    bool wide = w > ui_u(ui, 1500);
    int help = wide ? ui_u(ui, 270) : w - 2 * gap - 2 * (side > least ? side : least);
    side = (w - 2 * gap - help) / 2;
    c->help = (struct ui_rect){ c->margin + side + gap, y, help, h };
    int tile = (w - 2 * ui_u(ui, 340) - help - 6 * ui_u(ui, 16)) / TOOLS;
    c->in_bar = wide && has_tools(ui) && tools_widest(ui) - ui_u(ui, 78) <= tile;
    int own = side;
    if (wide && ui->page.chrome != UI_CHROME_WELCOME)
        own = c->in_bar ? ui_u(ui, 340) : ui_u(ui, 480);
    c->start = (struct ui_rect){ c->margin, y, own, h };
    c->end = (struct ui_rect){ look->w - c->margin - own, y, own, h };
    if (ui->page.chrome == UI_CHROME_STAFF && !wide) {
        /* No help there: the two ends share the bar. */
        c->start.w = (w - gap) / 2;
        c->end.x = c->margin + c->start.w + gap;
        c->end.w = c->start.w;
    }
}

static struct ui_slot start_slot(const struct ui *ui)
{
    const struct ui_page *p = &ui->page;
    if (p->start.text && *p->start.text)
        return p->start;
    if (p->chrome == UI_CHROME_WELCOME)
        return (struct ui_slot){ .id = "tool.speak", .kind = UI_CALM,
                                 .text = ui->frame.speaking ? ui->words.hush : ui->words.speak,
                                 .icon = ui->frame.speaking ? "speaker-off" : "speaker" };
    if (p->back)
        return (struct ui_slot){ .id = "nav.back", .text = ui->words.back, .icon = "arrow-start" };
    return (struct ui_slot){ 0 };
}

static struct ui_slot end_slot(const struct ui *ui)
{
    const struct ui_page *p = &ui->page;
    if (p->end.text && *p->end.text)
        return p->end;
    if (p->chrome == UI_CHROME_WELCOME)
        return (struct ui_slot){ .id = "tool.letters", .text = ui->words.letters,
                                 .icon = "letters", .kind = UI_CALM };
    if (p->next && *p->next)
        return (struct ui_slot){ .id = "nav.next", .text = p->next, .icon = "arrow-end",
                                 .icon_end = true, .kind = UI_MAIN, .disabled = p->next_disabled };
    return (struct ui_slot){ 0 };
}

/* Width of the tools beside the body; their words may stand on two lines. */
static int rail_width(struct ui *ui)
{
    int w = tools_widest(ui), most = ui_u(ui, ui->frame.look.large ? 400 : 250), word = 0;
    struct ui_slot s;
    for (int i = 0; i <= TOOLS; i++) {
        const char *text = i < TOOLS ? tool(ui, i, &s)->text : ui->words.more;
        int own = ui_word_w(ui, text, UI_HINT) + ui_u(ui, 44 + 14 + 24) + 1;
        word = own > word ? own : word;
    }
    w = w < most ? w : most;
    return w > word ? w : word;
}

/* A page's own act, as to take a place in the queue, is the largest word of its bar: where a
 * portrait page has height to spare, it is not made smaller to fit beside Help. */
static bool wants_room(struct ui *ui, const struct chrome *c)
{
    const struct ui_slot *end = &ui->page.end;
    if (!*end->text || end->kind != UI_MAIN || ui->squeeze.level > 0 ||
        !ui_portrait(&ui->frame.look))
        return false;
    return ui_button_natural(ui, &(struct ui_button){ .text = end->text, .icon = end->icon }) >
           c->end.w;
}

/* The end button above the bar, as wide as the body, when its words are too long for the bar. */
static void place_over(struct ui *ui, struct chrome *c)
{
    struct ui_slot end = end_slot(ui);
    const char *text = end.text && *end.text ? end.text : "";
    c->over = (struct ui_rect){ c->margin, c->bar.y, 0, 0 };
    struct ui_fit f = ui_fit_label(ui, text, UI_LABEL, c->end.w - ui_u(ui, 12));
    int h = bar_button_h(ui);
    bool fits = f.ok && f.h <= h + f.line_h / 4; /* a line holds room above and below its letters */
    if (fits && !wants_room(ui, c))
        return;
    int w = ui->frame.look.w - 2 * c->margin;
    if (in_rail(ui) && has_tools(ui))
        w -= rail_width(ui) + ui_u(ui, 28); /* the tools go on down to the bar */
    c->over = (struct ui_rect){ c->margin, c->bar.y - h - ui_u(ui, 20), w, h };
}

static void place_tools(struct ui *ui, struct chrome *c)
{
    const struct ui_look *look = &ui->frame.look;
    c->tools = (struct ui_rect){ 0, c->over.y, 0, 0 };
    if (!has_tools(ui) || c->in_bar)
        return;
    int w = look->w - 2 * c->margin, gap = ui_u(ui, 16);
    c->rail = in_rail(ui);
    if (c->rail) {
        int rail_w = rail_width(ui);
        c->tools = (struct ui_rect){ look->w - c->margin - rail_w, 0, rail_w, 0 };
        return;
    }
    int tile = (w - 3 * gap) / TOOLS, beside = ui_u(ui, 44 + 14 + 32);
    c->tool_rows = tools_widest(ui) - beside + ui_u(ui, 12) > tile ? 2 : 1;
    c->stacked = c->tool_rows == 1 && tools_widest(ui) > tile;
    tile = (w + gap) * c->tool_rows / TOOLS - gap;
    int h = c->tool_rows * (tools_h(ui, c, tile) + gap) - gap;
    c->tools = (struct ui_rect){ c->margin, c->over.y - h - ui_tight(ui, 24, 14), w, h };
}

/* What stands at the end of the header: step and clock. */
static const char *header_text(struct ui *ui, int room)
{
    const char *both = ui_join(ui, ui->page.step, "  \xC2\xB7  ", ui->frame.clock);
    bool fits = ui_text_w(ui, both, UI_HINT) <= room;
    return fits || !*ui->page.step ? both : ui->page.step; /* the clock gives way */
}

static int title_gap(const struct ui *ui)
{
    return ui_tight(ui, 10, 0);
}

/* On a low canvas title and step share the first line. */
static void place_low_title(struct ui *ui, struct chrome *c)
{
    int w = c->header.w - ui_text_w(ui, header_text(ui, c->header.w / 2), UI_HINT) - ui_u(ui, 32);
    int sub_h = subtitle_fit(ui, c->header.w - (c->rail ? c->tools.w + ui_u(ui, 28) : 0)).h;
    struct ui_fit title = title_fit(ui, w);
    if (title.lines.n > 1) {
        w = c->header.w; /* the question matters more than the step */
        title = title_fit(ui, w);
    }
    c->title = (struct ui_rect){ c->header.x, c->header.y, w,
                                 title.h + (sub_h ? title_gap(ui) + sub_h : 0) };
    c->header.h = title.line_h;
}

static struct chrome measure(struct ui *ui)
{
    struct chrome c = { .margin = margin(ui) };
    const struct ui_look *look = &ui->frame.look;
    bool low = ui_short(look);
    place_bar(ui, &c);
    place_over(ui, &c);
    place_tools(ui, &c);
    int top = ui_tight(ui, low ? 24 : ui_portrait(look) ? 46 : 36, low ? 18 : 30);
    int header_h = ui_line_px(look, ui_style_px(look, UI_SECTION));
    c.header = (struct ui_rect){ c.margin, top, look->w - 2 * c.margin, header_h };
    int w = c.header.w;
    c.low = low && *ui->page.title;
    if (c.low) {
        place_low_title(ui, &c);
        return c;
    }
    int title_h = title_fit(ui, w).h, sub_h = subtitle_fit(ui, w).h;
    int gap = ui_tight(ui, low ? 4 : ui_portrait(look) ? 44 : 18, low ? 2 : 8);
    if (ui->page.chrome == UI_CHROME_RESULT && !low)
        gap = ui_tight(ui, 60, 20);
    c.title = (struct ui_rect){ c.margin, top + header_h + gap, w,
                                title_h + (sub_h ? title_gap(ui) + sub_h : 0) };
    return c;
}

/* Controls stay below this, px: the reach of a wheelchair user, or lower half. */
static int reach_top(const struct ui *ui)
{
    const struct ui_look *look = &ui->frame.look;
    int top = 0;
    if (look->mount_bottom_mm > 0)
        top = look->h - (int)((1220 - look->mount_bottom_mm) / ui_mm_per_px(look));
    if (look->lower && ui_portrait(look) && top < look->h / 2)
        top = look->h / 2;
    return top > 0 ? top : 0;
}

static int chrome_bottom(const struct ui *ui, const struct chrome *c)
{
    if (c->tools.h > 0)
        return c->tools.y - ui_gap_px(ui, 24);
    int pad = c->over.h > 0 ? 0 : bar_pad(ui);
    return c->over.y - ui_gap_px(ui, ui_short(&ui->frame.look) ? 14 : 24) + pad;
}

static bool has_bar(const struct ui *ui)
{
    return !bare(ui);
}

/* Over letters stands a bubble with the one held, or its accents: where there is
 * height enough, it does not cover the field. */
static int keyboard_gap(const struct ui *ui)
{
    enum ui_keys k = ui->keyboard->keys;
    bool bubbles = k == UI_KEYS_NAME || k == UI_KEYS_GIVEN || k == UI_KEYS_TEXT;
    int gap = ui_gap_px(ui, 28), bubble = ui_u(ui, 168);
    return bubbles && ui->squeeze.level == 0 && bubble > gap ? bubble : gap;
}

void ui_chrome_layout(struct ui *ui)
{
    const struct ui_look *look = &ui->frame.look;
    struct chrome c = measure(ui);
    ui->help = c.help;
    int pad = margin(ui);
    ui->body = (struct ui_rect){ pad, pad, look->w - 2 * pad, look->h - 2 * pad };
    if (bare(ui))
        return;
    int top = c.title.y + c.title.h + ui_tight(ui, ui_short(look) ? 14 : 32, ui_short(look) ? 8 : 12);
    if (top < reach_top(ui))
        top = reach_top(ui);
    int bottom = has_bar(ui) ? chrome_bottom(ui, &c) : look->h - pad;
    int w = c.rail ? c.tools.x - c.margin - ui_u(ui, 28) : look->w - 2 * c.margin;
    int side = ui->keyboard ? ui_keyboard_side(ui) : 0;
    if (side > 0) {
        w -= side + ui_u(ui, 48);
    } else if (ui->keyboard) {
        int h = ui_keyboard_height(ui, bottom - top);
        bottom -= h + keyboard_gap(ui);
    }
    ui->body = (struct ui_rect){ c.margin, top, w, bottom > top ? bottom - top : 0 };
}

/* ---- drawing ---- */

static void draw_step(struct ui *ui, const struct chrome *c, int taken)
{
    const char *text = header_text(ui, c->low ? c->header.w / 2 : c->header.w - taken);
    if (!*text)
        return;
    struct ui_fit step = ui_fit(ui, text, UI_HINT, c->header.w - taken, 1);
    struct ui_rect box = { c->header.x + taken, c->header.y + (c->header.h - step.h) / 2,
                           c->header.w - taken, step.h };
    struct ui_widget *w = ui_show(ui, "header.step", UI_ROLE_STATUS, box, text, ui->page.step);
    ui_put_text(ui, w, box, &step, text, UI_END, ui_c(ui, UI_INK_2));
}

static void draw_header(struct ui *ui, const struct chrome *c)
{
    const struct ui_look *look = &ui->frame.look;
    if (c->low && c->title.w == c->header.w)
        return;
    if (c->low) {
        draw_step(ui, c, c->title.w);
        return;
    }
    int dot = ui_u(ui, look->large ? 34 : 26), x = c->header.x;
    int middle = c->header.y + c->header.h / 2;
    ui_put_round(ui, ui_place(ui, (struct ui_rect){ x, middle - dot / 2, dot, dot }), dot / 2,
                 ui_c(ui, UI_ACCENT), 0, 0);
    int after = dot + ui_u(ui, 15);
    struct ui_fit brand = ui_fit(ui, ui->words.brand, UI_SECTION, c->header.w / 2, 1);
    if (ui_text_w(ui, ui->page.step, UI_HINT) > c->header.w - after - brand.lines.w - ui_u(ui, 24)) {
        draw_step(ui, c, after); /* the step says more than the brand */
        return;
    }
    struct ui_rect box = { x + after, middle - brand.h / 2, c->header.w / 2, brand.h };
    struct ui_widget *w = ui_show(ui, "header.brand", UI_ROLE_TEXT, box, ui->words.brand, NULL);
    w->say = "";
    ui_put_text(ui, w, box, &brand, ui->words.brand, UI_START, ui_c(ui, UI_PRIMARY));
    draw_step(ui, c, after + brand.lines.w + ui_u(ui, 24));
}

static void draw_title(struct ui *ui, const struct chrome *c)
{
    bool centred = ui->page.chrome == UI_CHROME_RESULT && !c->low;
    enum ui_align align = centred ? UI_MIDDLE : UI_START;
    struct ui_fit title = title_fit(ui, c->title.w);
    struct ui_rect box = { c->title.x, c->title.y, c->title.w, title.h };
    int lift = ui->body.y - (c->title.y + c->title.h) - ui_u(ui, 32);
    if (lift > 0)
        box.y += lift; /* the body begins lower, for reach: the question stays with it */
    if (*ui->page.title) {
        struct ui_widget *w = ui_show(ui, "page.title", UI_ROLE_TITLE, box, ui->page.title, NULL);
        ui_put_text(ui, w, box, &title, ui->page.title, align, ui_c(ui, UI_INK));
    }
    int sub_w = c->header.w - (c->rail ? c->tools.w + ui_u(ui, 28) : 0);
    struct ui_fit sub = subtitle_fit(ui, sub_w);
    if (sub.h == 0)
        return;
    box.y += title.h + title_gap(ui);
    box.w = sub_w;
    box.h = sub.h;
    struct ui_widget *w = ui_show(ui, "page.subtitle", UI_ROLE_TEXT, box, ui->page.subtitle, NULL);
    ui_put_text(ui, w, box, &sub, ui->page.subtitle, align, ui_c(ui, UI_INK_2));
}

/* Icon beside the word, or above it where words are long. Without a word there is no such tool. */
static void draw_tool(struct ui *ui, const struct ui_slot *s, struct ui_rect box, bool stacked)
{
    if (!s->text || !*s->text)
        return;
    struct ui_widget *w = ui_target(ui, s->id, UI_ROLE_BUTTON, box, s->text, s->say);
    struct ui_skin skin = ui_skin_button(ui, s->kind, s->disabled, w->pressed);
    struct ui_rect r = ui_put_surface(ui, w, box, &skin);
    int icon = ui_u(ui, 44), gap = ui_u(ui, stacked ? 0 : 14);
    int room = tool_room(ui, r.w, stacked);
    struct ui_fit f = ui_fit_label(ui, s->text, UI_HINT, room);
    if (stacked) {
        struct ui_rect in = ui_centred(r, room, icon + f.h);
        ui_put_icon(ui, s->icon, ui_centred((struct ui_rect){ in.x, in.y, in.w, icon }, icon, icon),
                    skin.ink);
        in.y += icon;
        in.h = f.h;
        ui_put_text(ui, w, in, &f, s->text, UI_MIDDLE, skin.ink);
        return;
    }
    struct ui_rect in = ui_centred(r, icon + gap + f.lines.w, f.h);
    ui_put_icon(ui, s->icon, (struct ui_rect){ in.x, r.y + (r.h - icon) / 2, icon, icon },
                skin.ink);
    in.x += icon + gap;
    in.w = f.lines.w;
    ui_put_text(ui, w, in, &f, s->text, UI_START, skin.ink);
}

static int rail_tool_h(struct ui *ui, const struct chrome *c)
{
    int h = ui_least(ui);
    struct ui_slot s;
    for (int i = 0; i < TOOLS; i++) {
        const char *text = tool(ui, i, &s)->text;
        int word = ui_fit_label(ui, text, UI_HINT, tool_room(ui, c->tools.w, false)).h;
        h = h > word + ui_u(ui, 8) ? h : word + ui_u(ui, 8);
    }
    return h;
}

/* The tools that there are, and under them the button that turns the parts of the page. */
static void draw_rail(struct ui *ui, const struct chrome *c)
{
    struct ui_slot all[TOOLS + 1];
    int n = 0;
    for (int i = 0; i < TOOLS; i++) {
        const char *text = tool(ui, i, &all[n])->text;
        n += text && *text;
    }
    if (ui_more_in_rail(ui)) {
        all[n] = ui_more_slot(ui);
        all[n++].text = ui->words.more; /* no room for the count */
    }
    int gap = ui_gap_px(ui, 16), end = c->bar.y - ui_u(ui, 14), room = end - ui->body.y;
    int h = (room + gap) / n - gap, most = ui_u(ui, 104), least = rail_tool_h(ui, c);
    h = h > most ? most : h < least ? least : h;
    int y = ui->body.y, need = n * (h + gap) - gap;
    y = y + need > end ? end - need : y; /* a long question: they begin beside it */
    for (int i = 0; i < n; i++)
        draw_tool(ui, &all[i], (struct ui_rect){ c->tools.x, y + i * (h + gap), c->tools.w, h },
                  false);
}

/* Two tools on each side of Help, in the room between it and the ends. */
static void draw_tools_in_bar(struct ui *ui, const struct chrome *c)
{
    struct ui_slot s;
    int gap = ui_u(ui, 16), from = c->start.x + c->start.w;
    int w = (c->help.x - from - 3 * gap) / 2;
    for (int i = 0; i < TOOLS; i++) {
        int x = i < 2 ? from + gap + i * (w + gap)
                      : c->help.x + c->help.w + gap + (i - 2) * (w + gap);
        draw_tool(ui, tool(ui, i, &s), (struct ui_rect){ x, c->help.y, w, c->help.h }, true);
    }
}

static void draw_tools(struct ui *ui, const struct chrome *c)
{
    if (!has_tools(ui))
        return;
    if (c->rail) {
        draw_rail(ui, c);
        return;
    }
    if (c->in_bar) {
        draw_tools_in_bar(ui, c);
        return;
    }
    struct ui_slot s;
    int gap = ui_u(ui, 16), cols = TOOLS / c->tool_rows;
    int w = (c->tools.w - (cols - 1) * gap) / cols;
    int h = (c->tools.h - (c->tool_rows - 1) * gap) / c->tool_rows;
    for (int i = 0; i < TOOLS; i++)
        draw_tool(ui, tool(ui, i, &s),
                  (struct ui_rect){ c->tools.x + i % cols * (w + gap),
                                    c->tools.y + i / cols * (h + gap), w, h },
                  c->stacked);
}

static void draw_slot(struct ui *ui, const struct ui_slot *s, struct ui_rect box)
{
    if (!s->text || !*s->text)
        return;
    struct ui_button b = { .id = s->id, .text = s->text, .say = s->say, .icon = s->icon,
                           .kind = s->kind, .icon_end = s->icon_end, .disabled = s->disabled };
    ui_put_button(ui, &b, box);
}

static void draw_bar(struct ui *ui, const struct chrome *c)
{
    bool welcome = ui->page.chrome == UI_CHROME_WELCOME;
    if (!welcome) {
        ui_put_fill(ui, c->bar, ui_c(ui, UI_SURFACE));
        ui_put_fill(ui, (struct ui_rect){ 0, c->bar.y, c->bar.w, ui_u(ui, 2) },
                    ui_c(ui, UI_RULE));
    }
    struct ui_slot start = start_slot(ui), end = end_slot(ui);
    struct ui_slot help = { .id = "nav.help", .text = ui->words.help, .icon = "help",
                            .kind = welcome ? UI_CALM : UI_SECONDARY };
    draw_slot(ui, &start, c->start);
    if (ui->page.chrome != UI_CHROME_STAFF)
        draw_slot(ui, &help, c->help);
    draw_slot(ui, &end, c->over.h > 0 ? c->over : c->end);
}

static void draw_keyboard(struct ui *ui, const struct chrome *c)
{
    int bottom = chrome_bottom(ui, c), top = ui->body.y;
    int h = ui_keyboard_height(ui, bottom - top), side = ui_keyboard_side(ui);
    if (side > 0) {
        int x = ui->body.x + ui->body.w + ui_u(ui, 48);
        int free_h = bottom - top - h;
        ui_keyboard_draw(ui, (struct ui_rect){ x, top + (free_h > 0 ? free_h / 2 : 0), side, h });
        return;
    }
    int w = c->rail ? ui->body.x + ui->body.w : ui->frame.look.w;
    ui_keyboard_draw(ui, (struct ui_rect){ 0, bottom - h, w, h });
}

void ui_chrome_draw(struct ui *ui)
{
    struct chrome c = measure(ui);
    if (bare(ui)) {
        ui_draw_node(ui, ui->root);
        ui_more_draw(ui);
        return;
    }
    draw_header(ui, &c);
    draw_title(ui, &c);
    ui_draw_node(ui, ui->root);
    ui_more_draw(ui);
    if (ui->keyboard)
        draw_keyboard(ui, &c);
    /* The bar's ground first, so that tools in it are not painted over. */
    if (c.in_bar) {
        draw_bar(ui, &c);
        draw_tools(ui, &c);
    } else {
        draw_tools(ui, &c);
        draw_bar(ui, &c);
    }
}

/* ---- the sheet ---- */

struct sheet_form {
    struct ui_fit title, text;
    int w, inner, pad, gap, icon, body_h, h;
};

static struct sheet_form sheet_form(struct ui *ui)
{
    const struct ui_look *look = &ui->frame.look;
    const struct ui_sheet *s = ui->sheet;
    struct sheet_form f = { .pad = ui_tight(ui, 48, 24), .gap = ui_tight(ui, 24, 8) };
    int most = ui_u(ui, look->large ? 1040 : 860), room = look->w - 2 * margin(ui);
    f.w = room < most || ui->squeeze.split ? room : most;
    f.inner = f.w - 2 * f.pad;
    f.icon = *s->icon && !ui->squeeze.split ? ui_tight(ui, 112, 64) : 0;
    f.title = ui_fit(ui, s->title, UI_TITLE, f.inner, 3);
    f.text = ui_fit(ui, s->text, UI_BODY, f.inner, 6);
    f.body_h = ui_height(ui, ui->sheet_root, f.inner);
    f.h = 2 * f.pad + f.title.h + f.text.h + f.body_h + 2 * f.gap + (f.icon ? f.icon + f.gap : 0);
    return f;
}

/* The roomiest form of the sheet that the canvas holds; at last as wide as the page and
 * without its picture (split), then without second lines. */
static struct sheet_form choose_sheet_form(struct ui *ui)
{
    struct sheet_form f = { 0 };
    for (int i = 0; i < 6; i++) {
        ui->squeeze = (struct ui_squeeze){ .level = i < 2 ? i : 2, .floors = i >= 3,
                                           .split = i >= 4 ? 100 : 0, .bare = i == 5,
                                           .serial = 1000 + i };
        f = sheet_form(ui);
        int room = ui->frame.look.h - ui_u(ui, 48);
        if (f.h <= room - ui_u(ui, 48) && f.body_h + f.pad <= room - reach_top(ui))
            break;
    }
    return f;
}

static struct ui_rect draw_sheet_icon(struct ui *ui, const struct sheet_form *f, struct ui_rect at)
{
    struct ui_rect tile = { at.x + (f->inner - f->icon) / 2, at.y, f->icon, f->icon };
    ui_put_round(ui, ui_place(ui, tile), f->icon / 4, ui_c(ui, UI_ACCENT), 0, 0);
    ui_put_icon(ui, ui->sheet->icon, ui_rect_inset(tile, f->icon / 5), ui_c(ui, UI_ON_ACCENT));
    at.y += f->icon + f->gap;
    return at;
}

void ui_sheet_draw(struct ui *ui)
{
    const struct ui_sheet *s = ui->sheet;
    struct ui_rect canvas = { 0, 0, ui->frame.look.w, ui->frame.look.h };
    ui_put_fill(ui, canvas, ui_c(ui, UI_SCRIM));
    struct sheet_form f = choose_sheet_form(ui);
    struct ui_rect box = ui_centred(canvas, f.w, f.h);
    /* What can be touched in it stands below the reach of a wheelchair user too. */
    int head = f.h - f.pad - f.body_h, low = canvas.h - f.h - ui_u(ui, 48);
    int down = reach_top(ui) - head;
    down = down < low ? down : low;
    box.y = box.y > down ? box.y : down;
    struct ui_widget *sheet = ui_show(ui, s->name, UI_ROLE_SHEET, box, "", NULL);
    struct ui_skin skin = ui_skin_card(ui, false, false, false);
    ui_put_surface(ui, sheet, box, &skin);
    struct ui_rect at = { box.x + f.pad, box.y + f.pad, f.inner, 0 };
    if (f.icon)
        at = draw_sheet_icon(ui, &f, at);
    at.h = f.title.h;
    struct ui_widget *w = ui_show(ui, "sheet.title", UI_ROLE_TITLE, at, s->title, NULL);
    ui_put_text(ui, w, at, &f.title, s->title, UI_MIDDLE, ui_c(ui, UI_INK));
    at.y += f.title.h;
    at.h = f.text.h;
    if (*s->text) {
        w = ui_show(ui, "sheet.text", UI_ROLE_TEXT, at, s->text, NULL);
        ui_put_text(ui, w, at, &f.text, s->text, UI_MIDDLE, ui_c(ui, UI_INK_2));
    }
    at.y += f.text.h + 2 * f.gap;
    at.h = f.body_h;
    ui_arrange(ui, ui->sheet_root, at);
    ui_draw_node(ui, ui->sheet_root);
}
