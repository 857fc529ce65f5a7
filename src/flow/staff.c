/* People who may log in, their PINs with the lock-outs, and who is at work. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "flow/house.h"
#include "flow/work.h"
#include "store/at_work.h"
#include "store/lockout.h"
#include "store/staff.h"

#define WRONG_FIRST 5              /* this many wrong tries lock ... */
#define LOCK_FIRST_MS (15 * SECOND_MS) /* ... for so long, each further one for twice as long */
#define WRONG_LAST 15              /* from here on only a manager unlocks */
#define LOCK_LAST_MS (365 * DAY_MS)

void staff_list_done(struct staff_list *l)
{
    mem_free(l->v);
    *l = (struct staff_list){ 0 };
}

static struct staff staff_of(const struct staff_row *r)
{
    struct staff s = { .role = (enum staff_role)r->role, .disabled = r->disabled != 0 };
    text_put(s.id, sizeof(s.id), r->id);
    text_put(s.name, sizeof(s.name), r->name);
    text_put(s.coach, sizeof(s.coach), r->coach);
    return s;
}

static bool id_fits(const char *id)
{
    size_t n = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    return n > 0 && id[n] == '\0' && n < ROSTER_ID_SIZE;
}

static enum err add(struct flow *f, const struct staff *s, const char *pin,
                    char ret_totp[STAFF_TOTP_SIZE])
{
    struct staff_row r = { .role = (enum store_role)s->role, .created = f->now };
    char totp[STAFF_TOTP_TEXT_SIZE] = "";
    int coach = 0;
    text_put(r.id, sizeof(r.id), s->id);
    text_put(r.name, sizeof(r.name), s->name);
    if (s->role == STAFF_COACH)
        text_put(r.coach, sizeof(r.coach), s->coach[0] ? s->coach : s->id);
    enum err e = s->role == STAFF_COACH ? coach_of(f, r.coach, &coach) : ERR_OK;
    if (e == ERR_OK)
        e = store_staff_add(f->store, &r, pin, totp);
    if (e == ERR_OK)
        e = audit(f, "staff.add", s->id, "ok");
    text_put(ret_totp, STAFF_TOTP_SIZE, totp);
    mem_wipe(totp, sizeof(totp));
    return e;
}

enum err flow_staff_add(struct flow *f, const struct staff *s, const char *pin,
                        char ret_pin[PIN_SIZE], char ret_totp[STAFF_TOTP_SIZE])
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    char made[PIN_SIZE];
    char totp[STAFF_TOTP_SIZE];
    if (!id_fits(s->id) || !text_fits(s->name, ROSTER_NAME_LETTERS, false))
        return ERR_INVAL;
    if (pin[0] && (!pin_form_valid(pin) || pin_weak(pin)))
        return ERR_INVAL;
    if (pin[0])
        text_put(made, sizeof(made), pin);
    else
        pin_make(f->rng, made);
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = add(f, s, made, totp);
    e = work_end(f, &tx, e);
    if (e == ERR_OK) {
        text_put(ret_pin, PIN_SIZE, made);
        text_put(ret_totp, STAFF_TOTP_SIZE, totp);
    }
    mem_wipe(made, sizeof(made));
    mem_wipe(totp, sizeof(totp));
    return e;
}

enum err flow_staff_list(struct flow *f, struct staff_list *ret_list)
{
    CLEANUP(staff_rows_done) struct staff_rows rows = { 0 };
    enum err e = store_staff_list(f->store, &rows);
    if (e != ERR_OK)
        return e;
    struct staff_list out = { .v = mem_calloc(rows.n + 1, sizeof(*out.v)), .n = rows.n };
    if (!out.v)
        return ERR_NOMEM;
    for (size_t i = 0; i < rows.n; i++)
        out.v[i] = staff_of(&rows.v[i]);
    *ret_list = out;
    return ERR_OK;
}

enum err flow_staff_disable(struct flow *f, const char *id)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct staff_row r = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_staff_get(f->store, id, &r);
    if (e == ERR_OK)
        e = store_staff_disable(f->store, id, f->now);
    if (e == ERR_OK && r.coach[0])
        e = store_at_work_clear(f->store, r.coach);
    if (e == ERR_OK)
        e = audit(f, "staff.disable", id, "ok");
    return work_end(f, &tx, e);
}

/* ---- lock-outs: of the person, the device, and in all ---- */

#define SUBJECTS 3
struct subjects {
    char v[SUBJECTS][LOCKOUT_SUBJECT_SIZE];
};

/* Tries at ids that nobody has are counted together, or guessing ids would fill the table. */
static enum err subjects_of(struct flow *f, const char *id, struct subjects *ret)
{
    struct staff_row r;
    enum err e = id_fits(id) ? store_staff_get(f->store, id, &r) : ERR_NOT_FOUND;
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    snprintf(ret->v[0], LOCKOUT_SUBJECT_SIZE, "pin:%s", e == ERR_OK ? id : "?");
    snprintf(ret->v[1], LOCKOUT_SUBJECT_SIZE, "pin@%s", f->device);
    snprintf(ret->v[2], LOCKOUT_SUBJECT_SIZE, "pin:*");
    return ERR_OK;
}

static int64_t lock_ms(int wrong)
{
    if (wrong < WRONG_FIRST)
        return 0;
    return wrong >= WRONG_LAST ? LOCK_LAST_MS : LOCK_FIRST_MS << (wrong - WRONG_FIRST);
}

/* Takes one try, before the PIN is looked at: who kills the program wins nothing. */
static enum err take_try(struct flow *f, const struct subjects *s, int *ret_wait_s)
{
    struct lockout_row rows[SUBJECTS];
    int64_t left = 0;
    enum err e = ERR_OK;
    for (int i = 0; e == ERR_OK && i < SUBJECTS; i++) {
        e = store_lockout_get(f->store, s->v[i], work_mono(f), &rows[i]);
        if (e == ERR_OK && rows[i].left_ms > left)
            left = rows[i].left_ms;
    }
    if (e == ERR_OK && left > 0) {
        *ret_wait_s = (int)((left + SECOND_MS - 1) / SECOND_MS);
        return ERR_LOCKED;
    }
    for (int i = 0; e == ERR_OK && i < SUBJECTS; i++) {
        rows[i].wrong++;
        rows[i].left_ms = lock_ms(rows[i].wrong);
        e = store_lockout_put(f->store, s->v[i], work_mono(f), &rows[i]);
    }
    return e;
}

static enum err forget_tries(struct flow *f, const struct subjects *s)
{
    enum err e = ERR_OK;
    for (int i = 0; e == ERR_OK && i < SUBJECTS; i++)
        e = store_lockout_clear(f->store, s->v[i]);
    return e;
}

static enum err begin_login(struct flow *f, const char *id, struct subjects *s, int *ret_wait_s)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = subjects_of(f, id, s);
    if (e == ERR_OK)
        e = take_try(f, s, ret_wait_s);
    return work_end(f, &tx, e);
}

/* `since` of a day that is over does not stand. */
static enum err put_at_work(struct flow *f, const char *coach)
{
    CLEANUP(at_work_rows_done) struct at_work_rows l = { 0 };
    enum err e = store_at_work_list(f->store, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        if (strcmp(l.v[i].coach, coach) == 0 && zone_day(&f->zone, l.v[i].since) != f->date)
            e = store_at_work_clear(f->store, coach);
    return e == ERR_OK ? store_at_work_set(f->store, coach, f->now, false) : e;
}

static enum err end_login(struct flow *f, const char *id, bool right, const struct subjects *s,
                          struct staff_row *ret_row)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    int coach = 0;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK && !right)
        e = audit(f, "login", s->v[0] + strlen("pin:"), "wrong");
    if (e == ERR_OK && right)
        e = store_staff_get(f->store, id, ret_row);
    if (e == ERR_OK && right)
        e = forget_tries(f, s);
    if (e == ERR_OK && right && coach_of(f, ret_row->coach, &coach) == ERR_OK)
        e = put_at_work(f, ret_row->coach);
    if (e == ERR_OK && right)
        e = audit(f, "login", id, "ok");
    return work_end(f, &tx, e);
}

#define LOGIN_TEXT_SIZE 65

struct login_try {
    struct subjects subjects;
    struct staff_pin_check *check;
    char id[LOGIN_TEXT_SIZE], code[LOGIN_TEXT_SIZE];
    bool with_code;
    enum err answer; /* of the PIN */
};

enum err flow_login_begin(struct flow *f, const struct login_words *w, int *ret_wait_s,
                          struct login_try **ret_try)
{
    if (strlen(w->id) >= LOGIN_TEXT_SIZE || strlen(w->pin) >= LOGIN_TEXT_SIZE ||
        (w->code && strlen(w->code) >= LOGIN_TEXT_SIZE))
        return ERR_DENIED;
    struct login_try *t = mem_calloc(1, sizeof(*t));
    if (!t)
        return ERR_NOMEM;
    t->answer = ERR_DENIED;
    t->with_code = w->code != NULL;
    text_put(t->id, sizeof(t->id), w->id);
    text_put(t->code, sizeof(t->code), w->code);
    enum err e = begin_login(f, w->id, &t->subjects, ret_wait_s);
    if (e == ERR_OK)
        e = store_staff_pin_begin(f->store, w->id, w->pin, &t->check);
    if (e == ERR_OK)
        *ret_try = t;
    else
        flow_login_done(t);
    return e;
}

void flow_login_run(struct login_try *t)
{
    t->answer = store_staff_pin_run(t->check);
}

enum err flow_login_end(struct flow *f, struct login_try *t, struct staff *ret_staff)
{
    struct staff_row row = { 0 };
    char actor[STORE_ACTOR_SIZE];
    enum err answer = t->answer;
    if (answer == ERR_OK && t->with_code)
        answer = store_staff_check_totp(f->store, t->id, t->code, f->now);
    if (answer != ERR_OK && answer != ERR_DENIED)
        return answer;
    enum err e = end_login(f, t->id, answer == ERR_OK, &t->subjects, &row);
    if (e != ERR_OK || answer != ERR_OK)
        return e == ERR_OK ? answer : e;
    snprintf(actor, sizeof(actor), "staff:%s", row.id);
    flow_set_actor(f, actor);
    *ret_staff = staff_of(&row);
    return ERR_OK;
}

void flow_login_done(struct login_try *t)
{
    if (!t)
        return;
    store_staff_pin_done(t->check);
    mem_wipe(t, sizeof(*t));
    mem_free(t);
}

static enum err login(struct flow *f, const struct login_words *w, struct staff *ret_staff,
                      int *ret_wait_s)
{
    struct login_try *t = NULL;
    enum err e = flow_login_begin(f, w, ret_wait_s, &t);
    if (e != ERR_OK)
        return e;
    flow_login_run(t);
    e = flow_login_end(f, t, ret_staff);
    flow_login_done(t);
    return e;
}

enum err flow_login(struct flow *f, const char *id, const char *pin, struct staff *ret_staff,
                    int *ret_wait_s)
{
    return login(f, &(struct login_words){ id, pin, NULL }, ret_staff, ret_wait_s);
}

enum err flow_login_with_code(struct flow *f, const char *id, const char *pin, const char *code,
                              struct staff *ret_staff, int *ret_wait_s)
{
    return login(f, &(struct login_words){ id, pin, code }, ret_staff, ret_wait_s);
}

/* ---- badges ---- */

enum err flow_staff_badge(struct flow *f, const char *id, char ret_badge[STAFF_BADGE_SIZE])
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct token token = { "" };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_staff_badge(f->store, id, &token);
    if (e == ERR_OK)
        e = audit(f, "staff.badge", id, "ok");
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        snprintf(ret_badge, STAFF_BADGE_SIZE, "%s%s", STAFF_BADGE_MARK, token.s);
    mem_wipe(&token, sizeof(token));
    return e;
}

/* Without a hint by the time it takes. */
static bool same_token(const struct token *a, const struct token *b)
{
    unsigned differ = 0;
    for (size_t i = 0; i < TOKEN_LEN; i++)
        differ |= (unsigned)((unsigned char)a->s[i] ^ (unsigned char)b->s[i]);
    return differ == 0;
}

static enum err find_badge(struct flow *f, const struct token *shown, char ret_id[ROSTER_ID_SIZE])
{
    CLEANUP(staff_rows_done) struct staff_rows all = { 0 };
    bool found = false;
    enum err e = store_staff_list(f->store, &all);
    for (size_t i = 0; e == ERR_OK && i < all.n; i++) {
        struct token own = { "" };
        e = store_staff_badge(f->store, all.v[i].id, &own);
        if (e == ERR_OK && same_token(&own, shown)) {
            text_put(ret_id, ROSTER_ID_SIZE, all.v[i].id);
            found = true;
        }
        e = e == ERR_NOT_FOUND ? ERR_OK : e; /* disabled */
        mem_wipe(&own, sizeof(own));
    }
    return e == ERR_OK && !found ? ERR_DENIED : e;
}

/* 128 bits are not guessed, so a wrong badge is no try and a lock-out does not stand against a
 * right one. */
enum err flow_login_badge(struct flow *f, const char *scanned, struct staff *ret_staff)
{
    const size_t mark = sizeof(STAFF_BADGE_MARK) - 1;
    struct token shown;
    struct subjects subjects;
    struct staff_row row = { 0 };
    char id[ROSTER_ID_SIZE], actor[STORE_ACTOR_SIZE];
    if (strncmp(scanned, STAFF_BADGE_MARK, mark) != 0 ||
        token_parse(scanned + mark, &shown) != ERR_OK)
        return ERR_DENIED;
    enum err e = find_badge(f, &shown, id);
    mem_wipe(&shown, sizeof(shown));
    if (e == ERR_OK)
        e = subjects_of(f, id, &subjects);
    if (e == ERR_OK)
        e = end_login(f, id, true, &subjects, &row);
    if (e != ERR_OK)
        return e;
    snprintf(actor, sizeof(actor), "staff:%s", row.id);
    flow_set_actor(f, actor);
    *ret_staff = staff_of(&row);
    return ERR_OK;
}

enum err flow_unlock(struct flow *f, const char *id)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct subjects s;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = subjects_of(f, id, &s);
    if (e == ERR_OK)
        e = forget_tries(f, &s);
    if (e == ERR_OK)
        e = audit(f, "staff.unlock", s.v[0] + strlen("pin:"), "ok");
    return work_end(f, &tx, e);
}

enum err flow_at_work(struct flow *f, const char *coach, bool at_work)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    int who = 0;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = coach_of(f, coach, &who);
    if (e == ERR_OK)
        e = at_work ? put_at_work(f, coach) : store_at_work_clear(f->store, coach);
    if (e == ERR_OK)
        e = audit(f, at_work ? "coach.at_work" : "coach.away", coach, "ok");
    return work_end(f, &tx, e);
}

enum err flow_at_work_now(struct flow *f, uint64_t *ret_coaches)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(at_work_rows_done) struct at_work_rows l = { 0 };
    uint64_t set = 0;
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = store_at_work_list(f->store, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        int coach = roster_coach_find(&f->roster, l.v[i].coach);
        if (coach >= 0 && !l.v[i].paused && zone_day(&f->zone, l.v[i].since) == f->date)
            set |= UINT64_C(1) << coach;
    }
    if (e == ERR_OK)
        *ret_coaches = set;
    return e;
}
