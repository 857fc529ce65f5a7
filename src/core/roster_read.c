/* Reading a roster file: every object of it is one table of fields. */
#include <string.h>

#include "base/mem.h"
#include "core/roster_values.h"
#include "core/ticket.h"

/* An object of the file: its fields, and what it is before they are read. */
struct shape {
    const struct field *fields;
    size_t n_fields;
    size_t size;
    const void *blank;
    void (*after)(struct reader *rd, const struct roster_place *at, const json_t *json, void *out);
};

/* ---- objects and lists of them ---- */

static const struct field *find_field(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->n_fields; i++)
        if (strcmp(shape->fields[i].key, key) == 0)
            return &shape->fields[i];
    return NULL;
}

/* Reads into `out`, which holds the shape's blank. */
static void read_object(struct reader *rd, const struct roster_place *at, const json_t *json,
                        const struct shape *shape, void *out)
{
    const char *key;
    json_t *value;
    if (!json_is_object(json)) {
        roster_fault(rd->notes, at, "must be an object");
        return;
    }
    json_object_foreach((json_t *)json, key, value)
        if (!find_field(shape, key))
            roster_fault(rd->notes, &(struct roster_place){ at, key, 0 }, "is not known");
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        struct roster_place here = { at, f->key, 0 };
        value = json_object_get(json, f->key);
        if (value)
            f->read(rd, &here, value, f, (char *)out + f->offset);
        else if (!f->optional)
            roster_fault(rd->notes, &here, "is missing");
    }
    if (shape->after)
        shape->after(rd, at, json, out);
}

/* Makes a list; on a fault in an element the others are still read. *ret_n
 * grows as elements are made, so that what exists can always be freed. */
static void read_list(struct reader *rd, const struct roster_place *at, const json_t *json,
                      const struct shape *shape, size_t most, void *ret_v, size_t *ret_n)
{
    if (!json_is_array(json)) {
        roster_fault(rd->notes, at, "must be a list");
        return;
    }
    size_t n = json_array_size(json);
    if (n > most) {
        roster_fault(rd->notes, at, "has more than %zu entries", most);
        return;
    }
    char *v = mem_calloc(n + 1, shape->size);
    if (!v) {
        rd->no_memory = true;
        return;
    }
    memcpy(ret_v, &v, sizeof(v));
    for (size_t i = 0; i < n; i++) {
        struct roster_place here = { at, NULL, i };
        void *element = v + i * shape->size;
        memcpy(element, shape->blank, shape->size);
        *ret_n = i + 1;
        read_object(rd, &here, json_array_get(json, i), shape, element);
    }
}

#define FIELD(type, member) .offset = offsetof(struct type, member)
#define TIME(type, key_, member) \
    { .key = key_, .read = value_time, FIELD(type, member), .step = PIECE_MINUTES }
#define SHAPE(name, fields_, blank_, after_)                                                 \
    static const struct shape name = { fields_, ARRAY_LEN(fields_), sizeof(blank_), &blank_, \
                                       after_ }
#define LIST(fn, type, member, count, shape_, most_)                                             \
    static void fn(struct reader *rd, const struct roster_place *at, const json_t *json,         \
                   const struct field *f, void *out)                                             \
    {                                                                                            \
        struct type *owner = (struct type *)((char *)out - f->offset);                           \
        read_list(rd, at, json, &shape_, most_, &owner->member, &owner->count);                  \
    }

static const struct roster_hours blank_hours = { .every_weeks = 1,
                                                 .valid_to = CIVIL_DAY_FOREVER,
                                                 .open_for = OPEN_APPOINTMENT };
static const struct roster_closure blank_closure;
static const struct roster_break blank_break;
static const struct roster_exception blank_exception = { .kind = EXCEPTION_KIND_COUNT };
static const struct roster_service blank_service = { .series = TICKET_SERIES_DEFAULT };
static const struct roster_coach blank_coach;

#define HOURS_FIELDS                                                                            \
    { .key = "weekdays", .read = value_weekdays, FIELD(roster_hours, weekdays) },                \
        TIME(roster_hours, "from", span.from), TIME(roster_hours, "to", span.to),               \
        { .key = "every_weeks", .read = value_int, FIELD(roster_hours, every_weeks), .least = 1, \
          .most = 52, .step = 1, .optional = true },                                            \
        { .key = "valid_from", .read = value_date, FIELD(roster_hours, valid_from) },            \
        { .key = "valid_to", .read = value_date_or_null, FIELD(roster_hours, valid_to),          \
          .optional = true }

static const struct field opening_fields[] = {
    HOURS_FIELDS,
    { .key = "for", .read = value_open_for, FIELD(roster_hours, open_for) },
};
static const struct field availability_fields[] = { HOURS_FIELDS };

static const struct field closure_fields[] = {
    { .key = "from", .read = value_date, FIELD(roster_closure, from) },
    { .key = "to", .read = value_date, FIELD(roster_closure, to) },
    { .key = "reason", .read = value_text, FIELD(roster_closure, reason),
      .most = ROSTER_NAME_LETTERS, .size = ROSTER_NAME_SIZE },
};

static const struct field break_fields[] = {
    { .key = "weekdays", .read = value_weekdays, FIELD(roster_break, weekdays) },
    TIME(roster_break, "from", span.from),
    TIME(roster_break, "to", span.to),
};

static const struct field exception_fields[] = {
    { .key = "date", .read = value_date, FIELD(roster_exception, date) },
    { .key = "kind", .read = value_kind, FIELD(roster_exception, kind) },
    { .key = "from", .read = value_time, FIELD(roster_exception, span.from), .step = PIECE_MINUTES,
      .optional = true },
    { .key = "to", .read = value_time, FIELD(roster_exception, span.to), .step = PIECE_MINUTES,
      .optional = true },
    { .key = "override", .read = value_bool, FIELD(roster_exception, override), .optional = true },
};

/* Times belong to an extra or a replacement, override to an extra. */
static void after_exception(struct reader *rd, const struct roster_place *at, const json_t *json,
                            void *out)
{
    const struct roster_exception *e = out;
    static const char *const times[] = { "from", "to" };
    if (e->kind == EXCEPTION_KIND_COUNT) /* told already */
        return;
    for (size_t i = 0; i < ARRAY_LEN(times); i++) {
        struct roster_place here = { at, times[i], 0 };
        bool given = json_object_get(json, times[i]) != NULL;
        if (given && e->kind == EXCEPTION_CLOSED)
            roster_fault(rd->notes, &here, "does not belong to a closed day, which is whole");
        if (!given && e->kind != EXCEPTION_CLOSED)
            roster_fault(rd->notes, &here, "is missing");
    }
    if (json_object_get(json, "override") && e->kind != EXCEPTION_EXTRA)
        roster_fault(rd->notes, &(struct roster_place){ at, "override", 0 },
                     "belongs to an extra only");
}

SHAPE(opening_shape, opening_fields, blank_hours, NULL);
SHAPE(availability_shape, availability_fields, blank_hours, NULL);
SHAPE(closure_shape, closure_fields, blank_closure, NULL);
SHAPE(break_shape, break_fields, blank_break, NULL);
SHAPE(exception_shape, exception_fields, blank_exception, after_exception);

/* {"nl": "School", "en": "School"}: languages are its keys, so it has no shape. */
static void read_names(struct reader *rd, const struct roster_place *at, const json_t *json,
                       const struct field *f, void *out)
{
    struct roster_service *s = (struct roster_service *)((char *)out - f->offset);
    const struct field text = { .most = ROSTER_NAME_LETTERS, .size = ROSTER_NAME_SIZE };
    const char *lang;
    json_t *value;
    if (!json_is_object(json)) {
        roster_fault(rd->notes, at, "must be an object of languages");
        return;
    }
    json_object_foreach((json_t *)json, lang, value) {
        struct roster_place here = { at, lang, 0 };
        size_t n = strspn(lang, "abcdefghijklmnopqrstuvwxyz");
        if (n < 2 || n > 3 || lang[n] != '\0') {
            roster_fault(rd->notes, &here, "is no code of a language");
        } else if (s->n_names == ROSTER_LANGS_MAX) {
            roster_fault(rd->notes, &here, "is a language too many");
        } else {
            struct roster_text *name = &s->names[s->n_names++];
            memcpy(name->lang, lang, n + 1);
            value_text(rd, &here, value, &text, name->text);
        }
    }
    if (!json_object_get(json, "nl"))
        roster_fault(rd->notes, &(struct roster_place){ at, "nl", 0 }, "is missing");
}

static const struct field service_fields[] = {
    { .key = "id", .read = value_id, FIELD(roster_service, id) },
    { .key = "name", .read = read_names, FIELD(roster_service, names) },
    { .key = "series", .read = value_series, FIELD(roster_service, series), .optional = true },
    { .key = "minutes", .read = value_int, FIELD(roster_service, minutes), .least = 5, .most = 480,
      .step = 5 },
    { .key = "buffer_minutes", .read = value_int, FIELD(roster_service, buffer_minutes), .least = 0,
      .most = 120, .step = 5, .optional = true },
    { .key = "book", .read = value_bool, FIELD(roster_service, book) },
    { .key = "walk_in", .read = value_bool, FIELD(roster_service, walk_in) },
    { .key = "topics", .read = value_topics, FIELD(roster_service, topics) },
    { .key = "default", .read = value_bool, FIELD(roster_service, is_default), .optional = true },
};
SHAPE(service_shape, service_fields, blank_service, NULL);

LIST(read_availability, roster_coach, availability, n_availability, availability_shape,
     ROSTER_LIST_MAX)
LIST(read_breaks, roster_coach, breaks, n_breaks, break_shape, ROSTER_LIST_MAX)
LIST(read_coach_exceptions, roster_coach, exceptions, n_exceptions, exception_shape,
     ROSTER_LIST_MAX)

static const struct field coach_fields[] = {
    { .key = "id", .read = value_id, FIELD(roster_coach, id) },
    { .key = "name", .read = value_text, FIELD(roster_coach, name), .most = ROSTER_NAME_LETTERS,
      .size = ROSTER_NAME_SIZE },
    { .key = "role", .read = value_text, FIELD(roster_coach, role), .most = ROSTER_NAME_LETTERS,
      .size = ROSTER_NAME_SIZE },
    { .key = "room", .read = value_text, FIELD(roster_coach, room), .most = ROSTER_NAME_LETTERS,
      .size = ROSTER_NAME_SIZE },
    { .key = "services", .read = value_coach_services, FIELD(roster_coach, services) },
    { .key = "availability", .read = read_availability, FIELD(roster_coach, availability) },
    { .key = "breaks", .read = read_breaks, FIELD(roster_coach, breaks), .optional = true },
    { .key = "exceptions", .read = read_coach_exceptions, FIELD(roster_coach, exceptions),
      .optional = true },
};
SHAPE(coach_shape, coach_fields, blank_coach, NULL);

static const struct field site_fields[] = {
    { .key = "id", .read = value_id, FIELD(roster_site, id) },
    { .key = "name", .read = value_text, FIELD(roster_site, name), .most = ROSTER_NAME_LETTERS,
      .size = ROSTER_NAME_SIZE },
    { .key = "timezone", .read = value_timezone, FIELD(roster_site, timezone), .size = 65 },
    { .key = "municipality", .read = value_municipality, FIELD(roster_site, municipality),
      .size = MUNICIPALITY_SIZE },
};

#define RULE(name, least_, most_, step_)                                                    \
    { .key = #name, .read = value_int, FIELD(roster_rules, name), .least = least_,           \
      .most = most_, .step = step_, .optional = true }
static const struct field rule_fields[] = {
    RULE(step_minutes, 5, 240, 5),        RULE(lead_minutes, 0, 730 * DAY_MINUTES, 5),
    RULE(horizon_days, 0, 730, 1),        RULE(hold_seconds, 30, 900, 1),
    RULE(late_minutes, 0, 240, 1),        RULE(no_show_minutes, 0, 240, 1),
    RULE(starve_minutes, 0, 480, 1),      RULE(calls_before_missed, 1, 10, 1),
    RULE(recall_block_minutes, 0, 60, 1),
};

static void read_site(struct reader *rd, const struct roster_place *at, const json_t *json,
                      const struct field *f, void *out)
{
    (void)f;
    const struct shape shape = { .fields = site_fields, .n_fields = ARRAY_LEN(site_fields) };
    read_object(rd, at, json, &shape, out);
}

static void read_rules(struct reader *rd, const struct roster_place *at, const json_t *json,
                       const struct field *f, void *out)
{
    (void)f;
    const struct shape shape = { .fields = rule_fields, .n_fields = ARRAY_LEN(rule_fields) };
    read_object(rd, at, json, &shape, out);
}

static void read_version(struct reader *rd, const struct roster_place *at, const json_t *json,
                         const struct field *f, void *out)
{
    (void)f;
    (void)out;
    if (!json_is_integer(json) || json_integer_value(json) != ROSTER_VERSION)
        roster_fault(rd->notes, at, "must be %d, the version that this program reads",
                     ROSTER_VERSION);
}

LIST(read_opening, roster, opening, n_opening, opening_shape, ROSTER_LIST_MAX)
LIST(read_closures, roster, closures, n_closures, closure_shape, ROSTER_LIST_MAX)
LIST(read_services, roster, services, n_services, service_shape, ROSTER_SERVICES_MAX)
LIST(read_coaches, roster, coaches, n_coaches, coach_shape, ROSTER_COACHES_MAX)
LIST(read_site_exceptions, roster, exceptions, n_exceptions, exception_shape, ROSTER_LIST_MAX)

static const struct field roster_fields[] = {
    { .key = "version", .read = read_version },
    { .key = "site", .read = read_site, FIELD(roster, site) },
    { .key = "opening", .read = read_opening, FIELD(roster, opening) },
    { .key = "closures", .read = read_closures, FIELD(roster, closures) },
    { .key = "exceptions", .read = read_site_exceptions, FIELD(roster, exceptions),
      .optional = true },
    { .key = "services", .read = read_services, FIELD(roster, services) },
    { .key = "coaches", .read = read_coaches, FIELD(roster, coaches) },
    { .key = "rules", .read = read_rules, FIELD(roster, rules), .optional = true },
};

static void json_unref(json_t **json)
{
    json_decref(*json);
}

/* With faults in its values: what is wrong between its parts is told all the same. */
static enum err check_broken(const struct roster *r, struct roster_notes *notes)
{
    CLEANUP(roster_notes_done) struct roster_notes checked = { 0 };
    enum err e = roster_check(r, &checked);
    roster_notes_join(notes, &checked);
    return e == ERR_NOMEM || notes->no_memory ? ERR_NOMEM : ERR_FORMAT;
}

enum err roster_parse(const char *json, size_t n, struct roster_notes *notes,
                      struct roster *ret_roster)
{
    json_error_t error;
    if (n > ROSTER_JSON_MAX)
        return ERR_LIMIT;
    CLEANUP(json_unref) json_t *root = json_loadb(json, n, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        if (json_error_code(&error) == json_error_out_of_memory)
            return ERR_NOMEM;
        roster_fault(notes, NULL, "line %d, column %d: %s", error.line, error.column, error.text);
        return ERR_FORMAT;
    }
    CLEANUP(roster_done) struct roster r = { .rules = roster_default_rules() };
    struct reader rd = { .notes = notes, .roster = &r };
    const struct shape shape = { .fields = roster_fields, .n_fields = ARRAY_LEN(roster_fields) };
    read_object(&rd, NULL, root, &shape, &r);
    if (rd.no_memory || notes->no_memory)
        return ERR_NOMEM;
    enum err e = notes->n_faults > 0 ? check_broken(&r, notes) : roster_check(&r, notes);
    if (e == ERR_OK)
        *ret_roster = TAKE(r);
    return e;
}
