/* The pages /health and /metrics: on loopback, or with the token; never about people. */
#include <string.h>

#include "desk/inside.h"
#include "desk/pages.h"

/* Behind nginx everybody comes from its socket, so there it is the token that counts. */
static bool may(const struct desk *d, const struct request *r)
{
    static const char bearer[] = "Bearer ";
    const char *told = request_header(r, "Authorization");
    unsigned differ = 0;

    if (!d->metrics_token[0])
        return !d->guard.tls;
    if (!told || strncmp(told, bearer, sizeof(bearer) - 1) != 0)
        return false;
    told += sizeof(bearer) - 1;
    if (strlen(told) != strlen(d->metrics_token))
        return false;
    for (size_t i = 0; told[i]; i++)
        differ |= (unsigned)(told[i] ^ d->metrics_token[i]);
    return differ == 0;
}

static bool well(const struct health *h)
{
    return h->database_ok && !h->clock_unsure && !h->storage_failed && !h->roster_missing &&
           !h->older;
}

static void get_health(struct desk *d, struct request *r, struct reply *out)
{
    struct health h;
    enum err e = may(d, r) ? flow_health(d->flow, &h) : ERR_DENIED;

    if (e != ERR_OK) {
        reply_err(out, e);
        return;
    }
    out->status = well(&h) ? 200 : 503;
    reply_json(out, json_pack("{s:b,s:b,s:b,s:b,s:b,s:b,s:I,s:I,s:I,s:I,s:s}", "ok", well(&h),
                              "database_ok", h.database_ok, "clock_unsure", h.clock_unsure,
                              "storage_failed", h.storage_failed, "roster_missing",
                              h.roster_missing, "database_older", h.older, "outbox_queued", (json_int_t)h.outbox_queued,
                              "outbox_dead", (json_int_t)h.outbox_dead, "outbox_oldest_s",
                              (json_int_t)h.outbox_oldest_s, "free_bytes",
                              (json_int_t)h.free_bytes, "printer", h.printer));
}

static void gauge(struct buf *o, const char *name, const char *help, int64_t value)
{
    buf_addf(o, "# HELP %s %s\n# TYPE %s gauge\n%s %lld\n", name, help, name, name,
             (long long)value);
}

static void counter(struct buf *o, const char *name, const char *help, int64_t value)
{
    buf_addf(o, "# HELP %s %s\n# TYPE %s counter\n%s %lld\n", name, help, name, name,
             (long long)value);
}

static void write_queue(const struct board *b, struct buf *o)
{
    int by_state[VISIT_STATE_COUNT] = { 0 };

    for (size_t i = 0; i < b->queue.open.n; i++)
        by_state[b->queue.open.v[i].state]++;
    buf_adds(o, "# HELP dynamo_visits Visits of today that are not over.\n"
                "# TYPE dynamo_visits gauge\n");
    for (int s = 0; s < VISIT_STATE_COUNT; s++)
        if (visit_open((enum visit_state)s))
            buf_addf(o, "dynamo_visits{state=\"%s\"} %d\n", visit_state_name((enum visit_state)s),
                     by_state[s]);
}

static void get_metrics(struct desk *d, struct request *r, struct reply *out)
{
    struct health h;
    struct buf *o = &out->body;
    enum err e = may(d, r) ? flow_health(d->flow, &h) : ERR_DENIED;

    if (e != ERR_OK) {
        reply_err(out, e);
        return;
    }
    if (board_look(d))
        streams_say(d);
    out->type = "text/plain; version=0.0.4";
    gauge(o, "dynamo_up", "1 when nothing needs a person at once.", well(&h));
    gauge(o, "dynamo_clock_unsure", "1 while bookings wait for a sure clock.", h.clock_unsure);
    gauge(o, "dynamo_outbox_queued", "Records to send.", h.outbox_queued);
    gauge(o, "dynamo_outbox_dead", "Records that the register refused.", h.outbox_dead);
    gauge(o, "dynamo_outbox_oldest_seconds", "Age of the oldest record to send.",
          h.outbox_oldest_s);
    gauge(o, "dynamo_disk_free_bytes", "Free room on the database's disk.", h.free_bytes);
    gauge(o, "dynamo_help_calls", "Open calls for help at the kiosk.", d->board.helps);
    write_queue(&d->board, o);
    gauge(o, "dynamo_desk_streams", "Open event streams.", (int64_t)d->streams.n);
    gauge(o, "dynamo_desk_sessions", "People logged in.",
          (int64_t)sessions_count(&d->sessions, desk_mono(d)));
    counter(o, "dynamo_desk_requests_total", "Requests answered.", d->answered);
    counter(o, "dynamo_desk_refused_total", "Requests refused.", d->refused);
}

const struct page page_health = { .path = "/health", .get = get_health };
const struct page page_metrics = { .path = "/metrics", .get = get_metrics };
