/* The canonical JSON of a roster: every key, in one order. */
#include <jansson.h>
#include <string.h>

#include "core/roster.h"

/* Adds to a list or object; no memory for it makes the whole NULL, which then
 * makes everything around it NULL too, up to the root. */
static void push(json_t **list, json_t *value)
{
    if (json_array_append_new(*list, value) != 0) {
        json_decref(*list);
        *list = NULL;
    }
}

static void put(json_t **object, const char *key, json_t *value)
{
    if (json_object_set_new(*object, key, value) != 0) {
        json_decref(*object);
        *object = NULL;
    }
}

static json_t *time_json(int minute)
{
    char text[HHMM_SIZE];
    hhmm_format(minute, text);
    return json_string(text);
}

static json_t *date_json(civil_day day)
{
    char text[CIVIL_DATE_SIZE];
    if (day == CIVIL_DAY_FOREVER)
        return json_null();
    civil_format(day, text);
    return json_string(text);
}

static const char *open_for_name(int bit)
{
    static const char *const names[] = { "walk_in", "appointment" };
    return bit < 2 ? names[bit] : NULL;
}

static const char *topic_bit_name(int bit)
{
    return topic_name((enum topic)bit);
}

/* The names of the bits that are set, lowest first. */
static json_t *set_json(unsigned set, const char *(*name_of)(int))
{
    json_t *list = json_array();
    for (int bit = 0; name_of(bit); bit++)
        if ((set >> bit & 1) != 0)
            push(&list, json_string(name_of(bit)));
    return list;
}

static json_t *hours_json(const struct roster_hours *h, bool opening)
{
    json_t *o = json_pack("{s:o,s:o,s:o}", "weekdays", set_json(h->weekdays, weekday_name), "from",
                          time_json(h->span.from), "to", time_json(h->span.to));
    if (opening)
        put(&o, "for", set_json(h->open_for, open_for_name));
    put(&o, "every_weeks", json_integer(h->every_weeks));
    put(&o, "valid_from", date_json(h->valid_from));
    put(&o, "valid_to", date_json(h->valid_to));
    return o;
}

static json_t *exceptions_json(const struct roster_exception *v, size_t n)
{
    static const char *const kinds[] = { "closed", "extra", "replace" };
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *o = json_pack("{s:o,s:s}", "date", date_json(v[i].date), "kind", kinds[v[i].kind]);
        if (v[i].kind != EXCEPTION_CLOSED) {
            put(&o, "from", time_json(v[i].span.from));
            put(&o, "to", time_json(v[i].span.to));
        }
        if (v[i].kind == EXCEPTION_EXTRA)
            put(&o, "override", json_boolean(v[i].override));
        push(&list, o);
    }
    return list;
}

static json_t *opening_json(const struct roster *r)
{
    json_t *list = json_array();
    for (size_t i = 0; i < r->n_opening; i++)
        push(&list, hours_json(&r->opening[i], true));
    return list;
}

static json_t *closures_json(const struct roster *r)
{
    json_t *list = json_array();
    for (size_t i = 0; i < r->n_closures; i++)
        push(&list, json_pack("{s:o,s:o,s:s}", "from",
                                              date_json(r->closures[i].from), "to",
                                              date_json(r->closures[i].to), "reason",
                                              r->closures[i].reason));
    return list;
}

static json_t *service_json(const struct roster_service *s)
{
    json_t *names = json_object();
    char series[2] = { s->series, '\0' };
    for (size_t i = 0; i < s->n_names; i++)
        put(&names, s->names[i].lang, json_string(s->names[i].text));
    return json_pack("{s:s,s:o,s:s,s:i,s:i,s:b,s:b,s:o,s:b}", "id", s->id, "name", names, "series",
                     series, "minutes", s->minutes, "buffer_minutes", s->buffer_minutes, "book",
                     s->book, "walk_in", s->walk_in, "topics", set_json(s->topics, topic_bit_name),
                     "default", s->is_default);
}

static json_t *coach_json(const struct roster *r, const struct roster_coach *c)
{
    json_t *services = json_array(), *hours = json_array(), *breaks = json_array();
    for (size_t i = 0; i < r->n_services; i++)
        if ((c->services >> i & 1) != 0)
            push(&services, json_string(r->services[i].id));
    for (size_t i = 0; i < c->n_availability; i++)
        push(&hours, hours_json(&c->availability[i], false));
    for (size_t i = 0; i < c->n_breaks; i++)
        push(&breaks,
                              json_pack("{s:o,s:o,s:o}", "weekdays",
                                        set_json(c->breaks[i].weekdays, weekday_name), "from",
                                        time_json(c->breaks[i].span.from), "to",
                                        time_json(c->breaks[i].span.to)));
    return json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:o,s:o}", "id", c->id, "name", c->name, "role",
                     c->role, "room", c->room, "services", services, "availability", hours,
                     "breaks", breaks, "exceptions",
                     exceptions_json(c->exceptions, c->n_exceptions));
}

static json_t *rules_json(const struct roster_rules *u)
{
    return json_pack("{s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i}", "step_minutes", u->step_minutes,
                     "lead_minutes", u->lead_minutes, "horizon_days", u->horizon_days,
                     "hold_seconds", u->hold_seconds, "late_minutes", u->late_minutes,
                     "no_show_minutes", u->no_show_minutes, "starve_minutes", u->starve_minutes,
                     "calls_before_missed", u->calls_before_missed, "recall_block_minutes",
                     u->recall_block_minutes);
}

static json_t *roster_json(const struct roster *r)
{
    json_t *services = json_array(), *coaches = json_array();
    for (size_t i = 0; i < r->n_services; i++)
        push(&services, service_json(&r->services[i]));
    for (size_t i = 0; i < r->n_coaches; i++)
        push(&coaches, coach_json(r, &r->coaches[i]));
    json_t *site = json_pack("{s:s,s:s,s:s,s:s}", "id", r->site.id, "name", r->site.name,
                             "timezone", r->site.timezone, "municipality", r->site.municipality);
    return json_pack("{s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "version", ROSTER_VERSION, "site", site,
                     "opening", opening_json(r), "closures", closures_json(r), "exceptions",
                     exceptions_json(r->exceptions, r->n_exceptions), "services", services,
                     "coaches", coaches, "rules", rules_json(&r->rules));
}

/* Our buffer remembers a failed write; jansson's own text buffer forgets one
 * inside a key (2.14) and would give a text with a hole. */
static int write_to_buf(const char *bytes, size_t n, void *out)
{
    struct buf *b = out;
    buf_add(b, bytes, n);
    return b->failed ? -1 : 0;
}

enum err roster_print(const struct roster *r, struct buf *out)
{
    json_t *root = roster_json(r);
    if (!root)
        return ERR_NOMEM;
    int written = json_dump_callback(root, write_to_buf, out, JSON_INDENT(2));
    json_decref(root);
    buf_addc(out, '\n');
    if (buf_err(out) != ERR_OK)
        return buf_err(out);
    return written == 0 ? ERR_OK : ERR_NOMEM;
}
