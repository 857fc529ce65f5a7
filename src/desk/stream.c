/* The page /events, and its streams. */
#include "desk/stream.h"

#include <inttypes.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "desk/pages.h"
#include "desk/words.h"

#define BLOCK 1024

struct stream {
    struct desk *desk;
    struct MHD_Connection *connection;
    uint64_t session;
    uint64_t told; /* serial that this stream knows */
    uint64_t number; /* rises from one stream to the next */
    bool beat;     /* one is due */
    bool over;
    bool asleep;
};

static void forget(void *arg)
{
    struct stream *s = arg;
    struct streams *all = &s->desk->streams;

    for (size_t i = 0; i < all->n; i++)
        if (all->v[i] == s)
            all->v[i] = all->v[--all->n];
    mem_free(s);
}

static int write_event(struct stream *s, char *out, size_t max)
{
    struct desk *d = s->desk;

    s->told = d->board.serial;
    s->beat = false;
    return snprintf(out, max, "id: %016" PRIx64 "-%" PRIu64 "\nevent: board\ndata: %" PRIu64
                    "\n\n", d->streams.boot, s->told, s->told);
}

/* The time of the house, for the clock on the page. */
static int write_beat(struct stream *s, char *out, size_t max)
{
    CLEANUP(buf_done) struct buf t = buf_make(20);

    s->beat = false;
    words_clock(&t, s->desk->flow, flow_now(s->desk->flow));
    return snprintf(out, max, "event: beat\ndata: %s\n\n", buf_str(&t));
}

/* Called when the connection can take bytes; with none to say it sleeps until it is woken. */
static ssize_t more(void *arg, uint64_t pos, char *out, size_t max)
{
    struct stream *s = arg;

    (void)pos;
    s->asleep = false;
    if (s->over)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (s->told != s->desk->board.serial)
        return write_event(s, out, max);
    if (s->beat)
        return write_beat(s, out, max);
    MHD_suspend_connection(s->connection);
    s->asleep = true;
    return 0;
}

static void wake(struct stream *s)
{
    if (s->asleep) {
        s->asleep = false;
        s->desk->streams.woken = true;
        MHD_resume_connection(s->connection);
    }
}

void streams_say(struct desk *d)
{
    for (size_t i = 0; i < d->streams.n; i++)
        if (d->streams.v[i]->told != d->board.serial)
            wake(d->streams.v[i]);
}

void streams_beat(struct desk *d)
{
    for (size_t i = 0; i < d->streams.n; i++) {
        struct stream *s = d->streams.v[i];
        s->over = s->over || !session_of(&d->sessions, s->session, desk_mono(d));
        s->beat = true;
        wake(s);
    }
}

void streams_end(struct desk *d)
{
    for (size_t i = 0; i < d->streams.n; i++) {
        d->streams.v[i]->over = true;
        wake(d->streams.v[i]);
    }
}

/* The serial that a page that comes back knows; another than ours when it knows none. */
static uint64_t known(const struct desk *d, const struct request *r)
{
    const char *last = request_header(r, "Last-Event-ID");
    uint64_t boot = 0, serial = 0;

    if (!last)
        last = request_arg(r, "seen");
    if (last && sscanf(last, "%16" SCNx64 "-%19" SCNu64, &boot, &serial) == 2 &&
        boot == d->streams.boot)
        return serial;
    return UINT64_MAX;
}

/* Who walks through the pages leaves streams behind that nobody reads; the oldest goes. */
static void make_room(struct desk *d, uint64_t session)
{
    struct stream *oldest = NULL;
    size_t own = 0;

    for (size_t i = 0; i < d->streams.n; i++) {
        struct stream *s = d->streams.v[i];
        if (s->session != session || s->over)
            continue;
        own++;
        oldest = !oldest || s->number < oldest->number ? s : oldest;
    }
    if (own < STREAMS_PER_SESSION)
        return;
    oldest->over = true;
    wake(oldest);
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    make_room(d, r->session->number);
    if (d->streams.n == STREAMS_MAX) {
        reply_refuse(out, 429, "too_many", _("Too many pages are open."));
        out->retry_s = 10;
        return;
    }
    struct stream *s = mem_calloc(1, sizeof(*s));
    struct MHD_Response *m =
        s ? MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, more, s, forget) : NULL;
    if (!m) {
        mem_free(s);
        reply_err(out, ERR_NOMEM);
        return;
    }
    *s = (struct stream){ .desk = d, .connection = r->connection, .session = r->session->number,
                          .told = known(d, r), .number = ++d->streams.last, .beat = true };
    d->streams.v[d->streams.n++] = s;
    http_secure(d, m, false);
    MHD_add_response_header(m, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
    MHD_add_response_header(m, "X-Accel-Buffering", "no");
    MHD_queue_response(r->connection, MHD_HTTP_OK, m);
    MHD_destroy_response(m);
    out->streams = true;
}

const struct page page_events = { .path = "/events", .roles = ROLE_ALL, .get = get };
