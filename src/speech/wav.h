/*
 * src/speech/wav.h - making a recording softer.
 *
 * Players differ in whether they can; so the samples are scaled here.
 */
#ifndef SPEECH_WAV_H
#define SPEECH_WAV_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Scales the samples of a RIFF file of 16-bit PCM in place by volume percent,
 * 0..100. False, and nothing changed: it is something else, or is damaged.
 */
bool wav_scale(void *bytes, size_t n, int volume);

#endif
