/* keys.c: the keys of a lesson: answers, and whether its text or the view beside it has the keys.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/lessons/part.h"
#include "tui/predict/predict.h"
#include "tui/view/views.h"

/* The fifth answer has the key of the glossary, where there is one. */
enum { GLOSSARY = 4 };

/* ---- answers ---- */

static void
answer(App *app, guint choice)
{
    LessonPlay *play = app->lesson;

    if (play && choice == GLOSSARY && player_choices(play->player) <= GLOSSARY)
        app_glossary(app);
    else if (!play || !player_guess(play->player, choice))
        app_status(app, _("There is no such answer here"));
    else
        play->guessed = g_get_monotonic_time();
}

void
answer_a(App *app)
{
    answer(app, 0);
}

void
answer_b(App *app)
{
    answer(app, 1);
}

void
answer_c(App *app)
{
    answer(app, 2);
}

void
answer_d(App *app)
{
    answer(app, 3);
}

void
answer_e(App *app)
{
    answer(app, 4);
}

void
answer_f(App *app)
{
    answer(app, 5);
}

static void
take_sure(App *app, guint sure)
{
    LessonPlay *play = app->lesson;
    const double seconds = (double)(play->guessed - play->asked) / G_USEC_PER_SEC;

    if (player_sure(play->player, sure, seconds))
        class_note(app, player_lesson(play->player)->name, player_answer(play->player));
    lesson_conceal(app);
    lesson_tell_fault(app);
}

void
sure_1(App *app)
{
    take_sure(app, 1);
}

void
sure_2(App *app)
{
    take_sure(app, 2);
}

void
sure_3(App *app)
{
    take_sure(app, 3);
}

void
lesson_skip(App *app)
{
    player_skip(app->lesson->player);
    g_clear_pointer(&app->lesson->told, g_free);
    lesson_conceal(app);
}

/* ---- where the keys are ---- */

/* The view behind a page that stands alone is seen, too. */
void
lesson_aside(App *app)
{
    app->lesson->aside = TRUE;
    app_status(app, _("The keys are the view's now; L leads back to the lesson"));
}

static void
move(App *app, Move how)
{
    LessonPlay *play = app->lesson;

    if (play->page && play->pane.height > 0)
        page_move(play->page, &play->place, play->pane.height, how);
}

void
lesson_up(App *app)
{
    move(app, MOVE_UP);
}

void
lesson_down(App *app)
{
    move(app, MOVE_DOWN);
}

void
lesson_page_up(App *app)
{
    move(app, MOVE_PAGE_UP);
}

void
lesson_page_down(App *app)
{
    move(app, MOVE_PAGE_DOWN);
}

/* Views that have the whole body for themselves, and lead back. */
gboolean
lesson_is_over(ViewId view)
{
    return view == VIEW_HELP || view == VIEW_GLOSSARY || view == VIEW_LESSONS;
}

/* It is what the key of the view that is open does, so that nobody was led back to it. */
static gboolean
opens_view(const App *app, void (*handler)(App *app))
{
    const ViewClass *class = app->doc->views[app->doc->current]->class;
    const Binding *usual = keys_find(g_utf8_get_char(class->key), class->context);

    return usual && usual->handler == handler;
}

gboolean
lesson_take_back(App *app)
{
    if (!app_in_lesson(app) || !app->lesson->aside || lesson_is_over(app->doc->current))
        return FALSE;
    app->lesson->aside = FALSE;
    return TRUE;
}

/* Whoever opens a view wants to see it, and if it was open behind the page. */
void
lesson_pressed(App *app, ViewId before, const Binding *binding)
{
    const ViewId now = app->doc->current;

    if (g_str_equal(binding->command, "pane") &&
        (app_covers(app) || !app->doc->views[now]->in_detail) && lesson_take_back(app))
        return;
    if (!app_in_lesson(app) || lesson_is_over(now) || (app_body(app).height > 0 && !app->plain) ||
        app->lesson->shown != player_page(app->lesson->player) + 1)
        return;
    if ((now == before || lesson_is_over(before)) && !opens_view(app, binding->handler))
        return;
    app->lesson->aside = TRUE;
    app_status(app, _("The keys are the view's now; L leads back to the lesson"));
}
