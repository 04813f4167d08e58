/* frame-views.c: the row of views, and which of them stand in it.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tui/frame-part.h"

static const ViewClass *const row_of_views[] = {&view_overview, &view_tree,   &view_results,
                                                &view_arc,      &view_route,  &view_signatures,
                                                &view_chart,    &view_advice, &view_receivers, &view_dns,
                                                &view_source,   &view_inside, &view_repairs,
                                                &view_list,     &view_survey, &view_help,
                                                &view_what_if,  &view_glossary,
                                                &view_lessons,  &view_score};

/* A view that has nothing for this message leaves the row, but not while it is seen. */
static gboolean
in_row(const App *app, const ViewClass *class)
{
    const Document *doc = app->doc;

    if (doc->views[doc->current]->class == class)
        return TRUE;
    if (class->needs_message && !doc->summary && !(class->of_list && doc->list))
        return FALSE;
    if (doc->list ? class == &view_overview : class == &view_list)
        return FALSE;
    return !class->has || class->has(app);
}

/* The key that opens it: the table's, or a person's own. (transfer full) */
static char *
view_key(const App *app, const ViewClass *class)
{
    if (app->bindings == bindings)
        return g_strdup(class->key);
    const Binding *usual = keys_find(g_utf8_get_char(class->key), class->context);
    char *own = usual ? keys_first(app->bindings + (usual - bindings)) : NULL;

    return own ? own : g_strdup(class->key);
}

/* "[2 Tree]", " 2 Tree ", " 2 ". (transfer full) */
static char *
view_text(const App *app, const ViewClass *class, gboolean label)
{
    const gboolean current = app->doc->views[app->doc->current]->class == class;
    g_autofree char *key = view_key(app, class);

    return g_strdup_printf("%s%s%s%s%s", current ? "[" : " ", key, label || current ? " " : "",
                           label || current ? translate(class->label) : "", current ? "]" : " ");
}

static guint
view_columns(const App *app, const ViewClass *class, gboolean label)
{
    g_autofree char *text = view_text(app, class, label);

    return glyph_columns(text, app->mode);
}

static guint
draw_view(const App *app, Canvas *canvas, guint x, const ViewClass *class, gboolean label)
{
    const gboolean current = app->doc->views[app->doc->current]->class == class;
    g_autofree char *text = view_text(app, class, label);
    g_autofree char *key = view_key(app, class);
    const guint end = x + glyph_columns(text, app->mode);

    canvas_put(canvas, x, 1, canvas->width, current ? ROLE_VIEWROW_CURRENT : ROLE_VIEWROW, text);
    canvas_button(canvas, x, 1, end, keys_parse(key, strlen(key)));
    return end;
}

/* Without room for all, these are the first behind ": more"; but never the one that is shown. */
static const ViewClass *const leave_first[] = { &view_what_if, &view_receivers, &view_help,       &view_source, &view_dns,
                                                &view_chart,      &view_arc,    &view_route,
                                                &view_signatures, &view_results };

static gboolean
is_left(const App *app, const ViewClass *class, guint count)
{
    for (guint i = 0; i < count; i++)
        if (leave_first[i] == class)
            return class != app->doc->views[app->doc->current]->class;
    return FALSE;
}

/* The bracket of the shown view takes the place of the blank that others end in. */
static guint
gap_before_more(const App *app, guint left)
{
    const ViewClass *last = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++)
        if (in_row(app, row_of_views[i]) && !is_left(app, row_of_views[i], left))
            last = row_of_views[i];
    return last == app->doc->views[app->doc->current]->class ? 1 : 0;
}

/* What each view takes of the row; nothing for one that is not in it. */
typedef guint RowColumns[G_N_ELEMENTS(row_of_views)];

static void
measure_row(const App *app, gboolean labels, RowColumns columns)
{
    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++)
        columns[i] = in_row(app, row_of_views[i]) ? view_columns(app, row_of_views[i], labels) : 0;
}

static guint
row_columns(const App *app, const RowColumns columns, guint left)
{
    guint total = left > 0 ? glyph_columns(_(": more"), FALSE) + gap_before_more(app, left) : 0;

    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++)
        total += columns[i] > 0 && !is_left(app, row_of_views[i], left) ? columns[i] : 0;
    return total;
}

/* Where it is narrow the keys must do. */
void
frame_draw_views(const App *app, Canvas *canvas)
{
    enum { LABELS_MIN = 70 };
    const guint width = canvas->width;
    RowColumns columns;
    guint left = 0, x = 0;

    measure_row(app, TRUE, columns);
    const gboolean labels = width >= LABELS_MIN || row_columns(app, columns, 0) <= width;
    if (!labels)
        measure_row(app, FALSE, columns);
    while (row_columns(app, columns, left) > width && left < G_N_ELEMENTS(leave_first))
        left++;
    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++)
        if (columns[i] > 0 && !is_left(app, row_of_views[i], left))
            x = draw_view(app, canvas, x, row_of_views[i], labels);
    if (left > 0) {
        x += gap_before_more(app, left);
        canvas_put(canvas, x, 1, width, ROLE_VIEWROW, _(": more"));
        canvas_button(canvas, x, 1, width, ':');
    }
}

/* Of a view its key and its name: "1 Overview, 2 Tree". */
char *
frame_views(const App *app)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++) {
        if (!in_row(app, row_of_views[i]))
            continue;
        g_autofree char *key = view_key(app, row_of_views[i]);
        g_string_append_printf(out, "%s%s %s", out->len > 0 ? ", " : "", key, translate(row_of_views[i]->label));
    }
    return g_strdup(out->str);
}
