/* Every screen, in every size and theme: it can be described, touched and said. */
#include "screens/screen.h"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/screens/visitor.h"
#include "ui/tree.h"

static const struct ui_look canvases[] = {
    { .w = 1080, .h = 1920, .diagonal_in = 15.6 },
    { .w = 1920, .h = 1080, .diagonal_in = 15.6 },
};

/* What each page may need to have behind it. */
static void furnish(struct visitor *v)
{
    struct session *s = &v->s;
    answer(v);
    s->sound = s->voice = true;
    s->errand = ERRAND_BOOK;
    arrive_at(v, &scr_day);
    s->found = book_at(v->house.f, 3, "school", "anna", s->first_free + HOUR_MS);
    s->booked = s->found;
    s->arrival = walk_in(v->house.f, 2, TOPIC_SCHOOL);
    s->staff.visitor = s->arrival.line.visit;
    s->staff.line = s->arrival.line;
}

static void check_page(struct ui *ui, const struct screen *scr)
{
    for (size_t i = 0; i < ui_widget_count(ui); i++) {
        const struct ui_widget *w = ui_widget_at(ui, i);
        if (w->focus >= 0 && (!w->say || !w->say[0]))
            CHECK_FAIL("%s: %s is not spoken", scr->name, w->id);
        if (w->focus >= 0 && (w->box.w == 0 || w->box.h == 0))
            CHECK_FAIL("%s: %s cannot be touched", scr->name, w->id);
    }
}

static void paint_all(struct visitor *v, struct ui *ui, const struct ui_look *canvas)
{
    const struct screen *scr;
    for (size_t i = 0; (scr = screen_at(i)) != NULL; i++) {
        if (scr->enter && scr != &scr_staff && scr != &scr_help)
            scr->enter(&v->s);
        if (scr->load)
            CHECK_OK(scr->load(&v->s));
        enum err e = screen_paint(ui, &v->s, scr, scr->sheet ? &scr_birth : NULL, canvas);
        if (e != ERR_OK)
            CHECK_FAIL("%s: %s", scr->name, err_text(e));
        CHECK_STR(ui_page_name(ui), scr->name);
        check_page(ui, scr);
    }
}

TEST(every_screen_can_be_described_touched_and_spoken_in_every_size_and_theme)
{
    struct visitor v;
    visitor_start(&v, NINE);
    furnish(&v);
    struct ui *ui = paper();
    for (size_t c = 0; c < ARRAY_LEN(canvases); c++)
        for (int large = 0; large < 2; large++)
            for (int theme = 0; theme < UI_THEME_COUNT; theme++) {
                v.s.prefs.large = large;
                v.s.prefs.theme = (enum ui_theme)theme;
                paint_all(&v, ui, &canvases[c]);
            }
    ui_destroy(ui);
    visitor_end(&v);
}

TEST(a_screen_is_found_by_the_name_that_scripts_give_it)
{
    const struct screen *scr;
    for (size_t i = 0; (scr = screen_at(i)) != NULL; i++)
        CHECK(screen_find(scr->name) == scr);
    CHECK(screen_find("nowhere") == NULL);
}

/* What the page of the box says, for whoever is logged in. */
static void read_device(struct visitor *v, struct buf *text)
{
    struct ui *ui = paper();
    arrive_at(v, &scr_device);
    CHECK_OK(screen_paint(ui, &v->s, &scr_device, NULL, &canvases[0]));
    ui_page_text(ui, text);
    ui_destroy(ui);
}

static void an_appliance(struct box_name *ret_name)
{
    *ret_name = (struct box_name){ "0.2.0+1", "b" };
}

static void lay_service_window(const struct visitor *v, char path[400])
{
    snprintf(path, 400, "%.*sservice-window", (int)(strrchr(v->house.path, '/') - v->house.path) + 1,
             v->house.path);
    FILE *f = fopen(path, "we");
    CHECK(f != NULL);
    CHECK_INT(fclose(f), 0);
}

TEST(the_page_of_the_box_names_the_image_its_slot_and_the_last_run_to_the_register)
{
    struct visitor v;
    visitor_start(&v, NINE);
    CLEANUP(buf_done) struct buf bare = buf_make(64 * 1024), box = buf_make(64 * 1024);
    read_device(&v, &bare);
    CHECK(strstr(buf_str(&bare), DYNAMO_VERSION) != NULL);
    CHECK(strstr(buf_str(&bare), "Nog niet geprobeerd.") != NULL);
    v.host.box = an_appliance;
    read_device(&v, &box);
    CHECK(strstr(buf_str(&box), "0.2.0+1") != NULL);
    CHECK(strstr(buf_str(&box), "(deel") != NULL);
    visitor_end(&v);
}

TEST(an_admin_lets_a_stick_in_and_a_coach_cannot)
{
    struct visitor v;
    struct stat st;
    char path[400];
    visitor_start(&v, NINE);
    v.s.staff.logged_in = true;
    v.s.staff.chosen.role = STAFF_ADMIN;
    arrive_at(&v, &scr_device);
    tap(&v, &scr_device, "device.stick");
    CHECK(!v.s.staff.stick_in); /* no appliance */
    lay_service_window(&v, path);
    v.s.staff.chosen.role = STAFF_COACH;
    arrive_at(&v, &scr_device);
    tap(&v, &scr_device, "device.stick");
    CHECK(!v.s.staff.stick_in);
    CHECK_INT(stat(path, &st), 0);
    CHECK_INT(st.st_size, 0);
    v.s.staff.chosen.role = STAFF_ADMIN;
    tap(&v, &scr_device, "device.stick");
    CHECK(v.s.staff.stick_in);
    CHECK_INT(stat(path, &st), 0);
    CHECK(st.st_size > 0);
    CHECK_INT(unlink(path), 0);
    visitor_end(&v);
}

TEST(a_result_never_shows_a_whole_name)
{
    struct visitor v;
    visitor_start(&v, NINE);
    furnish(&v);
    struct ui *ui = paper();
    const struct screen *const results[] = { &scr_ticket, &scr_arrive, &scr_change };
    for (size_t i = 0; i < ARRAY_LEN(results); i++) {
        CLEANUP(buf_done) struct buf text = buf_make(64 * 1024);
        arrive_at(&v, results[i]);
        CHECK_OK(screen_paint(ui, &v.s, results[i], NULL, &canvases[0]));
        ui_page_text(ui, &text);
        CHECK(strstr(buf_str(&text), "Berg") == NULL);
        CHECK(strstr(buf_str(&text), "Jansen") == NULL);
    }
    ui_destroy(ui);
    visitor_end(&v);
}
