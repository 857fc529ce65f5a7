#include "upload/setup.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/wall.h"
#include "upload/pace.h"

#define HEADERS_MAX 16

/* ---- settings ---- */

static bool open_to_others(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && (st.st_mode & (S_IROTH | S_IWOTH)) != 0;
}

static enum err read_secret(const char *path, char *out, size_t n)
{
    CLEANUP(buf_wipe) struct buf text = buf_make(n - 1);
    enum err e = buf_read_file(&text, path);
    if (e)
        return e;
    size_t len = strcspn(buf_str(&text), "\r\n"); /* an editor leaves a line end */
    memcpy(out, buf_str(&text), len);
    out[len] = '\0';
    return ERR_OK;
}

static enum err take_secret(const struct config *config, bool check_modes,
                            struct register_settings *s, const char **ret_what)
{
    *ret_what = "secret_file";
    if (config->reg.secret_file[0] == '\0')
        return ERR_INVAL;
    if (check_modes && open_to_others(config->reg.secret_file))
        return ERR_DENIED;
    enum err e = read_secret(config->reg.secret_file, s->secret, sizeof s->secret);
    if (e)
        return e;
    *ret_what = "key_file";
    return check_modes && config->reg.key_file[0] && open_to_others(config->reg.key_file)
               ? ERR_DENIED
               : ERR_OK;
}

enum err setup_settings(const struct config *config, bool check_modes,
                        struct register_settings *ret_settings, const char **ret_what)
{
    struct register_settings s = { .profile = REGISTER_NONE };
    *ret_what = "profile";
    enum err e = register_profile_of(config->reg.profile, &s.profile);
    if (e)
        return e;
    snprintf(s.zaken_url, sizeof s.zaken_url, "%s", config->reg.zaken_url);
    snprintf(s.catalogi_url, sizeof s.catalogi_url, "%s", config->reg.catalogi_url);
    snprintf(s.klantinteracties_url, sizeof s.klantinteracties_url, "%s",
             config->reg.klantinteracties_url);
    snprintf(s.client_id, sizeof s.client_id, "%s", config->reg.client_id);
    snprintf(s.rsin, sizeof s.rsin, "%s", config->reg.rsin);
    snprintf(s.zaaktype, sizeof s.zaaktype, "%s", config->reg.zaaktype);
    snprintf(s.channel, sizeof s.channel, "%s", config->reg.kanaal);
    snprintf(s.actor, sizeof s.actor, "%s", config->reg.actor);
    if (s.profile != REGISTER_NONE)
        e = take_secret(config, check_modes, &s, ret_what);
    if (!e)
        e = register_settings_check(&s, ret_what);
    if (!e)
        *ret_settings = s;
    register_settings_wipe(&s);
    return e;
}

bool setup_is_loopback(const struct register_settings *s)
{
    if (s->profile == REGISTER_KLANTINTERACTIES)
        return http_url_is_loopback(s->klantinteracties_url);
    return s->profile == REGISTER_NONE ||
           (http_url_is_loopback(s->zaken_url) && http_url_is_loopback(s->catalogi_url));
}

/* ---- the client ---- */

struct header_lines {
    char text[HEADERS_MAX][CONFIG_TEXT_MAX];
    struct http_header v[HEADERS_MAX];
    size_t n;
};

/* "Name: value | Name: value", which the configuration has checked. */
static void read_headers(const char *list, struct header_lines *h)
{
    while (h->n < HEADERS_MAX && config_list_next(&list, '|', h->text[h->n], CONFIG_TEXT_MAX)) {
        char *name = h->text[h->n], *colon = strchr(name, ':');
        if (!colon)
            continue;
        *colon = '\0';
        h->v[h->n++] = (struct http_header){ name, colon + 1 + strspn(colon + 1, " ") };
    }
}

static const char *or_none(const char *text)
{
    return text[0] ? text : NULL;
}

enum err setup_client(const struct config *config, bool only_loopback,
                      struct setup_client *ret_client)
{
    if (only_loopback && config->reg.proxy[0] && !http_url_is_loopback(config->reg.proxy))
        return ERR_INVAL; /* what goes through it would leave this machine */
    struct header_lines *h = mem_calloc(1, sizeof *h);
    if (!h)
        return ERR_NOMEM;
    read_headers(config->reg.extra_headers, h);
    int width = config->reg.rate_per_s >= PACE_NO_LIMIT ? config->reg.connections : 1;
    struct http_options o = { .ca_file = or_none(config->reg.ca_file),
                              .cert_file = or_none(config->reg.cert_file),
                              .key_file = or_none(config->reg.key_file),
                              .proxy = or_none(config->reg.proxy),
                              .headers = h->v,
                              .n_headers = h->n,
                              .allow_plain_loopback = true,
                              .only_loopback = only_loopback,
                              .http2 = width > 1,
                              .width = (unsigned)width,
                              .connect_ms = config->reg.connect_timeout_s * 1000,
                              .total_ms = config->reg.timeout_s * 1000 };
    struct http_client *client = NULL;
    enum err e = http_client_create(&o, &client);
    mem_free(h);
    if (!e)
        *ret_client = (struct setup_client){ client, http_client_port(client) };
    return e;
}

void setup_client_done(struct setup_client *c)
{
    http_client_destroy(c->client);
    *c = (struct setup_client){ 0 };
}

/* ---- clock and lock ---- */

enum err setup_clock_unsure(struct store *store, const struct clock *clock, bool *ret_unsure)
{
    struct wall_known known;
    enum err e = store_wall_known(store, clock, &known);
    if (!e)
        *ret_unsure = wall_unsure(&known, clock_wall_ms(clock));
    return e;
}

enum err setup_lock(const char *db_path, int *ret_fd)
{
    CLEANUP(buf_done) struct buf path = buf_make(4096);
    buf_addf(&path, "%s.upload-lock", db_path);
    if (buf_err(&path))
        return ERR_IO;
    int fd = open(buf_str(&path), O_RDWR | O_CREAT | O_CLOEXEC, 0660);
    if (fd < 0)
        return ERR_IO;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return ERR_BUSY;
    }
    *ret_fd = fd;
    return ERR_OK;
}
