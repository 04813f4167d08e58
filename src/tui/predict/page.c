/* page.c: a question about a step, and what is right, where the step's details else stand.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "lesson/misconception.h"
#include "tree/words.h"
#include "tui/choice.h"
#include "tui/predict/part.h"
#include "tui/predict/predict.h"
#include "tui/view/views.h"

enum { EDGE = 1, INPUT = 17, CHOICE = 6 };

typedef struct {
    const App *app;
    const Guessing *guessing;
    const Question *question;
    QuestionPhase phase;
    Page *page;
    gboolean airy; /* there is room for blank lines */
} Sheet;

static void
gap(const Sheet *sheet)
{
    if (sheet->airy)
        page_row(sheet->page);
}

/* Each line of it a paragraph. */
static void
add_lines(const Sheet *sheet, Role role, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line; line++)
        if (**line)
            page_text(sheet->page, EDGE, role, *line);
}

/* A label that is too long for its column has a row of its own. */
static void
add_inputs(const Sheet *sheet)
{
    const GPtrArray *inputs = sheet->question->inputs;

    for (guint i = 0; i < inputs->len; i++) {
        const StepInput *input = inputs->pdata[i];
        g_autofree char *label = words_input(input->name);
        g_autofree char *words = words_value(input->value);
        const char *value = translate(words);
        if (glyph_columns(label, sheet->app->mode) + EDGE + 1 < INPUT) {
            page_pair(sheet->page, EDGE, INPUT, ROLE_DIM, label, ROLE_LABEL, value);
        } else {
            page_text(sheet->page, EDGE, ROLE_DIM, label);
            page_text(sheet->page, EDGE + 2, ROLE_LABEL, value);
        }
    }
    if (inputs->len > 0)
        gap(sheet);
}

static void
add_choices(const Sheet *sheet)
{
    const int guessed = question_walk_guessed(sheet->guessing->walk, (guint)sheet->guessing->at);

    for (guint i = 0; i < sheet->question->choices; i++) {
        const ChoiceState state = { sheet->phase == ASKING_TOLD, i == sheet->question->right, (int)i == guessed };
        g_autofree char *key = choice_key(state, i, sheet->app->glyphs);
        g_autofree char *text = question_choice(sheet->question, i);
        const guint row = page_row(sheet->page);
        page_wrap(sheet->page, row, EDGE, CHOICE, ROLE_FOOTER_KEY, key);
        page_wrap(sheet->page, row, CHOICE, G_MAXUINT, choice_role(state), text);
    }
}

/* Behind the choices, since it is asked after them. */
static void
add_sure(const Sheet *sheet)
{
    g_autofree char *text = choice_sure_text();

    page_text(sheet->page, EDGE, ROLE_LABEL, text);
}

/* ---- what is right ---- */

static void
add_verdict(const Sheet *sheet)
{
    const guint at = (guint)sheet->guessing->at;
    const Answer *answer = question_walk_answer(sheet->guessing->walk, at);

    const Answer *guess = question_walk_guessed(sheet->guessing->walk, at) < 0 ? NULL : answer;
    g_autofree char *text = choice_verdict(sheet->app, guess, sheet->question->right);

    if (text)
        page_text(sheet->page, EDGE, choice_verdict_role(guess), text);
}

/* What the wrong guess may rest on. */
static void
add_mistake(const Sheet *sheet)
{
    const guint at = (guint)sheet->guessing->at;
    const int guessed = question_walk_guessed(sheet->guessing->walk, at);
    const guint which = guessed < 0 ? 0 : sheet->question->mistakes[guessed];
    const Misconception *known = misconception_get(which);

    /* Of what follows the reason is the truth itself. */
    const gboolean told = question_is_about_meaning(sheet->question) &&
                          sheet->question->kind != QUESTION_HELPS &&
                          which == question_misconception(sheet->question);

    if (!known)
        return;
    g_autofree char *belief = g_strdup_printf(_("Many think: \"%s\""), misconception_belief(which));
    gap(sheet);
    page_text(sheet->page, EDGE, ROLE_OTHER, belief);
    if (told)
        return;
    page_text(sheet->page, EDGE, ROLE_TEXT, misconception_truth(which));
    page_text(sheet->page, EDGE, ROLE_LINK, known->reference);
}

static void
add_reveal(const Sheet *sheet)
{
    g_autofree char *why = question_why(sheet->question);
    g_autofree char *rule = question_rule(sheet->question);

    add_lines(sheet, ROLE_LABEL, why);
    if (*rule)
        page_text(sheet->page, EDGE, ROLE_LINK, rule);
    add_mistake(sheet);
}

static void
add_again(const Sheet *sheet)
{
    const guint at = (guint)sheet->guessing->at;

    if (sheet->phase == ASKING_TOLD)
        return;
    if (question_walk_repeats(sheet->guessing->walk, at))
        page_text(sheet->page, EDGE, ROLE_DIM, _("Once more:"));
    else if (question_walk_was_missed(sheet->guessing->walk, at))
        page_text(sheet->page, EDGE, ROLE_DIM, _("You missed this one last time:"));
}

/* ---- the page ---- */

/* `first`: the choices stand before what there is to go by, so that they are seen. */
static Page *
fill(Sheet *sheet, guint width, gboolean airy, gboolean first)
{
    g_autofree char *text = question_text(sheet->question);

    sheet->page = page_new(width, sheet->app->mode);
    sheet->airy = airy;
    if (sheet->phase == ASKING_TOLD)
        add_verdict(sheet);
    add_again(sheet);
    add_lines(sheet, ROLE_LABEL, text);
    gap(sheet);
    if (sheet->phase != ASKING_TOLD && !first)
        add_inputs(sheet);
    add_choices(sheet);
    if (sheet->phase == ASKING_SURE)
        add_sure(sheet);
    gap(sheet);
    if (sheet->phase == ASKING_TOLD)
        add_reveal(sheet);
    else if (first)
        add_inputs(sheet);
    return sheet->page;
}

/* A step that asks nothing, or not yet. */
static Page *
other_page(const App *app, guint width)
{
    const Guessing *guessing = app->doc->guessing;
    Page *page = tree_step_detail(app, width);

    page_row(page);
    page_text(page, EDGE, ROLE_DIM,
              guessing->at >= 0 ? _("This is asked when what it rests on has been answered: Space.")
                                : _("Space: the next question."));
    return page;
}

Page *
guess_page(const App *app, guint width, guint height)
{
    const Guessing *guessing = app->doc->guessing;
    Sheet sheet = {.app = app, .guessing = guessing};

    if (guessing->at >= 0) {
        sheet.question = question_walk_get(guessing->walk, (guint)guessing->at);
        sheet.phase = question_walk_phase(guessing->walk, (guint)guessing->at);
    }
    if (!sheet.question || sheet.phase == ASKING_CLOSED)
        return other_page(app, width);
    for (int tight = FALSE; tight <= TRUE; tight++) {
        Page *page = fill(&sheet, width, !tight, FALSE);
        if (page_length(page) <= height)
            return page;
        page_free(page);
    }
    return fill(&sheet, width, FALSE, TRUE);
}
