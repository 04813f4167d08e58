/* target-repair.c: text that was a message once, mended.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "message/message.h"
#include "repair/repair.h"

/* The letters and digits of `part` stand in `whole`, in order. */
static gboolean
keeps(const char *whole, gsize whole_length, const char *part, gsize length)
{
    gsize at = 0;

    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isalnum(part[i]))
            continue;
        while (at < whole_length && whole[at] != part[i])
            at++;
        if (at++ == whole_length)
            return FALSE;
    }
    return TRUE;
}

/* Only folding and the like was set: no byte of header text may be lost by that. */
static gboolean
is_white_only(const Origin *origin)
{
    static const char *const white[] = { "folding", "line-ends", "returns", "blank-lines", "wrapped" };

    for (guint i = 0; i < origin->repairs->len; i++)
        if (!g_strv_contains(white, ((const Repair *)origin->repairs->pdata[i])->id))
            return FALSE;
    return TRUE;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    g_autoptr(Origin) origin = origin_new("paste");
    g_autoptr(Origin) again_origin = origin_new("paste");
    gsize length = 0, again_length = 0;

    repair_needed(bytes);
    repair_count(bytes);
    g_autoptr(GBytes) mended = repair_text(bytes, NULL, origin);
    const char *text = g_bytes_get_data(mended, &length);
    if (!origin->repairs->len)
        FUZZ_REQUIRE(keeps(text ? text : "", length, (const char *)data, size));
    else if (is_white_only(origin))
        FUZZ_REQUIRE(keeps(text, length, (const char *)data, size));
    /* What was mended is sound: nothing is left to do. */
    g_autoptr(GBytes) again = repair_text(mended, NULL, again_origin);
    g_bytes_get_data(again, &again_length);
    FUZZ_REQUIRE(length <= size * 8 + 4096 && again_length <= length * 8 + 4096);
    return 0;
}
