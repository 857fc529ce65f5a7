#include "ui/tree.h"

#include <string.h>

#include "ui/page.h"

static void json_colour(struct buf *out, const char *key, ui_colour c, bool text)
{
    if (text)
        buf_addf(out, ",\"%s\":\"#%06X\"", key, c & 0xFFFFFF);
    else
        buf_addf(out, ",\"%s\":null", key);
}

static void json_flag(struct buf *out, const char *key, bool on)
{
    if (on)
        buf_addf(out, ",\"%s\":true", key);
}

static void json_widget(const struct ui *ui, const struct ui_widget *w, struct buf *out)
{
    buf_adds(out, "{\"id\":");
    buf_add_json(out, w->id);
    buf_addf(out, ",\"role\":\"%s\",\"x\":%d,\"y\":%d,\"w\":%d,\"h\":%d,\"text\":",
             ui_role_name(w->role), w->box.x, w->box.y, w->box.w, w->box.h);
    buf_add_json(out, w->text);
    buf_addf(out, ",\"font_px\":%d,\"cap_mm\":%.2f", w->font_px,
             ui_cap_mm(&ui->frame.look, w->font_px));
    json_colour(out, "fg", w->fg, w->font_px > 0);
    json_colour(out, "bg", w->bg, w->font_px > 0);
    if (w->focus >= 0)
        buf_addf(out, ",\"focus\":%d", w->focus);
    else
        buf_adds(out, ",\"focus\":null");
    buf_adds(out, ",\"say\":");
    buf_add_json(out, w->say);
    buf_addf(out, ",\"clipped\":%s", w->clipped ? "true" : "false");
    json_flag(out, "selected", w->selected);
    json_flag(out, "error", w->error);
    json_flag(out, "disabled", w->disabled);
    json_flag(out, "focused", w->focused);
    json_flag(out, "personal", w->personal);
    buf_addc(out, '}');
}

void ui_tree_json(const struct ui *ui, struct buf *out)
{
    const struct ui_look *look = &ui->frame.look;
    buf_adds(out, "{\"screen\":");
    buf_add_json(out, ui_page_name(ui));
    buf_adds(out, ",\"lang\":");
    buf_add_json(out, look->lang);
    buf_addf(out, ",\"dir\":\"%s\",\"theme\":\"%s\",\"text\":\"%s\",\"canvas\":[%d,%d],"
                  "\"mm_per_px\":%.5f,\"widgets\":[",
             look->rtl ? "rtl" : "ltr", ui_theme_name(look->theme),
             look->large ? "large" : "normal", look->w, look->h, ui_mm_per_px(look));
    for (size_t i = 0; i < ui->n_widgets; i++) {
        buf_adds(out, i ? ",\n" : "\n");
        json_widget(ui, &ui->widgets[i], out);
    }
    buf_adds(out, "\n]}\n");
}

/* What lies under an open sheet is neither read nor spoken. */
static size_t first_shown(const struct ui *ui)
{
    for (size_t i = ui->n_widgets; ui->sheet && i-- > 0;)
        if (ui->widgets[i].role == UI_ROLE_SHEET)
            return i;
    return 0;
}

static bool ends_sentence(const struct buf *out)
{
    const char *s = buf_str(out);
    return out->n == 0 || strchr(".!?:", s[out->n - 1]);
}

void ui_say_page(const struct ui *ui, bool personal, struct buf *out)
{
    for (size_t i = first_shown(ui); i < ui->n_widgets; i++) {
        const struct ui_widget *w = &ui->widgets[i];
        bool key = w->role == UI_ROLE_KEY;
        if (!*w->say || !strcmp(w->say, " ") || key || (w->personal && !personal))
            continue;
        if (out->n > 0)
            buf_adds(out, ends_sentence(out) ? " " : ". ");
        buf_adds(out, w->say);
    }
    if (!ends_sentence(out))
        buf_addc(out, '.');
}

void ui_page_text(const struct ui *ui, struct buf *out)
{
    for (size_t i = first_shown(ui); i < ui->n_widgets; i++)
        if (*ui->widgets[i].text) {
            buf_adds(out, ui->widgets[i].text);
            buf_addc(out, '\n');
        }
}
