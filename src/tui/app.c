/* app.c: which view is shown, where Esc leads, and what a key does.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"
#include "tui/view/list.h"
#include "tui/view/views.h"

#include <string.h>

static const ViewClass *const classes[VIEWS] = {
    [VIEW_OVERVIEW] = &view_overview, [VIEW_TREE] = &view_tree,     [VIEW_RESULTS] = &view_results,
    [VIEW_ARC] = &view_arc,           [VIEW_SIGNATURES] = &view_signatures,
    [VIEW_ROUTE] = &view_route,       [VIEW_SOURCE] = &view_source, [VIEW_INSIDE] = &view_inside,
    [VIEW_SURVEY] = &view_survey,
    [VIEW_CHART] = &view_chart,       [VIEW_ADVICE] = &view_advice, [VIEW_DNS] = &view_dns,
    [VIEW_REPAIRS] = &view_repairs,   [VIEW_LIST] = &view_list,     [VIEW_HELP] = &view_help,
    [VIEW_WHAT_IF] = &view_what_if,
    [VIEW_RECEIVERS] = &view_receivers,
    [VIEW_GLOSSARY] = &view_glossary, [VIEW_LESSONS] = &view_lessons, [VIEW_SCORE] = &view_score,
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
    View *view = app_view(app);     /* there is always one, even where it has no room */

    predict_settle(app);
    if (!frame_fits(app->width, app->height))
        return;
    const Rect body = frame_body(app->width, app->height), seen = app_body(app);
    /* What a lesson's text hides is as it will be when it is seen again. */
    view->class->fit(view, seen.width, seen.height > 0 ? seen.height : body.height);
    if (app_in_lesson(app))
        lesson_fit(app);
    if (app->paste)
        modal_fit(app, body);
}

App *
app_new(const AppInput *input, gboolean utf8)
{
    App *app = g_new0(App, 1);

    app->input = input;
    app->mode = utf8 ? 0 : GLYPH_ASCII;
    app->glyphs = utf8 && !input->ascii;
    app->stack = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    app->judge = judge_new(&input->host, input->providers, input->lanes);
    app->trusted = g_ptr_array_new_with_free_func(g_free);
    app->dead = g_ptr_array_new_with_free_func(g_free);
    app->prompt = g_string_new(NULL);
    app->palette = palette_new();
    app->book = class_book_new(input->class_file);
    app->undo = undo_new();
    app->mouse = !input->no_mouse;
    app->redact = input->redact;
    app->bindings = input->bindings ? input->bindings : bindings;
    app->dns = -1;
    return app;
}

void
app_free(App *app)
{
    if (!app)
        return;
    opinions_stop(app);
    lesson_free_play(app->lesson);
    g_free(app->predict);
    class_book_free(app->book);
    glossary_free(app->glossary);
    judge_free(app->judge);
    g_ptr_array_unref(app->stack);
    g_ptr_array_unref(app->trusted);
    g_ptr_array_unref(app->dead);
    g_free(app->going);
    paste_free(app->paste);
    g_string_free(app->prompt, TRUE);
    palette_free(app->palette);
    undo_free(app->undo);
    g_free(app->clipboard);
    g_free(app->search);
    g_free(app->edit_key);
    g_free(app->edit_was);
    g_free(app->status);
    g_free(app);
}

/* Views of a document are made when they are first seen. */
View *
app_view(App *app)
{
    Document *doc = app->doc;

    if (!doc->views[doc->current])
        doc->views[doc->current] = view_new(app, doc->current);
    return doc->views[doc->current];
}

Context
app_context(const App *app)
{
    switch (app->modal) {
    case MODAL_PASTE:
        return IN_PASTE;
    case MODAL_PROMPT:
        return IN_PROMPT;
    case MODAL_QUESTION:
        return IN_QUESTION;
    case MODAL_PALETTE:
        return IN_PALETTE;
    case MODAL_EDIT:
        return IN_EDIT;
    case MODAL_EXPORT:
        return IN_EXPORT;
    case MODAL_NONE:
        break;
    }
    if (lesson_has_keys(app))
        return lesson_context(app);
    if (predict_context(app))
        return predict_context(app);
    return classes[app->doc->current]->context;
}

/* A question has all keys for itself; beside a text that is read, those of the view count. */
Context
app_context_below(const App *app)
{
    const Context own = app_context(app);

    if (app->modal != MODAL_NONE || !(own & (IN_LESSON | IN_ASKED | IN_TASK | IN_GUESS | IN_GUESS_TOLD)))
        return 0;
    return classes[app->doc->current]->context;
}

/* NULL: the key means nothing here. */
static const Binding *
binding_of(const App *app, guint code)
{
    const Binding *binding = keys_find_in(app->bindings, code, app_context(app));

    return binding ? binding : keys_find_in(app->bindings, code, app_context_below(app));
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
    app->doc->swapped_left = view != VIEW_TREE && (app->doc->swapped_left || app->doc->swapped);
    document_main_tree(app->doc);
    app->doc->current = view;
    app_view(app);
    fit_view(app);
}

static gboolean
is_looked_up(ViewId view)
{
    return view == VIEW_HELP || view == VIEW_GLOSSARY;
}

/* Keys and words are looked up beside a view: once they were left for the next view, the way does
 * not lead back to them. */
static void
add_way_back(App *app, ViewId to)
{
    GArray *back = app->doc->back;
    ViewId from = app->doc->current;

    while (is_looked_up(from) && !is_looked_up(to) && back->len > 0) {
        from = g_array_index(back, ViewId, back->len - 1);
        g_array_set_size(back, back->len - 1);
    }
    g_array_append_val(back, from);
}

/* A view that Esc would lead to anyway is gone back to, so the way back never grows. */
void
app_show(App *app, ViewId view)
{
    GArray *back = app->doc->back;

    if (view == app->doc->current)
        return;
    if (classes[view]->needs_message && !app->doc->summary &&
        !(classes[view]->of_list && app->doc->list)) {
        app_status(app, app->doc->list ? _("This is a list: Enter opens a message")
                                       : _("There is no message to show"));
        return;
    }
    if (view == VIEW_OVERVIEW && app->doc->list)
        return;
    for (guint i = 0; i < back->len; i++) {
        if (g_array_index(back, ViewId, i) == view) {
            g_array_set_size(back, i);
            set_view(app, view);
            return;
        }
    }
    add_way_back(app, view);
    set_view(app, view);
}

void
app_descend(App *app, ViewId view)
{
    g_array_append_val(app->doc->back, app->doc->current);
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
        if (has_bytes(item) && app->doc->message) {
            app_show(app, VIEW_SOURCE);
            source_jump(app, item->spans);
            fit_view(app);
            return;
        }
    }
    if (evidence && evidence->len > 0) {
        g_autofree char *text = evidence_text(evidence);
        app_status(app, _("No bytes of the message: this rests on %s"), text);
    } else {
        app_status(app, _("This rests on no bytes of its own"));
    }
}

void
app_resize(App *app, guint width, guint height)
{
    app->width = width;
    app->height = height;
    fit_view(app);
}

const MailList *
app_list_below(const App *app)
{
    const guint depth = app->stack->len;

    return depth < 2 ? NULL : ((const Document *)g_ptr_array_index(app->stack, depth - 2))->list;
}

const Binding *
app_binding(const App *app, const char *command, Context context)
{
    for (const Binding *binding = app->bindings; binding->keys; binding++)
        if ((binding->contexts & context) && g_str_equal(binding->command, command))
            return binding;
    return NULL;
}

/* Whoever opened a message from a list, or looked up a key, and presses q, means that: so it is in mutt, tig and less. Ctrl-C
 * and :quit leave the program from anywhere. Who pasted ten messages, one over the other, need not press it ten times. */
gboolean
app_quits_level(const App *app, const Binding *binding)
{
    const Document *doc = app->doc;

    if (binding->handler != app_quit)
        return FALSE;
    if (is_looked_up(doc->current) && doc->back->len > 0)
        return TRUE;
    return !app->lesson && app_list_below(app);
}

static void
leave_level(App *app)
{
    if (is_looked_up(app->doc->current))
        app_back(app);
    else
        app_pop(app);
}

/* A digit of a view that does not exist yet is not a fault of the person's. */
void
app_press(App *app, guint code)
{
    g_clear_pointer(&app->status, g_free);
    if (app->modal != MODAL_NONE) {
        modal_press(app, code);
    } else {
        const Binding *binding = binding_of(app, code);
        if (!binding || binding->handler != app_copy)
            app->copied = 0;
        if (!binding || binding->handler != app_dns)
            app->dns_told = FALSE;
        const ViewId before = app->doc->current;
        if (binding) {
            if (code > ' ' && app_quits_level(app, binding))
                leave_level(app);
            else
                binding->handler(app);
            if (binding->contexts & IN_ALL)
                lesson_pressed(app, before, binding);
        } else if (code != KEYCODE_NONE && !(code == '\t' && lesson_take_back(app))) {
            app_status(app, _("This key does nothing here; ? lists those that do"));
        }
    }
    fit_view(app);
}

void
app_text(App *app, const InputText *text)
{
    g_clear_pointer(&app->status, g_free);
    modal_text(app, text);
    fit_view(app);
}

/* Work that has nothing to do with what is seen waits. */
void
app_work(App *app, gint64 microseconds)
{
    if (app->paste && app->modal == MODAL_PASTE && paste_busy(app->paste))
        paste_work(app->paste);
    else if (app->doc->list)
        list_work(app, microseconds);
    else
        opinions_work(app);
    fit_view(app);
}

gboolean
app_busy(const App *app)
{
    return (app->paste && app->modal == MODAL_PASTE && paste_busy(app->paste)) || list_busy(app) ||
           opinions_due(app);
}

int
app_fd(const App *app)
{
    return app->asking ? opinions_fd(app) : judge_fd(app->judge);
}

gboolean
app_typing(const App *app)
{
    return app->modal == MODAL_PASTE || app->modal == MODAL_QUESTION;
}

void
app_set_wide(App *app, gboolean wide)
{
    const int mode = wide ? GLYPH_WIDE : 0;

    if ((app->mode & GLYPH_WIDE) == mode || app->mode & GLYPH_ASCII)
        return;
    app->mode ^= GLYPH_WIDE;
    if (app->doc)
        app_resize(app, app->width, app->height);
}

static void
draw_view(const App *app, Canvas *canvas)
{
    const View *view = app->doc->views[app->doc->current];
    const Rect seen = app_body(app);

    if (seen.height > 0 && app_covers(app))
        app_cover_draw(app, canvas, seen);
    else if (seen.height > 0)
        view->class->draw(view, canvas, seen);
    if (app_in_lesson(app))
        lesson_draw(app, canvas);
    search_highlight(app, canvas, frame_body(app->width, app->height));
}

Canvas *
app_paint(const App *app)
{
    Canvas *canvas = canvas_new(app->width, app->height);

    canvas->mode = app->mode;
    canvas->glyphs = app->glyphs;
    if (frame_fits(app->width, app->height)) {
        if (app->paste)
            modal_draw(app, canvas, frame_body(app->width, app->height));
        else
            draw_view(app, canvas);
        if (app->modal == MODAL_PALETTE)
            palette_draw(app, canvas, frame_body(app->width, app->height));
        if (app->modal == MODAL_EXPORT)
            export_draw(app, canvas, frame_body(app->width, app->height));
    }
    frame_draw(app, canvas);
    return canvas;
}

/* Within what is open first, then to what it was opened from. */
void
app_back(App *app)
{
    GArray *back = app->doc->back;

    app->highlight = FALSE;
    if (app->doc->list && mail_list_searching(app->doc->list)) {
        mail_list_stop_search(app->doc->list);
        app_status(app, _("The search was stopped"));
    } else if (back->len > 0) {
        const ViewId view = g_array_index(back, ViewId, back->len - 1);
        const gboolean other_tree = view == VIEW_TREE && app->doc->swapped_left;
        g_array_set_size(back, back->len - 1);
        set_view(app, view);
        if (other_tree)
            tree_other_again(app);
    } else if (app->stack->len > 1) {
        app_pop(app);
    }
}

void
app_quit(App *app)
{
    app->quit = TRUE;
}
