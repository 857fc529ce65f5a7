/*
 * src/core/code.h - the seven digits and the QR text of an appointment.
 *
 * A code is six digits and a check digit (Damm 2004: catches every wrong digit
 * and every swap of neighbours). The QR holds 128 bits as 26 characters of
 * Crockford's base 32 in a VEVENT (RFC 5545) whose UID is TOKEN@dynamo. Which
 * bytes make them is the caller's: nothing here is secret or random.
 */
#ifndef CORE_CODE_H
#define CORE_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/clock.h"

#define CODE_DIGITS 7
#define TOKEN_BYTES 16
#define TOKEN_LEN 26
#define CODE_MAC_BYTES 8
#define SCAN_MAX 4096 /* longer scanned text is refused */

struct code {
    char s[CODE_DIGITS + 1]; /* all-zero is "none" */
};

struct token {
    char s[TOKEN_LEN + 1]; /* upper case; all-zero is "none" */
};

char code_check_digit(const char *digits); /* of any number of ASCII digits; 0 when one is none */
/* Six digits of the first CODE_MAC_BYTES bytes (big-endian, modulo a million) and a check digit. */
struct code code_of_mac(const unsigned char mac[CODE_MAC_BYTES]);
bool code_valid(const char *s); /* exactly seven ASCII digits with the right check digit */
/* As typed: spaces and dashes anywhere, Arabic-Indic and Persian digits. ERR_FORMAT also when
 * the check digit is wrong; answer that like a wrong code. */
NODISCARD enum err code_parse(const char *typed, struct code *ret_code);

struct token token_of_bytes(const unsigned char bytes[TOKEN_BYTES]);
bool token_valid(const char *s);
/* Small letters are taken, also I, L and O for 1, 1 and 0. ERR_FORMAT. */
NODISCARD enum err token_parse(const char *s, struct token *ret_token);

enum scan_kind { SCAN_TOKEN, SCAN_CODE };
struct scan {
    enum scan_kind kind;
    struct token token; /* SCAN_TOKEN */
    struct code code;   /* SCAN_CODE */
};
/* What a scanner read: a VEVENT with UID:TOKEN@dynamo (folded or not, any line
 * ends), TOKEN@dynamo, a bare token, or a code. ERR_FORMAT for all else. */
NODISCARD enum err scan_parse(const char *text, size_t n, struct scan *ret_scan);

struct vevent {
    const char *token;    /* a valid token's text */
    utc_ms stamp;         /* when it was made */
    utc_ms start, end;
    const char *summary;  /* plain text, escaped and folded here */
    const char *location; /* the same; NULL for none */
};
/* Adds BEGIN:VEVENT .. END:VEVENT, CRLF lines of at most 75 octets, times in UTC. */
void vevent_add(struct buf *out, const struct vevent *ev);

#endif
