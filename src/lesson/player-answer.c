/* player-answer.c: questions of a lesson, what was answered, and what was missed.
 * SPDX-License-Identifier: MIT */
#include "lesson/player-part.h"

void
player_set_outcome(Player *player, Result outcome)
{
    PlayPage *page = player_now(player);

    if (page && !page->repeats && answer_of_result(outcome) != GUESSES)
        page->outcome = outcome;
}

static Result
outcome_of(const Player *player)
{
    const PlayPage *page = player_now(player);

    return page ? page->outcome : RESULT_UNKNOWN;
}

guint
player_choices(const Player *player)
{
    const ScriptSection *section = player_section(player);

    if (!section || !player_is_question(section))
        return 0;
    return section->kind == SECTION_PREDICT ? GUESSES : MIN(section->choices->len, SCRIPT_CHOICES_MAX);
}

const char *
player_choice(const Player *player, guint choice)
{
    const ScriptSection *section = player_section(player);

    if (choice >= player_choices(player))
        return "";
    if (section->kind == SECTION_PREDICT)
        return answer_label((Guess)choice, outcome_of(player));
    return ((const ScriptChoice *)section->choices->pdata[choice])->text;
}

gboolean
player_choice_right(const Player *player, guint choice)
{
    const ScriptSection *section = player_section(player);

    if (choice >= player_choices(player))
        return FALSE;
    if (section->kind == SECTION_PREDICT)
        return answer_of_result(outcome_of(player)) == (Guess)choice;
    return ((const ScriptChoice *)section->choices->pdata[choice])->right;
}

int
player_guessed(const Player *player)
{
    const PlayPage *page = player_now(player);

    return page ? page->guess : -1;
}

gboolean
player_guess(Player *player, guint choice)
{
    PlayPage *page = player_now(player);
    const PlayerPhase phase = player_phase(player);

    if ((phase != PLAYER_GUESS && phase != PLAYER_SURE) || choice >= player_choices(player))
        return FALSE;
    page->guess = (int)choice;
    return TRUE;
}

/* "pass" of a prediction, "b" of choices. (transfer full) */
static char *
choice_word(const Player *player, guint choice)
{
    const ScriptSection *section = player_section(player);

    return section->kind == SECTION_PREDICT ? g_strdup(guess_words[choice])
                                            : g_strdup_printf("%c", 'a' + (char)choice);
}

guint
player_right_choice(const Player *player)
{
    for (guint i = 0; i < player_choices(player); i++)
        if (player_choice_right(player, i))
            return i;
    return 0;
}

/* What was missed comes again, once, behind everything else. */
static void
ask_again(Player *player, const PlayPage *missed)
{
    if (missed->last)
        return;
    for (guint i = player->at + 1; i < player->pages->len; i++)
        if (((const PlayPage *)player->pages->pdata[i])->section == missed->section)
            return;
    PlayPage *page = player_add(player, missed->index, missed->section);
    page->from = missed->from;
    page->outcome = missed->outcome;
    page->repeats = TRUE;
    page->last = TRUE;
}

static void
keep_answer(Player *player, const PlayPage *page, const Answer *answer)
{
    const Lesson *lesson = page->from ? page->from : player->lesson;
    const char *item = section_item(page->section);
    GError *error = NULL;

    if (player->keep && item)
        player_note(player, progress_answer(lesson->name, item, answer, &error), error);
}

gboolean
player_sure(Player *player, guint sure, double seconds)
{
    PlayPage *page = player_now(player);

    if (player_phase(player) != PLAYER_SURE || sure < SURE_MIN || sure > SURE_MAX)
        return FALSE;
    const Lesson *lesson = page->from ? page->from : player->lesson;
    const char *id = section_item(page->section);
    g_autofree char *item = g_strdup_printf("%s/%s", lesson->name, id ? id : "");
    g_autofree char *guess = choice_word(player, (guint)page->guess);
    g_autofree char *right = choice_word(player, player_right_choice(player));
    page->answer = answer_new(item, guess, right, sure, section_misconception(page->section),
                              seconds);
    page->shown = TRUE;
    g_ptr_array_add(player->answers, page->answer);
    keep_answer(player, page, page->answer);
    if (!page->answer->right)
        ask_again(player, page);
    return TRUE;
}

gboolean
player_skip(Player *player)
{
    PlayPage *page = player_now(player);
    const PlayerPhase phase = player_phase(player);

    if (phase != PLAYER_GUESS && phase != PLAYER_SURE && phase != PLAYER_TASK)
        return FALSE;
    page->guess = -1;
    page->shown = TRUE;
    if (phase != PLAYER_TASK)
        ask_again(player, page);
    return TRUE;
}

gboolean
player_reveal(Player *player)
{
    const PlayerPhase phase = player_phase(player);

    if (phase != PLAYER_GUESS && phase != PLAYER_SURE)
        return FALSE;
    player_now(player)->shown = TRUE;
    return TRUE;
}

const Answer *
player_answer(const Player *player)
{
    const PlayPage *page = player_now(player);

    return page ? page->answer : NULL;
}

const GPtrArray *
player_answers(const Player *player)
{
    return player->answers;
}

/* ---- tasks ---- */

/* The first try counts. Of progress only what was reached is part: nothing asks for it again. */
void
player_tried(Player *player, gboolean reached)
{
    PlayPage *page = player_now(player);

    if (player_phase(player) != PLAYER_TASK)
        return;
    const char *id = section_item(page->section);
    g_autofree char *item = g_strdup_printf("%s/%s", player->lesson->name, id ? id : "");
    if (!page->answer) {
        page->answer = answer_new(item, reached ? "reached" : "tried", "reached", SURE_MAX,
                                  section_misconception(page->section), 0);
        g_ptr_array_add(player->answers, page->answer);
    }
    if (reached && page->answer->right)
        keep_answer(player, page, page->answer);
    page->shown = reached;
}
