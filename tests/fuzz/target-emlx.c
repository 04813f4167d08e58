/* target-emlx.c: messages as Apple Mail keeps them.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "mailbox/emlx.h"
#include "mailbox/kind.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    const char *text = size ? g_bytes_get_data(bytes, NULL) : "";

    kind_of(text, size);
    kind_is_header(text, size);
    if (!emlx_is(text, size))
        return 0;
    g_autoptr(Origin) origin = origin_new("emlx");
    g_autoptr(GBytes) message = emlx_message(bytes, origin);
    FUZZ_REQUIRE(g_bytes_get_size(message) < size);
    return 0;
}
