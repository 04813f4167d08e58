/* play.c: from page to page of a lesson: its message, its view, its changes.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "lesson/step-path.h"
#include "mailbox/store.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/lessons/part.h"

/* ---- the message ---- */

static Document *
open_document(const LessonPlay *play, const char *path, GError **error)
{
    g_autoptr(Store) store = store_open(path, error);
    Message *message = store ? store_message(store, 0, error) : NULL;
    const Lesson *lesson = player_lesson(play->player);
    char *title = g_strdup(lesson_title(lesson));

    if (message)
        return document_of_message(message, NULL, title);
    return document_of_fault(error && *error ? (*error)->message : path, title);
}

/* Down to the lesson's own message: what was opened above it is closed. */
void
lesson_leave_others(App *app)
{
    while (app->doc != app->lesson->doc && app->stack->len > 1)
        app_pop(app);
}

static void
open_message(App *app, const char *path)
{
    LessonPlay *play = app->lesson;
    g_autoptr(GError) error = NULL;

    if (path && g_strcmp0(path, play->path) == 0)
        return;
    g_free(play->path);
    play->path = g_strdup(path);
    Document *document = open_document(play, path ? path : "", &error);
    const gboolean first = !play->doc && !(app->doc && app->doc->was_lesson);
    if (play->doc)
        lesson_leave_others(app);
    play->doc = document;
    if (first)
        app_push(app, document);
    else
        app_replace(app, document);
    if (error)
        app_status(app, "%s", error->message);
}

/* ---- what a page does to the message ---- */

gboolean
lesson_change(App *app, Edits *edits)
{
    Document *doc = app->lesson->doc;

    g_clear_pointer(&doc->edits, edits_free);
    doc->edits = edits;
    return app_analyse(app);
}

/* A what-if page shows the message with its changes, any other as it is. */
static void
set_changes(App *app, const ScriptSection *section)
{
    LessonPlay *play = app->lesson;
    g_autoptr(GError) error = NULL;
    const gboolean what_if = section && section->kind == SECTION_WHAT_IF;
    Edits *edits = what_if ? task_edits(section, &error) : NULL;

    g_clear_pointer(&play->before, report_free);
    if (!play->doc->message)
        return;
    if (play->doc->edits)
        lesson_change(app, NULL);
    if (section && (what_if || section->kind == SECTION_GOAL))
        play->before = record_copy(&report_type, play->doc->report);
    if (edits) {
        lesson_change(app, edits);
    } else if (error) {
        app_status(app, "%s", error->message);
    }
}

static ViewId
view_named(const char *name)
{
    static const struct { const char *name; ViewId view; } views[] = {
        { "overview", VIEW_OVERVIEW }, { "tree", VIEW_TREE }, { "results", VIEW_RESULTS },
        { "arc", VIEW_ARC }, { "route", VIEW_ROUTE }, { "signatures", VIEW_SIGNATURES },
        { "chart", VIEW_CHART }, { "advice", VIEW_ADVICE }, { "dns", VIEW_DNS },
        { "source", VIEW_SOURCE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(views); i++)
        if (g_str_equal(views[i].name, name))
            return views[i].view;
    return VIEW_OVERVIEW;
}

static void
show_view(App *app, const ScriptSection *section)
{
    g_auto(GStrv) words = g_strsplit(section->argument, " ", 2);

    if (!words[0])
        return;
    app_show(app, view_named(words[0]));
    const Step *step =
        words[1] ? step_path_find(app->doc->report->tree, g_strstrip(words[1])) : NULL;
    if (step)
        cursor_to(app->doc->cursor, step);
}

/* Of what was answered the outcome is seen, of the rest not. */
void
lesson_conceal(App *app)
{
    LessonPlay *play = app->lesson;
    Cursor *cursor = app_in_lesson(app) ? app->doc->cursor : NULL;
    const char *told;

    if (!cursor)
        return;
    const gboolean hides = player_hides(play->player);
    if (hides || play->concealed)
        cursor_conceal(cursor, hides);
    play->concealed = hides;
    for (guint i = 0; hides && (told = player_told_step(play->player, i)); i++) {
        const Step *step = step_path_find(app->doc->report->tree, told);
        if (step)
            cursor_reveal(cursor, step);
    }
}

void
lesson_tell_fault(App *app)
{
    g_autofree char *fault = player_fault(app->lesson->player);

    if (fault)
        app_status(app, _("Progress is not kept: %s"), fault);
}

void
lesson_settle(App *app)
{
    LessonPlay *play = app->lesson;
    const Lesson *lesson = player_lesson(play->player);
    const ScriptSection *section = player_section(play->player);
    g_autofree char *path = lesson_message(lesson, player_section_index(play->player));

    g_clear_pointer(&play->told, g_free);
    g_clear_pointer(&play->record, g_free);
    play->votes = (RoomVotes){ .until = 0 };
    play->asked = g_get_monotonic_time();
    play->aside = FALSE;
    open_message(app, path);
    if (app->quit)
        return;
    lesson_leave_others(app);
    set_changes(app, section);
    if (section && section->kind == SECTION_LOOK && app->doc->summary)
        show_view(app, section);
    else if (section && section->kind == SECTION_WHAT_IF && app->doc->summary)
        app_show(app, VIEW_TREE);
    const Step *step = lesson_step(app);
    if (step)
        player_set_outcome(play->player, (Result)step->result);
    lesson_conceal(app);
    lesson_tell_fault(app);
}

/* ---- from page to page ---- */

/* More of the same page first. */
static gboolean
scroll_on(LessonPlay *play)
{
    if (!play->page || play->pane.height == 0 ||
        !page_more(play->page, &play->place, play->pane.height))
        return FALSE;
    page_move(play->page, &play->place, play->pane.height, MOVE_PAGE_DOWN);
    return TRUE;
}

/* The one behind this one in the list, or NULL. (transfer full) */
static char *
next_lesson(const LessonPlay *play)
{
    g_autoptr(GPtrArray) lessons = lesson_list(NULL);
    const Lesson *now = player_lesson(play->player);

    for (guint i = 0; i < lessons->len; i++) {
        const Lesson *lesson = lessons->pdata[i];
        if (strcmp(lesson->name, now->name) > 0)
            return g_strdup(lesson->folder);
    }
    return NULL;
}

static void
go_on(App *app)
{
    g_autofree char *next = next_lesson(app->lesson);

    if (next)
        lesson_open(app, next);
    else
        app_status(app, _("That was the last lesson. L shows all of them"));
}

void
lesson_next(App *app)
{
    LessonPlay *play = app->lesson;

    if (scroll_on(play))
        return;
    switch (player_phase(play->player)) {
    case PLAYER_GUESS:
        app_status(app, _("First a guess: a to %c. s shows the answer without one"),
                   'a' + (char)player_choices(play->player) - 1);
        break;
    case PLAYER_SURE:
        app_status(app, _("First how sure you are: 1, 2 or 3"));
        break;
    case PLAYER_TASK:
        app_status(app, app->plain ? _("try KEY=VALUE tries a change; s shows the solution")
                                   : _("Enter tries a change; s shows the solution"));
        break;
    case PLAYER_END:
        go_on(app);
        break;
    case PLAYER_TEXT:
    case PLAYER_REVEAL:
    case PLAYER_REACHED:
        player_next(play->player);
        lesson_settle(app);
        break;
    }
}

void
lesson_back(App *app)
{
    if (!player_back(app->lesson->player))
        app_status(app, _("This is the first page"));
    else
        lesson_settle(app);
}
