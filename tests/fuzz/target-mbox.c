/* target-mbox.c: mailboxes: the same messages, wherever the search pauses.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "mailbox/fromline.h"
#include "mailbox/mbox.h"
#include "mailbox/quoting.h"

static void
check_quoting(GBytes *bytes, Span span)
{
    g_autoptr(GBytes) message = g_bytes_new_from_bytes(bytes, span.start, span_length(span));
    guint lines = 0;
    g_autoptr(GBytes) plain = quoting_undo(message, &lines);

    FUZZ_REQUIRE(g_bytes_get_size(plain) + lines == g_bytes_get_size(message));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));

    if (!size || !fromline_starts(g_bytes_get_data(bytes, NULL), size))
        return 0;
    g_autoptr(Mbox) whole = mbox_new(bytes);
    g_autoptr(Mbox) pieces = mbox_new(bytes);
    while (mbox_scan(whole, -1, G_MAXUINT))
        ;
    for (guint enough = 1; mbox_scan(pieces, -1, enough); enough++)
        FUZZ_REQUIRE(enough <= size);
    FUZZ_REQUIRE(mbox_is_complete(whole) && mbox_count(whole) == mbox_count(pieces));
    gsize last = 0;
    for (guint i = 0; i < mbox_count(whole); i++) {
        const MboxPlace one = mbox_place(whole, i), other = mbox_place(pieces, i);
        FUZZ_REQUIRE(one.span.start == other.span.start && one.span.end == other.span.end);
        FUZZ_REQUIRE(one.counted == other.counted);
        FUZZ_REQUIRE(one.span.start >= last && one.span.start <= one.span.end && one.span.end <= size);
        last = one.span.end;
        check_quoting(bytes, one.span);
    }
    return 0;
}
