/* target-msg.c: messages that Outlook saved, through libgsf.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "mailbox/msg.h"

/* Where its own header is not there, fields are made of properties: none of them begins a field of its own. */
static void
check_made(GBytes *header)
{
    static const char *const names[] = { "From: ", "Sender: ", "To: ", "Cc: ", "Subject: ", "Date: ", "Message-ID: " };
    FuzzPart rest = { g_bytes_get_data(header, NULL), g_bytes_get_size(header) }, line;

    for (gsize next = 0; fuzz_line(&rest, &line); next++) {
        while (next < G_N_ELEMENTS(names) && (line.length < strlen(names[next]) || memcmp(line.bytes, names[next], strlen(names[next])) != 0))
            next++;
        FUZZ_REQUIRE(next < G_N_ELEMENTS(names) && !memchr(line.bytes, '\r', line.length));
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    g_autoptr(Origin) origin = origin_new("msg");
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) header = msg_header(bytes, origin, &error);

    FUZZ_REQUIRE((header == NULL) == (error != NULL));
    if (header && g_strcmp0(origin->fidelity, "fragments") == 0)
        check_made(header);
    return 0;
}
