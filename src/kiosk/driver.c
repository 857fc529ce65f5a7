#include "kiosk/driver.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "i18n/i18n.h"
#include "kiosk/inside.h"
#include "kiosk/script.h"
#include "ui/tree.h"

#define PATIENCE_MS 2000
#define LOOK_AGAIN_MS 5
#define CORNER_AT_MM 10.0
#define SLIDE_STEPS 8
#define NAMES_MAX 32
#define SHOWN_MAX 4000
#define FINGER 1

struct kept {
    char name[32];
    char *text;
};

struct driver {
    char path[256];
    struct script script;
    size_t at;
    int64_t due;       /* real ms */
    int64_t since;     /* real ms at which the command began; 0: not begun */
    bool down;         /* a finger is on the glass ... */
    int x, y;          /* ... here */
    int phase;         /* of the command */
    const char *typed; /* what is left of DO_TYPE */
    struct kept kept[NAMES_MAX];
    size_t n_kept;
    struct buf words[3]; /* the command's words with $NAMES put in */
};

enum outcome { GO_ON, NOT_YET, BROKEN };

enum err driver_create(const char *path, struct driver **ret_driver)
{
    CLEANUP(buf_done) struct buf text = buf_make(SCRIPT_BYTES_MAX);
    char why[SCRIPT_WHY_MAX];
    size_t line = 0;

    enum err e = buf_read_file(&text, path);
    if (e != ERR_OK) {
        fprintf(stderr, "%s: %s\n", path, err_text(e));
        return ERR_FORMAT;
    }
    struct driver *d = mem_calloc(1, sizeof(*d));
    if (!d)
        return ERR_NOMEM;
    snprintf(d->path, sizeof(d->path), "%s", strcmp(path, "-") == 0 ? "stdin" : path);
    for (size_t i = 0; i < ARRAY_LEN(d->words); i++)
        d->words[i] = buf_make(2 * SCRIPT_WORD_MAX);
    e = script_parse(buf_str(&text), text.n, &d->script, &line, why);
    if (e == ERR_OK) {
        *ret_driver = d;
        return ERR_OK;
    }
    if (e == ERR_FORMAT)
        fprintf(stderr, "%s:%zu: %s\n", d->path, line, why);
    driver_destroy(d);
    return e;
}

void driver_destroy(struct driver *d)
{
    if (!d)
        return;
    script_done(&d->script);
    for (size_t i = 0; i < d->n_kept; i++)
        mem_free(d->kept[i].text);
    for (size_t i = 0; i < ARRAY_LEN(d->words); i++)
        buf_wipe(&d->words[i]);
    mem_free(d);
}

int64_t driver_due(const struct driver *d)
{
    return d->due;
}

/* ---- words ---- */

static const char *word(const struct driver *d, size_t i)
{
    return buf_str(&d->words[i]);
}

static const struct kept *find_kept(const struct driver *d, const char *name, size_t n)
{
    for (size_t i = 0; i < d->n_kept; i++)
        if (strlen(d->kept[i].name) == n && memcmp(d->kept[i].name, name, n) == 0)
            return &d->kept[i];
    return NULL;
}

static size_t name_length(const char *s)
{
    return strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}

static void expand(struct driver *d, const struct command *c)
{
    for (size_t i = 0; i < ARRAY_LEN(c->words); i++) {
        buf_clear(&d->words[i]);
        for (const char *s = c->words[i] ? c->words[i] : ""; *s;) {
            size_t n = *s == '$' ? name_length(s + 1) : 0;
            const struct kept *k = n ? find_kept(d, s + 1, n) : NULL;
            if (k) {
                buf_adds(&d->words[i], k->text);
                s += n + 1;
            } else {
                buf_addc(&d->words[i], *s++);
            }
        }
    }
}

/* ---- what the screen shows ---- */

/* What a person reads: without the marks that only steer the direction of text. */
static char *plain(const char *text)
{
    char *copy = mem_dup_str(text);

    if (copy)
        i18n_strip(copy);
    return copy;
}

static bool holds(const char *text, const char *part)
{
    CLEANUP(mem_freep) char *a = plain(text);
    CLEANUP(mem_freep) char *b = plain(part);

    return a && b && (b[0] ? strstr(a, b) != NULL : a[0] == '\0');
}

static bool page_holds(const struct app *a, const char *part)
{
    size_t n = ui_widget_count(a->ui);

    for (size_t i = 0; i < n; i++)
        if (holds(ui_widget_at(a->ui, i)->text, part))
            return true;
    return false;
}

/* Was it said since the visitor came? A chime is "*success*" or "*attention*". */
static bool heard(const struct app *a, const char *part)
{
    const char *text;

    for (size_t back = 0; (text = speech_heard(a->voice.speech, back)) != NULL; back++)
        if (holds(text, part))
            return true;
    return false;
}

static void say_shown(const struct app *a)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(SHOWN_MAX);
    const char *focus = ui_focus(a->ui);

    ui_page_text(a->ui, &b);
    CLEANUP(mem_freep) char *text = plain(buf_str(&b));
    fprintf(stderr, "the screen shows %s, in %s%s%s:\n", ui_page_name(a->ui),
            a->session.prefs.lang, focus ? ", focus on " : "", focus ? focus : "");
    for (const char *line = text ? text : ""; *line;) {
        size_t n = strcspn(line, "\n");
        if (n)
            fprintf(stderr, "    %.*s\n", (int)n, line);
        line += n + (line[n] == '\n');
    }
}

static void fail(struct driver *d, struct app *a, const struct command *c, const char *what)
{
    fprintf(stderr, "%s:%zu: ", d->path, c->line);
    for (const char *s = what; *s; s++)
        if (*s == '$') /* $0 and $1: the words of the command */
            fputs(word(d, (size_t)(*++s - '0')), stderr);
        else
            fputc(*s, stderr);
    fputs("; ", stderr);
    say_shown(a);
    a->status = 1;
    a->quit = true;
}

/* ---- touching ---- */

static bool spot(const struct app *a, const char *id, int *ret_x, int *ret_y)
{
    if (strcmp(id, "corner") == 0) {
        *ret_x = *ret_y = ui_px_mm(&a->canvas, CORNER_AT_MM);
        return true;
    }
    const struct ui_widget *w = ui_widget_find(a->ui, id);
    if (!w || w->box.w == 0 || w->box.h == 0)
        return false;
    *ret_x = w->box.x + w->box.w / 2;
    *ret_y = w->box.y + w->box.h / 2;
    return true;
}

static void touch(struct driver *d, struct app *a, enum ui_phase phase)
{
    sdl_inject_touch(a->sdl, phase, FINGER, d->x, d->y);
    d->down = phase != UI_UP;
}

/* Lays the finger on a target that can fire: there, and its lock-out over. */
static enum outcome lay_on(struct driver *d, struct app *a, const char *id)
{
    if (!spot(a, id, &d->x, &d->y))
        return NOT_YET;
    if (strcmp(id, "corner") != 0 && ui_widget_find(a->ui, id)->disabled)
        return NOT_YET;
    int64_t until = ui_strike_until(a->ui, id);
    if (until > clock_real_mono_ms())
        return NOT_YET;
    touch(d, a, UI_DOWN);
    return GO_ON;
}

static enum outcome do_tap(struct driver *d, struct app *a, const char *id)
{
    if (d->phase == 0) {
        enum outcome o = lay_on(d, a, id);
        d->phase = o == GO_ON;
        return o == GO_ON ? NOT_YET : o;
    }
    touch(d, a, UI_UP);
    return GO_ON;
}

/* From the middle of one to the middle of the other, finger down all the way. */
static enum outcome do_slide(struct driver *d, struct app *a)
{
    int x, y;

    if (!d->down) {
        enum outcome o = lay_on(d, a, word(d, 0));
        if (o != GO_ON)
            return o;
    }
    if (!spot(a, word(d, 1), &x, &y))
        return NOT_YET;
    int from_x = d->x, from_y = d->y;
    for (int i = 1; i <= SLIDE_STEPS; i++) {
        d->x = from_x + (x - from_x) * i / SLIDE_STEPS;
        d->y = from_y + (y - from_y) * i / SLIDE_STEPS;
        touch(d, a, UI_MOVE);
    }
    return GO_ON;
}

/* Keys that only turn the keyboard to another layer type nothing. */
static bool types_nothing(const char *id)
{
    static const char *const layers[] = { "key.shift", "key.accents", "key.accents2",
                                          "key.letters", "key.digits" };

    for (size_t i = 0; i < ARRAY_LEN(layers); i++)
        if (strcmp(id, layers[i]) == 0)
            return true;
    return false;
}

static enum outcome do_type(struct driver *d, struct app *a)
{
    char id[UI_ID_MAX];

    if (!d->typed)
        d->typed = word(d, 0);
    if (!*d->typed)
        return GO_ON;
    if (d->phase == 0 && !ui_key_for(a->ui, d->typed, id))
        return NOT_YET;
    if (d->phase == 0) {
        enum outcome o = lay_on(d, a, id);
        if (o != GO_ON)
            return o;
        d->phase = types_nothing(id) ? 1 : 2;
        return NOT_YET;
    }
    touch(d, a, UI_UP);
    if (d->phase == 2) {
        const char *end = d->typed + strlen(d->typed);
        utf8_next(&d->typed, end);
    }
    d->phase = 0;
    d->since = clock_real_mono_ms(); /* patience is per key */
    return *d->typed ? NOT_YET : GO_ON;
}

static enum outcome do_key(struct driver *d, struct app *a)
{
    static const struct {
        const char *word;
        enum ui_key key;
    } keys[] = { { "next", UI_KEY_NEXT }, { "prev", UI_KEY_PREV }, { "select", UI_KEY_SELECT },
                 { "back", UI_KEY_BACK } };

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (strcmp(word(d, 0), keys[i].word) == 0)
            sdl_inject_key(a->sdl, keys[i].key);
    return GO_ON;
}

/* ---- time ---- */

/* Moves the simulated clock from deadline to deadline, so that they fire in order. */
static void advance(struct app *a, int64_t ms)
{
    struct clock *clock = a->setup->clock;
    int64_t end = app_mono(a) + ms;

    while (!a->quit && app_mono(a) < end) {
        int64_t next = rest_next(a), now = app_mono(a);
        if (next <= now)
            next = now + 1; /* a deadline that was not met does not hold up time */
        clock_advance(clock, (next < end ? next : end) - now);
        app_time(a);
    }
}

static enum outcome do_advance(struct driver *d, struct app *a, const struct command *c)
{
    (void)d;
    if (!a->setup->clock->simulated)
        return BROKEN;
    advance(a, c->ms);
    a->dirty = true;
    return GO_ON;
}

/* ---- files and names ---- */

static enum outcome do_shot(struct driver *d, struct app *a)
{
    return sdl_shot(a->sdl, word(d, 0)) == ERR_OK ? GO_ON : BROKEN;
}

static enum outcome do_tree(struct driver *d, struct app *a)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(1024 * 1024);

    ui_tree_json(a->ui, &b);
    FILE *f = b.failed ? NULL : fopen(word(d, 0), "we");
    if (!f)
        return BROKEN;
    bool ok = fwrite(buf_str(&b), 1, b.n, f) == b.n;
    return fclose(f) == 0 && ok ? GO_ON : BROKEN;
}

static enum outcome do_set(struct driver *d, struct app *a)
{
    const struct ui_widget *w = ui_widget_find(a->ui, word(d, 1));
    size_t i = 0;

    if (!w)
        return NOT_YET;
    while (i < d->n_kept && strcmp(d->kept[i].name, word(d, 0)) != 0)
        i++;
    if (i == NAMES_MAX || strlen(word(d, 0)) >= sizeof(d->kept[i].name))
        return BROKEN;
    char *text = plain(w->text);
    if (!text)
        return BROKEN;
    mem_free(d->kept[i].text);
    snprintf(d->kept[i].name, sizeof(d->kept[i].name), "%s", word(d, 0));
    d->kept[i].text = text;
    d->n_kept += i == d->n_kept;
    return GO_ON;
}

/* ---- commands ---- */

static enum outcome when(bool true_now)
{
    return true_now ? GO_ON : NOT_YET;
}

static bool has_text(const struct app *a, const char *id, const char *part)
{
    const struct ui_widget *w = ui_widget_find(a->ui, id);
    return w && holds(w->text, part);
}

static enum outcome expect(struct driver *d, struct app *a, enum verb verb)
{
    const char *focus = ui_focus(a->ui);

    if (verb == EXPECT_SCREEN)
        return when(strcmp(ui_page_name(a->ui), word(d, 0)) == 0);
    if (verb == EXPECT_LANG)
        return when(strcmp(a->session.prefs.lang, word(d, 0)) == 0);
    if (verb == EXPECT_FOCUS)
        return when(focus && strcmp(focus, word(d, 0)) == 0);
    if (verb == EXPECT_TEXT)
        return when(page_holds(a, word(d, 0)));
    if (verb == EXPECT_NO_TEXT)
        return when(!page_holds(a, word(d, 0)));
    if (verb == EXPECT_SAY)
        return when(heard(a, word(d, 0)));
    return when(has_text(a, word(d, 0), word(d, 1)));
}

static enum outcome play(struct driver *d, struct app *a, const struct command *c)
{
    switch (c->verb) {
    case DO_TAP:
        return do_tap(d, a, word(d, 0));
    case DO_PRESS:
        return lay_on(d, a, word(d, 0));
    case DO_SLIDE:
        return do_slide(d, a);
    case DO_LIFT:
        touch(d, a, UI_UP);
        return GO_ON;
    case DO_TYPE:
        return do_type(d, a);
    case DO_KEY:
        return do_key(d, a);
    case DO_SCAN:
        sdl_inject_text(a->sdl, word(d, 0));
        return GO_ON;
    case DO_WAIT:
        return when(clock_real_mono_ms() >= d->since + c->ms);
    case DO_ADVANCE:
        return do_advance(d, a, c);
    case DO_SHOT:
        return do_shot(d, a);
    case DO_TREE:
        return do_tree(d, a);
    case DO_SET:
        return do_set(d, a);
    case EXPECT_SCREEN:
    case EXPECT_LANG:
    case EXPECT_FOCUS:
    case EXPECT_TEXT:
    case EXPECT_NO_TEXT:
    case EXPECT_SAY:
    case EXPECT_ID_TEXT:
        return expect(d, a, c->verb);
    case VERB_COUNT:
        break;
    }
    return BROKEN;
}

/* What did not happen; $0 and $1 are the words of the command. */
static const char *const broken[VERB_COUNT] = {
    [DO_TAP] = "cannot tap $0: it is not there or cannot be used",
    [DO_PRESS] = "cannot press $0: it is not there or cannot be used",
    [DO_SLIDE] = "cannot slide from $0 to $1",
    [DO_LIFT] = "cannot lift",
    [DO_TYPE] = "cannot type \"$0\": no keyboard on the screen has its keys",
    [DO_KEY] = "cannot press the key $0",
    [DO_SCAN] = "cannot scan \"$0\"",
    [DO_WAIT] = "cannot wait $0",
    [DO_ADVANCE] = "cannot advance $0: the clock is not simulated (--now)",
    [DO_SHOT] = "cannot write the picture $0",
    [DO_TREE] = "cannot write the tree $0",
    [DO_SET] = "cannot keep $0: there is no $1",
    [EXPECT_SCREEN] = "expected screen $0",
    [EXPECT_LANG] = "expected language $0",
    [EXPECT_FOCUS] = "expected the focus on $0",
    [EXPECT_TEXT] = "expected text \"$0\"",
    [EXPECT_NO_TEXT] = "expected no text \"$0\"",
    [EXPECT_SAY] = "expected to hear \"$0\"",
    [EXPECT_ID_TEXT] = "expected $0 to hold \"$1\"",
};

/* The page stands: nothing typed, shown or scanned is still on its way. */
static bool settled(const struct app *a)
{
    return !a->dirty && !a->look && a->pending_at == 0 && a->scanner.n == 0;
}

static void next_command(struct driver *d)
{
    d->at++;
    d->since = 0;
    d->phase = 0;
    d->typed = NULL;
}

void driver_step(struct driver *d, struct app *a)
{
    int64_t now = clock_real_mono_ms();

    d->due = now + LOOK_AGAIN_MS;
    if (!settled(a))
        return;
    if (d->at == d->script.n) {
        a->quit = true;
        return;
    }
    const struct command *c = &d->script.v[d->at];
    if (d->since == 0) {
        d->since = now;
        expand(d, c);
    }
    enum outcome o = play(d, a, c);
    if (o == GO_ON) {
        next_command(d);
        d->due = now; /* the loop sees to what came of it first */
    } else if (o == BROKEN || (c->verb != DO_WAIT && now - d->since > PATIENCE_MS)) {
        fail(d, a, c, broken[c->verb]);
    }
}
