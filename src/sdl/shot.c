#include "sdl/shot.h"

#include <png.h>

#include "base/mem.h"

enum err shot_write(const char *path, const uint32_t *px, int w, int h, int pitch)
{
    png_image image = { .version = PNG_IMAGE_VERSION, .width = (png_uint_32)w,
                        .height = (png_uint_32)h, .format = PNG_FORMAT_RGB };
    uint8_t *rgb = mem_calloc((size_t)w * 3, (size_t)h), *to = rgb;
    if (!rgb)
        return ERR_NOMEM;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            uint32_t p = px[(size_t)y * (size_t)pitch + (size_t)x];
            *to++ = (uint8_t)(p >> 16);
            *to++ = (uint8_t)(p >> 8);
            *to++ = (uint8_t)p;
        }
    bool written = png_image_write_to_file(&image, path, 0, rgb, 0, NULL) != 0;
    mem_free(rgb);
    return written ? ERR_OK : ERR_IO;
}
