/* target-theme.c: themes of the screen.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "tui/theme.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) none = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Theme) theme = theme_new(fuzz_file(fuzz_whole(data, size)), FALSE, faults);
    g_autoptr(Theme) mono = theme_new(fuzz_file(fuzz_whole(data, size)), TRUE, none);

    FUZZ_REQUIRE(theme && mono && mono->mono);
    return 0;
}
