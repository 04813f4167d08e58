/* keys.c: the keys of predict mode: on and off, from question to question, answers.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/predict/part.h"
#include "tui/predict/predict.h"
#include "tui/view/views.h"

/* ---- on and off ---- */

static void
end(App *app)
{
    for (guint i = 0; i < app->stack->len; i++) {
        Document *doc = app->stack->pdata[i];
        if (doc->list)
            mail_list_conceal(doc->list, FALSE);
        if (!doc->guessing)
            continue;
        g_clear_pointer(&doc->guessing, guessing_free);
        cursor_conceal(doc->cursor, FALSE);
    }
    g_clear_pointer(&app->predict, g_free);
}

void
app_predict(App *app)
{
    if (app->lesson) {
        app_status(app, _("A lesson asks its own questions"));
        return;
    }
    if (app->predict) {
        end(app);
        app_status(app, _("Predict mode is off, outcomes are shown. :score says how it went"));
        return;
    }
    if (!app->doc->summary && !app->doc->list) {
        app_status(app, _("There is no message to show"));
        return;
    }
    document_main_tree(app->doc);
    predict_begin(app);
    predict_settle(app);
    if (app->doc->list)
        app_status(app,
                   _("Predict mode: verdicts are hidden. Open a message and guess; P ends it"));
    else
        app_tree(app);
}

void
guess_leave(App *app)
{
    if (!app->predict->leaving) {
        app->predict->leaving = TRUE;
        app_status(app, _("Leave predict mode? Esc again: yes. Any other key goes on"));
        return;
    }
    app_predict(app);
}

static void
stay(App *app)
{
    app->predict->leaving = FALSE;
}

/* ---- from question to question ---- */

/* The next that waits; when all are told, what was missed once more; then the score. */
void
guess_next(App *app)
{
    Guessing *guessing = app->doc->guessing;

    stay(app);
    if (guess_phase(app) == ASKING_OPEN) {
        const guint choices = question_walk_get(guessing->walk, (guint)guessing->at)->choices;
        const int other = question_walk_next(guessing->walk, guessing->at);
        if (other == guessing->at)
            app_status(app, _("First a guess: a to %c. s shows the answer without one"),
                       'a' + (char)choices - 1);
        else
            guess_show(app, other);
        return;
    }
    int next = question_walk_next(guessing->walk, guessing->at);
    if (next < 0 && question_walk_again(guessing->walk)) {
        app_status(app, _("That was the last question. What you missed comes once more"));
        guess_conceal(app);
        next = question_walk_next(guessing->walk, -1);
    }
    if (next >= 0)
        guess_show(app, next);
    else
        command_score(app, "");
}

/* Whatever stands before it, told or not. */
void
guess_back(App *app)
{
    Guessing *guessing = app->doc->guessing;

    stay(app);
    if (guessing->at >= 0 && question_walk_forget(guessing->walk, (guint)guessing->at))
        return;
    for (int i = guessing->at - 1; i >= 0; i--)
        if (question_walk_phase(guessing->walk, (guint)i) != ASKING_CLOSED) {
            guess_show(app, i);
            return;
        }
    app_status(app, _("This is the first question"));
}

/* ---- answers ---- */

static void
guess(App *app, guint choice)
{
    Guessing *guessing = app->doc->guessing;

    stay(app);
    if (!question_walk_guess(guessing->walk, (guint)guessing->at, choice)) {
        app_status(app, _("There is no such answer here"));
        return;
    }
    guessing->guessed = g_get_monotonic_time();
    if (app->plain)
        app_status(app, _("How sure are you? 1 a guess, 2 fairly sure, 3 sure"));
}

void
guess_a(App *app)
{
    guess(app, 0);
}

void
guess_b(App *app)
{
    guess(app, 1);
}

void
guess_c(App *app)
{
    guess(app, 2);
}

void
guess_d(App *app)
{
    guess(app, 3);
}

/* Few questions have a fifth answer; the key explains words else. */
void
guess_e(App *app)
{
    const Guessing *guessing = app->doc->guessing;

    if (question_walk_get(guessing->walk, (guint)guessing->at)->choices > 4)
        guess(app, 4);
    else
        app_glossary(app);
}

static void
sure(App *app, guint how)
{
    Guessing *guessing = app->doc->guessing;
    const double seconds = (double)(guessing->guessed - guessing->asked) / G_USEC_PER_SEC;
    const Answer *answer = question_walk_sure(guessing->walk, (guint)guessing->at, how, seconds);

    stay(app);
    if (!answer)
        return;
    guess_keep(app, guessing->walk, answer);
    class_note(app, app->doc->title, answer);
}

void
guess_sure_1(App *app)
{
    sure(app, 1);
}

void
guess_sure_2(App *app)
{
    sure(app, 2);
}

void
guess_sure_3(App *app)
{
    sure(app, 3);
}

void
guess_skip(App *app)
{
    Guessing *guessing = app->doc->guessing;

    stay(app);
    if (guessing->at >= 0)
        question_walk_skip(guessing->walk, (guint)guessing->at);
}
