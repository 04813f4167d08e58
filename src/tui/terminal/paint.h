/* paint.h: the bytes that bring a terminal from one canvas to the next.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/canvas.h"

/* How this terminal is told; what is NULL it does not know. */
typedef struct {
    const char *clear, *erase, *plain;  /* as terminfo.h has them */
    gboolean    corner;
    char       *roles[ROLES];           /* switches from plain to each; empty: plain */
    void      (*move)(GString *out, guint x, guint y);
} Paint;

/* Appends what changes; `before` NULL: nothing is known of what is on the screen, which is cleared. Ends plain. */
void     paint_frame(GString *out, const Paint *paint, const Canvas *before, const Canvas *now);
/* Whether the two differ in that row, to the eye. */
gboolean paint_changes(const Canvas *before, const Canvas *now, guint y);
