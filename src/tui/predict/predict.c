/* predict.c: what is hidden while outcomes are guessed, and what is asked.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "lesson/progress.h"
#include "tui/lessons/lesson.h"
#include "tui/predict/part.h"
#include "tui/predict/predict.h"

/* Its place in the file of progress, beside the lessons. */
static const char section[] = "predict";

/* ---- what was missed another day ---- */

/* The file's lists know neither commas nor "#". (transfer full) */
static char *
kept_name(const QuestionWalk *walk, const char *item)
{
    return g_strdelimit(g_strdup_printf("%s/%s", question_walk_key(walk), item), "#", '.');
}

static void
recall(QuestionWalk *walk)
{
    g_autoptr(Progress) progress = progress_load(NULL);
    const ProgressLesson *known = progress_of(progress, section);

    for (guint i = 0; known && i < question_walk_length(walk); i++) {
        const char *item = question_walk_get(walk, i)->item;
        g_autofree char *name = kept_name(walk, item);
        if (g_ptr_array_find_with_equal_func(known->missed, name, g_str_equal, NULL))
            question_walk_set_missed(walk, item);
    }
}

void
guess_keep(App *app, const QuestionWalk *walk, const Answer *answer)
{
    g_autofree char *name = kept_name(walk, answer->item);
    g_autoptr(GError) error = NULL;

    if (!progress_answer(section, name, answer, &error) && !app->predict->told_fault) {
        app->predict->told_fault = TRUE;
        app_status(app, _("Not kept for next time: %s"), error->message);
    }
}

/* ---- what is hidden ---- */

void
guessing_free(Guessing *guessing)
{
    if (!guessing)
        return;
    question_walk_free(guessing->walk);
    g_free(guessing);
}

/* Second opinions come while a question is read: it stays. */
void
guessing_renew(Guessing *guessing, const Report *report)
{
    if (!guessing)
        return;
    const int at = guessing->at;
    g_autofree char *item =
        at < 0 ? NULL : g_strdup(question_walk_get(guessing->walk, (guint)at)->item);
    question_walk_renew(guessing->walk, report);
    const Question *same = at < 0 ? NULL : question_walk_get(guessing->walk, (guint)at);
    guessing->cursor = NULL;
    guessing->at = same && g_str_equal(same->item, item) ? at : -1;
    guessing->step = guessing->at < 0 ? NULL : same->step;
}

static gboolean
is_on(const App *app)
{
    return app->predict && app->doc && app->doc->summary && !app_in_lesson(app);
}

gboolean
predict_hides(const App *app)
{
    return is_on(app) && (!app->doc->guessing || question_walk_hides(app->doc->guessing->walk));
}

gboolean
predict_hides_rows(const App *app)
{
    return app->predict != NULL;
}

/* The verdicts first, since they open all that lies below them; then each step by itself. */
void
guess_conceal(App *app)
{
    Guessing *guessing = app->doc->guessing;
    Cursor *cursor = app->doc->cursor;
    const gboolean hides = question_walk_hides(guessing->walk);

    guessing->serial = question_walk_serial(guessing->walk);
    guessing->cursor = cursor;
    cursor_conceal(cursor, hides);
    for (int others = FALSE; hides && others <= TRUE; others++)
        for (guint i = 0; i < question_walk_length(guessing->walk); i++) {
            const Question *question = question_walk_get(guessing->walk, i);
            if (question->after >= 0 || (question->kind != QUESTION_DMARC) != others)
                continue;
            if (question_walk_step_told(guessing->walk, question->step))
                cursor_reveal(cursor, question->step);
            else if (others)
                cursor_seal(cursor, question->step);
        }
}

void
guess_show(App *app, int index)
{
    Guessing *guessing = app->doc->guessing;
    const Question *question = index < 0 ? NULL : question_walk_get(guessing->walk, (guint)index);

    if (question)
        cursor_to(app->doc->cursor, question->step);
    guessing->step = cursor_step(app->doc->cursor);
    guessing->at = index;
    guessing->asked = g_get_monotonic_time();
}

/* The cursor went to another step: its question. */
static void
follow_cursor(App *app)
{
    Guessing *guessing = app->doc->guessing;
    const Step *step = cursor_step(app->doc->cursor);

    if (step == guessing->step)
        return;
    guessing->step = step;
    guessing->at = question_walk_at(guessing->walk, step);
    guessing->asked = g_get_monotonic_time();
}

static Guessing *
guessing_new(const App *app)
{
    Guessing *guessing = g_new0(Guessing, 1);

    guessing->walk = question_walk_new(app->doc->report);
    guessing->at = -1;
    recall(guessing->walk);
    return guessing;
}

void
predict_settle(App *app)
{
    if (app->doc->list)
        mail_list_conceal(app->doc->list, predict_hides_rows(app));
    if (!is_on(app))
        return;
    const gboolean first = !app->doc->guessing;
    if (first)
        app->doc->guessing = guessing_new(app);
    Guessing *guessing = app->doc->guessing;
    if (guessing->cursor != app->doc->cursor ||
        guessing->serial != question_walk_serial(guessing->walk))
        guess_conceal(app);
    if (first)
        guess_show(app, question_walk_next(guessing->walk, -1));
    follow_cursor(app);
}

gboolean
predict_masks(const App *app, Span bytes)
{
    const GPtrArray *reported = app->doc->report->reported;

    if (!predict_hides(app))
        return FALSE;
    for (guint i = 0; i < reported->len; i++) {
        const GPtrArray *evidence = ((const ReportedHeader *)reported->pdata[i])->evidence;
        for (guint j = 0; j < evidence->len; j++) {
            const GArray *spans = ((const Evidence *)evidence->pdata[j])->spans;
            for (guint k = 0; k < spans->len; k++) {
                const Span *span = &g_array_index(spans, Span, k);
                if (bytes.start < span->end && bytes.end > span->start)
                    return TRUE;
            }
        }
    }
    return FALSE;
}

gboolean
predict_blocks(App *app)
{
    if (!app_hides(app))
        return FALSE;
    app_status(app, _("This would tell the answer. It works when the last question is answered"));
    return TRUE;
}

/* ---- whose keys count ---- */

QuestionPhase
guess_phase(const App *app)
{
    const Guessing *guessing = app->doc->guessing;

    return guessing->at < 0 ? ASKING_TOLD
                            : question_walk_phase(guessing->walk, (guint)guessing->at);
}

gboolean
predict_asks(const App *app)
{
    return is_on(app) && app->doc->guessing && app->doc->current == VIEW_TREE &&
           question_walk_length(app->doc->guessing->walk) > 0;
}

Context
predict_context(const App *app)
{
    if (!predict_asks(app))
        return 0;
    switch (guess_phase(app)) {
    case ASKING_OPEN:
        return IN_GUESS;
    case ASKING_SURE:
        return IN_GUESS_SURE;
    case ASKING_TOLD:
    case ASKING_CLOSED:
        break;
    }
    return IN_GUESS_TOLD;
}

guint
predict_serial(const App *app)
{
    const Guessing *guessing = app->doc->guessing;

    return guessing ? question_walk_serial(guessing->walk) * 1000 + (guint)(guessing->at + 1) : 0;
}

char *
predict_progress(const App *app)
{
    guint of = 0;

    if (!is_on(app) || !app->doc->guessing)
        return NULL;
    const guint told = question_walk_told(app->doc->guessing->walk, &of);
    return g_strdup_printf(_("%u of %u answered"), told, of);
}
