/*
 * The on-screen keyboard: which keys there are, where, and what they say.
 */
#include "ui/keyboard.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ui/letters.h"
#include "ui/page.h"

#define KEYS_MAX 80
#define KEY_ROWS 8

enum layer { LETTERS, ACCENTS, ACCENTS2, DIGITS };

struct key {
    char name[UI_ID_MAX]; /* "q", "shift", "gmail.com" */
    char types[24];       /* as it types now; "" for a key that does something else */
    double x, w;          /* columns */
    int row;
};

struct keys {
    struct key v[KEYS_MAX];
    size_t n;
    int rows;
    double cols;
    bool capitals; /* what the letters of now are */
};

/* ---- layouts: a row is a word; "name*2" is twice as wide ---- */

static const char *const qwerty[] = { "q w e r t y u i o p", "a s d f g h j k l '",
                                      "shift z x c v b n m - delete",
                                      "accents*1.5 space*6 done*2.5" };
static const char *const abc[] = { "a b c d e f g", "h i j k l m n", "o p q r s t u",
                                   "shift v w x y z delete", "accents - ' space*2 done*2" };
static const char *const text_letters[] = { "q w e r t y u i o p", "a s d f g h j k l '",
                                            "shift z x c v b n m . delete",
                                            "accents*1.2 digits*1.3 space*5 done*2.5" };
static const char *const text_digits[] = { "1 2 3 4 5 6 7 8 9 0", "- / : ; ( ) & @ \" '",
                                           ". , ? ! + = _ % € delete",
                                           "letters*1.5 space*6 done*2.5" };
static const char *const accents[] = { "á à â ä ã å ă ą ć ç", "č ď đ é è ê ë ę ė ğ",
                                       "shift í î ï ı İ delete",
                                       "letters*1.5 accents2*1.5 space*4.5 done*2.5" };
static const char *const accents2[] = { "ł ñ ń ň ó ò ô ö õ ø", "ő ř ś š ş ș ß ť ț ú",
                                        "shift ù û ü ů ű ý ÿ ź ż ž delete",
                                        "letters*1.5 accents*1.5 space*4.5 done*2.5" };
static const char *const email[] = { "1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p",
                                     "a s d f g h j k l @", "z x c v b n m . - delete",
                                     "_*1.2 +*1.2 icloud.com*5.1 done*2.5" };
/* Where there is no height for six rows. */
static const char *const email_low[] = { "q w e r t y u i o p", "a s d f g h j k l @",
                                         "z x c v b n m . - delete",
                                         "digits*1.3 _*1 .nl*1.2 .com*1.4 gmail.com*2.6 done*2.5" };
static const char *const keypad[] = { "1 2 3", "4 5 6", "7 8 9", "delete 0 done" };
/* Beside the body, where there is no height for a row of prefixes: the usual ones in a column. */
static const char *const keypad_phone[] = { "1 2 3 +31", "4 5 6 +48", "7 8 9 +90", "delete 0 + done" };

static const char *const usual_email[] = { ".nl", ".com", "gmail.com", "outlook.com",
                                           "hotmail.com" };
static const char *const usual_phone[] = { "+31", "+48", "+90", "+380", "+32", "+" };

static bool is_keypad(enum ui_keys k)
{
    return k == UI_KEYS_PHONE || k == UI_KEYS_DIGITS || k == UI_KEYS_PIN;
}

static bool has_letters(enum ui_keys k)
{
    return k == UI_KEYS_NAME || k == UI_KEYS_GIVEN || k == UI_KEYS_TEXT;
}

/* No height for more than four rows of keys. */
static bool low_room(const struct ui *ui)
{
    const struct ui_look *look = &ui->frame.look;
    return ui_short(look) || look->lower || (look->large && !ui_portrait(look));
}

static bool turkish(const struct ui *ui)
{
    return !strncmp(ui->frame.look.lang, "tr", 2);
}

static bool capitals(const struct ui *ui)
{
    const struct ui_keyboard *k = ui->keyboard;
    if (ui->in.shift != UI_SHIFT_AUTO)
        return ui->in.shift == UI_SHIFT_ON;
    return has_letters(k->keys) && (k->keys == UI_KEYS_TEXT ? !*k->text : ui_name_capital(k->text));
}

/* A key of one letter, as nearly all are: not one that is known by its name. */
static bool is_letter(const char *name)
{
    return name[0] != '\0' && name[1] == '\0';
}

static bool is_special(const char *name)
{
    if (is_letter(name))
        return false;
    static const char *const names[] = { "shift",   "delete", "accents", "accents2",
                                         "letters", "digits", "done",    "more" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (!strcmp(name, names[i]))
            return true;
    return false;
}

static size_t one_char(const char *s)
{
    const char *at = s;
    (void)utf8_next(&at, s + strlen(s));
    return (size_t)(at - s);
}

/* Fills in what the key types with the present shift. */
static void set_types(const struct ui *ui, struct key *k, bool upper)
{
    if (is_special(k->name))
        return;
    if (!strcmp(k->name, "space")) {
        snprintf(k->types, sizeof(k->types), " ");
        return;
    }
    memcpy(k->types, k->name, sizeof(k->types) - 1);
    if (!upper || !has_letters(ui->keyboard->keys) || one_char(k->name) != strlen(k->name))
        return;
    const char *s = k->name;
    uint32_t cp = ui_upper(utf8_next(&s, k->name + strlen(k->name)), turkish(ui));
    k->types[utf8_put(cp, k->types)] = '\0';
}

static void add_key(const struct ui *ui, struct keys *out, const char *name, size_t n, double w)
{
    if (out->n == KEYS_MAX || n >= UI_ID_MAX - 4)
        return;
    struct key *k = &out->v[out->n++];
    *k = (struct key){ .w = w, .row = out->rows };
    memcpy(k->name, name, n);
    set_types(ui, k, out->capitals);
}

static const char *chip(const struct ui *ui, size_t i)
{
    const struct ui_keyboard *k = ui->keyboard;
    if (*k->chips[0])
        return i < UI_KEY_CHIPS ? k->chips[i] : "";
    if (k->keys == UI_KEYS_EMAIL)
        return i < ARRAY_LEN(usual_email) ? usual_email[i] : "";
    if (k->keys == UI_KEYS_PHONE)
        return i < ARRAY_LEN(usual_phone) ? usual_phone[i] : "";
    return "";
}

/* Sets the keys of the row just filled side by side, in the middle of the columns. */
static void close_row(struct keys *out, size_t first, double cols)
{
    double whole = 0;
    for (size_t i = first; i < out->n; i++)
        whole += out->v[i].w;
    double x = whole < cols ? (cols - whole) / 2 : 0;
    for (size_t i = first; i < out->n; i++) {
        out->v[i].x = x;
        out->v[i].w *= whole > cols ? cols / whole : 1;
        x += out->v[i].w;
    }
    out->rows++;
}

/* Without a word for it there is no closing key; its place stays empty. */
static void drop_done(const struct ui *ui, struct keys *out)
{
    if (!*ui->keyboard->done && out->n > 0 && !strcmp(out->v[out->n - 1].name, "done"))
        out->n--;
}

/* Prefixes are equally wide; the ends of addresses by their letters. */
static double chip_share(const struct ui *ui, size_t i)
{
    return ui->keyboard->keys == UI_KEYS_PHONE ? 1 : (double)(strlen(chip(ui, i)) + 3);
}

static void add_chips(const struct ui *ui, struct keys *out, double cols)
{
    size_t first = out->n;
    double shares = 0;
    for (size_t i = 0; *chip(ui, i); i++)
        shares += chip_share(ui, i);
    for (size_t i = 0; *chip(ui, i); i++)
        add_key(ui, out, chip(ui, i), strlen(chip(ui, i)), cols * chip_share(ui, i) / shares);
    if (out->n > first)
        close_row(out, first, cols);
}

static void add_row(const struct ui *ui, struct keys *out, const char *row, double cols)
{
    size_t first = out->n;
    while (*row) {
        size_t n = strcspn(row, " ");
        const char *star = memchr(row + 1, '*', n > 1 ? n - 1 : 0);
        size_t name = star ? (size_t)(star - row) : n;
        double w = star ? (double)(star[1] - '0') : 1;
        if (star && star[2] == '.')
            w += (star[3] - '0') / 10.0;
        add_key(ui, out, row, name, w);
        row += n + (row[n] == ' ');
    }
    close_row(out, first, cols);
    drop_done(ui, out);
}

/* The letters of the shown language in a row of their own. */
static void add_promoted(const struct ui *ui, struct keys *out, double cols)
{
    const char *p = ui->keyboard->promote;
    size_t first = out->n;
    for (size_t i = 0; *p && (double)i < cols; i++) {
        size_t n = one_char(p);
        add_key(ui, out, p, n, 1);
        p += n;
    }
    if (out->n > first)
        close_row(out, first, cols);
}

static double columns(const struct ui *ui)
{
    if (is_keypad(ui->keyboard->keys))
        return 3;
    const struct ui_look *look = &ui->frame.look;
    int w = look->w - 2 * ui_u(ui, 24);
    double pitch_mm = w / 10.0 * ui_mm_per_px(look);
    return has_letters(ui->keyboard->keys) && pitch_mm < 12.7 + 2.54 ? 7 : 10;
}

/* A keypad of four columns that holds the prefixes too. */
static bool beside_prefixes(const struct ui *ui)
{
    const struct ui_keyboard *k = ui->keyboard;
    return k->keys == UI_KEYS_PHONE && !*k->chips[0] && low_room(ui);
}

/* Where the body is shown in parts there is no room for a button under it: a key turns
 * them, in the last row, for which the widest key there gives way. */
static void add_more(const struct ui *ui, struct keys *out)
{
    if (ui->parts < 2 || is_keypad(ui->keyboard->keys) || out->n == 0)
        return;
    int row = out->rows - 1;
    size_t widest = out->n - 1, last = out->n - 1;
    for (size_t i = out->n; i-- > 0 && out->v[i].row == row;)
        widest = out->v[i].w > out->v[widest].w ? i : widest;
    const double w = 1.5;
    if (out->v[widest].w < 2 * w || out->n == KEYS_MAX)
        return;
    bool closes = !strcmp(out->v[last].name, "done"); /* stays at the end */
    double end = out->v[last].x + out->v[last].w;
    out->v[widest].w -= w;
    for (size_t i = widest + 1; i < out->n; i++)
        out->v[i].x -= w;
    struct key more = { .name = "more", .row = row, .w = w, .x = end - w };
    if (closes) {
        more.x = out->v[last].x;
        out->v[last].x += w;
        out->v[out->n] = out->v[last];
        out->v[last] = more;
    } else {
        out->v[out->n] = more;
    }
    out->n++;
}

#define ADD_ROWS(rows_)                                   \
    for (size_t r_ = 0; r_ < ARRAY_LEN(rows_); r_++)      \
        add_row(ui, out, (rows_)[r_], cols)

static void list_keys(const struct ui *ui, struct keys *out)
{
    *out = (struct keys){ .capitals = capitals(ui) };
    const struct ui_keyboard *k = ui->keyboard;
    double cols = columns(ui);
    out->cols = cols;
    int layer = ui->in.layer;
    if (beside_prefixes(ui)) {
        out->cols = cols = 4;
        ADD_ROWS(keypad_phone);
    } else if (is_keypad(k->keys)) {
        add_chips(ui, out, cols);
        ADD_ROWS(keypad);
    } else if (k->keys == UI_KEYS_EMAIL && low_room(ui)) {
        if (layer == DIGITS)
            ADD_ROWS(text_digits);
        else
            ADD_ROWS(email_low);
    } else if (k->keys == UI_KEYS_EMAIL) {
        add_chips(ui, out, cols);
        ADD_ROWS(email);
    } else if (layer == ACCENTS) {
        out->cols = cols = 10;
        ADD_ROWS(accents);
    } else if (layer == ACCENTS2) {
        out->cols = cols = 10;
        ADD_ROWS(accents2);
    } else if (layer == DIGITS && k->keys == UI_KEYS_TEXT) {
        out->cols = cols = 10;
        ADD_ROWS(text_digits);
    } else {
        if (!low_room(ui))
            add_promoted(ui, out, cols);
        if (cols < 10)
            ADD_ROWS(abc);
        else if (k->keys == UI_KEYS_TEXT)
            ADD_ROWS(text_letters);
        else
            ADD_ROWS(qwerty);
    }
    add_more(ui, out);
}

/* ---- geometry ---- */

int ui_keyboard_side(struct ui *ui)
{
    if (!is_keypad(ui->keyboard->keys) || ui_portrait(&ui->frame.look))
        return 0;
    return ui_u(ui, ui_short(&ui->frame.look) ? 460 : 640);
}

static int key_gap(const struct ui *ui)
{
    int gap = ui_u(ui, 14), least = ui_px_mm(&ui->frame.look, 2.54);
    return gap > least ? gap : least;
}

static int key_height(struct ui *ui, int rows, int room)
{
    bool pad = is_keypad(ui->keyboard->keys);
    int h = ui_tight(ui, pad ? 128 : 116, 71), least = ui_least(ui);
    /* Leave the upper half of the room to the field, down to the least height. */
    int part = ui_keyboard_side(ui) ? 10 : 7;
    int most = (room * part / 10 - (rows - 1) * key_gap(ui)) / rows;
    h = h > most ? most : h;
    return h > least ? h : least;
}

int ui_keyboard_height(struct ui *ui, int room)
{
    if (ui->keyboard_rows == 0) {
        struct keys keys;
        list_keys(ui, &keys);
        ui->keyboard_rows = keys.rows;
    }
    int rows = ui->keyboard_rows;
    return rows * key_height(ui, rows, room) + (rows - 1) * key_gap(ui);
}

struct grid {
    double x, pitch; /* left edge, columns apart, px */
    int y, key_h, gap;
};

static struct grid grid_of(const struct ui *ui, const struct keys *keys, struct ui_rect box)
{
    struct grid g = { .gap = key_gap(ui), .y = box.y };
    g.key_h = (box.h - (keys->rows - 1) * g.gap) / keys->rows;
    const struct ui_look *look = &ui->frame.look;
    double most = ui_u(ui, is_keypad(ui->keyboard->keys) ? 220 : 152);
    /* 8 mm from the edge where keys stay wide enough, else the least margin. */
    int margin = is_keypad(ui->keyboard->keys) && !ui_portrait(look) ? 0 : ui_u(ui, 48);
    g.pitch = (box.w - 2 * margin + g.gap) / keys->cols;
    if (g.pitch - g.gap < ui_px_mm(look, 13.4)) {
        margin = ui_u(ui, 24);
        g.pitch = (box.w - 2 * margin + g.gap) / keys->cols;
    }
    g.pitch = g.pitch > most ? most : g.pitch;
    g.x = box.x + (box.w - g.pitch * keys->cols + g.gap) / 2;
    return g;
}

static struct ui_rect key_box(const struct grid *g, const struct key *k)
{
    int x0 = (int)(g->x + k->x * g->pitch + 0.5);
    int x1 = (int)(g->x + (k->x + k->w) * g->pitch + 0.5) - g->gap;
    return (struct ui_rect){ x0, g->y + k->row * (g->key_h + g->gap), x1 - x0, g->key_h };
}

/* ---- drawing ---- */

static const char *key_id(struct ui *ui, const struct key *k)
{
    size_t n = strlen(k->name) + 1;
    char *id = ui_arena(ui, n + 4);
    if (!id)
        return "";
    memcpy(id, "key.", 4);
    memcpy(id + 4, k->name, n);
    return id;
}

struct face {
    const char *text, *icon, *say;
    enum ui_kind kind;
    bool selected;
};

static struct face face_of(struct ui *ui, const struct key *k)
{
    const struct ui_words *w = &ui->words;
    if (is_letter(k->name))
        return (struct face){ .text = ui_dup(ui, k->types) };
    if (!strcmp(k->name, "shift"))
        return (struct face){ .icon = "shift", .say = w->shift, .kind = UI_CALM,
                              .selected = capitals(ui) };
    if (!strcmp(k->name, "delete"))
        return (struct face){ .icon = "delete", .say = w->erase, .kind = UI_CALM };
    if (!strcmp(k->name, "accents"))
        return (struct face){ .text = ui->in.layer == ACCENTS2 ? "á ć é" : "é á ł", .say = w->accents,
                              .kind = UI_CALM };
    if (!strcmp(k->name, "accents2"))
        return (struct face){ .text = "ł ö š", .say = w->accents, .kind = UI_CALM };
    if (!strcmp(k->name, "letters"))
        return (struct face){ .text = "abc", .say = w->letters_key, .kind = UI_CALM };
    if (!strcmp(k->name, "digits"))
        return (struct face){ .text = "123", .say = w->digits_key, .kind = UI_CALM };
    if (!strcmp(k->name, "space"))
        return (struct face){ .text = w->space, .say = w->space };
    if (!strcmp(k->name, "more"))
        return (struct face){ .icon = "chevron-down", .say = w->more, .kind = UI_CALM };
    if (!strcmp(k->name, "done"))
        return (struct face){ .text = ui->keyboard->done, .kind = UI_MAIN };
    return (struct face){ .text = ui_dup(ui, k->types) };
}

/* The letter once more, above the finger that covers it. */
static void draw_preview(struct ui *ui, const struct key *k, struct ui_rect box)
{
    int h = ui_u(ui, 128), w = ui_u(ui, 112);
    w = w > box.w ? w : box.w;
    struct ui_rect r = { box.x + (box.w - w) / 2, box.y - h - ui_u(ui, 10), w, h };
    ui_put_shadow(ui, r, ui_u(ui, 24));
    ui_put_round(ui, r, ui_u(ui, 24), ui_c(ui, UI_PRIMARY), 0, 0);
    struct ui_font font = { ui_style_px(&ui->frame.look, UI_TITLE) * 6 / 5, true };
    struct ui_fit f = ui_fit_px(ui, k->types, font, font.px / 2, w, 1);
    ui_put_text(ui, NULL, ui_centred(r, w, f.h), &f, k->types, UI_MIDDLE, ui_c(ui, UI_ON_PRIMARY));
}

static void list_popup(const struct ui *ui, struct keys *out);

/* Whether it is one of the accents that are open. */
static bool is_accent(const struct ui *ui, const struct key *k)
{
    struct keys keys = { 0 };
    if (*ui->in.popup)
        list_popup(ui, &keys);
    for (size_t i = 0; i < keys.n; i++)
        if (!strcmp(keys.v[i].name, k->name))
            return true;
    return false;
}

static void draw_key(struct ui *ui, const struct key *k, struct ui_rect box)
{
    struct face face = face_of(ui, k);
    bool pin = ui->keyboard->keys == UI_KEYS_PIN;
    bool disabled = !strcmp(k->name, "done") && ui->keyboard->done_disabled;
    const char *text = face.text ? face.text : face.say;
    /* In Polish an accent has a key of its own, and now stands over it too. */
    const char *id = ui->behind && is_accent(ui, k) ? "" : key_id(ui, k);
    struct ui_widget *w = ui_target(ui, id, UI_ROLE_KEY, box, text, face.say);
    w->selected = face.selected;
    w->disabled = disabled;
    bool pressed = w->pressed;
    if (pin && *k->types)
        w->pressed = pressed = false; /* nobody sees which key of a PIN it was */
    struct ui_skin skin = ui_skin_button(ui, face.selected ? UI_MAIN : face.kind, disabled, pressed);
    if (face.kind == UI_SECONDARY) {
        skin.line = ui_u(ui, 2);
        skin.radius = ui_u(ui, 16);
    }
    struct ui_rect r = ui_put_surface(ui, w, box, &skin);
    if (face.icon) {
        int icon = ui_u(ui, 48);
        icon = icon < r.h ? icon : r.h;
        ui_put_icon(ui, face.icon, ui_centred(r, icon, icon), skin.ink);
        return;
    }
    bool letter = *k->types && one_char(k->types) == strlen(k->types) && strcmp(k->name, "space");
    struct ui_font font = { ui_style_px(&ui->frame.look, letter ? UI_SECTION : UI_HINT), letter };
    if (!strcmp(k->name, "done"))
        font = (struct ui_font){ ui_style_px(&ui->frame.look, UI_LABEL), true };
    int floor = ui_u(ui, 28);
    struct ui_fit f = ui_fit_px(ui, face.text, font, floor < font.px ? floor : font.px,
                                r.w - ui_u(ui, 8), 1);
    if (!f.ok && !strcmp(k->name, "done")) {
        int icon = ui_u(ui, 48); /* no room for the word: its sign */
        ui_put_icon(ui, "check", ui_centred(r, icon, icon), skin.ink);
        return;
    }
    ui_put_text(ui, w, ui_centred(r, r.w - ui_u(ui, 8), f.h), &f, face.text, UI_MIDDLE, skin.ink);
}

static const struct key *find_key(const struct keys *keys, const char *id)
{
    for (size_t i = 0; i < keys->n; i++)
        if (!strncmp(id, "key.", 4) && !strcmp(id + 4, keys->v[i].name))
            return &keys->v[i];
    return NULL;
}

/* Variants of the held letter as keys of their own, over the keyboard. */
static void list_popup(const struct ui *ui, struct keys *out)
{
    *out = (struct keys){ .capitals = capitals(ui) };
    const char *s = ui->in.popup + 4;
    const char *forms = ui_variants(utf8_next(&s, s + strlen(s)));
    for (; forms && *forms; forms += one_char(forms))
        add_key(ui, out, forms, one_char(forms), 1);
    out->cols = (double)out->n;
    close_row(out, 0, out->cols);
}

static void draw_popup(struct ui *ui, struct ui_rect held, const struct grid *g)
{
    struct keys keys;
    list_popup(ui, &keys);
    int pad = ui_u(ui, 16), least = ui_least(ui);
    double pitch = g->pitch - g->gap < least ? least + g->gap : g->pitch;
    int w = (int)(pitch * keys.cols) - g->gap;
    int x = held.x + held.w / 2 - w / 2, margin = ui_u(ui, 24) + pad;
    int most = ui->frame.look.w - margin - w;
    x = x > most ? most : x;
    x = x < margin ? margin : x;
    struct ui_rect box = { x, held.y - g->key_h - g->gap - pad, w, g->key_h };
    struct ui_rect bubble = ui_rect_inset(box, -pad);
    ui_put_shadow(ui, bubble, ui_u(ui, 28));
    ui_put_round(ui, bubble, ui_u(ui, 28), ui_c(ui, UI_SURFACE), ui_c(ui, UI_PRIMARY), ui_u(ui, 3));
    struct grid row = { .x = x, .pitch = pitch, .y = box.y, .key_h = box.h, .gap = g->gap };
    for (size_t i = 0; i < keys.n; i++)
        draw_key(ui, &keys.v[i], key_box(&row, &keys.v[i]));
}

void ui_keyboard_draw(struct ui *ui, struct ui_rect box)
{
    struct keys keys;
    list_keys(ui, &keys);
    struct grid g = grid_of(ui, &keys, box);
    ui->ltr = true; /* letters stand where they stand in every language */
    if (ui->frame.look.rtl)
        g.x = ui->frame.look.w - g.x - (g.pitch * keys.cols - g.gap);
    const struct key *held = *ui->in.popup ? find_key(&keys, ui->in.popup) : NULL;
    const struct key *preview = NULL;
    bool behind = ui->behind;
    ui->behind = behind || held != NULL;
    for (size_t i = 0; i < keys.n; i++) {
        draw_key(ui, &keys.v[i], key_box(&g, &keys.v[i]));
        bool letter = *keys.v[i].types && strcmp(keys.v[i].name, "space");
        if (letter && ui->widgets[ui->n_widgets - 1].pressed)
            preview = &keys.v[i];
    }
    ui->behind = behind;
    if (held)
        draw_popup(ui, key_box(&g, held), &g);
    else if (preview && has_letters(ui->keyboard->keys))
        draw_preview(ui, preview, key_box(&g, preview));
    ui->ltr = false;
}

/* ---- what a key does ---- */

bool ui_keyboard_accents(struct ui *ui, const char *id)
{
    struct keys keys;
    if (!ui->keyboard || !has_letters(ui->keyboard->keys))
        return false;
    list_keys(ui, &keys);
    const struct key *k = find_key(&keys, id);
    if (!k || one_char(k->name) != strlen(k->name))
        return false;
    const char *s = k->name;
    if (!ui_variants(utf8_next(&s, s + strlen(s))))
        return false;
    snprintf(ui->in.popup, sizeof(ui->in.popup), "%s", id);
    return true;
}

static bool change_layer(struct ui *ui, const char *name)
{
    static const struct {
        const char *name;
        enum layer to;
    } layers[] = { { "accents", ACCENTS }, { "accents2", ACCENTS2 }, { "letters", LETTERS },
                   { "digits", DIGITS } };
    for (size_t i = 0; i < ARRAY_LEN(layers); i++)
        if (!strcmp(name, layers[i].name)) {
            ui->in.layer = (int)layers[i].to;
            return true;
        }
    if (!strcmp(name, "more")) {
        ui->in.part++; /* past the last one it is the first again */
        return true;
    }
    if (strcmp(name, "shift"))
        return false;
    ui->in.shift = capitals(ui) ? UI_SHIFT_OFF : UI_SHIFT_ON;
    return true;
}

bool ui_keyboard_action(struct ui *ui, const char *id, struct ui_action *ret)
{
    struct keys keys;
    if (!ui->keyboard || strncmp(id, "key.", 4))
        return false;
    if (*ui->in.popup)
        list_popup(ui, &keys);
    else
        list_keys(ui, &keys);
    const struct key *k = find_key(&keys, id);
    if (!k)
        return false;
    struct ui_action a = { .kind = UI_NOTHING };
    snprintf(a.id, sizeof(a.id), "%s", id);
    ui->in.popup[0] = '\0';
    ui->in.stale = true;
    if (change_layer(ui, k->name)) {
        *ret = a;
        return true;
    }
    a.kind = !strcmp(k->name, "delete") ? UI_ERASE : !strcmp(k->name, "done") ? UI_DONE : UI_TYPE;
    if (a.kind == UI_DONE && ui->keyboard->done_disabled)
        a.kind = UI_NOTHING;
    snprintf(a.text, sizeof(a.text), "%s", k->types);
    if (a.kind == UI_TYPE) {
        ui->in.shift = UI_SHIFT_AUTO;
        if (ui->in.layer == ACCENTS || ui->in.layer == ACCENTS2)
            ui->in.layer = LETTERS; /* names have one accent, and go on in plain letters */
    }
    *ret = a;
    return true;
}

/* ---- for a driver ---- */

static bool in_rows(const char *const *rows, size_t n, uint32_t cp)
{
    for (size_t i = 0; i < n; i++)
        for (const char *s = rows[i], *end = s + strlen(s); s < end;)
            if (utf8_next(&s, end) == cp)
                return true;
    return false;
}

bool ui_key_for(const struct ui *ui, const char *s, char ret_id[UI_ID_MAX])
{
    if (!ui->keyboard || !*s)
        return false;
    struct keys keys;
    list_keys(ui, &keys);
    const char *at = s;
    uint32_t cp = utf8_next(&at, s + strlen(s)), low = ui_lower(cp, turkish(ui));
    if (cp == 0x130)
        low = turkish(ui) ? 'i' : cp; /* a key of its own but in Turkish */
    char want[5] = { 0 }, small[5] = { 0 };
    want[utf8_put(cp, want)] = '\0';
    small[utf8_put(low, small)] = '\0';
    const char *next = NULL;
    for (size_t i = 0; i < keys.n && !next; i++)
        if (!strcmp(keys.v[i].types, want))
            next = keys.v[i].name;
    for (size_t i = 0; i < keys.n && !next; i++)
        if (!strcmp(keys.v[i].name, small) && has_letters(ui->keyboard->keys))
            next = "shift";
    int layer = ui->in.layer;
    if (!next && has_letters(ui->keyboard->keys)) {
        if (in_rows(accents, 3, low) && low > 0x7F)
            next = "accents";
        else if (in_rows(accents2, 3, low) && low > 0x7F)
            next = layer == ACCENTS ? "accents2" : "accents";
        else if (layer == LETTERS && ui->keyboard->keys == UI_KEYS_TEXT &&
                 in_rows(text_digits, 3, cp))
            next = "digits";
        else if (layer != LETTERS && (in_rows(qwerty, 3, low) || in_rows(text_digits, 3, cp)))
            next = "letters";
        if (next && layer == DIGITS && strcmp(next, "letters"))
            next = "letters";
    }
    if (!next && ui->keyboard->keys == UI_KEYS_EMAIL && low_room(ui))
        next = in_rows(text_digits, 3, cp) && layer == LETTERS ? "digits"
               : layer == DIGITS ? "letters" : NULL;
    if (!next)
        return false;
    snprintf(ret_id, UI_ID_MAX, "key.%.16s", next);
    return true;
}

void ui_keyboard(struct ui *ui, const struct ui_keyboard *k)
{
    struct ui_keyboard *copy = ui_arena(ui, sizeof(*copy));
    if (!copy)
        return;
    *copy = *k;
    copy->text = ui_dup(ui, k->text);
    copy->promote = ui_dup(ui, k->promote);
    copy->done = ui_dup(ui, k->done);
    for (size_t i = 0; i < UI_KEY_CHIPS; i++)
        copy->chips[i] = ui_dup(ui, k->chips[i]);
    ui->keyboard = copy;
    ui->keyboard_rows = 0;
}
