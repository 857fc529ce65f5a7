#include <stdio.h>
#include <string.h>

#include "crypt/mac.h"
#include "store/appointment_row.h"
#include "store/people.h"

#define TRIES_MAX 1000

static const char SQL_CODE_USED[] =
    "SELECT 1 FROM appointment INDEXED BY appointment_any_code"
    " WHERE code_mac = :mac AND code_mac IS NOT NULL AND day >= :today AND chain <> :chain LIMIT 1";
/* Of a chain the last: ids of one millisecond, or of a clock that was set back, tell no order. */
static const char SQL_BY_CODE[] =
    "SELECT " APPOINTMENT_COLUMNS " FROM appointment INDEXED BY appointment_any_code"
    " WHERE code_mac = :mac AND code_mac IS NOT NULL AND day >= :day"
    " ORDER BY state = 'booked' DESC, successor IS NULL DESC, id DESC LIMIT 1";
static const char SQL_BY_TOKEN[] =
    "SELECT " APPOINTMENT_COLUMNS " FROM appointment INDEXED BY appointment_token"
    " WHERE token_mac = :mac AND token_mac IS NOT NULL AND day >= :day"
    " ORDER BY state = 'booked' DESC, successor IS NULL DESC, id DESC LIMIT 1";

/* Derived, not stored: from the day key of the first date, the first appointment's id and a
 * counter, so that a move keeps it and a ticket can be printed again. */
static enum err derive(struct store *s, const struct appointment_row *r, bool make,
                       struct code *ret_code, struct token *ret_token)
{
    char text[ULID_LEN + 16];
    unsigned char mac[MAC_SIZE];
    int n = snprintf(text, sizeof(text), "%s/%d", r->chain.s, r->code_count);
    struct mac_day of = { .day = r->code_day, .make = make, .use = "code" };
    enum err e = mac_of_day(s->keys, &of, text, (size_t)n, mac);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_DENIED : e;
    *ret_code = code_of_mac(mac);
    *ret_token = token_of_bytes(mac + CODE_MAC_BYTES);
    return ERR_OK;
}

_Static_assert(CODE_MAC_BYTES + TOKEN_BYTES <= MAC_SIZE, "one hash gives code and token");

enum err store_appointment_code(struct store *s, const struct appointment_row *r,
                                struct code *ret_code, struct token *ret_token)
{
    if (r->code_day == CIVIL_DAY_NONE)
        return ERR_NOT_FOUND;
    return s->house ? derive(s, r, false, ret_code, ret_token) : ERR_DENIED;
}

static enum err in_use(struct store *s, const struct appointment_row *r, const struct code *code,
                       civil_day today, bool *ret_used)
{
    unsigned char mac[LOOKUP_SIZE];
    enum err e = people_lookup(s, "code", code->s, mac);
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_CODE_USED);
    bind_blob(&q, ":mac", mac, sizeof(mac));
    bind_int(&q, ":today", today);
    bind_text(&q, ":chain", r->chain.s);
    e = stmt_one(&q);
    *ret_used = e == ERR_OK;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err store_appointment_give_code(struct store *s, struct appointment_row *r, civil_day today)
{
    if (!s->house)
        return ERR_DENIED;
    struct appointment_row next = *r;
    next.code_day = r->day;
    for (next.code_count = 0; next.code_count < TRIES_MAX; next.code_count++) {
        struct code code;
        struct token token;
        bool used = false;
        enum err e = derive(s, &next, true, &code, &token);
        if (e == ERR_OK)
            e = in_use(s, r, &code, today, &used);
        if (e != ERR_OK)
            return e;
        if (used)
            continue;
        r->code_day = next.code_day;
        r->code_count = next.code_count;
        return ERR_OK;
    }
    return ERR_LIMIT;
}

static enum err by_lookup(struct store *s, const char *sql, const unsigned char mac[LOOKUP_SIZE],
                          civil_day from, struct appointment_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_blob(&q, ":mac", mac, LOOKUP_SIZE);
    bind_int(&q, ":day", from);
    return appointment_read_one(&q, ret_row);
}

enum err store_appointment_by_code(struct store *s, const struct code *code, civil_day from,
                                   struct appointment_row *ret_row)
{
    unsigned char mac[LOOKUP_SIZE];
    enum err e = people_lookup(s, "code", code->s, mac);
    return e == ERR_OK ? by_lookup(s, SQL_BY_CODE, mac, from, ret_row) : e;
}

enum err store_appointment_by_token(struct store *s, const struct token *token, civil_day from,
                                    struct appointment_row *ret_row)
{
    unsigned char mac[LOOKUP_SIZE];
    enum err e = people_lookup(s, "token", token->s, mac);
    return e == ERR_OK ? by_lookup(s, SQL_BY_TOKEN, mac, from, ret_row) : e;
}
