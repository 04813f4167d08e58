/* question-walk.c: which question waits, which may be told.
 * SPDX-License-Identifier: MIT */
#include "lesson/question-walk-part.h"

enum { ELSEWHERE_MAX = 400 };

static void
free_place(gpointer data)
{
    Place *place = data;

    if (place->answer)
        answer_free(place->answer);
    g_free(place->mark);
    g_free(place);
}

static const Question *
question_at(const QuestionWalk *walk, guint index)
{
    return walk->questions->pdata[index];
}

static Place *
place_at(const QuestionWalk *walk, guint index)
{
    return walk->places->pdata[index];
}

/* ---- life ---- */

static char *
mark_of(const Question *question)
{
    g_autoptr(GString) out = g_string_new(question->item);

    g_string_append_printf(out, "=%u", question->right);
    for (guint i = 0; i < question->inputs->len; i++)
        g_string_append_printf(out, "\n%s", ((const StepInput *)question->inputs->pdata[i])->value);
    return g_strdup(out->str);
}

static void
fill(QuestionWalk *walk, const Report *report)
{
    walk->questions = questions_of(report);
    walk->places = g_ptr_array_new_with_free_func(free_place);
    walk->key = questions_key(walk->questions);
    walk->serial++;
    for (guint i = 0; i < walk->questions->len; i++) {
        Place *place = g_new0(Place, 1);
        place->mark = mark_of(question_at(walk, i));
        place->guess = -1;
        g_ptr_array_add(walk->places, place);
    }
}

QuestionWalk *
question_walk_new(const Report *report)
{
    QuestionWalk *walk = g_new0(QuestionWalk, 1);

    walk->elsewhere = g_ptr_array_new_with_free_func(free_place);
    fill(walk, report);
    return walk;
}

static void
empty(QuestionWalk *walk)
{
    g_ptr_array_unref(walk->questions);
    g_clear_pointer(&walk->key, g_free);
}

void
question_walk_free(QuestionWalk *walk)
{
    if (!walk)
        return;
    empty(walk);
    g_ptr_array_unref(walk->places);
    g_ptr_array_unref(walk->elsewhere);
    g_free(walk);
}

/* Takes the place of that mark out of the pool, or NULL. */
static Place *
take(GPtrArray *pool, const char *mark)
{
    for (guint i = 0; i < pool->len; i++)
        if (g_str_equal(((const Place *)pool->pdata[i])->mark, mark))
            return g_ptr_array_steal_index(pool, i);
    return NULL;
}

/* What is not asked now is kept for when it is asked again, since a change may be undone: the newest first, so that it is the
 * oldest that is forgotten. */
void
question_walk_renew(QuestionWalk *walk, const Report *report)
{
    GPtrArray *pool = walk->places;

    empty(walk);
    fill(walk, report);
    g_ptr_array_extend_and_steal(pool, walk->elsewhere);
    walk->elsewhere = pool;
    for (guint i = 0; i < walk->places->len; i++) {
        Place *known = take(pool, place_at(walk, i)->mark);
        if (!known)
            continue;
        free_place(walk->places->pdata[i]);
        walk->places->pdata[i] = known;
    }
    g_ptr_array_set_size(pool, (int)MIN(pool->len, ELSEWHERE_MAX));
}

guint
question_walk_serial(const QuestionWalk *walk)
{
    return walk->serial;
}

const char *
question_walk_key(const QuestionWalk *walk)
{
    return walk->key;
}

/* ---- where ---- */

guint
question_walk_length(const QuestionWalk *walk)
{
    return walk->questions->len;
}

const Question *
question_walk_get(const QuestionWalk *walk, guint index)
{
    return index < walk->questions->len ? question_at(walk, index) : NULL;
}

/* What comes before a verdict, and before what follows from an outcome. */
static gboolean
is_closed(const QuestionWalk *walk, guint index)
{
    const Question *question = question_at(walk, index);

    if (question->after >= 0)
        return !place_at(walk, (guint)question->after)->told;
    for (guint i = 0; question->kind == QUESTION_DMARC && i < index; i++)
        if (!place_at(walk, i)->told)
            return TRUE;
    return FALSE;
}

QuestionPhase
question_walk_phase(const QuestionWalk *walk, guint index)
{
    const Place *place = index < walk->places->len ? place_at(walk, index) : NULL;

    if (!place || (!place->told && is_closed(walk, index)))
        return ASKING_CLOSED;
    if (place->told && !place->again)
        return ASKING_TOLD;
    return place->guess < 0 ? ASKING_OPEN : ASKING_SURE;
}

static gboolean
waits(const QuestionWalk *walk, guint index)
{
    const QuestionPhase phase = question_walk_phase(walk, index);

    return phase == ASKING_OPEN || phase == ASKING_SURE;
}

int
question_walk_at(const QuestionWalk *walk, const Step *step)
{
    int found = -1;

    for (guint i = 0; i < walk->questions->len; i++) {
        if (question_at(walk, i)->step != step)
            continue;
        if (waits(walk, i))
            return (int)i;
        if (found < 0 || question_walk_phase(walk, i) == ASKING_TOLD)
            found = (int)i;
    }
    return found;
}

int
question_walk_next(const QuestionWalk *walk, int index)
{
    const guint count = walk->questions->len;

    for (guint i = 1; i <= count; i++) {
        const guint at = (guint)(index + (int)i) % count;
        if (waits(walk, at))
            return (int)at;
    }
    return -1;
}

gboolean
question_walk_repeats(const QuestionWalk *walk, guint index)
{
    return place_at(walk, index)->again;
}

void
question_walk_set_missed(QuestionWalk *walk, const char *item)
{
    for (guint i = 0; i < walk->questions->len; i++)
        if (g_str_equal(question_at(walk, i)->item, item))
            place_at(walk, i)->before = TRUE;
}

gboolean
question_walk_was_missed(const QuestionWalk *walk, guint index)
{
    return place_at(walk, index)->before;
}

gboolean
question_walk_hides(const QuestionWalk *walk)
{
    for (guint i = 0; i < walk->places->len; i++)
        if (!place_at(walk, i)->told || place_at(walk, i)->again ||
            (place_at(walk, i)->missed && !place_at(walk, i)->repeated))
            return TRUE;
    return FALSE;
}

guint
question_walk_told(const QuestionWalk *walk, guint *of)
{
    guint told = 0;

    *of = 0;
    for (guint i = 0; i < walk->places->len; i++) {
        const gboolean known = place_at(walk, i)->told;
        const Question *question = question_at(walk, i);
        /* What follows would tell by its number how something came out. */
        if (question->after < 0 || place_at(walk, (guint)question->after)->told)
            ++*of;
        told += known ? 1 : 0;
    }
    return told;
}

gboolean
question_walk_step_told(const QuestionWalk *walk, const Step *step)
{
    gboolean any = FALSE;

    for (guint i = 0; i < walk->questions->len; i++) {
        const Question *question = question_at(walk, i);
        if (question->step != step || question->after >= 0)
            continue;
        if (question_walk_phase(walk, i) != ASKING_TOLD)
            return FALSE;
        any = TRUE;
    }
    return any;
}

/* ---- answers ---- */

gboolean
question_walk_guess(QuestionWalk *walk, guint index, guint choice)
{
    const QuestionPhase phase = question_walk_phase(walk, index);

    if ((phase != ASKING_OPEN && phase != ASKING_SURE) ||
        choice >= question_at(walk, index)->choices)
        return FALSE;
    place_at(walk, index)->guess = (int)choice;
    return TRUE;
}

int
question_walk_guessed(const QuestionWalk *walk, guint index)
{
    return place_at(walk, index)->guess;
}

gboolean
question_walk_forget(QuestionWalk *walk, guint index)
{
    if (question_walk_phase(walk, index) != ASKING_SURE)
        return FALSE;
    place_at(walk, index)->guess = -1;
    return TRUE;
}

static void
tell(QuestionWalk *walk, Place *place, gboolean missed)
{
    place->told = TRUE;
    place->again = FALSE;
    place->missed = missed;
    walk->serial++;
}

gboolean
question_walk_again(QuestionWalk *walk)
{
    gboolean any = FALSE;

    for (guint i = 0; i < walk->places->len; i++)
        if (!place_at(walk, i)->told || place_at(walk, i)->again)
            return FALSE;
    for (guint i = 0; i < walk->places->len; i++) {
        Place *place = place_at(walk, i);
        if (!place->missed || place->repeated)
            continue;
        place->again = place->repeated = any = TRUE;
        place->guess = -1;
    }
    walk->serial++;
    return any;
}

Answer *
question_walk_answer_of(const Question *question, guint choice, guint sure, double seconds)
{
    g_autofree char *guess = question_word(question, choice);
    g_autofree char *right = question_word(question, question->right);
    const guint shown =
        choice == question->right ? question_misconception(question) : question->mistakes[choice];

    return answer_new(question->item, guess, right, CLAMP(sure, SURE_MIN, SURE_MAX), shown, seconds);
}

const Answer *
question_walk_sure(QuestionWalk *walk, guint index, guint sure, double seconds)
{
    if (question_walk_phase(walk, index) != ASKING_SURE)
        return NULL;
    const Question *question = question_at(walk, index);
    Place *place = place_at(walk, index);
    const guint choice = (guint)place->guess;

    if (place->answer)
        answer_free(place->answer);
    place->answer = question_walk_answer_of(question, choice, sure, seconds);
    tell(walk, place, choice != question->right);
    return place->answer;
}

gboolean
question_walk_skip(QuestionWalk *walk, guint index)
{
    if (!waits(walk, index))
        return FALSE;
    place_at(walk, index)->guess = -1;
    tell(walk, place_at(walk, index), TRUE);
    return TRUE;
}

const Answer *
question_walk_answer(const QuestionWalk *walk, guint index)
{
    return place_at(walk, index)->answer;
}
