#include "tests/flow/house.h"

#define TEN "2026-03-23T10:00:00+01:00"

/* A code of the right form that is not this one. */
static const char *wrong_code(const struct appointment_view *v)
{
    static char code[CODE_DIGITS + 1];
    snprintf(code, sizeof(code), "%.6s", strncmp(v->code, "123456", 6) == 0 ? "654321" : "123456");
    code[6] = code_check_digit(code);
    code[7] = '\0';
    return code;
}

TEST(a_code_is_found_as_people_type_and_scan_it)
{
    struct house h;
    struct appointment_view f = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    char text[300];
    snprintf(text, sizeof(text), "%.3s %.4s", v.code, v.code + 3);
    CHECK_OK(flow_find_by_code(h.f, text, &f));
    CHECK_STR(f.id.s, v.id.s);
    CHECK_STR(f.code, v.code);
    CHECK_STR(f.initial, "Y");
    snprintf(text, sizeof(text), "BEGIN:VEVENT\r\nUID:%s@dynamo\r\nEND:VEVENT\r\n", v.token);
    CHECK_OK(flow_find_by_code(h.f, text, &f));
    CHECK_STR(f.id.s, v.id.s);
    house_end(&h);
}

TEST(wrong_malformed_and_past_codes_answer_the_same)
{
    struct house h;
    struct appointment_view f;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_ERR(flow_find_by_code(h.f, wrong_code(&v), &f), ERR_NOT_FOUND);
    CHECK_ERR(flow_find_by_code(h.f, "12", &f), ERR_NOT_FOUND);
    CHECK_ERR(flow_find_by_code(h.f, "", &f), ERR_NOT_FOUND);
    clock_advance(&h.clock, 14 * HOUR_MS); /* a minute to midnight, nearly */
    CHECK_OK(flow_find_by_code(h.f, v.code, &f));
    clock_advance(&h.clock, HOUR_MS); /* the next day */
    CHECK_ERR(flow_find_by_code(h.f, v.code, &f), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(five_wrong_tries_lock_the_code_entry_of_that_device_for_ten_minutes)
{
    struct house h;
    struct appointment_view f;
    house_start(&h, NINE);
    struct flow *other = house_program(&h, "kiosk:2");
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    for (int i = 0; i < 5; i++)
        CHECK_ERR(flow_find_by_code(h.f, i % 2 ? wrong_code(&v) : "77", &f), ERR_NOT_FOUND);
    CHECK_ERR(flow_find_by_code(h.f, v.code, &f), ERR_LOCKED);
    flow_closep(&h.f); /* starting again does not help */
    h.f = house_program(&h, "kiosk:1");
    CHECK_ERR(flow_find_by_code(h.f, v.code, &f), ERR_LOCKED);
    CHECK_OK(flow_find_by_code(other, v.code, &f)); /* the other one is open */
    clock_advance(&h.clock, 10 * MINUTE_MS - 1);
    CHECK_ERR(flow_find_by_code(h.f, v.code, &f), ERR_LOCKED);
    clock_advance(&h.clock, 1);
    CHECK_OK(flow_find_by_code(h.f, v.code, &f));
    flow_closep(&other);
    house_end(&h);
}

TEST(a_right_code_forgets_the_wrong_ones)
{
    struct house h;
    struct appointment_view f;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 4; i++)
            CHECK_ERR(flow_find_by_code(h.f, "77", &f), ERR_NOT_FOUND);
        CHECK_OK(flow_find_by_code(h.f, v.code, &f));
    }
    house_end(&h);
}

TEST(without_a_code_birth_date_and_name_find_todays_next_appointment)
{
    struct house h;
    struct appointment_view f = { 0 };
    struct person p = somebody(1);
    house_start(&h, NINE);
    CHECK_ERR(flow_find_by_name(h.f, &p, &f), ERR_NOT_FOUND);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    struct appointment_view w =
        book_at(h.f, 1, "school", "anna", at("2026-03-23T14:00:00+01:00"));
    book_at(h.f, 2, "school", "anna", at("2026-03-24T14:00:00+01:00"));
    CHECK_OK(flow_find_by_name(h.f, &p, &f));
    CHECK_STR(f.id.s, v.id.s);
    struct arrival a = { 0 };
    CHECK_OK(flow_check_in(h.f, &f.id, &a));
    CHECK_OK(flow_find_by_name(h.f, &p, &f));
    CHECK_STR(f.id.s, w.id.s);
    p.birth++;
    CHECK_ERR(flow_find_by_name(h.f, &p, &f), ERR_NOT_FOUND);
    p = somebody(2); /* tomorrow's */
    CHECK_ERR(flow_find_by_name(h.f, &p, &f), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(the_qr_of_a_ticket_brings_a_missed_visitor_back)
{
    struct house h;
    struct arrival s = { 0 };
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_scan_ticket(h.f, a.token, &s));
    CHECK_INT(s.line.state, VISIT_WAITING);
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), NULL));
    CHECK_OK(flow_scan_ticket(h.f, a.token, &s));
    CHECK_INT(s.line.state, VISIT_CALLED);
    CHECK_OK(flow_missed(h.f, ref_any(&a.line), NULL));
    CHECK_OK(flow_scan_ticket(h.f, a.token, &s));
    CHECK_INT(s.line.state, VISIT_WAITING);
    CHECK_STR(s.line.ticket, "A01");
    CHECK_ERR(flow_scan_ticket(h.f, "1234567", &s), ERR_NOT_FOUND);
    CHECK_ERR(flow_scan_ticket(h.f, "what is this", &s), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(the_qr_of_an_appointment_leads_to_its_visit_after_check_in)
{
    struct house h;
    struct arrival a = { 0 };
    struct arrival s = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_ERR(flow_scan_ticket(h.f, v.token, &s), ERR_NOT_FOUND);
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK_OK(flow_scan_ticket(h.f, v.token, &s));
    CHECK_STR(s.line.visit.s, a.line.visit.s);
    house_end(&h);
}

TEST(a_code_of_what_was_cancelled_is_no_code)
{
    struct house h;
    struct appointment_view f = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(flow_cancel(h.f, &v.id, false, NULL));
    CHECK_ERR(flow_find_by_code(h.f, v.code, &f), ERR_NOT_FOUND);
    CHECK_ERR(flow_find_by_code(h.f, v.token, &f), ERR_NOT_FOUND);
    house_end(&h);
}
