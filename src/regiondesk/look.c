/* Reads the region: houses, days that move, shared times that are left. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "desk/words.h"
#include "flow/region.h"
#include "regiondesk/inside.h"

#define LOOK_MS 2000
#define LEFT_MS 60000
#define RETRY_MS 5000
#define FACE_MAX (1024 * 1024)

void overview_done(struct overview *o)
{
    region_houses_done(&o->houses);
    region_moves_done(&o->moves);
    mem_free(o->left);
    mem_free(o->people);
    *o = (struct overview){ 0 };
}

/* ---- the line ---- */

static void let_go(struct regiondesk *g)
{
    region_close(g->r);
    g->r = NULL;
    g->retry_at = clock_real_mono_ms() + RETRY_MS;
}

enum err regiondesk_said(struct regiondesk *g, enum err e)
{
    if (g->r && (e == ERR_NET || e == ERR_TIMEOUT))
        let_go(g);
    return e;
}

enum err regiondesk_line(struct regiondesk *g)
{
    if (g->r)
        return ERR_OK;
    if (clock_real_mono_ms() < g->retry_at)
        return ERR_NET;
    enum err e = region_open(&g->options, &g->r);
    if (e == ERR_OK)
        e = region_rule(g->r, &g->rule);
    if (e == ERR_OK)
        return ERR_OK;
    log_error("regiondesk.line", e, NULL);
    let_go(g);
    return e;
}

/* ---- shared times ---- */

static utc_ms now_of(const struct regiondesk *g)
{
    return clock_wall_ms(g->setup->clock);
}

static enum err add_people(struct overview *o, const struct roster *r, const char *site)
{
    for (size_t i = 0; i < r->n_coaches; i++) {
        if (!mem_grow(&o->people, &o->cap_people, o->n_people, sizeof(*o->people)))
            return ERR_NOMEM;
        struct region_person *p = &o->people[o->n_people++];
        *p = (struct region_person){ .coach = "" };
        memcpy(p->coach, r->coaches[i].id, sizeof(p->coach));
        memcpy(p->name, r->coaches[i].name, sizeof(p->name));
        memcpy(p->site, site, strlen(site));
    }
    return ERR_OK;
}

/* A roster that cannot be read is that house's own trouble: the others are shown. */
static enum err left_of(struct regiondesk *g, struct overview *o, size_t i)
{
    CLEANUP(buf_done) struct buf roster = buf_make(ROSTER_JSON_MAX);
    CLEANUP(buf_done) struct buf offer = buf_make(REGION_OFFER_MAX);
    CLEANUP(roster_done) struct roster parsed = { 0 };
    const char *site = o->houses.v[i].site;
    civil_day today = (civil_day)(now_of(g) / DAY_MS);
    enum err e = region_offer(g->r, site, today, &roster, &offer);
    o->left[i] = LEFT_UNKNOWN;
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND || e == ERR_LIMIT ? ERR_OK : e;
    struct region_left_query q = { .site = site, .roster = buf_str(&roster),
                                   .offer = buf_str(&offer), .rule = &g->rule, .now = now_of(g),
                                   .first = today, .last = today + LEFT_DAYS - 1 };
    e = flow_region_left(&q, &parsed, &o->left[i]);
    if (e == ERR_CORRUPT || e == ERR_LIMIT)
        return ERR_OK;
    return e == ERR_OK ? add_people(o, &parsed, site) : e;
}

static enum err count_left(struct regiondesk *g, struct overview *o)
{
    enum err e = ERR_OK;
    o->left = mem_calloc(o->houses.n + 1, sizeof(*o->left));
    if (!o->left)
        return ERR_NOMEM;
    for (size_t i = 0; e == ERR_OK && i < o->houses.n; i++)
        e = left_of(g, o, i);
    return e;
}

static bool same_houses(const struct region_houses *a, const struct region_houses *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->v[i].site, b->v[i].site) != 0)
            return false;
    return true;
}

/* What was counted a moment ago, of the same houses. */
static void keep_left(struct overview *from, struct overview *to)
{
    to->left = from->left;
    to->people = from->people;
    to->n_people = from->n_people;
    to->cap_people = from->cap_people;
    from->left = NULL;
    from->people = NULL;
    from->n_people = from->cap_people = 0;
}

/* ---- the look ---- */

static enum err read_all(struct regiondesk *g, struct overview *o)
{
    int64_t real = clock_real_mono_ms();
    enum err e = regiondesk_line(g);
    if (e == ERR_OK)
        e = region_houses(g->r, &o->houses);
    if (e == ERR_OK)
        e = region_moves(g->r, (civil_day)(now_of(g) / DAY_MS), &o->moves);
    if (e != ERR_OK)
        return e;
    if (real < g->left_at && g->now.left && same_houses(&g->now.houses, &o->houses)) {
        keep_left(&g->now, o);
        return ERR_OK;
    }
    e = count_left(g, o);
    if (e == ERR_OK)
        g->left_at = clock_real_mono_ms() + LEFT_MS;
    return e;
}

/* Of times only what a page shows. */
static void face_write(const struct regiondesk *g, struct buf *b)
{
    buf_addf(b, "%d\n", g->fault);
    for (size_t i = 0; i < g->now.houses.n; i++) {
        const struct region_house *h = &g->now.houses.v[i];
        const struct region_status *s = &h->status;
        int64_t silent = h->seen_s_ago < SILENT_S ? 0 : h->seen_s_ago / 60;
        int64_t waits = s->since ? (now_of(g) - s->since) / MINUTE_MS : 0;
        buf_addf(b, "%s %s %d %lld %d %d %lld %lld %lld %s %d\n", h->site, h->name, h->asserted,
                 (long long)silent, s->waiting, s->at_work, (long long)waits, (long long)s->unsent,
                 (long long)s->dead, s->told, g->now.left[i]);
    }
    for (size_t i = 0; i < g->now.moves.n; i++) {
        const struct region_move *m = &g->now.moves.v[i];
        buf_addf(b, "%s %d %s %s\n", m->coach, m->day, m->site, m->to);
    }
}

bool regiondesk_look(void *regiondesk)
{
    struct regiondesk *g = regiondesk;
    CLEANUP(overview_done) struct overview fresh = { 0 };
    struct buf face = buf_make(FACE_MAX);
    if (clock_real_mono_ms() < g->look_at)
        return false;
    g->fault = regiondesk_said(g, read_all(g, &fresh));
    g->look_at = clock_real_mono_ms() + LOOK_MS;
    if (g->fault == ERR_OK) { /* else the last ones stay, and the page says how old they are */
        overview_done(&g->now);
        g->now = TAKE(fresh);
    }
    face_write(g, &face);
    bool same = face.n == g->face.n && memcmp(buf_str(&face), buf_str(&g->face), face.n) == 0;
    buf_done(&g->face);
    g->face = face;
    return !same;
}

void regiondesk_hurry(struct regiondesk *g)
{
    g->look_at = g->left_at = 0;
}

/* ---- names ---- */

const char *regiondesk_house(const struct regiondesk *g, const char *site)
{
    for (size_t i = 0; i < g->now.houses.n; i++)
        if (strcmp(g->now.houses.v[i].site, site) == 0)
            return g->now.houses.v[i].name;
    return site;
}

const char *regiondesk_coach(const struct regiondesk *g, const char *coach)
{
    for (size_t i = 0; i < g->now.n_people; i++)
        if (strcmp(g->now.people[i].coach, coach) == 0)
            return g->now.people[i].name;
    return coach;
}

void regiondesk_problem(struct buf *out, enum err e)
{
    buf_adds(out, "<p class=\"fault\" role=\"alert\">");
    html_esc(out, e == ERR_NET || e == ERR_TIMEOUT
                      ? _("The region's database does not answer. The houses go on by themselves; "
                          "what you see may be old.")
                      : words_err(e));
    buf_adds(out, "</p>");
}
