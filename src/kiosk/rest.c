#include "kiosk/inside.h"

#include "base/log.h"

#define MORE_TIME 3
#define HOME_S 30
#define REFERRAL_S 45
#define KEEP_S 60
#define HELP_S 120
#define PIN_S 20
#define LOCK_S 60
#define RETRY_S 30
#define TICK_AGAIN_MS 5000

static enum rest rest_of(const struct app *a)
{
    const struct screen *top = stack_top(a);
    enum rest rest = top->rest_of ? top->rest_of(&a->session) : top->rest;

    if (rest == REST_HOME && session_has_data(&a->session))
        return REST_ASK;
    return rest;
}

/* Seconds without a touch until something happens; 0: nothing does. */
static int limit_s(const struct app *a)
{
    const struct config *c = a->setup->config;
    int s = 0;

    switch (rest_of(a)) {
    case REST_NONE:
        return 0;
    case REST_HOME:
        s = HOME_S;
        break;
    case REST_ASK:
        s = c->idle.ask_s;
        break;
    case REST_TYPE:
        s = c->idle.ask_s + c->idle.ask_s / 2;
        break;
    case REST_REFERRAL:
        s = REFERRAL_S;
        break;
    case REST_TICKET:
        s = c->idle.ticket_s;
        break;
    case REST_KEEP:
        s = c->idle.ticket_s > KEEP_S ? c->idle.ticket_s : KEEP_S;
        break;
    case REST_HELP:
        s = HELP_S;
        break;
    case REST_PIN:
        return PIN_S; /* staff do not get more time from a visitor's wish */
    case REST_LOCK:
        return LOCK_S;
    case REST_RETRY:
        return RETRY_S;
    case REST_ASKED:
        s = c->idle.wipe_s;
        break;
    }
    return a->session.prefs.more_time ? s * MORE_TIME : s;
}

static bool counts_down(enum rest rest)
{
    return rest == REST_TICKET || rest == REST_KEEP || rest == REST_ASKED;
}

/* Nobody was here since the wipe, and the first page stands: nothing to go back from. */
static bool at_rest(const struct app *a)
{
    return a->fresh && a->depth == 1 && rest_of(a) != REST_RETRY;
}

static int64_t rest_end(const struct app *a)
{
    int s = at_rest(a) ? 0 : limit_s(a);
    return s ? a->touched + s * SECOND_MS : INT64_MAX;
}

static int64_t next_second(const struct app *a)
{
    int64_t end = rest_end(a), now = app_mono(a);

    if (end == INT64_MAX || !counts_down(rest_of(a)) || end <= now)
        return INT64_MAX;
    return now + (end - now - 1) % SECOND_MS + 1;
}

/* At the first page the doors matter; on all others the clock in the corner does. */
static int64_t next_minute(const struct app *a)
{
    utc_ms wall = clock_wall_ms(a->setup->clock);
    int64_t to_minute = MINUTE_MS - wall % MINUTE_MS;

    if (stack_top(a) != &scr_attract)
        return app_mono(a) + to_minute;
    const struct roster *r = flow_roster(a->host.flow);
    struct minute_span spans[ROSTER_WINDOWS_MAX];
    int next = DAY_MINUTES;
    for (unsigned open_for = OPEN_WALK_IN; r && open_for <= OPEN_APPOINTMENT; open_for <<= 1) {
        int n = roster_open_windows(r, a->session.today, open_for, spans);
        for (int i = 0; i < n; i++) {
            if (spans[i].from > a->session.minute && spans[i].from < next)
                next = spans[i].from;
            if (spans[i].to > a->session.minute && spans[i].to < next)
                next = spans[i].to;
        }
    }
    return app_mono(a) + to_minute + (next - a->session.minute - 1) * MINUTE_MS;
}

static int64_t next_tick(const struct app *a)
{
    utc_ms due = flow_next_due(a->host.flow);
    int64_t now = app_mono(a);

    if (due == INT64_MAX || flow_storage_failed(a->host.flow))
        return INT64_MAX;
    utc_ms wall = clock_wall_ms(a->setup->clock);
    int64_t at = due <= wall ? now : now + (due - wall);
    return at < a->tick_again ? a->tick_again : at;
}

static int64_t least(int64_t x, int64_t y)
{
    return x < y ? x : y;
}

int64_t rest_next(const struct app *a)
{
    const struct screen *top = stack_top(a);
    int64_t at = least(rest_end(a), next_second(a));

    if (top->due)
        at = least(at, top->due(&a->session));
    return least(at, least(next_minute(a), next_tick(a)));
}

static void expire(struct app *a)
{
    switch (rest_of(a)) {
    case REST_ASK:
    case REST_TYPE:
    case REST_HELP:
        a->touched = app_mono(a);
        stack_go(a, nav_to(&scr_idle));
        break;
    case REST_RETRY:
        visit_mend(a);
        break;
    case REST_NONE:
    case REST_HOME:
    case REST_REFERRAL:
    case REST_TICKET:
    case REST_KEEP:
    case REST_PIN:
    case REST_LOCK:
    case REST_ASKED:
        visit_end(a);
        break;
    }
}

/* The house's own deadlines: holds that run out, pauses that end. */
static void pass_flow(struct app *a)
{
    if (next_tick(a) > app_mono(a))
        return;
    enum err e = flow_tick(a->host.flow);
    a->tick_again = app_mono(a) + TICK_AGAIN_MS;
    if (e == ERR_IO)
        visit_fault(a);
    else if (e != ERR_OK)
        log_error("kiosk.tick", e, NULL);
    a->look = true;
}

/* The doors open or close while nobody is here. */
static void pass_doors(struct app *a)
{
    if (at_rest(a) && stack_top(a) != screen_home(&a->session))
        stack_home(a);
}

/* Screens that turn with time say so by `due`, which looks ahead of the last look: it is
 * asked before the session's clock moves on. */
void rest_pass(struct app *a)
{
    struct session *s = &a->session;
    bool screen_due = stack_top(a)->due && stack_top(a)->due(s) <= app_mono(a);

    session_now(s, app_mono(a));
    if (screen_due)
        stack_go(a, stack_top(a)->on_time(s));
    pass_flow(a);
    if (s->minute != a->minute) {
        stack_refresh(a);
        pass_doors(a);
    }
    if (rest_end(a) <= app_mono(a))
        expire(a);
    int64_t end = rest_end(a);
    bool counts = end != INT64_MAX && counts_down(rest_of(a));
    int left = counts ? (int)((end - app_mono(a) + SECOND_MS - 1) / SECOND_MS) : 0;
    if (left != s->left_s)
        a->dirty = true;
    s->left_s = left;
    s->total_s = counts ? limit_s(a) : 0;
}
