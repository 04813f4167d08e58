/* target-keymap.c: a person's own keys: lines "command = keys".
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "tui/keymap.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size), line;
    g_autoptr(Keymap) keymap = keymap_new();
    g_autoptr(GPtrArray) wishes = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    guint rows = 0;

    while (fuzz_line(&rest, &line) && wishes->len < 30) {
        g_autofree char *text = fuzz_string(line);
        char **words = g_strsplit(text, "=", 2);
        g_ptr_array_add(wishes, words);
        if (words[0] && words[1])
            keymap_wish(keymap, g_strstrip(words[0]), g_strstrip(words[1]));
    }
    keymap_settle(keymap);
    for (guint i = 0; i < wishes->len; i++) {
        char **words = wishes->pdata[i];
        g_autofree char *fault = words[0] && words[1] ? keymap_fault(keymap, words[0], words[1]) : NULL;
        FUZZ_REQUIRE(!fault || *fault);
    }
    /* All commands are still there, each with a key. */
    for (const Binding *row = keymap_bindings(keymap); row->keys; row++, rows++)
        FUZZ_REQUIRE(*row->keys);
    FUZZ_REQUIRE(rows > 50);
    return 0;
}
