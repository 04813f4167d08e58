/* target-taglist.c: tag=value lists of DKIM, ARC and DMARC.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "headers/taglist.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = size ? g_memdup2(data, size) : NULL;
    g_autoptr(TagList) list = taglist_parse(size ? text : "", size);

    for (gsize i = 0; i < list->count; i++) {
        const Tag *tag = &list->tags[i];
        FUZZ_REQUIRE(tag->value_span.start <= tag->value_span.end && tag->value_span.end <= size);
        FUZZ_REQUIRE(strlen(tag->value) <= span_length(tag->value_span));
        FUZZ_REQUIRE(taglist_find(list, tag->name));
        g_autofree char *compact = taglist_compact(tag->value);
        FUZZ_REQUIRE(!strpbrk(compact, " \t\r\n"));
    }
    return 0;
}
