/* app.c: which view is shown, where Esc leads, and what a key does.
 * SPDX-License-Identifier: MIT */
#include "tui/ui.h"

static const ViewClass *const classes[VIEWS] = {
    [VIEW_OVERVIEW] = &view_overview, [VIEW_TREE] = &view_tree,
    [VIEW_RESULTS] = &view_results,   [VIEW_SOURCE] = &view_source,
    [VIEW_HELP] = &view_help,
};

static View *
view_new(App *app, ViewId id)
{
    View *view = g_malloc0(classes[id]->size);

    view->class = classes[id];
    view->app = app;
    if (view->class->open)
        view->class->open(view);
    return view;
}

static void
fit_view(App *app)
{
    if (!frame_fits(app->width, app->height))
        return;
    const Rect body = frame_body(app->width, app->height);
    View *view = app_view(app);
    view->class->fit(view, body.width, body.height);
}

App *
app_new(const AppInput *input, gboolean utf8)
{
    App *app = g_new0(App, 1);

    app->input = input;
    app->ascii = !utf8;
    app->glyphs = utf8 && !input->ascii;
    app->back = g_array_new(FALSE, FALSE, sizeof(ViewId));
    app->report = input->report ? input->report : report_new();
    app->summary = input->report ? summary_new(input->report) : NULL;
    app->cursor = cursor_new(app->report->tree);
    app->exit_status = input->report ? 0 : 2;
    app->views[VIEW_OVERVIEW] = view_new(app, VIEW_OVERVIEW);
    return app;
}

void
app_free(App *app)
{
    if (!app)
        return;
    for (guint i = 0; i < VIEWS; i++) {
        if (app->views[i] && app->views[i]->class->close)
            app->views[i]->class->close(app->views[i]);
        g_free(app->views[i]);
    }
    cursor_free(app->cursor);
    g_clear_pointer(&app->summary, summary_free);
    if (!app->input->report)
        report_free((Report *)app->report);
    g_array_unref(app->back);
    g_free(app->status);
    g_free(app);
}

View *
app_view(App *app)
{
    return app->views[app->current];
}

void
app_status(App *app, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_free(app->status);
    app->status = g_strdup_vprintf(format, args);
    va_end(args);
}

static void
set_view(App *app, ViewId view)
{
    if (!app->views[view])
        app->views[view] = view_new(app, view);
    app->current = view;
    fit_view(app);
}

/* A view that Esc would lead to anyway is gone back to, so the way back never grows. */
void
app_show(App *app, ViewId view)
{
    if (view == app->current)
        return;
    if (classes[view]->needs_message && !app->input->message) {
        app_status(app, "There is no message to show");
        return;
    }
    for (guint i = 0; i < app->back->len; i++) {
        if (g_array_index(app->back, ViewId, i) == view) {
            g_array_set_size(app->back, i);
            set_view(app, view);
            return;
        }
    }
    g_array_append_val(app->back, app->current);
    set_view(app, view);
}

static gboolean
has_bytes(const Evidence *evidence)
{
    return evidence->kind != EVIDENCE_DNS && evidence->spans->len > 0;
}

void
app_jump(App *app, const GPtrArray *evidence)
{
    for (guint i = 0; evidence && i < evidence->len; i++) {
        const Evidence *item = g_ptr_array_index(evidence, i);
        if (has_bytes(item) && app->input->message) {
            app_show(app, VIEW_SOURCE);
            source_jump(app, item->spans);
            fit_view(app);
            return;
        }
    }
    if (evidence && evidence->len > 0) {
        g_autofree char *text = evidence_text(evidence);
        app_status(app, "No bytes of the message: this rests on %s", text);
    } else {
        app_status(app, "This rests on no bytes of its own");
    }
}

void
app_resize(App *app, guint width, guint height)
{
    app->width = width;
    app->height = height;
    fit_view(app);
}

void
app_press(App *app, guint code)
{
    const Binding *binding = keys_find(code, app_view(app)->class->context);

    g_clear_pointer(&app->status, g_free);
    if (binding)
        binding->handler(app);
    else if (code != KEYCODE_NONE)
        app_status(app, "This key does nothing here; ? lists those that do");
    fit_view(app);
}

Canvas *
app_paint(const App *app)
{
    Canvas *canvas = canvas_new(app->width, app->height);
    const View *view = app->views[app->current];

    canvas->ascii = app->ascii;
    canvas->glyphs = app->glyphs;
    if (frame_fits(app->width, app->height))
        view->class->draw(view, canvas, frame_body(app->width, app->height));
    frame_draw(app, canvas);
    return canvas;
}

void
app_overview(App *app)
{
    app_show(app, VIEW_OVERVIEW);
}

void
app_results(App *app)
{
    app_show(app, VIEW_RESULTS);
}

void
app_source(App *app)
{
    app_show(app, VIEW_SOURCE);
}

/* ? again closes the help. */
void
app_help(App *app)
{
    if (app->current == VIEW_HELP)
        app_back(app);
    else
        app_show(app, VIEW_HELP);
}

void
app_back(App *app)
{
    if (app->back->len == 0)
        return;
    const ViewId view = g_array_index(app->back, ViewId, app->back->len - 1);
    g_array_set_size(app->back, app->back->len - 1);
    set_view(app, view);
}

void
app_quit(App *app)
{
    app->quit = TRUE;
}

static void
move_view(App *app, Move move)
{
    View *view = app_view(app);

    if (frame_fits(app->width, app->height))
        view->class->move(view, move);
}

void
app_up(App *app)
{
    move_view(app, MOVE_UP);
}

void
app_down(App *app)
{
    move_view(app, MOVE_DOWN);
}

void
app_page_up(App *app)
{
    move_view(app, MOVE_PAGE_UP);
}

void
app_page_down(App *app)
{
    move_view(app, MOVE_PAGE_DOWN);
}

void
app_first(App *app)
{
    move_view(app, MOVE_FIRST);
}

void
app_last(App *app)
{
    move_view(app, MOVE_LAST);
}

void
app_enter(App *app)
{
    View *view = app_view(app);

    if (view->class->enter)
        view->class->enter(view);
}
