/* list-choose.c: which messages of a list are seen, and in which order: sorted, filtered, those of a cell or a group.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/predict/predict.h"
#include "tui/view/list-part.h"

/* From here on the cursor follows its row. */
static void
hold_row(App *app)
{
    ListView *self = list_view(app);

    list_follow_row(self);
    list_set_row(self, self->at);
}

void
list_sort(App *app)
{
    MailSort next = (mail_list_sorted(app->doc->list, NULL) + 1) % MAIL_SORTS;
    if (next == MAIL_BY_VERDICT && predict_hides_rows(app))     /* the order would tell */
        next = (next + 1) % MAIL_SORTS;

    hold_row(app);
    mail_list_sort(app->doc->list, next, FALSE);
}

void
list_reverse(App *app)
{
    gboolean reverse;
    const MailSort sort = mail_list_sorted(app->doc->list, &reverse);

    hold_row(app);
    mail_list_sort(app->doc->list, sort, !reverse);
}

void
list_filter(App *app)
{
    const gboolean filtered = mail_list_filtered(app->doc->list);
    if (predict_hides_rows(app) && !filtered) {
        app_status(app, _("Verdicts are hidden: P ends predict mode"));
        return;
    }

    hold_row(app);
    mail_list_filter(app->doc->list, !filtered);
    app_status(app, filtered ? _("All messages")
                             : _("Only what failed, as verdicts become known. & again: all"));
}

/* Enter on the chart of a list. */
void
list_show_cell(App *app, guint cell)
{
    hold_row(app);
    mail_list_filter_cell(app->doc->list, cell);
    app_show(app, VIEW_LIST);
    app_status(app, _("Only these messages. & shows all again, 7 the chart"));
}

/* Enter in the survey of a list; Esc leads back there. */
void
list_show_group(App *app, guint group)
{
    ListView *self = list_view(app);

    hold_row(app);
    if (mail_list_group(app->doc->list) == LIST_ANY_GROUP)
        list_place(app->doc, &self->row_before, &self->above_before);
    mail_list_filter_group(app->doc->list, group);
    self->row = LIST_NO_ROW;
    self->at = self->top = 0;
    app_descend(app, VIEW_LIST);
    app_status(app, _("Only the messages of this group. Esc leads back to the survey, & shows all"));
}

void
list_show_all_groups(App *app)
{
    const ListView *self = list_view(app);

    if (mail_list_group(app->doc->list) == LIST_ANY_GROUP)
        return;
    mail_list_ungroup(app->doc->list);
    if (self && mail_list_position(app->doc->list, self->row) == LIST_NO_ROW)
        list_recall(app, self->row_before, self->above_before);
}
