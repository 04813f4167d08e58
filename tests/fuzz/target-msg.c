/* target-msg.c: messages that Outlook saved, through libgsf.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "mailbox/msg.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    g_autoptr(Origin) origin = origin_new("msg");
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) header = msg_header(bytes, origin, &error);

    FUZZ_REQUIRE((header == NULL) == (error != NULL));
    return 0;
}
