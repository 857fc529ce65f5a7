#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "ctl/commands.h"
#include "flow/house.h"
#include "print/qr.h"

static const char roles[] = "coach|coordinator|admin"; /* in the order of enum staff_role */

static const char *role_name(enum staff_role role)
{
    static const char *const names[] = { "coach", "coordinator", "admin" };
    return names[role];
}

/* ---- staff add ---- */

/* One line of stdin without its end; what is too long comes through as a bad PIN. */
static bool read_pin(char pin[PIN_SIZE])
{
    char line[32];
    if (!fgets(line, sizeof(line), stdin))
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    bool fits = (size_t)snprintf(pin, PIN_SIZE, "%s", line) < PIN_SIZE && line[0];
    mem_wipe(line, sizeof(line));
    return fits;
}

static void tell_added(struct ctl *c, const struct staff *s, const char *pin, const char *totp)
{
    if (c->json) {
        out_text(&c->out, "id", s->id);
        out_text(&c->out, "pin", pin);
        out_text(&c->out, "totp", totp);
        out_row(&c->out);
    }
    out_say(&c->out, "%s may log in as %s. Told this once:\n  PIN   %s\n  TOTP  %s", s->id,
            role_name(s->role), pin, totp);
}

static enum program_status run_add(struct ctl *c)
{
    struct staff s = { .role = (enum staff_role)ctl_number(c, "role", STAFF_COACH) };
    const char *id = c->operands[0];
    if ((size_t)snprintf(s.id, sizeof(s.id), "%s", id) >= sizeof(s.id))
        return ctl_refuse_why(c, NULL, "the id is longer than %zu letters", sizeof(s.id) - 1);
    if ((size_t)snprintf(s.name, sizeof(s.name), "%s", ctl_text(c, "name")) >= sizeof(s.name))
        return ctl_refuse_why(c, NULL, "the name is too long");
    if (s.role == STAFF_COACH)
        memcpy(s.coach, s.id, sizeof(s.coach));
    char given[PIN_SIZE] = "", pin[PIN_SIZE], totp[STAFF_TOTP_SIZE];
    if (ctl_given(c, "pin-stdin") && !read_pin(given))
        return ctl_refuse_why(c, NULL, "a PIN is one line of %d digits", PIN_DIGITS);
    enum err e = flow_staff_add(c->flow, &s, given, pin, totp);
    mem_wipe(given, sizeof(given));
    if (e != ERR_OK)
        return ctl_refuse(c, id, e);
    tell_added(c, &s, pin, totp);
    mem_wipe(pin, sizeof(pin));
    mem_wipe(totp, sizeof(totp));
    return PROGRAM_OK;
}

static const struct ctl_option add_options[] = {
    { "name", CTL_TEXT, "N", "as colleagues know them", true },
    { "role", CTL_WORD, roles, "what they may do", true },
    { "pin-stdin", CTL_FLAG, NULL, "take the PIN from standard input, else one is made", false },
    { 0 },
};
static const struct ctl_why add_whys[] = {
    { ERR_EXISTS, "there is somebody of that id already" },
    { ERR_NOT_FOUND, "the roster has no coach of that id" },
    { ERR_INVAL, "the id must be small letters, digits, - and _, the name not empty, and the PIN "
                 "six digits that are not easy to guess" },
    { 0 },
};
const struct ctl_command ctl_staff_add = {
    .name = "staff add",
    .usage = "ID --name N --role R [--pin-stdin]",
    .help = "somebody who may log in; tells PIN and TOTP once",
    .more = "A coach needs a coach of the same id in the roster.",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .options = add_options,
    .whys = add_whys,
    .run = run_add,
};

/* ---- staff list, disable, unlock ---- */

static enum program_status run_list(struct ctl *c)
{
    CLEANUP(staff_list_done) struct staff_list all = { 0 };
    enum err e = flow_staff_list(c->flow, &all);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    for (size_t i = 0; i < all.n; i++) {
        out_text(&c->out, "id", all.v[i].id);
        out_text(&c->out, "name", all.v[i].name);
        out_text(&c->out, "role", role_name(all.v[i].role));
        out_bool(&c->out, "disabled", all.v[i].disabled);
        out_row(&c->out);
    }
    if (all.n == 0)
        out_say(&c->out, "Nobody may log in yet.");
    return PROGRAM_OK;
}

const struct ctl_command ctl_staff_list = {
    .name = "staff list",
    .usage = "",
    .help = "who may log in",
    .needs = CTL_NEEDS_HOUSE,
    .run = run_list,
};

static const struct ctl_why id_whys[] = {
    { ERR_NOT_FOUND, "nobody of that id" },
    { ERR_STATE, "disabled already" },
    { 0 },
};

static enum program_status run_disable(struct ctl *c)
{
    const char *id = c->operands[0];
    enum err e = flow_staff_disable(c->flow, id);
    if (e != ERR_OK)
        return ctl_refuse(c, id, e);
    if (c->json) {
        out_text(&c->out, "id", id);
        out_bool(&c->out, "disabled", true);
        out_row(&c->out);
    }
    out_say(&c->out, "%s can no longer log in.", id);
    return PROGRAM_OK;
}

const struct ctl_command ctl_staff_disable = {
    .name = "staff disable",
    .usage = "ID",
    .help = "somebody who may no longer log in",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .whys = id_whys,
    .run = run_disable,
};

static enum program_status run_unlock(struct ctl *c)
{
    const char *id = c->operands[0];
    enum err e = flow_unlock(c->flow, id);
    if (e != ERR_OK)
        return ctl_refuse(c, id, e);
    if (c->json) {
        out_text(&c->out, "id", id);
        out_bool(&c->out, "locked", false);
        out_row(&c->out);
    }
    out_say(&c->out, "%s can try again.", id);
    return PROGRAM_OK;
}

const struct ctl_command ctl_staff_unlock = {
    .name = "staff unlock",
    .usage = "ID",
    .help = "forget the wrong PINs of somebody, and those of all devices",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .whys = id_whys,
    .run = run_unlock,
};

/* ---- staff badge ---- */

#define SVG_MAX (256 * 1024)

/* One square of the path for each dark one, with the quiet zone around them. */
static enum err draw_badge(const char *badge, struct buf *svg)
{
    CLEANUP(qr_done) struct qr qr = { 0 };
    enum err e = qr_make(badge, &qr);
    if (e != ERR_OK)
        return e;
    int side = qr.n + 2 * QR_QUIET;
    buf_addf(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30mm\" height=\"30mm\" "
                  "viewBox=\"0 0 %d %d\"><rect width=\"100%%\" height=\"100%%\" "
                  "fill=\"#fff\"/><path d=\"", side, side);
    for (int y = 0; y < qr.n; y++)
        for (int x = 0; x < qr.n; x++)
            if (qr_dark(&qr, x, y))
                buf_addf(svg, "M%d %dh1v1h-1z", x + QR_QUIET, y + QR_QUIET);
    buf_adds(svg, "\"/></svg>\n");
    return buf_err(svg);
}

static enum program_status run_badge(struct ctl *c)
{
    const char *id = c->operands[0];
    char badge[STAFF_BADGE_SIZE];
    CLEANUP(buf_wipe) struct buf svg = buf_make(SVG_MAX);
    enum err e = flow_staff_badge(c->flow, id, badge);
    if (e == ERR_OK && ctl_given(c, "svg"))
        e = draw_badge(badge, &svg);
    if (e != ERR_OK)
        return ctl_refuse(c, id, e);
    if (ctl_given(c, "svg")) {
        out_raw(&c->out, buf_str(&svg), svg.n);
    } else {
        if (c->json) {
            out_text(&c->out, "id", id);
            out_text(&c->out, "badge", badge);
            out_row(&c->out);
        }
        out_say(&c->out, "%s logs in at the kiosk with a QR code of\n  %s", id, badge);
    }
    mem_wipe(badge, sizeof(badge));
    return PROGRAM_OK;
}

static const struct ctl_option badge_options[] = {
    { "svg", CTL_FLAG, NULL, "a picture to print, 30 mm wide", false },
    { 0 },
};
const struct ctl_command ctl_staff_badge = {
    .name = "staff badge",
    .usage = "ID [--svg]",
    .help = "a badge to log in with at the kiosk, instead of a PIN",
    .more = "Who has it can log in: keep it like a key. A new PIN, or disabling, makes it void.",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .options = badge_options,
    .whys = id_whys,
    .run = run_badge,
};

/* ---- at-work, away ---- */

static enum program_status set_at_work(struct ctl *c, bool at_work)
{
    const char *coach = ctl_text(c, "coach");
    enum err e = flow_at_work(c->flow, coach, at_work);
    if (e != ERR_OK)
        return ctl_refuse(c, coach, e);
    if (c->json) {
        out_text(&c->out, "coach", coach);
        out_bool(&c->out, "at_work", at_work);
        out_row(&c->out);
    }
    out_say(&c->out, "%s is %s.", coach, at_work ? "at work" : "away");
    return PROGRAM_OK;
}

static enum program_status run_at_work(struct ctl *c)
{
    return set_at_work(c, true);
}

static enum program_status run_away(struct ctl *c)
{
    return set_at_work(c, false);
}

static const struct ctl_option coach_options[] = {
    { "coach", CTL_TEXT, "C", "coach of the roster", true },
    { 0 },
};
static const struct ctl_why coach_whys[] = {
    { ERR_NOT_FOUND, "the roster has no coach of that id" },
    { 0 },
};
const struct ctl_command ctl_at_work = {
    .name = "at-work",
    .usage = "--coach C",
    .help = "a coach is at work, as logging in does",
    .needs = CTL_NEEDS_HOUSE,
    .options = coach_options,
    .whys = coach_whys,
    .run = run_at_work,
};
const struct ctl_command ctl_away = {
    .name = "away",
    .usage = "--coach C",
    .help = "a coach is no longer at work",
    .needs = CTL_NEEDS_HOUSE,
    .options = coach_options,
    .whys = coach_whys,
    .run = run_away,
};
