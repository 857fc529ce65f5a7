/* What the case register must hear: outbox records, in the transaction of what they tell. */
#include <string.h>

#include "base/mem.h"
#include "flow/appointment.h"
#include "store/outbox.h"

#define NOTICE_VERSION "1"

static struct record_time time_of(const struct flow *f, utc_ms at)
{
    return at == 0 ? (struct record_time){ 0 }
                   : (struct record_time){ at, zone_offset_s(&f->zone, at) / 60 };
}

static void fill_names(const struct flow *f, const struct told *t, struct outbox_record *r)
{
    text_put(r->site_id, sizeof(r->site_id), f->roster.site.id);
    text_put(r->site_name, sizeof(r->site_name), f->roster.site.name);
    text_put(r->service_id, sizeof(r->service_id), t->service);
    text_put(r->coach_id, sizeof(r->coach_id), t->coach);
    int service = t->service ? roster_service_find(&f->roster, t->service) : -1;
    if (service >= 0)
        text_put(r->service_name, sizeof(r->service_name),
                 roster_service_label(&f->roster, service, "nl"));
    int coach = t->coach ? roster_coach_find(&f->roster, t->coach) : -1;
    if (coach >= 0)
        text_put(r->coach_name, sizeof(r->coach_name), f->roster.coaches[coach].name);
}

static enum err append(struct flow *f, const struct told *t, struct outbox_record *r)
{
    struct outbox_place place;
    enum err e = store_outbox_place(f->store, &t->chain, t->at, &place);
    if (e != ERR_OK)
        return e;
    r->kiosk = f->kiosk;
    r->seq = place.place;
    r->number = place.seq;
    r->when = time_of(f, place.event);
    CLEANUP(buf_wipe) struct buf json = buf_make(OUTBOX_BODY_MAX);
    e = record_to_json(r, &json);
    if (e != ERR_OK)
        return e;
    struct outbox_row row = { .seq = place.seq,
                              .id = r->id,
                              .chain = t->chain,
                              .place = place.place,
                              .day = f->date,
                              .event = place.event,
                              .created = f->now };
    text_put(row.kind, sizeof(row.kind), record_kind_name(r->kind));
    return store_outbox_append(f->store, &row, json.v, json.n);
}

static void wipe_record(struct outbox_record *r)
{
    mem_wipe(r, sizeof(*r));
}

enum err tell(struct flow *f, const struct told *t)
{
    CLEANUP(wipe_record) struct outbox_record r = { .kind = t->kind,
                                                    .id = ulid_make(&f->ids, f->rng, f->now),
                                                    .chain = t->chain,
                                                    .person = *t->person,
                                                    .start = time_of(f, t->start),
                                                    .stop = time_of(f, t->end),
                                                    .by_house = t->by_house };
    fill_names(f, t, &r);
    if (t->kind == RECORD_PRIVACY_NOTICE_SHOWN)
        text_put(r.notice_version, sizeof(r.notice_version), NOTICE_VERSION);
    if (t->kind == RECORD_CONSENT_REMINDER) {
        text_put(r.notice_version, sizeof(r.notice_version), REMINDER_VERSION);
        r.consent_given = !t->taken_back;
        text_put(r.consent_by, sizeof(r.consent_by), t->person->phone[0] ? "sms" : "email");
    }
    return append(f, t, &r);
}

enum err tell_notice(struct flow *f, const struct told *t)
{
    struct told more = *t;
    more.kind = RECORD_PRIVACY_NOTICE_SHOWN;
    return tell(f, &more);
}
