#include <string.h>

#include "ctl/client_certificate.h"
#include "ctl/commands.h"
#include "flow/house.h"

/* A busy day writes a few MiB; this leaves weeks to act. */
#define DISK_LOW_BYTES (INT64_C(64) * 1024 * 1024)

/* What needs a person, as words for a program and a sentence for people. */
struct problems {
    const char *words[16];
    const char *sentences[16];
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

static void write_row(struct ctl *c, const struct health *h, const struct problems *p)
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
    out_row(&c->out);
}

static enum err look(struct ctl *c, struct health *ret_health)
{
    const struct flow_options options = {
        .db_path = c->args.db, .keys_dir = c->config.paths.keys, .device = "ctl",
        .clock = &c->clock, .rng = &c->rng
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
    enum err e = look(c, &h);
    if (e == ERR_OK)
        find_problems(c, &h, &p);
    else
        add_if(&p, true, "database", err_text(e));
    c->out.json = true; /* always: a monitor reads it */
    write_row(c, &h, &p);
    if (p.n == 0)
        return PROGRAM_OK;
    return ctl_refuse_why(c, NULL, "%s%s", p.sentences[0], p.n > 1 ? " (and more)" : "");
}

const struct ctl_command ctl_health = {
    .name = "health",
    .usage = "",
    .help = "one JSON object for a monitor; status 1 when something needs a person",
    .more = "The list problems holds a word for each: database, storage, disk, roster, clock, "
            "dead_letters, upload, register_lost, register_differs, client_certificate, printer. "
            "upload is how the last run ended, register what its comparison found.",
    .needs = CTL_NEEDS_CONFIG,
    .run = run_health,
};
