/* target-bounce.c: returned mail: reports, notices in plain text, pages.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "mailbox/bounce-parts.h"
#include "mailbox/inside.h"

static void
check_replies(const char *text)
{
    g_autofree char *status = reply_status(text);
    g_autofree char *host = reply_host(text);
    g_autofree char *address = reply_address(text, text + strlen(text));
    g_autofree char *word = reply_word(text, text + strlen(text));

    reply_find(text, text + strlen(text));
    reply_said(text);
    reply_stage(text);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    g_autofree char *text = fuzz_string(fuzz_whole(data, size));
    g_autoptr(GBytes) page = size ? bounce_page_text(g_bytes_get_data(bytes, NULL), size) : NULL;
    g_autoptr(Message) message = message_from_bytes(bytes, "fuzz", NULL);

    FUZZ_REQUIRE(!page || g_bytes_get_size(page) <= size * 4 + 16);
    check_replies(text);
    if (!message)
        return 0;
    g_autoptr(Bounce) bounce = bounce_read(message);
    if (bounce) {
        FUZZ_REQUIRE(bounce->format && bounce->evidence.end <= size && bounce->returned.end <= size);
        FUZZ_REQUIRE(bounce->evidence.start <= bounce->evidence.end);
    }
    g_autoptr(GPtrArray) inside = inside_find(message, 20);
    FUZZ_REQUIRE(inside->len <= 20);
    return 0;
}
