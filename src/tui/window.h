/* window.h: the screen as the process sees it that has no terminal: shows a canvas, waits for a key.
 * SPDX-License-Identifier: MIT
 *
 * At the other end of the line is term.h, with a process around it that believes nothing (front.c). Everything here is for one
 * thread. A line that breaks ends the process: nobody is there any more. */
#pragma once

#include "tui/terminal/canvas.h"
#include "tui/terminal/input.h"

typedef struct Window Window;

/* `line` is borrowed. The size is the terminal's, as far as is known already; 0: it is asked for. (transfer full) */
Window    *window_new(int line, guint width, guint height, gboolean wide);
void       window_free(Window *window);
/* The terminal is taken now, if it is not yet. */
void       window_take(Window *window);
void       window_size(const Window *window, guint *width, guint *height);
/* Whether ambiguous characters take two columns; may change with a KEYCODE_RESIZE. */
gboolean   window_wide(const Window *window);
/* What came with a KEYCODE_RESIZE to be told; or NULL. (transfer full) */
char      *window_told(Window *window);
/* Takes the canvas over: what is shown next is compared with it. It is seen with the next wait. */
void       window_show(Window *window, Canvas *canvas);
/* As term_wait(). */
guint      window_wait(Window *window, int ms, int fd, gboolean typing);
/* (transfer full: bytes) */
InputText  window_text(Window *window);
InputMouse window_mouse(const Window *window);
void       window_use_mouse(Window *window, gboolean use);
/* Has the text put into the clipboard. */
void       window_copy(Window *window, const char *text);
/* How one comes back here (way.h), for whoever takes over when this process ends. */
void       window_way(Window *window, const char *way);
/* The same of a text that was pasted. */
void       window_keep(Window *window, GBytes *text);
/* The last event is not to be told to whoever takes over. */
void     window_heard(Window *window);
void       window_quit(Window *window, int status);
