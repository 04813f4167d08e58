/* screen-line.h: what the process with the terminal and the one that parses say to each other.
 * SPDX-License-Identifier: MIT
 *
 * The one that parses may have been taken over: each frame of it is looked at as a stranger's. Events come one at a
 * time, each when it was asked for: what is typed ahead waits, as keys or as text, until it is known which it is. */
#pragma once

#include <glib.h>

typedef enum {
    /* from the core */
    SCREEN_TAKE = 'T',      /* it has something to show: the terminal is taken */
    SCREEN_ROWS = 'R',      /* a piece of cells.h, onto what was shown last … */
    SCREEN_SHOW = 'S',      /* … which is shown now (ScreenShow) */
    SCREEN_CLEAR = 'X',     /* before rows: of a blank canvas of this size and mode (ScreenShow) */
    SCREEN_WAIT = 'W',      /* the next event is asked for (ScreenWait) */
    SCREEN_MOUSE = 'M',     /* whether it is used: one byte */
    SCREEN_COPY = 'C',      /* a text for the clipboard */
    SCREEN_WAY = 'P',       /* how one comes back to what is open (way.h) */
    SCREEN_KEEP = 'K',      /* a pasted text that becomes a message, to be handed to whoever comes after: its beginning … */
    SCREEN_KEEP_MORE = 'k', /* … and what follows */
    SCREEN_HEARD = 'h',     /* the last event is being followed: from here on the way says what came of it */
    SCREEN_QUIT = 'Q',      /* exit status: one byte */
    /* to the core */
    SCREEN_EVENT = 'e'      /* ScreenEvent; the text follows: pasted, or (KEYCODE_RESIZE) to be told */
} ScreenKind;

typedef struct {
    guint32 width, height;
    guint32 mode;           /* GlyphMode that it is painted in */
} ScreenShow;

typedef struct {
    guint32 typing;         /* as of input_next() */
} ScreenWait;

typedef struct {
    guint32 code;           /* KeyCode or a character */
    guint32 width, height, wide;    /* the terminal as it is now */
    guint32 mouse, x, y;    /* of KEYCODE_MOUSE */
    guint32 marked, cut;    /* of KEYCODE_TEXT */
} ScreenEvent;
