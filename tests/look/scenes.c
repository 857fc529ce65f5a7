#include "tests/look/scenes.h"

#include <string.h>

#include "base/mem.h"
#include "screens/coaches.h"
#include "screens/hold.h"

#define SCENES_MAX 128

const char *const scene_langs[SCENE_LANGS] = { "nl", "en", "pl", "ar",  "tr", "uk", "ti",
                                               "ro", "bg", "pap", "es", "fa", "xx" };

const struct ui_look scene_canvases[SCENE_CANVASES] = {
    { .w = 1080, .h = 1920, .diagonal_in = 15.6 },
    { .w = 1920, .h = 1080, .diagonal_in = 15.6 },
    { .w = 1080, .h = 1920, .diagonal_in = 13.3 },
    { .w = 1920, .h = 1080, .diagonal_in = 10.1 },
};

/* Tuesday; names as long as first names get. */
#define NOW "2026-03-24T10:20:00+01:00"
#define ALL_OF_IT "\"school\",\"work\",\"money\""
#define COACHES                                              \
    HOUSE_COACH("anna", "Annemarijke", "2", ALL_OF_IT) ","   \
    HOUSE_COACH("amin", "Mohammed-Amin", "14", ALL_OF_IT) "," \
    HOUSE_COACH("sanne", "Sanne", "1", ALL_OF_IT) ","        \
    HOUSE_COACH("zehra", "Zehra", "3", ALL_OF_IT)

/* 40 letters each: the most that a name may have. */
#define LONG_GIVEN "Maximiliana Alexandrina-Wilhelmina Josef"
#define LONG_FAMILY "van den Heuvel-Rompuy tot Oudenhovenlaar"
#define LONG_EMAIL "maximiliana.alexandrina-wilhelmina_vandenheuvel@example-mail.com"

/* ---- the house around them ---- */

static bool draw_qr(const char *text, struct qr_picture *ret_picture)
{
    /* As large as the calendar event of a ticket; a picture all the same for every text. */
    ret_picture->side = *text ? 61 : 0;
    for (int i = 0; i < ret_picture->side * ret_picture->side; i++)
        ret_picture->modules[i] = (uint8_t)(((unsigned)i * 2654435761u) >> 31);
    return *text != '\0';
}

static void furnish(struct visitor *v)
{
    house_start_with(&v->house, NOW, HOUSE_ROSTER_WITH("", COACHES, ""));
    config_defaults(&v->config);
    struct config *c = &v->config;
    snprintf(c->visit.too_young_phone, sizeof(c->visit.too_young_phone), "0165 579 111");
    snprintf(c->visit.too_young_url, sizeof(c->visit.too_young_url), "https://leerplicht.example/");
    snprintf(c->visit.too_old_name, sizeof(c->visit.too_old_name), "Sociaal plein Bergen op Zoom");
    snprintf(c->visit.too_old_address, sizeof(c->visit.too_old_address),
             "Jacob Obrechtlaan 4, Bergen op Zoom");
    snprintf(c->visit.too_old_phone, sizeof(c->visit.too_old_phone), "0164 277 000");
    snprintf(c->visit.too_old_url, sizeof(c->visit.too_old_url), "https://plein.example/");
    snprintf(c->visit.privacy_url, sizeof(c->visit.privacy_url), "https://dynamo.example/privacy");
    snprintf(c->visit.privacy_contact, sizeof(c->visit.privacy_contact), "privacy@dynamo.example");
    snprintf(c->visit.house_phone, sizeof(c->visit.house_phone), "0165 579 200");
    c->visit.book_when_closed = true;
    v->host = (struct host){ .flow = v->house.f, .config = c, .device = "kiosk:1", .printer = true,
                             .qr = draw_qr };
    session_init(&v->s, &v->host);
    session_now(&v->s, clock_mono_ms(&v->house.clock));
}

/* A day under way: five wait, one is called, one is with a coach, one went out. */
static void fill_house(struct visitor *v)
{
    static const enum topic topics[] = { TOPIC_SCHOOL, TOPIC_ABSENCE, TOPIC_MONEY, TOPIC_HOUSING,
                                         TOPIC_WORK, TOPIC_OTHER, TOPIC_UNSAID, TOPIC_SCHOOL };
    static const char *const at_work[] = { "anna", "amin", "sanne", "zehra" };
    struct arrival a[ARRAY_LEN(topics)];
    struct queue_line l;

    for (size_t i = 0; i < ARRAY_LEN(at_work); i++)
        CHECK_OK(flow_at_work(v->house.f, at_work[i], true));
    for (size_t i = 0; i < ARRAY_LEN(topics); i++) {
        a[i] = walk_in(v->house.f, (int)i, topics[i]);
        house_wait(&v->house, 2);
    }
    serve(v->house.f, "anna", &a[0]);
    CHECK_OK(flow_call(v->house.f, "amin", ref_any(&a[1].line), &l));
    CHECK_OK(flow_pause(v->house.f, ref_any(&a[2].line), 20, &l));
    session_now(&v->s, clock_mono_ms(&v->house.clock));
}

/* ---- the session of a scene ---- */

static struct scene *add(struct scenes *all, const char *name, const struct screen *scr)
{
    if (all->n == SCENES_MAX)
        CHECK_FAIL("more than %d scenes", SCENES_MAX);
    struct scene *c = &all->v_all[all->n++];
    *c = (struct scene){ .name = name, .screen = scr };
    session_init(&c->s, &all->v.host);
    session_now(&c->s, clock_mono_ms(&all->v.house.clock));
    c->s.voice = c->s.sound = true;
    c->s.voices = UINT32_MAX;
    return c;
}

static void answer_all(struct session *s, const char *given, const char *surname)
{
    s->a = (struct answers){ .day = 17, .month = 9, .year = 2004, .named = true, .topic_said = true,
                             .topic = TOPIC_ABSENCE };
    snprintf(s->a.given, sizeof(s->a.given), "%s", given);
    snprintf(s->a.surname, sizeof(s->a.surname), "%s", surname);
    snprintf(s->a.municipality, sizeof(s->a.municipality), "0748");
}

static struct session *open_scene(struct scene *c)
{
    if (c->screen->enter)
        c->screen->enter(&c->s);
    if (c->screen->load)
        CHECK_OK(c->screen->load(&c->s));
    return &c->s;
}

/* A scene of a walk-in who has answered everything so far. */
static struct session *walking(struct scenes *all, const char *name, const struct screen *scr)
{
    struct scene *c = add(all, name, scr);
    c->s.errand = ERRAND_WALK_IN;
    answer_all(&c->s, "Noor", "van den Berg");
    return open_scene(c);
}

/* ... of somebody who books, with a time held. */
static struct session *booking(struct scenes *all, const char *name, const struct screen *scr)
{
    struct scene *c = add(all, name, scr);
    struct session *s = &c->s;
    s->errand = ERRAND_BOOK;
    answer_all(s, LONG_GIVEN, LONG_FAMILY);
    s->a.way = CONTACT_EMAIL;
    snprintf(s->a.email, sizeof(s->a.email), "%s", LONG_EMAIL);
    snprintf(s->a.phone, sizeof(s->a.phone), "+380 612 345 678");
    scr_day.enter(s);
    CHECK_OK(scr_day.load(s));
    CHECK(s->free_known);
    CHECK_OK(hold_take(s, s->first_free, "amin"));
    /* The picture is what counts: the seat is free again for the next scene. */
    struct hold held = s->hold;
    session_release(s);
    s->hold = held;
    snprintf(s->a.coach, sizeof(s->a.coach), "amin");
    return open_scene(c);
}

static struct session *plain(struct scenes *all, const char *name, const struct screen *scr)
{
    return open_scene(add(all, name, scr));
}

static void keep(struct scenes *all, const char *key)
{
    all->v_all[all->n - 1].key = key;
}

static void below(struct scenes *all, const struct screen *scr)
{
    all->v_all[all->n - 1].below = scr;
}

/* ---- the scenes, in the order of the design ---- */

static void first_pages(struct scenes *all)
{
    struct session *s;

    plain(all, "attract", &scr_attract);
    for (int turn = 1; turn <= 6; turn += 5) {
        s = plain(all, turn == 1 ? "attract.turned" : "attract.turned_far", &scr_attract);
        s->since = s->mono - turn * 8 * SECOND_MS;
    }
    plain(all, "welcome", &scr_welcome);
    s = plain(all, "welcome.closed", &scr_welcome);
    s->open_walk_in = false;
    s->next_known = true;
    s = plain(all, "welcome.unknown", &scr_welcome);
    s->wait_known = s->free_known = s->voice = s->sound = false;
    plain(all, "language", &scr_language);
    plain(all, "privacy", &scr_privacy);
}

static void birth_pages(struct scenes *all)
{
    struct session *s = plain(all, "birth", &scr_birth);

    s->errand = ERRAND_WALK_IN;
    s = walking(all, "birth.whole", &scr_birth);
    s = plain(all, "birth.month", &scr_birth);
    s->errand = ERRAND_BOOK;
    s->a.day = 28;
    s->birth_open = BIRTH_MONTH;
    s = plain(all, "birth.year", &scr_birth);
    s->a.day = 28;
    s->a.month = 9;
    s->birth_open = BIRTH_YEAR;
    s = walking(all, "birth.no_such_day", &scr_birth);
    s->a.day = 31;
    s->a.month = 2;
    s->no_such_day = true;
}

static void name_pages(struct scenes *all)
{
    struct session *s = plain(all, "name", &scr_name);

    s->errand = ERRAND_WALK_IN;
    s = walking(all, "name.filled", &scr_name);
    s->typing_surname = true;
    answer_all(s, LONG_GIVEN, LONG_FAMILY);
    s = plain(all, "name.missing", &scr_name);
    s->given_why = s->surname_why = PERSON_EMPTY;
    s = walking(all, "name.no_letters", &scr_name);
    s->given_why = s->surname_why = PERSON_LETTER;
    s = walking(all, "name.one", &scr_name);
    s->a.one_name = s->typing_surname = true;
    s = walking(all, "name.hidden", &scr_name);
    s->hide_typed = true;
    s = booking(all, "name.book", &scr_name);
    walking(all, "name.accents", &scr_name);
    keep(all, "key.accents");
}

static void way_out_pages(struct scenes *all)
{
    struct session *s;

    walking(all, "municipality", &scr_municipality);
    s = plain(all, "municipality.first", &scr_municipality);
    s->errand = ERRAND_BOOK;
    s = walking(all, "municipality.other", &scr_municipality);
    snprintf(s->a.municipality, sizeof(s->a.municipality), "0000");
    plain(all, "too_young", &scr_too_young);
    plain(all, "too_old", &scr_too_old);
    walking(all, "other_municipality", &scr_other_municipality);
    s = plain(all, "topic", &scr_topic);
    s->errand = ERRAND_BOOK;
    walking(all, "topic.said", &scr_topic);
    s = walking(all, "topic.unsaid", &scr_topic);
    s->a.topic = TOPIC_UNSAID;
}

static void day_pages(struct scenes *all)
{
    struct session *s = booking(all, "day", &scr_day);

    s->hold = (struct hold){ 0 };
    s = booking(all, "day.held", &scr_day);
    s->day_page = 1;
    s->day = 0;
    CHECK_OK(scr_day.load(s));
    s = booking(all, "day.taken", &scr_day);
    s->trouble = TROUBLE_TAKEN;
    booking(all, "nothing_free", &scr_nothing_free);
}

static void contact_pages(struct scenes *all)
{
    struct session *s = booking(all, "contact", &scr_contact);

    s = booking(all, "contact.first", &scr_contact);
    s->a.way = CONTACT_UNSET;
    s->a.coach[0] = '\0';
    s = booking(all, "contact.coach_taken", &scr_contact);
    s->trouble = TROUBLE_COACH_TAKEN;
    walking(all, "contact.waiting", &scr_contact);
    for (int wrong = 0; wrong < 2; wrong++) {
        s = booking(all, wrong ? "contact.phone_wrong" : "contact.phone", &scr_contact);
        s->a.way = CONTACT_PHONE;
        s->a.remind = true;
        s->contact_step = CONTACT_TYPE;
        s->contact_wrong = wrong;
        s = booking(all, wrong ? "contact.email_wrong" : "contact.email", &scr_contact);
        s->contact_step = CONTACT_TYPE;
        s->contact_wrong = wrong;
    }
    s = walking(all, "contact.call_me", &scr_contact);
    s->errand = ERRAND_CALL_ME;
    s->a.way = CONTACT_PHONE;
    s->contact_step = CONTACT_TYPE;
    s->a.phone[0] = '\0';
    s = booking(all, "contact.phone_empty", &scr_contact);
    s->a.way = CONTACT_PHONE;
    s->contact_step = CONTACT_TYPE;
    s->a.phone[0] = '\0';
}

static void check_pages(struct scenes *all)
{
    struct session *s = walking(all, "check", &scr_check);

    s = walking(all, "check.coach", &scr_check);
    answer_all(s, LONG_GIVEN, LONG_FAMILY);
    snprintf(s->a.coach, sizeof(s->a.coach), "amin");
    s = walking(all, "check.trouble", &scr_check);
    s->trouble = TROUBLE_FAILED;
    s = booking(all, "check.book", &scr_check);
    s->a.remind = true;
    s = booking(all, "check.book_short", &scr_check);
    answer_all(s, "Noor", "Jansen");
    s->a.way = CONTACT_NONE;
    s = walking(all, "check.call_me", &scr_check);
    s->errand = ERRAND_CALL_ME;
    s->a.way = CONTACT_PHONE;
    snprintf(s->a.phone, sizeof(s->a.phone), "+31 6 12345678");
    s = booking(all, "check.hold_gone", &scr_check);
    s->hold.expires = s->now;
}

/* ---- the ticket ---- */

static struct session *ticket(struct scenes *all, const char *name, enum result result,
                              const struct arrival *arrival, const struct appointment_view *view)
{
    struct scene *c = add(all, name, &scr_ticket);
    struct session *s = &c->s;

    s->errand = ERRAND_WALK_IN;
    s->result = result;
    if (arrival)
        s->arrival = *arrival;
    if (view)
        s->booked = s->found = *view;
    scr_ticket.enter(s);
    if (arrival)
        CHECK_OK(coaches_waiting(s, s->arrival.line.service));
    s->paper = PAPER_NONE;
    s->left_s = 25;
    s->total_s = 25;
    return s;
}

static void queue_tickets(struct scenes *all, const struct arrival *waits,
                          const struct appointment_view *view)
{
    struct session *s = ticket(all, "ticket", RESULT_QUEUED, waits, NULL);

    s = ticket(all, "ticket.existing", RESULT_QUEUED, waits, NULL);
    s->arrival.existing = true;
    s->paper = PAPER_PRINTED;
    snprintf(s->arrival.line.coach, sizeof(s->arrival.line.coach), "amin");
    s = ticket(all, "ticket.listening", RESULT_QUEUED, waits, NULL);
    s->prefs.speak = true;
    s = ticket(all, "ticket.unknown_wait", RESULT_QUEUED, waits, NULL);
    s->arrival.line.wait.known = false;
    s->paper = PAPER_FAILED;
    s = ticket(all, "ticket.called", RESULT_QUEUED, waits, NULL);
    s->arrival.line.state = VISIT_CALLED;
    snprintf(s->arrival.line.coach, sizeof(s->arrival.line.coach), "amin");
    s = ticket(all, "ticket.paused", RESULT_QUEUED, waits, NULL);
    s->arrival.line.state = VISIT_PAUSED;
    s->arrival.line.until = s->now + 20 * MINUTE_MS;
    s = ticket(all, "ticket.checked_in", RESULT_CHECKED_IN, waits, view);
    s->arrival.line.appointment = true;
    s->arrival.line.band = 3;
    s->arrival.line.due = s->now + 25 * MINUTE_MS;
    snprintf(s->arrival.line.coach, sizeof(s->arrival.line.coach), "amin");
    s = ticket(all, "ticket.late", RESULT_CHECKED_IN, waits, view);
    s->arrival.line.appointment = s->arrival.late = true;
    s->arrival.line.due = s->now - 25 * MINUTE_MS;
    snprintf(s->arrival.line.coach, sizeof(s->arrival.line.coach), "amin");
    ticket(all, "ticket.pausing", RESULT_QUEUED, waits, NULL)->pausing = true;
    ticket(all, "ticket.coaches", RESULT_QUEUED, waits, NULL)->choosing_coach = true;
}

static void appointment_tickets(struct scenes *all, const struct appointment_view *view)
{
    struct session *s = ticket(all, "ticket.booked", RESULT_BOOKED, NULL, view);

    s->left_s = 60;
    s = ticket(all, "ticket.moved", RESULT_MOVED, NULL, view);
    s->paper = PAPER_FAILED;
    ticket(all, "ticket.cancelled", RESULT_CANCELLED, NULL, view);
    s = ticket(all, "ticket.seat_gone", RESULT_CANCELLED, NULL, view);
    s->trouble = TROUBLE_SEAT_GONE;
    s->cancelled_at = s->mono - VISIT_UNDO_MS;
    ticket(all, "ticket.call_me", RESULT_CALL_ME, NULL, NULL);
}

/* ---- settings, help, code ---- */

static void side_pages(struct scenes *all)
{
    struct session *s = plain(all, "settings", &scr_settings);

    s = plain(all, "settings.on", &scr_settings);
    s->prefs.more_time = s->prefs.still = s->prefs.speak = true;
    s = add(all, "help", &scr_help)->screen ? &all->v_all[all->n - 1].s : NULL;
    s->help_state = HELP_SENT;
    s = &add(all, "help.coming", &scr_help)->s;
    s->help_state = HELP_COMING;
    s = &add(all, "help.failed", &scr_help)->s;
    s->help_failed = true;
    s = plain(all, "check_in", &scr_check_in);
    s->errand = ERRAND_CHECK_IN;
    s = plain(all, "check_in.typing", &scr_check_in);
    s->errand = ERRAND_MANAGE;
    snprintf(s->code, sizeof(s->code), "12345");
    s = plain(all, "not_found", &scr_not_found);
    s->errand = ERRAND_CHECK_IN;
    s = plain(all, "not_found.locked", &scr_not_found);
    s->errand = ERRAND_CHECK_IN;
    s->locked = true;
    s = plain(all, "not_found.manage", &scr_not_found);
    s->errand = ERRAND_MANAGE;
}

static void appointment_pages(struct scenes *all, const struct appointment_view *view)
{
    struct session *s;

    for (int other = 0; other < 2; other++) {
        s = plain(all, other ? "arrive.other_day" : "arrive", &scr_arrive);
        s->found = *view;
        s->found.day = s->today + (other ? 7 : 0);
    }
    plain(all, "manage", &scr_manage);
    s = plain(all, "change", &scr_change);
    s->found = *view;
    s->reminder = (struct reminder){ .possible = true, .agreed = true };
    s = booking(all, "change.chosen", &scr_change);
    s->found = *view;
    s->moving = true;
    s = plain(all, "change.late", &scr_change);
    s->found = *view;
    s->found.start = s->now - HOUR_MS;
    s = plain(all, "change.sure", &scr_change);
    s->found = *view;
    s->sure = true;
}

static void closed_pages(struct scenes *all)
{
    struct session *s;

    plain(all, "closed", &scr_closed);
    s = plain(all, "closed.today", &scr_closed);
    s->n_hours = 0;
    plain(all, "out_of_order", &scr_out_of_order);
    s = walking(all, "idle", &scr_idle);
    below(all, &scr_birth);
    s->left_s = 28;
    s->total_s = 30;
    walking(all, "stop", &scr_stop);
    below(all, &scr_name);
}

/* ---- staff ---- */

static void log_in(struct session *s)
{
    s->staff.chosen = (struct staff){ .id = "sanne", .name = "Sanne", .coach = "sanne" };
    s->staff.logged_in = s->staff.all = true;
}

static void staff_pages(struct scenes *all)
{
    static const char *const who[] = { "Annemarijke", "Mohammed-Amin", "Sanne", "Zehra", "Marieke",
                                       "Youssef" };
    struct session *s = plain(all, "staff", &scr_staff);

    for (size_t i = 0; i < ARRAY_LEN(who); i++) {
        struct staff *p = &s->staff.who[s->staff.n_who++];
        p->role = i == 4 ? STAFF_COORDINATOR : STAFF_COACH;
        snprintf(p->id, sizeof(p->id), "s%zu", i);
        snprintf(p->name, sizeof(p->name), "%s", who[i]);
    }
    s = plain(all, "staff.pin", &scr_staff);
    log_in(s);
    snprintf(s->staff.pin, sizeof(s->staff.pin), "123");
    s = plain(all, "staff.wrong", &scr_staff);
    log_in(s);
    s->staff.wrong = true;
    s = plain(all, "staff.locked", &scr_staff);
    log_in(s);
    s->staff.locked_s = 300;
}

static void queue_pages(struct scenes *all)
{
    struct session *s = plain(all, "queue.empty", &scr_queue);

    log_in(s);
    s->staff.n_rows = 0;
    s = plain(all, "queue", &scr_queue);
    log_in(s);
    CHECK_OK(scr_queue.load(s));
    snprintf(s->staff.rows[1].name, sizeof(s->staff.rows[1].name), "Maximiliana H.");
    s = plain(all, "queue.help", &scr_queue);
    log_in(s);
    CHECK_OK(scr_queue.load(s));
    s->staff.help_open = true;
    s->staff.help_state = HELP_SENT;
    s->staff.done.s[0] = '0';
    snprintf(s->staff.done_ticket, sizeof(s->staff.done_ticket), "A04");
    s->staff.undo_until = s->mono + 9 * SECOND_MS;
}

static struct session *visitor(struct scenes *all, const char *name, enum visit_state state)
{
    struct session *s = plain(all, name, &scr_queue);
    struct queue_line line = s->staff.rows[3].line;

    all->n--;
    s = &add(all, name, &scr_visitor)->s;
    log_in(s);
    line.state = state;
    s->staff.visitor = line.visit;
    s->staff.line = line;
    struct person *p = &s->staff.person;
    *p = somebody(3);
    snprintf(p->given, sizeof(p->given), "%s", LONG_GIVEN);
    snprintf(p->family, sizeof(p->family), "%s", LONG_FAMILY);
    snprintf(p->email, sizeof(p->email), "%s", LONG_EMAIL);
    return s;
}

static void visitor_pages(struct scenes *all)
{
    struct session *s = visitor(all, "visitor", VISIT_WAITING);

    s->staff.line.due = s->now + HOUR_MS;
    s = visitor(all, "visitor.called", VISIT_CALLED);
    s->staff.paper = PAPER_FAILED;
    s->staff.done.s[0] = '0';
    s->staff.undo_until = s->mono + 9 * SECOND_MS;
    visitor(all, "visitor.redirect", VISIT_IN_SERVICE)->staff.asking = STAFF_ASK_REDIRECT;
    visitor(all, "visitor.urgent", VISIT_WAITING)->staff.asking = STAFF_ASK_URGENT;
    visitor(all, "visitor.park", VISIT_IN_SERVICE)->staff.asking = STAFF_ASK_PARK;
    visitor(all, "visitor.remove", VISIT_WAITING)->staff.asking = STAFF_ASK_VOID;
    s = plain(all, "device", &scr_device);
    s->staff.health.free_bytes = 54000000000;
    s->staff.health.uploaded = s->now - 8 * HOUR_MS;
    s = plain(all, "device.box", &scr_device);
    s->staff.health.free_bytes = 54000000000;
    s->staff.health.uploaded = s->now - 34 * HOUR_MS;
    snprintf(s->staff.health.upload, sizeof(s->staff.health.upload), "tls.handshake");
    s->staff.box = (struct box_name){ "0.1.0+20260324.0912", "b" };
    log_in(s);
    s->staff.chosen.role = STAFF_ADMIN;
    s->staff.stick = true;
    s = plain(all, "device.stick", &scr_device);
    s->staff.health.free_bytes = 54000000000;
    s->staff.box = (struct box_name){ "0.1.0+20260324.0912", "a" };
    s->staff.stick_in = true;
    s = plain(all, "device.ill", &scr_device);
    s->staff.health.free_bytes = 1000000000;
    s->staff.health.clock_unsure = s->staff.health.storage_failed = true;
    s->staff.health.outbox_dead = 3;
    s->staff.paper = PAPER_FAILED;
    log_in(s);
    s->staff.chosen.role = STAFF_ADMIN;
    s->staff.stick = true;
}

/* Screens that were written since this list: at least as they open. */
static void other_pages(struct scenes *all)
{
    const struct screen *scr;

    for (size_t i = 0; (scr = screen_at(i)) != NULL; i++) {
        bool known = false;
        for (size_t j = 0; j < all->n; j++)
            known = known || all->v_all[j].screen == scr;
        if (known)
            continue;
        walking(all, scr->name, scr);
        if (scr->sheet)
            below(all, &scr_birth);
    }
}

void scenes_start(struct scenes *all)
{
    *all = (struct scenes){ .v_all = mem_calloc(SCENES_MAX, sizeof(struct scene)) };
    CHECK(all->v_all != NULL);
    furnish(&all->v);
    fill_house(&all->v);
    struct house *h = &all->v.house;
    struct arrival waits = walk_in(h->f, 9, TOPIC_SCHOOL);
    struct appointment_view view = book_at(h->f, 10, "school", "amin",
                                           at("2026-03-25T14:30:00+01:00"));

    first_pages(all);
    birth_pages(all);
    name_pages(all);
    way_out_pages(all);
    day_pages(all);
    contact_pages(all);
    check_pages(all);
    queue_tickets(all, &waits, &view);
    appointment_tickets(all, &view);
    side_pages(all);
    appointment_pages(all, &view);
    closed_pages(all);
    staff_pages(all);
    queue_pages(all);
    visitor_pages(all);
    other_pages(all);
}

void scenes_end(struct scenes *all)
{
    mem_free(all->v_all);
    visitor_end(&all->v);
}

/* ---- painting one ---- */

static void press(struct ui *ui, const char *id)
{
    const struct ui_widget *w = ui_widget_find(ui, id);
    if (!w)
        return; /* this keyboard has no such key */
    struct ui_pointer p = { .finger = 1, .phase = UI_DOWN, .x = w->box.x + w->box.w / 2,
                            .y = w->box.y + w->box.h / 2, .ms = 1000 };
    (void)ui_touch(ui, &p);
    p.phase = UI_UP;
    p.ms = 1040;
    (void)ui_touch(ui, &p);
}

enum err scene_paint(struct ui *ui, struct scene *scene, const struct stand *how)
{
    struct session *s = &scene->s;

    snprintf(s->prefs.lang, sizeof(s->prefs.lang), "%s", how->lang);
    s->prefs.theme = how->theme;
    s->prefs.large = how->large;
    s->prefs.lower = how->lower;
    ui_reset(ui);
    enum err e = screen_paint(ui, s, scene->screen, scene->below, &how->canvas);
    if (e != ERR_OK || !scene->key)
        return e;
    press(ui, scene->key);
    return screen_paint(ui, s, scene->screen, scene->below, &how->canvas);
}
