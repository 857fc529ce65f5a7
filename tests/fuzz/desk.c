/*
 * What a browser sends to the desk, past nginx and libmicrohttpd: the guard, the way to a page,
 * query values, JSON bodies and every field that a handler reads from them, with escaping of what
 * comes back. The input: a byte that says which page, one for the method, then the path's tail, a
 * line of query ("a=b&c=d") and the body, with newlines between. Handlers run on a real house; no
 * input may crash them, leave the database unsound, or put what was sent into a page unescaped.
 */
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "config/options.h"
#include "desk/inside.h"
#include "desk/pages.h"
#include "desk/roster_edit.h"
#include "flow/arrive.h"

#define NOW 1774342800000 /* 2026-03-24T09:00:00Z */
#define ARGS_MAX 8
#define INPUT_MAX 8192
#define CHECK_EVERY 5000
#define MARK "<img src=x onerror=1>" /* what the seeds type, to be found again */

static char folder[64], path[96];
static struct clock now;
static struct rng rng;
static struct config config;
static struct desk_setup setup;
static struct desk desk;
static struct session *people[3];
static char ids[3][32];
static long runs;

/* ---- instead of a connection: what the desk asks libmicrohttpd for. Our own definitions stand
 * before those of the library. ---- */

static struct {
    char text[INPUT_MAX];
    const char *name[ARGS_MAX], *value[ARGS_MAX];
    size_t n;
} args;

const char *MHD_lookup_connection_value(struct MHD_Connection *c, enum MHD_ValueKind kind,
                                        const char *key)
{
    (void)c;
    if (kind == MHD_HEADER_KIND)
        return strcmp(key, "Host") == 0 ? "desk.dynamo.lan" : NULL;
    for (size_t i = 0; kind == MHD_GET_ARGUMENT_KIND && i < args.n; i++)
        if (strcmp(args.name[i], key) == 0)
            return args.value[i];
    return NULL;
}

void MHD_suspend_connection(struct MHD_Connection *c)
{
    (void)c;
}

void MHD_resume_connection(struct MHD_Connection *c)
{
    (void)c;
}

static void take_args(char *line)
{
    args.n = 0;
    for (char *s = line; s && args.n < ARGS_MAX;) {
        char *end = strchr(s, '&'), *is;
        if (end)
            *end++ = '\0';
        is = strchr(s, '=');
        if (is)
            *is = '\0';
        args.name[args.n] = s;
        args.value[args.n++] = is ? is + 1 : NULL;
        s = end;
    }
}

/* ---- a house to work in ---- */

static void visitors(struct flow *f)
{
    for (int i = 0; i < 4; i++) {
        struct person p = { .birth = 12555 + i, .topic = TOPIC_SCHOOL };
        struct arrival a;
        snprintf(p.given, sizeof(p.given), "Noor");
        snprintf(p.family, sizeof(p.family), "Berg");
        snprintf(p.municipality, sizeof(p.municipality), "1674");
        snprintf(p.lang, sizeof(p.lang), "nl");
        MUST(flow_walk_in(f, &(struct walk_in_request){ .person = &p, .notice_shown = true }, &a) ==
             ERR_OK);
        if (i < 3)
            snprintf(ids[i], sizeof(ids[i]), "%s", a.line.visit.s);
    }
}

static void import_roster(struct flow *f)
{
    struct roster_notes notes = { 0 };
    struct buf roster = buf_make(ROSTER_JSON_MAX);
    MUST(buf_read_file(&roster, "assets/sample/roster.json") == ERR_OK);
    MUST(flow_roster_import(f, roster.v, roster.n, &notes) == ERR_OK);
    roster_notes_done(&notes);
    buf_done(&roster);
}

static void log_in(void)
{
    static const struct staff who[] = { { "sanne", "Sanne", STAFF_COACH, "sanne", false },
                                        { "carla", "Carla", STAFF_COORDINATOR, "", false },
                                        { "ad", "Ad", STAFF_ADMIN, "", false } };
    char token[SESSION_TOKEN_SIZE];
    desk.sessions.idle_ms = desk.sessions.life_ms = INT64_MAX;
    for (int i = 0; i < 3; i++)
        people[i] = session_begin(&desk.sessions, &rng, &who[i], "", 0, token);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    now = clock_at(NOW);
    rng = rng_seeded(1);
    snprintf(folder, sizeof(folder), "%s/dynamo-fuzz-desk-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    MUST(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/d.db", folder);
    config_defaults(&config);
    setup = (struct desk_setup){ .config = &config, .db_path = path, .listen = "127.0.0.1:0",
                                 .clock = &now, .rng = &rng, .face = &desk_house };
    desk.setup = &setup;
    MUST(flow_init(path, true, &now, &rng) == ERR_OK);
    MUST(flow_open(&(struct flow_options){ .db_path = path, .device = "desk:1", .clock = &now,
                                           .rng = &rng }, &desk.flow) == ERR_OK);
    import_roster(desk.flow);
    visitors(desk.flow);
    board_init(&desk.board);
    log_in();
    MUST(board_look(&desk));
    return 0;
}

/* ---- one request ---- */

static void guard(const char *target, const char *query, bool post)
{
    struct guard g = { 0 };
    MUST(guard_add_hosts(&g, "desk.dynamo.lan") == ERR_OK);
    struct guard_facts f = { .method = post ? "POST" : "GET", .path = target, .host = query,
                             .origin = query, .content_type = query, .content_length = query,
                             .n_hosts = 1, .n_lengths = 1, .body_max = 1024 };
    int status = guard_check(&g, &f);
    MUST(status == 0 || (status >= 400 && status < 600));
}

static void answer(const struct page *p, struct request *r)
{
    struct reply out = { .body = buf_make(REPLY_MAX) };
    desk_act_as(&desk, r->session);
    void (*handler)(struct desk *, struct request *, struct reply *) = r->post ? p->post : p->get;
    bool streams = p == &page_events || p == &page_login || p == &page_logout || p == &page_static;
    if (handler && !streams)
        handler(&desk, r, &out);
    MUST(out.status == 0 || (out.status >= 200 && out.status < 600));
    bool html = !out.type || strncmp(out.type, "text/html", 9) == 0;
    if (html && out.body.n > 0)
        MUST(!strstr(buf_str(&out.body), MARK));
    buf_wipe(&out.body);
    desk.board.fault = ERR_OK;
}

static void count_line(void *arg, const char *line)
{
    (void)line;
    ++*(int *)arg;
}

/* "ROSTER-AS-SEEN-1" stands for what a form says of the roster in force. */
static void put_seen(char *s)
{
    char seen[ROSTER_SEEN_SIZE];
    s = strstr(s, "ROSTER-AS-SEEN-1");
    if (!s)
        return;
    roster_edit_seen(&desk, seen);
    memcpy(s, seen, strlen(seen));
}

/* "VISIT-ID-OF-PERSON-NUMBER0" to 2 stand for the ids of three visits, which no input could
 * guess. */
static void put_ids(char *s)
{
    while ((s = strstr(s, "VISIT-ID-OF-PERSON-NUMBER")) != NULL && strlen(s) >= 26) {
        memcpy(s, ids[(unsigned char)s[25] % 3], 26);
        s += 26;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static char text[INPUT_MAX];
    size_t len = n > 2 ? n - 2 : 0;
    if (n < 2 || len >= sizeof(text))
        return 0;
    const struct page *p = desk_house.pages[data[0] % desk_house.n_pages];
    struct session *who = people[data[1] % 3];
    memcpy(text, data + 2, len);
    text[len] = '\0';
    put_ids(text);
    put_seen(text);
    char *query = strchr(text, '\n'), *body;
    if (!query)
        return 0;
    *query++ = '\0';
    body = strchr(query, '\n');
    if (!body)
        return 0;
    *body++ = '\0';
    struct request r = { .page = p, .tail = text, .session = who, .post = (data[1] & 4) != 0,
                         .part = (data[1] & 8) != 0 };
    snprintf(r.lang, sizeof(r.lang), "%s", data[1] & 16 ? "en" : "nl");
    i18n_use(r.lang);
    guard(text, query, r.post);
    snprintf(args.text, sizeof(args.text), "%s", query);
    take_args(args.text);
    r.json = r.post ? json_loads(body, JSON_REJECT_DUPLICATES, NULL) : NULL;
    bool may = !p->roles || (p->roles & 1u << who->staff.role);
    if (may && (!r.post || json_is_object(r.json)))
        answer(p, &r);
    json_decref(r.json);
    int wrong = 0;
    if (++runs % CHECK_EVERY == 0)
        MUST(flow_check(desk.flow, count_line, &wrong) == ERR_OK && wrong == 0);
    return 0;
}
