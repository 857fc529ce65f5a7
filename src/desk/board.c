#include "desk/board.h"

#include <inttypes.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "desk/inside.h"

#define FACE_MAX (1024 * 1024)
#define FACE_ROOM 4096 /* that the next one may be longer by */
#define PAGE_ROOM (48 * 1024) /* a busy day's page */

void board_init(struct board *b)
{
    *b = (struct board){ .minute = -1, .serial = 1, .face = buf_make(FACE_MAX) };
}

static void forget_pages(struct board *b)
{
    for (size_t i = 0; i < BOARD_PAGES_MAX; i++) {
        if (b->pages[i].page)
            MHD_destroy_response(b->pages[i].page);
        if (b->pages[i].part)
            MHD_destroy_response(b->pages[i].part);
    }
    memset(b->pages, 0, sizeof(b->pages));
    b->next_page = 0;
}

static void let_go(struct board *b)
{
    queue_house_done(&b->queue);
    queue_list_done(&b->over);
    appointment_list_done(&b->to_come);
}

void board_done(struct board *b)
{
    forget_pages(b);
    let_go(b);
    buf_done(&b->face);
}

static enum err read_help(struct flow *f, struct board *b)
{
    b->help = (struct ulid){ { 0 } };
    b->helps = 0;
    enum err e = flow_help_open(f, &b->help, &b->help_at, &b->help_state, &b->helps);
    return e == ERR_NONE ? ERR_OK : e;
}

static enum err read_lists(struct flow *f, struct board *b)
{
    civil_day today = flow_today(f);
    CLEANUP(appointment_list_done) struct appointment_list hit = { 0 };
    enum err e = flow_queue_house(f, &b->queue);

    if (e == ERR_OK)
        e = flow_queue_finished(f, &b->over);
    if (e == ERR_OK)
        e = flow_appointments(f, NULL, today, today, &b->to_come);
    if (e == ERR_OK)
        e = flow_conflicts(f, &hit);
    b->conflicts = hit.n;
    return e;
}

static enum err read_house(struct desk *d)
{
    struct board *b = &d->board;
    struct flow *f = d->flow;

    let_go(b);
    if (!flow_roster(f))
        return ERR_NONE; /* the page says how to bring one in */
    enum err e = read_lists(f, b);
    if (e == ERR_OK)
        e = flow_outbox_status(f, &b->outbox);
    if (e == ERR_OK)
        e = flow_at_work_now(f, &b->at_work);
    if (e == ERR_OK)
        e = read_help(f, b);
    b->clock_unsure = flow_clock_unsure(f);
    return e;
}

/* As bytes, padding and all: made of zeros. */
struct face {
    struct ulid visit;
    int64_t version;
    uint64_t may;
    char ticket[TICKET_SIZE], service[ROSTER_ID_SIZE], coach[ROSTER_ID_SIZE];
    int state, band, why, known, min, max;
};

static void face_line(struct buf *o, const struct queue_line *l, uint64_t may)
{
    struct face face;

    memset(&face, 0, sizeof(face));
    face.visit = l->visit;
    face.version = l->version;
    face.may = may;
    memcpy(face.ticket, l->ticket, strlen(l->ticket)); /* fields of the same size */
    memcpy(face.service, l->service, strlen(l->service));
    memcpy(face.coach, l->coach, strlen(l->coach));
    face.state = (int)l->state;
    face.band = l->band;
    face.why = (int)l->why;
    face.known = l->wait.known;
    face.min = l->wait.min_min;
    face.max = l->wait.max_min;
    buf_add(o, &face, sizeof(face));
}

/* Everything that a page shows, whoever looks at it; of times only the minute. */
static void face_write(const struct board *b, const struct roster *ro, struct buf *o)
{
    for (size_t i = 0; ro && i < ro->n_coaches; i++) {
        buf_adds(o, ro->coaches[i].name);
        buf_addc(o, '\n');
        buf_adds(o, ro->coaches[i].room);
        buf_addc(o, '\n');
    }
    buf_addf(o, "%d %" PRIu64 " %s %d %d %d %zu %" PRId64 " %" PRId64 " %" PRId64 "\n", b->fault,
             b->at_work, b->help.s, (int)b->help_state, b->helps, b->clock_unsure, b->conflicts,
             b->outbox.queued + b->outbox.waiting, b->outbox.sent, b->outbox.dead);
    if (b->queue.open.n > 0 || b->helps > 0)
        buf_addf(o, "%" PRId64 "\n", b->minute);
    for (size_t i = 0; i < b->queue.open.n; i++)
        face_line(o, &b->queue.open.v[i], b->queue.may[i]);
    buf_add(o, b->queue.next, sizeof(b->queue.next));
    for (size_t i = 0; i < b->over.n; i++)
        face_line(o, &b->over.v[i], 0);
    for (size_t i = 0; i < b->to_come.n; i++) {
        const struct appointment_view *a = &b->to_come.v[i];
        buf_addf(o, "%s %" PRId64 " %d %s %" PRId64 "\n", a->id.s, a->version, (int)a->state,
                 a->coach, a->start);
    }
}

/* A face that keeps its own: ours is only who may log in. */
static bool look_elsewhere(struct desk *d)
{
    const struct desk_face *face = d->setup->face;
    struct board *b = &d->board;

    b->staff_looked = b->staff_looked && !flow_changed(d->flow);
    b->due = INT64_MAX;
    if (!face->look(face->arg))
        return false;
    b->serial++;
    return true;
}

bool board_look(struct desk *d)
{
    struct board *b = &d->board;
    if (d->setup->face->look)
        return look_elsewhere(d);
    int64_t minute = flow_now(d->flow) / MINUTE_MS;
    bool changed = flow_changed(d->flow);

    if (b->known && !changed && minute == b->minute && flow_now(d->flow) < b->due)
        return false;
    b->staff_looked = b->staff_looked && !changed;
    b->known = true;
    b->minute = minute;
    b->fault = read_house(d);
    b->due = flow_next_due(d->flow);
    d->failed = d->failed || flow_storage_failed(d->flow);
    flow_changed(d->flow); /* what reading itself brought about is read already */
    struct buf face = buf_make(FACE_MAX);
    buf_reserve(&face, b->face.n + FACE_ROOM);
    face_write(b, flow_roster(d->flow), &face);
    bool same = !face.failed && face.n == b->face.n && memcmp(buf_str(&face), buf_str(&b->face),
                                                             face.n) == 0;
    buf_done(&b->face);
    b->face = face;
    if (same)
        return false;
    if (b->fault != ERR_OK && b->fault != ERR_NONE)
        log_error("desk.board", b->fault, NULL);
    b->serial++;
    forget_pages(b);
    return true;
}

void board_look_once(struct desk *d)
{
    if (d->looked)
        return;
    if (board_look(d))
        streams_say(d);
    d->looked = true;
}

void board_end_disabled(struct desk *d)
{
    CLEANUP(staff_list_done) struct staff_list all = { 0 };

    if (d->board.staff_looked || flow_staff_list(d->flow, &all) != ERR_OK)
        return;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].disabled)
            sessions_end_of(&d->sessions, all.v[i].id);
    d->board.staff_looked = true;
}

static struct MHD_Response *response_of(struct desk *d, struct buf *html)
{
    size_t n = html->n;
    char *text = buf_take(html);
    struct MHD_Response *m =
        text ? MHD_create_response_from_buffer(n, text, MHD_RESPMEM_MUST_FREE) : NULL;

    if (!m)
        return NULL;
    http_secure(d, m, false);
    MHD_add_response_header(m, MHD_HTTP_HEADER_CONTENT_TYPE, "text/html; charset=utf-8");
    return m;
}

enum err board_page(struct desk *d, const struct request *r, bool part,
                    struct MHD_Response **ret_response)
{
    struct board *b = &d->board;
    size_t at = BOARD_PAGES_MAX;

    for (size_t i = 0; at == BOARD_PAGES_MAX && i < BOARD_PAGES_MAX; i++)
        if (strcmp(b->pages[i].who, r->session->staff.id) == 0 &&
            strcmp(b->pages[i].lang, r->lang) == 0)
            at = i;
    if (at == BOARD_PAGES_MAX) {
        at = b->next_page++ % BOARD_PAGES_MAX;
        if (b->pages[at].page)
            MHD_destroy_response(b->pages[at].page);
        if (b->pages[at].part)
            MHD_destroy_response(b->pages[at].part);
        memset(&b->pages[at], 0, sizeof(b->pages[at]));
        snprintf(b->pages[at].who, sizeof(b->pages[at].who), "%s", r->session->staff.id);
        snprintf(b->pages[at].lang, sizeof(b->pages[at].lang), "%s", r->lang);
    }
    struct MHD_Response **kept = part ? &b->pages[at].part : &b->pages[at].page;
    if (!*kept) {
        struct buf html = buf_make(REPLY_MAX);
        buf_reserve(&html, PAGE_ROOM);
        enum err e = day_write(d, r, part, &html);
        if (e == ERR_OK)
            e = buf_err(&html);
        *kept = e == ERR_OK ? response_of(d, &html) : NULL;
        buf_done(&html);
        if (!*kept)
            return e == ERR_OK ? ERR_NOMEM : e;
    }
    *ret_response = *kept;
    return ERR_OK;
}
