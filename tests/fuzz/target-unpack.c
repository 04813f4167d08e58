/* target-unpack.c: gzip, UTF-16 and base64 around a message.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "mailbox/unpack.h"

/* gzip makes at most 1032 bytes of one; four layers of it are bounded by what the program takes (mailbox/unpack.c). */
#define UNPACKED_MAX ((gsize)300 << 20)

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    g_autoptr(Origin) origin = origin_new("eml");
    g_autoptr(GError) error = NULL;
    const char *cut = NULL;
    Kind kind = KIND_TEXT;

    if (!size)
        return 0;
    g_autoptr(GBytes) inside = unpack(bytes, &kind, origin, &cut, &error);
    FUZZ_REQUIRE((inside == NULL) == (error != NULL));
    FUZZ_REQUIRE(!inside || g_bytes_get_size(inside) <= UNPACKED_MAX);
    g_autoptr(GBytes) head = unpack_head(bytes);
    return 0;
}
