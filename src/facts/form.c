/* form.c: the life of a FormAnswer.
 * SPDX-License-Identifier: MIT */
#include "facts/form.h"

static void
case_free(gpointer data)
{
    FormCase *one = data;

    report_free(one->report);
    g_free(one);
}

FormAnswer *
form_answer_new(void)
{
    FormAnswer *answer = g_new0(FormAnswer, 1);

    answer->cases = g_ptr_array_new_with_free_func(case_free);
    return answer;
}

void
form_answer_add(FormAnswer *answer, const char *id, Report *report)
{
    FormCase *one = g_new0(FormCase, 1);

    one->id = id;
    one->report = report;
    g_ptr_array_add(answer->cases, one);
}

void
form_answer_free(FormAnswer *answer)
{
    if (!answer)
        return;
    g_ptr_array_unref(answer->cases);
    g_free(answer->own_address);
    report_free(answer->own);
    g_free(answer);
}
