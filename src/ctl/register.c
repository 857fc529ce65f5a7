#include <stdio.h>

#include "ctl/client_certificate.h"
#include "ctl/commands.h"
#include "flow/house.h"
#include "upload/probe.h"

static void write_finding(struct ctl *c, const struct probe_finding *f)
{
    if (c->json) {
        out_text(&c->out, "check", f->check);
        out_text(&c->out, "state", probe_state_name(f->state));
        out_text(&c->out, "found", f->found);
        out_text(&c->out, "ask", f->ask);
        out_row(&c->out);
    }
    out_say(&c->out, "%-8s %-12s %s", probe_state_name(f->state), f->check, f->found);
    if (f->ask[0])
        out_say(&c->out, "%-21s -> %s", "", f->ask);
}

/* Ours, beside what the probe says of theirs. */
static struct probe_finding own_certificate(struct ctl *c)
{
    const struct client_certificate cert = client_certificate_look(c);
    struct probe_finding f = { .check = "client", .state = cert.wrong ? PROBE_WRONG : PROBE_OK };
    char until[OUT_WHEN_SIZE] = "";
    if (!cert.set) {
        f.state = PROBE_SKIPPED;
        snprintf(f.found, sizeof f.found, "No client certificate is set (cert_file).");
        return f;
    }
    if (cert.until)
        out_when(&c->out, cert.until, until);
    snprintf(f.found, sizeof f.found, "%s%s%s.", cert.sentence, cert.until ? ": until " : "", until);
    if (f.found[0] == 'o')
        f.found[0] = 'O';
    snprintf(f.ask, sizeof f.ask, "%s", cert.ask);
    return f;
}

static enum program_status run_test(struct ctl *c)
{
    struct probe_finding findings[PROBE_CHECKS];
    const struct probe_options o = { .config = &c->config,
                                     .clock = &c->clock,
                                     .simulated = flow_simulated(c->flow),
                                     .clock_unsure = flow_clock_unsure(c->flow) };
    const char *first = NULL;
    probe_run(&o, findings);
    for (size_t i = 0; i < PROBE_CHECKS; i++) {
        write_finding(c, &findings[i]);
        if (findings[i].state == PROBE_WRONG && !first)
            first = findings[i].check;
    }
    const struct probe_finding own = own_certificate(c);
    write_finding(c, &own);
    if (own.state == PROBE_WRONG && !first)
        first = own.check;
    return first ? ctl_refuse_why(c, NULL, "%s: see standard output", first) : PROGRAM_OK;
}

const struct ctl_command ctl_register_test = {
    .name = "register test",
    .usage = "",
    .help = "what is wrong with the way to the register, and what to ask its administrator",
    .more = "Checks settings, address, certificate, clock, credentials, scopes and types, in this "
            "order, and our client certificate. Reads only what belongs to nobody, and stores nothing.",
    .needs = CTL_NEEDS_HOUSE,
    .run = run_test,
};
