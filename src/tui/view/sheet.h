/* sheet.h: bytes of a message put together for a purpose, with marks in the margin and notes
 * between them, and a cursor in it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/find.h"
#include "tui/page.h"
#include "tui/terminal/canvas.h"

typedef struct Sheet Sheet;

/* How the bytes of an entry stand for those of the message. */
typedef enum {
    SHEET_NOTE,         /* not at all: words of ours */
    SHEET_WHOLE,        /* all for all, whatever was made of them */
    SHEET_SAME,         /* byte for byte */
    SHEET_LINES         /* line for line */
} SheetKind;

typedef struct {
    SheetKind kind;
    Role      role;
    char      mark;         /* in the margin; ' ' for none */
    Role      mark_role;
    Span      target;       /* in the message */
} SheetEntry;

/* `mode`: of GlyphMode. (transfer full) */
Sheet   *sheet_new(guint width, int mode);
void     sheet_free(Sheet *sheet);
guint    sheet_width(const Sheet *sheet);

/* Filling it; an entry begins a line. */
void     sheet_add(Sheet *sheet, const SheetEntry *entry, const char *bytes, gsize length);
/* Wrapped at blanks, behind "^ ". */
void     sheet_note(Sheet *sheet, Role role, const char *text);

/* Once it is filled, and when the height changes. */
void     sheet_fit(Sheet *sheet, guint height);
void     sheet_move(Sheet *sheet, Move move);
/* To the entry that holds this byte of the message, a few rows below the top. */
void     sheet_go(Sheet *sheet, gsize offset);
/* What the row under the cursor stands for in the message `raw`; empty where for nothing. */
Span     sheet_target(const Sheet *sheet, const char *raw);
gboolean sheet_find(Sheet *sheet, Find *find);
/* The cursor goes to the row that stands `row` below the top. FALSE: it was there. */
gboolean sheet_click(Sheet *sheet, guint row);
/* The bytes of the row under the cursor. (transfer full) */
char    *sheet_value(const Sheet *sheet);
void     sheet_draw(const Sheet *sheet, Canvas *canvas, Rect area, gboolean cursor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)
