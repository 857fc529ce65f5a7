/*
 * tests/look/scenes.h - every screen in each of its interesting states, with the longest
 * content that is real: what the tests of the look walk through.
 *
 * The states are made once, in a house of their own; a test sets the language, theme and
 * text size of a scene's session and paints it. Nothing in them depends on those.
 */
#ifndef TESTS_LOOK_SCENES_H
#define TESTS_LOOK_SCENES_H

#include "tests/screens/visitor.h"
#include "ui/ui.h"

struct scene {
    const char *name;             /* "check.book": screen, then state */
    const struct screen *screen;
    const struct screen *below;   /* the page under a sheet */
    const char *key;              /* keyboard key that is pressed first: "key.accents"; NULL */
    struct session s;
};

struct scenes {
    struct visitor v;   /* the house in which they play */
    struct scene *v_all;
    size_t n;
};

/* Makes them all; CHECKs inside. */
void scenes_start(struct scenes *all);
void scenes_end(struct scenes *all);

/* How somebody wants a page, and on what glass. */
struct stand {
    struct ui_look canvas; /* w, h, diagonal_in, mount_bottom_mm */
    const char *lang;
    enum ui_theme theme;
    bool large, lower;
};

/* Paints a scene for that; ERR as ui_finish(). The ui forgets focus and keyboard of before. */
enum err scene_paint(struct ui *ui, struct scene *scene, const struct stand *how);

/* The languages of the screens with their catalogs, the pseudo-language last. */
#define SCENE_LANGS 13
extern const char *const scene_langs[SCENE_LANGS];

/* The four canvases of the design. */
#define SCENE_CANVASES 4
extern const struct ui_look scene_canvases[SCENE_CANVASES];

#endif
