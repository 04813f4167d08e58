/* target-rules.c: files of data: receivers, mail programs, services, look-alikes.
 * SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <stdlib.h>

#include "advice/provider.h"
#include "fuzz.h"
#include "headers/lookalike.h"
#include "receivers/presentation.h"
#include "receivers/rules.h"

/* Rules are read from folders: one with this file, for as long as it takes. */
static void
read_rules(FuzzPart text, GPtrArray *faults)
{
    char folder[] = "/tmp/fuzz-rules-XXXXXX";

    FUZZ_REQUIRE(mkdtemp(folder));
    g_autofree char *path = g_build_filename(folder, "fuzz.ini", NULL);
    const char *const folders[] = { folder, NULL };
    FUZZ_REQUIRE(g_file_set_contents_full(path, text.bytes, (gssize)text.length,
                                          G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autoptr(ReceiverRules) rules = receiver_rules_load(folders, faults);
    FUZZ_REQUIRE(rules);
    g_unlink(path);
    g_rmdir(folder);
}

static void
read_lookalikes(const char *const *confusables, const char *const *brands, GPtrArray *faults)
{
    static const char *const none[] = { NULL };
    g_autoptr(Lookalikes) data = lookalikes_load(confusables ? confusables : none,
                                                 brands ? brands : none, faults);
    g_autofree char *skeleton = lookalike_skeleton(data, "rn1.example.com");

    FUZZ_REQUIRE(data && skeleton);
    lookalike_compare(data, "examp1e.com", "example.com");
}

/* The first byte says which of them it is. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    if (!size)
        return 0;
    const FuzzPart text = { (const char *)data + 1, size - 1 };
    const char *const paths[] = { fuzz_file(text), NULL };
    switch (data[0] % 5) {
    case 0:
        read_rules(text, faults);
        break;
    case 1:
        programs_free(programs_load(paths, faults));
        break;
    case 2:
        providers_free(providers_read(paths[0], faults));
        break;
    case 3:
        read_lookalikes(paths, NULL, faults);
        break;
    default:
        read_lookalikes(NULL, paths, faults);
    }
    return 0;
}
