/* target-progress.c: the file of progress: read, changed, and read again.
 * SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>

#include "fuzz.h"
#include "lesson/progress.h"

static const char *
place(void)
{
    static char *path;

    if (path)
        return path;
    g_autofree char *made = g_dir_make_tmp("fuzz-XXXXXX", NULL);
    FUZZ_REQUIRE(made && g_setenv("XDG_STATE_HOME", made, TRUE));
    path = progress_path();
    g_autofree char *folder = g_path_get_dirname(path);
    FUZZ_REQUIRE(g_mkdir_with_parents(folder, 0700) == 0);
    return path;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const char *path = place();
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    FUZZ_REQUIRE(g_file_set_contents_full(path, size ? (const char *)data : "", (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autoptr(Progress) before = progress_load(faults);
    const ProgressLesson *known = progress_of(before, "05-x");
    const guint right = known ? progress_right(known) : 0;
    Answer *answer = answer_new("05-x/dmarc", "pass", "pass", 2, 3, 1.5);
    /* A file with faults is not written over. */
    if (progress_answer("05-x", "dmarc", answer, NULL)) {
        g_autoptr(Progress) after = progress_load(NULL);
        const ProgressLesson *now = progress_of(after, "05-x");
        FUZZ_REQUIRE(now && progress_right(now) >= MIN(right, 1000000));
    }
    answer_free(answer);
    return 0;
}
