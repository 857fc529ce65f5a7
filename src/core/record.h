/*
 * src/core/record.h - what one outbox record says: an event of a visit or an
 * appointment that the case register must hear of, with everything a register
 * profile needs to tell it, frozen at the moment it happened.
 *
 * flow fills a struct outbox_record and stores its JSON form in the same
 * transaction as the event; the uploader reads it back later, on its own, and
 * expands it into calls. The JSON holds personal data: it is only ever stored
 * sealed. Pure: no clock, no database.
 *
 * A chain is an appointment, its moved successors and the visit that it
 * becomes, or a walk-in on its own: one zaak in the register. The first record
 * of a chain creates that zaak, whatever its kind.
 */
#ifndef CORE_RECORD_H
#define CORE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/ulid.h"
#include "core/person.h"

enum record_kind {
    RECORD_NONE = 0,
    RECORD_WALKIN_REGISTERED,
    RECORD_APPOINTMENT_BOOKED,
    RECORD_APPOINTMENT_CHANGED,
    RECORD_APPOINTMENT_CANCELLED,
    RECORD_VISIT_ATTENDED,
    RECORD_VISIT_NO_SHOW,
    RECORD_VISIT_REDIRECTED,
    RECORD_PRIVACY_NOTICE_SHOWN,
    RECORD_CONSENT_REMINDER,
    RECORD_KIND_COUNT
};

#define RECORD_ID_SIZE 64    /* an id of the roster fits, its NUL included */
#define RECORD_NAME_SIZE 260 /* as does a name of 64 letters */

/* An instant with the offset in which people saw it: "2026-11-21T10:15:02.417+01:00". */
struct record_time {
    utc_ms at;      /* 0 is "none" */
    int offset_min; /* east of UTC, -1440 < offset < 1440 */
};

struct outbox_record {
    enum record_kind kind;
    struct ulid id;          /* of this record; the idempotency key up to the register */
    struct ulid chain;       /* first record, appointment or visit of the chain; the zaak's key */
    int seq;                 /* place in the chain, 1 is the first */
    struct record_time when; /* strictly later than the record before it in the chain */
    int kiosk;               /* number of this kiosk in the region, 1..99 */
    int64_t number;          /* 1..99,999,999, never used again on this kiosk: the outbox row */

    char site_id[RECORD_ID_SIZE];    /* "roosendaal" */
    char site_name[RECORD_NAME_SIZE]; /* "Dynamo Roosendaal" */
    char service_id[RECORD_ID_SIZE];
    char service_name[RECORD_NAME_SIZE];
    char coach_id[RECORD_ID_SIZE]; /* empty: first free coach */
    char coach_name[RECORD_NAME_SIZE];
    struct person person; /* its topic and municipality are those of the visit */

    struct record_time start; /* of the appointment: for changed the new one; none for a walk-in */
    struct record_time stop;
    bool by_house;                  /* cancelled or moved by the house, not by the visitor */
    char notice_version[16];        /* of the words that were shown, "3": notice, consent */
    bool consent_given;             /* consent_reminder: given, or withdrawn */
    char consent_by[8];             /* consent_reminder: "sms" or "email" */
};

/* "walkin_registered" and so on; "none" for anything that is no kind. */
const char *record_kind_name(enum record_kind kind);
enum record_kind record_kind_of(const char *name); /* RECORD_NONE for any other word */

/* The first record of its chain creates the zaak. */
bool record_opens_chain(const struct outbox_record *r);

/*
 * ERR_INVAL when a field that the kind needs is missing, out of its range or not
 * UTF-8: flow checks before it stores, so that no record is born undeliverable.
 */
NODISCARD enum err record_check(const struct outbox_record *r);

/*
 * JSON, one object, keys in a fixed order, empty fields left out. Appends to
 * `out`: ERR_LIMIT when it does not fit, else as record_check().
 */
NODISCARD enum err record_to_json(const struct outbox_record *r, struct buf *out);

/*
 * Reads that form back. Unknown keys are skipped, so that an older uploader
 * can send what a newer kiosk queued. ERR_FORMAT when it is no such object or
 * a value is out of its range; ERR_NOMEM; *ret untouched then.
 */
NODISCARD enum err record_from_json(const char *json, size_t n, struct outbox_record *ret);

#define RECORD_TIME_SIZE 32
/* "2026-11-21T10:15:02.417+01:00"; with ms = false without the fraction. */
void record_time_text(struct record_time t, bool ms, char out[RECORD_TIME_SIZE]);
/* Reads RFC 3339, "Z" or an offset, any number of digits of a second (the
 * register sends six). ERR_FORMAT when it is no such text. */
NODISCARD enum err record_time_parse(const char *s, struct record_time *ret);

#endif
