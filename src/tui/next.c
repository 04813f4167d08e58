/* next.c: the row after this one, in the order and with the filter that the list has now.
 * SPDX-License-Identifier: MIT */
#include "tui/next.h"

#include "base/translate.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/view/list.h"

/* NULL: the message came from somewhere else. (transfer none) */
static const MailList *
list_of_row(const App *app)
{
    return app->doc->row == LIST_NO_ROW ? NULL : app_list_below(app);
}

gboolean
next_hides_key(const App *app, const Binding *binding)
{
    return (binding->handler == app_next_message || binding->handler == app_previous_message) && !list_of_row(app);
}

/* The row that is so far from this one; LIST_NO_ROW where there is none, or this one is not seen there any more. */
static guint
row_beside(const MailList *list, guint row, gboolean after)
{
    const guint position = mail_list_position(list, row);

    if (position == LIST_NO_ROW || (after ? position + 1 >= mail_list_shown(list) : position == 0))
        return LIST_NO_ROW;
    return mail_list_row(list, after ? position + 1 : position - 1);
}

/* Who compares messages looks at the same side of each; one that has nothing of it shows its Overview. */
static void
keep_view(App *app, const ViewClass *class, ViewId view)
{
    if (app->doc->summary && class->needs_message && (!class->has || class->has(app)))
        app_show(app, view);
}

static void
go_beside(App *app, gboolean after)
{
    const MailList *list = list_of_row(app);

    if (!list) {
        app_status(app, _("This message came from no list"));
        return;
    }
    const guint row = row_beside(list, app->doc->row, after);
    if (row == LIST_NO_ROW) {
        app_status(app, after ? _("There is no message after this one in the list")
                              : _("There is no message before this one in the list"));
        return;
    }
    const ViewId view = app->doc->current;
    const ViewClass *class = app_view(app)->class;
    app_pop(app);
    list_go_to(app, row);
    app_open_row(app, row);
    keep_view(app, class, view);
}

void
app_next_message(App *app)
{
    go_beside(app, TRUE);
}

void
app_previous_message(App *app)
{
    go_beside(app, FALSE);
}

char *
next_note(const App *app)
{
    const MailList *list = list_of_row(app);
    const guint position = list ? mail_list_position(list, app->doc->row) : LIST_NO_ROW;

    if (position == LIST_NO_ROW)
        return NULL;
    g_autofree char *at = words_number(position + 1), *all = words_number(mail_list_shown(list));
    g_autofree char *next = keys_first(app_binding(app, "next-message", IN_ALL));
    g_autofree char *previous = keys_first(app_binding(app, "previous-message", IN_ALL));
    return g_strdup_printf(_("%s of %s in the list; %s: the next, %s: the one before"), at, all, next, previous);
}
