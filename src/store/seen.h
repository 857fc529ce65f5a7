/*
 * src/store/seen.h - whether the database is older than what this house has seen; only of use in
 * store, but for what store.h says of it.
 */
#ifndef STORE_SEEN_H
#define STORE_SEEN_H

#include "store/inside.h"

/* At opening: sets s->older. Without the file, or with one that was torn, nothing is known. */
NODISCARD enum err seen_look(struct store *s);
/* Keeps what is stored now; nothing while s->older. Outside of transactions. A failure is logged:
 * what stands there then says less. */
void seen_write(struct store *s);
/* Another database comes in its place, as it was meant. */
void seen_forget(const char *db_path);

#endif
