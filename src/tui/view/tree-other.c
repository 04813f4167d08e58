/* tree-other.c: the tree by the other RFC in place of the one that counts, and back.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"
#include "tui/view/views.h"

/* "7489" or "9989": whose tree is shown. (transfer none) */
static const char *
rfc_shown(const Document *doc)
{
    const gboolean counts_7489 = report_dmarc(doc->report) == doc->report->dmarc->rfc7489;

    return counts_7489 == doc->swapped ? "9989" : "7489";
}

static const DmarcResult *
result_shown(const Document *doc)
{
    return g_str_equal(rfc_shown(doc), "7489") ? doc->report->dmarc->rfc7489
                                               : doc->report->dmarc->rfc9989;
}

char *
tree_other_title(const App *app, const CursorRow *row)
{
    char *title = tree_row_title(row);

    if (!app->doc->swapped || row->depth > 0)
        return title;
    g_autofree char *own = title;
    return words_fill(N_("RFC {0}: {1}"), rfc_shown(app->doc), own, NULL);
}

char *
tree_other_note(const App *app)
{
    return app->doc->swapped ? words_fill(N_("by RFC {0}; v: by the RFC that counts here"),
                                          rfc_shown(app->doc), NULL)
                             : NULL;
}

/* The places of this tree are kept beside those of the other. */
static void
swap(App *app)
{
    View *view = app->doc->views[VIEW_TREE];

    document_swap_trees(app->doc);
    if (view)
        view->class->renew(view);
}

static gboolean
is_there(const Report *report)
{
    return report && report->tree && report->tree_7489;
}

/* What is to be guessed, and what a lesson points to, stands in the tree that counts. */
gboolean
tree_other_can(const App *app)
{
    return is_there(app->doc->report) && !app_in_lesson(app) && !app_hides(app);
}

void
tree_other_again(App *app)
{
    if (tree_other_can(app))
        swap(app);
}

void
tree_other_rfc(App *app)
{
    Document *doc = app->doc;

    if (predict_blocks(app))
        return;
    if (app_in_lesson(app) || app_hides(app)) {
        app_status(app, _("Only outside lessons and predict mode"));
        return;
    }
    if (!is_there(doc->report)) {
        app_status(app, _("There is no tree by the other RFC"));
        return;
    }
    swap(app);
    g_autofree char *told =
        words_fill(N_("By RFC {0}: DMARC {1}. v: the other RFC"), rfc_shown(doc),
                   words_result((Result)result_shown(doc)->result), NULL);
    app_status(app, "%s", told);
}
