/*
 * tests/register/sample.h - one fictitious visitor and settings for both profiles.
 */
#ifndef TESTS_REGISTER_SAMPLE_H
#define TESTS_REGISTER_SAMPLE_H

#include <stdio.h>

#include "core/record.h"
#include "register/settings.h"
#include "register/types.h"

#define SAMPLE_CHAIN "01KAKZ3W9T4V8Q2M6R5H7C1XGB"
#define SAMPLE_RECORD "01KAKZ3W9T4V8Q2M6R5H7C1X11"
#define SAMPLE_ZAAK_KEY "DYN-01-" SAMPLE_CHAIN
#define SAMPLE_ZAAK "https://register.example/zaken/api/v1/zaken/6f1d3c1e-6f0a-4c53-9d57-2f6f6f5a9b10"
#define SAMPLE_CONTACT \
    "https://register.example/klantinteracties/api/v1/klantcontacten/a1b2c3d4-0000-4000-8000-000000000001"

static inline struct register_settings sample_settings(enum register_profile profile)
{
    return (struct register_settings){
        .profile = profile,
        .zaken_url = "https://register.example/zaken/api/v1",
        .catalogi_url = "https://register.example/catalogi/api/v1",
        .klantinteracties_url = "https://register.example/klantinteracties/api/v1",
        .client_id = "dynamo",
        .secret = "example-secret",
        .rsin = "123456782",
        .zaaktype = "DYNAMO-INLOOP",
        .channel = "kiosk",
        .actor = "a1b2c3d4-0000-4000-8000-000000000003",
    };
}

/* A walk-in that opens its chain when kind says so, else the second record of it. */
static inline struct outbox_record sample_record(enum record_kind kind)
{
    bool opens = kind == RECORD_WALKIN_REGISTERED;
    return (struct outbox_record){
        .kind = kind,
        .id = ulid_of(opens ? SAMPLE_CHAIN : SAMPLE_RECORD),
        .chain = ulid_of(SAMPLE_CHAIN),
        .seq = opens ? 1 : 2,
        .when = { INT64_C(1795252502417), 60 }, /* 2026-11-21T10:15:02.417+01:00 */
        .kiosk = 1,
        .number = 123,
        .site_id = "roosendaal",
        .site_name = "Dynamo Roosendaal",
        .person = { .given = "Noor", .infix = "van der", .family = "Berg", .birth = 12555,
                    .municipality = "1674", .topic = TOPIC_SCHOOL, .phone = "+31612345678",
                    .email = "noor@example.org", .lang = "nl" },
        .start = { INT64_C(1795611600000), 60 }, /* 2026-11-25T14:00:00+01:00 */
        .stop = { INT64_C(1795613400000), 60 },
        .notice_version = "3",
        .consent_given = true,
        .consent_by = "sms",
    };
}

static inline struct register_types sample_types(void)
{
    static const char *const parts[TYPE_COUNT] = {
        [TYPE_ZAAK] = "zaaktypen/0a6f5c52-1f0e-4b7c-8a5e-3b9d1c7e2f01",
        [TYPE_STATUS_REGISTERED] = "statustypen/1b7e2f01-0a6f-4c52-9f0e-000000000001",
        [TYPE_STATUS_BOOKED] = "statustypen/1b7e2f01-0a6f-4c52-9f0e-000000000002",
        [TYPE_STATUS_CANCELLED] = "statustypen/1b7e2f01-0a6f-4c52-9f0e-000000000003",
        [TYPE_STATUS_ATTENDED] = "statustypen/1b7e2f01-0a6f-4c52-9f0e-000000000004",
        [TYPE_STATUS_NO_SHOW] = "statustypen/1b7e2f01-0a6f-4c52-9f0e-000000000005",
        [TYPE_ROL_INITIATOR] = "roltypen/2c8f3a12-1b7e-4d63-8a1f-000000000001",
        [TYPE_ROL_BEHANDELAAR] = "roltypen/2c8f3a12-1b7e-4d63-8a1f-000000000002",
        [TYPE_PROP_APPOINTMENT] = "eigenschappen/3d9a4b23-2c8f-4e74-9b2a-000000000001",
        [TYPE_PROP_NOTICE] = "eigenschappen/3d9a4b23-2c8f-4e74-9b2a-000000000002",
        [TYPE_PROP_REMINDER] = "eigenschappen/3d9a4b23-2c8f-4e74-9b2a-000000000003",
    };
    struct register_types t;
    for (int i = 0; i < TYPE_COUNT; i++)
        snprintf(t.url[i], sizeof t.url[i], "https://register.example/catalogi/api/v1/%s", parts[i]);
    return t;
}

#endif
