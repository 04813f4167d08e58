/* shade.h: colors as themes name them, and as terminals with fewer colors can show them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* A color is a number: 0 to 255 of the terminal's palette, SHADE_RGB | 0xRRGGBB, or one of these.
 */
enum {
    SHADE_UNSET = -2,           /* nothing was said */
    SHADE_TERMINAL = -1,        /* the terminal's own */
    SHADE_RGB = 1 << 24
};

/* "default", "red", "bright-red", "0" to "255", "#ff8700". FALSE: none of these. */
gboolean shade_read(const char *word, int *shade);
/* 0xRRGGBB: of the palette, what xterm shows. Not for the negative ones. */
guint    shade_rgb(int shade);
/* The nearest color that a terminal of `depth` colors has: below 16 by hue, so that a pale green
 * stays green. More than 256: by value, as terminfo's RGB has it. Negative: the terminal's own. */
int      shade_reduce(int shade, int depth);
/* Dark letters are read on it, and light ones are not: 0xRRGGBB. */
gboolean shade_is_light(guint rgb);
