/*
 * tests/upload/house.h - a house with records to send, and a register to send them to.
 *
 * For the tests of the upload; the register is the stand-in of near.h.
 */
#ifndef TESTS_UPLOAD_HOUSE_H
#define TESTS_UPLOAD_HOUSE_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/record.h"
#include "store/outbox.h"
#include "store/outbox_send.h"
#include "tests/lib/check.h"
#include "tests/upload/near.h"
#include "upload/upload.h"

#define DAY 20778                               /* 2026-11-21 */
#define MORNING (INT64_C(20778) * DAY_MS + 9 * HOUR_MS)
#define NIGHT (MORNING + 14 * HOUR_MS)

__attribute__((constructor)) static inline void use_memory(void)
{
    check_in_memory(1);
}

/* A house with records to send, and a register to send them to. */
struct fixture {
    struct rng rng;
    struct ulid_maker ids;
    char path[256];
    struct store_options options;
    struct store *store;
    struct clock clock;
    struct register_settings settings;
    struct near near;
    struct upload_totals totals;
};

static inline void fill_in(struct fixture *f, enum register_profile profile, uint64_t seed)
{
    *f = (struct fixture){ .rng = rng_seeded(seed), .clock = clock_at(NIGHT) };
    f->settings = (struct register_settings){
        .profile = profile,
        .zaken_url = "https://register.example/zaken/api/v1",
        .catalogi_url = "https://register.example/catalogi/api/v1",
        .klantinteracties_url = "https://register.example/klantinteracties/api/v1",
        .client_id = "dynamo", .secret = "example-secret", .rsin = "123456782",
        .zaaktype = "DYNAMO-INLOOP", .channel = "kiosk", .actor = "a1b2c3d4-0000-4000-8000-000000000003" };
}

static inline void open_house(struct fixture *f, const char *name, const char *keys)
{
    snprintf(f->path, sizeof f->path, "%s/%s.db", check_tmpdir(), name);
    f->options = (struct store_options){ .path = f->path, .rng = &f->rng, .keys = STORE_KEYS_BOTH, .boot = "one",
                                         .keys_dir = keys };
    if (!keys)
        CHECK_OK(store_create(&f->options, true));
    CHECK_OK(store_open(&f->options, &f->store));
}

static inline void set_up_wide(struct fixture *f, enum register_profile profile, unsigned width, uint64_t seed)
{
    static int n;
    char name[40];
    fill_in(f, profile, seed);
    snprintf(name, sizeof name, "house%d", n++);
    open_house(f, name, NULL);
    near_open(&f->near, NIGHT, width, seed);
}

static inline void set_up(struct fixture *f, enum register_profile profile)
{
    set_up_wide(f, profile, 1, 1);
}

static inline void tear_down(struct fixture *f)
{
    near_close(&f->near);
    store_close(f->store);
    unlink(f->path);
}

static inline void append_body(struct fixture *f, const struct outbox_record *r, const char *body, size_t n)
{
    struct outbox_row row = { .seq = r->number, .id = r->id, .chain = r->chain, .place = r->seq,
                              .day = DAY, .event = r->when.at, .created = r->when.at };
    snprintf(row.kind, sizeof row.kind, "%s", record_kind_name(r->kind));
    CHECK_OK(store_outbox_append(f->store, &row, body, n));
}

/* Queues one record as flow does. */
static inline struct outbox_record queue(struct fixture *f, struct ulid chain, enum record_kind kind, utc_ms at)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CHECK_OK(store_begin(f->store, &tx));
    struct outbox_place place;
    CHECK_OK(store_outbox_place(f->store, &chain, at, &place));
    struct outbox_record r = {
        .kind = kind, .id = ulid_make(&f->ids, &f->rng, at), .chain = chain, .seq = place.place,
        .when = { place.event, 60 }, .kiosk = 1, .number = place.seq,
        .site_id = "roosendaal", .site_name = "Dynamo Roosendaal",
        .person = { .given = "Noor", .infix = "van der", .family = "Berg", .birth = 12555,
                    .municipality = "1674", .topic = TOPIC_SCHOOL, .phone = "+31612345678", .email = "noor@example.org" },
        .start = { MORNING + 4 * DAY_MS + (kind == RECORD_APPOINTMENT_CHANGED ? DAY_MS : 0), 60 },
        .notice_version = "3", .consent_given = true, .consent_by = "sms" };
    r.stop = (struct record_time){ r.start.at + 30 * MINUTE_MS, 60 };
    CLEANUP(buf_done) struct buf json = buf_make(OUTBOX_BODY_MAX);
    CHECK_OK(record_to_json(&r, &json));
    append_body(f, &r, buf_str(&json), json.n);
    CHECK_OK(store_commit(&tx));
    return r;
}

static inline struct ulid new_chain(struct fixture *f)
{
    return ulid_make(&f->ids, &f->rng, MORNING);
}

UNUSED static const enum record_kind walkin_day[] = { RECORD_WALKIN_REGISTERED, RECORD_PRIVACY_NOTICE_SHOWN,
                                               RECORD_CONSENT_REMINDER, RECORD_VISIT_REDIRECTED,
                                               RECORD_VISIT_ATTENDED };
UNUSED static const enum record_kind booked_day[] = { RECORD_APPOINTMENT_BOOKED, RECORD_APPOINTMENT_CHANGED,
                                               RECORD_APPOINTMENT_CANCELLED };
UNUSED static const enum record_kind missed_day[] = { RECORD_APPOINTMENT_BOOKED, RECORD_VISIT_NO_SHOW };

static inline void queue_chain(struct fixture *f, const enum record_kind *kinds, size_t n)
{
    struct ulid chain = new_chain(f);
    for (size_t i = 0; i < n; i++)
        (void)queue(f, chain, kinds[i], MORNING + (utc_ms)i * HOUR_MS);
}

/* Three visitors, every kind of record: ten records. */
static inline void queue_day(struct fixture *f)
{
    queue_chain(f, walkin_day, ARRAY_LEN(walkin_day));
    queue_chain(f, booked_day, ARRAY_LEN(booked_day));
    queue_chain(f, missed_day, ARRAY_LEN(missed_day));
}

/* What may be queued in a house that is copied. */
enum queued { THE_DAY, A_WALK_IN, A_BOOKING, A_NO_SHOW, QUEUED_COUNT };

static inline void queue_what(struct fixture *f, enum queued what)
{
    if (what == THE_DAY)
        queue_day(f);
    else if (what == A_WALK_IN)
        queue_chain(f, walkin_day, ARRAY_LEN(walkin_day));
    else if (what == A_BOOKING)
        queue_chain(f, booked_day, ARRAY_LEN(booked_day));
    else
        queue_chain(f, missed_day, ARRAY_LEN(missed_day));
}

/* The bytes of a closed house with that queued, made once; its keys are where *ret_keys says. */
static inline const struct buf *queued_house(enum queued what, const char **ret_keys)
{
    static struct buf files[QUEUED_COUNT];
    static char keys[QUEUED_COUNT][300];
    if (!files[what].n) {
        struct fixture first;
        char name[40];
        snprintf(name, sizeof name, "queued%d", (int)what);
        fill_in(&first, REGISTER_ZGW, 1);
        open_house(&first, name, NULL);
        queue_what(&first, what);
        store_close(first.store); /* folds the log in: the one file is all of it */
        snprintf(keys[what], sizeof keys[what], "%s.keys", first.path);
        files[what] = buf_make(16 * 1024 * 1024);
        CHECK_OK(buf_read_file(&files[what], first.path));
    }
    *ret_keys = keys[what];
    return &files[what];
}

/* A house with that queued, as a copy of one that was made before: thousands cost little. */
UNUSED static inline void set_up_queued(struct fixture *f, enum queued what, enum register_profile profile,
                                        unsigned width, uint64_t seed)
{
    const char *keys;
    char path[280];
    const struct buf *file = queued_house(what, &keys);
    snprintf(path, sizeof path, "%s/copy.db", check_tmpdir());
    FILE *out = fopen(path, "w");
    CHECK(out && fwrite(buf_str(file), 1, file->n, out) == file->n && fclose(out) == 0);
    fill_in(f, profile, seed);
    open_house(f, "copy", keys);
    near_open(&f->near, NIGHT, width, seed);
}

static inline enum err run_once(struct fixture *f)
{
    struct upload_options o = { .store = f->store, .clock = &f->clock, .rng = &f->rng, .port = &f->near.port,
                                .settings = &f->settings, .rate_per_s = 1000 };
    f->totals = (struct upload_totals){ 0 };
    return upload_run(&o, &f->totals);
}

/* A new process after a kill. */
static inline void restart(struct fixture *f)
{
    near_drop(&f->near);
    store_close(f->store);
    CHECK_OK(store_open(&f->options, &f->store));
}

/* Runs until nothing is due, restarting where a run was killed. No fault may last. */
static inline void run_to_the_end(struct fixture *f)
{
    for (int i = 0; i < 200; i++) {
        enum err e = run_once(f);
        if (e == ERR_NONE)
            return;
        if (f->near.killed) { /* a new process */
            CHECK(e == ERR_IO || f->totals.stopped);
            restart(f);
        } else {
            CHECK_OK(e);
        }
    }
    CHECK_FAIL("the outbox does not drain");
}

static inline int64_t count_of(const json_t *dump, const char *what)
{
    return json_integer_value(json_object_get(json_object_get(dump, "counts"), what));
}

static inline void check_counts(struct fixture *f, const char *const names[], const int64_t want[], size_t n)
{
    json_t *d = near_dump(&f->near);
    for (size_t i = 0; i < n; i++)
        if (count_of(d, names[i]) != want[i])
            CHECK_FAIL("%s: %lld, not %lld", names[i], (long long)count_of(d, names[i]), (long long)want[i]);
    json_decref(d);
}

/* The day is there, each of it once. */
static inline void check_held(struct fixture *f)
{
    static const char *const zgw[] = { "zaken", "rollen", "statussen", "zaakeigenschappen" };
    static const char *const klant[] = { "klantcontacten", "digitaleadressen", "internetaken" };
    if (f->settings.profile == REGISTER_ZGW)
        check_counts(f, zgw, (const int64_t[]){ 3, 6, 8, 4 }, 4);
    else
        check_counts(f, klant, (const int64_t[]){ 10, 6, 1 }, 3);
}

static inline void check_day_in_register(struct fixture *f)
{
    struct outbox_totals t;
    check_held(f);
    CHECK_OK(store_outbox_totals(f->store, &t));
    CHECK_INT(t.sent, 10);
    CHECK_INT(t.queued + t.waiting + t.dead + t.discarded, 0);
}

/* Statuses arrive in the order of their visit, whatever happened on the way. */
static inline void check_order(struct fixture *f)
{
    json_t *d = near_dump(&f->near), *zaak, *status;
    size_t i, k;
    json_array_foreach(json_object_get(d, "zaken"), i, zaak)
    {
        const char *last = "";
        json_array_foreach(json_object_get(zaak, "statussen"), k, status)
        {
            const char *at = json_string_value(json_object_get(status, "datumStatusGezet"));
            CHECK(strcmp(last, at) < 0);
            last = at;
        }
    }
    json_decref(d);
}

UNUSED static const enum register_profile profiles[] = { REGISTER_ZGW, REGISTER_KLANTINTERACTIES };

static inline struct outbox_row row_of(struct fixture *f, const struct outbox_record *r)
{
    struct outbox_row row;
    CHECK_OK(store_outbox_get(f->store, &r->id, &row));
    return row;
}

#endif
