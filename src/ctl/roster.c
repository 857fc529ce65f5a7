#include "core/roster.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/holidays.h"
#include "ctl/commands.h"
#include "flow/house.h"

/* ---- what the check of a roster says ---- */

static void write_notes(struct ctl *c, const struct roster_notes *notes)
{
    for (size_t i = 0; i < notes->n; i++) {
        const struct roster_note *note = &notes->v[i];
        if (c->json) {
            out_text(&c->out, "level", note->fault ? "fault" : "warning");
            /* "" is the pointer of the whole file */
            out_text(&c->out, "path", note->pointer[0] ? note->pointer : "/");
            out_text(&c->out, "text", note->text);
            out_row(&c->out);
        }
        out_say(&c->out, "%s: %s: %s", note->fault ? "fault" : "warning",
                note->pointer[0] ? note->pointer : "/", note->text);
    }
}

/* The first fault again, on stderr, for whoever reads only that. */
static enum program_status refuse_notes(const struct ctl *c, const char *path,
                                        const struct roster_notes *notes)
{
    for (size_t i = 0; i < notes->n; i++) {
        const struct roster_note *note = &notes->v[i];
        if (note->fault)
            return ctl_refuse_why(c, path, "%s: %s%s", note->pointer[0] ? note->pointer : "/",
                                  note->text,
                                  notes->n_faults > 1 ? " (and more, on standard output)" : "");
    }
    return ctl_refuse(c, path, ERR_FORMAT);
}

static void write_counts(struct ctl *c, const struct roster *r, const struct roster_notes *notes)
{
    out_text(&c->out, "site", r->site.id);
    out_int(&c->out, "services", (int64_t)r->n_services);
    out_int(&c->out, "coaches", (int64_t)r->n_coaches);
    out_int(&c->out, "warnings", (int64_t)(notes->n - notes->n_faults));
}

/* ---- roster check ---- */

static enum program_status run_check(struct ctl *c)
{
    CLEANUP(buf_done) struct buf text = buf_make(ROSTER_JSON_MAX);
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    CLEANUP(roster_done) struct roster roster = { 0 };
    const char *path = c->operands[0];
    enum err e = buf_read_file(&text, path);
    if (e == ERR_OK)
        e = roster_parse(buf_str(&text), text.n, &notes, &roster);
    write_notes(c, &notes);
    if (e == ERR_FORMAT)
        return refuse_notes(c, path, &notes);
    if (e != ERR_OK)
        return ctl_refuse(c, path, e);
    if (c->json) {
        write_counts(c, &roster, &notes);
        out_row(&c->out);
    }
    out_say(&c->out, "%s can be imported: %zu services, %zu coaches.", path, roster.n_services,
            roster.n_coaches);
    return PROGRAM_OK;
}

static const struct ctl_why file_whys[] = {
    { ERR_NOT_FOUND, "no such file" },
    { ERR_LIMIT, "longer than a roster may be (1 MiB)" },
    { ERR_IO, "cannot be read" },
    { 0 },
};
const struct ctl_command ctl_roster_check = {
    .name = "roster check",
    .usage = "FILE",
    .help = "every fault of a roster file, with its place",
    .more = "Needs no database. A fault is told with its JSON Pointer, as "
            "/coaches/0/breaks/1/from.",
    .operands = 1,
    .whys = file_whys,
    .run = run_check,
};

/* ---- roster import ---- */

static void write_hit(struct ctl *c, const struct appointment_view *a)
{
    out_text(&c->out, "appointment", a->id.s);
    out_text(&c->out, "coach", a->coach);
    out_text(&c->out, "service", a->service);
    out_time(&c->out, "start", a->start);
    out_time(&c->out, "end", a->end);
    out_row(&c->out);
}

/* The roster is in force; what it hits is for the coach's worklist. */
static enum program_status tell_import(struct ctl *c, const struct roster_notes *notes)
{
    CLEANUP(appointment_list_done) struct appointment_list hit = { 0 };
    enum err e = flow_conflicts(c->flow, &hit);
    const struct roster *r = flow_roster(c->flow);
    if (e != ERR_OK || !r)
        return ctl_refuse_why(c, NULL,
                              "the roster is in force, but what it hits cannot be "
                              "listed: %s",
                              err_text(e == ERR_OK ? ERR_CORRUPT : e));
    c->out.zone = flow_zone(c->flow);
    if (c->json) {
        write_counts(c, r, notes);
        out_int(&c->out, "conflicts", (int64_t)hit.n);
        out_row(&c->out);
    }
    out_say(&c->out, "The roster of %s is in force: %zu services, %zu coaches.", r->site.name,
            r->n_services, r->n_coaches);
    write_notes(c, notes);
    if (hit.n == 1)
        out_say(&c->out,
                "One booked appointment no longer fits; it stays, for its coach to settle:");
    if (hit.n > 1)
        out_say(&c->out,
                "%zu booked appointments no longer fit; they stay, for their coaches to "
                "settle:",
                hit.n);
    for (size_t i = 0; i < hit.n; i++)
        write_hit(c, &hit.v[i]);
    return PROGRAM_OK;
}

static enum program_status run_import(struct ctl *c)
{
    CLEANUP(buf_done) struct buf text = buf_make(ROSTER_JSON_MAX);
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    const char *path = c->operands[0];
    enum err e = buf_read_file(&text, path);
    if (e == ERR_OK)
        e = flow_roster_import(c->flow, buf_str(&text), text.n, &notes);
    if (e == ERR_FORMAT) {
        write_notes(c, &notes);
        return refuse_notes(c, path, &notes);
    }
    return e == ERR_OK ? tell_import(c, &notes) : ctl_refuse(c, path, e);
}

const struct ctl_command ctl_roster_import = {
    .name = "roster import",
    .usage = "FILE",
    .help = "put a roster file in force, whole or not at all",
    .more = "Booked appointments stay; those that no longer fit are listed.",
    .operands = 1,
    .needs = CTL_NEEDS_HOUSE,
    .whys = file_whys,
    .run = run_import,
};

/* ---- roster export ---- */

/* As one line, for --json. */
static enum err compact(const struct buf *pretty, struct buf *line)
{
    json_t *whole = json_loadb(buf_str(pretty), pretty->n, 0, NULL);
    char *text = whole ? json_dumps(whole, JSON_COMPACT) : NULL;
    json_decref(whole);
    if (!text)
        return ERR_CORRUPT;
    buf_adds(line, text);
    buf_addc(line, '\n');
    json_free_t release;
    json_get_alloc_funcs(NULL, &release);
    release(text);
    return buf_err(line);
}

static enum program_status run_export(struct ctl *c)
{
    CLEANUP(buf_done) struct buf text = buf_make(2 * ROSTER_JSON_MAX);
    CLEANUP(buf_done) struct buf line = buf_make(2 * ROSTER_JSON_MAX);
    enum err e = flow_roster_export(c->flow, &text);
    if (e == ERR_OK && c->json)
        e = compact(&text, &line);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    const struct buf *b = c->json ? &line : &text;
    out_raw(&c->out, buf_str(b), b->n);
    return PROGRAM_OK;
}

static const struct ctl_why export_whys[] = {
    { ERR_NOT_FOUND, "there is no roster yet" },
    { ERR_NONE, "there is no roster yet" },
    { 0 },
};
const struct ctl_command ctl_roster_export = {
    .name = "roster export",
    .usage = "",
    .help = "the roster in force, as the file that imports it",
    .more = "The same roster gives the same bytes. With --json it is one line.",
    .needs = CTL_NEEDS_HOUSE,
    .whys = export_whys,
    .run = run_export,
};

/* ---- roster holidays ---- */

static enum program_status run_holidays(struct ctl *c)
{
    const char *text = c->operands[0];
    struct holiday days[HOLIDAYS_MAX];
    int year = 0;
    if (strlen(text) == 4 && strspn(text, "0123456789") == 4)
        year =
            (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
    size_t n = holidays_of(year, days);
    if (n == 0)
        return ctl_misuse(c, "YEAR must be 1583 to 9999");
    out_say(&c->out, "\"closures\": [");
    for (size_t i = 0; i < n; i++) {
        char from[CIVIL_DATE_SIZE], to[CIVIL_DATE_SIZE];
        civil_format(days[i].from, from);
        civil_format(days[i].to, to);
        if (c->json) {
            out_text(&c->out, "from", from);
            out_text(&c->out, "to", to);
            out_text(&c->out, "reason", days[i].name);
            out_row(&c->out);
        }
        out_say(&c->out, "  {\"from\": \"%s\", \"to\": \"%s\", \"reason\": \"%s\"}%s", from, to,
                days[i].name, i + 1 < n ? "," : "");
    }
    out_say(&c->out, "]");
    return PROGRAM_OK;
}

const struct ctl_command ctl_roster_holidays = {
    .name = "roster holidays",
    .usage = "YEAR",
    .help = "Dutch public holidays and carnival, as closures to copy",
    .more = "Copy what your house closes for; nothing is closed unless the roster says so.",
    .operands = 1,
    .run = run_holidays,
};
