#include "desk/roster_edit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/roster_notes.h"
#include "desk/inside.h"
#include "desk/words.h"
#include "flow/desk.h"

#define CHANGES_SHOWN 60
#define HITS_SHOWN 100

enum err roster_edit_begin(struct desk *d, struct roster *ret)
{
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    enum err e = flow_roster_export(d->flow, &json);

    return e == ERR_OK ? roster_parse(buf_str(&json), json.n, &notes, ret) : e;
}

void roster_edit_seen(struct desk *d, char out[ROSTER_SEEN_SIZE])
{
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    uint64_t h = UINT64_C(0xcbf29ce484222325); /* FNV-1a: it only tells one from another */

    out[0] = '\0';
    if (!flow_roster(d->flow) || flow_roster_export(d->flow, &json) != ERR_OK)
        return;
    for (size_t i = 0; i < json.n; i++)
        h = (h ^ (unsigned char)json.v[i]) * UINT64_C(0x100000001b3);
    snprintf(out, ROSTER_SEEN_SIZE, "%016" PRIx64, h);
}

bool roster_edit_fresh(struct desk *d, const struct request *r)
{
    const char *told = request_text(r, "seen");
    char now[ROSTER_SEEN_SIZE];

    roster_edit_seen(d, now);
    return told && strcmp(told, now) == 0;
}

/* ---- what changes, in words ---- */

static const struct {
    const char *key;
    struct i18n_msg label;
} parts[] = {
    { "name", NC_("roster", "name") },
    { "role", NC_("roster", "role") },
    { "room", NC_("roster", "room") },
    { "services", NC_("roster", "subjects") },
    { "availability", NC_("roster", "working hours") },
    { "breaks", NC_("roster", "breaks") },
    { "exceptions", NC_("roster", "days off and extra days") },
    { "minutes", NC_("roster", "length of an appointment") },
    { "buffer_minutes", NC_("roster", "time between appointments") },
    { "book", NC_("roster", "booking") },
    { "walk_in", NC_("roster", "walking in") },
    { "topics", NC_("roster", "topics") },
    { "series", NC_("roster", "letter of the number") },
    { "default", NC_("roster", "subject for all else") },
    { "site", NC_("roster", "the house itself") },
    { "opening", NC_("roster", "opening hours") },
    { "rules", NC_("roster", "rules of the queue and of booking") },
};

static const char *part_label(const char *key)
{
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (strcmp(parts[i].key, key) == 0)
            return i18n_msg(parts[i].label);
    return key;
}

static void add_change(json_t *list, struct buf *text)
{
    if (json_array_size(list) < CHANGES_SHOWN)
        json_array_append_new(list, json_string(buf_str(text)));
}

static void say_change(json_t *list, const char *template, const char *name, const char *what)
{
    CLEANUP(buf_done) struct buf text = buf_make(600);

    i18n_format(&text, template, { "name", .value = name }, { "what", .value = what });
    add_change(list, &text);
}

static const json_t *with_id(const json_t *list, const char *id)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        if (strcmp(json_string_value(json_object_get(one, "id")), id) == 0)
            return one;
    }
    return NULL;
}

static const char *name_of(const json_t *o)
{
    const json_t *name = json_object_get(o, "name");

    return json_is_object(name) ? json_string_value(json_object_get(name, "nl"))
                                : json_string_value(name);
}

/* Of something with an id that is in both: which of its parts differ. */
static void same_id(json_t *list, const json_t *was, const json_t *is)
{
    CLEANUP(buf_done) struct buf what = buf_make(500);
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)is, key, value)
        if (!json_equal(value, json_object_get(was, key))) {
            buf_adds(&what, what.n ? ", " : "");
            buf_adds(&what, part_label(key));
        }
    if (what.n > 0)
        say_change(list, _("{name}: {what}"), name_of(is), buf_str(&what));
}

static void with_ids(json_t *list, const json_t *was, const json_t *is)
{
    for (size_t i = 0; i < json_array_size(is); i++) {
        const json_t *one = json_array_get(is, i);
        const json_t *old = with_id(was, json_string_value(json_object_get(one, "id")));
        if (old)
            same_id(list, old, one);
        else
            say_change(list, _("{name} is new"), name_of(one), "");
    }
    for (size_t i = 0; i < json_array_size(was); i++) {
        const json_t *one = json_array_get(was, i);
        if (!with_id(is, json_string_value(json_object_get(one, "id"))))
            say_change(list, _("{name} goes out of the roster"), name_of(one), "");
    }
}

static bool listed(const json_t *list, const json_t *one)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_equal(json_array_get(list, i), one))
            return true;
    return false;
}

static void closures(struct desk *d, json_t *list, const json_t *in, const json_t *from,
                     const char *template)
{
    for (size_t i = 0; i < json_array_size(in); i++) {
        const json_t *one = json_array_get(in, i);
        CLEANUP(buf_done) struct buf when = buf_make(200);
        civil_day first, last;
        if (listed(from, one) ||
            civil_parse(json_string_value(json_object_get(one, "from")), &first) != ERR_OK ||
            civil_parse(json_string_value(json_object_get(one, "to")), &last) != ERR_OK)
            continue;
        words_date(&when, d->flow, first);
        if (last != first) {
            buf_adds(&when, " – ");
            words_date(&when, d->flow, last);
        }
        say_change(list, template, buf_str(&when),
                   json_string_value(json_object_get(one, "reason")));
    }
}

static json_t *changes_between(struct desk *d, const json_t *was, const json_t *is)
{
    static const char *const whole[] = { "site", "opening", "exceptions", "rules" };
    json_t *list = json_array();

    with_ids(list, json_object_get(was, "coaches"), json_object_get(is, "coaches"));
    with_ids(list, json_object_get(was, "services"), json_object_get(is, "services"));
    const json_t *old = json_object_get(was, "closures"), *new = json_object_get(is, "closures");
    closures(d, list, new, old, _("closed {name}: {what}"));
    closures(d, list, old, new, _("open again {name} (was: {what})"));
    for (size_t i = 0; i < ARRAY_LEN(whole); i++)
        if (!json_equal(json_object_get(was, whole[i]), json_object_get(is, whole[i])))
            say_change(list, _("The house: {what}"), "", part_label(whole[i]));
    return list;
}

static enum err list_changes(struct desk *d, const struct roster *is, json_t **ret_list)
{
    CLEANUP(buf_done) struct buf old = buf_make(ROSTER_JSON_MAX), new = buf_make(ROSTER_JSON_MAX);
    enum err e = flow_roster(d->flow) ? flow_roster_export(d->flow, &old) : ERR_OK;

    if (e == ERR_OK)
        e = roster_print(is, &new);
    if (e != ERR_OK)
        return e;
    json_t *a = old.n ? json_loadb(old.v, old.n, 0, NULL) : json_object();
    json_t *b = json_loadb(new.v, new.n, 0, NULL);
    if (a && b)
        *ret_list = changes_between(d, a, b);
    json_decref(a);
    json_decref(b);
    return *ret_list ? ERR_OK : ERR_NOMEM;
}

/* ---- the answer ---- */

static json_t *list_hits(struct desk *d, const struct appointment_list *hit)
{
    json_t *list = json_array();

    for (size_t i = 0; i < hit->n && i < HITS_SHOWN; i++) {
        const struct appointment_view *a = &hit->v[i];
        CLEANUP(buf_done) struct buf text = buf_make(500);
        words_date(&text, d->flow, a->day);
        buf_addc(&text, ' ');
        words_clock(&text, d->flow, a->start);
        buf_addf(&text, " · %s · %s.", a->coach_name, a->initial);
        json_array_append_new(list, json_pack("{s:s,s:s}", "id", a->id.s, "text", buf_str(&text)));
    }
    return list;
}

static json_t *list_notes(const struct roster_notes *notes)
{
    json_t *list = json_array();

    for (size_t i = 0; i < notes->n; i++) {
        CLEANUP(buf_done) struct buf place = buf_make(200);
        roster_words_place(notes->v[i].pointer, &place);
        json_array_append_new(list, json_pack("{s:b,s:s,s:s,s:s}", "fault", notes->v[i].fault, "at",
                                              notes->v[i].pointer, "place", buf_str(&place), "text",
                                              roster_words_fault(notes->v[i].text)));
    }
    return list;
}

static void say_faults(const struct roster_notes *notes, struct reply *out)
{
    long n = (long)notes->n_faults;
    CLEANUP(buf_done) struct buf text = buf_make(300);

    i18n_format(&text, P_("{n} fault: nothing is stored.", "{n} faults: nothing is stored.", n),
                { "n", .number = n });
    out->status = 422;
    reply_json(out, json_pack("{s:b,s:b,s:s,s:o}", "ok", 0, "stored", 0, "text", buf_str(&text),
                              "notes", list_notes(notes)));
}

static void say_all(struct desk *d, const struct roster_notes *notes,
                    const struct appointment_list *hit, json_t *changes, bool stored,
                    struct reply *out)
{
    long n = (long)hit->n;
    CLEANUP(buf_done) struct buf text = buf_make(300);

    i18n_format(&text, stored ? P_("Stored. {n} appointment no longer fits.",
                                   "Stored. {n} appointments no longer fit.", n)
                              : P_("This is right. {n} appointment would no longer fit.",
                                   "This is right. {n} appointments would no longer fit.", n),
                { "n", .number = n });
    reply_json(out, json_pack("{s:b,s:b,s:s,s:o,s:o,s:o}", "ok", 1, "stored", stored, "text",
                              buf_str(&text), "notes", list_notes(notes), "changes", changes,
                              "hits", list_hits(d, hit)));
}

enum err roster_edit_text(struct desk *d, const char *json, bool keep, struct reply *out)
{
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    CLEANUP(roster_done) struct roster ro = { 0 };
    CLEANUP(appointment_list_done) struct appointment_list hit = { 0 };
    json_t *changes = NULL;
    enum err e = flow_roster_preview(d->flow, json, strlen(json), &notes, &ro, &hit);

    if (e == ERR_OK)
        e = list_changes(d, &ro, &changes);
    if (e == ERR_OK && keep) {
        roster_notes_done(&notes);
        e = flow_roster_import(d->flow, json, strlen(json), &notes);
    }
    if (e == ERR_OK)
        say_all(d, &notes, &hit, changes, keep, out);
    else
        json_decref(changes);
    if (e != ERR_FORMAT)
        return e;
    say_faults(&notes, out);
    return ERR_OK;
}

enum err roster_edit_end(struct desk *d, const struct roster *r, bool keep, struct reply *out)
{
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    enum err e = roster_print(r, &json);

    return e == ERR_OK ? roster_edit_text(d, buf_str(&json), keep, out) : e;
}
