/* list.h: the list of messages: what the rest of the screen asks of it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

void           list_work(App *app, gint64 microseconds);
gboolean       list_busy(const App *app);
void           list_go_to(App *app, guint row);  /* the cursor */
/* The row under the cursor (LIST_NO_ROW: the first one that there is), and how many stand above it;
 * and the same again. */
void           list_place(const Document *doc, guint *row, guint *above);
void           list_recall(App *app, guint row, guint above);
void           list_judge(App *app, guint row);  /* begins with it */
gboolean       list_judges_all(const App *app); /* not only rows that are seen */
void           list_search(App *app, const char *text, gboolean backward);
void           list_show_cell(App *app, guint cell);    /* of the chart: only these messages */
void           list_show_group(App *app, guint group);  /* of the survey: only these messages */
/* As it was before; the cursor, too, where its row is hidden then. */
void           list_show_all_groups(App *app);
const char    *list_nothing(const MailList *list);      /* where the filter leaves none */
