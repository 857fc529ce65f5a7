/*
 * tools/bench/upload/upload.c - the upload with the limit lifted, beside bare libcurl loops that
 * make as many requests of the same size to the same server and keep nothing.
 *
 * Every step has its mark committed before its call and its receipt after it; what comes
 * together shares a commit. Goals: against a server that answers in 20 ms at least 85 % of a
 * bare multi loop of the same width, and 6 times the serial loop; at once on loopback at least
 * 40 % of the bare easy loop; one connection where the limit is polite; at 100,000 queued within
 * 3 MiB of 1,000, and the same processor time a call.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/record.h"
#include "net/http.h"
#include "store/outbox.h"
#include "tools/bench/rounds.h"
#include "tools/bench/upload/bare.h"
#include "tools/bench/upload/server.h"
#include "upload/upload.h"

#define WIDTH 8
#define SLOW_MS 20
#define CALLS 4 /* of one walk-in: contact, two addresses, internal task */
#define DAY 20778
#define MORNING (DAY * DAY_MS + 9 * HOUR_MS)

static void must(enum err e, const char *what)
{
    if (e == ERR_OK)
        return;
    fprintf(stderr, "bench upload: %s: %s\n", what, err_text(e));
    exit(1);
}

/* ---- a house with walk-ins queued ---- */

struct house {
    struct rng rng;
    struct ulid_maker ids;
    char path[300];
    struct store_options options;
    struct store *store;
};

static void open_house(struct house *h, const char *path, bool make)
{
    h->rng = rng_seeded(1);
    snprintf(h->path, sizeof h->path, "%s", path);
    h->options = (struct store_options){ .path = h->path, .rng = &h->rng, .keys = STORE_KEYS_BOTH, .boot = "one" };
    if (make)
        must(store_create(&h->options, true), "create");
    must(store_open(&h->options, &h->store), "open");
}

static void queue_walk_in(struct house *h)
{
    struct ulid chain = ulid_make(&h->ids, &h->rng, MORNING);
    struct outbox_place place;
    must(store_outbox_place(h->store, &chain, MORNING, &place), "place");
    struct outbox_record r = {
        .kind = RECORD_WALKIN_REGISTERED, .id = ulid_make(&h->ids, &h->rng, MORNING), .chain = chain,
        .seq = place.place, .when = { place.event, 60 }, .kiosk = 1, .number = place.seq,
        .site_id = "roosendaal", .site_name = "Dynamo Roosendaal",
        .person = { .given = "Noor", .infix = "van der", .family = "Berg", .birth = 12555, .municipality = "1674",
                    .topic = TOPIC_SCHOOL, .phone = "+31612345678", .email = "noor@example.org" },
    };
    struct outbox_row row = { .seq = r.number, .id = r.id, .chain = chain, .place = r.seq, .day = DAY,
                              .event = r.when.at, .created = r.when.at };
    CLEANUP(buf_wipe) struct buf json = buf_make(OUTBOX_BODY_MAX);
    snprintf(row.kind, sizeof row.kind, "%s", record_kind_name(r.kind));
    must(record_to_json(&r, &json), "record");
    must(store_outbox_append(h->store, &row, buf_str(&json), json.n), "append");
}

static void queue_walk_ins(struct house *h, int n)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    must(store_begin(h->store, &tx), "begin");
    for (int i = 0; i < n; i++)
        queue_walk_in(h);
    must(store_commit(&tx), "commit");
    enum err e = store_checkpoint(h->store);
    if (e && e != ERR_BUSY)
        must(e, "checkpoint");
}

/* ---- the upload ---- */

/* Sends all that is queued; the time it took. */
static int64_t upload_ns(struct house *h, int port, unsigned width, int rate)
{
    struct register_settings s = { .profile = REGISTER_KLANTINTERACTIES, .secret = "example-secret", .channel = "kiosk",
                                   .actor = "a1b2c3d4-0000-4000-8000-000000000003" };
    snprintf(s.klantinteracties_url, sizeof s.klantinteracties_url, "http://127.0.0.1:%d/klantinteracties/api/v1", port);
    struct http_options ho = { .allow_plain_loopback = true, .only_loopback = true, .width = width };
    struct http_client *client = NULL;
    must(http_client_create(&ho, &client), "client");
    struct http_port http = http_client_port(client);
    struct clock clock = clock_at(MORNING + 14 * HOUR_MS); /* where it would wait, it does not */
    struct upload_options o = { .store = h->store, .clock = &clock, .rng = &h->rng, .port = &http, .settings = &s,
                                .rate_per_s = rate, .run_max_min = 10000 };
    struct upload_totals t = { 0 };
    int64_t start = bench_now_ns();
    must(upload_run(&o, &t), "run");
    int64_t took = bench_now_ns() - start;
    if (t.stopped || t.left || t.dead || t.calls != t.sent * CALLS) {
        fprintf(stderr, "bench upload: sent %lld, calls %lld, left %lld, dead %lld: %s\n", (long long)t.sent,
                (long long)t.calls, (long long)t.left, (long long)t.dead, t.why.code);
        exit(1);
    }
    http_client_destroy(client);
    return took;
}

#define PAD "Aangemeld via kiosk 01. Woongemeente Roosendaal. Identiteit niet geverifieerd. "
static const struct bare_request kinds[CALLS] = {
    { "/klantinteracties/api/v1/maak-klantcontact",
      "{\"klantcontact\":{\"referentienummer\":\"0100000123\",\"kanaal\":\"kiosk\",\"onderwerp\":\"Inloop Dynamo\","
      "\"inhoud\":\"" PAD PAD PAD PAD PAD PAD "\",\"indicatieContactGelukt\":true,\"taal\":\"nld\",\"vertrouwelijk\":true,"
      "\"metadata\":{\"kioskRecord\":\"01KAKZ3W9T4V8Q2M6R5H7C1XGB\",\"soort\":\"walkin_registered\"}},"
      "\"betrokkene\":{\"rol\":\"klant\",\"initiator\":true,\"organisatienaam\":\"\"}}" },
    { "/klantinteracties/api/v1/digitaleadressen",
      "{\"verstrektDoorBetrokkene\":{\"uuid\":\"00000000-0000-4000-8000-000000000001\"},\"soortDigitaalAdres\":"
      "\"telefoonnummer\",\"adres\":\"+31612345678\",\"referentie\":\"kiosk-1-tel\",\"omschrijving\":\"Telefoon\"}" },
    { "/klantinteracties/api/v1/digitaleadressen",
      "{\"verstrektDoorBetrokkene\":{\"uuid\":\"00000000-0000-4000-8000-000000000001\"},\"soortDigitaalAdres\":"
      "\"email\",\"adres\":\"noor@example.org\",\"referentie\":\"kiosk-1-mail\",\"omschrijving\":\"E-mail\"}" },
    { "/klantinteracties/api/v1/internetaken",
      "{\"referentienummer\":\"0100000123\",\"gevraagdeHandeling\":\"Bezoeker aangemeld\",\"toelichting\":\"" PAD PAD
      "\",\"status\":\"te_verwerken\",\"aanleidinggevendKlantcontact\":{\"uuid\":\"00000000-0000-4000-8000-000000000001\"}}" },
};

static struct bare_request *bare_requests(size_t n)
{
    struct bare_request *r = mem_calloc(n, sizeof *r);
    for (size_t i = 0; r && i < n; i++)
        r[i] = kinds[i % CALLS];
    return r;
}

static double per_s(size_t calls, int64_t ns)
{
    return (double)calls * 1e9 / (double)ns;
}

/* ---- rates ---- */

/* Commits are shared by what comes together: on loopback by as many as a run may have. */
#define WIDE 64

static double ours_per_s(struct house *h, const struct server *s, int walk_ins, unsigned width)
{
    queue_walk_ins(h, walk_ins);
    return per_s((size_t)walk_ins * CALLS, upload_ns(h, s->port, width, 1000));
}

static void rates(struct house *h)
{
    double ours[99], multi[99], easy[99], quick[99], bare[99];
    enum { SLOW = 100, QUICK = 500, SERIAL = 40 };
    struct bare_request *r = bare_requests(QUICK * CALLS);
    struct server slow, at_once;
    int rounds = bench_rounds();
    server_start(&slow, SLOW_MS);
    server_start(&at_once, 0);
    for (int i = -1; i < rounds; i++) { /* the first does not count */
        int k = i < 0 ? 0 : i;
        ours[k] = ours_per_s(h, &slow, SLOW, WIDTH);
        multi[k] = per_s(SLOW * CALLS, bare_multi_ns(slow.port, r, SLOW * CALLS, WIDTH));
        easy[k] = per_s(SERIAL, bare_easy_ns(slow.port, r, SERIAL));
        quick[k] = ours_per_s(h, &at_once, QUICK, WIDE);
        bare[k] = per_s(QUICK * CALLS, bare_easy_ns(at_once.port, r, QUICK * CALLS));
    }
    bench_report("upload, a register that takes 20 ms, 8 at a time", "call/s", ours, multi, rounds);
    bench_report("upload, the same beside the serial loop", "call/s", ours, easy, rounds);
    bench_report("upload, loopback at once", "call/s", quick, bare, rounds);
    server_stop(&slow);
    server_stop(&at_once);
    mem_free(r);
}

static void polite(struct house *h)
{
    struct server s;
    server_start(&s, 0);
    queue_walk_ins(h, 25);
    (void)upload_ns(h, s.port, 1, 5);
    printf("{\"name\":\"upload, connections of a polite run\",\"unit\":\"\",\"ours\":%ld,\"peer\":1,\"ratio\":%ld}\n",
           *s.accepted, *s.accepted);
    fflush(stdout);
    server_stop(&s);
}

/* ---- a long queue ---- */

/* In a process of its own: the most memory it had, and its processor time a call. */
static int drain(const char *path, int port, int walk_ins)
{
    struct house h = { 0 };
    struct rusage u;
    open_house(&h, path, false);
    (void)upload_ns(&h, port, WIDTH, 1000);
    getrusage(RUSAGE_SELF, &u);
    double us = 1e6 * (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
    printf("%ld %f\n", u.ru_maxrss, us / (double)walk_ins / CALLS);
    store_close(h.store);
    return 0;
}

static void drain_apart(const char *self, const char *folder, int walk_ins, double *ret_kib, double *ret_us)
{
    struct house h = { 0 };
    struct server s;
    char path[300], port[20], n[20], line[100] = "";
    int ends[2];
    snprintf(path, sizeof path, "%s/queue%d.db", folder, walk_ins);
    open_house(&h, path, true);
    for (int left = walk_ins; left > 0; left -= 1000)
        queue_walk_ins(&h, left < 1000 ? left : 1000);
    store_close(h.store);
    server_start(&s, 0);
    snprintf(port, sizeof port, "%d", s.port);
    snprintf(n, sizeof n, "%d", walk_ins);
    if (pipe(ends) != 0)
        exit(1);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execl(self, self, "drain", path, port, n, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    ssize_t got = read(ends[0], line, sizeof line - 1);
    close(ends[0]);
    waitpid(pid, NULL, 0);
    server_stop(&s);
    if (got <= 0 || sscanf(line, "%lf %lf", ret_kib, ret_us) != 2)
        exit(1);
}

static void long_queue(const char *self, const char *folder)
{
    double kib[2], us[2];
    drain_apart(self, folder, 1000, &kib[0], &us[0]);
    drain_apart(self, folder, 100000, &kib[1], &us[1]);
    printf("{\"name\":\"upload, memory at 100,000 queued\",\"unit\":\"KiB\",\"ours\":%.0f,\"peer\":%.0f,\"ratio\":%.3f}\n",
           kib[1], kib[0], kib[1] / kib[0]);
    printf("{\"name\":\"upload, processor time a call at 100,000 queued\",\"unit\":\"us\",\"ours\":%.1f,\"peer\":%.1f,"
           "\"ratio\":%.3f}\n", us[1], us[0], us[1] / us[0]);
}

static void short_queue(const char *folder)
{
    struct house h = { 0 };
    char path[300];
    snprintf(path, sizeof path, "%s/house.db", folder);
    open_house(&h, path, true);
    polite(&h);
    rates(&h);
    store_close(h.store);
}

/* "short" or "long" makes that part only. */
int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "drain") == 0)
        return drain(argv[2], atoi(argv[3]), atoi(argv[4]));
    const char *folder = bench_folder(), *part = argc > 1 ? argv[1] : "";
    if (strcmp(part, "long") != 0)
        short_queue(folder);
    if (strcmp(part, "short") != 0)
        long_queue(argv[0], folder);
    return 0;
}
