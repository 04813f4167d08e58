/* target-class.c: a file of a class that somebody gave us, to which an answer is added.
 * SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "fuzz.h"
#include "lesson/class-file.h"

static const char *
folder(void)
{
    static char *made;

    if (!made)
        made = g_dir_make_tmp("fuzz-XXXXXX", NULL);
    FUZZ_REQUIRE(made);
    return made;
}

/* The first byte says which of the two it is. What cannot be added to stays as it was; else it grows, and can be added to again. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (!size)
        return 0;
    g_autofree char *path = g_build_filename(folder(), data[0] % 2 ? "a.csv" : "a.json", NULL), *after = NULL;
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    gsize length = 0;

    g_ptr_array_add(answers, answer_new("05-x/dmarc", "pass", "fail", 2, 3, 1.5));
    FUZZ_REQUIRE(g_file_set_contents_full(path, (const char *)data + 1, (gssize)size - 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    const gboolean added = class_file_add(path, "ab", "x.eml", answers, NULL);
    FUZZ_REQUIRE(g_file_get_contents(path, &after, &length, NULL));
    if (added)
        FUZZ_REQUIRE(length > size - 1 && class_file_add(path, "ab", "x.eml", answers, NULL));
    else
        FUZZ_REQUIRE(length == size - 1 && memcmp(after, data + 1, length) == 0);
    g_unlink(path);
    return 0;
}
