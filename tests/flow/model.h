/*
 * tests/flow/model.h - the house as a few plain arrays: the slow, obvious reference that
 * random action sequences are held against. It knows nothing of the database; every rule is
 * written down once more, as domain.md says it.
 *
 * The house of the model: open always; coaches 0 anna (school), 1 bram (school, work), 2 cleo
 * (work, money) work every day from 9 to 17, in quarters; lead time 15 minutes.
 */
#ifndef TESTS_FLOW_MODEL_H
#define TESTS_FLOW_MODEL_H

#include "tests/flow/house.h"

#define MODEL_LEAD 15
#define MODEL_VISITS 96
#define MODEL_APPOINTMENTS 96
#define COACHES 3
#define SERVICES 3
#define PERSONS 6

static const char *const coach_ids[COACHES] = { "anna", "bram", "cleo" };
static const char *const service_ids[SERVICES] = { "school", "work", "money" };
static const enum topic service_topics[SERVICES] = { TOPIC_SCHOOL, TOPIC_WORK, TOPIC_MONEY };
static const int service_minutes[SERVICES] = { 30, 30, 45 };
static const int service_buffer[SERVICES] = { 0, 5, 0 };
static const bool offers[COACHES][SERVICES] = { { true, false, false },
                                                { true, true, false },
                                                { false, true, true } };

#define MODEL_DAYS "[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"]"
#define MODEL_COACH(id, name, services) \
    "{\"id\": \"" id "\", \"name\": \"" name "\", \"role\": \"coach\", \"room\": \"1\", " \
    "\"services\": [" services "], \"availability\": [{\"weekdays\": " MODEL_DAYS ", " \
    "\"from\": \"09:00\", \"to\": \"17:00\", \"valid_from\": \"2026-01-01\"}]}"
#define MODEL_ROSTER \
    "{\"version\": 1, \"site\": {\"id\": \"roosendaal\", \"name\": \"Dynamo Roosendaal\", " \
    "\"timezone\": \"Europe/Amsterdam\", \"municipality\": \"1674\"}," \
    "\"opening\": [{\"weekdays\": " MODEL_DAYS ", \"from\": \"00:00\", \"to\": \"24:00\", " \
    "\"for\": [\"walk_in\",\"appointment\"], \"valid_from\": \"2026-01-01\"}]," \
    "\"closures\": [], \"services\": [" \
    HOUSE_SERVICE("school", "School", "30", "0", \
                  "\"topics\": [\"school\",\"absence\"], \"default\": true") "," \
    HOUSE_SERVICE("work", "Werk", "30", "5", "\"topics\": [\"work\"]") "," \
    HOUSE_SERVICE("money", "Geld", "45", "0", \
                  "\"series\": \"C\", \"topics\": [\"money\",\"housing\"]") "]," \
    "\"coaches\": [" MODEL_COACH("anna", "Anna", "\"school\"") "," \
    MODEL_COACH("bram", "Bram", "\"school\",\"work\"") "," \
    MODEL_COACH("cleo", "Cleo", "\"work\",\"money\"") "]," \
    "\"rules\": {\"lead_minutes\": 15}}"

/* What an act changes, and an undo puts back. */
struct m_face {
    enum visit_state state;
    int service, coach, with; /* -1: first free, nobody */
    bool urgent, redirected;
    int calls;
    utc_ms called, until;
};

struct m_visit {
    struct ulid id;
    char ticket[16];
    int person, number;
    utc_ms arrived, due;
    int appointment; /* -1: none */
    int64_t version;
    struct m_face now, before;
    bool undoable; /* the last change was an act of people */
    utc_ms act_at;
};

struct m_appointment {
    struct ulid id;
    enum appointment_state state;
    int person, coach, service, visit; /* -1: none */
    utc_ms start, end, stop, held_until, cancelled_at;
    bool extended, by_kiosk;
    char code[CODE_DIGITS + 1];
};

struct model {
    utc_ms now, day_start; /* 0:00 of the day of the sequence */
    struct m_visit v[MODEL_VISITS];
    int n_v;
    struct m_appointment a[MODEL_APPOINTMENTS];
    int n_a;
    int last[2]; /* ticket numbers of series A and C */
    int booked;  /* at the kiosk, in the ten minutes that end at: */
    utc_ms booked_until;
};

UNUSED static bool m_kiosk_full(const struct model *m)
{
    return m->now < m->booked_until && m->booked >= BOOKINGS_MOST;
}

UNUSED static void m_kiosk_booked(struct model *m)
{
    if (m->now >= m->booked_until) {
        m->booked = 0;
        m->booked_until = m->now + BOOKINGS_WINDOW_MS;
    }
    m->booked++;
}

/* ---- time ---- */

static void m_touch(struct m_visit *v, bool by_people, utc_ms now)
{
    v->version++;
    v->undoable = by_people;
    v->act_at = now;
}

static bool m_open(const struct m_visit *v)
{
    return v->now.state <= VISIT_PARKED;
}

UNUSED static void m_tick(struct model *m)
{
    utc_ms midnight = m->day_start + DAY_MS;
    for (int i = 0; i < m->n_v; i++) {
        struct m_visit *v = &m->v[i];
        bool aside = v->now.state == VISIT_PAUSED || v->now.state == VISIT_PARKED;
        if (aside && v->now.until != 0 && v->now.until <= m->now && v->now.until < midnight) {
            v->now.state = VISIT_WAITING;
            v->now.until = 0;
            v->now.with = -1;
            m_touch(v, false, m->now);
        }
        if (m_open(v) && m->now >= midnight) {
            v->now.state = v->now.state == VISIT_IN_SERVICE ? VISIT_DONE : VISIT_UNSERVED;
            m_touch(v, false, m->now);
        }
    }
    for (int i = 0; i < m->n_a; i++) {
        struct m_appointment *a = &m->a[i];
        if (a->state == APPT_HELD && a->held_until <= m->now)
            a->state = APPT_EXPIRED;
        if (a->state == APPT_BOOKED && a->start + 15 * MINUTE_MS <= m->now)
            a->state = APPT_NO_SHOW;
    }
}

/* ---- the queue ---- */

static int m_band(const struct model *m, const struct m_visit *v)
{
    bool late = v->due && v->arrived > v->due + 10 * MINUTE_MS;
    if (v->now.urgent)
        return 1;
    if (v->now.redirected)
        return 2;
    if (v->due && !late)
        return m->now >= v->due - 2 * MINUTE_MS ? 2 : 3;
    return m->now - v->arrived > 45 * MINUTE_MS ? 2 : 3;
}

static utc_ms m_effective(const struct m_visit *v)
{
    bool late = v->due && v->arrived > v->due + 10 * MINUTE_MS;
    return v->due && !late ? v->due : v->arrived;
}

static bool m_before(const struct model *m, const struct m_visit *a, const struct m_visit *b)
{
    if (m_band(m, a) != m_band(m, b))
        return m_band(m, a) < m_band(m, b);
    if (m_effective(a) != m_effective(b))
        return m_effective(a) < m_effective(b);
    if (a->number != b->number)
        return a->number < b->number;
    return a->ticket[0] < b->ticket[0];
}

static bool m_may_serve(int coach, const struct m_visit *v)
{
    return v->now.coach >= 0 ? v->now.coach == coach : offers[coach][v->now.service];
}

UNUSED static bool m_busy_coach(const struct model *m, int coach, int but)
{
    for (int i = 0; i < m->n_v; i++)
        if (i != but && m->v[i].now.with == coach &&
            (m->v[i].now.state == VISIT_CALLED || m->v[i].now.state == VISIT_IN_SERVICE))
            return true;
    return false;
}

/* The visit that "next" takes for a coach, or -1. */
UNUSED static int m_next(const struct model *m, int coach)
{
    int best = -1;
    for (int i = 0; i < m->n_v; i++) {
        const struct m_visit *v = &m->v[i];
        bool blocked = v->now.called && m->now - v->now.called < 5 * MINUTE_MS;
        if (v->now.state == VISIT_WAITING && m_may_serve(coach, v) && !blocked &&
            (best < 0 || m_before(m, v, &m->v[best])))
            best = i;
    }
    return best;
}

/* Who was missed and is at the kiosk again waits again, with calls counted anew. */
UNUSED static void m_return(const struct model *m, struct m_visit *v)
{
    if (v->now.state != VISIT_MISSED)
        return;
    v->before = v->now;
    v->now.state = VISIT_WAITING;
    v->now.calls = 0;
    m_touch(v, true, m->now);
}

UNUSED static int m_open_visit_of(const struct model *m, int person, int but)
{
    for (int i = 0; i < m->n_v; i++)
        if (i != but && m->v[i].person == person && m_open(&m->v[i]))
            return i;
    return -1;
}

/* The open visits as flow_queue() lists them; gives how many. */
UNUSED static int m_listed(const struct model *m, int ret[MODEL_VISITS])
{
    static const enum visit_state order[] = { VISIT_CALLED, VISIT_IN_SERVICE, VISIT_WAITING,
                                              VISIT_PAUSED, VISIT_MISSED,     VISIT_PARKED };
    int n = 0;
    for (size_t s = 0; s < ARRAY_LEN(order); s++) {
        int from = n;
        for (int i = 0; i < m->n_v; i++) {
            if (m->v[i].now.state != order[s])
                continue;
            int at = n++;
            while (at > from && m_before(m, &m->v[i], &m->v[ret[at - 1]])) {
                ret[at] = ret[at - 1];
                at--;
            }
            ret[at] = i;
        }
    }
    return n;
}

/* ---- appointments ---- */

static bool m_keeps(enum appointment_state s)
{
    return s == APPT_HELD || s == APPT_BOOKED || s == APPT_CHECKED_IN;
}

static bool m_overlap(utc_ms a, utc_ms a_stop, utc_ms b, utc_ms b_stop)
{
    return a < b_stop && b < a_stop;
}

/* Whether a coach can be offered at that start: free, taken, or no start at all. */
UNUSED static enum err m_offer(const struct model *m, int coach, int service, utc_ms start, int but,
                               int kiosk_but)
{
    utc_ms day = m->day_start + (start - m->day_start) / DAY_MS * DAY_MS;
    utc_ms stop = start + (service_minutes[service] + service_buffer[service]) * MINUTE_MS;
    if (!offers[coach][service] || start < m->now + MODEL_LEAD * MINUTE_MS ||
        (start - day) % (15 * MINUTE_MS) != 0 || start < day + 9 * HOUR_MS ||
        stop > day + 17 * HOUR_MS)
        return ERR_RANGE;
    for (int i = 0; i < m->n_a; i++) {
        const struct m_appointment *a = &m->a[i];
        if (i == but || (kiosk_but && a->state == APPT_HELD && a->by_kiosk))
            continue;
        if (m_keeps(a->state) && a->coach == coach && m_overlap(start, stop, a->start, a->stop))
            return ERR_TAKEN;
    }
    return ERR_OK;
}

/* The coach that is given at that start; `rather` first (-1: nobody). */
UNUSED static enum err m_find(const struct model *m, int coach, int rather, int service,
                              utc_ms start, int but, int kiosk_but, int *ret_coach)
{
    utc_ms day = m->day_start + (start - m->day_start) / DAY_MS * DAY_MS;
    enum err worst = ERR_RANGE;
    int best = -1;
    int best_n = 0;
    for (int c = 0; c < COACHES; c++) {
        int n = 0;
        if (coach >= 0 && c != coach)
            continue;
        enum err e = m_offer(m, c, service, start, but, kiosk_but);
        if (e == ERR_TAKEN)
            worst = ERR_TAKEN;
        if (e != ERR_OK)
            continue;
        for (int i = 0; i < m->n_a; i++)
            n += i != but && m->a[i].coach == c && m->a[i].start >= day &&
                 m->a[i].start < day + DAY_MS &&
                 (m->a[i].state == APPT_BOOKED || m->a[i].state == APPT_CHECKED_IN);
        if (c == rather)
            n = -1;
        if (best < 0 || n < best_n) {
            best = c;
            best_n = n;
        }
    }
    if (best < 0)
        return worst;
    *ret_coach = best;
    return ERR_OK;
}

UNUSED static bool m_person_busy(const struct model *m, int person, utc_ms start, utc_ms end,
                                 int but)
{
    for (int i = 0; i < m->n_a; i++) {
        const struct m_appointment *a = &m->a[i];
        if (i != but && a->person == person && m_keeps(a->state) && a->state != APPT_HELD &&
            m_overlap(start, end, a->start, a->end))
            return true;
    }
    return false;
}

#endif
