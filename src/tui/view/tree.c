/* tree.c: the alignment tree, and beside it the step under the cursor.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"
#include "tui/view/split.h"
#include "tui/view/views.h"

typedef struct {
    View        view;
    guint       width, height;  /* of the body */
    guint       top;            /* first row of the tree on the screen */
    Page       *detail;
    const Step *shown;          /* what `detail` speaks of */
    guint       asked;          /* likewise, in predict mode */
    PagePlace   place;
} TreeView;

enum { TWO_PANES = 80, TREE_MIN = 6, DETAIL_MIN = 5 };

/* A question needs the room of the whole body where the panes cannot stand side by side. */
static gboolean
asks_alone(const TreeView *self, guint width)
{
    return width < TWO_PANES && predict_asks(self->view.app);
}

/* … and Tab leads to the tree instead. */
static gboolean
reads_detail(const TreeView *self)
{
    return self->view.in_detail != asks_alone(self, self->width);
}

/* Side by side from 80 columns; below, one above the other where there is room, else
 * the one that has the keys. */
static Split
split_of(const TreeView *self, guint width, guint height)
{
    Split split = { { 0, 0, width, height }, { 0, 0, 0, 0 }, FALSE };

    if (width >= TWO_PANES) {
        const guint left = MIN(width * 39 / 80, 64);
        split.list.width = left;
        split.detail = (Rect) { left + 1, 0, width - left - 1, height };
        split.beside = TRUE;
    } else if (height >= TREE_MIN + 1 + DETAIL_MIN && !asks_alone(self, width)) {
        const guint above = MAX(height / 2, TREE_MIN);
        split.list.height = above;
        split.detail = (Rect) { 0, above + 1, width, height - above - 1 };
    } else if (self->view.in_detail != asks_alone(self, width)) {
        split.detail = split.list;
        split.list.height = 0;
    }
    return split;
}

static const CursorRow *
row_at(const GArray *rows, guint index)
{
    return &g_array_index(rows, CursorRow, index);
}

/* Blank lines are the first to go where all would not fit. */
static void
fit_detail(TreeView *self, const Split *split)
{
    const App *app = self->view.app;
    const Step *step = cursor_step(app->doc->cursor);
    const guint width = split->detail.width ? split->detail.width : self->width;
    const guint height = MAX(split->detail.height, 1);

    g_clear_pointer(&self->detail, page_free);
    self->detail = predict_asks(app) ? guess_page(app, width, height) : tree_detail(app, width, TRUE);
    if (!predict_asks(app) && page_length(self->detail) > height) {
        g_clear_pointer(&self->detail, page_free);
        self->detail = tree_detail(app, width, FALSE);
    }
    if (step != self->shown || self->asked != predict_serial(app))
        self->place = (PagePlace) { 0, 0 };
    self->shown = step;
    self->asked = predict_serial(app);
    page_fit(self->detail, &self->place, height);
}

static void
tree_fit(View *view, guint width, guint height)
{
    TreeView *self = (TreeView *)view;
    const Split split = split_of(self, width, height);
    const guint at = cursor_at(view->app->doc->cursor);
    const guint length = cursor_rows(view->app->doc->cursor)->len;
    const guint shown = MAX(split.list.height, 1);

    self->width = width;
    self->height = height;
    self->top = split_scroll(self->top, at, shown);
    self->top = MIN(self->top, length > shown ? length - shown : 0);
    fit_detail(self, &split);
}

/* The column of a row's title. The mark of its branch stands two columns before, except at the root, which has none. */
static guint
indent_of(const CursorRow *row, guint width)
{
    return row->depth == 0 ? 1 : MIN(1 + 2 * row->depth, width / 2);
}

/* "! From: user@example.jp   CAUSE       x NO": mark, title, and the outcome at the right. */
static void
draw_row(const App *app, Canvas *canvas, const CursorRow *row, guint y, guint width)
{
    const gboolean shown = tree_row_shown(row);
    const guint indent = indent_of(row, width);
    const gboolean cause = tree_row_cause(app, row);
    g_autofree char *title = tree_other_title(app, row);
    g_autofree char *outcome = shown ? mark_outcome(row->step, row->depth == 0, app->glyphs)
                                     : g_strdup(tree_row_open(row));
    const char *mark = cause ? "!" : row->folded ? "+" : row->open ? "-" : " ";
    guint right = width - 1 - MIN(glyph_columns(outcome, app->mode), width / 2);

    canvas_put(canvas, right, y, width - 1,
               shown ? mark_result_role(row->step, row->depth == 0) : ROLE_DIM, outcome);
    if (cause && right > 8) {
        right -= *outcome ? 6 : 5;
        canvas_put(canvas, right, y, width, ROLE_CAUSE, _("CAUSE"));
    }
    if (row->depth > 0)
        canvas_put(canvas, indent - 2, y, width, *mark == '!' ? ROLE_CAUSE : ROLE_DIM, mark);
    canvas_put_cut(canvas, indent, y, right > 1 ? right - 1 : 0,
                   row->depth == 0 ? ROLE_LABEL : ROLE_TEXT, title);
}

static void
draw_tree(const TreeView *self, Canvas *canvas, Rect area)
{
    const App *app = self->view.app;
    const GArray *rows = cursor_rows(app->doc->cursor);
    const guint at = cursor_at(app->doc->cursor);

    for (guint i = self->top; i < rows->len && i < self->top + area.height; i++) {
        const guint y = area.y + i - self->top;
        draw_row(app, canvas, row_at(rows, i), y, area.width);
        if (i != at)
            continue;
        canvas_put(canvas, 0, y, 1, ROLE_LABEL, ">");
        if (!reads_detail(self))
            canvas_tint(canvas, 1, y, area.width - 1, ROLE_CURSOR);
    }
    if (rows->len == 0)
        canvas_put(canvas, 1, area.y, area.width, ROLE_TEXT, _("There is no tree."));
}

static void
tree_draw(const View *view, Canvas *canvas, Rect area)
{
    const TreeView *self = (const TreeView *)view;
    Split split = split_of(self, area.width, area.height);

    split_place(&split, canvas, area);
    if (split.list.height > 0)
        draw_tree(self, canvas, split.list);
    if (split.detail.height > 0)
        page_draw(self->detail, &self->place, canvas, split.detail);
}

static void
tree_move(View *view, Move move)
{
    TreeView *self = (TreeView *)view;
    const Split split = split_of(self, self->width, self->height);
    Cursor *cursor = view->app->doc->cursor;

    if (reads_detail(self))
        page_move(self->detail, &self->place, MAX(split.detail.height, 1), move);
    else
        cursor_go(cursor, move_row(move, cursor_at(cursor), cursor_rows(cursor)->len,
                                   MAX(split.list.height, 2) - 1));
}

static void
tree_enter(View *view)
{
    const Step *step = cursor_step(view->app->doc->cursor);

    if (!step)
        return;
    g_autoptr(GPtrArray) evidence = g_ptr_array_new();
    tree_evidence(step, evidence);
    app_jump(view->app, evidence);
}

static char *
tree_note(const View *view)
{
    const TreeView *self = (const TreeView *)view;
    const Split split = split_of(self, self->width, self->height);

    if (view->app->doc->swapped)
        return tree_other_note(view->app);
    if (reads_detail(self))
        return g_strdup(page_more(self->detail, &self->place, MAX(split.detail.height, 1))
                            ? _("more below; Tab: back to the tree") : _("Tab: back to the tree"));
    if (cursor_filtered(view->app->doc->cursor))
        return g_strdup(_("only what failed; &: all"));
    if (split.detail.height > 0 && page_more(self->detail, &self->place, split.detail.height))
        return g_strdup(split.beside ? _("more at the right: Tab") : _("more below: Tab"));
    return split.detail.height == 0 ? g_strdup(_("about this step: Tab")) : NULL;
}

static void
tree_renew(View *view)
{
    TreeView *self = (TreeView *)view;

    g_clear_pointer(&self->detail, page_free);
    self->shown = NULL;
    self->top = 0;
}

static void
tree_grow(View *view)
{
    TreeView *self = (TreeView *)view;

    g_clear_pointer(&self->detail, page_free);
    self->shown = NULL;
}

static void
tree_close(View *view)
{
    page_free(((TreeView *)view)->detail);
}

char *
tree_progress(const App *app)
{
    if (!cursor_walking(app->doc->cursor))
        return NULL;
    return g_strdup_printf(_("step %u of %u"), cursor_walk_at(app->doc->cursor),
                           cursor_walk_length(app->doc->cursor));
}

/* Walking is done in the tree, so the keys go back there. */
static Cursor *
walker(App *app)
{
    app->doc->views[VIEW_TREE]->in_detail = FALSE;
    return app->doc->cursor;
}

void
app_tree(App *app)
{
    app_show(app, VIEW_TREE);
    if (app->doc->current == VIEW_TREE)
        walker(app);
}

void
tree_show_step(App *app, const Step *step)
{
    document_main_tree(app->doc);
    app_tree(app);
    if (app->doc->current == VIEW_TREE && !cursor_to(app->doc->cursor, step))
        app_status(app, _("This step is not in the tree"));
}

/* With everything shown Space begins the walk. */
void
tree_step(App *app)
{
    Cursor *cursor = walker(app);

    if (predict_blocks(app))
        return;
    if (!cursor_walking(cursor))
        cursor_restart(cursor);
    if (!cursor_next(cursor))
        app_status(app, _("That was the last step. Home walks again, 1 leads to the fix"));
}

void
tree_step_back(App *app)
{
    if (!predict_blocks(app) && !cursor_back(walker(app)))
        app_status(app, _("This is the start of the walk"));
}

void
tree_finish(App *app)
{
    if (!predict_blocks(app))
        cursor_end(walker(app));
}

void
tree_restart(App *app)
{
    if (!predict_blocks(app))
        cursor_restart(walker(app));
}

void
tree_fold(App *app)
{
    cursor_fold(walker(app));
}

void
tree_unfold(App *app)
{
    cursor_unfold(walker(app));
}

void
tree_cause(App *app)
{
    if (!predict_blocks(app) && !cursor_cause(walker(app)))
        app_status(app, _("No step is marked as the cause"));
}

void
tree_next_failing(App *app)
{
    if (!cursor_failing(walker(app), 1))
        app_status(app, _("No failing step below this one"));
}

void
tree_previous_failing(App *app)
{
    if (!cursor_failing(walker(app), -1))
        app_status(app, _("No failing step above this one"));
}

static Page *
tree_pane_page(View *view, PagePlace **place, Rect *area)
{
    TreeView *self = (TreeView *)view;

    *place = &self->place;
    *area = split_of(self, self->width, self->height).detail;
    return reads_detail(self) ? self->detail : NULL;
}

/* What was found may stand far down in what is told of the step: it is seen, too. */
static gboolean
tree_find(View *view, Find *find)
{
    TreeView *self = (TreeView *)view;
    Find below = { .needle = find->needle };

    if (!cursor_find(view->app->doc->cursor, tree_row_has, find->needle, find->backward,
                     &find->wrapped))
        return FALSE;
    tree_fit(view, self->width, self->height);
    self->place = (PagePlace){ 0, 0 };
    page_find(self->detail, &self->place,
              MAX(split_of(self, self->width, self->height).detail.height, 1), &below);
    return TRUE;
}

/* On the mark of a branch: open or close it. */
static gboolean
click_row(TreeView *self, guint row, guint x, guint width)
{
    Cursor *cursor = self->view.app->doc->cursor;
    const guint before = cursor_at(cursor);

    if (row >= cursor_rows(cursor)->len)
        return TRUE;
    cursor_go(cursor, row);
    const CursorRow *at = row_at(cursor_rows(cursor), row);
    if (at->depth > 0 && x + 2 == indent_of(at, width) && (at->open || at->folded)) {
        if (at->folded)
            cursor_unfold(cursor);
        else
            cursor_fold(cursor);
        return TRUE;
    }
    return row != before;
}

static gboolean
tree_click(View *view, guint x, guint y)
{
    TreeView *self = (TreeView *)view;
    const Split split = split_of(self, self->width, self->height);
    const gboolean was = reads_detail(self);

    self->view.in_detail = canvas_within(split.detail, x, y) != asks_alone(self, self->width);
    if (!canvas_within(split.list, x, y))
        return TRUE;
    return click_row(self, self->top + y - split.list.y, x, split.list.width) || was;
}

/* The first thing that the step looked at, or what it is called. */
static char *
tree_value(View *view)
{
    const Step *step = cursor_step(view->app->doc->cursor);

    if (!step)
        return NULL;
    for (guint i = 0; i < step->inputs->len; i++) {
        const StepInput *input = step->inputs->pdata[i];
        if (input->value && *input->value)
            return g_strdup(input->value);
    }
    return words_question(step);
}

void
tree_filter(App *app)
{
    Cursor *cursor = walker(app);
    const gboolean filtered = cursor_filtered(cursor);

    if (predict_blocks(app))
        return;
    if (!cursor_filter(cursor, !filtered))
        app_status(app, _("No step failed"));
    else
        app_status(app, filtered ? _("All steps") : _("Only what failed. & again: all steps"));
}

const ViewClass view_tree = {
    .name = "tree",
    .label = N_("Tree"),
    .key = "2",
    .context = IN_TREE,
    .size = sizeof(TreeView),
    .needs_message = TRUE,
    .renew = tree_renew,
    .grow = tree_grow,
    .fit = tree_fit,
    .draw = tree_draw,
    .move = tree_move,
    .enter = tree_enter,
    .note = tree_note,
    .close = tree_close,
    .pane = tree_pane_page,
    .find = tree_find,
    .click = tree_click,
    .value = tree_value,
};
