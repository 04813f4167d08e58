/* target-name.c: domain names in one form, and back for the eye.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/name.h"
#include "fuzz.h"
#include "headers/host.h"
#include "headers/script.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = fuzz_string(fuzz_whole(data, size));
    g_autofree char *name = name_normalise(text);

    if (!name)
        return 0;
    fuzz_check_name(name);
    g_autofree char *unicode = name_to_unicode(name);
    g_autofree char *back = name_normalise(unicode);
    g_autofree char *escaped = name_escaped(name);
    g_autofree char *suffix = host_suffix(name);
    g_autofree char *scripts = NULL;
    g_autofree char *mixed = script_mixed_label(unicode, &scripts);

    FUZZ_REQUIRE(g_utf8_validate(unicode, -1, NULL) && g_str_has_suffix(escaped, "."));
    FUZZ_REQUIRE(g_strcmp0(back, name) == 0);
    FUZZ_REQUIRE(name_has_unicode(name) || g_str_equal(unicode, name));
    FUZZ_REQUIRE(name_is_within(name, name_tail(name, 1)));
    FUZZ_REQUIRE(g_str_equal(name_tail(name, name_labels(name)), name));
    return 0;
}
