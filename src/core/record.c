#include "core/record.h"

#include <jansson.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "core/civil.h"
#include "core/municipality.h"

static const char *const kind_names[RECORD_KIND_COUNT] = {
    [RECORD_NONE] = "none",
    [RECORD_WALKIN_REGISTERED] = "walkin_registered",
    [RECORD_APPOINTMENT_BOOKED] = "appointment_booked",
    [RECORD_APPOINTMENT_CHANGED] = "appointment_changed",
    [RECORD_APPOINTMENT_CANCELLED] = "appointment_cancelled",
    [RECORD_VISIT_ATTENDED] = "visit_attended",
    [RECORD_VISIT_NO_SHOW] = "visit_no_show",
    [RECORD_VISIT_REDIRECTED] = "visit_redirected",
    [RECORD_PRIVACY_NOTICE_SHOWN] = "privacy_notice_shown",
    [RECORD_CONSENT_REMINDER] = "consent_reminder",
};

const char *record_kind_name(enum record_kind kind)
{
    return kind > RECORD_NONE && kind < RECORD_KIND_COUNT ? kind_names[kind] : kind_names[0];
}

enum record_kind record_kind_of(const char *name)
{
    for (int k = RECORD_NONE + 1; k < RECORD_KIND_COUNT; k++)
        if (strcmp(name, kind_names[k]) == 0)
            return (enum record_kind)k;
    return RECORD_NONE;
}

bool record_opens_chain(const struct outbox_record *r)
{
    return r->seq == 1;
}

/* ---- instants ---- */

#define TO_SECONDS 19 /* letters of "2026-11-21T10:15:02" */
_Static_assert(RFC3339_SIZE + 4 <= RECORD_TIME_SIZE, "the thousandths fit");

void record_time_text(struct record_time t, bool ms, char out[RECORD_TIME_SIZE])
{
    rfc3339_format(t.at, t.offset_min * 60, out);
    if (!ms)
        return;
    int part = (int)((t.at % SECOND_MS + SECOND_MS) % SECOND_MS);
    char *offset = out + TO_SECONDS;
    memmove(offset + 4, offset, strlen(offset) + 1);
    offset[0] = '.';
    offset[1] = (char)('0' + part / 100);
    offset[2] = (char)('0' + part / 10 % 10);
    offset[3] = (char)('0' + part % 10);
}

/* The offset that a valid RFC 3339 text ends in, in minutes. */
static int offset_of(const char *s)
{
    size_t n = strlen(s);
    if (n < 6 || s[n - 3] != ':')
        return 0;
    const char *p = s + n - 6;
    int minutes = ((p[1] - '0') * 10 + p[2] - '0') * 60 + (p[4] - '0') * 10 + p[5] - '0';
    return p[0] == '-' ? -minutes : minutes;
}

enum err record_time_parse(const char *s, struct record_time *ret)
{
    utc_ms at;
    if (rfc3339_parse(s, &at) != ERR_OK)
        return ERR_FORMAT;
    *ret = (struct record_time){ at, offset_of(s) };
    return ERR_OK;
}

/* ---- the rules ---- */

/* Text fields of a record: their keys, also as they stand in JSON, their place, and whether every
 * record has one. */
struct json_key {
    const char *text;
    size_t n;
};
struct field {
    const char *key;
    struct json_key json;
    size_t offset, size;
    bool always;
};

/* Of a literal without a letter that JSON escapes: with what stands round it. */
#define IN_JSON(key) { ",\"" key "\":", sizeof(",\"" key "\":") - 1 }
#define KEY(key) ((struct json_key)IN_JSON(key))
#define FIELD(key, member, always)                                                                 \
    { key, IN_JSON(key), offsetof(struct outbox_record, member),                                   \
      sizeof(((struct outbox_record *)0)->member), always }

static const struct field fields[] = {
    FIELD("site", site_id, true),
    FIELD("site_name", site_name, true),
    FIELD("service", service_id, false),
    FIELD("service_name", service_name, false),
    FIELD("coach", coach_id, false),
    FIELD("coach_name", coach_name, false),
    FIELD("given", person.given, false),
    FIELD("infix", person.infix, false),
    FIELD("family", person.family, true),
    FIELD("phone", person.phone, false),
    FIELD("email", person.email, false),
    FIELD("lang", person.lang, false),
    FIELD("municipality", person.municipality, true),
    FIELD("notice_version", notice_version, false),
    FIELD("consent_by", consent_by, false),
};

static bool fields_valid(const struct outbox_record *r)
{
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        const char *s = (const char *)r + fields[i].offset;
        size_t n = strnlen(s, fields[i].size);
        if (n == fields[i].size || !utf8_valid(s, n) || (fields[i].always && n == 0))
            return false;
    }
    return true;
}

static bool time_valid(struct record_time t)
{
    return t.at > 0 && t.offset_min > -1440 && t.offset_min < 1440;
}

static bool kind_valid(const struct outbox_record *r)
{
    switch (r->kind) {
    case RECORD_APPOINTMENT_BOOKED:
    case RECORD_APPOINTMENT_CHANGED:
        return time_valid(r->start) && time_valid(r->stop) && r->start.at < r->stop.at;
    case RECORD_APPOINTMENT_CANCELLED:
        return time_valid(r->start);
    case RECORD_PRIVACY_NOTICE_SHOWN:
        return r->notice_version[0] != '\0';
    case RECORD_WALKIN_REGISTERED:
    case RECORD_VISIT_ATTENDED:
    case RECORD_VISIT_NO_SHOW:
    case RECORD_VISIT_REDIRECTED:
    case RECORD_CONSENT_REMINDER:
        return true;
    case RECORD_NONE:
    case RECORD_KIND_COUNT:
        break;
    }
    return false;
}

enum err record_check(const struct outbox_record *r)
{
    bool ok = kind_valid(r) && fields_valid(r) && ulid_valid(r->id.s) && ulid_valid(r->chain.s) &&
              r->seq >= 1 && time_valid(r->when) && r->kiosk >= 1 && r->kiosk <= 99 &&
              r->number >= 0 && r->number <= 99999999 && topic_name(r->person.topic) &&
              r->person.birth != CIVIL_DAY_NONE && municipality_code_valid(r->person.municipality);
    return ok ? ERR_OK : ERR_INVAL;
}

/* ---- JSON ---- */

static void put_text(struct buf *out, struct json_key key, const char *text)
{
    buf_add(out, key.text, key.n);
    buf_add_json(out, text);
}

/* `v` is not negative. */
static void put_int(struct buf *out, struct json_key key, int64_t v)
{
    char text[20];
    size_t at = sizeof(text);
    do
        text[--at] = (char)('0' + v % 10);
    while ((v /= 10) > 0);
    buf_add(out, key.text, key.n);
    buf_add(out, text + at, sizeof(text) - at);
}

static void put_flag(struct buf *out, struct json_key key, bool on)
{
    buf_add(out, key.text, key.n);
    buf_adds(out, on ? "true" : "false");
}

static void put_time(struct buf *out, struct json_key key, struct record_time t)
{
    char text[RECORD_TIME_SIZE];
    if (t.at == 0)
        return;
    record_time_text(t, true, text);
    put_text(out, key, text);
}

/* Written by hand: every visitor waits for it, and a tree of objects costs ten times as much. */
static void put_record(struct buf *out, const struct outbox_record *r)
{
    buf_adds(out, "{\"kind\":");
    buf_add_json(out, record_kind_name(r->kind));
    put_text(out, KEY("id"), r->id.s);
    put_text(out, KEY("chain"), r->chain.s);
    put_int(out, KEY("seq"), r->seq);
    put_time(out, KEY("when"), r->when);
    put_int(out, KEY("kiosk"), r->kiosk);
    if (r->number > 0)
        put_int(out, KEY("number"), r->number);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        const char *s = (const char *)r + fields[i].offset;
        if (s[0] != '\0')
            put_text(out, fields[i].json, s);
    }
    char birth[CIVIL_DATE_SIZE];
    civil_format(r->person.birth, birth);
    put_text(out, KEY("birth"), birth);
    put_text(out, KEY("topic"), topic_name(r->person.topic));
    put_time(out, KEY("start"), r->start);
    put_time(out, KEY("stop"), r->stop);
    if (r->by_house)
        put_flag(out, KEY("by_house"), true);
    if (r->kind == RECORD_CONSENT_REMINDER)
        put_flag(out, KEY("consent_given"), r->consent_given);
    buf_addc(out, '}');
}

enum err record_to_json(const struct outbox_record *r, struct buf *out)
{
    enum err e = record_check(r);
    if (e)
        return e;
    put_record(out, r);
    return buf_err(out);
}

static bool get_time(const json_t *o, const char *key, struct record_time *ret)
{
    const json_t *v = json_object_get(o, key);
    return !v || (json_is_string(v) && record_time_parse(json_string_value(v), ret) == ERR_OK);
}

static bool get_int(const json_t *o, const char *key, int64_t max, int64_t *ret)
{
    const json_t *v = json_object_get(o, key);
    if (v && (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > max))
        return false;
    *ret = v ? json_integer_value(v) : 0;
    return true;
}

static bool get_fields(const json_t *o, struct outbox_record *r)
{
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        const json_t *v = json_object_get(o, fields[i].key);
        if (!v)
            continue;
        size_t n = json_is_string(v) ? json_string_length(v) : fields[i].size;
        if (n >= fields[i].size)
            return false;
        memcpy((char *)r + fields[i].offset, json_string_value(v), n);
    }
    return true;
}

static bool from_object(const json_t *o, struct outbox_record *r)
{
    const char *kind = json_string_value(json_object_get(o, "kind"));
    const char *birth = json_string_value(json_object_get(o, "birth"));
    const char *topic = json_string_value(json_object_get(o, "topic"));
    int64_t seq, kiosk;
    bool ok = kind && birth && civil_parse(birth, &r->person.birth) == ERR_OK && topic &&
              topic_of(topic, &r->person.topic) == ERR_OK && get_fields(o, r) && get_int(o, "seq", INT32_MAX, &seq) &&
              get_int(o, "kiosk", 99, &kiosk) && get_int(o, "number", 99999999, &r->number) &&
              get_time(o, "when", &r->when) && get_time(o, "start", &r->start) &&
              get_time(o, "stop", &r->stop);
    if (!ok)
        return false;
    r->kind = record_kind_of(kind);
    r->id = ulid_of(json_string_value(json_object_get(o, "id")));
    r->chain = ulid_of(json_string_value(json_object_get(o, "chain")));
    r->seq = (int)seq;
    r->kiosk = (int)kiosk;
    r->by_house = json_is_true(json_object_get(o, "by_house"));
    r->consent_given = json_is_true(json_object_get(o, "consent_given"));
    return record_check(r) == ERR_OK;
}

enum err record_from_json(const char *json, size_t n, struct outbox_record *ret)
{
    json_error_t why;
    json_t *o = json_loadb(json, n, JSON_REJECT_DUPLICATES, &why);
    if (!o)
        return json_error_code(&why) == json_error_out_of_memory ? ERR_NOMEM : ERR_FORMAT;
    struct outbox_record r = { 0 };
    bool ok = json_is_object(o) && from_object(o, &r);
    json_decref(o);
    if (ok)
        *ret = r;
    mem_wipe(&r, sizeof r);
    return ok ? ERR_OK : ERR_FORMAT;
}
