/*
 * src/flow/house.h - the house itself: set-up, roster, staff, close of day, help, health.
 */
#ifndef FLOW_HOUSE_H
#define FLOW_HOUSE_H

#include "base/buf.h"
#include "core/pin.h"
#include "core/roster.h"
#include "flow/booking.h"
#include "store/outbox_send.h"

/* A new database with its keys. ERR_EXISTS. */
NODISCARD enum err flow_init(const char *db_path, bool simulated, const struct clock *clock,
                             struct rng *rng);
/* The same with its keys in a folder of their own; NULL or "": beside the database. */
NODISCARD enum err flow_init_with_keys(const char *db_path, const char *keys_dir, bool simulated,
                                       const struct clock *clock, struct rng *rng);
/* Brings a database up to date; *ret_from and *ret_to are schema versions. */
NODISCARD enum err flow_migrate(const char *db_path, int *ret_from, int *ret_to);

typedef void (*flow_said)(void *arg, const char *line);
/* Integrity, foreign keys, invariants, audit chain: a line each for what is wrong, then
 * ERR_CORRUPT; ERR_OK when clean. */
NODISCARD enum err flow_check(struct flow *f, flow_said say, void *arg);
NODISCARD enum err flow_audit_verify(struct flow *f, flow_said say, void *arg);
/* The last audit line that stands under a key which a restore found lost: what it and those before
 * say is unchanged since, but nobody can prove it from before. 0: none. */
NODISCARD enum err flow_audit_unproved(struct flow *f, int64_t *ret_until);
/* The same against what a night's report says of the log: its last line's number and hash. So a
 * cut end shows, and a database that is older than the report. */
struct audit_mark {
    int64_t count;
    unsigned char head[32];
};
NODISCARD enum err flow_audit_verify_since(struct flow *f, const struct audit_mark *kept,
                                           flow_said say, void *arg);

struct audit_line {
    int64_t seq;
    utc_ms at;
    char actor[41];
    char action[33];
    char object[65];
    char result[33];
};
typedef void (*flow_audit_said)(void *arg, const struct audit_line *line);
/* The audit lines from from_seq on, in order, at most max (0: all); a negative from_seq
 * asks for the last -from_seq lines. */
NODISCARD enum err flow_audit(struct flow *f, int64_t from_seq, int64_t max, flow_audit_said say,
                              void *arg);

/* Whole roster in one transaction; faults told, nothing half applied (ERR_FORMAT). */
NODISCARD enum err flow_roster_import(struct flow *f, const char *json, size_t n,
                                      struct roster_notes *notes);
NODISCARD enum err flow_roster_export(struct flow *f, struct buf *out); /* canonical JSON */

enum staff_role { STAFF_COACH, STAFF_COORDINATOR, STAFF_ADMIN };
struct staff {
    char id[ROSTER_ID_SIZE];
    char name[ROSTER_NAME_SIZE];
    enum staff_role role;
    char coach[ROSTER_ID_SIZE]; /* "" for other roles */
    bool disabled;
};
struct staff_list {
    struct staff *v; /* owns; by name */
    size_t n;
};
void staff_list_done(struct staff_list *l);
#define STAFF_TOTP_SIZE 40
/* pin "" makes one; ret_pin and ret_totp tell them this once. ERR_EXISTS, ERR_NOT_FOUND no
 * such roster coach, ERR_INVAL a weak or malformed PIN. */
NODISCARD enum err flow_staff_add(struct flow *f, const struct staff *s, const char *pin,
                                  char ret_pin[PIN_SIZE], char ret_totp[STAFF_TOTP_SIZE]);
NODISCARD enum err flow_staff_list(struct flow *f, struct staff_list *ret_list);
NODISCARD enum err flow_staff_disable(struct flow *f, const char *id);
/* Checks the PIN with its lock-outs (person, device, global): ERR_DENIED wrong,
 * ERR_LOCKED with seconds left in *ret_wait_s. Success puts a coach at work and sets the
 * actor to staff:ID. */
NODISCARD enum err flow_login(struct flow *f, const char *id, const char *pin,
                              struct staff *ret_staff, int *ret_wait_s);
/* The same with a one-time code (TOTP) as second factor: one that is wrong counts as a wrong
 * PIN, and the answer does not tell which it was. */
NODISCARD enum err flow_login_with_code(struct flow *f, const char *id, const char *pin,
                                        const char *code, struct staff *ret_staff,
                                        int *ret_wait_s);
/*
 * A badge, for who cannot keep a PIN in mind: a text to print as a QR code. It logs in at the
 * kiosk until the PIN is a new one or the person is disabled. ERR_NOT_FOUND.
 */
#define STAFF_BADGE_MARK "STAFF:" /* before the token */
#define STAFF_BADGE_SIZE (sizeof(STAFF_BADGE_MARK) + TOKEN_LEN)
NODISCARD enum err flow_staff_badge(struct flow *f, const char *id,
                                    char ret_badge[STAFF_BADGE_SIZE]);
/* As flow_login(), by what a scanner read of a badge. ERR_DENIED: nobody's. */
NODISCARD enum err flow_login_badge(struct flow *f, const char *scanned, struct staff *ret_staff);
/*
 * The same in parts, for a program that must not wait the 70 ms that a PIN takes: begin and end
 * on the thread of `f`, run on any. A try that was begun counts, whether it is ended or not.
 */
struct login_words {
    const char *id, *pin;
    const char *code; /* NULL: another second factor is there */
};
struct login_try;
NODISCARD enum err flow_login_begin(struct flow *f, const struct login_words *w, int *ret_wait_s,
                                    struct login_try **ret_try);
void flow_login_run(struct login_try *t);
NODISCARD enum err flow_login_end(struct flow *f, struct login_try *t, struct staff *ret_staff);
void flow_login_done(struct login_try *t); /* NULL is fine */
/* A manager clears the wrong tries of a person, and those of all devices and in all. */
NODISCARD enum err flow_unlock(struct flow *f, const char *id);
NODISCARD enum err flow_at_work(struct flow *f, const char *coach, bool at_work);
/* The coaches that are at work today and not paused: bit i is coach i of the roster. */
NODISCARD enum err flow_at_work_now(struct flow *f, uint64_t *ret_coaches);

/* Ends the business day: the open visits become unserved, those in service done. */
struct day_closed {
    int unserved, done_inaccurate, failed;
};
NODISCARD enum err flow_close_day(struct flow *f, struct day_closed *ret_closed);

NODISCARD enum err flow_help_call(struct flow *f, struct ulid *ret_id);
enum help_state { HELP_SENT, HELP_SEEN, HELP_COMING, HELP_DONE, HELP_CANCELLED };
NODISCARD enum err flow_help_state(struct flow *f, const struct ulid *id, enum help_state *ret);
NODISCARD enum err flow_help_answer(struct flow *f, const struct ulid *id, enum help_state to);
/* The oldest open call; ERR_NONE. */
NODISCARD enum err flow_help_open(struct flow *f, struct ulid *ret_id, utc_ms *ret_at,
                                  enum help_state *ret_state, int *ret_open);

struct health {
    bool database_ok, clock_unsure, storage_failed, roster_missing;
    int64_t outbox_queued, outbox_dead, outbox_oldest_s;
    utc_ms uploaded;    /* when the last run to the register ended; 0: there was none */
    int64_t free_bytes; /* of the disk of the database */
    char printer[32];   /* "ok", or what is wrong */
    char upload[64];    /* the same, of the last run to the register */
    char compared[32];  /* ... and of the comparison with it: "missing", "differs", ... */
    bool lost;          /* the register lost records, and nobody has said what to do yet */
    bool older;         /* the database was older than what had been seen, and nobody has said that
                           it is the one to go on with */
};
NODISCARD enum err flow_health(struct flow *f, struct health *ret_health);
/* Staff know of the older database (health.older), and the house goes on with it. ERR_NONE: the
 * database is none. */
NODISCARD enum err flow_older_accept(struct flow *f);
NODISCARD enum err flow_device_state(struct flow *f, const char *device, const char *state);

struct outbox_line {
    int64_t seq;
    struct ulid id;
    struct ulid chain;
    char kind[32];
    char state[16];
    int attempts;
    utc_ms next_try;
    char code[48];
};
struct outbox_list {
    struct outbox_line *v; /* owns */
    size_t n;
};
void outbox_list_done(struct outbox_list *l);
NODISCARD enum err flow_outbox(struct flow *f, bool open_only, struct outbox_list *ret_list);
/* One record with all that is kept of it but its body. ERR_NOT_FOUND. */
NODISCARD enum err flow_outbox_one(struct flow *f, const struct ulid *id,
                                   struct outbox_row *ret_row);
/* Its steps; none before its first try. */
NODISCARD enum err flow_outbox_steps(struct flow *f, const struct outbox_row *row,
                                     struct outbox_steps *ret_steps);
struct outbox_status {
    int64_t queued, waiting, sent, dead, oldest_s;
};
NODISCARD enum err flow_outbox_status(struct flow *f, struct outbox_status *ret_status);
/* A dead or waiting record is due again; one that the register has lost goes out once more, with
 * what follows it in its chain. ERR_STATE: neither. */
NODISCARD enum err flow_outbox_retry(struct flow *f, const struct ulid *id);
/* Asks for a run of the upload now: a line in the log, and the file "send-now" beside the
 * database, for which systemd starts one. ERR_IO the file. */
NODISCARD enum err flow_send_now(struct flow *f);
/* Asks the appliance to let one stick in for fifteen minutes: a line in the log, and one in the file
 * "service-window" that the image laid beside the database. ERR_NOT_FOUND: this is no appliance. */
NODISCARD enum err flow_service_window(struct flow *f);
bool flow_has_service_window(struct flow *f);
/* All that the register has lost goes out once more. *ret_n: chains. */
NODISCARD enum err flow_outbox_resend(struct flow *f, int64_t *ret_n);
/* A dead record is given up; a loss at the register is accepted: it was meant. */
NODISCARD enum err flow_outbox_discard(struct flow *f, const struct ulid *id, const char *reason);

#endif
