/* target-maildate.c: dates as mail programs write them.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/instant.h"
#include "fuzz.h"
#include "headers/maildate.h"
#include "headers/maildate-plain.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *value = fuzz_string(fuzz_whole(data, size));
    g_autofree char *text = NULL;
    char utc[INSTANT_SIZE];
    gint64 seconds = 0, plain = 0;
    const gboolean read = maildate_parse(value, &seconds, &text);

    FUZZ_REQUIRE(read == (text != NULL));
    if (maildate_plain(value, &plain))
        FUZZ_REQUIRE(read && plain == seconds);
    if (!read)
        return 0;
    /* Year-month-dayThour:minute:second and an offset. */
    FUZZ_REQUIRE(strlen(text) >= 20 && text[4] == '-' && text[10] == 'T');
    if (instant_put(seconds, utc))
        FUZZ_REQUIRE(strlen(utc) == INSTANT_SIZE - 1);
    return 0;
}
