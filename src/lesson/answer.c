/* answer.c: outcomes as the four answers that a learner can give.
 * SPDX-License-Identifier: MIT */
#include "lesson/answer.h"

#include "base/translate.h"

const char *const guess_words[] = { "pass", "fail", "none", "unknown", NULL };

#define AT(member) G_STRUCT_OFFSET(Answer, member)

static const RecordField fields[] = {
    { "item", RECORD_STRING, AT(item), NULL, NULL, RECORD_SHOWN },
    { "guess", RECORD_STRING, AT(guess), NULL, NULL, RECORD_SHOWN },
    { "answer", RECORD_STRING, AT(answer), NULL, NULL, RECORD_SHOWN },
    { "sure", RECORD_INT, AT(sure), NULL, NULL, RECORD_SHOWN },
    { "right", RECORD_BOOL, AT(right), NULL, NULL, RECORD_SHOWN },
    { "misconception", RECORD_INT, AT(misconception), NULL, NULL, RECORD_SHOWN },
    { "seconds", RECORD_REAL, AT(seconds), NULL, NULL, RECORD_SHOWN },
    { NULL, RECORD_STRING, 0, NULL, NULL, RECORD_SHOWN },
};

const RecordType answer_type = { "answer", sizeof(Answer), fields };

Answer *
answer_new(const char *item, const char *guess, const char *right, guint sure, guint misconception,
           double seconds)
{
    Answer *answer = record_new(&answer_type);

    answer->item = g_strdup(item);
    answer->guess = g_strdup(guess);
    answer->answer = g_strdup(right);
    answer->sure = sure;
    answer->right = g_strcmp0(guess, right) == 0;
    answer->misconception = misconception;
    answer->seconds = seconds;
    return answer;
}

void
answer_free(Answer *answer)
{
    record_free(&answer_type, answer);
}

/* As on the chart: softfail, neutral and permerror count as fail, and what could not be found
 * out is neither. */
Guess
answer_of_result(Result result)
{
    switch (result) {
    case RESULT_PASS:
    case RESULT_YES:
        return GUESS_PASS;
    case RESULT_FAIL:
    case RESULT_NO:
    case RESULT_SOFTFAIL:
    case RESULT_NEUTRAL:
    case RESULT_POLICY:
    case RESULT_PERMERROR:
        return GUESS_FAIL;
    case RESULT_NONE:
        return GUESS_NONE;
    case RESULT_UNKNOWN:
    case RESULT_TEMPERROR:
        return GUESS_UNKNOWN;
    case RESULT_INFO:
    case RESULT_SKIPPED:
        break;
    }
    return GUESSES;
}

const char *
answer_label(Guess guess, Result result)
{
    const gboolean question = result == RESULT_YES || result == RESULT_NO;

    switch (guess) {
    case GUESS_PASS:
        return question ? _("yes") : _("pass");
    case GUESS_FAIL:
        return question ? _("no") : _("fail");
    case GUESS_NONE:
        return _("none: there is nothing to check");
    case GUESS_UNKNOWN:
        return _("cannot know from what is here");
    case GUESSES:
        break;
    }
    return "";
}

const char *
answer_sure_label(guint sure)
{
    static const char *const labels[] = { N_("a guess"), N_("fairly sure"), N_("sure") };

    return sure >= SURE_MIN && sure <= SURE_MAX ? translate(labels[sure - SURE_MIN]) : "";
}
