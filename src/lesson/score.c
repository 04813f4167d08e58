/* score.c: counts answers by misconception and by how sure they were.
 * SPDX-License-Identifier: MIT */
#include "lesson/score.h"

static void
add(Score *score, const Answer *answer)
{
    const guint sure = (guint)CLAMP(answer->sure, SURE_MIN, SURE_MAX);
    const guint which = answer->misconception >= 0 && answer->misconception <= MISCONCEPTIONS
                            ? (guint)answer->misconception
                            : 0;

    score->asked++;
    score->sure_asked[sure]++;
    if (answer->right) {
        score->right++;
        score->sure_right[sure]++;
        score->right_by[which]++;
    } else {
        score->wrong_by[which]++;
        score->sure_wrong_by[which] += sure == SURE_MAX ? 1 : 0;
    }
}

Score
score_of(const GPtrArray *answers)
{
    Score score = {0};

    for (guint i = 0; i < answers->len; i++)
        add(&score, answers->pdata[i]);
    return score;
}

static int
by_weight(gconstpointer a, gconstpointer b, gpointer data)
{
    const Score *score = data;
    const guint one = *(const guint *)a, other = *(const guint *)b;

    if (score->sure_wrong_by[one] != score->sure_wrong_by[other])
        return score->sure_wrong_by[one] > score->sure_wrong_by[other] ? -1 : 1;
    if (score->wrong_by[one] != score->wrong_by[other])
        return score->wrong_by[one] > score->wrong_by[other] ? -1 : 1;
    return one < other ? -1 : one > other;
}

GArray *
score_misconceptions(const Score *score)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 1; i <= MISCONCEPTIONS; i++)
        if (score->wrong_by[i] > 0)
            g_array_append_val(found, i);
    g_array_sort_with_data(found, by_weight, (gpointer)score);
    return found;
}
