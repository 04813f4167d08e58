/* input.h: the bytes that a terminal sends, as keys and as texts.
 * SPDX-License-Identifier: MIT
 *
 * What is pasted must never act as keys, whatever it holds. Between the marks of bracketed paste
 * (mode 2004) everything is text, and so is what follows the closing mark without a pause: a hand
 * is slower, so a closing mark inside a crafted text frees nothing. Where the terminal sends no
 * marks, bytes that arrive faster than keys can be pressed are text. */
#pragma once

#include <glib.h>

typedef struct Input Input;

typedef enum { INPUT_NOTHING, INPUT_KEY, INPUT_TEXT } InputKind;

/* A click is where the button is let go, at the place where it was pressed: nothing of it is left
 * for the shell when it ended the program. */
typedef enum { MOUSE_OTHER, MOUSE_PRESS, MOUSE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN } MouseKind;

typedef struct {
    MouseKind kind;
    guint     x, y;         /* cells, from 0 */
} InputMouse;

/* More than that of one paste is left out. */
#define INPUT_TEXT_MAX (32u << 20)

Input   *input_new(gboolean utf8);      /* (transfer full) */
void     input_free(Input *input);
/* A sequence of this terminal and the KeyCode it stands for; the usual ones are known. */
void     input_learn(Input *input, const char *sequence, guint code);

/* `now`: microseconds of the monotonic clock. */
void     input_feed(Input *input, const char *bytes, gsize length, gint64 now);
/* What comes next. `typing`: where text is asked for, so that of several bytes at once none is a
 * key. `silent`: the terminal was quiet for input_patience() milliseconds. */
InputKind input_next(Input *input, gboolean typing, gboolean silent, guint *code);
/* What a terminal answers when it is asked for its cursor (ECMA-48, 8.3.14: CPR), taken out of the
 * bytes that are here, wherever it stands: a person may have typed meanwhile. */
gboolean input_take_report(Input *input, guint *column);
/* Likewise what it answers when it is asked for the color of its background (xterm's OSC 11): 0xRRGGBB. */
gboolean input_take_background(Input *input, guint *rgb);
/* How long silence must last until what is here is all; 0: nothing is here, or an end must come. */
guint    input_patience(const Input *input, gboolean typing);

typedef struct {
    GBytes  *bytes;     /* lines ended by LF */
    gboolean marked;    /* between marks: pasted for certain */
    gboolean cut;       /* it was longer than INPUT_TEXT_MAX */
} InputText;

/* What was not taken yet is nobody's any more; a paste that is under way goes on being one, and is none's either. */
void      input_forget(Input *input);

/* The last KEYCODE_MOUSE. */
InputMouse input_mouse(const Input *input);
/* The last INPUT_TEXT. (transfer full: bytes) */
InputText input_take_text(Input *input);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Input, input_free)
