/* paste.h: the box into which text is pasted, dropped or typed.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/terminal/canvas.h"

typedef struct Paste Paste;

Paste   *paste_new(int mode);              /* (transfer full) */
void     paste_free(Paste *paste);

/* FALSE: not all of it had a place. */
gboolean paste_add(Paste *paste, const char *text, gsize length);
void     paste_remove(Paste *paste, gboolean line);     /* the last character, or line */
gboolean paste_is_empty(const Paste *paste);
guint    paste_lines(const Paste *paste);
GBytes  *paste_bytes(Paste *paste);         /* (transfer full) */
/* The file that the text names, where it is nothing else: a terminal writes its name where a file
 * is dropped. (transfer full, or NULL) */
char    *paste_file(const Paste *paste);

/* What is recognised in it is counted while no key waits. */
gboolean paste_busy(const Paste *paste);
void     paste_work(Paste *paste);
/* "23 header fields, 2 repairs needed, body: no"; NULL for an empty box. (transfer full) */
char    *paste_count(const Paste *paste);

void     paste_fit(Paste *paste, guint width, guint height);
void     paste_scroll(Paste *paste, gboolean up);
void     paste_draw(const Paste *paste, Canvas *canvas, Rect area);
