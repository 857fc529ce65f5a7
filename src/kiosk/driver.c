#include "kiosk/driver.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "kiosk/driving.h"

/* Other programs (a printer, eSpeak, a second kiosk) may be stopped by a busy machine for seconds. */
#define PATIENCE_MS 20000
#define LOOK_AGAIN_MS 5
/* So often it has been looked by then; later on a machine that is too busy to look so often. */
#define LOOKS_LEAST (PATIENCE_MS / LOOK_AGAIN_MS)

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

bool driver_taps(const struct driver *d)
{
    return d && d->down && d->at < d->script.n && d->script.v[d->at].verb != DO_WAIT;
}

/* ---- words ---- */

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

static void fail(struct driver *d, struct app *a, const struct command *c, const char *what)
{
    fprintf(stderr, "%s:%zu: ", d->path, c->line);
    for (const char *s = what; *s; s++)
        if (*s == '$') /* $0 and $1: the words of the command */
            fputs(driver_word(d, (size_t)(*++s - '0')), stderr);
        else
            fputc(*s, stderr);
    fputs("; ", stderr);
    driver_say_shown(a);
    a->status = 1;
    a->quit = true;
}

/* What did not happen; $0 and $1 are the words of the command. */
static const char *const broken[VERB_COUNT] = {
    [DO_TAP] = "cannot tap $0: it is not there or cannot be used",
    [DO_TAP_UNTIL] = "tapping $0 did not lead to screen $1",
    [DO_PRESS] = "cannot press $0: it is not there or cannot be used",
    [DO_SLIDE] = "cannot slide from $0 to $1",
    [DO_LIFT] = "cannot lift",
    [DO_TYPE] = "cannot type \"$0\": no keyboard on the screen has its keys",
    [DO_KEY] = "cannot press the key $0",
    [DO_PLUG] = "cannot plug headphones $0",
    [DO_BY] = "cannot act by $0",
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
    [EXPECT_NO_SAY] = "expected not to hear \"$0\"",
    [EXPECT_ID_TEXT] = "expected $0 to hold \"$1\"",
};

static const char *unheard(const struct driver *d, enum verb verb)
{
    if (verb == DO_TAP && d->by == BY_KEYS)
        return "no way by keys to $0";
    if (d->by == BY_KEYS)
        return broken[verb];
    if (verb == DO_TAP)
        return "no way by ear to $0";
    if (verb == EXPECT_TEXT || verb == EXPECT_SCREEN)
        return "expected to see and hear $0";
    return verb == EXPECT_ID_TEXT ? "expected $0 to hold \"$1\", and to hear it" : broken[verb];
}

/* The page stands: nothing typed, shown or scanned is still on its way. */
static bool settled(const struct app *a)
{
    return !a->dirty && !a->look && a->pending_at == 0 && a->scanner.n == 0;
}

static void next_command(struct driver *d)
{
    d->at++;
    d->since = 0;
    d->looks = 0;
    d->phase = d->steps = d->taps = 0;
    d->asked = false;
    d->typed = NULL;
}

static bool patient(const struct driver *d, int64_t now)
{
    return now - d->since <= PATIENCE_MS || d->looks <= LOOKS_LEAST;
}

void driver_step(struct driver *d, struct app *a)
{
    int64_t now = clock_real_mono_ms();

    d->due = now + LOOK_AGAIN_MS;
    a->scanner.longest = 0; /* between two of its letters this thread may have been stopped */
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
    enum outcome o = driver_do(d, a, c);
    d->looks++;
    if (o == GO_ON) {
        next_command(d);
        d->due = now; /* the loop sees to what came of it first */
    } else if (o == BROKEN || (c->verb != DO_WAIT && !patient(d, now))) {
        fail(d, a, c, d->by == BY_TOUCH ? broken[c->verb] : unheard(d, c->verb));
    }
}
