/*
 * src/sdl/motion.h - how a new picture comes: it fades in over the old one, and slides.
 *
 * The new picture is painted aside; every frame mixes it into the window, a little more each
 * time, so that the old one needs no copy. Only rectangles that changed take part. The curve is
 * (0.2, 0, 0, 1): quick to begin, soft to end.
 */
#ifndef SDL_MOTION_H
#define SDL_MOTION_H

#include "base/err.h"
#include "sdl/canvas.h"

#define MOTION_FRAME_MS 16
/* The first frame shows what the curve is at by then, three eighths of the new picture: with less,
 * paper that comes over ground, eleven levels of 255 apart, would not be seen before the second or
 * third. */
#define MOTION_HEAD_MS 32

struct motion {
    uint32_t *px;      /* the new picture, w * h; NULL: none yet. It may hold a visitor's texts */
    int w, h;
    struct ui_rect v[UI_DIFF_RECTS];
    size_t n;          /* 0: nothing moves */
    struct ui_motion how;
    int64_t start_ms, due_ms;
    int mixed;         /* of the new picture that is in the window, 0..256 */
};

/* The picture to paint the new rectangles on, its size; NULL: no memory, then nothing moves. */
uint32_t *motion_canvas(struct motion *m, int w, int h);
/* The n rectangles of it begin to come in. */
void motion_begin(struct motion *m, const struct ui_motion *how, const struct ui_rect *v, size_t n,
                  int64_t now_ms);
/* Mixes in what is due now. True: this was the last frame, the picture is whole. */
bool motion_frame(struct motion *m, const struct canvas *to, int64_t now_ms);
/* How far the curve is, 0..256, after `ms` of `all`. */
int motion_ease(int64_t ms, int64_t all);
/* Zeroes and frees the picture. */
void motion_wipe(struct motion *m);

#endif
