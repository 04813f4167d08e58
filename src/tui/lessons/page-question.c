/* page-question.c: a question of a lesson, what it is about, its choices, and what is right.
 * SPDX-License-Identifier: MIT */
#include "tui/lessons/page-part.h"

#include "base/translate.h"
#include "lesson/script-text.h"
#include "lesson/step-path.h"
#include "tree/words.h"
#include "tui/choice.h"

enum { CHOICE = 6 };

const Step *
lesson_step(const App *app)
{
    const LessonPlay *play = app->lesson;
    const ScriptSection *section = player_section(play->player);

    if (!section || section->kind != SECTION_PREDICT || !player_is_here(play->player))
        return NULL;
    return step_path_find(play->doc->report->tree, section->argument);
}

static void
add_name(const LessonSheet *sheet, const char *label, const char *value)
{
    if (value && *value)
        page_pair(sheet->page, sheet->x + 2, sheet->x + LESSON_NAME, ROLE_DIM, label, ROLE_LABEL, value);
}

/* The three identifiers, where the step itself looks at none of them. */
static void
add_names(const LessonSheet *sheet, const Report *report)
{
    for (guint i = 0; i < report->from->addresses->len; i++)
        add_name(sheet, "From:", ((const Mailbox *)report->from->addresses->pdata[i])->address);
    add_name(sheet, "MAIL FROM", report->envelope->mail_from->value);
    for (guint i = 0; i < report->dkim->len; i++)
        add_name(sheet, "DKIM d=", ((const DkimResult *)report->dkim->pdata[i])->domain);
}

/* What the step looks at, without what comes of it. */
static void
add_inputs(const LessonSheet *sheet, const Step *step)
{
    static const char *const counts[] = { "lookups", "void-lookups", "record-lookups", NULL };

    for (guint i = 0; i < step->inputs->len; i++) {
        const StepInput *input = step->inputs->pdata[i];
        if (g_strv_contains(counts, input->name))
            continue;
        g_autofree char *label = words_input(input->name);
        g_autofree char *value = words_value(input->value ? input->value : "-");
        add_name(sheet, label, value);
    }
    if (step->inputs->len == 0)
        add_names(sheet, sheet->play->doc->report);
}

static void
add_choices(const LessonSheet *sheet)
{
    const Player *player = sheet->play->player;
    const gboolean shown = player_phase(player) == PLAYER_REVEAL;

    for (guint i = 0; i < player_choices(player); i++) {
        const ChoiceState state = { shown, player_choice_right(player, i), player_guessed(player) == (int)i };
        g_autofree char *plain = script_plain(player_choice(player, i), NULL);
        g_autofree char *key = choice_key(state, i, sheet->app->glyphs);
        const guint row = page_row(sheet->page);
        sheet->app->lesson->choice_rows[i] = row;
        page_wrap(sheet->page, row, sheet->x, sheet->x + CHOICE, ROLE_FOOTER_KEY, key);
        page_wrap(sheet->page, row, sheet->x + CHOICE, sheet->limit, choice_role(state), plain);
    }
}

static void
add_again(const LessonSheet *sheet)
{
    const Lesson *from = player_from(sheet->play->player);

    if (!player_repeats(sheet->play->player))
        return;
    g_autofree char *text = from ? g_strdup_printf(_("Once more, from lesson %s:"), from->name)
                                 : g_strdup(_("Once more:"));
    lesson_add_text(sheet, ROLE_DIM, text);
    if (from)
        lesson_add_text(sheet, ROLE_DIM, lesson_title(from));
    lesson_add_gap(sheet);
}

void
lesson_add_question(const LessonSheet *sheet)
{
    const ScriptSection *section = player_section(sheet->play->player);
    const Step *step = lesson_step(sheet->app);

    add_again(sheet);
    lesson_add_paragraphs(sheet, section->text);
    lesson_add_gap(sheet);
    if (step) {
        add_inputs(sheet, step);
        lesson_add_gap(sheet);
    }
    add_choices(sheet);
    lesson_add_gap(sheet);
}

void
lesson_add_sure(const LessonSheet *sheet)
{
    g_autofree char *text = choice_sure_text();

    lesson_add_text(sheet, ROLE_LABEL, text);
}

static void
add_verdict(const LessonSheet *sheet)
{
    const Player *player = sheet->play->player;
    const Answer *answer = player_answer(player);
    g_autofree char *text = choice_verdict(sheet->app, answer, player_right_choice(player));

    if (!text)
        return;
    lesson_add_text(sheet, choice_verdict_role(answer), text);
    lesson_add_gap(sheet);
}

void
lesson_add_reveal(const LessonSheet *sheet)
{
    const ScriptSection *section = player_section(sheet->play->player);
    const Step *step = lesson_step(sheet->app);

    add_verdict(sheet);
    add_again(sheet);
    lesson_add_paragraphs(sheet, section->text);
    lesson_add_gap(sheet);
    add_choices(sheet);
    lesson_add_gap(sheet);
    if (step) {
        g_autofree char *plain = words_plain(step);
        g_autofree char *rule = words_rule(step->rule ? step->rule : "");
        if (plain && *plain) {
            lesson_add_text(sheet, ROLE_LABEL, plain);
            lesson_add_gap(sheet);
        }
        if (*rule)
            lesson_add_text(sheet, ROLE_LINK, rule);
        if (*rule)
            lesson_add_gap(sheet);
    }
    lesson_add_paragraphs(sheet, section->why);
}
