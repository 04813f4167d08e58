/* target-row.c: rows of a survey from a process that was taken over.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "survey/survey.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *bytes = size ? g_memdup2(data, size) : g_strdup("");
    g_autoptr(SurveyRow) row = survey_row_unpack(bytes, size);

    if (!row)
        return 0;
    g_autoptr(GString) packed = g_string_new(NULL);
    survey_row_pack(row, packed);
    g_autoptr(SurveyRow) again = survey_row_unpack(packed->str, packed->len);
    FUZZ_REQUIRE(again && record_equal(&survey_row_type, row, again));
    g_autoptr(Survey) survey = survey_new();
    survey_add(survey, row);
    FUZZ_REQUIRE(survey_totals(survey)->messages + survey_totals(survey)->unreadable == 1);
    return 0;
}
