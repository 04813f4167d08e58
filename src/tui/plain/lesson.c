/* lesson.c: a lesson read line by line: the page, then the view that it is about.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/choice.h"
#include "tui/lessons/lesson.h"
#include "tui/lessons/part.h"
#include "tui/plain/part.h"

PlainLesson
plain_lesson_said(const App *app)
{
    if (!app_in_lesson(app) || app->lesson->aside)
        return (PlainLesson){ 0, 0, -1, 0 };
    const Player *player = app->lesson->player;
    return (PlainLesson){ player_page(player) + 1, (guint)player_phase(player),
                          player_guessed(player), app->lesson->votes.sum };
}

gboolean
plain_lesson_same(const PlainLesson *a, const PlainLesson *b)
{
    return a->page == b->page && a->phase == b->phase && a->guess == b->guess &&
           a->votes == b->votes;
}

/* The step that a page is about says more than the whole tree. */
static void
say_view(Plain *plain)
{
    if (plain->app->doc->current == VIEW_TREE)
        plain_show_step(plain);
    else
        plain_show(plain);
}

void
plain_say_lesson(Plain *plain)
{
    const App *app = plain->app;
    const Player *player = app->lesson->player;
    const ScriptSection *section = player_section(player);
    g_autoptr(Page) page = lesson_page(app, plain_out_width(plain->out));

    if (player_phase(player) == PLAYER_SURE) {
        g_autofree char *text = choice_sure_text();
        plain_out_say(plain->out, "%s", text);
        return;
    }
    g_autofree char *place = lesson_place_text(player);
    plain_out_say(plain->out, "%s:", place);
    plain_show_page(plain, page);
    if (player_phase(player) == PLAYER_SURE)
        return;
    if (section && player_phase(player) == PLAYER_TEXT && section->kind == SECTION_LOOK)
        say_view(plain);
}
