#include <stdio.h>
#include <string.h>

#include "core/record.h"
#include "store/event.h"
#include "store/outbox.h"
#include "tests/flow/house.h"

static struct store *open_store(struct house *h)
{
    struct store *s = NULL;
    CHECK_OK(store_open(&(struct store_options){ .path = h->path, .rng = &h->rng,
                                                 .keys = STORE_KEYS_BOTH },
                        &s));
    return s;
}

/* Books for somebody with this phone number and address, a reminder asked for or not. */
static struct appointment_view booked(struct house *h, const char *phone, const char *email,
                                      bool remind)
{
    struct hold hold = { 0 };
    struct appointment_view v = { 0 };
    struct person p = somebody(1);
    snprintf(p.phone, sizeof p.phone, "%s", phone);
    snprintf(p.email, sizeof p.email, "%s", email);
    CHECK_OK(flow_hold(h->f, &(struct hold_request){ .service = "school", .coach = "anna",
                                                     .start = at("2026-03-23T10:00:00+01:00") },
                       &hold));
    CHECK_OK(flow_book(h->f, &(struct book_request){ .hold = hold.id, .person = &p,
                                                     .consent_reminder = remind }, &v));
    return v;
}

static bool agreed(struct house *h, const struct ulid *appointment)
{
    struct reminder r = { 0 };
    CHECK_OK(flow_reminder(h->f, appointment, &r));
    return r.agreed;
}

/* What the register is told of reminders: "+sms-sms", in order. */
static const char *told(struct house *h)
{
    static char text[200];
    CLEANUP(outbox_rows_done) struct outbox_rows l = { 0 };
    struct store *s = open_store(h);
    text[0] = '\0';
    CHECK_OK(store_outbox_list(s, false, 0, 100, &l));
    for (size_t i = 0; i < l.n; i++) {
        struct outbox_record r;
        CLEANUP(buf_done) struct buf json = buf_make(OUTBOX_BODY_MAX);
        CHECK_OK(store_outbox_body(s, l.v[i].seq, &json));
        CHECK_OK(record_from_json(buf_str(&json), json.n, &r));
        if (r.kind != RECORD_CONSENT_REMINDER)
            continue;
        CHECK_STR(r.notice_version, "1");
        snprintf(text + strlen(text), sizeof text - strlen(text), "%c%s",
                 r.consent_given ? '+' : '-', r.consent_by);
    }
    store_close(s);
    return text;
}

TEST(nobody_is_reminded_who_did_not_ask)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v = booked(&h, "+31612345678", "", false);
    CHECK(!agreed(&h, &v.id));
    CHECK_STR(told(&h), "");
    house_end(&h);
}

TEST(a_reminder_is_asked_for_and_taken_back_and_the_register_hears_each_once)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v = booked(&h, "+31612345678", "", true);
    CHECK(agreed(&h, &v.id));
    CHECK_OK(flow_reminder_set(h.f, &v.id, true)); /* stands already */
    CHECK_OK(flow_reminder_set(h.f, &v.id, false));
    CHECK_OK(flow_reminder_set(h.f, &v.id, false));
    CHECK(!agreed(&h, &v.id));
    CHECK_OK(flow_reminder_set(h.f, &v.id, true));
    CHECK(agreed(&h, &v.id));
    CHECK_STR(told(&h), "+sms-sms+sms");
    house_end(&h);
}

TEST(by_mail_where_there_is_no_phone_number)
{
    struct house h;
    house_start(&h, NINE);
    (void)booked(&h, "", "noor@example.org", true);
    CHECK_STR(told(&h), "+email");
    house_end(&h);
}

TEST(who_cannot_be_reached_cannot_ask_for_it)
{
    struct house h;
    struct reminder r = { .possible = true, .agreed = true };
    house_start(&h, NINE);
    struct appointment_view v = booked(&h, "", "", true);
    CHECK_OK(flow_reminder(h.f, &v.id, &r));
    CHECK(!r.possible);
    CHECK(!r.agreed);
    CHECK_ERR(flow_reminder_set(h.f, &v.id, true), ERR_INVAL);
    CHECK_STR(told(&h), "");
    house_end(&h);
}

TEST(a_move_keeps_it_and_it_can_be_taken_back_after)
{
    struct house h;
    struct appointment_view next = { 0 };
    struct reminder r = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = booked(&h, "+31612345678", "", true);
    CHECK_OK(flow_move(h.f, &(struct move_request){ .appointment = v.id,
                                                    .start = at("2026-03-30T11:00:00+02:00") },
                       &next));
    CHECK_OK(flow_reminder(h.f, &next.id, &r));
    CHECK(r.possible);
    CHECK(r.agreed);
    CHECK_OK(flow_reminder_set(h.f, &next.id, false));
    CHECK(!agreed(&h, &next.id));
    CHECK_STR(told(&h), "+sms-sms");
    CHECK_ERR(flow_reminder_set(h.f, &v.id, true), ERR_STATE); /* moved */
    house_end(&h);
}

TEST(a_cancelled_appointment_takes_no_word_on_it)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v = booked(&h, "+31612345678", "", false);
    CHECK_OK(flow_cancel(h.f, &v.id, false, NULL));
    CHECK_ERR(flow_reminder_set(h.f, &v.id, true), ERR_STATE);
    CHECK_OK(flow_cancel_undo(h.f, &v.id));
    CHECK_OK(flow_reminder_set(h.f, &v.id, true));
    CHECK(agreed(&h, &v.id));
    house_end(&h);
}

TEST(the_event_says_who_said_it_and_to_which_words)
{
    struct house h;
    CLEANUP(event_rows_done) struct event_rows l = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = booked(&h, "+31612345678", "", true);
    CHECK_OK(flow_reminder_set(h.f, &v.id, false));
    struct store *s = open_store(&h);
    CHECK_OK(store_events(s, &v.id, &l));
    CHECK_INT(l.n, 4);
    CHECK_STR(l.v[2].act, "remind");
    CHECK_STR(l.v[3].act, "do_not_remind");
    CHECK_STR(l.v[3].from_state, "booked");
    CHECK_STR(l.v[3].to_state, "booked");
    CHECK_STR(l.v[3].actor, "kiosk:1");
    CHECK_STR(l.v[3].reason, "text 1");
    store_close(s);
    house_end(&h);
}
