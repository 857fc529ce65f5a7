/*
 * tests/ui/stage.h - a ui with a fake font, and pages described on it.
 */
#ifndef TESTS_UI_STAGE_H
#define TESTS_UI_STAGE_H

#include <string.h>

#include "tests/lib/check.h"
#include "tests/ui/fake_metrics.h"
#include "tests/ui/sample_pages.h"

static inline struct ui *stage_ui(void)
{
    struct ui *ui = NULL;
    CHECK_OK(ui_create(&fake_metrics, &ui));
    return ui;
}

static inline struct ui_frame stage_frame(bool rtl)
{
    struct ui_frame f = { .look = { .w = 1080, .h = 1920, .diagonal_in = 15.6, .rtl = rtl },
                          .words = rtl ? &words_ar : &words_nl, .clock = "14:07" };
    memcpy(f.look.lang, rtl ? "ar" : "nl", 3);
    return f;
}

static inline void stage_show(struct ui *ui, void (*view)(struct ui *))
{
    struct ui_frame f = stage_frame(false);
    ui_begin(ui, &f);
    view(ui);
    CHECK_OK(ui_finish(ui));
}

static inline const struct ui_widget *stage_find(struct ui *ui, const char *id)
{
    const struct ui_widget *w = ui_widget_find(ui, id);
    if (!w)
        CHECK_FAIL("no widget %s", id);
    return w;
}

/* A touch event in the middle of a widget. */
static inline struct ui_action stage_touch(struct ui *ui, int64_t finger, enum ui_phase phase,
                                           const char *id, int64_t ms)
{
    const struct ui_widget *w = stage_find(ui, id);
    struct ui_pointer p = { finger, phase, w->box.x + w->box.w / 2, w->box.y + w->box.h / 2, ms };
    return ui_touch(ui, &p);
}

static inline struct ui_action stage_tap(struct ui *ui, const char *id, int64_t ms)
{
    struct ui_action a = stage_touch(ui, 1, UI_DOWN, id, ms);
    CHECK_INT(a.kind, UI_NOTHING);
    return stage_touch(ui, 1, UI_UP, id, ms + 40);
}

#endif
