/* advice.c: what to change, who changes it, what to copy, what would not help and why.
 * SPDX-License-Identifier: MIT */
#include "advice/letter.h"
#include "advice/told.h"
#include "base/translate.h"
#include "tree/words.h"
#include "tui/handlers.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"
#include "tui/view/advice-page.h"
#include "tui/view/split.h"
#include "tui/view/views.h"

typedef struct {
    View       view;
    Page      *page;
    guint      page_width;
    PagePlace  place;
    Page      *detail;          /* beside: the step that the advice turns */
    PagePlace  at;
    gconstpointer shown;        /* the advice that `detail` belongs to */
    guint      width, height;
    char      *letter;          /* shown instead of the advice; or NULL */
    const char *language;       /* of the letter */
} AdviceView;

enum { LABEL = 1, TWO_PANES = 100, WIDTH_MAX = 110 };

static Split
split_of(const AdviceView *self, guint width, guint height)
{
    if (width < TWO_PANES || self->letter)
        return (Split){ { 0, 0, width, height }, { 0, 0, 0, 0 }, FALSE };
    return split_for(width, height, height, self->view.in_detail);
}

/* ---- the page ---- */

/* Blank lines are the first to go where all would not fit. */
static void
make_page(AdviceView *self, guint width, guint height)
{
    for (int airy = 1; airy >= 0; airy--) {
        g_clear_pointer(&self->page, page_free);
        self->page_width = MIN(width, WIDTH_MAX);
        self->page = self->letter
                         ? advice_letter_page(self->view.app, self->letter, self->page_width)
                         : advice_page(self->view.app, self->page_width, airy > 0);
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
    const Step *step = advice ? advice_step(app, advice) : NULL;

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
    self->view.in_detail = self->view.in_detail && split.beside;
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

    if (self->view.in_detail)
        page_move(self->detail, &self->at, self->height, move);
    else
        page_move(self->page, &self->place, self->height, move);
}

static void
advice_enter(View *view)
{
    const AdviceView *self = (const AdviceView *)view;
    const Advice *advice = selected(self);
    const Step *step = advice ? advice_step(view->app, advice) : NULL;

    if (step)
        tree_show_step(view->app, step);
    else
        app_status(view->app, _("It turns no single step of the tree"));
}

/* The advice under the cursor, if there is somebody to write to; else the first that has one. */
static const Advice *
letter_advice(const AdviceView *self)
{
    const GPtrArray *all = self->view.app->doc->report->advice;
    const Advice *advice = selected(self);

    if (advice && letter_fits(advice))
        return advice;
    for (guint i = 0; i < all->len; i++)
        if (letter_fits(all->pdata[i]))
            return all->pdata[i];
    return NULL;
}

static char *
advice_note(const View *view)
{
    const AdviceView *self = (const AdviceView *)view;
    const gboolean letter = !self->letter && letter_advice(self);

    if (self->view.in_detail)
        return g_strdup(_("Tab: back to the advice"));
    if (page_more(self->page, &self->place, self->height))
        return g_strdup(letter ? _("more below; :letter: a letter about it") : _("more below"));
    if (self->letter)
        return g_strdup(_("y: copy; :letter: the other language; :letter off: back"));
    if (self->detail && page_more(self->detail, &self->at, self->height))
        return g_strdup(_("more at the right: Tab"));
    return letter ? g_strdup(_(":letter: a letter about it")) : NULL;
}

static Page *
advice_pane(View *view, PagePlace **place, Rect *area)
{
    AdviceView *self = (AdviceView *)view;
    const Split split = split_of(self, self->width, self->height);

    *place = self->view.in_detail ? &self->at : &self->place;
    *area = self->view.in_detail ? split.detail : split.list;
    return self->view.in_detail ? self->detail : self->page;
}

/* The record to copy, else what is to be done. */
static char *
advice_value(View *view)
{
    const AdviceView *self = (const AdviceView *)view;
    const Advice *advice = selected(self);

    if (self->letter)
        return g_strdup(self->letter);
    if (!advice)
        return NULL;
    return advice->record ? g_strdup(advice->record) : words_advice(advice);
}

/* For a ticket: a line for each paragraph, whatever the width of the screen. */
static char *
advice_whole(View *view)
{
    const AdviceView *self = (const AdviceView *)view;
    const Advice *advice = selected(self);
    g_autoptr(GString) out = g_string_new(NULL);

    if (self->letter || !advice)
        return NULL;
    g_autoptr(GPtrArray) lines = advice_told(advice);
    for (guint i = 0; i < lines->len; i++) {
        const Told *told = lines->pdata[i];
        const Told *before = i > 0 ? lines->pdata[i - 1] : NULL;
        const char *label = before && before->kind == told->kind ? NULL : told_label(told->kind);
        g_string_append_printf(out, "%s%s%s%s%s", before ? "\n" : "",
                               told->kind == TOLD_RECORD ? "  " : "", label ? label : "",
                               label ? ": " : "", told->text);
    }
    return g_strdup(out->str);
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
    g_clear_pointer(&self->letter, g_free);
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

    self->view.in_detail = split.beside && !self->view.in_detail;
}

/* ---- the letter ---- */

const char *
advice_no_letter(const App *app)
{
    const Report *report = app->doc->report;
    const Advice *first = report->advice->len > 0 ? report->advice->pdata[0] : NULL;

    if (report->delivery_status && report->source->inside->len > 0)
        return _("A letter is about the mail that came back: m, then Enter, opens it");
    if (first && g_strcmp0(first->who, "reader") == 0)
        return _("There is nobody to write to: only who reads the mail now can do something");
    if (first && g_strcmp0(first->who, "nobody") == 0)
        return _("There is nobody to write to: nothing must change");
    return _("There is nobody to write to");
}

/* The one that is asked for; else that of the screen, and after it the other. */
static const char *
letter_language(const AdviceView *self, const char *asked)
{
    for (guint i = 0; letter_languages[i]; i++)
        if (g_str_equal(letter_languages[i], asked))
            return letter_languages[i];
    if (!self->letter)
        return translate_is_english() ? letter_languages[0] : letter_languages[1];
    return self->language == letter_languages[0] ? letter_languages[1] : letter_languages[0];
}

/* ":letter", ":letter ja", ":letter off". */
void
command_letter(App *app, const char *argument)
{
    g_autoptr(GError) error = NULL;

    if (predict_blocks(app))
        return;
    app_show(app, VIEW_ADVICE);
    if (app->doc->current != VIEW_ADVICE)
        return;     /* a list, or nothing, is open: that was said */
    AdviceView *self = (AdviceView *)app_view(app);
    const Advice *advice = letter_advice(self);
    const char *language = letter_language(self, argument);
    const gboolean off = g_str_equal(argument, "off");
    g_autofree char *letter = !off && advice ? letter_write(app->doc->report, advice, language,
                                                            &error)
                                             : NULL;
    if (error)
        app_status(app, "%s", error->message);
    else if (!off && !advice)
        app_status(app, "%s", advice_no_letter(app));
    if (!off && !letter)
        return;
    g_free(self->letter);
    self->letter = g_steal_pointer(&letter);
    self->language = language;
    self->place = (PagePlace){ 0, 0, 0 };
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
    .whole = advice_whole,
};
