#include "upload/report.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "core/record.h"
#include "crypt/hmac.h"
#include "crypt/keyfile.h"
#include "store/audit.h"
#include "store/outbox.h"
#include "store/sign.h"

#define REPORT_MAX (16 * 1024)
#define FILE_MODE 0640

static json_t *time_of(utc_ms at)
{
    char text[RECORD_TIME_SIZE];
    record_time_text((struct record_time){ at, 0 }, false, text);
    return json_string(text);
}

static json_t *hex_of(const unsigned char *bytes, size_t n)
{
    CLEANUP(buf_done) struct buf text = buf_make(2 * AUDIT_MAC_SIZE);
    for (size_t i = 0; i < n; i++)
        buf_addf(&text, "%02x", bytes[i]);
    return json_string(buf_str(&text));
}

static json_t *run_of(const struct upload_report *r)
{
    const struct upload_totals *t = &r->totals;
    const struct upload_compared *c = &r->compared;
    return json_pack("{s:o,s:o,s:I,s:I,s:I,s:I,s:I,s:b,s:s,s:i,s:{s:b,s:I,s:I,s:I,s:I,s:I,s:I}}",
                     "started", time_of(r->started), "ended", time_of(r->ended), "took_ms",
                     (json_int_t)(r->ended - r->started), "sent", (json_int_t)t->sent, "calls",
                     (json_int_t)t->calls, "left", (json_int_t)t->left, "refused",
                     (json_int_t)t->dead, "stopped", t->stopped, "code", t->why.code, "http_status",
                     t->why.status, "compared", "complete", c->complete, "same",
                     (json_int_t)c->same, "missing", (json_int_t)c->missing, "differing",
                     (json_int_t)c->differing, "unread", (json_int_t)c->unread, "lost",
                     (json_int_t)c->lost, "calls", (json_int_t)c->calls);
}

static int64_t age_s(const struct outbox_totals *t, utc_ms now)
{
    int64_t age = t->oldest ? (now - t->oldest) / SECOND_MS : 0;
    return age < 0 ? 0 : age;
}

static json_t *outbox_of(const struct outbox_totals *t, utc_ms now)
{
    return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I}", "queued", (json_int_t)t->queued, "waiting",
                     (json_int_t)t->waiting, "sent", (json_int_t)t->sent, "dead",
                     (json_int_t)t->dead, "discarded", (json_int_t)t->discarded, "oldest_s",
                     (json_int_t)age_s(t, now));
}

struct figures {
    struct outbox_totals outbox;
    struct audit_anchor audit;
};

/* The canonical text; the caller frees. */
static enum err report_text(const struct upload_report *r, const struct figures *f, char **ret_text)
{
    json_t *o =
        json_pack("{s:i,s:s,s:s,s:s,s:o,s:o,s:{s:I,s:o}}", "version", 1, "program", DYNAMO_VERSION,
                  "site", r->site, "profile", r->profile, "run", run_of(r), "outbox",
                  outbox_of(&f->outbox, r->ended), "audit", "count", (json_int_t)f->audit.count,
                  "head", hex_of(f->audit.head, AUDIT_MAC_SIZE));
    char *text = o ? json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENSURE_ASCII) : NULL;
    json_decref(o);
    if (!text)
        return ERR_NOMEM;
    *ret_text = text;
    return ERR_OK;
}

static enum err add_signature(struct store *store, const char *text, struct buf *out)
{
    unsigned char signature[SIGN_SIZE], key[SIGN_PUBLIC_SIZE];
    enum err e = store_sign(store, text, strlen(text), signature, key);
    if (e)
        return e;
    buf_adds(out, "\"signature\":{\"alg\":\"Ed25519\",\"key\":\"");
    crypt_base64url(out, key, sizeof key);
    buf_adds(out, "\",\"value\":\"");
    crypt_base64url(out, signature, sizeof signature);
    buf_adds(out, "\"}");
    return ERR_OK;
}

/* "sent:10/left:0/dead:0/...", and as the number the audit lines up to the anchor. */
static void log_report(const struct upload_report *r, const struct figures *f)
{
    char text[160];
    snprintf(text, sizeof text,
             "sent:%lld/left:%lld/dead:%lld/oldest_s:%lld/took_ms:%lld/lost:%lld/differ:%lld/"
             "audit:%02x%02x%02x%02x",
             (long long)r->totals.sent, (long long)r->totals.left, (long long)f->outbox.dead,
             (long long)age_s(&f->outbox, r->ended), (long long)(r->ended - r->started),
             (long long)r->compared.missing, (long long)r->compared.differing, f->audit.head[0],
             f->audit.head[1], f->audit.head[2], f->audit.head[3]);
    log_event(LOG_LEVEL_INFO, "upload.report", text, f->audit.count);
}

static enum err write_file(struct store *store, const char *text)
{
    CLEANUP(buf_done) struct buf out = buf_make(REPORT_MAX);
    CLEANUP(buf_done) struct buf path = buf_make(KEYFILE_PATH_MAX - 1);
    buf_addf(&out, "{\"report\":%s,", text);
    enum err e = add_signature(store, text, &out);
    buf_adds(&out, "}\n");
    buf_addf(&path, "%s" UPLOAD_REPORT_SUFFIX, store_path(store));
    e = e ? e : buf_err(&out);
    e = e ? e : buf_err(&path);
    return e ? e : keyfile_replace(&file_ops_real, buf_str(&path), FILE_MODE, buf_str(&out), out.n);
}

enum err upload_report_write(struct store *store, const struct upload_report *r)
{
    char *text = NULL;
    struct figures f;
    enum err e = store_outbox_totals(store, &f.outbox);
    if (!e)
        e = store_audit_anchor(store, &f.audit);
    if (!e)
        e = report_text(r, &f, &text);
    if (!e)
        e = write_file(store, text);
    if (!e)
        log_report(r, &f);
    free(text);
    return e;
}
