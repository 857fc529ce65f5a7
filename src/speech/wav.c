#include "speech/wav.h"

#include <stdint.h>
#include <string.h>

static uint32_t u32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static unsigned u16(const unsigned char *p)
{
    return (unsigned)p[0] | (unsigned)p[1] << 8;
}

static void scale(unsigned char *p, size_t n, int volume)
{
    for (; n >= 2; n -= 2, p += 2) {
        int v = (int16_t)u16(p) * volume / 100;
        p[0] = (unsigned char)((unsigned)v & 0xFF);
        p[1] = (unsigned char)((unsigned)v >> 8 & 0xFF);
    }
}

bool wav_scale(void *bytes, size_t n, int volume)
{
    unsigned char *b = bytes;
    bool pcm16 = false;

    if (n < 12 || memcmp(b, "RIFF", 4) != 0 || memcmp(b + 8, "WAVE", 4) != 0)
        return false;
    for (size_t at = 12; n - at >= 8;) {
        size_t size = u32(b + at + 4), room = n - at - 8;
        if (memcmp(b + at, "data", 4) == 0) {
            if (pcm16) /* a stream's size may be open: what is there counts */
                scale(b + at + 8, size < room ? size : room, volume);
            return pcm16;
        }
        if (size > room)
            return false;
        if (memcmp(b + at, "fmt ", 4) == 0 && size >= 16)
            pcm16 = u16(b + at + 8) == 1 && u16(b + at + 22) == 16;
        at += 8 + size + (size & 1 && size < room);
    }
    return false;
}
