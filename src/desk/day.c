/* The page /: the day, and /board, its changing part. */
#include "desk/day.h"

#include <string.h>

#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

/* ---- small parts ---- */

bool day_may_take(const struct day *v, const struct queue_line *l)
{
    const struct queue_house *q = &v->d->board.queue;

    return v->coach >= 0 && l >= q->open.v && l < q->open.v + q->open.n &&
           q->may[l - q->open.v] >> v->coach & 1;
}

const char *day_coach_name(const struct day *v, const char *id)
{
    int i = id[0] ? roster_coach_find(v->roster, id) : -1;

    return i >= 0 ? v->roster->coaches[i].name : id[0] ? id : _("first free");
}

void day_step(struct buf *o, const char *act, const struct queue_line *l, const char *label,
              const char *more)
{
    html_add(o, "<button type=\"button\" data-act=\"", act, "\" data-visit=\"", l->visit.s, "\"");
    html_attr_int(o, "data-version", l->version);
    html_add(o, " ", more, ">");
    html_esc(o, label);
    buf_adds(o, "</button>");
}

void day_window(struct buf *o, const struct queue_line *l, const char *form, const char *label,
                const char *class, const char *more)
{
    html_add(o, "<a class=\"button ", class, "\" href=\"/visit/", l->visit.s,
             form[0] ? "?form=" : "", form, "\" data-window ", more, ">");
    html_esc(o, label);
    buf_adds(o, "</a>");
}

void day_name(struct buf *o, const char *kind, const struct ulid *id)
{
    html_add(o, "<bdi class=\"name\" data-name=\"", kind, ":", id->s, "\"></bdi>");
}

/* True when it was said before, and now again. */
static bool say_again(struct day *v, const struct said *s)
{
    if (s->n > 0)
        buf_add_again(v->o, s->from, s->n);
    return s->n > 0;
}

/* All since `from` was said now. */
static void note_said(const struct day *v, size_t from, struct said *s)
{
    *s = (struct said){ from, v->o->failed ? 0 : v->o->n - from };
}

void day_topic(struct buf *o, enum topic t)
{
    const char *name = topic_name(t);

    html_add(o, "<span class=\"tag topic-", name ? name : "other", "\">");
    html_esc(o, words_topic(t));
    buf_adds(o, "</span>");
}

void day_row_topic(struct day *v, enum topic t)
{
    struct said *s = &v->said.topics[t];
    size_t from = v->o->n;

    if (say_again(v, s))
        return;
    day_topic(v->o, t);
    note_said(v, from, s);
}

void day_lang(struct buf *o, const char *lang)
{
    const char *name = words_lang(lang);

    if (!name[0])
        return;
    html_add(o, " <span class=\"tag\" lang=\"", lang, "\"><bdi>");
    html_esc(o, name);
    buf_adds(o, "</bdi></span>");
}

void day_row_lang(struct day *v, const char *lang)
{
    size_t i = 0, from = v->o->n;

    while (i < SAID_LANGS && v->said.codes[i] && strcmp(v->said.codes[i], lang) != 0)
        i++;
    if (i < SAID_LANGS && v->said.codes[i]) {
        (void)say_again(v, &v->said.langs[i]);
        return;
    }
    day_lang(v->o, lang);
    if (i < SAID_LANGS) {
        v->said.codes[i] = lang; /* of the board, which outlives the page */
        note_said(v, from, &v->said.langs[i]);
    }
}

void day_why(struct buf *o, const struct queue_line *l)
{
    const char *why = words_why(l->why);

    if (!why[0])
        return;
    buf_addf(o, " <span class=\"tag band-%d\">", l->band);
    html_esc(o, why);
    buf_adds(o, "</span>");
}

void day_since(struct day *v, utc_ms from)
{
    CLEANUP(buf_done) struct buf t = buf_make(60);
    int64_t minutes = (flow_now(v->d->flow) - from) / MINUTE_MS;
    struct said *s = minutes >= 0 && minutes < SAID_MINUTES ? &v->said.minutes[minutes] : NULL;
    size_t at = v->o->n;

    if (s && say_again(v, s))
        return;
    words_length(&t, minutes);
    html_esc(v->o, buf_str(&t));
    if (s)
        note_said(v, at, s);
}

/* ---- banners ---- */

static void help_banner(struct day *v)
{
    const struct board *b = &v->d->board;
    struct buf *o = v->o;

    if (!b->help.s[0])
        return;
    buf_addf(o, "<section class=\"banner help\" data-ring=\"%s\" role=\"alert\"><p><strong>",
             b->help.s);
    html_esc(o, b->help_state == HELP_SENT ? _("Somebody at the kiosk asks for help.")
                                           : _("A colleague saw the call from the kiosk."));
    buf_adds(o, "</strong> ");
    day_since(v, b->help_at);
    buf_adds(o, "</p><div class=\"row\">");
    if (b->help_state < HELP_COMING) {
        buf_addf(o, "<button type=\"button\" class=\"accent\" data-post=\"/help\" "
                    "data-body='{\"call\":\"%s\",\"to\":\"coming\"}'>", b->help.s);
        html_esc(o, _("I am coming"));
        buf_adds(o, "</button>");
    }
    buf_addf(o, "<button type=\"button\" data-post=\"/help\" "
                "data-body='{\"call\":\"%s\",\"to\":\"done\"}'>", b->help.s);
    html_esc(o, _("Helped"));
    buf_adds(o, "</button></div></section>");
}

static void banners(struct day *v)
{
    const struct board *b = &v->d->board;
    struct buf *o = v->o;

    help_banner(v);
    if (b->clock_unsure) {
        CLEANUP(buf_done) struct buf t = buf_make(60);
        words_clock(&t, v->d->flow, flow_now(v->d->flow));
        buf_adds(o, "<section class=\"banner warn\"><p>");
        html_format(o, _("The clock may be wrong: it says {time}. Appointments wait."),
                    { "time", .value = buf_str(&t) });
        buf_adds(o, "</p><button type=\"button\" data-post=\"/clock\">");
        html_esc(o, _("The time is right"));
        buf_adds(o, "</button></section>");
    }
    if (b->conflicts > 0) {
        buf_adds(o, "<section class=\"banner warn\"><p>");
        html_format(o, P_("{n} appointment no longer fits the roster.",
                          "{n} appointments no longer fit the roster.", (long)b->conflicts),
                    { "n", .number = (long)b->conflicts });
        buf_adds(o, "</p><a class=\"button\" href=\"/appointments#worklist\">");
        html_esc(o, _("Look at them"));
        buf_adds(o, "</a></section>");
    }
}

/* ---- whom to call ---- */

static void next_facts(struct day *v, const struct queue_line *l)
{
    CLEANUP(buf_done) struct buf t = buf_make(60);
    struct buf *o = v->o;

    buf_adds(o, "<div class=\"facts\"><p class=\"first\">");
    day_name(o, "visit", &l->visit);
    buf_adds(o, "<span>");
    html_esc(o, words_topic(l->topic));
    buf_adds(o, "</span></p><p>");
    if (l->appointment) {
        words_clock(&t, v->d->flow, l->due);
        html_format(o, _("Appointment {time}"), { "time", .value = buf_str(&t) });
        buf_adds(o, " · ");
        buf_clear(&t);
    }
    words_clock(&t, v->d->flow, l->arrived);
    html_format(o, _("came in at {time}"), { "time", .value = buf_str(&t) });
    buf_adds(o, " · ");
    html_esc(o, _("waits"));
    buf_addc(o, ' ');
    day_since(v, l->arrived);
    if (words_why(l->why)[0] && l->why != QUEUE_WHY_APPOINTMENT) {
        buf_adds(o, " · ");
        html_esc(o, words_why(l->why));
    }
    buf_adds(o, "</p></div>");
}

static void nobody_next(struct day *v)
{
    struct buf *o = v->o;

    buf_adds(o, "<section class=\"next empty\"><div class=\"facts\"><p class=\"first\">");
    html_esc(o, v->coach < 0 ? _("You look along. Coaches call.")
                             : _("Nobody is waiting for you."));
    buf_adds(o, "</p><p>");
    html_esc(o, v->coach < 0 ? _("Open a row to send somebody on or make it urgent.")
                             : _("Who comes in appears here by itself."));
    buf_adds(o, "</p></div></section>");
}

static void next_card(struct day *v)
{
    struct buf *o = v->o;

    if (!v->next) {
        nobody_next(v);
        return;
    }
    const struct queue_line *l = v->next;
    buf_adds(o, "<section class=\"next\"");
    html_attr(o, "aria-label", _("Next for you"));
    buf_addf(o, "><p class=\"ticket\">%s</p>", l->ticket);
    next_facts(v, l);
    if (v->own) {
        buf_adds(o, "<p class=\"after\">");
        html_format(o, _("after {ticket}"), { "ticket", .value = v->own->ticket });
        buf_adds(o, "</p>");
    } else {
        buf_addf(o, "<button type=\"button\" class=\"accent big\" id=\"call-next\" "
                    "data-act=\"call\" data-visit=\"%s\" data-version=\"%lld\">",
                 l->visit.s, (long long)l->version);
        html_esc(o, _("Call"));
        buf_adds(o, " <kbd>Enter</kbd></button>");
    }
    buf_adds(o, "</section>");
}

/* ---- the whole ---- */

static void no_roster(struct day *v)
{
    struct buf *o = v->o;

    buf_adds(o, "<section class=\"card narrow\"><h2>");
    html_esc(o, _("Welcome to a new house"));
    buf_adds(o, "</h2><p>");
    html_esc(o, _("There is no roster yet. It says when the house is open and who works when."));
    buf_adds(o, "</p>");
    if (v->r->session->staff.role == STAFF_ADMIN) {
        buf_adds(o, "<p><a class=\"button primary\" href=\"/setup\">");
        html_esc(o, _("Set the house up, step by step"));
    } else if (v->r->session->staff.role == STAFF_COORDINATOR) {
        buf_adds(o, "<p><a class=\"button primary\" href=\"/roster\">");
        html_esc(o, _("Bring in the roster"));
    } else {
        buf_adds(o, "<p><a class=\"button\" href=\"/\">");
        html_esc(o, _("Look again"));
    }
    buf_adds(o, "</a></p></section>");
}

static void look(struct day *v)
{
    const struct queue_house *q = &v->d->board.queue;
    const char *coach = v->r->session->staff.coach;

    v->coach = coach[0] ? roster_coach_find(v->roster, coach) : -1;
    if (v->coach < 0)
        return;
    for (size_t i = 0; i < q->open.n; i++)
        if ((q->open.v[i].state == VISIT_CALLED || q->open.v[i].state == VISIT_IN_SERVICE) &&
            strcmp(q->open.v[i].coach, coach) == 0)
            v->own = &q->open.v[i];
    v->next = q->next[v->coach] >= 0 && q->open.n > 0 ? &q->open.v[q->next[v->coach]] : NULL;
}

static void columns(struct day *v)
{
    struct buf *o = v->o;

    banners(v);
    buf_adds(o, "<div class=\"columns\"><div class=\"wide\">");
    next_card(v);
    day_waiting(v);
    day_aside(v);
    day_to_come(v);
    day_over(v);
    buf_adds(o, "</div><div class=\"side\">");
    day_mine(v);
    day_colleagues(v);
    day_register(v);
    buf_adds(o, "</div></div>");
}

enum err day_write(struct desk *d, const struct request *r, bool part, struct buf *out)
{
    struct day v = { .d = d, .r = r, .o = out, .coach = -1, .roster = flow_roster(d->flow) };
    enum err e = d->board.fault;

    if (v.roster && e == ERR_OK)
        look(&v);
    if (e == ERR_OK || e == ERR_NONE) {
        e = ERR_OK;
        if (!part) {
            layout_begin(d, r, "/", _("Today"), out);
            buf_adds(out, "<h1 class=\"unseen\">");
            html_esc(out, _("Today"));
            buf_adds(out, "</h1>");
        }
        buf_addf(out, "<div id=\"board\" data-serial=\"%016llx-%llu\">",
                 (unsigned long long)d->streams.boot, (unsigned long long)d->board.serial);
        if (v.roster)
            columns(&v);
        else
            no_roster(&v);
        buf_adds(out, "</div>");
        if (!part)
            layout_end(r, out);
    }
    return e;
}

static void get(struct desk *d, struct request *r, struct reply *out, bool part)
{
    struct request whole = *r; /* the board was looked at when the request came */
    whole.part = false;
    enum err e = board_page(d, &whole, part, &out->shared);
    if (e == ERR_OK)
        return;
    if (part)
        reply_err(out, e);
    else
        layout_fault(d, r, 503, words_err(e), out);
}

static void get_day(struct desk *d, struct request *r, struct reply *out)
{
    get(d, r, out, false);
}

static void get_board(struct desk *d, struct request *r, struct reply *out)
{
    get(d, r, out, true);
}

const struct page page_day = { .path = "/", .roles = ROLE_ALL, .get = get_day };
const struct page page_board = { .path = "/board", .roles = ROLE_ALL, .get = get_board };
