/* Whether a run report of dynamo-upload is as it was written. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "crypt/hmac.h"
#include "crypt/sign.h"
#include "ctl/commands.h"

#define FILE_MAX (64 * 1024)

/* The bytes of a base64url text under a key; false unless they are `n`. */
static bool bytes_of(const json_t *o, const char *key, unsigned char *out, size_t n)
{
    CLEANUP(buf_done) struct buf b = buf_make(256);
    const char *text = json_string_value(json_object_get(o, key));
    if (!text || crypt_base64url_open(&b, text, strlen(text)) != ERR_OK || b.n != n)
        return false;
    memcpy(out, buf_str(&b), n);
    return true;
}

/* Over the canonical text of "report": see upload/report.h. */
static bool signature_holds(const json_t *whole)
{
    unsigned char signature[SIGN_SIZE], key[SIGN_PUBLIC_SIZE];
    const json_t *by = json_object_get(whole, "signature");
    char *text = json_dumps(json_object_get(whole, "report"),
                            JSON_COMPACT | JSON_SORT_KEYS | JSON_ENSURE_ASCII);
    bool holds = text && bytes_of(by, "value", signature, sizeof signature) &&
                 bytes_of(by, "key", key, sizeof key) &&
                 sign_is_good(signature, key, text, strlen(text));
    free(text);
    return holds;
}

static const char *text_at(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

static enum program_status verify(struct ctl *c, const json_t *whole)
{
    const json_t *report = json_object_get(whole, "report");
    const char *key = text_at(json_object_get(whole, "signature"), "key");
    const char *want = ctl_text(c, "key");
    if (!signature_holds(whole))
        return ctl_refuse_why(c, c->operands[0], "the signature does not hold: it was changed");
    if (want && strcmp(want, key) != 0)
        return ctl_refuse_why(c, c->operands[0], "signed with another key: %s", key);
    out_bool(&c->out, "ok", true);
    out_text(&c->out, "key", key);
    out_text(&c->out, "site", text_at(report, "site"));
    out_text(&c->out, "ended", text_at(json_object_get(report, "run"), "ended"));
    out_row(&c->out);
    if (!want)
        out_say(&c->out, "Compare the key with the one that you keep, or give it with --key.");
    return PROGRAM_OK;
}

static enum program_status run_verify(struct ctl *c)
{
    CLEANUP(buf_done) struct buf text = buf_make(FILE_MAX);
    enum err e = buf_read_file(&text, c->operands[0]);
    if (e != ERR_OK)
        return ctl_refuse(c, c->operands[0], e);
    json_t *whole = json_loadb(buf_str(&text), text.n, JSON_REJECT_DUPLICATES, NULL);
    enum program_status status =
        json_is_object(whole) ? verify(c, whole)
                              : ctl_refuse_why(c, c->operands[0], "not a run report");
    json_decref(whole);
    return status;
}

static const struct ctl_option verify_options[] = {
    { "key", CTL_TEXT, "K", "the key that it must be signed with, as an earlier report shows it",
      false },
    { 0 },
};
const struct ctl_command ctl_report_verify = {
    .name = "report verify",
    .usage = "FILE [--key K]",
    .help = "whether a run report of dynamo-upload is as it was written",
    .more = "The report of the last run lies beside the database: DATABASE.upload-report.json.",
    .operands = 1,
    .needs = CTL_NEEDS_CONFIG,
    .options = verify_options,
    .run = run_verify,
};
