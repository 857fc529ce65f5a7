#include "ui/keyboard.h"

#include "tests/ui/stage.h"

static struct ui_keyboard kb;
static char typed[65];

static void view(struct ui *ui)
{
    UI_PAGE(ui, .name = "kb", .title = "Typ", .no_tools = true);
    UI_FIELD(ui, .id = "kb.field", .label = "Naam", .text = typed, .editing = true);
    kb.text = typed;
    ui_keyboard(ui, &kb);
}

/* Types as a driver does, key by key, and gives what stands in the field. */
static const char *type(struct ui *ui, enum ui_keys keys, const char *text)
{
    int64_t ms = 1000;
    kb = (struct ui_keyboard){ .keys = keys, .done = "Klaar", .dutch = true };
    memset(typed, 0, sizeof(typed));
    ui_reset(ui);
    stage_show(ui, view);
    for (const char *s = text, *end = text + strlen(text); s < end;) {
        const char *at = s;
        (void)utf8_next(&s, end);
        for (int tries = 0;; tries++) {
            char id[UI_ID_MAX];
            if (tries > 4 || !ui_key_for(ui, at, id))
                CHECK_FAIL("no key for %s", at);
            struct ui_action a = stage_tap(ui, id, ms += 300);
            CHECK(ui_edit(typed, sizeof(typed), &a, keys, true));
            stage_show(ui, view);
            if (a.kind == UI_TYPE)
                break;
        }
    }
    return typed;
}

TEST(names_are_typed_with_their_accents)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    CHECK_STR(type(ui, UI_KEYS_NAME, "Żółkowska-Öztürk"), "Żółkowska-Öztürk");
    CHECK_STR(type(ui, UI_KEYS_NAME, "O'Brien"), "O'Brien");
    CHECK_STR(type(ui, UI_KEYS_NAME, "Ștefănescu"), "Ștefănescu");
    CHECK_STR(type(ui, UI_KEYS_NAME, "ıİ"), "ıİ");
    CHECK_STR(type(ui, UI_KEYS_NAME, "mcDONALD"), "mcDONALD");
}

TEST(every_letter_of_the_accent_layers_can_be_reached)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    const char *all = "áàâäãåăąćçčďđéèêëęėğíîïıİłñńňóòôöõøőřśšşșßťțúùûüůűýÿźżž";
    for (const char *s = all, *end = all + strlen(all); s < end;) {
        const char *at = s;
        (void)utf8_next(&s, end);
        char one[8] = { 0 };
        memcpy(one, at, (size_t)(s - at));
        CHECK_STR(type(ui, UI_KEYS_NAME, one), one);
    }
}

TEST(digits_and_addresses_are_typed)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    CHECK_STR(type(ui, UI_KEYS_DIGITS, "0482137"), "0482137");
    CHECK_STR(type(ui, UI_KEYS_PHONE, "+0612345678"), "+0612345678");
    CHECK_STR(type(ui, UI_KEYS_EMAIL, "amina_b.1@example.nl"), "amina_b.1@example.nl");
    CHECK_STR(type(ui, UI_KEYS_TEXT, "Kamer 2, om 10:30"), "Kamer 2, om 10:30");
    char id[UI_ID_MAX];
    (void)type(ui, UI_KEYS_DIGITS, "1");
    CHECK(!ui_key_for(ui, "a", id));
    (void)type(ui, UI_KEYS_NAME, "");
    CHECK(!ui_key_for(ui, "ع", id));
}

TEST(a_chip_types_all_of_it)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    (void)type(ui, UI_KEYS_EMAIL, "a@");
    struct ui_action a = stage_tap(ui, "key.gmail.com", 90000);
    CHECK_INT(a.kind, UI_TYPE);
    CHECK_STR(a.text, "gmail.com");
}

TEST(capitals_come_by_themselves_and_shift_overrides)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    (void)type(ui, UI_KEYS_NAME, "");
    CHECK_STR(stage_find(ui, "key.a")->text, "A");
    (void)stage_tap(ui, "key.shift", 50000);
    stage_show(ui, view);
    CHECK_STR(stage_find(ui, "key.a")->text, "a");
    struct ui_action a = stage_tap(ui, "key.a", 51000);
    CHECK_STR(a.text, "a");
    snprintf(typed, sizeof(typed), "Jan-");
    stage_show(ui, view);
    CHECK_STR(stage_find(ui, "key.p")->text, "P");
}

TEST(keys_of_a_pin_show_nothing)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    kb = (struct ui_keyboard){ .keys = UI_KEYS_PIN };
    memset(typed, 0, sizeof(typed));
    stage_show(ui, view);
    struct ui_rect box = stage_find(ui, "key.5")->box;
    (void)stage_touch(ui, 1, UI_DOWN, "key.5", 1000);
    stage_show(ui, view);
    CHECK(!stage_find(ui, "key.5")->pressed);
    CHECK_INT(stage_find(ui, "key.5")->box.x, box.x);
    CHECK_STR(stage_touch(ui, 1, UI_UP, "key.5", 1050).text, "5");
}

TEST(letters_of_the_language_get_a_row_of_their_own)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    kb = (struct ui_keyboard){ .keys = UI_KEYS_NAME, .promote = "ąćęłńóśźż", .done = "Gotowe" };
    memset(typed, 0, sizeof(typed));
    stage_show(ui, view);
    CHECK(stage_find(ui, "key.ł")->box.y < stage_find(ui, "key.q")->box.y);
    CHECK_STR(stage_find(ui, "key.ł")->text, "Ł");
}

TEST(a_narrow_canvas_gets_letters_in_seven_columns)
{
    CLEANUP(ui_destroyp) struct ui *ui = stage_ui();
    struct ui_frame f = stage_frame(false);
    f.look.diagonal_in = 10.1;
    kb = (struct ui_keyboard){ .keys = UI_KEYS_NAME, .done = "Klaar" };
    memset(typed, 0, sizeof(typed));
    ui_begin(ui, &f);
    view(ui);
    CHECK_OK(ui_finish(ui));
    CHECK_INT(stage_find(ui, "key.a")->box.y, stage_find(ui, "key.g")->box.y);
    CHECK(stage_find(ui, "key.a")->box.w * ui_mm_per_px(&f.look) >= 12.7);
}

/* ---- editing ---- */

static const char *edit(enum ui_keys keys, bool dutch, size_t size, const char *keys_pressed)
{
    static char out[64];
    memset(out, 0, sizeof(out));
    for (const char *s = keys_pressed, *end = s + strlen(s); s < end;) {
        const char *at = s;
        (void)utf8_next(&s, end);
        struct ui_action a = { .kind = *at == '<' ? UI_ERASE : UI_TYPE };
        memcpy(a.text, at, (size_t)(s - at));
        (void)ui_edit(out, size, &a, keys, dutch);
    }
    return out;
}

TEST(infixes_become_small_again)
{
    CHECK_STR(edit(UI_KEYS_NAME, true, 64, "Van Den Berg"), "van den Berg");
    CHECK_STR(edit(UI_KEYS_NAME, true, 64, "El Amrani"), "el Amrani");
    CHECK_STR(edit(UI_KEYS_NAME, true, 64, "Vander Berg"), "Vander Berg");
    CHECK_STR(edit(UI_KEYS_GIVEN, true, 64, "Al Amin"), "Al Amin");
}

TEST(dutch_ij_is_two_capitals)
{
    CHECK_STR(edit(UI_KEYS_NAME, true, 64, "Ijsbrand"), "IJsbrand");
    CHECK_STR(edit(UI_KEYS_NAME, true, 64, "van Ijzer"), "van IJzer");
    CHECK_STR(edit(UI_KEYS_NAME, false, 64, "Ijeoma"), "Ijeoma");
}

TEST(spaces_stand_alone_and_not_in_front)
{
    CHECK_STR(edit(UI_KEYS_NAME, true, 64, "  Jan   Piet"), "Jan Piet");
    CHECK_STR(edit(UI_KEYS_EMAIL, true, 64, "a b@c"), "ab@c");
}

TEST(a_full_buffer_takes_no_half_letters)
{
    CHECK_STR(edit(UI_KEYS_NAME, true, 5, "abcde"), "abcd");
    CHECK_STR(edit(UI_KEYS_NAME, true, 5, "abcé"), "abc");
    char text[5] = "abcd";
    struct ui_action a = { .kind = UI_TYPE, .text = "e" };
    CHECK(!ui_edit(text, sizeof(text), &a, UI_KEYS_NAME, true));
}

TEST(erasing_takes_one_letter_and_leaves_no_bytes_behind)
{
    CHECK_STR(edit(UI_KEYS_NAME, true, 64, "Zoé<"), "Zo");
    CHECK_STR(edit(UI_KEYS_NAME, true, 64, "<<"), "");
    char text[8] = "abé";
    struct ui_action a = { .kind = UI_ERASE };
    CHECK(ui_edit(text, sizeof(text), &a, UI_KEYS_NAME, true));
    CHECK_INT(text[2], 0);
    CHECK_INT(text[3], 0);
}

TEST(where_a_capital_belongs)
{
    CHECK(ui_name_capital(""));
    CHECK(ui_name_capital("Jan "));
    CHECK(ui_name_capital("Jan-"));
    CHECK(ui_name_capital("O'"));
    CHECK(!ui_name_capital("'"));
    CHECK(!ui_name_capital("van '"));
    CHECK(!ui_name_capital("Ja"));
}
