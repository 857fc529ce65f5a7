/* The page /hours: when a coach works (?coach=ID) or when the house is open, changed in a form,
 * with the checks of the roster's file and a look at what changes before it counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/roster_edit.h"
#include "desk/words.h"
#include "i18n/date.h"

#define ROWS_MAX 24  /* of one list; a longer one is changed in the file */
#define ROWS_EMPTY 1 /* offered for what is new */
#define EVERY_MAX 4  /* weeks offered; what the roster has already is offered too */
#define STEP_S (5 * 60)
#define FIELD_SIZE 40

/* "r3_from": the field of a row. Hours have the letter r, breaks b. */
static void field_name(char list, size_t row, const char *what, char out[FIELD_SIZE])
{
    snprintf(out, FIELD_SIZE, "%c%zu_%s", list, row, what);
}

/* ---- the form ---- */

struct form {
    struct desk *d;
    const struct request *r;
    struct buf *o;
    const struct roster_coach *coach; /* NULL: the house's opening hours */
    char seen[ROSTER_SEEN_SIZE];
};

static void weekdays(struct form *f, char list, size_t row, unsigned chosen)
{
    char name[FIELD_SIZE];

    buf_adds(f->o, "<div class=\"days\">");
    for (int w = 0; w < WEEK_DAYS; w++) {
        field_name(list, row, weekday_name(w), name);
        buf_addf(f->o, "<label class=\"chip\"><input type=\"checkbox\" name=\"%s\" value=\"1\"%s> ",
                 name, chosen >> w & 1 ? " checked" : "");
        html_esc(f->o, i18n_weekday_short(w));
        buf_adds(f->o, "</label>");
    }
    buf_adds(f->o, "</div>");
}

static void input(struct form *f, char list, size_t row, const char *what, const char *label,
                  const char *type, const char *value)
{
    char name[FIELD_SIZE];

    field_name(list, row, what, name);
    buf_addf(f->o, "<div class=\"field\"><label for=\"%s\">", name);
    html_esc(f->o, label);
    buf_addf(f->o, "</label><input type=\"%s\" id=\"%s\" name=\"%s\" value=\"%s\"", type, name, name,
             value);
    if (strcmp(type, "time") == 0)
        buf_addf(f->o, " step=\"%d\"", STEP_S);
    buf_adds(f->o, "></div>");
}

/* "24:00" is a time of the roster, but none of a clock: until 00:00 means it. */
static void times(struct form *f, char list, size_t row, struct minute_span s)
{
    char from[HHMM_SIZE] = "", to[HHMM_SIZE] = "";

    if (s.from < s.to) {
        hhmm_format(s.from, from);
        hhmm_format(s.to, to);
    }
    input(f, list, row, "from", _("From"), "time", from);
    input(f, list, row, "to", _("Until"), "time", s.to == DAY_MINUTES ? "00:00" : to);
}

static void every(struct form *f, size_t row, int weeks)
{
    char name[FIELD_SIZE], value[12];
    struct buf *o = f->o;

    field_name('r', row, "every", name);
    buf_addf(o, "<div class=\"field\"><label for=\"%s\">", name);
    html_esc(o, _("How often"));
    buf_addf(o, "</label><select id=\"%s\" name=\"%s\">", name, name);
    for (int n = 1; n <= (weeks > EVERY_MAX ? weeks : EVERY_MAX); n++) {
        CLEANUP(buf_done) struct buf label = buf_make(80);
        if (n > EVERY_MAX && n != weeks)
            continue;
        snprintf(value, sizeof(value), "%d", n);
        if (n == 1)
            buf_adds(&label, _("every week"));
        else
            i18n_format(&label, P_("every {n} week", "every {n} weeks", (long)n),
                        { "n", .number = n });
        html_option(o, value, buf_str(&label), n == weeks);
    }
    buf_adds(o, "</select></div>");
}

static void purposes(struct form *f, size_t row, unsigned open_for)
{
    static const struct {
        const char *what;
        unsigned bit;
        struct i18n_msg label;
    } all[] = {
        { "walk_in", OPEN_WALK_IN, NC_("open for", "walking in") },
        { "book", OPEN_APPOINTMENT, NC_("open for", "appointments") },
    };
    char name[FIELD_SIZE];

    buf_adds(f->o, "<div class=\"days\">");
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        field_name('r', row, all[i].what, name);
        buf_addf(f->o, "<label class=\"chip\"><input type=\"checkbox\" name=\"%s\" value=\"1\"%s> ",
                 name, open_for & all[i].bit ? " checked" : "");
        html_esc(f->o, i18n_msg(all[i].label));
        buf_adds(f->o, "</label>");
    }
    buf_adds(f->o, "</div>");
}

static void row_begin(struct form *f, size_t row, bool fresh)
{
    buf_adds(f->o, fresh ? "<fieldset class=\"hours-row fresh\"><legend>"
                         : "<fieldset class=\"hours-row\"><legend>");
    if (fresh)
        html_esc(f->o, _("New row"));
    else
        html_format(f->o, _("Row {n}"), { "n", .number = (int64_t)row + 1 });
    buf_adds(f->o, "</legend>");
}

static void hours_row(struct form *f, size_t row, const struct roster_hours *h)
{
    char first[CIVIL_DATE_SIZE] = "", last[CIVIL_DATE_SIZE] = "";
    static const struct roster_hours fresh = { .every_weeks = 1,
                                               .open_for = OPEN_WALK_IN | OPEN_APPOINTMENT };

    row_begin(f, row, h == NULL);
    if (h) {
        civil_format(h->valid_from, first);
        if (h->valid_to != CIVIL_DAY_FOREVER)
            civil_format(h->valid_to, last);
    } else {
        h = &fresh;
        civil_format(civil_monday(flow_today(f->d->flow)), first);
    }
    weekdays(f, 'r', row, h->weekdays);
    if (!f->coach)
        purposes(f, row, h->open_for);
    buf_adds(f->o, "<div class=\"fields\">");
    times(f, 'r', row, h->span);
    every(f, row, h->every_weeks);
    input(f, 'r', row, "first", _("First day"), "date", first);
    input(f, 'r', row, "last", _("Last day (empty: no end)"), "date", last);
    buf_adds(f->o, "</div></fieldset>");
}

static void break_row(struct form *f, size_t row, const struct roster_break *b)
{
    static const struct roster_break fresh = { 0 };

    row_begin(f, row, b == NULL);
    weekdays(f, 'b', row, b ? b->weekdays : 0);
    buf_adds(f->o, "<div class=\"fields\">");
    times(f, 'b', row, b ? b->span : fresh.span);
    buf_adds(f->o, "</div></fieldset>");
}

static void all_hours(struct form *f)
{
    const struct roster *ro = flow_roster(f->d->flow);
    const struct roster_hours *v = f->coach ? f->coach->availability : ro->opening;
    size_t n = f->coach ? f->coach->n_availability : ro->n_opening;

    buf_adds(f->o, "<h2>");
    html_esc(f->o, f->coach ? _("Working hours") : _("Opening hours"));
    buf_adds(f->o, "</h2><p class=\"hint\">");
    html_esc(f->o, _("A row without days goes away. For other hours from a date on, give the old "
                     "row its last day and fill in a new row."));
    buf_adds(f->o, "</p>");
    for (size_t i = 0; i < n; i++)
        hours_row(f, i, &v[i]);
    hours_row(f, n, NULL);
}

static void all_breaks(struct form *f)
{
    size_t n = f->coach->n_breaks;

    buf_adds(f->o, "<h2>");
    html_esc(f->o, _("Breaks"));
    buf_adds(f->o, "</h2>");
    for (size_t i = 0; i < n; i++)
        break_row(f, i, &f->coach->breaks[i]);
    break_row(f, n, NULL);
}

static void room_and_subjects(struct form *f)
{
    const struct roster *ro = flow_roster(f->d->flow);
    struct buf *o = f->o;

    buf_adds(o, "<div class=\"fields\"><div class=\"field\"><label for=\"room\">");
    html_esc(o, _("Room"));
    buf_adds(o, "</label><input id=\"room\" name=\"room\" maxlength=\"64\" required "
                "autocomplete=\"off\"");
    html_attr(o, "value", f->coach->room);
    buf_adds(o, "></div></div><fieldset><legend>");
    html_esc(o, _("Subjects"));
    buf_adds(o, "</legend><div class=\"days\">");
    for (size_t i = 0; i < ro->n_services; i++) {
        buf_addf(o, "<label class=\"chip\"><input type=\"checkbox\" name=\"s%zu\" value=\"1\"%s> ", i,
                 f->coach->services >> i & 1 ? " checked" : "");
        html_esc(o, roster_service_label(ro, (int)i, f->r->lang));
        buf_adds(o, "</label>");
    }
    buf_adds(o, "</div></fieldset>");
}

static void write_form(struct form *f)
{
    struct buf *o = f->o;

    buf_adds(o, "<form class=\"card\" data-post=\"/hours\" data-report=\"hours-report\">");
    html_hidden(o, "seen", f->seen);
    html_hidden(o, "coach", f->coach ? f->coach->id : "");
    if (f->coach)
        room_and_subjects(f);
    all_hours(f);
    if (f->coach)
        all_breaks(f);
    buf_adds(o, "<div id=\"hours-report\" role=\"status\"></div><p class=\"fault\" role=\"alert\"></p>"
                "<div class=\"row stay\"><button name=\"keep\" value=\"no\" class=\"primary\">");
    html_esc(o, _("Look what changes"));
    buf_adds(o, "</button><button name=\"keep\" value=\"yes\">");
    html_esc(o, _("Store"));
    buf_adds(o, "</button><a class=\"button quiet\" href=\"/roster\">");
    html_esc(o, _("Back to the roster"));
    buf_adds(o, "</a></div></form>");
}

static bool too_long(const struct form *f)
{
    const struct roster *ro = flow_roster(f->d->flow);

    return f->coach ? f->coach->n_availability > ROWS_MAX - ROWS_EMPTY ||
                          f->coach->n_breaks > ROWS_MAX - ROWS_EMPTY
                    : ro->n_opening > ROWS_MAX - ROWS_EMPTY;
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    const struct roster *ro = flow_roster(d->flow);
    const char *asked = request_arg(r, "coach");
    int coach = ro && asked ? roster_coach_find(ro, asked) : -1;
    struct form f = { .d = d, .r = r, .o = &out->body };
    CLEANUP(buf_done) struct buf title = buf_make(400);

    if (!ro || (asked && coach < 0)) {
        layout_fault(d, r, 404, ro ? _("There is no such coach.") : _("There is no roster yet."),
                     out);
        return;
    }
    f.coach = coach >= 0 ? &ro->coaches[coach] : NULL;
    roster_edit_seen(d, f.seen);
    if (f.coach)
        i18n_format(&title, _("Hours of {name}"), { "name", .value = f.coach->name });
    else
        buf_adds(&title, _("When the house is open"));
    layout_begin(d, r, "/roster", buf_str(&title), f.o);
    if (too_long(&f))
        layout_empty(f.o, _("This list is too long for a form."),
                     _("Change it in the roster's file, on the page Roster."));
    else
        write_form(&f);
    layout_end(r, f.o);
}

/* ---- what the form sent ---- */

static const char *told(const struct request *r, char list, size_t row, const char *what)
{
    char name[FIELD_SIZE];

    field_name(list, row, what, name);
    const char *s = request_text(r, name);
    return s ? s : "";
}

static unsigned told_weekdays(const struct request *r, char list, size_t row)
{
    unsigned days = 0;

    for (int w = 0; w < WEEK_DAYS; w++)
        if (told(r, list, row, weekday_name(w))[0])
            days |= 1u << w;
    return days;
}

static bool told_span(const struct request *r, char list, size_t row, struct minute_span *ret)
{
    const char *to = told(r, list, row, "to");

    if (hhmm_parse(told(r, list, row, "from"), &ret->from) != ERR_OK ||
        hhmm_parse(to, &ret->to) != ERR_OK)
        return false;
    if (ret->to == 0)
        ret->to = DAY_MINUTES;
    return ret->from < ret->to;
}

static bool told_hours(const struct request *r, size_t row, bool house, struct roster_hours *h)
{
    const char *last = told(r, 'r', row, "last");

    h->every_weeks = atoi(told(r, 'r', row, "every"));
    h->valid_to = CIVIL_DAY_FOREVER;
    h->open_for = 0;
    if (house && told(r, 'r', row, "walk_in")[0])
        h->open_for |= OPEN_WALK_IN;
    if (house && told(r, 'r', row, "book")[0])
        h->open_for |= OPEN_APPOINTMENT;
    return told_span(r, 'r', row, &h->span) && (!house || h->open_for) &&
           civil_parse(told(r, 'r', row, "first"), &h->valid_from) == ERR_OK &&
           (!last[0] || civil_parse(last, &h->valid_to) == ERR_OK);
}

/* Tells which row it is, in words: nothing is stored. */
static void say_row(struct reply *out, const char *template, size_t row)
{
    CLEANUP(buf_done) struct buf text = buf_make(300);

    i18n_format(&text, template, { "n", .number = (int64_t)row + 1 });
    reply_refuse(out, 422, "invalid", buf_str(&text));
}

/* Rows that have days, in their order; the list is the caller's to free. False: answered. */
static bool read_hours(const struct request *r, bool house, struct roster_hours *v, size_t *ret_n,
                       struct reply *out)
{
    size_t n = 0;

    for (size_t i = 0; i < ROWS_MAX; i++) {
        unsigned days = told_weekdays(r, 'r', i);
        if (!days)
            continue;
        if (!told_hours(r, i, house, &v[n])) {
            say_row(out, house ? _("Opening hours, row {n}: a time from, a later time until, a "
                                   "first day, and what for.")
                               : _("Working hours, row {n}: a time from, a later time until, and "
                                   "a first day."), i);
            return false;
        }
        v[n++].weekdays = days;
    }
    *ret_n = n;
    return true;
}

static bool read_breaks(const struct request *r, struct roster_break *v, size_t *ret_n,
                        struct reply *out)
{
    size_t n = 0;

    for (size_t i = 0; i < ROWS_MAX; i++) {
        unsigned days = told_weekdays(r, 'b', i);
        if (!days)
            continue;
        if (!told_span(r, 'b', i, &v[n].span)) {
            say_row(out, _("Breaks, row {n}: a time from and a later time until."), i);
            return false;
        }
        v[n++].weekdays = days;
    }
    *ret_n = n;
    return true;
}

static uint64_t read_subjects(const struct request *r, size_t n)
{
    uint64_t set = 0;
    char name[FIELD_SIZE];

    for (size_t i = 0; i < n; i++) {
        snprintf(name, sizeof(name), "s%zu", i);
        const char *s = request_text(r, name);
        if (s && s[0])
            set |= UINT64_C(1) << i;
    }
    return set;
}

/* No other key than the fields of this form: a list's letter, a number, what of it. */
static bool only_fields(const struct request *r)
{
    static const char all[] = " mon tue wed thu fri sat sun from to every first last walk_in book ";
    const char *key;
    json_t *value;

    json_object_foreach(r->json, key, value) {
        char what[FIELD_SIZE];
        size_t digits = key[0] ? strspn(key + 1, "0123456789") : 0;
        const char *rest = key + 1 + digits;
        if (strcmp(key, "seen") == 0 || strcmp(key, "coach") == 0 || strcmp(key, "keep") == 0 ||
            strcmp(key, "room") == 0 || (key[0] == 's' && digits > 0 && !rest[0]))
            continue;
        if ((key[0] != 'r' && key[0] != 'b') || digits == 0 || digits > 2 || rest[0] != '_' ||
            strlen(rest) > 8 || !json_is_string(value))
            return false;
        snprintf(what, sizeof(what), " %s ", rest + 1);
        if (!strstr(all, what))
            return false;
    }
    return true;
}

/* ---- changing ---- */

static bool put_hours(struct roster_hours **list, size_t *n, const struct roster_hours *v,
                      size_t n_v)
{
    struct roster_hours *fresh = mem_calloc(n_v + 1, sizeof(*fresh));

    if (!fresh)
        return false;
    memcpy(fresh, v, n_v * sizeof(*v));
    mem_free(*list);
    *list = fresh;
    *n = n_v;
    return true;
}

static bool put_breaks(struct roster_coach *c, const struct roster_break *v, size_t n_v)
{
    struct roster_break *fresh = mem_calloc(n_v + 1, sizeof(*fresh));

    if (!fresh)
        return false;
    memcpy(fresh, v, n_v * sizeof(*v));
    mem_free(c->breaks);
    c->breaks = fresh;
    c->n_breaks = n_v;
    return true;
}

static enum err change_coach(const struct request *r, struct roster *ro, struct roster_coach *c,
                             struct reply *out)
{
    struct roster_hours hours[ROWS_MAX];
    struct roster_break breaks[ROWS_MAX];
    const char *room = request_text(r, "room");
    size_t n_hours, n_breaks;

    if (!room || !room[0] || strlen(room) >= sizeof(c->room))
        return ERR_INVAL;
    if (!read_hours(r, false, hours, &n_hours, out) || !read_breaks(r, breaks, &n_breaks, out))
        return ERR_NONE;
    snprintf(c->room, sizeof(c->room), "%s", room);
    c->services = read_subjects(r, ro->n_services);
    return put_hours(&c->availability, &c->n_availability, hours, n_hours) &&
                   put_breaks(c, breaks, n_breaks)
               ? ERR_OK
               : ERR_NOMEM;
}

static enum err change_house(const struct request *r, struct roster *ro, struct reply *out)
{
    struct roster_hours hours[ROWS_MAX];
    size_t n;

    if (!read_hours(r, true, hours, &n, out))
        return ERR_NONE;
    return put_hours(&ro->opening, &ro->n_opening, hours, n) ? ERR_OK : ERR_NOMEM;
}

/* ERR_NONE: answered already. */
static enum err change(struct desk *d, const struct request *r, struct reply *out)
{
    CLEANUP(roster_done) struct roster ro = { 0 };
    const char *who = request_text(r, "coach"), *keep = request_text(r, "keep");

    if (!only_fields(r) || !who)
        return ERR_INVAL;
    if (!roster_edit_fresh(d, r))
        return ERR_STALE;
    enum err e = roster_edit_begin(d, &ro);
    int coach = e == ERR_OK && who[0] ? roster_coach_find(&ro, who) : -1;
    if (e == ERR_OK && who[0] && coach < 0)
        e = ERR_NOT_FOUND;
    if (e == ERR_OK)
        e = coach >= 0 ? change_coach(r, &ro, &ro.coaches[coach], out) : change_house(r, &ro, out);
    return e == ERR_OK ? roster_edit_end(d, &ro, keep && strcmp(keep, "yes") == 0, out) : e;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    enum err e = change(d, r, out);

    if (e != ERR_OK && e != ERR_NONE)
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_hours = { .path = "/hours", .roles = ROLE_LEAD, .get = get, .post = post };
