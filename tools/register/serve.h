/*
 * tools/register/serve.h - one request to the stand-in, and its reply.
 *
 * Handlers see a struct call and give a struct reply; they know nothing of
 * sockets or faults. Addresses in what is stored and replied stand as paths
 * ("/zaken/api/v1/zaken/UUID"); the host that the client asked for is put in
 * front when the reply is written, as the real register does it.
 */
#ifndef TOOLS_REGISTER_SERVE_H
#define TOOLS_REGISTER_SERVE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/clock.h"
#include "base/rng.h"
#include "db.h"
#include "fault.h"

#define ZAKEN "/zaken/api/v1"
#define CATALOGI "/catalogi/api/v1"
#define KLANT "/klantinteracties/api/v1"

#define UUID_SIZE 37

struct server_options {
    const char *client_id, *secret; /* of the JWT */
    const char *token;              /* of Klantinteracties */
    const char *rsin;               /* bronorganisatie that it takes; others are refused */
    const char *cert_file, *key_file, *client_ca_file; /* TLS; NULL: plain */
    bool old_klant; /* an Open Klant before 2.16, which does not keep a referentienummer */
    bool two_versions; /* of the zaaktype: the first ended with 2024 */
    const char *scopes;   /* of the JWT's client, words with commas; NULL: all that a kiosk needs */
    const char *channels; /* the values of kanaal that it takes, likewise; NULL: any */
};

struct server {
    struct db db;
    struct server_options options;
    struct fault_plan faults;
    struct clock clock; /* simulated with --now: follows the newest token */
    struct rng rng;
    volatile bool ending;
};

struct MHD_Connection;

#define SEGMENTS_MAX 2

struct call {
    const char *method, *path;
    char uuid[SEGMENTS_MAX][UUID_SIZE]; /* the "*" of the route */
    json_t *body;                       /* an object, or NULL for none or broken JSON */
    struct MHD_Connection *connection;
};

/* A query argument or a header, or NULL. Whoever brings the requests defines these
 * two: serve.c for HTTP, a test for its own port. */
const char *call_arg(const struct call *c, const char *name);
const char *call_header(const struct call *c, const char *name);

struct reply {
    int status;
    json_t *body; /* owned by whoever has the reply */
};

typedef struct reply handler(struct server *s, struct call *c);

struct route {
    const char *method, *path; /* "*" matches a uuid */
    handler *run;
};

extern const struct route catalogi_routes[], zaken_routes[], klant_routes[]; /* end with NULL */

/* The register's own look at who asks; a reply with status 0 lets the call in. */
struct reply auth_check(struct server *s, const struct call *c);

/* True when the client holds one of these scopes, "zaken.aanmaken,zaken.bijwerken". */
bool auth_holds(const struct server *s, const char *scopes);

struct reply dump(struct server *s); /* GET /_dump */

/* One request from credentials to commit; all or nothing. */
struct reply route_answer(struct server *s, struct call *c);
/* Puts `base`, "http://127.0.0.1:4020", before every address of ours in the value. */
void route_with_host(json_t *v, const char *base);

/* ---- replies ---- */

struct reply reply_ok(int status, json_t *body);
/* problem+json; code and title are those of the real register. */
struct reply reply_problem(struct server *s, int status, const char *code, const char *title);
/* {count, next, previous, results} of the page asked for; takes the list over. */
struct reply reply_page(const struct call *c, json_t *all);
struct reply reply_not_found(struct server *s);

/* ---- the faults of a body, gathered into one 400 ---- */

struct faults {
    json_t *params; /* NULL: none yet */
};

void fault_note(struct faults *f, const char *name, const char *code, const char *reason);
/* Status 0 when there are none. */
struct reply faults_reply(struct server *s, struct faults *f);

/* ---- checks of fields; each notes what is wrong and gives the text or NULL ---- */

enum need { OPTIONAL, REQUIRED };
const char *check_text(struct faults *f, const json_t *o, const char *name, size_t max,
                       enum need need);
void check_bool(struct faults *f, const json_t *o, const char *name, enum need need);
void check_choice(struct faults *f, const json_t *o, const char *name, const char *choices,
                  enum need need);
void check_rsin(struct faults *f, const json_t *o, const char *name, enum need need);
/* A date not after today, when `past`. */
void check_date(struct server *s, struct faults *f, const json_t *o, const char *name,
                enum need need, bool past);
/* One of a list of words with commas; a NULL list takes any. */
void check_listed(struct faults *f, const json_t *o, const char *name, const char *words);
/* Letters, digits, _ and - only; an absent or empty one is well. */
void check_slug(struct faults *f, const json_t *o, const char *name);
/* RFC 3339, not in the future; gives milliseconds or -1. */
utc_ms check_instant(struct server *s, struct faults *f, const json_t *o, const char *name,
                     enum need need);
/* Whether a list of words with commas has this one, of n bytes. */
bool has_word(const char *words, const char *word, size_t n);
/* The uuid at the end of an address of that collection; whatever the host. False: no such. */
bool uuid_of_url(const char *url, const char *collection, char ret[UUID_SIZE]);

void uuid_make(struct server *s, char out[UUID_SIZE]);
/* Sets url and uuid of a new thing of a collection, "/zaken/api/v1/zaken". */
void name_thing(json_t *o, const char *collection, const char *uuid);

/* The instant now, "2026-11-21T09:15:02.417Z". */
json_t *now_text(struct server *s);

/* ---- running ---- */

/* Serves until *s is told to end; prints where it listens. ERR_IO when it cannot start. */
NODISCARD enum err serve(struct server *s, int port);

#endif
