/* hand-on.c: what was guessed, for who takes the place of this process.
 * SPDX-License-Identifier: MIT */
#include "tui/predict/part.h"
#include "tui/predict/predict.h"

void
predict_begin(App *app)
{
    if (!app->predict)
        app->predict = g_new0(Predict, 1);
}

/* "QUESTION", the one that is shown, and the walk behind it. */
char *
guessing_said(const Document *doc)
{
    const Guessing *guessing = doc->guessing;

    if (!guessing)
        return NULL;
    g_autofree char *saved = question_walk_save(guessing->walk);
    return g_strdup_printf("%d\n%s", guessing->at, saved);
}

void
guessing_recall(App *app, const char *said)
{
    char *rest = NULL;
    const gint64 at = g_ascii_strtoll(said, &rest, 10);

    predict_settle(app);
    Guessing *guessing = app->doc->guessing;
    if (!guessing || *rest != '\n')
        return;
    question_walk_recall(guessing->walk, rest + 1);
    guess_conceal(app);
    if (at >= 0 && at < question_walk_length(guessing->walk) &&
        question_walk_phase(guessing->walk, (guint)at) != ASKING_CLOSED)
        guess_show(app, (int)at);
}
