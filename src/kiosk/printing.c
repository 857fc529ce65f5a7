#include "kiosk/printing.h"

#include "base/log.h"
#include "kiosk/ticket.h"

enum err printing_init(struct printing *p, const struct config *config)
{
    *p = (struct printing){ .told = PRINTER_STATE_COUNT };
    return printer_init(&p->printer, config->printer.device,
                        config->printer.timeout_s * SECOND_MS);
}

void printing_done(struct printing *p)
{
    printer_done(&p->printer);
    sdl_fonts_destroy(p->fonts);
    *p = (struct printing){ .printer = { .fd = -1 } };
}

bool printing_there(const struct printing *p)
{
    return p->printer.state != PRINTER_NONE;
}

void printing_wipe(struct printing *p)
{
    p->tells = NULL;
}

int64_t printing_due(const struct printing *p)
{
    return p->next ? p->next : INT64_MAX;
}

static enum err draw(void *ctx, const char *text, size_t n, struct print_font font,
                     struct print_bitmap *ret)
{
    struct sdl_bitmap b = { 0 };
    enum err e = sdl_bitmap_text(ctx, font.px, font.bold, font.rtl, text, n, &b);

    if (e != ERR_OK)
        return e;
    *ret = (struct print_bitmap){ .w = b.w, .h = b.h, .v = b.v }; /* the bytes change hands */
    return ERR_OK;
}

static void make_fonts(struct printing *p, const struct session *s)
{
    if (p->fonts_tried)
        return;
    p->fonts_tried = true;
    enum err e = sdl_fonts_create(s->host->config->paths.fonts, &p->fonts);
    if (e != ERR_OK)
        log_error("kiosk.paper_fonts", e, NULL);
}

typedef enum err (*print_fn)(const struct ticket_paper *paper, struct buf *out);

/* What is asked for, and who hears how it went. */
static print_fn asked(struct session *s, enum paper **ret_tells)
{
    if (s->paper == PAPER_ASKED) {
        *ret_tells = &s->paper;
        return ticket_print;
    }
    if (s->staff.paper != PAPER_ASKED)
        return NULL;
    *ret_tells = &s->staff.paper;
    return s->staff.visitor.s[0] ? ticket_print_again : ticket_print_test;
}

/* Staff hear when it changed: what is wrong, and that it is well again. */
static void tell_staff(struct printing *p, const struct session *s)
{
    if (p->printer.state == p->told)
        return;
    enum err e = flow_device_state(s->host->flow, "printer", printer_state_name(p->printer.state));
    if (e != ERR_OK)
        log_error("kiosk.printer_state", e, NULL);
    else
        p->told = p->printer.state;
}

static void ended(struct printing *p, const struct session *s, enum paper paper)
{
    if (p->tells)
        *p->tells = paper;
    p->tells = NULL;
    tell_staff(p, s);
}

static bool start(struct printing *p, struct session *s, struct ui *ui, int64_t real_ms)
{
    CLEANUP(buf_wipe) struct buf out = buf_make(PRINT_BYTES_MAX);
    enum paper *tells = NULL;
    print_fn print = asked(s, &tells);

    if (!print || p->next)
        return false;
    make_fonts(p, s);
    p->tells = tells;
    struct print_painter painter = { .ctx = p->fonts, .draw = draw };
    enum err e = print(&(struct ticket_paper){ .session = s, .ui = ui,
                                               .painter = p->fonts ? &painter : NULL },
                       &out);
    if (e == ERR_OK)
        e = printer_send(&p->printer, buf_str(&out), out.n, real_ms);
    if (e == ERR_OK)
        p->next = real_ms;
    else
        ended(p, s, PAPER_FAILED);
    if (e != ERR_OK)
        log_error("kiosk.print", e, NULL);
    return true;
}

static bool go_on(struct printing *p, struct session *s, int64_t real_ms)
{
    if (!p->next || p->next > real_ms)
        return false;
    int wait = printer_step(&p->printer, real_ms);
    p->next = wait < 0 ? 0 : real_ms + wait;
    if (p->printer.job == PRINTER_WORKING)
        return false;
    p->next = 0;
    bool failed = p->printer.job == PRINTER_FAILED;
    if (failed)
        log_event(LOG_LEVEL_WARN, "kiosk.print", printer_state_name(p->printer.state), 0);
    ended(p, s, failed ? PAPER_FAILED : PAPER_PRINTED);
    return true;
}

bool printing_step(struct printing *p, struct session *s, struct ui *ui, int64_t real_ms)
{
    bool said = start(p, s, ui, real_ms);
    return go_on(p, s, real_ms) || said;
}
