/* fuzz-signed.c: messages of the samples that are signed, with their DNS.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"

GBytes *
fuzz_sample(const char *name)
{
    g_autofree char *path = g_strdup_printf("samples/%s.eml", name);
    char *text = NULL;
    gsize length = 0;

    FUZZ_REQUIRE(g_file_get_contents(path, &text, &length, NULL));
    return g_bytes_new_take(text, length);
}

Resolver *
fuzz_sample_dns(const char *name)
{
    g_autofree char *path = g_strdup_printf("samples/%s.dns", name);
    const char *const paths[] = { path, NULL };
    Resolver *resolver = resolver_snapshot(paths, TRUE, NULL);

    FUZZ_REQUIRE(resolver);
    return resolver;
}
