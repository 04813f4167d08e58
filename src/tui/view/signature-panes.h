/* signature-panes.h: where the parts of the signatures' view stand, and which of them has the keys.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/view/signature-part.h"

/* Which part the keys that move go to. */
typedef enum { FOCUS_LIST, FOCUS_FACTS, FOCUS_SHEET } Focus;

/* A height of 0: not on the screen. */
typedef struct {
    Rect     list, facts, sheet;
    Side     side;              /* of the sheet */
    gboolean beside;
} Panes;

/* `rows`: of the list, with its heading; `side` and `focus` as they were chosen. */
Panes panes_for(guint width, guint height, guint rows, Side side, Focus focus);
/* What is not on the screen has no keys. */
Focus panes_focus(const Panes *panes, Focus focus);
/* The next part that is on the screen; `side` as it was chosen. */
Focus panes_next(const Panes *panes, Side side, Focus focus);
/* Moves all to where the view stands. */
void  panes_move(Panes *panes, Rect area);
/* What parts them, when they are there. */
void  panes_draw_rules(const Panes *panes, Canvas *canvas, Rect area);
