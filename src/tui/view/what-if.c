/* what-if.c: inputs changed, and what follows: verdict and tree before and after.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/view/split.h"
#include "tui/view/views.h"
#include "tui/view/what-if-part.h"
#include "tui/view/what-if.h"
#include "whatif/outcome.h"

typedef struct {
    View       view;
    GPtrArray *rows;            /* WhatIfRow */
    Page      *page;            /* the list */
    PagePlace  place;
    Page      *detail;          /* the two trees */
    PagePlace  at;
    guint      width, height, detail_width;
} WhatIfView;

enum { LABEL = 1, TEXT = 18, TWO_PANES = 100 };

/* At 80 columns Tab leads to the trees; with more room they stand beside or below. */
static Split
split_of(const WhatIfView *self, guint width, guint height)
{
    if (width < TWO_PANES && height < 40) {
        const Rect all = { 0, 0, width, height }, none = { 0, 0, 0, 0 };
        return self->view.in_detail ? (Split){ none, all, FALSE } : (Split){ all, none, FALSE };
    }
    return split_for(width, height, height * 3 / 5, self->view.in_detail);
}

/* ---- the list ---- */

static void
add_verdict(Page *page, const Document *document)
{
    const int now = report_dmarc(document->report)->result;
    const Role role = mark_tone_role(document->summary->tone);

    if (document->report->what_if->len == 0) {
        page_pair(page, LABEL, TEXT, ROLE_LABEL, "DMARC", role, words_result((Result)now));
        return;
    }
    const int before = document->base ? report_dmarc(document->base)->result : now;
    g_autofree char *text = g_strdup_printf("%s -> %s", words_result((Result)before),
                                            words_result((Result)now));
    page_pair(page, LABEL, TEXT, ROLE_LABEL, "DMARC", role, text);
    const char *was = document->base ? report_dmarc(document->base)->applied : NULL;
    const char *asked = report_dmarc(document->report)->applied;
    if (!document->base || g_strcmp0(was, asked) == 0)
        return;
    g_autofree char *policy = g_strdup_printf("%s -> %s", was ? was : "-", asked ? asked : "-");
    page_pair(page, LABEL, TEXT, ROLE_LABEL, _("policy"), ROLE_TEXT, policy);
}

static void
add_record(Page *page, const char *record)
{
    g_auto(GStrv) lines = g_strsplit(record, "\n", -1);

    for (char **line = lines; *line; line++)
        page_setting(page, TEXT, ROLE_LABEL, *line);
}

static void
add_goal(Page *page, const Document *document)
{
    const Report *base = document->base ? document->base : document->report;

    if (document->goal_asked) {
        page_pair(page, LABEL, TEXT, ROLE_LABEL, _("GOAL"), ROLE_TEXT,
                  _("Make it pass by changing one thing that you could really change. Who are "
                    "you?"));
        return;
    }
    if (!document->goal)
        return;
    g_autofree char *who = goal_describe(document->goal);
    g_autoptr(GoalOutcome) outcome = goal_judge(base, document->report);
    page_pair(page, LABEL, TEXT, ROLE_LABEL, _("GOAL"), ROLE_TEXT, who);
    page_text(page, TEXT, outcome->state == GOAL_REACHED ? ROLE_PASS : ROLE_TEXT, outcome->text);
    if (outcome->why)
        page_text(page, TEXT, ROLE_TEXT, outcome->why);
    if (outcome->record)
        add_record(page, outcome->record);
}

/* What was refused, in full: the status line is short. */
static void
add_told(Page *page, const Document *document)
{
    if (document->told)
        page_pair(page, LABEL, TEXT, ROLE_FAIL, _("REFUSED"), ROLE_TEXT, document->told);
}

/* Line by line there is no other pane. */
static void
add_changes(Page *page, const App *app)
{
    if (!app->plain || !app->doc->base)
        return;
    page_row(page);
    page_text(page, LABEL, ROLE_HEADING, _("WHAT CHANGED"));
    what_if_list_changes(app, page);
}

static void
add_heading(Page *page, const WhatIfRow *row, const WhatIfRow *before)
{
    if (before && before->kind == row->kind && before->actors == row->actors)
        return;
    if (page_length(page) > 0)
        page_row(page);
    if (row->kind == WHAT_IF_EDIT) {
        page_text(page, LABEL, ROLE_HEADING, _("EDITS (Enter takes one back)"));
    } else if (row->kind == WHAT_IF_INPUT) {
        g_autofree char *who = edit_actors_text(row->actors);
        g_autofree char *text = g_strdup_printf(_("Could be changed by: %s"), who);
        page_text(page, LABEL, ROLE_HEADING, text);
    }
}

/* Of a long answer the beginning: the prompt has it whole. */
static char *
short_value(const WhatIfRow *row, guint width)
{
    const glong room = (glong)MAX(width, TEXT + 20) - TEXT - 4;

    if (!row->value || !g_str_equal(row->key, "dns") || g_utf8_strlen(row->value, -1) <= room)
        return g_strdup(row->value);
    g_autofree char *cut = g_utf8_substring(row->value, 0, room);
    return g_strconcat(cut, " ..", NULL);
}

static void
add_row(Page *page, const WhatIfRow *row, guint width)
{
    const guint at = page_length(page);
    g_autofree char *label = row->edited ? g_strconcat("* ", row->label, NULL) : NULL;
    g_autofree char *value = short_value(row, width);

    if (row->kind == WHAT_IF_INPUT)
        page_pair(page, LABEL, TEXT, row->edited ? ROLE_CAUSE : ROLE_LABEL,
                  label ? label : row->label, value ? ROLE_TEXT : ROLE_DIM,
                  value ? value : _("(none)"));
    else
        page_text(page, LABEL + 2, ROLE_TEXT, row->label);
    page_item(page, at, row);
}

/* The same input, wherever it stands now. */
static gboolean
is_same_row(const WhatIfRow *a, const WhatIfRow *b)
{
    return a->kind == WHAT_IF_INPUT && b->kind == WHAT_IF_INPUT && g_str_equal(a->key, b->key) &&
           (!g_str_equal(a->key, "dns") || g_str_equal(a->prompt, b->prompt));
}

/* Another list begins at its top. */
static void
stay_on(WhatIfView *self, const WhatIfRow *before)
{
    for (guint i = 0; i < self->rows->len; i++) {
        const WhatIfRow *row = self->rows->pdata[i];
        if (i == 0 && (before->kind == WHAT_IF_WHO) != (row->kind == WHAT_IF_WHO))
            self->place = (PagePlace){ 0, 0, 0 };
        if (is_same_row(before, row))
            self->place.item = i;
    }
}

static void
fill(WhatIfView *self, guint width)
{
    const Document *document = self->view.app->doc;
    g_autoptr(GPtrArray) old = g_steal_pointer(&self->rows);
    const WhatIfRow *before = old && self->place.item < old->len ? old->pdata[self->place.item]
                                                                 : NULL;

    g_clear_pointer(&self->page, page_free);
    self->rows = what_if_rows(document);
    if (before)
        stay_on(self, before);
    self->page = page_new(width, self->view.app->mode);
    if (!document->summary)
        return;
    add_verdict(self->page, document);
    add_goal(self->page, document);
    add_told(self->page, document);
    add_changes(self->page, self->view.app);
    for (guint i = 0; i < self->rows->len; i++) {
        add_heading(self->page, self->rows->pdata[i], i > 0 ? self->rows->pdata[i - 1] : NULL);
        add_row(self->page, self->rows->pdata[i], width);
    }
}

/* ---- the view ---- */

/* Made anew only where it would be another one: it compares two trees. */
static void
fit_detail(WhatIfView *self, const Split *split)
{
    const guint width = split->detail.width ? split->detail.width : self->width;

    if (!self->detail || self->detail_width != width) {
        g_clear_pointer(&self->detail, page_free);
        self->detail = what_if_difference_page(self->view.app, width);
        self->detail_width = width;
    }
    page_fit(self->detail, &self->at, MAX(split->detail.height, 1));
}

static void
what_if_fit(View *view, guint width, guint height)
{
    WhatIfView *self = (WhatIfView *)view;
    const Split split = split_of(self, width, height);

    self->width = width;
    self->height = height;
    fill(self, split.list.width ? split.list.width : width);
    page_fit(self->page, &self->place, MAX(split.list.height, 1));
    fit_detail(self, &split);
}

static void
what_if_renew(View *view)
{
    WhatIfView *self = (WhatIfView *)view;

    g_clear_pointer(&self->detail, page_free);
}

static void
what_if_draw(const View *view, Canvas *canvas, Rect area)
{
    const WhatIfView *self = (const WhatIfView *)view;
    Split split = split_of(self, area.width, area.height);

    split_place(&split, canvas, area);
    if (split.list.height > 0)
        page_draw(self->page, &self->place, canvas, split.list);
    if (split.detail.height > 0)
        page_draw(self->detail, &self->at, canvas, split.detail);
}

static Page *
what_if_pane(View *view, PagePlace **place, Rect *area)
{
    WhatIfView *self = (WhatIfView *)view;
    const Split split = split_of(self, self->width, self->height);

    *place = self->view.in_detail ? &self->at : &self->place;
    *area = self->view.in_detail ? split.detail : split.list;
    return self->view.in_detail ? self->detail : self->page;
}

static void
what_if_move(View *view, Move move)
{
    PagePlace *place;
    Rect area;
    const Page *page = what_if_pane(view, &place, &area);

    page_move(page, place, area.height, move);
}

static const WhatIfRow *
selected(const WhatIfView *self)
{
    return self->page && page_items(self->page) > 0 ? page_target(self->page, &self->place) : NULL;
}

static gboolean
has_step(const Step *tree, const Step *step)
{
    if (tree == step)
        return TRUE;
    for (guint i = 0; i < tree->children->len; i++)
        if (has_step(tree->children->pdata[i], step))
            return TRUE;
    return FALSE;
}

static void
enter_step(WhatIfView *self)
{
    const Step *step = page_items(self->detail) > 0 ? page_target(self->detail, &self->at) : NULL;

    if (!step)
        app_status(self->view.app, _("There is no step here; Tab leads to the inputs"));
    else if (has_step(self->view.app->doc->report->tree, step))
        tree_show_step(self->view.app, step);
    else
        app_status(self->view.app, _("This step is gone: no tree shows it now"));
}

static void
what_if_enter(View *view)
{
    WhatIfView *self = (WhatIfView *)view;
    const WhatIfRow *row = selected(self);

    if (self->view.in_detail) {
        enter_step(self);
        return;
    }
    if (!row)
        return;
    switch (row->kind) {
    case WHAT_IF_EDIT:
        what_if_remove(view->app, row->edit);
        break;
    case WHAT_IF_INPUT:
        what_if_ask(view->app, row->key, row->prompt);
        break;
    case WHAT_IF_WHO:
        what_if_set_goal(view->app, row->goal);
        break;
    }
}

static char *
what_if_note(const View *view)
{
    const WhatIfView *self = (const WhatIfView *)view;
    const App *app = view->app;

    if (app->modal == MODAL_EDIT)
        return edit_note(app);
    if (self->view.in_detail)
        return g_strdup(_("Tab: back to the inputs"));
    if (app->doc->goal_asked)
        return g_strdup(_("Enter: that is who I am"));
    return g_strdup(app->doc->base ? _("Tab: before and after") : _("Enter: change it"));
}

/* The record of a goal that is reached, else the command line that makes the same report. */
static char *
what_if_value(View *view)
{
    const Document *document = view->app->doc;

    if (edits_length(document->edits) > 0)
        return what_if_command_line(document);
    const WhatIfRow *row = selected((const WhatIfView *)view);
    return row ? g_strdup(row->value ? row->value : row->label) : NULL;
}

/* Read aloud: inputs, then what changed. */
static const Page *
what_if_read(const View *view)
{
    const WhatIfView *self = (const WhatIfView *)view;

    return self->view.in_detail ? self->detail : self->page;
}

static void
what_if_close(View *view)
{
    WhatIfView *self = (WhatIfView *)view;

    g_clear_pointer(&self->page, page_free);
    g_clear_pointer(&self->detail, page_free);
    if (self->rows)
        g_ptr_array_unref(self->rows);
}

void
what_if_open(App *app)
{
    app_show(app, VIEW_WHAT_IF);
    WhatIfView *self = (WhatIfView *)app_view(app);
    self->view.in_detail = self->view.in_detail && self->width >= TWO_PANES;
}

const ViewClass view_what_if = {
    .name = "what-if",
    .label = N_("What if"),
    .key = "w",
    .context = IN_WHAT_IF,
    .size = sizeof(WhatIfView),
    .needs_message = TRUE,
    .renew = what_if_renew,
    .fit = what_if_fit,
    .draw = what_if_draw,
    .move = what_if_move,
    .enter = what_if_enter,
    .note = what_if_note,
    .read = what_if_read,
    .close = what_if_close,
    .pane = what_if_pane,
    .value = what_if_value,
};
