#include "desk/page.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "desk/pages.h"
#include "desk/words.h"

static const struct page *const pages[] = {
    &page_day,    &page_board,  &page_events,       &page_act,         &page_names,
    &page_help,   &page_visit,  &page_walk_in,      &page_appointments, &page_appointment,
    &page_book,   &page_roster, &page_overview,     &page_upload,      &page_health,
    &page_metrics, &page_login, &page_logout,       &page_session,     &page_at_work,
    &page_clock,  &page_static,     &page_report,       &page_call_back,   &page_move_work,
    &page_audit,  &page_setup,      &page_staff,        &page_absence,     &page_feed,
    &page_calendar, &page_call,  &page_hours,
};

static const struct desk_link links[] = {
    { "/", NC_("navigation", "Today"), ROLE_ALL },
    { "/appointments", NC_("navigation", "Appointments"), ROLE_ALL },
    { "/roster", NC_("navigation", "Roster"), ROLE_ALL },
    { "/call-back", NC_("navigation", "Call back"), ROLE_ALL },
    { "/overview", NC_("navigation", "Overview"), ROLE_LEAD },
    { "/upload", NC_("navigation", "Register"), ROLE_ALL },
    { "/report", NC_("navigation", "Yearly report"), ROLE_LEAD },
    { "/setup", NC_("navigation", "Set-up"), ROLE_ADMIN },
};

const struct desk_face desk_house = { .pages = pages, .n_pages = ARRAY_LEN(pages),
                                      .links = links, .n_links = ARRAY_LEN(links) };

const struct page *page_find(const struct desk_face *face, const char *path,
                             const char **ret_tail)
{
    for (size_t i = 0; i < face->n_pages; i++) {
        const char *own = face->pages[i]->path;
        size_t n = strlen(own);
        bool takes = n > 1 && own[n - 1] == '/';
        bool fits = takes ? strncmp(path, own, n) == 0 && path[n] && !strchr(path + n, '/')
                          : strcmp(path, own) == 0;
        if (!fits)
            continue;
        *ret_tail = takes ? path + n : "";
        return face->pages[i];
    }
    return NULL;
}

const char *request_arg(const struct request *r, const char *name)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789-._:+";
    const char *v = MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, name);

    return v && *v && strlen(v) < QUERY_VALUE_SIZE && strspn(v, plain) == strlen(v) ? v : NULL;
}

const char *request_header(const struct request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

const char *request_text(const struct request *r, const char *name)
{
    return json_string_value(json_object_get(r->json, name));
}

int64_t request_int(const struct request *r, const char *name, int64_t otherwise)
{
    const json_t *v = json_object_get(r->json, name);

    return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

bool request_flag(const struct request *r, const char *name)
{
    return json_is_true(json_object_get(r->json, name));
}

bool request_only(const struct request *r, const char *names)
{
    const char *key;
    json_t *value;

    json_object_foreach(r->json, key, value) {
        size_t n = strlen(key);
        const char *at = names;
        while (at && !(strncmp(at, key, n) == 0 && (at[n] == ' ' || at[n] == '\0'))) {
            at = strchr(at, ' ');
            at = at ? at + 1 : NULL;
        }
        if (!at || n == 0)
            return false;
    }
    return true;
}

void reply_json(struct reply *out, json_t *taken)
{
    char *text = taken ? json_dumps(taken, JSON_COMPACT) : NULL;

    json_decref(taken);
    out->type = "application/json";
    buf_clear(&out->body);
    if (text)
        buf_adds(&out->body, text);
    else
        out->status = 503;
    free(text);
}

void reply_ok(struct reply *out)
{
    reply_json(out, json_pack("{s:b}", "ok", 1));
}

void reply_refuse(struct reply *out, int status, const char *code, const char *text)
{
    out->status = status;
    reply_json(out, json_pack("{s:b,s:s,s:s}", "ok", 0, "error", code, "text", text));
}

static int status_of(enum err e)
{
    switch ((int)e) {
    case ERR_INVAL:
    case ERR_FORMAT:
    case ERR_LIMIT:
    case ERR_AGE_LOW:
    case ERR_AGE_HIGH:
    case ERR_RANGE: return 422;
    case ERR_NOT_FOUND:
    case ERR_NONE: return 404;
    case ERR_DENIED: return 403;
    case ERR_LOCKED: return 429;
    case ERR_IO:
    case ERR_BUSY:
    case ERR_NOMEM: return 503;
    default: return 409;
    }
}

void reply_err(struct reply *out, enum err e)
{
    static const char *const codes[ERR_COUNT] = {
        [ERR_INVAL] = "invalid", [ERR_NOMEM] = "busy", [ERR_IO] = "storage",
        [ERR_FORMAT] = "invalid", [ERR_NOT_FOUND] = "not_found", [ERR_EXISTS] = "exists",
        [ERR_TAKEN] = "taken", [ERR_STALE] = "stale", [ERR_STATE] = "state",
        [ERR_CLOSED] = "closed", [ERR_AGE_LOW] = "too_young", [ERR_AGE_HIGH] = "too_old",
        [ERR_RANGE] = "range", [ERR_LIMIT] = "limit", [ERR_LOCKED] = "locked",
        [ERR_DENIED] = "denied", [ERR_BUSY] = "busy", [ERR_CLOCK] = "clock",
        [ERR_NONE] = "none", [ERR_CORRUPT] = "damaged",
    };

    reply_refuse(out, status_of(e), codes[e] ? codes[e] : "failed", words_err(e));
}
