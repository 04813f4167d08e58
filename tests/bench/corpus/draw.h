/* draw.h: numbers that look drawn by lot and are the same on every machine.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* SplitMix64: each message has its own, from the seed and its number, so that any part of a corpus
 * can be made alone. */
typedef struct {
    guint64 state;
} Draw;

Draw draw_new(guint64 seed, guint64 number);
guint64 draw_bits(Draw *draw);
/* From 0 to `below` - 1. */
guint draw_below(Draw *draw, guint below);
/* TRUE in `percent` of 100. */
gboolean draw_chance(Draw *draw, guint percent);
/* Small numbers often, large ones seldom, as senders of mail are: from 0 to `below` - 1. */
guint draw_skewed(Draw *draw, guint below);
/* `length` letters and digits. (transfer full) */
char *draw_token(Draw *draw, guint length);
