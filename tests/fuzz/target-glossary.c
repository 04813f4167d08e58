/* target-glossary.c: a glossary, and what is found in it.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "lesson/glossary.h"
#include "lesson/script-text.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Glossary) glossary = glossary_read(fuzz_file(fuzz_whole(data, size)), faults);

    for (guint i = 0; glossary && i < glossary_length(glossary); i++) {
        const GlossaryEntry *entry = glossary_entry(glossary, i);
        FUZZ_REQUIRE(glossary_find(glossary, entry->id) && entry->text);
        FUZZ_REQUIRE(glossary_index(glossary, entry) == i);
        g_autoptr(GPtrArray) found = glossary_search(glossary, entry->title);
        g_autoptr(GPtrArray) within = glossary_in(glossary, entry->title);
        for (guint k = 0; k < entry->text->len; k++) {
            const ScriptParagraph *paragraph = entry->text->pdata[k];
            g_autoptr(GPtrArray) terms = script_terms_new();
            g_autofree char *plain = script_plain(paragraph->text, terms);
            FUZZ_REQUIRE(plain && found && within);
        }
    }
    return 0;
}
