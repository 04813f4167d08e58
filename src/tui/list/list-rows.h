/* list-rows.h: the rows of a list that are on the screen: asked of the store once, and painted.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/list/mail-list.h"
#include "tui/terminal/canvas.h"

typedef struct ListRows ListRows;

ListRows *list_rows_new(void);      /* (transfer full) */
void      list_rows_free(ListRows *rows);
/* Date and From as a list shows them. (transfer full) */
char     *list_rows_date(const StoreLine *line);
char     *list_rows_from(const StoreLine *line);

/* Those from position `top` on, `height` of them, are on the screen now. */
void      list_rows_load(ListRows *rows, MailList *list, guint top, guint height);
guint     list_rows_count(const ListRows *rows);
guint     list_rows_row(const ListRows *rows, guint index);
/* Whom the sender of that row looks like; or NULL. (transfer none) */
const char *list_rows_like(const ListRows *rows, const MailList *list, guint index);
/* Headings, and below them the rows; `selected` is the index of the one under the cursor. */
void      list_rows_draw(const ListRows *rows, const MailList *list, Canvas *canvas, Rect area,
                         guint selected);
