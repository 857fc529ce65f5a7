/*
 * tools/bench/kiosk/bare.c - the least an SDL2 program can do for a page: the
 * neighbour of the kiosk's start, memory, touch and new-screen rows.
 *
 *   bare WIDTH HEIGHT
 *
 * Two pages of boxes with a letter each, drawn straight onto the window's surface with
 * SDL2_ttf; peer.html is the same in a browser, with the same places. A pressed box
 * changes colour (only its rectangle is presented); the bar below goes to the other
 * page when it is let go. No catalogs, no database, no bidi, no focus, no icons.
 */
#include <SDL2/SDL.h>
#include <SDL2/SDL_ttf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define FONT "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
#define COLUMNS 10
#define ROWS 4
#define MARGIN 40
#define BAR 140

struct bare {
    SDL_Window *window;
    TTF_Font *font;
    int w, h, page, pressed; /* pressed: a box, or -1 */
};

static SDL_Rect box(const struct bare *b, int i)
{
    int w = (b->w - 2 * MARGIN) / COLUMNS, h = (b->h / 2 - BAR - 2 * MARGIN) / ROWS;
    return (SDL_Rect){ MARGIN + i % COLUMNS * w + 4, b->h / 2 + i / COLUMNS * h + 4, w - 8, h - 8 };
}

static SDL_Rect bar(const struct bare *b)
{
    return (SDL_Rect){ MARGIN, b->h - BAR - MARGIN, b->w - 2 * MARGIN, BAR };
}

static void text(const struct bare *b, SDL_Surface *to, SDL_Rect at, const char *s, SDL_Color ink)
{
    SDL_Surface *t = TTF_RenderUTF8_Blended(b->font, s, ink);
    if (!t)
        return;
    SDL_Rect where = { at.x + (at.w - t->w) / 2, at.y + (at.h - t->h) / 2, t->w, t->h };
    SDL_BlitSurface(t, NULL, to, &where);
    SDL_FreeSurface(t);
}

static void draw_box(const struct bare *b, SDL_Surface *to, int i)
{
    SDL_Rect r = box(b, i);
    const char letter[2] = { (char)(b->page == 0 ? 'a' + i % 26 : '0' + i % 10), '\0' };
    SDL_FillRect(to, &r, i == b->pressed ? 0xFFC53D : 0xFFFFFF);
    text(b, to, r, letter, (SDL_Color){ 0x14, 0x18, 0x29, 255 });
}

static void draw_page(const struct bare *b)
{
    SDL_Surface *to = SDL_GetWindowSurface(b->window);
    SDL_Rect r = bar(b), title = { 0, 0, b->w, b->h / 2 };
    SDL_FillRect(to, NULL, b->page == 0 ? 0xF4F5FA : 0xE6E9F5);
    text(b, to, title, b->page == 0 ? "Wat is je naam?" : "Wanneer ben je geboren?",
         (SDL_Color){ 0x1F, 0x31, 0x99, 255 });
    for (int i = 0; i < COLUMNS * ROWS; i++)
        draw_box(b, to, i);
    SDL_FillRect(to, &r, 0x1F3199);
    text(b, to, r, "Verder", (SDL_Color){ 255, 255, 255, 255 });
    SDL_UpdateWindowSurface(b->window);
}

static void press(struct bare *b, int i)
{
    int before = b->pressed;
    b->pressed = i;
    for (int n = 0; n < 2; n++) {
        int changed = n == 0 ? before : i;
        if (changed < 0)
            continue;
        SDL_Rect r = box(b, changed);
        draw_box(b, SDL_GetWindowSurface(b->window), changed);
        SDL_UpdateWindowSurfaceRects(b->window, &r, 1);
    }
}

static bool open_all(struct bare *b)
{
    setenv("XCOMPOSEFILE", "/dev/null", 0);
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_Init(SDL_INIT_VIDEO) != 0 || TTF_Init() != 0)
        return false;
    b->window = SDL_CreateWindow("bare", 0, 0, b->w, b->h, SDL_WINDOW_BORDERLESS);
    b->font = TTF_OpenFont(FONT, 40);
    return b->window && b->font;
}

static void hear(struct bare *b, const SDL_MouseButtonEvent *e)
{
    SDL_Point at = { e->x, e->y };
    SDL_Rect below = bar(b);
    if (e->type == SDL_MOUSEBUTTONUP) {
        press(b, -1);
        if (SDL_PointInRect(&at, &below)) {
            b->page = !b->page;
            draw_page(b);
        }
        return;
    }
    for (int i = 0; i < COLUMNS * ROWS; i++) {
        SDL_Rect r = box(b, i);
        if (SDL_PointInRect(&at, &r))
            press(b, i);
    }
}

int main(int argc, char **argv)
{
    struct bare b = { .pressed = -1 };
    SDL_Event e;

    if (argc != 3 || (b.w = atoi(argv[1])) < 320 || (b.h = atoi(argv[2])) < 320)
        return 2;
    if (!open_all(&b)) {
        fprintf(stderr, "bare: %s\n", SDL_GetError());
        return 1;
    }
    draw_page(&b);
    while (SDL_WaitEvent(&e) && e.type != SDL_QUIT) {
        if (e.type == SDL_MOUSEBUTTONDOWN || e.type == SDL_MOUSEBUTTONUP)
            hear(&b, &e.button);
        if (e.type == SDL_WINDOWEVENT && e.window.event == SDL_WINDOWEVENT_EXPOSED)
            SDL_UpdateWindowSurface(b.window);
    }
    SDL_Quit();
    return 0;
}
