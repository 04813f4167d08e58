/* draw.c: numbers that look drawn by lot and are the same on every machine.
 * SPDX-License-Identifier: MIT */
#include "draw.h"

guint64
draw_bits(Draw *draw)
{
    guint64 z = draw->state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

Draw
draw_new(guint64 seed, guint64 number)
{
    Draw draw = {seed};

    draw.state = draw_bits(&draw) ^ (number * G_GUINT64_CONSTANT(0xd1342543de82ef95));
    return draw;
}

guint
draw_below(Draw *draw, guint below)
{
    return (guint)((draw_bits(draw) >> 32) * below >> 32);
}

gboolean
draw_chance(Draw *draw, guint percent)
{
    return draw_below(draw, 100) < percent;
}

guint
draw_skewed(Draw *draw, guint below)
{
    const guint first = draw_below(draw, below);

    return draw_below(draw, first + 1);
}

char *
draw_token(Draw *draw, guint length)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    char *token = g_malloc(length + 1);

    for (guint i = 0; i < length; i++)
        token[i] = letters[draw_below(draw, sizeof letters - 1)];
    token[length] = '\0';
    return token;
}
