#include "store/staff.h"

#include "crypt/totp.h"
#include "tests/store/fixture.h"

static void add(struct house *h, const char *id, const char *pin,
                char totp[STAFF_TOTP_TEXT_SIZE])
{
    struct staff_row r = { .role = STORE_ROLE_COACH, .created = NOON };
    snprintf(r.id, sizeof(r.id), "%s", id);
    snprintf(r.name, sizeof(r.name), "Coach %s", id);
    snprintf(r.coach, sizeof(r.coach), "%s", id);
    CHECK_OK(store_staff_add(h->s, &r, pin, totp));
}

TEST(staff_come_back_as_stored_and_by_name)
{
    struct house *h = house_open();
    char totp[STAFF_TOTP_TEXT_SIZE];
    add(h, "sanne", "482915", totp);
    CHECK_INT(strlen(totp), 32);
    add(h, "amir", "571036", totp);
    CLEANUP(staff_rows_done) struct staff_rows l = { 0 };
    CHECK_OK(store_staff_list(h->s, &l));
    CHECK_INT(l.n, 2);
    CHECK_STR(l.v[0].id, "amir");
    CHECK_STR(l.v[1].coach, "sanne");
    CHECK_INT(l.v[1].role, STORE_ROLE_COACH);
    struct staff_row r = l.v[1];
    CHECK_ERR(store_staff_add(h->s, &r, "482915", totp), ERR_EXISTS);
    CHECK_ERR(store_staff_get(h->s, "nobody", &r), ERR_NOT_FOUND);
    house_close(h);
}

TEST(a_pin_opens_for_its_owner_only_and_not_when_disabled)
{
    struct house *h = house_open();
    char totp[STAFF_TOTP_TEXT_SIZE];
    add(h, "sanne", "482915", totp);
    CHECK_OK(store_staff_check_pin(h->s, "sanne", "482915"));
    CHECK_ERR(store_staff_check_pin(h->s, "sanne", "482916"), ERR_DENIED);
    CHECK_ERR(store_staff_check_pin(h->s, "nobody", "482915"), ERR_DENIED);
    house_reopen(h);
    CHECK_OK(store_staff_check_pin(h->s, "sanne", "482915"));
    CHECK_OK(store_staff_set_pin(h->s, "sanne", "730418"));
    CHECK_ERR(store_staff_check_pin(h->s, "sanne", "482915"), ERR_DENIED);
    CHECK_OK(store_staff_check_pin(h->s, "sanne", "730418"));
    CHECK_OK(store_staff_disable(h->s, "sanne", NOON));
    CHECK_OK(store_staff_disable(h->s, "sanne", NOON + 5));
    CHECK_ERR(store_staff_check_pin(h->s, "sanne", "730418"), ERR_DENIED);
    struct staff_row r;
    CHECK_OK(store_staff_get(h->s, "sanne", &r));
    CHECK_INT(r.disabled, NOON);
    CHECK_ERR(store_staff_disable(h->s, "nobody", NOON), ERR_NOT_FOUND);
    CHECK_ERR(store_staff_set_pin(h->s, "nobody", "730418"), ERR_NOT_FOUND);
    house_close(h);
}

static void secret_of(const char *text, unsigned char secret[TOTP_SECRET_SIZE])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned acc = 0;
    int bits = 0, n = 0;
    for (; *text; text++) {
        acc = (acc << 5 | (unsigned)(strchr(letters, *text) - letters)) & 0xFFFF;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            secret[n++] = (unsigned char)(acc >> bits);
        }
    }
}

TEST(a_one_time_code_works_once)
{
    struct house *h = house_open();
    char totp[STAFF_TOTP_TEXT_SIZE], code[TOTP_CODE_SIZE], next[TOTP_CODE_SIZE];
    unsigned char secret[TOTP_SECRET_SIZE];
    add(h, "sanne", "482915", totp);
    secret_of(totp, secret);
    CHECK_OK(totp_code(secret, NOON, code));
    CHECK_OK(totp_code(secret, NOON + TOTP_STEP_MS, next));
    CHECK_ERR(store_staff_check_totp(h->s, "sanne", "000000", NOON), ERR_DENIED);
    CHECK_ERR(store_staff_check_totp(h->s, "nobody", code, NOON), ERR_DENIED);
    CHECK_OK(store_staff_check_totp(h->s, "sanne", code, NOON));
    CHECK_ERR(store_staff_check_totp(h->s, "sanne", code, NOON), ERR_DENIED);
    CHECK_OK(store_staff_check_totp(h->s, "sanne", next, NOON + TOTP_STEP_MS));
    house_close(h);
}
