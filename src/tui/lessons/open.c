/* open.c: a lesson begins, and ends.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/lessons/part.h"
#include "tui/view/views.h"
#include "tui/way.h"

void
lesson_free_play(LessonPlay *play)
{
    if (!play)
        return;
    player_free(play->player);
    g_clear_pointer(&play->before, report_free);
    page_free(play->page);
    g_free(play->path);
    g_free(play->told);
    g_free(play->record);
    g_free(play);
}

void
lesson_forget(App *app, const Document *document)
{
    if (!app->lesson || app->lesson->doc != document)
        return;
    lesson_free_play(app->lesson);
    app->lesson = NULL;
}

/* The document goes, too, unless it is all there is. */
static void
end(App *app)
{
    LessonPlay *play = app->lesson;

    lesson_leave_others(app);
    if (play->doc->edits)
        lesson_change(app, NULL);
    cursor_conceal(play->doc->cursor, FALSE);
    play->doc->was_lesson = TRUE;
    app->lesson = NULL;
    lesson_free_play(play);
    if (app->stack->len > 1)
        app_pop(app);
}

/* Of a message whose outcome is still to be guessed the title bar would tell it. */
static void
open_nothing(App *app)
{
    Document *nothing = document_of_fault(NULL, g_strdup(""));

    nothing->was_lesson = TRUE;
    way_begin(app, WAY_LEFT, "");
    if (app->stack->len > 0)
        app_replace(app, nothing);
    else
        app_push(app, nothing);
}

void
lesson_leave(App *app)
{
    const gboolean alone = app->stack->len <= 1;
    const gboolean hides = app_hides(app) || lesson_asks_task(app);
    g_autofree char *name = g_strdup(player_lesson(app->lesson->player)->name);

    end(app);
    if (alone && hides) {
        open_nothing(app);
    } else if (alone) {
        way_begin(app, WAY_LEFT, name);     /* the way to its message no longer leads into it */
        way_take(app, app->doc);
    }
    if (alone)
        lessons_show(app, name);
}

void
lesson_left(App *app, const char *name)
{
    if (!*name || !lesson_open(app, name)) {
        open_nothing(app);
        return;
    }
    player_keep(app->lesson->player, FALSE);    /* it was kept when a person was there */
    lesson_finish(app);
    lesson_leave(app);
}

/* Where it was left; --handout and `again` know it by its name. */
static guint
place_left(const Lesson *lesson)
{
    g_autoptr(Progress) progress = progress_load(NULL);
    const ProgressLesson *known = progress_of(progress, lesson->name);

    return known && known->page > 1 ? (guint)known->page - 1 : 0;
}

/* Over the message that is seen, or in the place of the lesson before. */
static void
begin(App *app, Lesson *lesson)
{
    LessonPlay *old = app->lesson;
    LessonPlay *play = g_new0(LessonPlay, 1);

    play->player = player_new(lesson, TRUE);
    if (old) {
        lesson_leave_others(app);
        play->doc = old->doc;
        play->room = old->room;
        player_keep(play->player, !play->room);
    }
    app->lesson = play;
    lesson_free_play(old);
}

gboolean
lesson_open(App *app, const char *name)
{
    g_autoptr(GError) error = NULL;
    way_begin(app, "lesson", name);
    Lesson *lesson = lesson_find(name, &error);

    if (!lesson) {
        app_status(app, "%s", error->message);
        return FALSE;
    }
    const guint left = place_left(lesson);
    begin(app, lesson);
    if (left > 0 && left + 1 < player_pages(app->lesson->player))
        player_go(app->lesson->player, left);
    lesson_settle(app);
    if (player_page(app->lesson->player) > 0)
        app_status(app, _("You left it at this page; Home begins anew"));
    return TRUE;
}

/* From the start: everything is asked again. */
void
lesson_restart(App *app)
{
    const Lesson *now = player_lesson(app->lesson->player);
    Lesson *lesson = lesson_read(now->folder, now->language, NULL);

    if (!lesson)
        return;
    begin(app, lesson);
    lesson_settle(app);
}

/* For those who know it, or want to read the rest of the views. */
void
lesson_finish(App *app)
{
    player_finish(app->lesson->player);
    lesson_settle(app);
}

void
command_lesson_open(App *app, const char *argument)
{
    lesson_open(app, argument);
}

/* L: to the lesson that is played, else to the list. */
void
app_lessons(App *app)
{
    if (app->lesson && app->doc != app->lesson->doc)
        lesson_leave_others(app);
    if (app->lesson && app->lesson->aside)
        app->lesson->aside = FALSE;
    else if (app->doc->current == VIEW_LESSONS)
        app_back(app);
    else
        lessons_show(app, app->lesson ? player_lesson(app->lesson->player)->name : NULL);
}

const LessonOptions *
lesson_options(const App *app, const Document *document)
{
    return app->lesson && app->lesson->doc == document
               ? &player_lesson(app->lesson->player)->options : NULL;
}
