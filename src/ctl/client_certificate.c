#include "ctl/client_certificate.h"

#include "cert/cert.h"

/* A new one takes an administrator weeks; alarms begin this long before. */
#define WARN_MS (30 * DAY_MS)

struct client_certificate client_certificate_look(const struct ctl *c)
{
    struct client_certificate r = { .set = c->config.reg.cert_file[0] != '\0', .sentence = "", .ask = "" };
    struct cert_view v;
    utc_ms now = clock_wall_ms(&c->clock);
    if (!r.set)
        return r;
    r.wrong = true;
    r.ask = "Ask the register's administrator for a new client certificate, and set cert_file and "
            "key_file to it.";
    if (cert_read(c->config.reg.cert_file, &v) != ERR_OK) {
        r.sentence = "our certificate for the register (cert_file) cannot be read";
        return r;
    }
    r.until = v.until;
    if (now > v.until) {
        r.sentence = "our certificate for the register has expired";
    } else if (now < v.from) {
        r.sentence = "our certificate for the register is not valid yet";
    } else if (v.until - now < WARN_MS) {
        r.sentence = "our certificate for the register expires within 30 days";
    } else {
        r.sentence = "our certificate for the register is good for more than 30 days";
        r.ask = "";
        r.wrong = false;
    }
    return r;
}
