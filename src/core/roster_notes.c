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

static void keep(struct roster_notes *notes, const struct roster_note *n)
{
    notes->n_faults += n->fault;
    if (notes->n == ROSTER_NOTES_MAX)
        return;
    if (!mem_grow(&notes->v, &notes->cap, notes->n, sizeof(*notes->v)))
        notes->no_memory = true;
    else
        notes->v[notes->n++] = *n;
}

static void note(struct roster_notes *notes, bool fault, const struct roster_place *at,
                 const char *text)
{
    struct roster_note n = { .fault = fault };
    CLEANUP(buf_done) struct buf pointer = buf_make(1024);
    add_step(&pointer, at);
    put(n.pointer, sizeof(n.pointer), buf_str(&pointer));
    put(n.text, sizeof(n.text), text);
    keep(notes, &n);
}

/* Whether `place` is `within` (its first n bytes) or lies below it. */
static bool lies_in(const char *place, const char *within, size_t n)
{
    return strncmp(place, within, n) == 0 && (place[n] == '/' || place[n] == '\0');
}

/* How much of a pointer names what its fault depends on. */
static size_t scope_of(const char *pointer)
{
    const char *last = strrchr(pointer, '/');
    bool alone = !last || last == pointer || strcmp(last, "/id") == 0 ||
                 strcmp(last, "/default") == 0;
    return alone ? strlen(pointer) : (size_t)(last - pointer);
}

void roster_notes_join(struct roster_notes *notes, const struct roster_notes *checked)
{
    size_t n = notes->n;
    notes->no_memory = notes->no_memory || checked->no_memory;
    for (size_t i = 0; i < checked->n; i++) {
        const char *place = checked->v[i].pointer;
        bool follows = !checked->v[i].fault;
        for (size_t k = 0; k < n && !follows; k++) {
            const char *known = notes->v[k].pointer;
            follows = lies_in(known, place, scope_of(place)) ||
                      lies_in(place, known, strlen(known));
        }
        if (!follows)
            keep(notes, &checked->v[i]);
    }
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
