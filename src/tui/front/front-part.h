/* front-part.h: the process that has the terminal of a screen, as its own files see it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/front/front.h"
#include "tui/front/screen-line.h"
#include "tui/front/typed.h"
#include "tui/terminal/term.h"

typedef struct {
    const AppInput *input;
    CoreHost  host;
    Back      back;
    int       mode;         /* GlyphMode of this terminal */
    Term     *term;         /* NULL: there is none */
    gboolean  taken;        /* it is ours */
    GPtrArray *faults;      /* char *: of the theme */
    gboolean  told;         /* … which the core was told of */
    Canvas   *model;        /* what the core painted; NULL: nothing yet */
    Canvas   *ready;        /* for its first frame, made while it works; or NULL */
    guint     sizes[4];     /* of the terminal, as the core was told: the last, and the one before */
    gboolean  wide;         /* likewise */
    gboolean  waits, typing;    /* the core asked for an event */
    gboolean  gone;         /* the terminal is */
    Typed    *typed;        /* which of them were named on it */
    gboolean  pressed;      /* since the clipboard was filled */
    GByteArray *sent;       /* the event that it was told last, until it asks for another; or NULL */
    gint64    piled;        /* since when somebody waits for it; 0: nobody does */
    gboolean  noted;        /* the screen says that it does not answer … */
    gboolean  stopped;      /* … and the person ended it */
    gboolean  lost;         /* the core that was told it ended without looking at it: the next one is told */
    gboolean  done;         /* the core says so: it ends by itself */
} Front;

/* front.c: the terminal is taken for the screen, once. FALSE: there is none that can show it. */
gboolean front_take_terminal(Front *front);

/* front-tell.c: tells `event`, which is filled up, with that text; and what was told already, in its bytes. (transfer
 * full: bytes) */
void     front_tell(Front *front, guint code, const void *text, gsize length, ScreenEvent *event);
void     front_tell_again(Front *front, GByteArray *bytes);
void     front_pass_on(Front *front, guint code);   /* what came from the terminal */

/* front-take.c: a frame from the core; FALSE: no honest core says that. */
gboolean front_take(guint kind, const guint8 *bytes, gsize length, gpointer data);
