/* frame.c: what stands around every view: title bar, row of views, rules, footer.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "tui/ui.h"

enum { WIDTH_MIN = 40, HEIGHT_MIN = 12, ROWS_ABOVE = 3, ROWS_BELOW = 2 };

static const ViewClass *const row_of_views[] = { &view_overview, &view_tree, &view_results,
                                                 &view_source, &view_help };

gboolean
frame_fits(guint width, guint height)
{
    return width >= WIDTH_MIN && height >= HEIGHT_MIN;
}

Rect
frame_body(guint width, guint height)
{
    return (Rect) { 0, ROWS_ABOVE, width, height - ROWS_ABOVE - ROWS_BELOW };
}

static const char *
fidelity_words(const char *id)
{
    static const char *const words[][2] = {
        { "raw", "raw bytes" },           { "reencoded", "re-encoded" },
        { "headers", "headers only" },    { "reflowed", "re-flowed headers" },
        { "fragments", "fragments" },
    };

    for (guint i = 0; id && i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(id, words[i][0]))
            return words[i][1];
    return id ? id : "";
}

/* INTERFACE.md, "Snapshot file": a file that came with the message says so. */
static const char *
dns_words(const char *source)
{
    if (!source)
        return NULL;
    if (strstr(source, "beside"))
        return "DNS from a file beside the message";
    if (g_str_has_prefix(source, "snapshot"))
        return "DNS from a snapshot file";
    if (g_str_has_prefix(source, "offline"))
        return "DNS not asked (offline)";
    return g_str_has_prefix(source, "live") ? "DNS asked live" : source;
}

static char *
file_name(const App *app)
{
    const char *path = app->report->source->path;

    if (!path)
        return g_strdup("");
    if (g_str_equal(path, "-"))
        return g_strdup("standard input");
    return g_path_get_basename(path);
}

/* The verdict and, where there is room and it is not the verdict again, what it rests on. */
static char *
verdict_text(const App *app, gboolean wide)
{
    const Summary *summary = app->summary;

    if (!summary)
        return g_strdup("");
    const char *mark = mark_tone(summary->tone, app->glyphs);
    if (wide && summary->basis && !g_str_equal(summary->basis, "unknown"))
        return g_strdup_printf("DMARC: %s %s  (%s)", mark, summary->verdict, summary->basis);
    return g_strdup_printf("DMARC: %s %s", mark, summary->verdict);
}

/* Fidelity and the walk at the right, the verdict where it fits, the name in what is left. */
static void
draw_title(const App *app, Canvas *canvas)
{
    const guint width = canvas->width;
    const gboolean wide = width >= 70;
    g_autofree char *name = file_name(app);
    g_autofree char *verdict = verdict_text(app, wide);
    g_autofree char *step = app->current == VIEW_TREE ? tree_progress(app) : NULL;
    g_autofree char *right = g_strconcat(step ? step : "", step ? " " : "",
                                         app->summary
                                             ? fidelity_words(app->report->source->fidelity)
                                             : "", NULL);
    const guint right_at = width - MIN(glyph_columns(right, app->ascii), width / 2);
    const guint columns = glyph_columns(verdict, app->ascii);
    const guint at = right_at > columns + 4 ? MIN(width * 7 / 16, right_at - columns - 2) : 1;

    canvas_fill(canvas, 0, 0, width, ROLE_TITLE, ' ');
    const guint x = wide ? canvas_put(canvas, 0, 0, at, ROLE_TITLE, " fromscope ") : 0;
    canvas_put_cut(canvas, x + 1, 0, at - 1, ROLE_TITLE, name);
    canvas_put(canvas, at, 0, right_at - 1, ROLE_TITLE, verdict);
    canvas_put(canvas, right_at, 0, width, ROLE_TITLE, right);
}

static void
draw_views(const App *app, Canvas *canvas)
{
    guint x = 0;

    for (guint i = 0; i < G_N_ELEMENTS(row_of_views); i++) {
        const ViewClass *class = row_of_views[i];
        if (class->needs_message && !app->input->message)
            continue;
        const gboolean current = app->views[app->current]->class == class;
        const Role role = current ? ROLE_VIEWROW_CURRENT : ROLE_VIEWROW;
        x = canvas_put(canvas, x, 1, canvas->width, role, current ? "[" : " ");
        x = canvas_put(canvas, x, 1, canvas->width, role, class->key);
        x = canvas_put(canvas, x, 1, canvas->width, role, " ");
        x = canvas_put(canvas, x, 1, canvas->width, role, class->label);
        x = canvas_put(canvas, x, 1, canvas->width, role, current ? "]" : " ");
    }
}

static void
draw_rule(Canvas *canvas, guint y, const char *note)
{
    canvas_fill(canvas, 0, y, canvas->width, ROLE_RULE, '-');
    if (!note)
        return;
    const guint columns = glyph_columns(note, canvas->ascii);
    const guint room = canvas->width - 4;
    const guint x = columns + 4 < room ? canvas->width - columns - 4 : 2;
    canvas_put(canvas, x - 1, y, x, ROLE_RULE, " ");
    const guint end = canvas_put_cut(canvas, x, y, canvas->width - 2, ROLE_DIM, note);
    canvas_put(canvas, end, y, canvas->width, ROLE_RULE, " ");
}

/* "h/l fold": neighbours in the table with the same hint share it. */
static char *
hint_keys(const Binding **binding, Context context)
{
    GString *keys = g_string_new(NULL);
    const Binding *first = *binding;

    for (const Binding *at = first; at->keys; at++) {
        if (!(at->contexts & context))
            continue;
        if (g_strcmp0(at->hint, first->hint) != 0)
            break;
        g_autofree char *key = keys_first(at);
        g_string_append_printf(keys, "%s%s", keys->len > 0 ? "/" : "", key);
        *binding = at;
    }
    return g_string_free(keys, FALSE);
}

static gboolean
is_hinted(const App *app, const Binding *binding, Context context)
{
    if (!(binding->contexts & context) || !binding->hint)
        return FALSE;
    return app->input->message || g_str_equal(binding->command, "help") ||
           g_str_equal(binding->command, "quit");
}

/* "? help" always has its place; every other hint is there when it fits. */
enum { HELP_HINT = 6 };

static void
draw_footer(const App *app, Canvas *canvas)
{
    const guint y = canvas->height - 1;
    const Context context = app->views[app->current]->class->context;
    guint x = 1;

    for (const Binding *binding = bindings; binding->keys; binding++) {
        if (!is_hinted(app, binding, context))
            continue;
        const gboolean last = binding->contexts == IN_ALL;
        const char *hint = binding->hint;
        g_autofree char *keys = hint_keys(&binding, context);
        const guint columns = (guint)(strlen(keys) + strlen(hint)) + 1;
        if (x + columns + (last ? 0 : HELP_HINT + 2) > canvas->width)
            continue;
        x = canvas_put(canvas, x, y, canvas->width, ROLE_FOOTER_KEY, keys);
        x = canvas_put(canvas, x + 1, y, canvas->width, ROLE_FOOTER, hint) + 2;
    }
}

void
frame_draw(const App *app, Canvas *canvas)
{
    if (!frame_fits(canvas->width, canvas->height)) {
        if (canvas->height > 0)
            canvas_put(canvas, 0, 0, canvas->width, ROLE_STATUS,
                       "Window too small: 40x12 is needed");
        return;
    }
    const View *view = app->views[app->current];
    g_autofree char *note = view->class->note ? view->class->note(view) : NULL;

    draw_title(app, canvas);
    draw_views(app, canvas);
    draw_rule(canvas, 2, app->summary ? dns_words(app->report->source->dns_source) : NULL);
    draw_rule(canvas, canvas->height - 2, note);
    const char *status = app->status ? app->status : app->summary ? NULL : app->input->fault;
    if (status)
        canvas_put_cut(canvas, 1, canvas->height - 1, canvas->width, ROLE_STATUS, status);
    else
        draw_footer(app, canvas);
}
