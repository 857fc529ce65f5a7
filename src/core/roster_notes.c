#include "core/roster_notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

void roster_notes_done(struct roster_notes *notes)
{
    mem_free(notes->v);
    *notes = (struct roster_notes){ 0 };
}

/* Adds one step of a JSON Pointer; '~' and '/' in a key are escaped (RFC 6901). */
static void add_step(struct buf *b, const struct roster_place *at)
{
    if (!at)
        return;
    add_step(b, at->up);
    if (!at->key) {
        buf_addf(b, "/%zu", at->index);
        return;
    }
    buf_addc(b, '/');
    for (const char *c = at->key; *c; c++) {
        if (*c == '~' || *c == '/')
            buf_adds(b, *c == '~' ? "~0" : "~1");
        else
            buf_addc(b, *c);
    }
}

/* Cuts at n - 1 bytes, between code points. */
static void put(char *out, size_t n, const char *text)
{
    size_t len = strlen(text);
    if (len >= n) {
        len = n - 1;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(out, text, len);
    out[len] = '\0';
}

static void note(struct roster_notes *notes, bool fault, const struct roster_place *at,
                 const char *text)
{
    notes->n_faults += fault;
    if (notes->n == ROSTER_NOTES_MAX)
        return;
    if (!mem_grow(&notes->v, &notes->cap, notes->n, sizeof(*notes->v))) {
        notes->no_memory = true;
        return;
    }
    struct roster_note *n = &notes->v[notes->n++];
    CLEANUP(buf_done) struct buf pointer = buf_make(1024);
    add_step(&pointer, at);
    n->fault = fault;
    put(n->pointer, sizeof(n->pointer), buf_str(&pointer));
    put(n->text, sizeof(n->text), text);
}

void roster_fault(struct roster_notes *notes, const struct roster_place *at, const char *fmt, ...)
{
    char text[1024];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    note(notes, true, at, text);
}

void roster_warn(struct roster_notes *notes, const struct roster_place *at, const char *fmt, ...)
{
    char text[1024];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    note(notes, false, at, text);
}
