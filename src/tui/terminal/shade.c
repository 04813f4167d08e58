/* shade.c: colors by name and by value, and what is nearest to them.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/shade.h"

#include <string.h>

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, BRIGHT };
/* Terminals with direct color still take values below 8 for the palette (terminfo's RGB). */
enum { DIRECT_MIN = 8 };
/* xterm's palette: 16 named colors, a cube of 6 x 6 x 6, 24 grays. */
enum { CUBE = 16, GRAYS = 232, PALETTE = 256 };

typedef struct {
    int red, green, blue;
} Parts;

static Parts
parts(guint rgb)
{
    return (Parts){ (int)(rgb >> 16 & 0xFF), (int)(rgb >> 8 & 0xFF), (int)(rgb & 0xFF) };
}

static gboolean
read_value(const char *word, int *shade)
{
    guint64 value;

    if (*word != '#' || strlen(word) != 7 ||
        !g_ascii_string_to_unsigned(word + 1, 16, 0, 0xFFFFFF, &value, NULL))
        return FALSE;
    *shade = SHADE_RGB | (int)value;
    return TRUE;
}

gboolean
shade_read(const char *word, int *shade)
{
    static const char *const names[] = { "black", "red", "green", "yellow", "blue", "magenta",
                                         "cyan", "white" };
    const gboolean bright = g_str_has_prefix(word, "bright-");
    guint64 number;

    if (g_str_equal(word, "default")) {
        *shade = SHADE_TERMINAL;
        return TRUE;
    }
    for (int i = 0; i < BRIGHT; i++) {
        if (g_str_equal(word + (bright ? strlen("bright-") : 0), names[i])) {
            *shade = i + (bright ? BRIGHT : 0);
            return TRUE;
        }
    }
    if (!g_ascii_string_to_unsigned(word, 10, 0, PALETTE - 1, &number, NULL))
        return read_value(word, shade);
    *shade = (int)number;
    return TRUE;
}

/* The steps of one side of the cube. */
static int
cube_level(int step)
{
    return step == 0 ? 0 : 55 + 40 * step;
}

guint
shade_rgb(int shade)
{
    static const guint named[] = { 0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD,
                                   0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00,
                                   0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF };

    if (shade >= SHADE_RGB)
        return (guint)(shade - SHADE_RGB);
    if (shade < CUBE)
        return named[MAX(shade, 0)];
    if (shade >= GRAYS)
        return (guint)(8 + 10 * (shade - GRAYS)) * 0x010101u;
    const int at = shade - CUBE;
    return (guint)(cube_level(at / 36) << 16 | cube_level(at / 6 % 6) << 8 | cube_level(at % 6));
}

static int
nearest_step(int value)
{
    return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
}

static int
distance(guint one, guint other)
{
    const Parts a = parts(one), b = parts(other);
    const int red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;

    return red * red + green * green + blue * blue;
}

static int
reduce_256(guint rgb)
{
    const Parts p = parts(rgb);
    const int mean = (p.red + p.green + p.blue) / 3;
    const int gray = GRAYS + CLAMP((mean - 3) / 10, 0, 23);
    const int cube = CUBE + 36 * nearest_step(p.red) + 6 * nearest_step(p.green) +
                     nearest_step(p.blue);

    return distance(rgb, shade_rgb(gray)) < distance(rgb, shade_rgb(cube)) ? gray : cube;
}

static int
reduce_gray(int value, gboolean bright)
{
    if (!bright)
        return value < 0x6E ? BLACK : WHITE;
    return value < 0x40 ? BLACK : value < 0x98 ? BLACK + BRIGHT
                          : value < 0xD8     ? WHITE : WHITE + BRIGHT;
}

/* In degrees: red 0, green 120, blue 240. */
static int
hue(Parts p, int least, int most)
{
    const int chroma = most - least;
    int degrees;

    if (most == p.red)
        degrees = 60 * (p.green - p.blue) / chroma;
    else if (most == p.green)
        degrees = 120 + 60 * (p.blue - p.red) / chroma;
    else
        degrees = 240 + 60 * (p.red - p.green) / chroma;
    return (degrees + 360) % 360;
}

/* The nearest by distance would be gray for every pale color: a verdict must keep its hue. Orange
 * is yellow here, which is what tells it from red. */
static int
reduce_16(guint rgb, gboolean bright)
{
    static const struct { int below, color; } hues[] = {
        { 20, RED }, { 75, YELLOW }, { 165, GREEN }, { 196, CYAN }, { 265, BLUE },
        { 335, MAGENTA }, { 360, RED },
    };
    enum { PALE = 40, LIGHT = 0xD0 };
    const Parts p = parts(rgb);
    const int most = MAX(MAX(p.red, p.green), p.blue), least = MIN(MIN(p.red, p.green), p.blue);
    gsize i = 0;

    if (most - least < PALE)
        return reduce_gray((most + least) / 2, bright);
    for (const int degrees = hue(p, least, most); degrees >= hues[i].below;)
        i++;
    return hues[i].color + (bright && most >= LIGHT ? BRIGHT : 0);
}

int
shade_reduce(int shade, int depth)
{
    if (shade < 0)
        return SHADE_TERMINAL;
    if (depth > PALETTE) {
        if (shade < DIRECT_MIN)
            return shade;
        const int value = (int)shade_rgb(shade);
        return value == 0 || value >= DIRECT_MIN ? value : DIRECT_MIN;
    }
    if (shade < depth)
        return shade;
    if (depth == PALETTE)
        return reduce_256(shade_rgb(shade));
    return reduce_16(shade_rgb(shade), depth >= 2 * BRIGHT);
}

/* By how bright eyes find the three parts (ITU-R BT.601). */
gboolean
shade_is_light(guint rgb)
{
    const Parts p = parts(rgb);

    return 299 * p.red + 587 * p.green + 114 * p.blue >= 1000 * 0x80;
}
