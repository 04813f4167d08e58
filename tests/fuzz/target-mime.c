/* target-mime.c: what Content-* fields say, parts, and their text.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "message/media.h"
#include "message/mime.h"
#include "message/parts.h"

static void
check_part(const Message *message, const Part *part, gsize size)
{
    FUZZ_REQUIRE(part->body.start <= part->body.end && part->body.end <= size);
    FUZZ_REQUIRE(part->header.start <= part->header.end && part->header.end <= size);
    g_autoptr(GBytes) decoded = mime_decode(message_raw(message), part->body,
                                            part->head->encoding, 4096);
    FUZZ_REQUIRE(g_bytes_get_size(decoded) <= 4096);
    g_autofree char *text = mime_text(decoded, part->head->charset);
    FUZZ_REQUIRE(text);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    g_autoptr(Message) message = message_from_bytes(bytes, "fuzz", NULL);

    if (!message)
        return 0;
    g_autoptr(Parts) parts = parts_new(message);
    FUZZ_REQUIRE(parts->list->len >= 1 && parts->list->len <= PARTS_MAX + 1);
    for (guint i = 0; i < parts->list->len; i++) {
        const Part *part = parts->list->pdata[i];
        FUZZ_REQUIRE(part->parent < (int)i && part->depth <= PARTS_DEPTH_MAX + 1);
        check_part(message, part, size);
    }
    return 0;
}
