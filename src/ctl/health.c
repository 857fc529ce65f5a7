#include <stdio.h>
#include <string.h>

#include "ctl/box.h"
#include "ctl/client_certificate.h"
#include "ctl/commands.h"
#include "flow/house.h"

/* A busy day writes a few MiB; this leaves weeks to act. */
#define DISK_LOW_BYTES (INT64_C(64) * 1024 * 1024)

/* Past these an appliance needs a person: a Pi slows down at 80 degrees, and a copy of the database is
 * made each hour. */
#define HOT_C 80
#define WORN_PERCENT 90
#define BACKUP_OLD_S (2 * 24 * 3600)

/* What needs a person, as words for a program and a sentence for people. */
struct problems {
    const char *words[24];
    const char *sentences[24];
    size_t n;
};

static void add_if(struct problems *p, bool wrong, const char *word, const char *sentence)
{
    if (wrong && p->n < ARRAY_LEN(p->words)) {
        p->words[p->n] = word;
        p->sentences[p->n++] = sentence;
    }
}

static void find_problems(struct ctl *c, const struct health *h, struct problems *p)
{
    add_if(p, !h->database_ok, "database", "the database is damaged: run dynamoctl check");
    add_if(p, h->older, "older_database",
           "the database is older than what was here: see dynamoctl audit verify");
    add_if(p, h->storage_failed, "storage", "the disk failed while writing");
    add_if(p, h->free_bytes < DISK_LOW_BYTES, "disk", "the disk is nearly full");
    add_if(p, h->roster_missing, "roster", "there is no roster: run dynamoctl roster import");
    add_if(p, h->clock_unsure, "clock", "the clock is unsure: see dynamoctl clock status");
    add_if(p, h->outbox_dead > 0, "dead_letters",
           "the register refused records: see dynamoctl outbox list --open");
    add_if(p, h->outbox_oldest_s > (int64_t)c->config.reg.alarm_h * 3600, "upload",
           "records wait too long for the register: see dynamoctl register test");
    add_if(p, h->lost, "register_lost",
           "the register no longer holds records that it had taken: see dynamoctl outbox list "
           "--lost");
    add_if(p, strcmp(h->compared, "differs") == 0, "register_differs",
           "the register holds records otherwise than they were sent: see the journal");
    struct client_certificate cert = client_certificate_look(c);
    add_if(p, cert.wrong, "client_certificate", cert.sentence);
    add_if(p, h->printer[0] && strcmp(h->printer, "ok") != 0, "printer",
           "the printer asks for attention");
}

static void find_box_problems(const struct box *b, int64_t backup_age_s, struct problems *p)
{
    add_if(p, b->here && strcmp(b->version, b->good) != 0, "version",
           "this version was not seen to work: the box goes back to the one before");
    add_if(p, b->screens == 0, "screen", "no screen is plugged in, or it is off");
    add_if(p, b->temperature_c >= HOT_C, "hot", "the box is too hot: give it air");
    add_if(p, b->disk_worn_percent >= WORN_PERCENT, "worn", "the disk is nearly worn out: replace the box");
    add_if(p, b->here && backup_age_s > BACKUP_OLD_S, "backup", "the newest copy of the database is old");
}

/* How old the newest of the hourly copies is, where they are kept beside the database. */
static int64_t backup_age_s(const struct ctl *c)
{
    char folder[1024];
    const char *slash = strrchr(c->args.db, '/');
    int n = snprintf(folder, sizeof(folder), "%.*sbackup", slash ? (int)(slash - c->args.db) + 1 : 0,
                     c->args.db);
    if (n < 0 || n >= (int)sizeof(folder))
        return BOX_UNKNOWN;
    return box_newest_age_s(folder, clock_wall_ms(&c->clock) / 1000);
}

static void out_known(struct out *o, const char *key, int64_t value)
{
    if (value == BOX_UNKNOWN)
        out_null(o, key);
    else
        out_int(o, key, value);
}

static void write_box(struct out *o, const struct box *b)
{
    if (!b->here)
        return;
    out_text(o, "version", b->version);
    out_text(o, "slot", b->slot);
    out_known(o, "watchdog_resets", b->watchdog_resets);
    out_known(o, "temperature_c", b->temperature_c);
    out_known(o, "screens", b->screens);
    out_known(o, "disk_worn_percent", b->disk_worn_percent);
    out_known(o, "disk_written_mib", b->disk_written_mib);
}

static void write_row(struct ctl *c, const struct health *h, const struct box *box,
                      const struct problems *p)
{
    out_bool(&c->out, "ok", p->n == 0);
    out_words(&c->out, "problems", p->words, p->n);
    out_bool(&c->out, "database", h->database_ok);
    out_bool(&c->out, "storage", !h->storage_failed);
    out_bool(&c->out, "roster", !h->roster_missing);
    out_bool(&c->out, "clock", !h->clock_unsure);
    out_int(&c->out, "queued", h->outbox_queued);
    out_int(&c->out, "dead", h->outbox_dead);
    out_int(&c->out, "oldest_s", h->outbox_oldest_s);
    out_int(&c->out, "free_bytes", h->free_bytes);
    out_text(&c->out, "printer", h->printer);
    out_text(&c->out, "upload", h->upload);
    out_text(&c->out, "register", h->lost ? "missing" : h->compared);
    struct client_certificate cert = client_certificate_look(c);
    out_time(&c->out, "client_certificate_until", cert.until);
    out_known(&c->out, "backup_age_s", backup_age_s(c));
    write_box(&c->out, box);
    out_row(&c->out);
}

static enum err look(struct ctl *c, struct health *ret_health)
{
    const struct flow_options options = {
        .db_path = c->args.db, .keys_dir = c->config.paths.keys, .device = "ctl",
        .clock = &c->clock, .rng = &c->rng, .patient = true
    };
    enum err e = flow_open(&options, &c->flow);
    if (e == ERR_OK)
        e = flow_health(c->flow, ret_health);
    return e;
}

/* Opens the house itself: a database that does not open is an answer here too. */
static enum program_status run_health(struct ctl *c)
{
    struct health h = { 0 };
    struct problems p = { 0 };
    struct box box;
    box_look("", &box);
    enum err e = look(c, &h);
    if (e == ERR_OK)
        find_problems(c, &h, &p);
    else
        add_if(&p, true, "database", err_text(e));
    find_box_problems(&box, backup_age_s(c), &p);
    c->out.json = true; /* always: a monitor reads it */
    write_row(c, &h, &box, &p);
    if (p.n == 0)
        return PROGRAM_OK;
    return ctl_refuse_why(c, NULL, "%s%s", p.sentences[0], p.n > 1 ? " (and more)" : "");
}

const struct ctl_command ctl_health = {
    .name = "health",
    .usage = "",
    .help = "one JSON object for a monitor; status 1 when something needs a person",
    .more = "The list problems holds a word for each: database, older_database, storage, disk, roster, clock, "
            "dead_letters, upload, register_lost, register_differs, client_certificate, printer; "
            "on an appliance also version, screen, hot, worn, backup. upload is how the last run ended, register what its comparison found.",
    .needs = CTL_NEEDS_CONFIG,
    .run = run_health,
};
