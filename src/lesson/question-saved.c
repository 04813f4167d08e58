/* question-saved.c: what was answered so far, as lines, and the lines read again.
 * SPDX-License-Identifier: MIT */
#include "lesson/question-walk-part.h"

static Place *
place_of(const QuestionWalk *walk, guint index)
{
    return walk->places->pdata[index];
}

enum { TOLD = 1, MISSED = 2, AGAIN = 4, REPEATED = 8 };

/* Which choice the last answer was; -1: there is none. */
static int
answered(const QuestionWalk *walk, guint index)
{
    const Answer *answer = place_of(walk, index)->answer;
    const Question *question = question_walk_get(walk, index);

    for (guint i = 0; answer && i < question->choices; i++) {
        g_autofree char *word = question_word(question, i);
        if (g_str_equal(word, answer->guess))
            return (int)i;
    }
    return -1;
}

/* "FLAGS GUESS ANSWER SURE MILLISECONDS ITEM" */
char *
question_walk_save(const QuestionWalk *walk)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < walk->places->len; i++) {
        const Place *place = place_of(walk, i);
        const Answer *answer = place->answer;
        const int flags = (place->told ? TOLD : 0) | (place->missed ? MISSED : 0) | (place->again ? AGAIN : 0) |
                          (place->repeated ? REPEATED : 0);
        if (flags || place->guess >= 0)
            g_string_append_printf(out, "%d %d %d %d %d %s\n", flags, place->guess, answered(walk, i),
                                   answer ? (int)answer->sure : 0,
                                   answer ? (int)(1000 * CLAMP(answer->seconds, 0, G_MAXINT16)) : 0, question_walk_get(walk, i)->item);
    }
    return g_string_free(out, FALSE);
}

static int
find_item(const QuestionWalk *walk, const char *item)
{
    for (guint i = 0; i < walk->questions->len; i++)
        if (g_str_equal(question_walk_get(walk, i)->item, item))
            return (int)i;
    return -1;
}

/* An answer's word is made anew, and so is whether it was right. */
static void
recall_answer(QuestionWalk *walk, guint index, int choice, guint sure, double seconds)
{
    const Question *question = question_walk_get(walk, index);
    Place *place = place_of(walk, index);

    if (choice >= 0 && (guint)choice < question->choices && !place->answer)
        place->answer = question_walk_answer_of(question, (guint)choice, sure, seconds);
}

static void
recall_line(QuestionWalk *walk, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", 6);
    const int index = g_strv_length(words) == 6 ? find_item(walk, words[5]) : -1;
    gint64 numbers[5];

    if (index < 0)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        numbers[i] = CLAMP(g_ascii_strtoll(words[i], NULL, 10), -1, G_MAXINT32);
    Place *place = place_of(walk, (guint)index);
    place->told = (numbers[0] & TOLD) != 0;
    place->missed = (numbers[0] & MISSED) != 0;
    place->again = place->told && (numbers[0] & AGAIN);
    place->repeated = (numbers[0] & REPEATED) != 0;
    place->guess = numbers[1] < question_walk_get(walk, (guint)index)->choices ? (int)numbers[1] : -1;
    recall_answer(walk, (guint)index, (int)numbers[2], (guint)MAX(numbers[3], 0), (double)MAX(numbers[4], 0) / 1000);
}

void
question_walk_recall(QuestionWalk *walk, const char *saved)
{
    g_auto(GStrv) lines = g_strsplit(saved, "\n", -1);

    for (char **line = lines; *line; line++)
        recall_line(walk, *line);
    walk->serial++;
}
