/* refused.c: which keys those are: the tree by the other RFC, predict mode, what would tell the answer of a lesson, and what acts on
 * the rows of a view that has none.
 * SPDX-License-Identifier: MIT */
#include "tui/refused.h"

#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/view/views.h"

/* In predict mode these keys are those of its questions. */
static gboolean
tells_answer(const App *app, const Binding *binding)
{
    static void (*const walks[])(App *app) = { tree_step, tree_step_back, tree_finish, tree_restart, tree_cause };

    for (gsize i = 0; i < G_N_ELEMENTS(walks) && app_in_lesson(app) && app_hides(app); i++)
        if (binding->handler == walks[i])
            return TRUE;
    return FALSE;
}

gboolean
refused_bare(const App *app)
{
    const Document *doc = app->doc;
    const View *view = doc->views[doc->current];

    return doc->summary && view && view->class->of_rows && !view->class->has(app);
}

static gboolean
acts_on_row(const Binding *binding)
{
    return binding->handler == app_enter || binding->handler == app_trust || binding->handler == app_border ||
           binding->handler == app_undo || binding->handler == signatures_side;
}

gboolean
refused_here(const App *app, const Binding *binding)
{
    return (binding->handler == tree_other_rfc && !tree_other_can(app)) ||
           (binding->handler == app_predict && app->lesson) || tells_answer(app, binding) ||
           (acts_on_row(binding) && refused_bare(app));
}
