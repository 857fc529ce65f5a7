#include <stdio.h>
#include <string.h>

#include "cert/cert.h"
#include "ctl/commands.h"

#define RENEW_DAYS 30

static enum program_status made(struct ctl *c, const char *file)
{
    out_text(&c->out, "file", file);
    out_row(&c->out);
    return PROGRAM_OK;
}

static enum program_status run_house(struct ctl *c, const char *dir)
{
    const char *name = ctl_text(c, "name");
    if (!name)
        return ctl_misuse(c, "house needs --name, as the devices will show it");
    enum err e = cert_make_house(dir, name, clock_wall_ms(&c->clock));
    if (e != ERR_OK)
        return ctl_refuse(c, "house", e);
    out_say(&c->out, "The house may sign certificates now. Keep house-ca.key on a stick in the safe.");
    return made(c, "house-ca.crt");
}

static enum program_status run_server(struct ctl *c, const char *dir)
{
    const char *ip = ctl_text(c, "ip");
    const char *host = ctl_text(c, "host");
    if (!host)
        return ctl_misuse(c, "server needs --host, the name that coaches type");
    enum err e = cert_make_server(dir, host, ip ? ip : "", clock_wall_ms(&c->clock));
    if (e != ERR_OK)
        return ctl_refuse(c, "server", e);
    return made(c, "server.crt");
}

static enum program_status run_device(struct ctl *c, const char *dir)
{
    char password[CERT_PIN_SIZE];
    char file[64];
    if (c->operands_n < 2)
        return ctl_misuse(c, "device needs an id");
    enum err e = cert_make_device(dir, c->operands[1], clock_wall_ms(&c->clock), password);
    if (e != ERR_OK)
        return ctl_refuse(c, c->operands[1], e);
    snprintf(file, sizeof(file), "device-%s.p12", c->operands[1]);
    out_text(&c->out, "file", file);
    out_text(&c->out, "password", password);
    out_row(&c->out);
    return PROGRAM_OK;
}

/* What is there and how long it is good; status 1 when something must be renewed. */
static enum program_status run_list(struct ctl *c, const char *dir)
{
    static const char *const files[] = { "house-ca.crt", "server.crt" };
    bool due = false;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        char path[4096];
        struct cert_view v;
        snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
        enum err e = cert_read(path, &v);
        if (e == ERR_NOT_FOUND)
            continue;
        if (e != ERR_OK)
            return ctl_refuse(c, files[i], e);
        int64_t days = (v.until - clock_wall_ms(&c->clock)) / DAY_MS;
        due = due || days < RENEW_DAYS;
        out_text(&c->out, "file", files[i]);
        out_text(&c->out, "name", v.name);
        out_time(&c->out, "until", v.until);
        out_int(&c->out, "days", days);
        out_row(&c->out);
    }
    return due ? ctl_refuse_why(c, NULL, "a certificate ends within %d days", RENEW_DAYS)
               : PROGRAM_OK;
}

static enum program_status run(struct ctl *c)
{
    static const struct {
        const char *verb;
        enum program_status (*run)(struct ctl *c, const char *dir);
    } verbs[] = { { "house", run_house },
                  { "server", run_server },
                  { "device", run_device },
                  { "list", run_list } };
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if (strcmp(c->operands[0], verbs[i].verb) == 0)
            return verbs[i].run(c, ctl_text(c, "dir"));
    return ctl_misuse(c, "house, server, device ID or list");
}

static const struct ctl_option options[] = {
    { "dir", CTL_FILE, "DIR", "the folder of the certificates", true },
    { "name", CTL_TEXT, "N", "house: the name of the CA", false },
    { "host", CTL_TEXT, "HOST", "server: the name by which browsers reach the desk", false },
    { "ip", CTL_TEXT, "ADDRESS", "server: its address, when they use that too", false },
    { 0 },
};
static const struct ctl_why whys[] = {
    { ERR_EXISTS, "there is one already in that folder" },
    { ERR_NOT_FOUND, "no house CA in that folder: dynamoctl desk cert house first" },
    { ERR_INVAL, "a name, host, address or id is not of the right form" },
    { 0 },
};
const struct ctl_command ctl_desk_cert = {
    .name = "desk cert",
    .usage = "house|server|device|list [ID] --dir DIR [--name N] [--host HOST] [--ip ADDRESS]",
    .help = "the house's CA, and certificates of the desk's server and devices",
    .more = "Make the CA once (house --name N), the server's certificate each year (server --host H "
            "[--ip A]), and one for each device of a coach (device ID), told with its password this "
            "once. A device is let in while its certificate is good and on the desk's list. list "
            "tells how long they are good and fails when one ends within 30 days.",
    .operands = 2,
    .operands_fewer = true,
    .needs = CTL_NEEDS_CONFIG,
    .options = options,
    .whys = whys,
    .run = run,
};
