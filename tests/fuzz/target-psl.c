/* target-psl.c: a public suffix list that somebody gave, and names looked up in it.
 * SPDX-License-Identifier: MIT */
#include "auth/psl.h"
#include "base/name.h"
#include "fuzz.h"

/* A list, "%%", a name. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size);
    const FuzzPart list = fuzz_cut(&rest);
    g_autofree char *text = fuzz_string(rest);
    g_autofree char *name = name_normalise(text);
    g_autoptr(Psl) psl = psl_open(fuzz_file(list), NULL);

    if (!psl || !name)
        return 0;
    g_autofree char *org = psl_org_domain(psl, name);
    g_autofree char *rule = psl_rule(psl, name);
    FUZZ_REQUIRE(org && name_is_within(name, org) && rule);
    return 0;
}
