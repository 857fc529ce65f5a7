#include "ctl/person.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define PERSON_JSON_MAX (16 * 1024)

/* The fields as given, still text; NULL is "not given". */
struct typed {
    const char *given, *family, *birth, *municipality, *topic, *phone, *email, *lang;
};

static const struct typed_row {
    const char *name;
    size_t offset;
    bool whole; /* only of a whole person */
    bool must;
} rows[] = {
    { "given", offsetof(struct typed, given), false, false },
    { "family", offsetof(struct typed, family), false, true },
    { "birth", offsetof(struct typed, birth), false, true },
    { "municipality", offsetof(struct typed, municipality), true, true },
    { "topic", offsetof(struct typed, topic), true, true },
    { "phone", offsetof(struct typed, phone), true, false },
    { "email", offsetof(struct typed, email), true, false },
    { "lang", offsetof(struct typed, lang), true, false },
};

static const char **field_of(struct typed *t, const struct typed_row *row)
{
    return (const char **)(void *)((char *)t + row->offset);
}

static const struct typed_row *row_of(const char *name, bool whole)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (strcmp(rows[i].name, name) == 0 && (whole || !rows[i].whole))
            return &rows[i];
    return NULL;
}

/* From the flags. */
static enum program_status read_flags(struct ctl *c, bool whole, struct typed *t)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (rows[i].whole && !whole)
            continue;
        *field_of(t, &rows[i]) = ctl_text(c, rows[i].name);
        if (rows[i].must && !*field_of(t, &rows[i]))
            return ctl_misuse(c, "--%s is missing (or --person FILE)", rows[i].name);
    }
    if (!flow_simulated(c->flow))
        return ctl_refuse_why(c, NULL,
                              "flags show a person to the whole machine, so they work on a "
                              "simulated database only; use --person FILE or --person -");
    return PROGRAM_OK;
}

/* From the JSON object, which owns the texts. */
static enum program_status read_object(struct ctl *c, bool whole, json_t *object, struct typed *t)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        const struct typed_row *row = row_of(key, whole);
        if (!row)
            return ctl_refuse_why(c, "person", "a field that no person has here; known are "
                                  "given, family, birth%s",
                                  whole ? ", municipality, topic, phone, email, lang" : "");
        if (json_is_null(value))
            continue;
        if (!json_is_string(value))
            return ctl_refuse_why(c, "person", "%s must be a text", row->name);
        *field_of(t, row) = json_string_value(value);
    }
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].must && (whole || !rows[i].whole) && !*field_of(t, &rows[i]))
            return ctl_refuse_why(c, "person", "%s is missing", rows[i].name);
    return PROGRAM_OK;
}

static enum program_status read_file(struct ctl *c, const char *path, struct buf *text,
                                     json_t **ret_object)
{
    enum err e = buf_read_file(text, path);
    if (e != ERR_OK)
        return ctl_refuse_why(c, path, "%s", e == ERR_NOT_FOUND ? "no such file" : err_text(e));
    json_error_t at;
    json_t *object = json_loadb(text->v ? text->v : "", text->n, JSON_REJECT_DUPLICATES, &at);
    if (!json_is_object(object)) {
        json_decref(object);
        /* never the parser's own words: they quote the text */
        return ctl_refuse_why(c, path, "not one JSON object (line %d)", at.line);
    }
    *ret_object = object;
    return PROGRAM_OK;
}

static enum program_status fault(const struct ctl *c, enum person_field field, enum person_why why)
{
    return ctl_refuse_why(c, person_field_name(field), "%s", person_why_text(why));
}

static enum program_status set_name(const struct ctl *c, const struct typed *t, struct person *p)
{
    struct person_fault bad = person_set_name(p, t->given, t->family);
    if (bad.why != PERSON_FINE)
        return fault(c, bad.field, bad.why);
    if (t->given && !p->given[0]) /* given, but nothing in it */
        return fault(c, PERSON_GIVEN, PERSON_EMPTY);
    return PROGRAM_OK;
}

static bool fits(char *out, size_t n, const char *text)
{
    return (size_t)snprintf(out, n, "%s", text) < n;
}

static enum program_status set_rest(const struct ctl *c, const struct typed *t, struct person *p)
{
    if (civil_parse(t->birth, &p->birth) != ERR_OK)
        return fault(c, PERSON_BIRTH, PERSON_FORM);
    if (t->municipality && !fits(p->municipality, sizeof(p->municipality), t->municipality))
        return fault(c, PERSON_MUNICIPALITY, PERSON_FORM);
    if (t->topic && topic_of(t->topic, &p->topic) != ERR_OK)
        return fault(c, PERSON_TOPIC, PERSON_FORM);
    if (t->phone && phone_parse(t->phone, p->phone) != ERR_OK)
        return fault(c, PERSON_PHONE, PERSON_FORM);
    if (t->email && !fits(p->email, sizeof(p->email), t->email))
        return fault(c, PERSON_EMAIL, PERSON_LONG);
    if (!fits(p->lang, sizeof(p->lang), t->lang ? t->lang : "nl"))
        return fault(c, PERSON_LANG, PERSON_FORM);
    return PROGRAM_OK;
}

static enum program_status build(const struct ctl *c, bool whole, const struct typed *t,
                                 struct person *ret_person)
{
    struct person p = { .topic = TOPIC_UNSAID };
    enum program_status status = set_name(c, t, &p);
    if (status == PROGRAM_OK)
        status = set_rest(c, t, &p);
    struct person_fault bad = { 0 };
    if (status == PROGRAM_OK && whole)
        bad = person_check(&p, flow_today(c->flow));
    if (bad.why != PERSON_FINE)
        status = fault(c, bad.field, bad.why);
    if (status == PROGRAM_OK)
        *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return status;
}

enum program_status ctl_person(struct ctl *c, bool whole, struct person *ret_person)
{
    const char *path = ctl_text(c, "person");
    CLEANUP(buf_wipe) struct buf text = buf_make(PERSON_JSON_MAX);
    struct typed t = { 0 };
    json_t *object = NULL;
    enum program_status status;
    if (path) {
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
            if (ctl_given(c, rows[i].name))
                return ctl_misuse(c, "--person and --%s do not go together", rows[i].name);
        status = read_file(c, path, &text, &object);
        if (status == PROGRAM_OK)
            status = read_object(c, whole, object, &t);
    } else {
        status = read_flags(c, whole, &t);
    }
    if (status == PROGRAM_OK)
        status = build(c, whole, &t, ret_person);
    json_decref(object);
    return status;
}
