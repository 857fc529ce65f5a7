#include "core/appointment.h"

#include <stddef.h>
#include <string.h>

static const char *const state_names[APPT_STATE_COUNT] = {
    [APPT_HELD] = "held",       [APPT_BOOKED] = "booked",   [APPT_CHECKED_IN] = "checked_in",
    [APPT_CANCELLED] = "cancelled", [APPT_MOVED] = "moved", [APPT_NO_SHOW] = "no_show",
    [APPT_EXPIRED] = "expired",
};

static const char *const act_names[APPT_ACT_COUNT] = {
    [APPT_HOLD] = "hold",       [APPT_EXTEND] = "extend", [APPT_BOOK] = "book",
    [APPT_RELEASE] = "release", [APPT_EXPIRE] = "expire", [APPT_CHECK_IN] = "check_in",
    [APPT_CANCEL] = "cancel",   [APPT_MOVE] = "move",     [APPT_MISS] = "miss",
};

#define IN(s) (1u << APPT_##s)

static const struct {
    unsigned from; /* bit per state; APPT_HOLD has none */
    enum appointment_state to;
} moves[APPT_ACT_COUNT] = {
    [APPT_EXTEND] = { IN(HELD), APPT_HELD },
    [APPT_BOOK] = { IN(HELD), APPT_BOOKED },
    [APPT_RELEASE] = { IN(HELD), APPT_EXPIRED },
    [APPT_EXPIRE] = { IN(HELD), APPT_EXPIRED },
    [APPT_CHECK_IN] = { IN(BOOKED) | IN(NO_SHOW), APPT_CHECKED_IN },
    [APPT_CANCEL] = { IN(BOOKED), APPT_CANCELLED },
    [APPT_MOVE] = { IN(BOOKED), APPT_MOVED },
    [APPT_MISS] = { IN(BOOKED), APPT_NO_SHOW },
};

const char *appointment_state_name(enum appointment_state s)
{
    return (unsigned)s < APPT_STATE_COUNT ? state_names[s] : NULL;
}

enum err appointment_state_of(const char *name, enum appointment_state *ret_state)
{
    for (unsigned i = 0; i < APPT_STATE_COUNT; i++)
        if (strcmp(state_names[i], name) == 0) {
            *ret_state = (enum appointment_state)i;
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

const char *appointment_act_name(enum appointment_act a)
{
    return (unsigned)a < APPT_ACT_COUNT ? act_names[a] : NULL;
}

enum err appointment_next(enum appointment_state s, enum appointment_act a,
                          enum appointment_state *ret_next)
{
    if ((unsigned)s >= APPT_STATE_COUNT || (unsigned)a >= APPT_ACT_COUNT)
        return ERR_INVAL;
    if ((1u << s & moves[a].from) == 0)
        return ERR_STATE;
    *ret_next = moves[a].to;
    return ERR_OK;
}

bool appointment_keeps_time(enum appointment_state s)
{
    return s == APPT_HELD || s == APPT_BOOKED || s == APPT_CHECKED_IN;
}

utc_ms hold_expiry(utc_ms made, int hold_seconds)
{
    return made + hold_seconds * SECOND_MS;
}

enum err hold_extend(utc_ms expiry, bool extended, utc_ms now, utc_ms *ret_expiry)
{
    if (extended || hold_over(expiry, now))
        return ERR_STATE;
    *ret_expiry = expiry + HOLD_EXTENSION_MS;
    return ERR_OK;
}

bool hold_over(utc_ms expiry, utc_ms now)
{
    return now >= expiry;
}

bool appointment_may_change(utc_ms start, utc_ms now)
{
    return now < start;
}

bool appointment_may_check_in(civil_day start_day, civil_day today)
{
    return start_day == today;
}

utc_ms appointment_no_show_at(utc_ms start, int no_show_minutes)
{
    return start + no_show_minutes * MINUTE_MS;
}

bool spans_overlap(utc_ms a_start, utc_ms a_stop, utc_ms b_start, utc_ms b_stop)
{
    return a_start < b_stop && b_start < a_stop;
}
