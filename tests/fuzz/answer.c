/*
 * An answer of the case register: step, move and status in the first three bytes, its body
 * behind them. Only an answer that names the thing may end a step.
 */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "register/call.h"
#include "register/mask.h"
#include "tests/register/sample.h"

static const int statuses[] = { 200, 201, 204, 400, 401, 403, 404, 409, 412, 422, 429, 500, 503, 302 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static char body[] = "{\"eigenschap\":\"{eigenschap:afspraak_begin}\",\"waarde\":\"now\"}";
    static const char *const keys[STEP_KIND_COUNT] = {
        [STEP_ZAAK] = SAMPLE_ZAAK_KEY,        [STEP_ROL_INITIATOR] = "DYN01-00000123",
        [STEP_ROL_BEHANDELAAR] = "sanne",     [STEP_STATUS] = "2026-11-21T09:15:02.417Z",
        [STEP_EIGENSCHAP] = "afspraak_begin", [STEP_KLANTCONTACT] = "0100000123",
        [STEP_ADDRESS] = "kiosk-1-tel",       [STEP_TASK] = "0100000123",
    };
    if (n < 3)
        return 0;
    struct register_settings settings =
        sample_settings(data[0] & 0x80 ? REGISTER_KLANTINTERACTIES : REGISTER_ZGW);
    struct register_types types = sample_types();
    struct register_refs refs = { 0 };
    struct register_step step = { .kind = 1 + data[0] % (STEP_KIND_COUNT - 1), .body = body };
    snprintf(step.key, sizeof(step.key), "%s", keys[step.kind] ? keys[step.kind] : "");
    snprintf(refs.zaak, sizeof(refs.zaak), "%s", SAMPLE_ZAAK);
    struct register_try t = { .settings = &settings, .types = &types, .step = &step, .refs = &refs,
                              .chain = SAMPLE_CHAIN, .record = SAMPLE_RECORD,
                              .zaak_key = SAMPLE_ZAAK_KEY, .unsure = data[1] & 0x80 };
    struct http_answer a = { .status = statuses[data[2] % ARRAY_LEN(statuses)],
                             .body = buf_make(1 << 20), .retry_after_s = -1,
                             .server_time_s = -1 };
    buf_add(&a.body, data + 3, n - 3);
    struct register_verdict v = register_judge(&t, (enum register_move)(data[1] % 5), &a);
    MUST(v.kind != VERDICT_DONE || a.status / 100 == 2 || a.status == 404 || a.status == 409 ||
         a.status == 400 || a.status == 412);
    struct buf masked = buf_make(1 << 20);
    MUST(register_mask(buf_str(&a.body), &masked) != ERR_OK || masked.n > 0 || a.body.n == 0);
    buf_done(&masked);
    http_answer_done(&a);
    return 0;
}
