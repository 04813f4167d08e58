/* target-survey.c: surveys out of their own JSON, and printed again.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "report/printer-survey.h"
#include "survey/read.h"

/* Surveys of two add up to the same in either order. */
static void
check_order(FuzzPart one, FuzzPart other)
{
    g_autoptr(Survey) forth = survey_new(), back = survey_new();
    g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);

    if (!survey_read(forth, one.bytes, one.length, "one.json", NULL) || !survey_read(forth, other.bytes, other.length, "other.json", NULL))
        return;
    FUZZ_REQUIRE(survey_read(back, other.bytes, other.length, "other.json", NULL));
    FUZZ_REQUIRE(survey_read(back, one.bytes, one.length, "one.json", NULL));
    printer_survey_json(first, forth);
    printer_survey_json(second, back);
    FUZZ_REQUIRE(g_string_equal(first, second));
}

/* A survey; or "%%", and another. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(Survey) survey = survey_new();
    g_autoptr(Survey) again = survey_new();
    g_autoptr(GString) one = g_string_new(NULL);
    g_autoptr(GString) other = g_string_new(NULL);
    const PrinterStyle style = { FALSE, FALSE, 80 };
    FuzzPart rest = fuzz_whole(data, size);
    const FuzzPart first = fuzz_cut(&rest);

    if (rest.length > 0) {
        check_order(first, rest);
        return 0;
    }
    if (!survey_read(survey, size ? (const char *)data : "", size, "fuzz.json", NULL))
        return 0;
    printer_survey_json(one, survey);
    fuzz_check_json(one);
    FUZZ_REQUIRE(survey_read(again, one->str, one->len, "again.json", NULL));
    printer_survey_json(other, again);
    FUZZ_REQUIRE(g_string_equal(one, other));
    g_string_truncate(other, 0);
    printer_survey_text(other, survey, NULL, NULL, &style);
    fuzz_check_text(other, FALSE);
    g_string_truncate(other, 0);
    printer_survey_csv(other, survey);
    FUZZ_REQUIRE(g_utf8_validate(other->str, (gssize)other->len, NULL));
    return 0;
}
