/*
 * tests/screens/visitor.h - somebody in front of the screen, without a screen: a
 * session on a house of its own, and letters that are all equally wide.
 */
#ifndef TESTS_SCREENS_VISITOR_H
#define TESTS_SCREENS_VISITOR_H

#include "screens/chrome.h"
#include "screens/journey.h"
#include "tests/flow/house.h"
#include "base/utf8.h"

struct visitor {
    struct house house;
    struct config config;
    struct host host;
    struct session s;
};

UNUSED static void visitor_start(struct visitor *v, const char *now)
{
    house_start(&v->house, now);
    config_defaults(&v->config);
    v->host = (struct host){ .flow = v->house.f, .config = &v->config, .device = "kiosk:1" };
    session_init(&v->s, &v->host);
    session_now(&v->s, clock_mono_ms(&v->house.clock));
}

UNUSED static void visitor_end(struct visitor *v)
{
    session_wipe(&v->s);
    house_end(&v->house);
}

UNUSED static void visitor_wait(struct visitor *v, int64_t ms)
{
    clock_advance(&v->house.clock, ms);
    session_now(&v->s, clock_mono_ms(&v->house.clock));
}

UNUSED static void arrive_at(struct visitor *v, const struct screen *scr)
{
    if (scr->enter)
        scr->enter(&v->s);
    if (scr->load)
        CHECK_OK(scr->load(&v->s));
}

UNUSED static struct nav tap(struct visitor *v, const struct screen *scr, const char *id)
{
    struct ui_action a = { .kind = UI_TAP };
    snprintf(a.id, sizeof(a.id), "%s", id);
    return screen_act(scr, &v->s, &a);
}

UNUSED static void type(struct visitor *v, const struct screen *scr, const char *text)
{
    for (; *text; text++) {
        struct ui_action a = { .kind = UI_TYPE, .id = "key", .text = { *text } };
        screen_act(scr, &v->s, &a);
    }
}

/* Everything that is asked before the day of an appointment. */
UNUSED static void answer(struct visitor *v)
{
    v->s.a = (struct answers){ .day = 17, .month = 5, .year = 2004, .given = "Noor",
                               .surname = "van den Berg", .named = true, .municipality = "1674",
                               .topic_said = true, .topic = TOPIC_SCHOOL, .way = CONTACT_NONE };
}

UNUSED static struct ui_extent even(void *ctx, struct ui_font font, bool rtl, const char *s,
                                    size_t n)
{
    int letters = 0;
    (void)ctx;
    (void)rtl;
    for (const char *at = s; at < s + n;)
        letters += utf8_next(&at, s + n) != UTF8_BAD;
    return (struct ui_extent){ letters * font.px / 2, font.px, font.px / 4 };
}

UNUSED static struct ui *paper(void)
{
    static const struct ui_metrics metrics = { NULL, even };
    struct ui *ui = NULL;
    CHECK_OK(ui_create(&metrics, &ui));
    return ui;
}

#endif
