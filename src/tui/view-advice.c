/* view-advice.c: what to change, who changes it, what to copy, what would not help and why.
 * SPDX-License-Identifier: MIT */
#include "advice/advice.h"
#include "base/translate.h"
#include "tree/seek.h"
#include "tree/words.h"
#include "tui/split.h"
#include "tui/ui.h"

typedef struct {
    View       view;
    Page      *page;
    guint      page_width;
    PagePlace  place;
    Page      *detail;          /* beside: the step that the advice turns */
    PagePlace  at;
    gconstpointer shown;        /* the advice that `detail` belongs to */
    gboolean   in_detail;
    guint      width, height;
} AdviceView;

enum { LABEL = 1, TEXT = 10, SETTING = 12, TWO_PANES = 100, WIDTH_MAX = 110 };

static Split
split_of(const AdviceView *self, guint width, guint height)
{
    if (width < TWO_PANES)
        return (Split){ { 0, 0, width, height }, { 0, 0, 0, 0 }, FALSE };
    return split_for(width, height, height, self->in_detail);
}

/* ---- the page ---- */

static void
labelled(Page *page, const char *label, Role role, const char *text)
{
    page_pair(page, LABEL, TEXT, ROLE_LABEL, label, role, text);
}

/* The pattern's words under `P.suffix`; NULL where there are none. (transfer full) */
static char *
words_of(const Advice *advice, const char *suffix)
{
    g_autofree char *id = g_strconcat(advice->pattern, suffix, NULL);
    g_autofree char *text = words_text(id, advice->args);

    return g_str_equal(text, id) ? NULL : g_steal_pointer(&text);
}

/* A line to copy is not wrapped where it can be helped: a long one begins at the edge. */
static void
add_setting(Page *page, const char *line, guint width)
{
    const guint columns = glyph_columns(line, FALSE);

    page_text(page, SETTING + columns <= width ? SETTING : 0, ROLE_LABEL, line);
}

static void
add_record(Page *page, const char *record, guint width, gboolean airy)
{
    g_auto(GStrv) lines = g_strsplit(record, "\n", -1);

    if (airy)
        page_row(page);
    for (char **line = lines; *line; line++)
        add_setting(page, *line, width);
    if (airy)
        page_row(page);
}

static char *
who_of(const AdviceView *self, const Advice *advice)
{
    const Summary *summary = self->view.app->doc->summary;
    char *who = advice->record ? words_of(advice, ".who") : NULL;

    /* A pass says on how many legs it stands. */
    if (g_strcmp0(advice->pattern, "nothing-must-change") == 0 && summary && !summary->bounce &&
        summary->tone == SUMMARY_PASS && summary->fix_who)
        return g_strdup(summary->fix_who);
    return who ? who : words_text(advice->who ? advice->who : "", NULL);
}

/* Whether it was tried: an analysis with the change made. */
static const char *
proof_words(Tri proved)
{
    switch (proved) {
    case TRI_TRUE:
        return _("tried here: with this change the mail passes");
    case TRI_FALSE:
        return _("tried here: with this change alone it does not pass");
    case TRI_UNKNOWN:
        break;
    }
    return _("not tried here: likely, from what is known of such mails");
}

static const Step *
step_of(const App *app, const Advice *advice)
{
    return seek_step(app->doc->report->tree, advice->turns, advice->args);
}

static void
add_reasons(Page *page, const AdviceView *self, const Advice *advice)
{
    g_autofree char *cause = words_of(advice, ".cause");
    g_autofree char *not = words_of(advice, ".not");
    g_autofree char *why = words_of(advice, ".not-why");
    const Step *step = step_of(self->view.app, advice);
    const gboolean must = g_strcmp0(advice->who, "nobody") != 0;

    if (cause)
        labelled(page, _("WHY"), ROLE_TEXT, cause);
    if (not)
        labelled(page, _("NOT"), ROLE_TEXT, not);
    if (why)
        page_text(page, TEXT, ROLE_TEXT, why);
    if (step) {
        g_autofree char *question = words_question(step);
        labelled(page, _("TURNS"), ROLE_TEXT, question);
        page_text(page, TEXT, ROLE_DIM, _("(Enter shows this step in the tree)"));
    }
    if (must && advice->turns)
        labelled(page, _("PROVED"), ROLE_DIM, proof_words((Tri)advice->proved));
}

static void
add_advice(Page *page, const AdviceView *self, guint index, gboolean airy)
{
    const GPtrArray *all = self->view.app->doc->report->advice;
    const Advice *advice = all->pdata[index];
    const guint row = page_length(page);
    g_autofree char *number = g_strdup_printf(_("%u of %u"), index + 1, all->len);
    g_autofree char *who = who_of(self, advice);
    g_autofree char *what = words_advice(advice);

    labelled(page, all->len > 1 ? number : _("CHANGE"), ROLE_LABEL, who);
    if (!g_str_has_prefix(who, what))
        page_text(page, TEXT, ROLE_TEXT, what);
    if (advice->record)
        add_record(page, advice->record, self->page_width, airy);
    add_reasons(page, self, advice);
    page_item(page, row, advice);
    if (index + 1 < all->len)
        page_row(page);
}

/* Nothing is decided yet: what would decide it. */
static void
add_missing(Page *page, const AdviceView *self)
{
    const Summary *summary = self->view.app->doc->summary;

    if (!summary)
        return;
    if (summary->cause)
        labelled(page, _("OPEN"), ROLE_TEXT, summary->cause);
    if (summary->fix_who)
        page_text(page, TEXT, ROLE_LABEL, summary->fix_who);
    for (guint i = 0; i < summary->fix_lines->len; i++)
        add_setting(page, summary->fix_lines->pdata[i], self->page_width);
}

static void
fill(Page *page, const AdviceView *self, gboolean airy)
{
    const Report *report = self->view.app->doc->report;

    if (report->advice->len > 0 && advice_believes(report)) {
        page_text(page, LABEL, ROLE_UNKNOWN,
                  _("This rests on what the receiving host reported; it was not checked here."));
        page_row(page);
    }
    for (guint i = 0; i < report->advice->len; i++)
        add_advice(page, self, i, airy);
    if (report->advice->len == 0)
        add_missing(page, self);
}

/* Blank lines are the first to go where all would not fit. */
static void
make_page(AdviceView *self, guint width, guint height)
{
    for (int airy = 1; airy >= 0; airy--) {
        g_clear_pointer(&self->page, page_free);
        self->page_width = MIN(width, WIDTH_MAX);
        self->page = page_new(self->page_width, self->view.app->mode);
        fill(self->page, self, airy > 0);
        if (page_length(self->page) <= height)
            return;
    }
}

/* ---- the step beside it ---- */

static const Advice *
selected(const AdviceView *self)
{
    return self->page && page_items(self->page) > 0 ? page_target(self->page, &self->place) : NULL;
}

static void
make_detail(AdviceView *self, const Split *split)
{
    const App *app = self->view.app;
    const Advice *advice = selected(self);
    const Step *step = advice ? step_of(app, advice) : NULL;

    g_clear_pointer(&self->detail, page_free);
    if (!split->beside)
        return;
    self->detail = step ? tree_step_page(app, step, split->detail.width)
                        : page_new(split->detail.width, app->mode);
    if (!step)
        page_text(self->detail, LABEL, ROLE_DIM, _("It turns no single step of the tree."));
    if (self->shown != advice)
        self->at = (PagePlace){ 0, 0 };
    self->shown = advice;
    page_fit(self->detail, &self->at, split->detail.height);
}

/* ---- the view ---- */

static void
advice_fit(View *view, guint width, guint height)
{
    AdviceView *self = (AdviceView *)view;
    const Split split = split_of(self, width, height);

    self->width = width;
    self->height = height;
    self->in_detail = self->in_detail && split.beside;
    make_page(self, split.list.width, height);
    page_fit(self->page, &self->place, height);
    make_detail(self, &split);
}

static void
advice_draw(const View *view, Canvas *canvas, Rect area)
{
    const AdviceView *self = (const AdviceView *)view;
    Split split = split_of(self, area.width, area.height);

    split_place(&split, canvas, area);
    page_draw(self->page, &self->place, canvas, split.list);
    if (split.beside)
        page_draw(self->detail, &self->at, canvas, split.detail);
}

static void
advice_move(View *view, Move move)
{
    AdviceView *self = (AdviceView *)view;

    if (self->in_detail)
        page_move(self->detail, &self->at, self->height, move);
    else
        page_move(self->page, &self->place, self->height, move);
}

static void
advice_enter(View *view)
{
    const AdviceView *self = (const AdviceView *)view;
    const Advice *advice = selected(self);
    const Step *step = advice ? step_of(view->app, advice) : NULL;

    if (step)
        tree_show_step(view->app, step);
    else
        app_status(view->app, _("It turns no single step of the tree"));
}

static char *
advice_note(const View *view)
{
    const AdviceView *self = (const AdviceView *)view;

    if (self->in_detail)
        return g_strdup(_("Tab: back to the advice"));
    if (page_more(self->page, &self->place, self->height))
        return g_strdup(_("more below"));
    return self->detail && page_more(self->detail, &self->at, self->height)
               ? g_strdup(_("more at the right: Tab"))
               : NULL;
}

static Page *
advice_pane(View *view, PagePlace **place, Rect *area)
{
    AdviceView *self = (AdviceView *)view;
    const Split split = split_of(self, self->width, self->height);

    *place = self->in_detail ? &self->at : &self->place;
    *area = self->in_detail ? split.detail : split.list;
    return self->in_detail ? self->detail : self->page;
}

/* The record to copy, else what is to be done. */
static char *
advice_value(View *view)
{
    const Advice *advice = selected((const AdviceView *)view);

    if (!advice)
        return NULL;
    return advice->record ? g_strdup(advice->record) : words_advice(advice);
}

static const Page *
advice_read(const View *view)
{
    return ((const AdviceView *)view)->page;
}

static void
advice_renew(View *view)
{
    AdviceView *self = (AdviceView *)view;

    g_clear_pointer(&self->page, page_free);
    g_clear_pointer(&self->detail, page_free);
    self->shown = NULL;
}

static void
advice_close(View *view)
{
    advice_renew(view);
}

static gboolean
advice_has(const App *app)
{
    const Summary *summary = app->doc->summary;

    return app->doc->report->advice->len > 0 || (summary && summary->fix_lines->len > 0);
}

void
advice_tab(App *app)
{
    AdviceView *self = (AdviceView *)app_view(app);
    const Split split = split_of(self, self->width, self->height);

    self->in_detail = split.beside && !self->in_detail;
}

const ViewClass view_advice = {
    .name = "advice",
    .label = N_("Advice"),
    .key = "8",
    .context = IN_ADVICE,
    .size = sizeof(AdviceView),
    .needs_message = TRUE,
    .has = advice_has,
    .renew = advice_renew,
    .fit = advice_fit,
    .draw = advice_draw,
    .move = advice_move,
    .enter = advice_enter,
    .note = advice_note,
    .read = advice_read,
    .close = advice_close,
    .pane = advice_pane,
    .value = advice_value,
};
