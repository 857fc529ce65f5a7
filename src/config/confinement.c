#include "config/confinement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/confine.h"
#include "base/log.h"
#include "base/path.h"

#define PLACES_MAX 64
#define PORTS_MAX 8
#define PATH_SIZE 1100
#define SEEN CONFINE_READ
#define KEPT (CONFINE_READ | CONFINE_WRITE)

struct places {
    struct confine_place v[PLACES_MAX];
    char text[PLACES_MAX][PATH_SIZE]; /* of the paths that are put together here */
    size_t n;
};

/* What every program reads: libraries, time zones, itself. */
static const struct confine_place common[] = {
    { "/usr", SEEN },
    { "/lib", SEEN },
    { "/lib64", SEEN },
    { "/etc/ld.so.cache", SEEN },
    { "/etc/localtime", SEEN },
    { "/proc/self", SEEN },
    { "/proc/sys/kernel/random", SEEN }, /* this boot's id */
    { "/proc/sys/vm", SEEN },
    { "/dev/urandom", SEEN },
    { "/dev/null", KEPT },
};
/* A picture, sound and touch; eSpeak NG is started. */
static const struct confine_place screen[] = {
    { "/usr", SEEN | CONFINE_RUN },
    { "/bin", SEEN | CONFINE_RUN },
    { "/lib", SEEN | CONFINE_RUN },
    { "/lib64", SEEN | CONFINE_RUN },
    { "/etc", SEEN },
    { "/proc/cpuinfo", SEEN },
    { "/proc/meminfo", SEEN },
    { "/proc/asound", SEEN },
    { "/proc/filesystems", SEEN },
    { "/sys", SEEN },
    { "/run", SEEN },
    { "/dev", KEPT | CONFINE_DEVICE },
};
/* Names of hosts, certificates of the system. */
static const struct confine_place internet[] = {
    { "/etc/resolv.conf", SEEN },      { "/etc/hosts", SEEN },    { "/etc/nsswitch.conf", SEEN },
    { "/etc/host.conf", SEEN },        { "/etc/gai.conf", SEEN }, { "/etc/services", SEEN },
    { "/etc/ssl", SEEN },              { "/etc/protocols", SEEN },
    { "/run/systemd/resolve", SEEN },
};
static const char *const assets[] = { "", "icons", "locale", "themes", "voice", "desk" };

static void add(struct places *p, const char *path, unsigned rights)
{
    if (!path || !path[0] || p->n >= PLACES_MAX || strlen(path) >= PATH_SIZE)
        return;
    memcpy(p->text[p->n], path, strlen(path) + 1);
    p->v[p->n] = (struct confine_place){ p->text[p->n], rights };
    p->n++;
}

static void add_all(struct places *p, const struct confine_place *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add(p, list[i].path, list[i].rights);
}

/* The folder that a file lies in. */
static void add_folder_of(struct places *p, const char *file, unsigned rights)
{
    char folder[PATH_SIZE];
    if (!file || !file[0] || strlen(file) >= sizeof(folder))
        return;
    memcpy(folder, file, strlen(file) + 1);
    char *slash = strrchr(folder, '/');
    if (slash)
        *(slash == folder ? slash + 1 : slash) = '\0';
    add(p, slash ? folder : ".", rights);
}

static void add_assets(struct places *p)
{
    char path[PATH_SIZE];
    for (size_t i = 0; i < ARRAY_LEN(assets); i++)
        if (path_asset(assets[i], path, sizeof(path)) == ERR_OK)
            add(p, path, SEEN);
}

/* Their second copy may be on another medium, behind a link (crypt/recovery.h). */
static void add_keys(struct places *p, const struct confinement *c)
{
    char path[PATH_SIZE];
    const char *set = c->config->paths.keys;
    add(p, set, KEPT);
    int n = snprintf(path, sizeof(path), "%s%s/copy", set[0] ? set : c->db, set[0] ? "" : ".keys");
    if (n > 0 && n < (int)sizeof(path))
        add(p, path, KEPT);
}

/* What a desktop's own things are, when the program runs on one. */
static void add_desktop(struct places *p)
{
    char path[PATH_SIZE];
    const char *home = getenv("HOME");
    add(p, getenv("XAUTHORITY"), SEEN);
    add(p, getenv("XDG_RUNTIME_DIR"), KEPT);
    if (home && snprintf(path, sizeof(path), "%s/.Xauthority", home) < (int)sizeof(path))
        add(p, path, SEEN);
}

static void add_own(struct places *p, const struct confinement *c)
{
    const struct config *conf = c->config;
    switch (c->program) {
    case CONFINED_KIOSK:
    case CONFINED_DISPLAY:
        add_all(p, screen, ARRAY_LEN(screen));
        add_desktop(p);
        add(p, conf->paths.fonts, SEEN);
        if (c->program == CONFINED_KIOSK && strncmp(conf->printer.device, "file:", 5) == 0)
            add_folder_of(p, conf->printer.device + 5, KEPT);
        return;
    case CONFINED_NOTICE: /* fonts, icons, the picture; no sound, nothing is started */
        add(p, c->panel, KEPT | CONFINE_DEVICE);
        add(p, c->console, KEPT | CONFINE_DEVICE);
        add(p, conf->paths.fonts, SEEN);
        return;
    case CONFINED_DESK:
        if (c->where && strncmp(c->where, "unix:", 5) == 0)
            add_folder_of(p, c->where + 5, SEEN | CONFINE_SOCKET);
        add(p, conf->desk.metrics_token_file, SEEN);
        return;
    case CONFINED_UPLOAD:
        add_all(p, internet, ARRAY_LEN(internet));
        add(p, conf->reg.secret_file, SEEN);
        add(p, conf->reg.ca_file, SEEN);
        add(p, conf->reg.cert_file, SEEN);
        add(p, conf->reg.key_file, SEEN);
        return;
    case CONFINED_SYNC:
    case CONFINED_REGION_DESK:
    case CONFINED_CTL:
        return;
    }
}

static void add_port(const char *url, uint16_t *ports, size_t *n)
{
    const char *host = strstr(url, "://");
    if (!host || *n >= PORTS_MAX)
        return;
    host += 3;
    size_t len = strcspn(host, "/?#");
    const char *colon = memrchr(host, ':', len);
    const char *bracket = memrchr(host, ']', len); /* of an IPv6 address, colons and all */
    long port = strncmp(url, "https:", 6) == 0 ? 443 : 80;
    if (colon && (!bracket || colon > bracket))
        port = strtol(colon + 1, NULL, 10);
    if (port > 0 && port < 65536)
        ports[(*n)++] = (uint16_t)port;
}

static size_t ports_of(const struct config *c, uint16_t ports[PORTS_MAX])
{
    size_t n = 0;
    ports[n++] = 53; /* a long answer of a name server comes over TCP */
    add_port(c->reg.zaken_url, ports, &n);
    add_port(c->reg.catalogi_url, ports, &n);
    add_port(c->reg.klantinteracties_url, ports, &n);
    add_port(c->reg.proxy, ports, &n);
    return n;
}

static enum err wall_files(const struct confinement *c, bool loopback)
{
    static struct places p; /* too large for a stack; used once */
    uint16_t ports[PORTS_MAX];
    p.n = 0;
    add_all(&p, common, ARRAY_LEN(common));
    add_assets(&p);
    add(&p, getenv("CREDENTIALS_DIRECTORY"), SEEN);
    if (c->program != CONFINED_NOTICE) {
        add_folder_of(&p, c->db, KEPT);
        add_keys(&p, c);
    }
    add_own(&p, c);
    bool screens = c->program == CONFINED_KIOSK || c->program == CONFINED_DISPLAY;
    const struct confine_files files = {
        .places = p.v,
        .n = p.n,
        .any_tcp = loopback,
        .ports = ports,
        .n_ports = c->program == CONFINED_UPLOAD ? ports_of(c->config, ports) : 0,
        .abstract_sockets = screens,
    };
    return confine_files(&files);
}

static enum err wall_calls(enum confined program, bool loopback)
{
    static const int screens[] = { AF_UNIX, AF_NETLINK }; /* netlink: udev says what is plugged in */
    static const int desk[] = { AF_UNIX, AF_INET, AF_INET6 };
    static const int upload[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK }; /* which addresses
                                                                               there are */
    const struct confine_calls of[] = {
        [CONFINED_KIOSK] = { screens, 2, .run = true, .connect = true, .make_code = true },
        [CONFINED_DISPLAY] = { screens, 2, .run = true, .connect = true, .make_code = true },
        [CONFINED_NOTICE] = { 0 },
        [CONFINED_DESK] = { desk, loopback ? 3 : 1, .serve = true },
        [CONFINED_UPLOAD] = { upload, 4, .connect = true },
        [CONFINED_SYNC] = { upload, 4, .connect = true },
        [CONFINED_REGION_DESK] = { upload, 4, .connect = true, .serve = true },
        /* tries the register, sends at once; hands its commands of the region on to dynamo-sync */
        [CONFINED_CTL] = { upload, 4, .run = true, .connect = true },
    };
    return confine_calls(&of[program]);
}

void program_confine(const struct confinement *c)
{
    bool loopback = c->program == CONFINED_DESK && c->where && strncmp(c->where, "unix:", 5) != 0;
    enum err e = c->loose ? ERR_OK : wall_files(c, loopback);
    if (e != ERR_OK)
        log_error("confine.files", e, NULL);
    e = wall_calls(c->program, loopback);
    if (e != ERR_OK)
        log_error("confine.calls", e, NULL);
}
