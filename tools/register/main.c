/*
 * dynamo-register - a stand-in for the regional case register.
 *
 * Serves the calls of the Zaken, Catalogi and Klantinteracties APIs that the
 * kiosk needs, with the rules that the real servers enforce, keeps what it is
 * given in one file, and misbehaves when told to. For development and tests.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/civil.h"
#include "serve.h"

static const char usage[] =
    "Usage: dynamo-register [OPTION]...\n"
    "A stand-in for the regional case register, on loopback.\n"
    "\n"
    "  --port N          listen on 127.0.0.1:N; 0, the default, takes a free one\n"
    "  --db FILE         keep what comes in there; without it, in memory\n"
    "  --now T           simulated time, RFC 3339; goes on with the newest token's time\n"
    "  --fault KIND[@RULE]   misbehave; may be given more than once\n"
    "                    KIND: drop-before drop-after stall trickle garbage wrong-length\n"
    "                    redirect close 408 409 425 429 500 502 503 504\n"
    "                    (drop-before and drop-after: of requests that write)\n"
    "                    RULE: every=N, nth=N, p=P, seed=S, path=WORD, method=M, with commas\n"
    "  --client-id ID    of the JWT (dynamo)\n"
    "  --secret TEXT     of the JWT (example-secret)\n"
    "  --token TEXT      of Klantinteracties (example-secret)\n"
    "  --rsin N          organisation that may register (123456782)\n"
    "  --old-klant       an Open Klant before 2.16: no referentienummer\n"
    "  --scopes LIST     of the JWT's client, with commas (all that a kiosk needs)\n"
    "  --channels LIST   values of kanaal that Klantinteracties takes (any)\n"
    "  --two-versions    of the zaaktype: the first ended with 2024\n"
    "  --tls-cert FILE --tls-key FILE    serve https with these, PEM\n"
    "  --client-ca FILE  let in only clients with a certificate of this CA\n"
    "  --help, --version\n"
    "\n"
    "GET /_dump lists what it holds, GET /_log the requests it saw.\n";

enum { OPT_PORT = 256, OPT_DB, OPT_NOW, OPT_FAULT, OPT_CLIENT, OPT_SECRET, OPT_TOKEN, OPT_RSIN,
       OPT_OLD, OPT_TWO, OPT_SCOPES, OPT_CHANNELS, OPT_CERT, OPT_KEY, OPT_CA, OPT_HELP, OPT_VERSION };

static const struct option options[] = {
    { "port", required_argument, NULL, OPT_PORT },
    { "db", required_argument, NULL, OPT_DB },
    { "now", required_argument, NULL, OPT_NOW },
    { "fault", required_argument, NULL, OPT_FAULT },
    { "client-id", required_argument, NULL, OPT_CLIENT },
    { "secret", required_argument, NULL, OPT_SECRET },
    { "token", required_argument, NULL, OPT_TOKEN },
    { "rsin", required_argument, NULL, OPT_RSIN },
    { "old-klant", no_argument, NULL, OPT_OLD },
    { "two-versions", no_argument, NULL, OPT_TWO },
    { "scopes", required_argument, NULL, OPT_SCOPES },
    { "channels", required_argument, NULL, OPT_CHANNELS },
    { "tls-cert", required_argument, NULL, OPT_CERT },
    { "tls-key", required_argument, NULL, OPT_KEY },
    { "client-ca", required_argument, NULL, OPT_CA },
    { "help", no_argument, NULL, OPT_HELP },
    { "version", no_argument, NULL, OPT_VERSION },
    { NULL, 0, NULL, 0 },
};

struct start {
    int port;
    const char *db;
    const char *wrong; /* what is wrong with the command line */
};

static void take_port(struct start *st, const char *text)
{
    char *end;
    long port = strtol(text, &end, 10);
    if (*end || end == text || port < 0 || port > 65535)
        st->wrong = "--port: not a port number";
    st->port = (int)port;
}

static void take_now(struct server *s, struct start *st, const char *text)
{
    utc_ms now;
    if (rfc3339_parse(text, &now) != ERR_OK)
        st->wrong = "--now: not a time of the form 2026-03-27T09:00:00+01:00";
    else
        s->clock = clock_at(now);
}

/* 0 go on, 1 end well, 2 wrong use. */
static int take_option(struct server *s, struct start *st, int opt)
{
    switch (opt) {
    case OPT_PORT: take_port(st, optarg); break;
    case OPT_DB: st->db = optarg; break;
    case OPT_NOW: take_now(s, st, optarg); break;
    case OPT_FAULT:
        if (fault_add(&s->faults, optarg) != ERR_OK)
            st->wrong = "--fault: unknown kind or rule";
        break;
    case OPT_CLIENT: s->options.client_id = optarg; break;
    case OPT_SECRET: s->options.secret = optarg; break;
    case OPT_TOKEN: s->options.token = optarg; break;
    case OPT_RSIN: s->options.rsin = optarg; break;
    case OPT_OLD: s->options.old_klant = true; break;
    case OPT_TWO: s->options.two_versions = true; break;
    case OPT_SCOPES: s->options.scopes = optarg; break;
    case OPT_CHANNELS: s->options.channels = optarg; break;
    case OPT_CERT: s->options.cert_file = optarg; break;
    case OPT_KEY: s->options.key_file = optarg; break;
    case OPT_CA: s->options.client_ca_file = optarg; break;
    case OPT_HELP: fputs(usage, stdout); return 1;
    case OPT_VERSION: puts("dynamo-register " DYNAMO_VERSION); return 1;
    default: return 2;
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct server s = { .clock = clock_system(), .rng = rng_system() };
    struct start st = { .db = "" };
    s.options = (struct server_options){ .client_id = "dynamo",
                                         .secret = "example-secret",
                                         .token = "example-secret",
                                         .rsin = "123456782" };
    int opt;
    while ((opt = getopt_long(argc, argv, "", options, NULL)) != -1) {
        int done = take_option(&s, &st, opt);
        if (done)
            return done == 1 ? 0 : 2;
    }
    if (optind < argc)
        st.wrong = "takes no arguments, only options; see --help";
    if (st.wrong) {
        fprintf(stderr, "dynamo-register: %s\n", st.wrong);
        return 2;
    }
    if (db_open(&s.db, st.db) != ERR_OK) {
        fprintf(stderr, "dynamo-register: %s: cannot open the database\n", st.db);
        return 1;
    }
    enum err e = serve(&s, st.port);
    db_close(&s.db);
    if (e)
        fprintf(stderr, "dynamo-register: cannot listen: port in use, or a TLS file not readable\n");
    return e ? 1 : 0;
}
