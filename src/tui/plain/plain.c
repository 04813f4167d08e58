/* plain.c: the program without a screen: a line is typed, what follows from it is said.
 * SPDX-License-Identifier: MIT */
#include <langinfo.h>
#include <string.h>

#include "base/translate.h"
#include "tui/export.h"
#include "tui/lessons/lesson.h"
#include "tui/plain/part.h"
#include "tui/predict/predict.h"
#include "tui/way.h"

/* A list's window is what is asked of the store, so it stays small. */
static void
fit(App *app, const Plain *plain)
{
    app_resize(app, MAX(plain_out_width(plain->out), 60),
               app->doc->list ? PLAIN_LIST_HEIGHT : PLAIN_HEIGHT);
}

/* ---- asking ---- */

static gboolean
wants_more(gpointer data, gboolean *all)
{
    Plain *plain = data;
    g_autoptr(GString) line = g_string_new(NULL);

    plain_out_prompt(plain->out, _("More: Enter, all, or q to stop> "));
    if (plain_tie_line(plain->tie, line) != PLAIN_LINE)
        return FALSE;
    g_strstrip(line->str);
    *all = g_ascii_tolower(line->str[0]) == 'a';
    return g_ascii_tolower(line->str[0]) != 'q';
}

/* FALSE where nobody answers any more. */
static gboolean
ask(Plain *plain, const char *prompt, GString *line)
{
    plain_out_prompt(plain->out, prompt);
    const PlainRead read = plain_tie_line(plain->tie, line);
    if (read == PLAIN_LINE && line->len > 0 && line->str[line->len - 1] == '\r')
        g_string_truncate(line, line->len - 1);
    if (read != PLAIN_LINE || !plain_tie_seat(plain->tie)->terminal)
        plain_out_echo(plain->out, read == PLAIN_LINE ? line->str : "");
    return read == PLAIN_LINE;
}

/* ---- what has the keys for itself on a screen ---- */

static void
paste(Plain *plain)
{
    App *app = plain->app;
    g_autoptr(GString) line = g_string_new(NULL);

    plain_out_say(plain->out, "%s",
                  _("Paste a message or its headers, then a line with a single dot."));
    plain_tie_pasting(plain->tie, TRUE);
    PlainRead read;
    while ((read = plain_tie_line(plain->tie, line)) == PLAIN_LINE) {
        if (g_str_equal(line->str, ".") || g_str_equal(line->str, ".\r"))
            break;
        g_string_append_c(line, '\n');
        if (app->modal == MODAL_PASTE) {
            const InputText text = { g_bytes_new(line->str, line->len), FALSE };
            modal_text(app, &text);
            g_bytes_unref(text.bytes);
        }
    }
    plain_tie_pasting(plain->tie, FALSE);
    if (read == PLAIN_INTERRUPT)
        app_status(app, _("Nothing was pasted"));
    else
        paste_open(app);
    if (app->modal != MODAL_NONE)
        question_yes(app);
}

/* The menu as lines, and what is chosen as a word. */
static void
export(Plain *plain)
{
    App *app = plain->app;
    g_autoptr(GString) line = g_string_new(NULL);

    app->modal = MODAL_NONE;
    for (const ExportKind *kind = export_kinds; kind->word; kind++)
        plain_out_say(plain->out, "  %s: %s", kind->word, export_about(app, kind));
    plain_out_say(plain->out, "  redact: %s", app->redact ? _("names are masked; again: not")
                                                          : _("mask names in what is exported"));
    if (!ask(plain, _("Export which of these, maybe with a file name> "), line))
        return;
    g_strstrip(line->str);
    if (*line->str)
        command_export(app, line->str);
    else
        app_status(app, _("Nothing was written"));
}

static void
search(Plain *plain, const char *given)
{
    App *app = plain->app;
    g_autoptr(GString) line = g_string_new(given);

    if (line->len == 0 && !ask(plain, _("Search for> "), line))
        return;
    if (line->len == 0)
        return;
    plain_out_filter(plain->out, line->str);
    if (app->doc->current == VIEW_LIST)
        plain_list_all(plain);
    else if (app->doc->current == VIEW_SOURCE)
        plain_source_all(plain);
    else
        plain_show(plain);
    const guint found = plain_out_filter(plain->out, NULL);
    if (found == 0)
        plain_out_say(plain->out, _("Not found: %s"), line->str);
}

/* ---- doing ---- */

/* The N-th of those that a view numbers. */
static gboolean
choose(Plain *plain, guint number)
{
    App *app = plain->app;
    View *view = app_view(app);

    if (app->doc->current == VIEW_TREE) {
        if (number > cursor_walk_length(app->doc->cursor))
            return FALSE;
        cursor_go(app->doc->cursor, cursor_walk_row(app->doc->cursor, number));
        return TRUE;
    }
    const Page *page = view->class->read ? view->class->read(view) : NULL;
    const guint rows = plain_rows(app);
    const guint items = rows > 0 ? rows : page ? page_items(page) : 0;
    if (items > 0 && number > items)
        return FALSE;
    view->class->move(view, MOVE_FIRST);
    for (guint i = 1; i < number; i++)
        view->class->move(view, MOVE_DOWN);
    view->class->fit(view, app->width, app->height);
    return TRUE;
}

/* Numbers are those of messages. */
static gboolean
has_messages(const App *app)
{
    return app->doc->list && app->doc->current != VIEW_SURVEY;
}

static void
open_number(Plain *plain, guint number)
{
    App *app = plain->app;

    if (has_messages(app)) {
        if (plain_list_has(plain, number)) {
            plain->opened.in = app->doc;
            plain->opened.first = plain->place.first;
            app_open_row(app, number - 1);
        } else {
            app_status(app, _("There is no message %u: it holds %u"), number,
                       mail_list_count(app->doc->list));
        }
    } else if (number >= 1 && choose(plain, number)) {
        app_enter(app);
    } else {
        app_status(app, _("There is no number %u here"), number);
    }
}

/* What the tree was told with: its cause, which a walk may begin with. NULL: a walk was begun, or something is asked. */
static const Step *
told_step(const App *app, const Binding *binding)
{
    Cursor *cursor = app->doc->cursor;
    const gboolean begins = app->doc->current == VIEW_TREE && g_str_equal(binding->command, "step") &&
                            !cursor_walking(cursor) && !predict_asks(app);

    return begins ? cursor_step(cursor) : NULL;
}

/* "step 5" goes there; anything else is done to the one chosen. */
static void
do_binding(Plain *plain, const Binding *binding, guint number)
{
    App *app = plain->app;

    if (number > 0 && !has_messages(app) && !choose(plain, number)) {
        app_status(app, _("There is no number %u here"), number);
        return;
    }
    if (number > 0 && g_str_has_prefix(binding->command, "step"))
        return;
    if (g_str_equal(binding->command, "open") && number > 0 && has_messages(app)) {
        open_number(plain, number);
        return;
    }
    const Document *doc = app->doc;
    const ViewId before = doc->current;
    const Step *told = told_step(app, binding);
    binding->handler(app);
    if (told && told == cursor_step(doc->cursor) && cursor_walking(doc->cursor))
        binding->handler(app);
    if (!app->quit && app->doc == doc && (binding->contexts & IN_ALL))
        lesson_pressed(app, before, binding);
}

static gboolean
goes_on(const App *app, const PlainRequest *request)
{
    return request->kind == PLAIN_BINDING && request->number == 0 &&
           g_str_equal(request->binding->command, "page-down") &&
           (app->doc->current == VIEW_LIST || app->doc->current == VIEW_SOURCE);
}

static void
go_on(Plain *plain)
{
    if (plain->app->doc->list)
        plain_list(plain);
    else
        plain_source(plain);
}

/* A number alone tells of a group what a screen has beside it. */
static gboolean
tells_group(const App *app, const PlainRequest *request)
{
    return request->kind == PLAIN_NUMBER && app->doc->current == VIEW_SURVEY && !app_covers(app);
}

static void
tell_group(Plain *plain, guint number)
{
    const View *view = app_view(plain->app);

    if (number >= 1 && choose(plain, number))
        plain_show_page(plain, view->class->read(view));
    else
        plain_out_say(plain->out, _("There is no number %u here"), number);
}

static void
act(Plain *plain, const PlainRequest *request)
{
    App *app = plain->app;
    const PlainSaid before = plain_said(app);
    const gboolean opens = request->kind == PLAIN_BINDING &&
                           g_str_equal(request->binding->command, "open");

    if (request->kind == PLAIN_NUMBER)
        open_number(plain, request->number);
    else if (request->kind == PLAIN_COMMAND)
        request->command->handler(app, request->argument);
    else
        do_binding(plain, request->binding, request->number);
    if (app->modal == MODAL_PASTE)
        paste(plain);
    else if (app->modal == MODAL_EXPORT)
        export(plain);
    app->modal = MODAL_NONE;
    if (app->quit)
        return;
    fit(app, plain);
    plain_say_changes(plain, &before, opens);
}

static void
obey(Plain *plain, const char *line)
{
    App *app = plain->app;
    PlainRequest request = plain_request(app, line);

    g_clear_pointer(&app->status, g_free);
    plain_out_begin(plain->out);
    switch (request.kind) {
    case PLAIN_NOTHING:
        break;
    case PLAIN_HELP:
        plain_help(plain);
        break;
    case PLAIN_SEARCH:
        search(plain, request.argument);
        break;
    case PLAIN_UNKNOWN:
        plain_out_say(plain->out, "%s", request.answer);
        break;
    case PLAIN_BINDING:
    case PLAIN_COMMAND:
    case PLAIN_NUMBER:
        if (goes_on(app, &request))
            go_on(plain);
        else if (tells_group(app, &request))
            tell_group(plain, request.number);
        else
            act(plain, &request);
        break;
    }
    plain_request_clear(&request);
}

static void
talk(Plain *plain)
{
    App *app = plain->app;
    g_autoptr(GString) line = g_string_new(NULL);

    while (!app->quit) {
        g_autofree char *prompt = plain_prompt(app, plain_out_width(plain->out));
        plain_await_begin(plain, prompt);
        const gboolean typed = ask(plain, prompt, line);
        plain_await_end(plain);
        if (!typed)
            return;
        obey(plain, line->str);
        way_say(app);
    }
}

static void
open_and_talk(Plain *plain)
{
    App *app = plain->app;

    plain_out_begin(plain->out);
    way_follow(app, plain->back);
    if (app->quit)
        return;
    fit(app, plain);
    plain_say_document(plain, TRUE);
    if (app->status)
        plain_out_say(plain->out, "%s", app->status);
    plain_say_view(plain);
    if (plain_tie_seat(plain->tie)->input)
        talk(plain);
}

static void
say_way(App *app, const char *way)
{
    plain_tie_way(((const Plain *)app->waiter)->tie, way);
}

static void
keep(App *app, GBytes *text)
{
    plain_tie_keep(((const Plain *)app->waiter)->tie, text);
}

int
plain_run(PlainTie *tie, const AppInput *input, const Back *back, CoreSign *sign)
{
    const gboolean utf8 = g_str_equal(nl_langinfo(CODESET), "UTF-8");
    const PlainSeat *seat = plain_tie_seat(tie);
    Plain plain = { .tie = tie, .back = back, .interactive = seat->interactive != 0 };
    AppInput own = *input;

    if (back->serial)
        own.lanes = 1;
    if (own.host.enter)
        own.host.enter(own.host.data);
    plain.app = app_new(&own, utf8);
    plain.app->plain = TRUE;
    plain.app->glyphs = FALSE;      /* a screen reader knows x and +, and so does every terminal */
    plain.out = plain_out_new(tie, plain.app->mode, plain.interactive ? wants_more : NULL, &plain);
    plain.app->wait = seat->input ? plain_wait : NULL;
    plain.app->waiter = &plain;
    plain.app->say_way = say_way;
    plain.app->keep = keep;
    plain.app->reading = &sign->doing[0];
    judge_tell(plain.app->judge, &sign->doing[1], CORE_DOING - 1);
    plain.awaited.rows = g_array_new(FALSE, FALSE, sizeof(guint));
    open_and_talk(&plain);
    const int status = plain.app->exit_status;
    plain_tie_quit(tie, status);
    app_free(plain.app);
    plain_out_free(plain.out);
    g_array_unref(plain.awaited.rows);
    return status;
}
