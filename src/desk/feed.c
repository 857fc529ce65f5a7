/* The pages /feed and /calendar/TOKEN.ics: a coach's appointments for their own calendar. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "desk/inside.h"
#include "desk/pages.h"
#include "desk/words.h"
#include "flow/desk.h"

#define SUFFIX ".ics"
#define FOLD 72 /* bytes of a line, of at most 75 (RFC 5545, 3.1) */
#define UTC_SIZE 17

/* ---- making the address ---- */

static enum err make(struct desk *d, const struct request *r, struct reply *out)
{
    const char *host = request_header(r, "Host"); /* one of ours: the guard saw to it */
    char token[FEED_TOKEN_SIZE], address[400];
    enum err e = flow_feed_make(d->flow, r->session->staff.coach, token);

    if (e != ERR_OK)
        return e;
    snprintf(address, sizeof(address), "%s://%s/calendar/%s" SUFFIX,
             d->guard.tls ? "https" : "http", host, token);
    reply_json(out, json_pack("{s:b,s:s,s:s}", "ok", 1, "show", address, "text",
                              _("Copy the address now: it is shown only once.")));
    mem_wipe(token, sizeof(token));
    mem_wipe(address, sizeof(address));
    return ERR_OK;
}

static enum err end(struct desk *d, const struct request *r, struct reply *out)
{
    const char *coach = request_text(r, "coach");
    const struct staff *s = &r->session->staff;

    if (!coach)
        return ERR_INVAL;
    if (s->role == STAFF_COACH && strcmp(s->coach, coach) != 0)
        return ERR_DENIED;
    enum err e = flow_feed_end(d->flow, coach);
    if (e == ERR_OK)
        reply_ok(out);
    return e;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    const char *act = request_text(r, "act");
    enum err e = ERR_INVAL;

    if (request_only(r, "act coach") && act && strcmp(act, "make") == 0)
        e = r->session->staff.coach[0] ? make(d, r, out) : ERR_DENIED;
    else if (request_only(r, "act coach") && act && strcmp(act, "end") == 0)
        e = end(d, r, out);
    if (e != ERR_OK)
        reply_err(out, e);
}

const struct page page_feed = { .path = "/feed", .roles = ROLE_ALL, .post = post };

/* ---- reading it ---- */

/* A line, folded; ends of lines and marks of the format never come out of a name. */
static void line(struct buf *o, const char *name, const char *value)
{
    const char *s = value, *last = value + strlen(value);
    size_t n = strlen(name) + 1;

    buf_adds(o, name);
    buf_addc(o, ':');
    while (s < last) {
        const char *from = s;
        uint32_t cp = utf8_next(&s, last);
        if (cp == UTF8_BAD || cp < 0x20 || cp == 0x7F)
            continue;
        if (n + (size_t)(s - from) + 1 > FOLD) {
            buf_adds(o, "\r\n ");
            n = 1;
        }
        if (cp == ',' || cp == ';' || cp == '\\') {
            buf_addc(o, '\\');
            n++;
        }
        buf_add(o, from, (size_t)(s - from));
        n += (size_t)(s - from);
    }
    buf_adds(o, "\r\n");
}

static void utc_text(utc_ms at, char out[UTC_SIZE])
{
    char text[RFC3339_SIZE];

    rfc3339_format(at, 0, text); /* "2026-03-23T09:00:00+00:00" */
    snprintf(out, UTC_SIZE, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", text, text + 5, text + 8, text + 11,
             text + 14, text + 17);
}

struct feed {
    struct desk *d;
    struct buf *o;
    char now[UTC_SIZE];
};

static void entry(void *arg, const struct feed_entry *e)
{
    struct feed *f = arg;
    const struct appointment_view *a = e->appointment;
    char start[UTC_SIZE], stop[UTC_SIZE], uid[64];

    utc_text(a->start, start);
    utc_text(a->end, stop);
    snprintf(uid, sizeof(uid), "%s@dynamo", a->id.s);
    buf_adds(f->o, "BEGIN:VEVENT\r\n");
    line(f->o, "UID", uid);
    line(f->o, "DTSTAMP", f->now);
    line(f->o, "DTSTART", start);
    line(f->o, "DTEND", stop);
    line(f->o, "SUMMARY", e->given[0] ? e->given : "Dynamo");
    line(f->o, "CLASS", "PRIVATE");
    buf_adds(f->o, "END:VEVENT\r\n");
}

/* Whoever asks a wrong address learns nothing, and that it is no page at all. */
static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct feed f = { .d = d, .o = &out->body };
    char token[FEED_TOKEN_SIZE], coach[ROSTER_ID_SIZE];
    size_t n = strlen(r->tail);
    enum err e = ERR_NOT_FOUND;

    utc_text(flow_now(d->flow), f.now);
    buf_adds(f.o, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Dynamo//desk//NL\r\n"
                  "X-WR-CALNAME:Dynamo\r\nREFRESH-INTERVAL;VALUE=DURATION:PT30M\r\n"
                  "X-PUBLISHED-TTL:PT30M\r\n");
    if (n == FEED_TOKEN_SIZE - 1 + strlen(SUFFIX) && strcmp(r->tail + FEED_TOKEN_SIZE - 1, SUFFIX) == 0) {
        memcpy(token, r->tail, FEED_TOKEN_SIZE - 1);
        token[FEED_TOKEN_SIZE - 1] = '\0';
        flow_set_actor(d->flow, "calendar");
        e = flow_feed_read(d->flow, token, entry, &f, coach);
    }
    buf_adds(f.o, "END:VCALENDAR\r\n");
    out->type = "text/calendar; charset=utf-8";
    if (e == ERR_OK)
        return;
    buf_clear(f.o);
    reply_refuse(out, e == ERR_NOT_FOUND ? 404 : 503, "not_found", _("There is no such page."));
}

const struct page page_calendar = { .path = "/calendar/", .any_device = true, .get = get };
