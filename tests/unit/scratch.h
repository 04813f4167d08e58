/* scratch.h: a test's own folder, which goes with the test.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* With all that is in it. */
static inline void
scratch_remove(const char *folder)
{
    const char *const command[] = { "rm", "-rf", "--", folder, NULL };

    g_assert_true(g_path_is_absolute(folder));
    g_assert_true(g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}
