#include "screens/journey.h"

#include "base/mem.h"
#include "screens/words.h"

#define STEPS_MAX 7

struct step {
    const struct screen *scr;
    unsigned carried;
};

static const struct step walk_in[] = {
    { &scr_birth, CARRIED_BIRTH },
    { &scr_name, CARRIED_NAME },
    { &scr_municipality, CARRIED_MUNICIPALITY },
    { &scr_topic, CARRIED_TOPIC },
    { &scr_check, 0 },
};
static const struct step book[] = {
    { &scr_birth, CARRIED_BIRTH },
    { &scr_name, CARRIED_NAME },
    { &scr_municipality, CARRIED_MUNICIPALITY },
    { &scr_topic, CARRIED_TOPIC },
    { &scr_day, 0 },
    { &scr_contact, 0 },
    { &scr_check, 0 },
};
static const struct step call_me[] = {
    { &scr_birth, CARRIED_BIRTH },
    { &scr_name, CARRIED_NAME },
    { &scr_municipality, CARRIED_MUNICIPALITY },
    { &scr_topic, CARRIED_TOPIC },
    { &scr_contact, CARRIED_PHONE },
    { &scr_check, 0 },
};
static const struct step check_in[] = {
    { &scr_birth, CARRIED_BIRTH },
    { &scr_name, CARRIED_NAME },
};

static const struct step *steps_of(enum errand errand, size_t *ret_n)
{
    switch (errand) {
    case ERRAND_WALK_IN:
        *ret_n = ARRAY_LEN(walk_in);
        return walk_in;
    case ERRAND_BOOK:
        *ret_n = ARRAY_LEN(book);
        return book;
    case ERRAND_CALL_ME:
        *ret_n = ARRAY_LEN(call_me);
        return call_me;
    case ERRAND_CHECK_IN:
        *ret_n = ARRAY_LEN(check_in);
        return check_in;
    case ERRAND_NONE:
    case ERRAND_MANAGE:
        break;
    }
    *ret_n = 0;
    return NULL;
}

/* The steps that this visitor sees: the carried ones are left out. */
static size_t shown_steps(const struct session *s, const struct screen *ret[STEPS_MAX])
{
    size_t n_all, n = 0;
    const struct step *all = steps_of(s->errand, &n_all);

    for (size_t i = 0; i < n_all; i++)
        if (!(s->carried & all[i].carried))
            ret[n++] = all[i].scr;
    return n;
}

struct nav journey_next(struct session *s, const struct screen *from)
{
    size_t n;
    const struct step *all = steps_of(s->errand, &n);
    bool passed = false;

    if (s->fixing) {
        s->fixing = false;
        return nav_back_to(&scr_check);
    }
    for (size_t i = 0; i < n; i++) {
        if (passed && !(s->carried & all[i].carried))
            return nav_to(all[i].scr);
        passed |= all[i].scr == from; /* which may be carried: somebody who went back to it */
    }
    return nav_stay();
}

struct nav journey_start(struct session *s, enum errand errand)
{
    const struct screen *steps[STEPS_MAX];

    s->errand = errand;
    return shown_steps(s, steps) > 0 ? nav_to(steps[0]) : nav_stay();
}

const char *journey_step(struct ui *ui, const struct session *s, const struct screen *scr)
{
    const struct screen *steps[STEPS_MAX];
    size_t n = shown_steps(s, steps);

    for (size_t i = 0; i < n && n > 2; i++)
        if (steps[i] == scr)
            return TELL(ui, _("Step {n} of {all}"), NUM("n", (long)i + 1),
                        NUM("all", (long)n));
    return NULL;
}

/* The refusals that stay on the page, with what is said there. */
static const struct {
    enum err e;
    enum trouble trouble;
} said[] = {
    { ERR_BUSY, TROUBLE_BUSY },     { ERR_TIMEOUT, TROUBLE_BUSY },   { ERR_TAKEN, TROUBLE_TAKEN },
    { ERR_RANGE, TROUBLE_TAKEN },   { ERR_EXISTS, TROUBLE_OVERLAP }, { ERR_CLOCK, TROUBLE_CLOCK },
    { ERR_STALE, TROUBLE_STALE },   { ERR_STATE, TROUBLE_STATE },    { ERR_LIMIT, TROUBLE_MANY },
};

struct nav journey_turn_away(struct session *s, enum turned_away why)
{
    enum err e = flow_turned_away(s->host->flow, why);

    session_release(s);
    mem_wipe(&s->a, sizeof(s->a));
    s->carried = 0;
    s->visit = (struct ulid){ 0 };
    if (e == ERR_IO)
        return nav_fault();
    return nav_only(why == TURNED_AWAY_YOUNG ? &scr_too_young
                    : why == TURNED_AWAY_OLD ? &scr_too_old
                                             : &scr_closed);
}

struct nav journey_refused(struct session *s, enum err e)
{
    if (e == ERR_IO || e == ERR_CORRUPT || e == ERR_VERSION)
        return nav_fault();
    if (e == ERR_AGE_LOW)
        return journey_turn_away(s, TURNED_AWAY_YOUNG);
    if (e == ERR_AGE_HIGH)
        return journey_turn_away(s, TURNED_AWAY_OLD);
    if (e == ERR_CLOSED)
        return journey_turn_away(s, TURNED_AWAY_CLOSED);
    s->trouble = TROUBLE_FAILED;
    for (size_t i = 0; i < ARRAY_LEN(said); i++)
        if (said[i].e == e)
            s->trouble = said[i].trouble;
    return nav_stay();
}
