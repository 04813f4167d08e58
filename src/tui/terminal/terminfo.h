/* terminfo.h: what a terminal can do, and the sequences for it, from its description.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/theme.h"

typedef struct {
    char    *clear, *erase;         /* the screen; to the end of the line, or NULL */
    char    *plain;                 /* no attribute, no color */
    char    *begin, *end;           /* a screen of its own, a cursor that is not seen, keys as described; and back */
    int      colors;                /* 0: none */
    gboolean own_colors;            /* it can be told to use its own again */
    gboolean corner;                /* a character in the last column of the last row moves nothing */
    guint    width, height;         /* where the terminal itself does not tell */
} Terminfo;

/* The description `name` (NULL: $TERM says which) for the terminal at `fd`. There is one at a time. NULL where there
 * is none, or nothing can be drawn with it. (transfer full) */
Terminfo   *terminfo_open(const char *name, int fd);
void        terminfo_free(Terminfo *terminfo);
/* What the key of a capability ("kcuu1") sends, or NULL. (transfer none) */
const char *terminfo_key(const Terminfo *terminfo, const char *capability);
/* Moves the cursor; both count from 0. */
void        terminfo_move(GString *out, guint x, guint y);
/* Switches from plain to a style whose colors are of so many; empty where they are the same. (transfer full) */
char       *terminfo_style(const Terminfo *terminfo, const Style *style);
