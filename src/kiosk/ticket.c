#include "kiosk/ticket.h"

#include "screens/words.h"

static const char *house_name(const struct session *s)
{
    const struct roster *r = flow_roster(s->host->flow);
    return r ? r->site.name : "Dynamo";
}

static struct print_paper paper_of(const struct session *s)
{
    const struct config *c = s->host->config;
    return (struct print_paper){ .width_dots = c->printer.width_dots, .cut = c->printer.cut };
}

static struct print_ticket head(const struct ticket_paper *p)
{
    const struct session *s = p->session;

    i18n_use(s->prefs.lang);
    return (struct print_ticket){
        .rtl = i18n_current()->rtl,
        .house = house_name(s),
    };
}

static void number(const struct ticket_paper *p, struct print_ticket *t,
                   const struct queue_line *l)
{
    const struct session *s = p->session;

    t->label = _("Your number");
    t->number = l->ticket;
    t->date = words_moment(p->ui, s, s->now);
    if (l->state == VISIT_WAITING && l->wait.known)
        t->wait = words_wait(p->ui, true, l->wait);
    if (l->due)
        t->lines[0] = TELL(p->ui, _("Your appointment: {time} with {name}."),
                           ARG("time", words_time(p->ui, s, l->due)),
                           ARG("name", words_coach(s, l->coach)));
    t->advice[0] = _("Take a seat. We call your number.");
}

static void appointment(const struct ticket_paper *p, struct print_ticket *t)
{
    const struct session *s = p->session;
    const struct appointment_view *v = &s->booked;

    t->label = _("Your code");
    t->number = ui_fmt(p->ui, "%.4s\u00a0%s", v->code, v->code + 4);
    t->lines[0] = words_moment(p->ui, s, v->start);
    t->lines[1] = TELL(p->ui, _("with {name}"), ARG("name", v->coach_name));
    if (s->host->config->visit.house_address[0])
        t->lines[2] = s->host->config->visit.house_address;
    t->advice[0] = _("Keep your code.");
}

enum err ticket_print(const struct ticket_paper *p, struct buf *out)
{
    const struct session *s = p->session;
    struct print_ticket t = head(p);

    if (s->result == RESULT_QUEUED || s->result == RESULT_CHECKED_IN)
        number(p, &t, &s->arrival.line);
    else
        appointment(p, &t);
    t.qr = s->qr_text;
    t.qr_hint = _("Scan with your phone.");
    return print_ticket(&t, paper_of(s), p->painter, out);
}

enum err ticket_print_again(const struct ticket_paper *p, struct buf *out)
{
    struct print_ticket t = head(p);

    number(p, &t, &p->session->staff.line);
    return print_ticket(&t, paper_of(p->session), p->painter, out);
}

enum err ticket_print_test(const struct ticket_paper *p, struct buf *out)
{
    const struct session *s = p->session;
    const char *texts[] = { house_name(s), "Dynamo", "Zażółć gęślą jaźń", "مرحباً", "ትግርኛ" };

    return print_test_page(texts, ARRAY_LEN(texts), "Dynamo", paper_of(s), p->painter, out);
}
