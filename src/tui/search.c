/* search.c: / n N in every view, and what was found shown where it stands.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"
#include "tui/view/list.h"

static gboolean
find_in_view(View *view, Find *find)
{
    PagePlace *place = NULL;
    Rect area;
    Page *page = lesson_has_keys(view->app) ? lesson_pane(view->app, &place, &area)
                 : view->class->pane ? view->class->pane(view, &place, &area) : NULL;

    if (page)
        return page_find(page, place, area.height, find);
    return view->class->find && view->class->find(view, find);
}

/* A list looks between keys, row by row, and says itself what it found. */
void
app_look(App *app, gboolean backward)
{
    if (!app->search) {
        app_status(app, _("Nothing was searched for yet: / asks for it"));
        return;
    }
    if (!frame_fits(app->width, app->height))
        return;
    if ((app_covers(app) || (predict_hides(app) && app->doc->current == VIEW_SOURCE)) && predict_blocks(app))
        return;
    app->highlight = TRUE;
    if (app->doc->current == VIEW_LIST) {
        list_search(app, app->search, backward);
        return;
    }
    g_autofree char *needle = find_fold(app->search, strlen(app->search));
    Find find = { .needle = needle, .backward = backward };
    if (!find_in_view(app_view(app), &find)) {
        app->highlight = FALSE;
        app_status(app, _("Not found in this view: %s"), app->search);
    } else if (find.wrapped) {
        app_status(app,
                   backward ? _("Found from the end on: %s")
                            : _("Found from the beginning on: %s"),
                   app->search);
    }
}

void
app_search_next(App *app)
{
    app_look(app, FALSE);
}

void
app_search_previous(App *app)
{
    app_look(app, TRUE);
}

void
command_search(App *app, const char *argument)
{
    g_free(app->search);
    app->search = g_strdup(argument);
    app_look(app, FALSE);
}

/* ---- what stands on the screen ---- */

/* A row of cells as text; `columns`: the cell that each byte belongs to. */
static char *
row_text(const Canvas *canvas, Rect area, guint y, GArray *columns)
{
    g_autoptr(GString) text = g_string_new(NULL);

    g_array_set_size(columns, 0);
    for (guint x = area.x; x < area.x + area.width; x++) {
        const char *cell = canvas_cell(canvas, x, y)->text;
        for (const char *at = cell; *at; at++)
            g_array_append_val(columns, x);
        g_string_append(text, cell);
    }
    return find_fold(text->str, text->len);
}

void
search_tint(Canvas *canvas, Rect area, const char *sought, Role role)
{
    g_autofree char *needle = find_fold(sought, strlen(sought));
    const gsize length = strlen(needle);

    if (length == 0)
        return;
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint y = area.y; y < area.y + area.height; y++) {
        g_autofree char *text = row_text(canvas, area, y, columns);
        for (const char *at = text; (at = strstr(at, needle)); at += length) {
            const guint first = g_array_index(columns, guint, at - text);
            const guint last = g_array_index(columns, guint, (gsize)(at - text) + length - 1);
            canvas_tint(canvas, first, y, last + canvas_cell(canvas, last, y)->width, role);
        }
    }
}

void
search_highlight(const App *app, Canvas *canvas, Rect area)
{
    if (app->highlight && app->search)
        search_tint(canvas, area, app->search, ROLE_FOUND);
}
