/* list.c: the messages of a mailbox, a folder or several files, a line each.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "headers/script.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/list/list-rows.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"
#include "tui/view/list.h"
#include "tui/view/views.h"

typedef struct {
    View      view;
    guint     at, top;          /* positions */
    guint     row;              /* under the cursor: it stays there when rows come and go */
    gboolean  recalled;         /* so many stand above it until rows are found and sorted */
    guint     above;
    guint     row_before, above_before;     /* where the cursor was before a group was shown */
    ListRows *shown;            /* from `top` */
    guint     width, height;    /* of the rows, without the headings */
} ListView;

static MailList *
list_of(const ListView *self)
{
    return self->view.app->doc->list;
}

static void
list_open(View *view)
{
    ListView *self = (ListView *)view;

    self->shown = list_rows_new();
    self->row = LIST_NO_ROW;
}

/* The cursor keeps its row while others are sorted in, filtered out and found. */
static void
follow_row(ListView *self)
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
    follow_row(self);
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

static void
go_to(ListView *self, guint position)
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

    follow_row(self);
    go_to(self, move_row(move, self->at, mail_list_shown(list_of(self)),
                         MAX(self->height, 2) - 1));
}

static void
list_enter(View *view)
{
    ListView *self = (ListView *)view;

    follow_row(self);
    if (self->at >= mail_list_shown(list_of(self)))
        return;
    go_to(self, self->at);
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

static ListView *
shown_list(const App *app)
{
    return (ListView *)app->doc->views[VIEW_LIST];
}

static gboolean
is_open(const MailList *list, guint row)
{
    return mail_list_verdict(list, row) == MAIL_OPEN;
}

/* Where the verdict decides what is seen, or is counted. */
gboolean
list_judges_all(const App *app)
{
    const MailList *list = app->doc->list;

    return mail_list_filtered(list) || mail_list_sorted(list, NULL) == MAIL_BY_VERDICT ||
           app->doc->current == VIEW_CHART || app->doc->current == VIEW_SURVEY;
}

/* The next row without a verdict: those in sight first; where the verdict decides what is seen, all
 * others, too. */
static guint
row_to_judge(const App *app)
{
    MailList *list = app->doc->list;
    const ListView *self = shown_list(app);

    for (guint i = 0; self && i < list_rows_count(self->shown); i++)
        if (is_open(list, list_rows_row(self->shown, i)))
            return list_rows_row(self->shown, i);
    return list_judges_all(app) ? mail_list_next_open(list) : LIST_NO_ROW;
}

/* The first message of a round. */
typedef struct {
    char   *path;
    DnsMode mode;
} Round;

/* All of a round have their answers of DNS from one place: those of a snapshot are a file's own. */
static gboolean
fits_round(const Round *round, const Message *message, DnsMode mode)
{
    return !round->path ||
           (round->mode == mode && (mode != DNS_MODE_SNAPSHOT ||
                                    g_str_equal(round->path, message_path(message))));
}

/* Where answers come from is asked once for a file: that is a question to the file system. */
static DnsMode
mode_of(const App *app, Message *message, const Round *round)
{
    const Document asked = { .message = message };

    return round->path && g_str_equal(round->path, message_path(message)) ? round->mode
                                                                          : app_dns_mode(app, &asked, NULL);
}

/* FALSE: the round ends before it. */
static gboolean
add_row(App *app, guint row, Round *round)
{
    MailList *list = app->doc->list;
    g_autoptr(GError) error = NULL;

    Message *message = mail_list_message(list, row, &error);
    if (!message) {
        mail_list_refuse(list, row, error ? error->message : NULL);
        return TRUE;
    }
    const AppChoices choices = { app->trusted, 0, mode_of(app, message, round), TRUE };
    if (!fits_round(round, message, choices.dns)) {
        message_free(message);
        return FALSE;
    }
    if (!round->path)
        *round = (Round){ g_strdup(message_path(message)), choices.dns };
    if (!judge_add(app->judge, message, &choices, row, &error))
        mail_list_judge(list, row, MAIL_UNKNOWN);
    return TRUE;
}

/* With those behind it, where all are wanted: a round for each would take longer than its check. */
void
list_judge(App *app, guint row)
{
    const MailList *list = app->doc->list;
    const guint room = list_judges_all(app) ? judge_room(app->judge) : 1;
    const guint end = MIN(row + room, mail_list_count(list));
    Round round = { NULL, DNS_MODES };

    while (row < end && is_open(list, row) && add_row(app, row, &round))
        row++;
    g_free(round.path);
    judge_begin(app->judge);
}

static void
judge_next(App *app)
{
    const guint row = row_to_judge(app);

    if (row != LIST_NO_ROW)
        list_judge(app, row);
}

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
    go_to(shown_list(app), position);
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
        judge_next(app);
}

/* A row that is judged just now is waited for, not worked at. */
gboolean
list_busy(const App *app)
{
    return app->doc->list && (mail_list_busy(app->doc->list) ||
                              (!judge_busy(app->judge) && row_to_judge(app) != LIST_NO_ROW));
}

/* ---- keys ---- */

void
list_search(App *app, const char *text, gboolean backward)
{
    ListView *self = shown_list(app);

    follow_row(self);
    mail_list_search(app->doc->list, text, self->at, backward);
}

void
list_go_to(App *app, guint row)
{
    const guint position = mail_list_position(app->doc->list, row);

    if (position != LIST_NO_ROW && app->doc->current == VIEW_LIST)
        go_to((ListView *)app_view(app), position);
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
    ListView *self = app->doc->current == VIEW_LIST ? (ListView *)app_view(app) : shown_list(app);

    if (!self)
        return;
    self->row = row;
    self->above = above;
    self->recalled = TRUE;
}

/* From here on the cursor follows its row. */
static void
hold_row(App *app)
{
    ListView *self = shown_list(app);

    follow_row(self);
    go_to(self, self->at);
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
    ListView *self = shown_list(app);

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
    const ListView *self = shown_list(app);

    if (mail_list_group(app->doc->list) == LIST_ANY_GROUP)
        return;
    mail_list_ungroup(app->doc->list);
    if (self && mail_list_position(app->doc->list, self->row) == LIST_NO_ROW)
        list_recall(app, self->row_before, self->above_before);
}

static gboolean
list_click(View *view, guint x, guint y)
{
    ListView *self = (ListView *)view;
    const guint position = self->top + y - 1;       /* below the headings */

    (void)x;
    follow_row(self);
    if (y == 0 || position >= mail_list_shown(list_of(self)))
        return TRUE;
    const gboolean moved = position != self->at || self->row == LIST_NO_ROW;
    go_to(self, position);
    return moved;
}

static char *
list_value(View *view)
{
    ListView *self = (ListView *)view;

    follow_row(self);
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
