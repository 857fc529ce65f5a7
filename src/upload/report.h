/*
 * src/upload/report.h - what a run did, signed, without a word about anybody.
 *
 * A JSON file beside the database, replaced at every run:
 *
 *   {"report":{...},"signature":{"alg":"Ed25519","key":K,"value":V}}
 *
 * The signature is over the text of "report" in its canonical form: members sorted by name,
 * no spaces, plain ASCII. K and V are base64url. Who keeps K and one report elsewhere can tell
 * a changed report from a true one, and with its audit anchor a log whose end was cut off, or
 * a database that was put back. Numbers, times and codes only.
 */
#ifndef UPLOAD_REPORT_H
#define UPLOAD_REPORT_H

#include "upload/reconcile.h"

struct upload_report {
    const char *site; /* [site] id */
    const char *profile;
    utc_ms started, ended;
    struct upload_totals totals;
    struct upload_compared compared;
};

/* "PATH.upload-report.json" */
#define UPLOAD_REPORT_SUFFIX ".upload-report.json"

/* Writes the file, durably, and one line with the same figures into the journal. Errors of the
 * store, ERR_IO, ERR_LIMIT, ERR_NOMEM. */
NODISCARD enum err upload_report_write(struct store *store, const struct upload_report *r);

#endif
