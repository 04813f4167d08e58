/* score.c: how the guesses of this session went, and what to read.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "lesson/lesson.h"
#include "lesson/misconception.h"
#include "lesson/progress.h"
#include "lesson/score.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"
#include "tui/view/views.h"

typedef struct {
    View view;
    Page *page;
    PagePlace place;
    guint width, height;
    guint answers;     /* that the page is of */
    gboolean predicts; /* likewise */
} ScoreView;

enum { EDGE = 1, INDENT = 3, COLUMN = 17 };

/* "sure: 3 of 5 right" for each of the three. */
static void
add_calibration(Page *page, const Score *score)
{
    page_text(page, EDGE, ROLE_LABEL, _("How sure you were"));
    for (guint sure = SURE_MAX; sure >= SURE_MIN; sure--) {
        if (score->sure_asked[sure] == 0)
            continue;
        g_autofree char *text =
            g_strdup_printf(_("%u of %u right"), score->sure_right[sure], score->sure_asked[sure]);
        page_pair(page, INDENT, COLUMN, ROLE_DIM, answer_sure_label(sure), ROLE_TEXT, text);
    }
    const guint wrong = score->sure_asked[SURE_MAX] - score->sure_right[SURE_MAX];
    if (wrong > 0)
        page_text(page, INDENT, ROLE_OTHER, _("Sure, and yet wrong: these are worth the most."));
    page_row(page);
}

/* Titles of lessons that are about it. */
static void
add_lessons(Page *page, const GPtrArray *lessons, guint which)
{
    for (guint i = 0; i < lessons->len; i++) {
        const Lesson *lesson = lessons->pdata[i];
        if (!(script_teaches(lesson->script) & 1u << which))
            continue;
        g_autofree char *text =
            g_strdup_printf(_("lesson %s: %s"), lesson->name, lesson_title(lesson));
        page_text(page, INDENT, ROLE_LINK, text);
    }
}

static void
add_misconceptions(Page *page, const Score *score)
{
    g_autoptr(GArray) found = score_misconceptions(score);
    g_autoptr(GPtrArray) lessons = found->len > 0 ? lesson_list(NULL) : NULL;

    if (found->len > 0)
        page_text(page, EDGE, ROLE_LABEL, _("What may have misled you"));
    for (guint i = 0; i < found->len; i++) {
        const guint which = g_array_index(found, guint, i);
        g_autofree char *belief = g_strdup_printf(
            "%u  \"%s\"  (%u x)", which, misconception_belief(which), score->wrong_by[which]);
        page_text(page, EDGE, score->sure_wrong_by[which] > 0 ? ROLE_FAIL : ROLE_OTHER, belief);
        page_text(page, INDENT, ROLE_TEXT, misconception_truth(which));
        page_text(page, INDENT, ROLE_DIM, misconception_get(which)->reference);
        add_lessons(page, lessons, which);
        page_row(page);
    }
}

/* What other days left. */
static void
add_kept(Page *page)
{
    g_autoptr(Progress) progress = progress_load(NULL);
    const ProgressLesson *known = progress_of(progress, "predict");

    if (!known)
        return;
    const guint right = progress_right(known);
    g_autofree char *text = g_strdup_printf(_("All your predictions so far: %u of %u right."),
                                            right, right + progress_wrong(known));
    page_text(page, EDGE, ROLE_DIM, text);
}

static Page *
make_page(const App *app, guint width)
{
    Page *page = page_new(width, app->mode);
    const Score score = score_of(class_book_answers(app->book));
    g_autofree char *sum = g_strdup_printf(_("%u of %u right."), score.right, score.asked);

    page_text(page, EDGE, ROLE_LABEL,
              score.asked > 0 ? sum : _("Nothing was guessed yet: P begins."));
    page_row(page);
    if (score.asked > 0)
        add_calibration(page, &score);
    add_misconceptions(page, &score);
    add_kept(page);
    if (app->predict)
        page_text(page, EDGE, ROLE_DIM, _("Esc: back to the message. P ends predict mode."));
    return page;
}

static void
score_fit(View *view, guint width, guint height)
{
    ScoreView *self = (ScoreView *)view;
    const guint answers = class_book_answers(view->app->book)->len;
    const gboolean predicts = view->app->predict != NULL;

    /* It reads files, so not after each key. */
    if (!self->page || self->width != width || self->answers != answers ||
        self->predicts != predicts) {
        g_clear_pointer(&self->page, page_free);
        self->page = make_page(view->app, width);
    }
    self->width = width;
    self->answers = answers;
    self->predicts = predicts;
    self->height = height;
    page_fit(self->page, &self->place, height);
}

static void
score_draw(const View *view, Canvas *canvas, Rect area)
{
    const ScoreView *self = (const ScoreView *)view;

    page_draw(self->page, &self->place, canvas, area);
}

static void
score_move(View *view, Move move)
{
    ScoreView *self = (ScoreView *)view;

    page_move(self->page, &self->place, self->height, move);
}

static char *
score_note(const View *view)
{
    const ScoreView *self = (const ScoreView *)view;

    return page_more(self->page, &self->place, self->height) ? g_strdup(_("more below")) : NULL;
}

static const Page *
score_read(const View *view)
{
    return ((const ScoreView *)view)->page;
}

static void
score_close(View *view)
{
    page_free(((ScoreView *)view)->page);
}

static Page *
score_pane(View *view, PagePlace **place, Rect *area)
{
    ScoreView *self = (ScoreView *)view;

    *place = &self->place;
    *area = (Rect){0, 0, view->app->width, self->height};
    return self->page;
}

/* It has its place in the row of views only while it is open. */
static gboolean
in_no_row(const App *app)
{
    (void)app;
    return FALSE;
}

void
command_score(App *app, const char *argument)
{
    (void)argument;
    app_show(app, VIEW_SCORE);
}

const ViewClass view_score = {
    .name = "score",
    .label = N_("Score"),
    .key = ":",
    .context = IN_HELP,
    .has = in_no_row,
    .size = sizeof(ScoreView),
    .fit = score_fit,
    .draw = score_draw,
    .move = score_move,
    .note = score_note,
    .read = score_read,
    .close = score_close,
    .pane = score_pane,
};
