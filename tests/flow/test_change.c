/* What every change leaves behind: its event, its anonymous count, its record. */
#include "core/record.h"
#include "store/daily_count.h"
#include "store/event.h"
#include "store/outbox_send.h"
#include "tests/flow/house.h"

static struct store *open_store(struct house *h)
{
    struct store *s = NULL;
    CHECK_OK(store_open(&(struct store_options){ .path = h->path, .rng = &h->rng,
                                                 .keys = STORE_KEYS_BOTH },
                        &s));
    return s;
}

/* The sum of a measure on the Monday. */
static int64_t counted(struct house *h, const char *measure)
{
    struct store *s = open_store(h);
    struct count_rows l = { 0 };
    int64_t n = 0;
    CHECK_OK(store_counts(s, day(MONDAY), day(MONDAY), &l));
    for (size_t i = 0; i < l.n; i++)
        if (strcmp(l.v[i].measure, measure) == 0)
            n += l.v[i].n;
    count_rows_done(&l);
    store_close(s);
    return n;
}

TEST(counts_follow_what_happened_and_what_was_taken_back)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 2, TOPIC_SCHOOL);
    CHECK_INT(counted(&h, "walk_in"), 2);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_OK(flow_finish(h.f, ref(&l), "", &l));
    CHECK_INT(counted(&h, "done"), 1);
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(counted(&h, "done"), 0);
    CHECK_OK(flow_leave(h.f, ref(&b.line), NULL));
    CHECK_INT(counted(&h, "left"), 1);
    CHECK_OK(flow_turned_away(h.f, TURNED_AWAY_YOUNG));
    CHECK_OK(flow_turned_away(h.f, TURNED_AWAY_CLOSED));
    CHECK_INT(counted(&h, "turned_away_young"), 1);
    CHECK_INT(counted(&h, "turned_away_old"), 0);
    CHECK_INT(counted(&h, "turned_away_closed"), 1);
    house_end(&h);
}

TEST(a_no_show_who_comes_after_all_is_not_counted_as_one)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v =
        book_at(h.f, 1, "school", "anna", at("2026-03-23T10:00:00+01:00"));
    CHECK_INT(counted(&h, "booked"), 1);
    house_wait(&h, 90);
    CHECK_OK(flow_tick(h.f));
    CHECK_INT(counted(&h, "no_show"), 1);
    CHECK_OK(flow_check_in(h.f, &v.id, NULL));
    CHECK_INT(counted(&h, "no_show"), 0);
    CHECK_INT(counted(&h, "attended"), 1);
    CHECK_INT(counted(&h, "check_in"), 1);
    house_end(&h);
}

TEST(a_cancellation_that_was_taken_back_is_not_counted)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v =
        book_at(h.f, 1, "school", "anna", at("2026-03-23T10:00:00+01:00"));
    CHECK_OK(flow_cancel(h.f, &v.id, false, NULL));
    CHECK_INT(counted(&h, "cancelled"), 1);
    CHECK_OK(flow_cancel_undo(h.f, &v.id));
    CHECK_INT(counted(&h, "cancelled"), 0);
    house_end(&h);
}

/* Reads record n (from 0) of the outbox as the uploader does. */
static struct outbox_record record_at(struct house *h, size_t n)
{
    struct store *s = open_store(h);
    struct outbox_rows l = { 0 };
    struct buf json = buf_make(OUTBOX_BODY_MAX);
    struct outbox_record r = { 0 };
    CHECK_OK(store_outbox_list(s, false, 0, 100, &l));
    CHECK(n < l.n);
    CHECK_OK(store_outbox_body(s, l.v[n].seq, &json));
    CHECK_OK(record_from_json(buf_str(&json), json.n, &r));
    CHECK_OK(record_check(&r));
    CHECK_INT(r.number, l.v[n].seq);
    CHECK(r.when.at == l.v[n].event);
    buf_done(&json);
    outbox_rows_done(&l);
    store_close(s);
    return r;
}

TEST(the_register_gets_the_person_and_what_was_decided)
{
    struct house h;
    struct person p = somebody(5);
    house_start(&h, NINE);
    snprintf(p.infix, sizeof(p.infix), "van der");
    snprintf(p.phone, sizeof(p.phone), "+31612345678");
    struct arrival a = { 0 };
    CHECK_OK(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p, .coach = "anna",
                                                          .notice_shown = true },
                          &a));
    struct outbox_record r = record_at(&h, 0);
    CHECK_INT(r.kind, RECORD_WALKIN_REGISTERED);
    CHECK_STR(r.chain.s, a.line.visit.s);
    CHECK_INT(r.seq, 1);
    CHECK(r.when.at == at(NINE));
    CHECK_INT(r.when.offset_min, 60);
    CHECK_STR(r.site_id, "roosendaal");
    CHECK_STR(r.site_name, "Dynamo Roosendaal");
    CHECK_STR(r.service_name, "School");
    CHECK_STR(r.coach_name, "Anna");
    CHECK_STR(r.person.given, "Émile");
    CHECK_STR(r.person.infix, "van der");
    CHECK_INT(r.person.birth, p.birth);
    CHECK_STR(r.person.municipality, "1674");
    CHECK_INT(r.person.topic, TOPIC_SCHOOL);
    struct outbox_record notice = record_at(&h, 1);
    CHECK_INT(notice.kind, RECORD_PRIVACY_NOTICE_SHOWN);
    CHECK_INT(notice.seq, 2);
    CHECK(notice.when.at == r.when.at + 1); /* a tie gives way by a millisecond */
    house_end(&h);
}

TEST(the_register_gets_the_new_time_of_a_move_and_who_cancelled)
{
    struct house h;
    struct appointment_view next = { 0 };
    house_start(&h, NINE);
    struct appointment_view v =
        book_at(h.f, 1, "school", "anna", at("2026-03-23T10:00:00+01:00"));
    CHECK_OK(flow_move(h.f,
                       &(struct move_request){ .appointment = v.id, .by_staff = true,
                                               .start = at("2026-03-30T11:00:00+02:00") },
                       &next));
    CHECK_OK(flow_cancel(h.f, &next.id, false, NULL));
    struct outbox_record booked = record_at(&h, 0);
    CHECK(booked.start.at == v.start);
    CHECK(booked.stop.at == v.end);
    struct outbox_record moved = record_at(&h, 1);
    CHECK_INT(moved.kind, RECORD_APPOINTMENT_CHANGED);
    CHECK(moved.start.at == next.start);
    CHECK_INT(moved.start.offset_min, 120); /* summer time by then */
    CHECK(moved.by_house);
    CHECK_STR(moved.chain.s, v.id.s);
    struct outbox_record cancelled = record_at(&h, 2);
    CHECK_INT(cancelled.kind, RECORD_APPOINTMENT_CANCELLED);
    CHECK(!cancelled.by_house);
    CHECK_INT(cancelled.seq, 3);
    house_end(&h);
}

TEST(the_history_names_each_act_its_actor_and_its_reason)
{
    struct house h;
    struct event_rows l = { 0 };
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    flow_set_actor(h.f, "staff:anna");
    CHECK_OK(flow_urgent(h.f, ref(&a.line), "in tears", NULL));
    CHECK_OK(flow_call(h.f, "anna", ref_any(&a.line), NULL));
    CHECK_OK(flow_undo(h.f, ref_any(&a.line), NULL));
    struct store *s = open_store(&h);
    CHECK_OK(store_events(s, &a.line.visit, &l));
    CHECK_INT(l.n, 4);
    CHECK_STR(l.v[0].act, "arrive");
    CHECK_STR(l.v[0].actor, "kiosk:1");
    CHECK_STR(l.v[1].act, "urgent");
    CHECK_STR(l.v[1].actor, "staff:anna");
    CHECK_STR(l.v[1].reason, "in tears");
    CHECK_STR(l.v[2].act, "call");
    CHECK_STR(l.v[2].coach, "anna");
    CHECK_STR(l.v[3].act, "undo");
    CHECK_STR(l.v[3].to_state, "waiting");
    event_rows_done(&l);
    store_close(s);
    house_end(&h);
}
