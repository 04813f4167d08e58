/* target-lesson.c: the text of a lesson.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "lesson/script.h"

static void
check_section(const ScriptSection *section)
{
    FUZZ_REQUIRE(section->kind < SECTION_KINDS && section->argument && section->line >= 1);
    section_item(section);
    FUZZ_REQUIRE(section_misconception(section) <= MISCONCEPTIONS);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = size ? g_memdup2(data, size) : g_strdup("");
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Script) script = script_parse(text, size, "lesson.txt", faults);

    if (!script) {
        FUZZ_REQUIRE(faults->len);
        return 0;
    }
    for (guint i = 0; i < script->sections->len; i++)
        check_section(script->sections->pdata[i]);
    script_minutes(script);
    script_hour(script);
    script_teaches(script);
    script_find_item(script, "x");
    return 0;
}
