/*
 * src/base/path.h - where the program's own files lie.
 *
 * The folder of assets (icons, locale, themes, voice, desk) is, in this order:
 * $DYNAMO_SHARE; `share` beside the program (a build tree);
 * `../share/dynamo-kiosk` from the program (an installed tree).
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"

/* Writes the path of an asset, "icons/check.svg". ERR_NOT_FOUND when there is
 * no such file or folder; ERR_LIMIT when it does not fit n bytes. */
NODISCARD enum err path_asset(const char *name, char *out, size_t n);

/* Writes the path of a program that lies beside this one. ERR_NOT_FOUND, ERR_LIMIT. */
NODISCARD enum err path_program(const char *name, char *out, size_t n);

#endif
