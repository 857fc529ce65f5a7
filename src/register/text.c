/* Texts that the register's people read; always Dutch, whatever the visitor's language. */
#include <stdio.h>
#include <string.h>

#include "register/expand.h"

const char *topic_text(enum topic topic)
{
    switch (topic) {
    case TOPIC_SCHOOL: return "school en opleiding";
    case TOPIC_WORK: return "werk";
    case TOPIC_ABSENCE: return "verzuim";
    case TOPIC_MONEY: return "geld";
    case TOPIC_HOUSING: return "wonen";
    case TOPIC_OTHER: return "iets anders";
    case TOPIC_UNSAID:
    case TOPIC_COUNT: break;
    }
    return "niet gezegd";
}

void local_date(struct record_time t, char out[LOCAL_TEXT_SIZE])
{
    char text[RECORD_TIME_SIZE];
    record_time_text(t, false, text);
    snprintf(out, LOCAL_TEXT_SIZE, "%.10s", text);
}

void local_day_text(struct record_time t, char out[LOCAL_TEXT_SIZE])
{
    char text[RECORD_TIME_SIZE];
    record_time_text(t, false, text);
    snprintf(out, LOCAL_TEXT_SIZE, "%.2s-%.2s-%.4s", text + 8, text + 5, text);
}

void local_clock_text(struct record_time t, char out[LOCAL_TEXT_SIZE])
{
    char text[RECORD_TIME_SIZE];
    record_time_text(t, false, text);
    snprintf(out, LOCAL_TEXT_SIZE, "%.5s", text + 11);
}

static void appointment_text(const struct outbox_record *r, const char *verb, char *out)
{
    char day[LOCAL_TEXT_SIZE], at[LOCAL_TEXT_SIZE];
    local_day_text(r->start, day);
    local_clock_text(r->start, at);
    snprintf(out, RECORD_TEXT_SIZE, "Afspraak %s %s om %s uur, %d minuten, %s", verb, day, at,
             (int)((r->stop.at - r->start.at) / MINUTE_MS), r->site_name);
}

static void cancelled_text(const struct outbox_record *r, char *out)
{
    char day[LOCAL_TEXT_SIZE];
    local_day_text(r->start, day);
    snprintf(out, RECORD_TEXT_SIZE, "Afspraak van %s geannuleerd door %s", day,
             r->by_house ? "Dynamo" : "de jongere");
}

static void redirected_text(const struct outbox_record *r, char *out)
{
    const char *to = r->coach_name[0]     ? r->coach_name
                     : r->service_name[0] ? r->service_name
                                          : "een collega";
    snprintf(out, RECORD_TEXT_SIZE, "Doorgestuurd naar %s", to);
}

static void consent_text(const struct outbox_record *r, char *out)
{
    const char *by = strcmp(r->consent_by, "email") == 0 ? "e-mail" : r->consent_by;
    snprintf(out, RECORD_TEXT_SIZE, "Toestemming voor een herinnering%s%s: %s", by[0] ? " per " : "",
             by, r->consent_given ? "gegeven" : "ingetrokken");
}

void event_text(const struct outbox_record *r, char out[RECORD_TEXT_SIZE])
{
    out[0] = '\0';
    switch (r->kind) {
    case RECORD_WALKIN_REGISTERED:
        snprintf(out, RECORD_TEXT_SIZE, "Aangemeld bij de kiosk");
        break;
    case RECORD_APPOINTMENT_BOOKED:
        appointment_text(r, "op", out);
        break;
    case RECORD_APPOINTMENT_CHANGED:
        appointment_text(r, "verzet naar", out);
        break;
    case RECORD_APPOINTMENT_CANCELLED:
        cancelled_text(r, out);
        break;
    case RECORD_VISIT_ATTENDED:
        snprintf(out, RECORD_TEXT_SIZE, "Verschenen; gesprek gestart");
        break;
    case RECORD_VISIT_NO_SHOW:
        snprintf(out, RECORD_TEXT_SIZE, "Niet verschenen zonder afmelding");
        break;
    case RECORD_VISIT_REDIRECTED:
        redirected_text(r, out);
        break;
    case RECORD_PRIVACY_NOTICE_SHOWN:
        snprintf(out, RECORD_TEXT_SIZE, "Privacyverklaring versie %s getoond", r->notice_version);
        break;
    case RECORD_CONSENT_REMINDER:
        consent_text(r, out);
        break;
    case RECORD_NONE:
    case RECORD_KIND_COUNT:
        break;
    }
}

void full_name(const struct person *p, char *out, size_t n)
{
    snprintf(out, n, "%s%s%s%s%s", p->given, p->given[0] ? " " : "", p->infix,
             p->infix[0] ? " " : "", p->family);
}
