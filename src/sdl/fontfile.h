/*
 * src/sdl/fontfile.h - a font's file, mapped into memory once for all its sizes.
 *
 * Read through a stream, FreeType seeks and reads for every letter that it draws:
 * a hundred system calls for a line of text.
 */
#ifndef SDL_FONTFILE_H
#define SDL_FONTFILE_H

#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"

struct fontfile {
    void *v; /* read only; NULL: not mapped */
    size_t n;
};

/* ERR_NOT_FOUND: it cannot be opened; ERR_IO: it can, but not be mapped, or is empty. */
NODISCARD enum err fontfile_map(const char *path, struct fontfile *ret_file);
/* Afterwards nothing may use the font any more. */
void fontfile_unmap(struct fontfile *f);

#endif
