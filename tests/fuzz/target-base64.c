/* target-base64.c: base64 of keys and bodies, and quoted-printable.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/base64.h"
#include "fuzz.h"
#include "message/transfer.h"

/* What GLib makes of the same, where both accept it. */
static void
check_key(const char *text)
{
    gsize length = 0, other_length = 0;
    g_autofree guint8 *bytes = base64_decode(text, &length);

    if (!bytes || strlen(text) % 4)
        return;
    g_autofree guint8 *other = g_base64_decode(text, &other_length);
    FUZZ_REQUIRE(length == other_length && !memcmp(bytes, other, length));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = fuzz_string(fuzz_whole(data, size));
    g_autofree char *out = g_malloc(size ? size : 1);

    check_key(text);
    FUZZ_REQUIRE(transfer_base64((const char *)data, size, out) <= size);
    FUZZ_REQUIRE(transfer_quoted((const char *)data, size, out) <= size);
    return 0;
}
