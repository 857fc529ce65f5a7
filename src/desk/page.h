/*
 * src/desk/page.h - a page of the desk: one const struct in a file of its own.
 *
 * Handlers fill the reply; who may come, which methods there are and how much they may send
 * stands in the struct and is checked before a handler runs. A page calls flow and writes
 * HTML; it holds no rule of the house.
 */
#ifndef DESK_PAGE_H
#define DESK_PAGE_H

#include <jansson.h>

#include "desk/desk.h"
#include "desk/html.h"
#include "desk/session.h"

#define BODY_MAX_USUAL (16 * 1024)
#define REPLY_MAX (2 * 1024 * 1024)
#define QUERY_VALUE_SIZE 80

struct desk;
struct knock;
struct MHD_Connection;
struct MHD_Response;

enum { ROLE_COACH = 1u << STAFF_COACH, ROLE_COORDINATOR = 1u << STAFF_COORDINATOR,
       ROLE_ADMIN = 1u << STAFF_ADMIN };
#define ROLE_ALL (ROLE_COACH | ROLE_COORDINATOR | ROLE_ADMIN)
#define ROLE_LEAD (ROLE_COORDINATOR | ROLE_ADMIN)

struct request {
    struct MHD_Connection *connection;
    const struct page *page;
    const char *tail;        /* of a path that takes an id: what stands behind; else "" */
    char lang[4];            /* "nl" or "en" */
    char device[SESSION_DEVICE_SIZE];
    struct session *session; /* NULL only on pages for everybody */
    json_t *json;            /* the body of a POST: an object */
    bool post, quiet;        /* quiet: the page fetches by itself; no touch of a person */
    struct knock *knock;     /* of a login whose PIN is being checked, or was */
    bool part;               /* without head and navigation, to be put into a page */
};

struct reply {
    int status;                  /* 200 unless set */
    const char *type;            /* text/html unless set */
    struct buf body;
    struct MHD_Response *shared; /* lent: goes out instead of body */
    char cookie[220], lang_cookie[80];
    const char *location;        /* of a 303 */
    int retry_s;                 /* of a 429: Retry-After */
    bool streams;                /* the connection was taken over */
    bool waits;                  /* put aside: the handler is called again */
    char disposition[64];        /* of a download: "attachment; filename=..." */
};

struct page {
    const char *path;   /* "/roster"; with a closing slash it takes one more segment */
    unsigned roles;     /* who may; 0: everybody, also before logging in */
    size_t body_max;    /* of a POST; 0: BODY_MAX_USUAL */
    bool no_csrf;       /* the login, which has no session yet */
    bool any_device;    /* also without a certificate: the address itself is the secret */
    void (*get)(struct desk *d, struct request *r, struct reply *out);  /* NULL: 405 */
    void (*post)(struct desk *d, struct request *r, struct reply *out); /* NULL: 405 */
};

/* The page of a path, and what stands behind it; NULL: none. */
const struct page *page_find(const struct desk_face *face, const char *path,
                             const char **ret_tail);

/* For pages of another module: what its face brought along, and the desk's own database. */
void *desk_arg(const struct desk *d);
struct flow *desk_flow(struct desk *d);
/* A page changed what / shows: every open page hears it. */
void desk_changed(struct desk *d);

/* A value of the query, of QUERY_VALUE_SIZE at most and with letters, digits and -._:+ only;
 * NULL: not there, or not of that form. */
const char *request_arg(const struct request *r, const char *name);
const char *request_header(const struct request *r, const char *name);

/* Texts of a JSON body: NULL when not there or no text. */
const char *request_text(const struct request *r, const char *name);
/* The body has no other keys than these (spaces between). */
bool request_only(const struct request *r, const char *names);
int64_t request_int(const struct request *r, const char *name, int64_t otherwise);
bool request_flag(const struct request *r, const char *name);

/* Answers to a change: {"ok":true,...} and what went wrong, in words for people. */
void reply_json(struct reply *out, json_t *taken); /* takes the object over */
void reply_ok(struct reply *out);
void reply_err(struct reply *out, enum err e);
void reply_refuse(struct reply *out, int status, const char *code, const char *text);

#endif
