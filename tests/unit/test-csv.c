/* test-csv.c: a cell says what it says, is one cell, and calculates nothing.
 * SPDX-License-Identifier: MIT */
#include "base/csv.h"

typedef struct {
    const char *text, *quoted, *want;
} Case;

static void
test_cells(void)
{
    static const Case cases[] = {
        { "owl", "", "owl" },
        { "", "", "" },
        { NULL, "", "" },
        { "a,b", "", "\"a,b\"" },
        { "a;b", "", "\"a;b\"" },
        { "say \"x\"", "", "\"say \"\"x\"\"\"" },
        { " a", "", "\" a\"" },
        { "a ", "", "\"a \"" },
        { "a b", "", "a b" },
        { "a b", " ", "\"a b\"" },
        { "it's", "' ", "\"it's\"" },
        { "a\nb", "", "a\\x0Ab" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new("x,");
        csv_append_cell(out, cases[i].text, cases[i].quoted);
        g_assert_cmpstr(out->str + 2, ==, cases[i].want);
    }
}

/* Whatever it may begin with, for any spreadsheet. */
static void
test_formulas(void)
{
    static const Case cases[] = {
        { "=1+1", "", "\"'=1+1\"" }, { "@x", "", "\"'@x\"" }, { "-x", "' ", "\"'-x\"" }, { "+x", "", "\"'+x\"" },
        { "\t=1", "", "\\x09=1" },   { "a=1", "", "a=1" },
        { "\xEF\xBC\x9D" "1", "", "\"'\xEF\xBC\x9D" "1\"" },     /* U+FF1D */
        { "\xEF\xBC\x8B" "1", "' ", "\"'\xEF\xBC\x8B" "1\"" },   /* U+FF0B */
        { "\xEF\xBC\x8D" "1", "", "\"'\xEF\xBC\x8D" "1\"" },     /* U+FF0D */
        { "\xEF\xBC\xA0" "1", "", "\"'\xEF\xBC\xA0" "1\"" },     /* U+FF20 */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        csv_append_cell(out, cases[i].text, cases[i].quoted);
        g_assert_cmpstr(out->str, ==, cases[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv/cells", test_cells);
    g_test_add_func("/csv/formulas", test_formulas);
    return g_test_run();
}
