#include "desk/words.h"

#include <string.h>

#include "i18n/date.h"
#include "i18n/i18n.h"

const char *words_err(enum err e)
{
    switch ((int)e) {
    case ERR_STALE: return _("Somebody else was just before you. The page now shows how it is.");
    case ERR_TAKEN: return _("That is taken: this coach helps somebody, or the time is gone.");
    case ERR_STATE: return _("That is not possible now.");
    case ERR_NOT_FOUND: return _("It is not there any more.");
    case ERR_NONE: return _("Nobody is waiting for you.");
    case ERR_EXISTS: return _("This person is in the queue or has an appointment already.");
    case ERR_CLOSED: return _("The house is closed at that time.");
    case ERR_AGE_LOW: return _("Too young for Dynamo: call the attendance officer.");
    case ERR_AGE_HIGH: return _("Too old for Dynamo: help this person to the right desk.");
    case ERR_RANGE: return _("That time does not fit. Choose another one.");
    case ERR_LIMIT:
    case ERR_FORMAT:
    case ERR_INVAL: return _("Something is not filled in right. Look at the fields.");
    case ERR_LOCKED: return _("Too many wrong tries. Wait a moment.");
    case ERR_DENIED: return _("That is not yours to do.");
    case ERR_BUSY:
    case ERR_NOMEM: return _("The system is busy. Try again.");
    case ERR_CLOCK: return _("The clock may be wrong. First say that the time is right.");
    case ERR_IO: return _("Storing failed. The desk starts again; look whether it was done.");
    default: return _("That did not work. Try again or ask for help.");
    }
}

const char *words_topic(enum topic t)
{
    switch (t) {
    case TOPIC_SCHOOL: return C_("topic", "School");
    case TOPIC_WORK: return C_("topic", "Work");
    case TOPIC_ABSENCE: return C_("topic", "Absence");
    case TOPIC_MONEY: return C_("topic", "Money");
    case TOPIC_HOUSING: return C_("topic", "Housing");
    case TOPIC_OTHER: return C_("topic", "Something else");
    case TOPIC_UNSAID:
    case TOPIC_COUNT: break;
    }
    return C_("topic", "Not told");
}

const char *words_state(enum visit_state s)
{
    switch (s) {
    case VISIT_WAITING: return C_("visit", "waits");
    case VISIT_CALLED: return C_("visit", "called");
    case VISIT_IN_SERVICE: return C_("visit", "is helped");
    case VISIT_PAUSED: return C_("visit", "is away for a moment");
    case VISIT_MISSED: return C_("visit", "did not come");
    case VISIT_PARKED: return C_("visit", "set aside");
    case VISIT_DONE: return C_("visit", "helped");
    case VISIT_LEFT: return C_("visit", "left");
    case VISIT_UNSERVED: return C_("visit", "not helped");
    case VISIT_VOIDED: return C_("visit", "a mistake");
    case VISIT_STATE_COUNT: break;
    }
    return "";
}

const char *words_appointment(enum appointment_state s)
{
    switch (s) {
    case APPT_HELD: return C_("appointment", "held");
    case APPT_BOOKED: return C_("appointment", "not here yet");
    case APPT_CHECKED_IN: return C_("appointment", "came in");
    case APPT_CANCELLED: return C_("appointment", "cancelled");
    case APPT_MOVED: return C_("appointment", "moved");
    case APPT_NO_SHOW: return C_("appointment", "did not come");
    case APPT_EXPIRED: return C_("appointment", "let go");
    case APPT_STATE_COUNT: break;
    }
    return "";
}

const char *words_why(enum queue_why w)
{
    switch (w) {
    case QUEUE_WHY_WALK_IN: return "";
    case QUEUE_WHY_URGENT: return C_("why", "urgent");
    case QUEUE_WHY_APPOINTMENT: return C_("why", "appointment");
    case QUEUE_WHY_REDIRECTED: return C_("why", "sent on");
    case QUEUE_WHY_LONG_WAIT: return C_("why", "waits long");
    case QUEUE_WHY_EARLY: return C_("why", "is early");
    case QUEUE_WHY_LATE: return C_("why", "came late");
    }
    return "";
}

static const struct {
    const char *act;
    struct i18n_msg said;
} acts[] = {
    { "arrive", NC_("act", "came in") },
    { "call", NC_("act", "called") },
    { "recall", NC_("act", "called again") },
    { "start", NC_("act", "began") },
    { "finish", NC_("act", "finished") },
    { "miss", NC_("act", "did not come") },
    { "requeue", NC_("act", "back in the queue") },
    { "park", NC_("act", "set aside") },
    { "unpark", NC_("act", "back in the queue") },
    { "redirect", NC_("act", "sent on") },
    { "urgent", NC_("act", "made urgent") },
    { "pause", NC_("act", "away for a moment") },
    { "resume", NC_("act", "back from a moment away") },
    { "leave", NC_("act", "left") },
    { "void", NC_("act", "taken out: a mistake") },
    { "undo", NC_("act", "taken back") },
    { "auto_missed", NC_("act", "did not come after the last call") },
    { "auto_resume", NC_("act", "back from a moment away") },
    { "auto_unpark", NC_("act", "back in the queue") },
    { "close_unserved", NC_("act", "not helped when the day ended") },
    { "close_done", NC_("act", "finished when the day ended") },
    { "switch", NC_("act", "chose another coach") },
};

const char *words_act(const char *act)
{
    for (size_t i = 0; i < ARRAY_LEN(acts); i++)
        if (strcmp(acts[i].act, act) == 0)
            return i18n_msg(acts[i].said);
    return act;
}

const char *words_lang(const char *code)
{
    const struct i18n_lang *l = i18n_lang(code);

    return l && strcmp(code, "nl") != 0 ? l->own_name : "";
}

static const struct {
    const char *outcome;
    struct i18n_msg said;
} outcomes[] = {
    { "done", NC_("outcome", "Helped") },
    { "follow_up", NC_("outcome", "Helped, goes on in a follow-up") },
    { "referred", NC_("outcome", "Referred to another organisation") },
    { "information", NC_("outcome", "Information given") },
    { "not_ours", NC_("outcome", "Not for Dynamo") },
};

const char *words_outcome_at(size_t i)
{
    return i < ARRAY_LEN(outcomes) ? outcomes[i].outcome : NULL;
}

const char *words_outcome(const char *outcome)
{
    for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
        if (strcmp(outcomes[i].outcome, outcome) == 0)
            return i18n_msg(outcomes[i].said);
    return outcome;
}

void words_clock(struct buf *b, struct flow *f, utc_ms at)
{
    i18n_time(b, zone_local(flow_zone(f), at).minute);
}

void words_date(struct buf *b, struct flow *f, civil_day day)
{
    struct civil_date d = civil_date_of(day), t = civil_date_of(flow_today(f));

    i18n_date_near(b, (struct i18n_day){ d.year, d.month, d.day },
                   (struct i18n_day){ t.year, t.month, t.day }, I18N_DATE_LONG);
}

void words_birth(struct buf *b, civil_day day)
{
    struct civil_date d = civil_date_of(day);

    i18n_date(b, (struct i18n_day){ d.year, d.month, d.day }, I18N_DATE_YEAR);
}

void words_length(struct buf *b, int64_t minutes)
{
    minutes = minutes < 0 ? 0 : minutes;
    if (minutes < 100)
        i18n_format(b, C_("length", "{n} min"), { "n", .number = (long)minutes });
    else
        i18n_format(b, C_("length", "{h} h {n}"), { "h", .number = (long)(minutes / 60) },
                    { "n", .number = (long)(minutes % 60) });
}
