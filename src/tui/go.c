/* go.c: the keys that lead to a view, and those that move in it.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/refused.h"
#include "tui/ui.h"

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
app_arc(App *app)
{
    app_show(app, VIEW_ARC);
}

void
app_signatures(App *app)
{
    app_show(app, VIEW_SIGNATURES);
}

void
app_route(App *app)
{
    app_show(app, VIEW_ROUTE);
}

void
app_chart(App *app)
{
    app_show(app, VIEW_CHART);
}

void
app_advice(App *app)
{
    app_show(app, VIEW_ADVICE);
}

void
app_answers(App *app)
{
    app_show(app, VIEW_DNS);
}

void
app_source(App *app)
{
    app_show(app, VIEW_SOURCE);
}

void
app_repairs(App *app)
{
    app_show(app, VIEW_REPAIRS);
}

/* ? again closes the help. */
void
app_help(App *app)
{
    if (app->doc->current == VIEW_HELP)
        app_back(app);
    else
        app_show(app, VIEW_HELP);
}

static void
move_view(App *app, Move move)
{
    View *view = app_view(app);

    if (frame_fits(app->width, app->height) && !app_covers(app))
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

/* Of two panes; where there are others, or more to it, the view has a handler of its own. */
void
app_pane(App *app)
{
    View *view = app_view(app);

    view->in_detail = !view->in_detail;
}

void
app_enter(App *app)
{
    View *view = app_view(app);

    if (refused_bare(app))
        app_status(app, _("There is nothing here to open"));
    else if (view->class->enter && frame_fits(app->width, app->height) && !app_covers(app))
        view->class->enter(view);
}
