/* task.c: the task of a lesson: changes are tried, and judged.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/lessons/part.h"
#include "tui/view/what-if.h"

/* Enter: the line for commands, with the beginning of one in it. */
void
lesson_propose(App *app)
{
    app_palette(app);
    palette_add(app, "try ", 4);
}

/* What the changes that stand now come to, however they were made. */
static void
judge_task(App *app)
{
    LessonPlay *play = app->lesson;
    const ScriptSection *section = player_section(play->player);
    const Edits *edits = play->doc->edits;

    if (player_phase(play->player) != PLAYER_TASK || !play->before || !edits ||
        edits_length(edits) == 0)
        return;
    char *refused = task_refused(section, edits, play->before);
    g_free(play->told);
    play->told = refused ? refused : task_words(play->before, play->doc->report);
    player_tried(play->player, !refused && task_reached(play->before, play->doc->report));
    g_clear_pointer(&play->record, g_free);
    if (player_phase(play->player) == PLAYER_REACHED) {
        play->aside = FALSE;
        play->record = task_record(play->before, play->doc->report);
    }
    lesson_tell_fault(app);
}

void
lesson_analysed(App *app)
{
    if (!app_in_lesson(app))
        return;
    lesson_conceal(app);
    judge_task(app);
}

/* Each change is tried by itself: the task is one change. What is refused is not even shown. */
void
command_try(App *app, const char *argument)
{
    LessonPlay *play = app->lesson;
    g_autoptr(Edits) edits = edits_new();
    g_autoptr(GError) error = NULL;

    if (!app_in_lesson(app) || player_phase(play->player) != PLAYER_TASK) {
        app_status(app, _("There is no task to try this for; w tries it on the message"));
        return;
    }
    if (!edits_add_text(edits, argument, &error)) {
        app_status(app, "%s", error->message);
        return;
    }
    char *refused = task_refused(player_section(play->player), edits, play->before);
    if (!refused) {
        lesson_change(app, g_steal_pointer(&edits));
        return;
    }
    g_free(play->told);
    play->told = refused;
    player_tried(play->player, FALSE);
    if (play->doc->edits)
        lesson_change(app, NULL);
}

/* w in a task: the view where changes are made has the keys, until the task is done. */
void
lesson_what_if(App *app)
{
    app->lesson->aside = TRUE;
    app_what_if(app);
}
