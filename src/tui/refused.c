/* refused.c: which keys those are: the tree by the other RFC, and predict mode.
 * SPDX-License-Identifier: MIT */
#include "tui/refused.h"

#include "tui/handlers.h"
#include "tui/view/views.h"

gboolean
refused_here(const App *app, const Binding *binding)
{
    return (binding->handler == tree_other_rfc && !tree_other_can(app)) ||
           (binding->handler == app_predict && app->lesson);
}
