/* split.h: a list and what is told about one of its rows, in the room that there is.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/canvas.h"

/* A height of 0: not on the screen. */
typedef struct {
    Rect     list, detail;
    gboolean beside;
} Split;

/* Side by side where it is wide, one above the other where it is high, else the one that has the
 * keys. `rows`: of the list, with its headings. */
Split split_for(guint width, guint height, guint rows, gboolean in_detail);
/* The same, never side by side; the list takes at most `most` rows. */
Split split_stacked(guint width, guint height, guint rows, guint most, gboolean in_detail);
/* Moves both to where the view stands, and draws what parts them. */
void  split_place(Split *split, Canvas *canvas, Rect area);
/* The first row to show, so that row `at` is among `shown`. */
guint split_scroll(guint top, guint at, guint shown);
