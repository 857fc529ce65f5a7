#include <string.h>

#include "base/mem.h"
#include "tests/ui/stage.h"

static void view_row(struct ui *ui)
{
    UI_PAGE(ui, .name = "row", .title = "Rij", .no_tools = true);
    UI_ROW(ui, .gap = 20) {
        UI_BUTTON(ui, .id = "row.a", .text = "A", .weight = 1);
        UI_BUTTON(ui, .id = "row.b", .text = "B", .weight = 3);
    }
    UI_GRID(ui, .cols = 4)
        for (int i = 0; i < 6; i++)
            UI_OPTION(ui, .id = ui_fmt(ui, "row.o%d", i), .text = "x");
    ui_space(ui, 0);
    UI_BUTTON(ui, .id = "row.last", .text = "Onderaan");
}

TEST(a_row_shares_its_width_by_weight)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, view_row);
    struct ui_rect a = stage_find(ui, "row.a")->box, b = stage_find(ui, "row.b")->box;
    CHECK_INT(a.x, 48);
    CHECK_INT(a.y, b.y);
    CHECK_INT(a.h, b.h);
    CHECK(b.w >= 3 * a.w - 3 && b.w <= 3 * a.w + 3);
    CHECK(b.x + b.w <= 1080 - 48);
}

TEST(a_grid_has_equal_cells_and_keeps_its_columns)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, view_row);
    struct ui_rect first = stage_find(ui, "row.o0")->box, fifth = stage_find(ui, "row.o4")->box;
    CHECK_INT(first.x, fifth.x);
    CHECK(fifth.y > first.y + first.h);
    CHECK_INT(stage_find(ui, "row.o3")->box.x + stage_find(ui, "row.o3")->box.w, 1080 - 48);
}

TEST(free_height_goes_to_the_spacer)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, view_row);
    struct ui_rect last = stage_find(ui, "row.last")->box, help = stage_find(ui, "nav.help")->box;
    CHECK(last.y > 1200);
    CHECK(last.y + last.h < help.y);
}

TEST(arabic_is_the_mirror_image)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, view_row);
    struct ui_rect a = stage_find(ui, "row.a")->box;
    struct ui_frame f = stage_frame(true);
    f.look.lang[0] = 'n', f.look.lang[1] = 'l'; /* the same line heights */
    ui_begin(ui, &f);
    view_row(ui);
    CHECK_OK(ui_finish(ui));
    struct ui_rect m = stage_find(ui, "row.a")->box;
    CHECK_INT(m.x, 1080 - a.x - a.w);
    CHECK_INT(m.y, a.y);
}

TEST(digits_of_a_code_and_keys_are_never_mirrored)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(true);
    ui_begin(ui, &f);
    page_code(ui);
    CHECK_OK(ui_finish(ui));
    CHECK(stage_find(ui, "key.1")->box.x < stage_find(ui, "key.3")->box.x);
    int last = -1; /* the digits 4 8 2 1 come from left to right */
    const char *want = "4821";
    const struct ui_draw *d = ui_draw_list(ui);
    int top = stage_find(ui, "check_in.code")->box.y;
    for (size_t i = 0; i < d->n; i++) {
        const struct ui_draw_cmd *c = &d->v[i];
        bool digit = c->kind == UI_DRAW_TEXT && c->n == 1 && c->baseline > top && c->baseline < top + 150;
        if (!digit)
            continue;
        CHECK_INT(ui_draw_bytes(d, c)[0], *want++);
        CHECK(c->x > last);
        last = c->x;
    }
    CHECK_STR(want, "");
}

static void view_tall(struct ui *ui)
{
    UI_PAGE(ui, .name = "tall", .title = "Veel", .no_tools = true);
    UI_STEPS(ui)
        for (int p = 0; p < 3; p++)
            UI_PART(ui, .id = ui_fmt(ui, "tall.%d", p), .label = "Deel", .value = "waarde", .open = p == 1)
                UI_GRID(ui, .cols = 5)
                    for (int i = 0; i < 40; i++)
                        UI_OPTION(ui, .id = ui_fmt(ui, "tall.%d.%d", p, i), .text = "keuze");
}

TEST(parts_fold_where_not_all_fit_and_a_tap_on_one_names_it)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, view_tall);
    CHECK(!ui_widget_find(ui, "tall.0.0"));
    CHECK(stage_find(ui, "tall.1.39")->focus >= 0);
    CHECK_STR(stage_tap(ui, "tall.0", 1000).id, "tall.0");
    stage_show(ui, page_birth); /* there all fit */
    CHECK(stage_find(ui, "birth.day.31")->focus >= 0);
    CHECK_INT(stage_find(ui, "birth.day")->focus, -1);
}

static void view_long(struct ui *ui)
{
    UI_PAGE(ui, .name = "long", .title = "Veel", .no_tools = true);
    ui_section(ui, "Kies");
    UI_GRID(ui, .cols = 2)
        for (int i = 0; i < 60; i++)
            UI_OPTION(ui, .id = ui_fmt(ui, "long.%d", i), .text = "keuze");
    UI_BUTTON(ui, .id = "long.last", .text = "Anders");
}

TEST(a_page_that_never_fits_is_shown_in_parts)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    bool seen[61] = { false };
    stage_show(ui, view_long);
    CHECK_STR(stage_find(ui, "page.more")->text, "Meer  \u20661 / 2\u2069");
    for (int part = 0; part < 2; part++) {
        for (int i = 0; i < 61; i++) {
            const char *id = i < 60 ? ui_fmt(ui, "long.%d", i) : "long.last";
            seen[i] = seen[i] || ui_widget_find(ui, id);
        }
        CLEANUP(buf_done) struct buf out = buf_make(10000);
        CHECK(ui_lint(ui, &out));
        CHECK_INT(stage_tap(ui, "page.more", 1000 + 1000 * part).kind, UI_NOTHING);
        CHECK(ui_stale(ui));
        stage_show(ui, view_long);
    }
    for (int i = 0; i < 61; i++)
        CHECK(seen[i]);
    CHECK(ui_widget_find(ui, "long.0")); /* round again */
}

TEST(what_does_not_fit_is_marked_as_clipped)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    ui_begin(ui, &f);
    UI_PAGE(ui, .name = "x", .title = "x", .no_tools = true);
    UI_ROW(ui)
        for (int i = 0; i < 6; i++)
            UI_BUTTON(ui, .id = ui_fmt(ui, "x.%d", i), .text = "onafscheidelijkheidsbewijs");
    CHECK_OK(ui_finish(ui));
    CHECK(stage_find(ui, "x.0")->clipped);
    CLEANUP(buf_done) struct buf out = buf_make(10000);
    CHECK(!ui_lint(ui, &out));
    CHECK(strstr(buf_str(&out), "x.0: clipped"));
}

TEST(controls_stay_within_reach)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    f.look.diagonal_in = 23.8;
    f.look.mount_bottom_mm = 850;
    ui_begin(ui, &f);
    page_welcome(ui);
    CHECK_OK(ui_finish(ui));
    int top = f.look.h - (int)(370 / ui_mm_per_px(&f.look));
    for (size_t i = 0; i < ui_widget_count(ui); i++)
        if (ui_widget_at(ui, i)->focus >= 0)
            CHECK(ui_widget_at(ui, i)->box.y >= top);
    f.look.mount_bottom_mm = 0;
    f.look.lower = true;
    ui_begin(ui, &f);
    page_welcome(ui);
    CHECK_OK(ui_finish(ui));
    CHECK(stage_find(ui, "welcome.walk_in")->box.y >= f.look.h / 2);
}

TEST(the_tree_tells_what_is_on_the_page)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    ui_begin(ui, &f);
    UI_PAGE(ui, .name = "kort", .chrome = UI_CHROME_BARE);
    UI_BUTTON(ui, .id = "kort.knop", .text = "Zeg \"ja\"\t", .kind = UI_MAIN);
    CHECK_OK(ui_finish(ui));
    CLEANUP(buf_done) struct buf out = buf_make(10000);
    ui_tree_json(ui, &out);
    CHECK_STR(buf_str(&out),
              "{\"screen\":\"kort\",\"lang\":\"nl\",\"dir\":\"ltr\",\"theme\":\"light\","
              "\"text\":\"normal\",\"canvas\":[1080,1920],\"mm_per_px\":0.17987,\"widgets\":[\n"
              "{\"id\":\"kort.knop\",\"role\":\"button\",\"x\":48,\"y\":48,\"w\":984,\"h\":112,"
              "\"text\":\"Zeg \\\"ja\\\"\\t\",\"font_px\":40,\"cap_mm\":5.14,\"fg\":\"#FFFFFF\","
              "\"bg\":\"#1F3097\",\"focus\":0,\"say\":\"Zeg \\\"ja\\\"\\t\",\"clipped\":false}\n]}\n");
}

TEST(reading_aloud_leaves_out_what_is_personal_and_masked)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    CLEANUP(buf_done) struct buf out = buf_make(10000);
    stage_show(ui, page_check);
    ui_say_page(ui, true, &out);
    CHECK(strstr(buf_str(&out), "Klopt dit? Je bent er bijna. Naam: Amina van den Berg. Verander, Naam."));
    buf_clear(&out);
    ui_say_page(ui, false, &out);
    CHECK(!strstr(buf_str(&out), "Amina"));
    CHECK(strstr(buf_str(&out), "Gemeente: Roosendaal"));
    buf_clear(&out);
    stage_show(ui, page_staff);
    ui_say_page(ui, true, &out);
    CHECK(!strstr(buf_str(&out), "123"));
    CHECK(strstr(buf_str(&out), "Mehmet, gekozen"));
}

TEST(under_a_sheet_nothing_is_read)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    CLEANUP(buf_done) struct buf out = buf_make(10000);
    stage_show(ui, page_idle);
    ui_say_page(ui, true, &out);
    CHECK(strstr(buf_str(&out), "Ben je er nog?"));
    CHECK(!strstr(buf_str(&out), "geboren"));
    buf_clear(&out);
    ui_page_text(ui, &out);
    CHECK(!strstr(buf_str(&out), "januari"));
}

TEST(a_field_says_what_is_wrong)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    ui_begin(ui, &f);
    UI_PAGE(ui, .name = "x");
    UI_FIELD(ui, .id = "x.naam", .label = "Voornaam", .text = "", .error = "Vul je voornaam in.");
    CHECK_OK(ui_finish(ui));
    const struct ui_widget *w = stage_find(ui, "x.naam");
    CHECK(w->error);
    CHECK_STR(w->say, "Voornaam. leeg. Let op: Vul je voornaam in.");
    CHECK_STR(stage_find(ui, "x.naam.error")->text, "Vul je voornaam in.");
}

TEST(a_page_used_wrongly_is_refused)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    ui_begin(ui, &f);
    UI_BUTTON(ui, .id = "x.a", .text = "a");
    UI_BUTTON(ui, .id = "x.a", .text = "b");
    CHECK_ERR(ui_finish(ui), ERR_INVAL);
    ui_begin(ui, &f);
    ui_block_begin(ui, UI_IN_ROW, &(struct ui_box){ .gap = 1 });
    CHECK_ERR(ui_finish(ui), ERR_INVAL);
    ui_begin(ui, &f);
    for (int i = 0; i < 3000; i++)
        ui_para(ui, "Te veel.");
    CHECK_ERR(ui_finish(ui), ERR_LIMIT);
    stage_show(ui, page_welcome);
}

TEST(no_memory_is_told)
{
    struct ui *ui = NULL;
    for (unsigned long n = 1; n <= 4; n++) {
        mem_fail_at(n);
        CHECK_ERR(ui_create(&fake_metrics, &ui), ERR_NOMEM);
        CHECK(ui == NULL);
    }
    mem_fail_at(0);
}

static const struct ui_motion *shown_as(struct ui *ui, struct ui_frame f, void (*view)(struct ui *))
{
    ui_begin(ui, &f);
    view(ui);
    CHECK_OK(ui_finish(ui));
    return &ui_draw_list(ui)->motion;
}

TEST(a_page_slides_in_from_the_end_and_a_sheet_from_below)
{
    struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    CHECK_INT(shown_as(ui, f, page_welcome)->ms, 0); /* the first picture is just there */
    CHECK_INT(shown_as(ui, f, page_welcome)->ms, 0);
    CHECK_INT(shown_as(ui, f, page_birth)->ms, 200);
    CHECK(shown_as(ui, f, page_welcome)->dx > 0);
    shown_as(ui, f, page_birth);
    CHECK_INT(shown_as(ui, f, page_idle)->ms, 250);
    CHECK(ui_draw_list(ui)->motion.dy > 0);
    f.look.rtl = true;
    CHECK(shown_as(ui, f, page_welcome)->dx < 0);
    ui_destroy(ui);
}

TEST(with_less_movement_or_a_new_visitor_a_page_comes_at_once)
{
    struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    f.look.still = true;
    shown_as(ui, f, page_welcome);
    CHECK_INT(shown_as(ui, f, page_birth)->ms, 0);
    f.look.still = false;
    ui_wipe(ui);
    CHECK_INT(shown_as(ui, f, page_welcome)->ms, 0);
    ui_destroy(ui);
}

TEST(a_button_that_was_let_go_comes_back_softly_and_alone)
{
    struct ui *ui = stage_ui();
    stage_show(ui, page_birth);
    stage_tap(ui, "birth.day.3", 1000);
    stage_show(ui, page_birth);
    const struct ui_motion *m = &ui_draw_list(ui)->motion;
    const struct ui_widget *w = stage_find(ui, "birth.day.3");
    CHECK_INT(m->ms, 120);
    CHECK(m->box.x < w->box.x && m->box.w < 2 * w->box.w);
    stage_show(ui, page_birth);
    CHECK_INT(ui_draw_list(ui)->motion.ms, 0);
    ui_destroy(ui);
}

TEST(a_wipe_leaves_nothing_to_read)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    stage_show(ui, page_name);
    (void)stage_touch(ui, 1, UI_DOWN, "key.a", 10);
    ui_wipe(ui);
    CHECK_INT(ui_widget_count(ui), 0);
    CHECK_INT(ui_draw_list(ui)->n_data, 0);
    CHECK_STR(ui_page_name(ui), "");
    CHECK_INT(ui_next_tick(ui), -1);
    CHECK_INT(ui_press(ui, UI_KEY_NEXT, 5).kind, UI_NOTHING);
}
