#include "upload/report.h"

#include "crypt/hmac.h"
#include "store/audit.h"
#include "store/sign.h"
#include "tests/upload/house.h"

static json_t *write_and_read(struct fixture *f, const struct upload_report *r)
{
    char path[300];
    CHECK_OK(upload_report_write(f->store, r));
    snprintf(path, sizeof path, "%s.upload-report.json", f->path);
    json_t *o = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    CHECK(json_is_object(o));
    return o;
}

static int64_t number(const json_t *o, const char *part, const char *key)
{
    const json_t *v = json_object_get(json_object_get(json_object_get(o, "report"), part), key);
    CHECK(json_is_integer(v));
    return json_integer_value(v);
}

/* As somebody without our secrets checks it. */
static bool is_signed(const json_t *o)
{
    const json_t *s = json_object_get(o, "signature");
    CLEANUP(buf_done) struct buf key = buf_make(100), sig = buf_make(100);
    const char *k = json_string_value(json_object_get(s, "key"));
    const char *v = json_string_value(json_object_get(s, "value"));
    CHECK_OK(crypt_base64url_open(&key, k, strlen(k)));
    CHECK_OK(crypt_base64url_open(&sig, v, strlen(v)));
    CHECK(key.n == SIGN_PUBLIC_SIZE && sig.n == SIGN_SIZE);
    char *text = json_dumps(json_object_get(o, "report"), JSON_COMPACT | JSON_SORT_KEYS | JSON_ENSURE_ASCII);
    bool good = sign_is_good((const void *)sig.v, (const void *)key.v, text, strlen(text));
    free(text);
    return good;
}

TEST(a_report_counts_is_signed_and_names_nobody)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    queue_day(&f);
    CHECK_OK(run_once(&f));
    (void)queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, NIGHT);
    struct upload_report r = { .site = "roosendaal", .profile = "zgw", .started = NIGHT,
                               .ended = NIGHT + HOUR_MS, .totals = f.totals };
    json_t *o = write_and_read(&f, &r);
    CHECK(is_signed(o));
    CHECK_INT(number(o, "run", "sent"), 10);
    CHECK_INT(number(o, "run", "took_ms"), HOUR_MS);
    CHECK_INT(number(o, "outbox", "queued"), 1);
    CHECK_INT(number(o, "outbox", "oldest_s"), 3600);
    char *text = json_dumps(o, 0);
    static const char *const secret[] = { "Noor", "Berg", "2004", "1674", "+316", "noor@", "example-secret" };
    for (size_t i = 0; i < ARRAY_LEN(secret); i++)
        if (strstr(text, secret[i]))
            CHECK_FAIL("%s in %s", secret[i], text);
    free(text);
    json_object_set_new(json_object_get(json_object_get(o, "report"), "run"), "sent", json_integer(9));
    CHECK(!is_signed(o));
    json_decref(o);
    tear_down(&f);
}

TEST(the_audit_anchor_in_it_is_that_of_the_log)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW);
    struct upload_report r = { .site = "roosendaal", .profile = "zgw" };
    struct audit_row row = { .at = NIGHT, .actor = "test", .action = "x", .result = "ok" };
    CHECK_OK(store_audit_append(f.store, &row));
    struct audit_anchor anchor;
    CHECK_OK(store_audit_anchor(f.store, &anchor));
    json_t *o = write_and_read(&f, &r);
    CHECK_INT(number(o, "audit", "count"), 1);
    char hex[2 * AUDIT_MAC_SIZE + 1];
    for (size_t i = 0; i < AUDIT_MAC_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", anchor.head[i]);
    CHECK_STR(json_string_value(json_object_get(json_object_get(json_object_get(o, "report"), "audit"), "head")), hex);
    json_decref(o);
    tear_down(&f);
}
