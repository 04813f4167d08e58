/* target-ini.c: settings files, and keys of one's own.
 * SPDX-License-Identifier: MIT */
#include "base/ini.h"
#include "fuzz.h"
#include "tui/keymap.h"

static char *
set(const char *section, const char *key, const char *value, gpointer data)
{
    Keymap *keymap = data;
    g_auto(GStrv) words = ini_list(value);

    FUZZ_REQUIRE(key && value);
    if (g_strcmp0(section, "keys") != 0)
        return words[0] ? g_strdup("no such key") : NULL;
    char *fault = keymap_fault(keymap, key, value);
    if (!fault)
        keymap_wish(keymap, key, value);
    return fault;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = g_malloc(size + 1);
    g_autoptr(Keymap) keymap = keymap_new();

    for (gsize i = 0; i < size; i++)
        text[i] = (char)data[i];
    text[size] = '\0';
    g_autoptr(GPtrArray) faults = ini_read_text("fuzz.ini", text, size, set, keymap);
    keymap_settle(keymap);
    FUZZ_REQUIRE(keymap_bindings(keymap));
    return 0;
}
