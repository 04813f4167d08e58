/* survey.c: the messages of a list by who sent them as whom, counted while they are judged; and
 * what is to be changed for the group under the cursor. SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/nothing.h"
#include "tui/predict/predict.h"
#include "tui/view/list.h"
#include "tui/view/split.h"
#include "tui/view/survey-part.h"
#include "tui/view/views.h"

/* Side by side from this width on. A rate is that of about a second. */
enum { TWO_PANES = 130, RATE_US = 1000000, RATE_STALE_US = 5000000 };

static MailList *
list_of(const SurveyView *self)
{
    return self->view.app->doc->list;
}

const Survey *
survey_of(const SurveyView *self)
{
    return mail_list_survey(list_of(self));
}

const SurveyGroup *
survey_at(const SurveyView *self, guint position)
{
    const guint id = group_order_id(self->order, position);

    return id == SURVEY_NO_GROUP ? NULL : survey_group_at(survey_of(self), id);
}

static Split
split_of(const SurveyView *self, guint width, guint height)
{
    const guint rows = MAX(group_order_count(self->order), 1) + SURVEY_HEADS;

    return width >= TWO_PANES ? split_for(width, height, rows, self->view.in_detail)
                              : split_stacked(width, height, rows, (height + 1) / 2, self->view.in_detail);
}

static void
survey_open(View *view)
{
    SurveyView *self = (SurveyView *)view;

    self->order = group_order_new();
    self->id = SURVEY_NO_GROUP;
    self->shown = SURVEY_NO_GROUP;
}

/* ---- fitting ---- */

/* The cursor keeps its group while others pass it; one that is gone leaves it where it was. */
static void
follow_group(SurveyView *self)
{
    const guint count = group_order_count(self->order);
    const guint position = self->chosen ? group_order_position(self->order, self->id) : 0;

    if (position != SURVEY_NO_GROUP)
        self->at = position;
    self->at = MIN(self->at, count > 0 ? count - 1 : 0);
    self->id = group_order_id(self->order, self->at);
}

static void
measure_rate(SurveyView *self)
{
    const gint64 now = g_get_monotonic_time();
    const guint judged = mail_list_judged(list_of(self));
    const gint64 passed = now - self->mark;

    if (self->mark == 0 || passed > RATE_STALE_US || judged < self->marked) {
        self->rate = 0;
    } else if (passed < RATE_US) {
        return;
    } else {
        self->rate = (guint)((gint64)(judged - self->marked) * G_USEC_PER_SEC / passed);
    }
    self->mark = now;
    self->marked = judged;
}

static void
fit_detail(SurveyView *self, const Split *split)
{
    const guint width = split->detail.width ? split->detail.width : self->width;
    const guint serial = group_order_serial(self->order);

    if (!self->detail || self->shown != self->id || self->shown_width != width ||
        self->shown_serial != serial) {
        g_clear_pointer(&self->detail, page_free);
        self->detail = survey_page(self, survey_at(self, self->at), width);
        if (self->shown != self->id)
            self->place = (PagePlace){0, 0, 0};
        self->shown = self->id;
        self->shown_width = width;
        self->shown_serial = serial;
    }
    page_fit(self->detail, &self->place, MAX(split->detail.height, 1));
}

/* Whoever comes back from the messages of a group finds the list as it was. */
static void
survey_fit(View *view, guint width, guint height)
{
    SurveyView *self = (SurveyView *)view;

    list_show_all_groups(view->app);
    group_order_update(self->order, list_of(self));
    measure_rate(self);
    self->width = width;
    self->height = height;
    follow_group(self);
    const Split split = split_of(self, width, height);
    const guint count = group_order_count(self->order);
    const guint shown = MAX(split.list.height, SURVEY_HEADS + 1) - SURVEY_HEADS;
    self->top = split_scroll(self->top, self->at, shown);
    self->top = MIN(self->top, count > shown ? count - shown : 0);
    fit_detail(self, &split);
}

static void
survey_draw(const View *view, Canvas *canvas, Rect area)
{
    const SurveyView *self = (const SurveyView *)view;
    Split split = split_of(self, area.width, area.height);

    split_place(&split, canvas, area);
    if (split.list.height > 0)
        survey_table_draw(self, canvas, split.list);
    if (split.detail.height > 0)
        page_draw(self->detail, &self->place, canvas, split.detail);
}

/* ---- moving ---- */

static void
go_to(SurveyView *self, guint position)
{
    self->chosen = TRUE;
    self->at = position;
    self->id = group_order_id(self->order, position);
}

static void
survey_move(View *view, Move move)
{
    SurveyView *self = (SurveyView *)view;
    const Split split = split_of(self, self->width, self->height);
    const guint page = MAX(split.list.height, SURVEY_HEADS + 2) - SURVEY_HEADS - 1;

    if (self->view.in_detail)
        page_move(self->detail, &self->place, MAX(split.detail.height, 1), move);
    else
        go_to(self, move_row(move, self->at, group_order_count(self->order), page));
}

static void
survey_enter(View *view)
{
    SurveyView *self = (SurveyView *)view;

    if (!survey_at(self, self->at))
        return;
    go_to(self, self->at);
    list_show_group(view->app, self->id);
}

static gboolean
survey_click(View *view, guint x, guint y)
{
    SurveyView *self = (SurveyView *)view;
    const Split split = split_of(self, self->width, self->height);
    const guint position = self->top + y - SURVEY_HEADS;

    if (split.detail.height > 0 && canvas_within(split.detail, x, y)) {
        self->view.in_detail = TRUE;
        return TRUE;
    }
    if (split.list.height == 0 || y < SURVEY_HEADS || x >= split.list.width || y >= split.list.height ||
        position >= group_order_count(self->order))
        return TRUE;
    const gboolean moved = position != self->at || self->view.in_detail;
    self->view.in_detail = FALSE;
    go_to(self, position);
    return moved;
}

/* ---- what is said of it ---- */

/* "judged: 1,200 of 100,000, 850 a second" */
static void
append_progress(const SurveyView *self, GString *out)
{
    const MailList *list = list_of(self);
    const guint judged = mail_list_judged(list), count = mail_list_count(list);
    g_autofree char *done = words_number(judged), *all = words_number(count);
    g_autofree char *rate = words_number(self->rate);

    if (mail_list_is_complete(list) && judged == count) {
        g_string_append_printf(out, _("judged: %s"), done);
        return;
    }
    g_string_append_printf(out, _("judged: %s of %s"), done, all);
    if (self->rate > 0)
        g_string_append_printf(out, _(", %s a second"), rate);
}

/* What the last columns are, where the rule has room for it. */
static void
append_legend(const SurveyView *self, GString *out)
{
    enum { RULE_ENDS = 8 };
    const char *legend = _("G Gmail, Y Yahoo, M Microsoft");

    if (glyph_columns(out->str, FALSE) + 2 + glyph_columns(legend, FALSE) + RULE_ENDS <= self->width)
        g_string_append_printf(out, "; %s", legend);
}

static char *
survey_note(const View *view)
{
    static const char *const sorts[GROUPS_SORTS] = {N_("messages"), N_("what fails"), N_("date")};
    const SurveyView *self = (const SurveyView *)view;
    const SurveyTotals *totals = survey_totals(survey_of(self));
    g_autofree char *groups = words_number(group_order_count(self->order));
    g_autofree char *other = words_number(totals->other), *unreadable = words_number(totals->unreadable);
    gboolean reverse = FALSE;
    const GroupSort sort = group_order_sorted(self->order, &reverse);
    g_autoptr(GString) out = g_string_new(NULL);

    g_string_append_printf(out, group_order_filtered(self->order) ? _("groups that fail: %s, ")
                                                                  : _("groups: %s, "), groups);
    if (sort != GROUPS_BY_MESSAGES || reverse)
        g_string_append_printf(out, _("by %s%s, "), translate(sorts[sort]),
                               reverse ? _(", reversed") : "");
    append_progress(self, out);
    if (totals->unreadable > 0)
        g_string_append_printf(out, _(", unreadable: %s"), unreadable);
    if (totals->other > 0)
        g_string_append_printf(out, _(", in no group: %s"), other);
    append_legend(self, out);
    return g_strdup(out->str);
}

static const Page *
survey_read_detail(const View *view)
{
    return ((const SurveyView *)view)->detail;
}

static Page *
survey_pane(View *view, PagePlace **place, Rect *area)
{
    SurveyView *self = (SurveyView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (!self->view.in_detail)
        return NULL;
    *place = &self->place;
    *area = split.detail;
    return self->detail;
}

static gboolean
has_text(const SurveyView *self, const SurveyGroup *group, const char *needle)
{
    g_autofree char *title = survey_title(self->view.app, group);
    g_autofree char *signers = survey_signers(group);

    return find_in(title, needle) || find_in(group->envelope_domain, needle) ||
           find_in(signers, needle) || find_in(group->network, needle);
}

static gboolean
survey_find(View *view, Find *find)
{
    SurveyView *self = (SurveyView *)view;
    const guint count = group_order_count(self->order);

    for (guint i = 1; i <= count; i++) {
        const guint at = (find->backward ? self->at + count - i : self->at + i) % count;
        const SurveyGroup *group = survey_at(self, at);
        if (!group || !has_text(self, group, find->needle))
            continue;
        find->wrapped = find->backward ? at >= self->at : at <= self->at;
        go_to(self, at);
        return TRUE;
    }
    return FALSE;
}

static char *
survey_value(View *view)
{
    const SurveyView *self = (const SurveyView *)view;
    const SurveyGroup *group = survey_at(self, self->at);

    return group ? survey_title(view->app, group) : NULL;
}

static gboolean
survey_has(const App *app)
{
    return app->doc->list != NULL;
}

static void
survey_close(View *view)
{
    SurveyView *self = (SurveyView *)view;

    group_order_free(self->order);
    page_free(self->detail);
}

/* ---- for those who read line by line ---- */

static const SurveyView *
view_of(const App *app)
{
    return (const SurveyView *)app->doc->views[VIEW_SURVEY];
}

guint
survey_shown(const App *app)
{
    return view_of(app) ? group_order_count(view_of(app)->order) : 0;
}

guint
survey_order_serial(const App *app)
{
    return view_of(app) ? group_order_serial(view_of(app)->order) : 0;
}

/* ---- keys ---- */

void
app_survey(App *app)
{
    if (app->doc->list)
        app_show(app, VIEW_SURVEY);
    else if (nothing_is_open(app))
        app_status(app, _("There is no message to show"));
    else
        app_status(app, _("A survey is of a mailbox or a folder: this is one message"));
}

void
survey_sort(App *app)
{
    SurveyView *self = (SurveyView *)app_view(app);
    const GroupSort next = (group_order_sorted(self->order, NULL) + 1) % GROUPS_SORTS;

    group_order_sort(self->order, next, FALSE);
}

void
survey_reverse(App *app)
{
    SurveyView *self = (SurveyView *)app_view(app);
    gboolean reverse;
    const GroupSort sort = group_order_sorted(self->order, &reverse);

    group_order_sort(self->order, sort, !reverse);
}

void
survey_filter(App *app)
{
    SurveyView *self = (SurveyView *)app_view(app);

    if (predict_hides_rows(app) && !group_order_filtered(self->order))
        app_status(app, _("Verdicts are hidden: P ends predict mode"));
    else
        group_order_filter(self->order, !group_order_filtered(self->order));
}

const ViewClass view_survey = {
    .name = "survey",
    .label = N_("Survey"),
    .key = "W",
    .context = IN_SURVEY,
    .size = sizeof(SurveyView),
    .needs_message = TRUE,
    .of_list = TRUE,
    .shows_message = TRUE,
    .has = survey_has,
    .open = survey_open,
    .fit = survey_fit,
    .draw = survey_draw,
    .move = survey_move,
    .enter = survey_enter,
    .note = survey_note,
    .read = survey_read_detail,
    .close = survey_close,
    .pane = survey_pane,
    .find = survey_find,
    .click = survey_click,
    .value = survey_value,
};
