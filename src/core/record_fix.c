#include "core/record_fix.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct field {
    const char *key;
    size_t offset, size;
};
#define FIELD(key, member) \
    { key, offsetof(struct person, member), sizeof(((struct person *)0)->member) }
static const struct field fields[] = {
    FIELD("given", given),   FIELD("infix", infix),
    FIELD("family", family), FIELD("municipality", municipality),
    FIELD("phone", phone),   FIELD("email", email),
    FIELD("lang", lang),
};

enum err record_fix_to_json(const struct person *p, struct buf *out)
{
    char birth[CIVIL_DATE_SIZE];
    json_t *o = json_object();
    bool ok = o != NULL;

    civil_format(p->birth, birth);
    for (size_t i = 0; ok && i < ARRAY_LEN(fields); i++)
        ok = json_object_set_new(o, fields[i].key,
                                 json_string((const char *)p + fields[i].offset)) == 0;
    ok = ok && json_object_set_new(o, "birth", json_string(birth)) == 0 &&
         json_object_set_new(o, "topic", json_string(topic_name(p->topic))) == 0;
    char *text = ok ? json_dumps(o, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    json_decref(o);
    if (!text)
        return ERR_NOMEM;
    buf_adds(out, text);
    mem_wipe(text, strlen(text));
    free(text);
    return buf_err(out);
}

static bool read_person(const json_t *o, struct person *p)
{
    const char *birth = json_string_value(json_object_get(o, "birth"));
    const char *topic = json_string_value(json_object_get(o, "topic"));

    if (!birth || civil_parse(birth, &p->birth) != ERR_OK || !topic ||
        topic_of(topic, &p->topic) != ERR_OK)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        const json_t *v = json_object_get(o, fields[i].key);
        if (!json_is_string(v) || json_string_length(v) >= fields[i].size)
            return false;
        memcpy((char *)p + fields[i].offset, json_string_value(v), json_string_length(v) + 1);
    }
    return true;
}

enum err record_fix_read(const char *json, size_t n, struct person *ret_person)
{
    json_error_t why;
    json_t *o = json_loadb(json, n, JSON_REJECT_DUPLICATES, &why);
    if (!o)
        return json_error_code(&why) == json_error_out_of_memory ? ERR_NOMEM : ERR_FORMAT;
    struct person p = { 0 };
    bool ok = json_is_object(o) && read_person(o, &p);
    json_decref(o);
    if (ok)
        *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return ok ? ERR_OK : ERR_FORMAT;
}

enum err record_fix_apply(const char *json, size_t n, struct outbox_record *r)
{
    json_error_t why;
    json_t *o = json_loadb(json, n, JSON_REJECT_DUPLICATES, &why);
    if (!o)
        return json_error_code(&why) == json_error_out_of_memory ? ERR_NOMEM : ERR_FORMAT;
    struct outbox_record fixed = *r;
    bool ok = json_is_object(o) && read_person(o, &fixed.person) && record_check(&fixed) == ERR_OK;
    json_decref(o);
    if (ok)
        *r = fixed;
    mem_wipe(&fixed, sizeof(fixed));
    return ok ? ERR_OK : ERR_FORMAT;
}
