/*
 * src/speech/clips.h - what people have recorded: voice/LANG/clips.tsv.
 *
 * A line is the name of a file in that folder (a-z, 0-9, '-' and '.', ending in
 * .wav or .ogg), a tab, and the words as the screen has them. A text is cut at
 * its punctuation; when there is a clip for every part, those are played one
 * after another. So "A 14. Kamer 2." may come from four clips.
 */
#ifndef SPEECH_CLIPS_H
#define SPEECH_CLIPS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"

#define CLIP_NAME_SIZE 64
#define CLIP_PARTS_MAX 24

struct clip {
    char file[CLIP_NAME_SIZE];
    char *words; /* without punctuation at its ends */
};

struct clips { /* of one language; all-zero is none */
    struct clip *v;
    size_t n, cap;
};

/* A file that is not there is no clips. A line that is wrong is left out; more
 * than 2,000 lines too. ERR_NOMEM, ERR_IO; the list is then empty. */
NODISCARD enum err clips_load(const char *lang, struct clips *ret_clips);
void clips_done(struct clips *c);

/*
 * The files that say the whole text, in order; the number of them. 0: not all
 * of it is recorded. `text` must be without direction marks.
 */
size_t clips_find(const struct clips *c, const char *text,
                  const struct clip *ret_parts[CLIP_PARTS_MAX]);

#endif
