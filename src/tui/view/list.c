/* list.c: the messages of a mailbox, a folder or several files, a line each.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "headers/script.h"
#include "tree/words.h"
#include "tui/list/list-rows.h"
#include "tui/ui.h"
#include "tui/view/list-part.h"
#include "tui/view/views.h"

static MailList *
list_of(const ListView *self)
{
    return self->view.app->doc->list;
}

ListView *
list_view(const App *app)
{
    return (ListView *)app->doc->views[VIEW_LIST];
}

static void
list_open(View *view)
{
    ListView *self = (ListView *)view;

    self->shown = list_rows_new();
    self->row = LIST_NO_ROW;
}

void
list_follow_row(ListView *self)
{
    MailList *list = list_of(self);
    const guint count = mail_list_shown(list);

    if (self->row != LIST_NO_ROW &&
        (self->at >= count || mail_list_row(list, self->at) != self->row)) {
        const guint position = mail_list_position(list, self->row);
        if (position != LIST_NO_ROW)
            self->at = position;
    }
    self->at = MIN(self->at, count > 0 ? count - 1 : 0);
}

static void
list_fit(View *view, guint width, guint height)
{
    ListView *self = (ListView *)view;
    const guint rows = height > 1 ? height - 1 : 1;

    self->width = width;
    self->height = rows;
    list_follow_row(self);
    const guint count = mail_list_shown(list_of(self));
    if (self->recalled)
        self->top = self->at > self->above ? self->at - self->above : 0;
    self->recalled = self->recalled && mail_list_busy(list_of(self));
    if (self->at < self->top)
        self->top = self->at;
    if (self->at >= self->top + rows)
        self->top = self->at + 1 - rows;
    self->top = MIN(self->top, count > rows ? count - rows : 0);
    list_rows_load(self->shown, list_of(self), self->top, rows);
}

const char *
list_nothing(const MailList *list)
{
    if (mail_list_group(list) != LIST_ANY_GROUP)
        return _("None of this group is left. & shows all again.");
    return mail_list_cell(list) == LIST_ANY_CELL
               ? _("Nothing failed so far. & shows all again.")
               : _("None stands in that cell so far. & shows all again.");
}

static void
list_draw(const View *view, Canvas *canvas, Rect area)
{
    const ListView *self = (const ListView *)view;
    const MailList *list = list_of(self);

    list_rows_draw(self->shown, list, canvas, area, self->at - self->top);
    if (mail_list_shown(list) == 0)
        canvas_put_cut(canvas, 1, area.y + 1, area.width, ROLE_TEXT,
                       mail_list_filtered(list) ? list_nothing(list)
                       : mail_list_is_complete(list) ? _("There is no message in it.")
                                                     : _("Reading .."));
}

/* ---- moving ---- */

void
list_set_row(ListView *self, guint position)
{
    const guint count = mail_list_shown(list_of(self));

    if (count == 0)
        return;
    self->recalled = FALSE;
    self->at = MIN(position, count - 1);
    self->row = mail_list_row(list_of(self), self->at);
}

static void
list_move(View *view, Move move)
{
    ListView *self = (ListView *)view;

    list_follow_row(self);
    list_set_row(self, move_row(move, self->at, mail_list_shown(list_of(self)),
                         MAX(self->height, 2) - 1));
}

static void
list_enter(View *view)
{
    ListView *self = (ListView *)view;

    list_follow_row(self);
    if (self->at >= mail_list_shown(list_of(self)))
        return;
    list_set_row(self, self->at);
    app_open_row(view->app, self->row);
}

/* Of the row under the cursor, which has no room for more than a mark. */
static void
append_like(const ListView *self, GString *out)
{
    const char *like = self->at < self->top ? NULL : list_rows_like(self->shown, list_of(self), self->at - self->top);

    if (like)
        g_string_append_printf(out, _("looks like %s, "), like);
}

static char *
list_note(const View *view)
{
    static const char *const sorts[MAIL_SORTS] = { N_("number"), N_("date"), N_("From"),
                                                  N_("Subject"), N_("verdict") };
    const ListView *self = (const ListView *)view;
    const MailList *list = list_of(self);
    gboolean reverse = FALSE;
    const MailSort sort = mail_list_sorted(list, &reverse);
    g_autofree char *shown = words_number(mail_list_shown(list)), *judged = words_number(mail_list_judged(list));
    g_autoptr(GString) out = g_string_new(NULL);

    append_like(self, out);
    if (self->at < mail_list_shown(list)) {
        const char *file = mail_list_file(list, mail_list_row(list, self->at));
        if (file)
            g_string_append_printf(out, "%s, ", file);
    }
    if (mail_list_group(list) != LIST_ANY_GROUP) {
        g_autofree char *group = survey_group_title(view->app, mail_list_group(list));
        g_string_append_printf(out, _("%s: %s, judged: %s, "), group, shown, judged);
    } else if (mail_list_cell(list) != LIST_ANY_CELL) {
        g_autofree char *cell = chart_cell_name(mail_list_cell(list));
        g_string_append_printf(out, _("%s: %s, judged: %s, "), cell, shown, judged);
    } else if (mail_list_filtered(list)) {
        g_string_append_printf(out, _("failed: %s, judged: %s, "), shown, judged);
    }
    if (sort != MAIL_BY_NUMBER || reverse)
        g_string_append_printf(out, _("by %s%s, "), translate(sorts[sort]),
                               reverse ? _(", reversed") : "");
    g_autofree char *progress = mail_list_progress(list);
    g_string_append(out, progress);
    return g_strdup(out->str);
}

static void
list_close(View *view)
{
    list_rows_free(((ListView *)view)->shown);
}

/* ---- what is done between keys ---- */

static void
show_found(App *app)
{
    guint position = LIST_NO_ROW;
    int around = 0;

    if (!mail_list_found(app->doc->list, &position, &around))
        return;
    if (position == LIST_NO_ROW) {
        app_status(app, _("Not found: %s"), app->search);
        return;
    }
    list_set_row(list_view(app), position);
    if (around != 0)
        app_status(app, around < 0 ? _("Found from the end on: %s")
                                   : _("Found from the beginning on: %s"), app->search);
}

void
list_work(App *app, gint64 microseconds)
{
    MailList *list = app->doc->list;

    judge_done(app->judge, list);
    if (mail_list_busy(list))
        mail_list_work(list, microseconds);
    show_found(app);
    if (!judge_busy(app->judge))
        list_judge_next(app);
}

/* A row that is judged just now is waited for, not worked at. */
gboolean
list_busy(const App *app)
{
    return app->doc->list && (mail_list_busy(app->doc->list) ||
                              (!judge_busy(app->judge) && list_row_to_judge(app) != LIST_NO_ROW));
}

void
list_search(App *app, const char *text, gboolean backward)
{
    ListView *self = list_view(app);

    list_follow_row(self);
    mail_list_search(app->doc->list, text, self->at, backward);
}

void
list_go_to(App *app, guint row)
{
    const guint position = mail_list_position(app->doc->list, row);

    if (position != LIST_NO_ROW && app->doc->current == VIEW_LIST)
        list_set_row((ListView *)app_view(app), position);
}

void
list_place(const Document *doc, guint *row, guint *above)
{
    const ListView *self = (const ListView *)doc->views[VIEW_LIST];

    *row = self ? self->row : LIST_NO_ROW;
    *above = 0;
    if (self && self->recalled)
        *above = self->above;
    else if (self && self->at > self->top)
        *above = self->at - self->top;
}

/* The row may come in sight later: the cursor follows it then. */
void
list_recall(App *app, guint row, guint above)
{
    ListView *self = app->doc->current == VIEW_LIST ? (ListView *)app_view(app) : list_view(app);

    if (!self)
        return;
    self->row = row;
    self->above = above;
    self->recalled = TRUE;
}

static gboolean
list_click(View *view, guint x, guint y)
{
    ListView *self = (ListView *)view;
    const guint position = self->top + y - 1;       /* below the headings */

    (void)x;
    list_follow_row(self);
    if (y == 0 || position >= mail_list_shown(list_of(self)))
        return TRUE;
    const gboolean moved = position != self->at || self->row == LIST_NO_ROW;
    list_set_row(self, position);
    return moved;
}

static char *
list_value(View *view)
{
    ListView *self = (ListView *)view;

    list_follow_row(self);
    if (self->at >= mail_list_shown(list_of(self)))
        return NULL;
    g_autoptr(StoreLine) line =
        mail_list_line(list_of(self), mail_list_row(list_of(self), self->at));
    return line->from ? script_guarded(line->from) : NULL;
}

const ViewClass view_list = {
    .name = "list",
    .label = N_("Messages"),
    .key = "m",
    .context = IN_LIST,
    .size = sizeof(ListView),
    .shows_message = TRUE,
    .open = list_open,
    .fit = list_fit,
    .draw = list_draw,
    .move = list_move,
    .enter = list_enter,
    .note = list_note,
    .close = list_close,
    .click = list_click,
    .value = list_value,
};
