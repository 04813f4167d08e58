/* target-edits.c: what-if edits as they are typed.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "whatif/edit.h"

static void
check(const Edits *edits, const WhatIf *edit)
{
    g_autofree char *text = edit_text(edit);
    g_autofree char *words = edit_describe(edit);
    g_autoptr(Edits) again = edits_copy(edits);

    FUZZ_REQUIRE(edit_key_find(edit->key) && words);
    FUZZ_REQUIRE(edits_add_text(again, text, NULL));
    const WhatIf *last = edits_get(again, edits_length(again) - 1);
    FUZZ_REQUIRE(record_equal(&what_if_type, edit, last));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size), line;
    g_autoptr(Edits) edits = edits_new();

    while (fuzz_line(&rest, &line) && edits_length(edits) < 20) {
        g_autofree char *text = fuzz_string(line);
        g_autoptr(GError) error = NULL;
        const guint before = edits_length(edits);
        const gboolean added = edits_add_text(edits, text, &error);
        FUZZ_REQUIRE(added == (error == NULL) && edits_length(edits) == before + (added ? 1 : 0));
        if (added)
            check(edits, edits_get(edits, before));
    }
    for (guint i = edits_length(edits); i > 0; i--)
        edits_remove(edits, i - 1);
    FUZZ_REQUIRE(edits_length(edits) == 0);
    return 0;
}
