/* target-input.c: what a terminal sends, in pieces, as keys and texts.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "tui/terminal/input.h"

static void
drain(Input *input, gboolean typing, gboolean silent)
{
    guint code = 0, column = 0, rgb = 0;
    InputKind kind;

    for (guint rounds = 0; (kind = input_next(input, typing, silent, &code)) != INPUT_NOTHING; rounds++) {
        FUZZ_REQUIRE(rounds < 100000);
        if (kind != INPUT_TEXT)
            continue;
        const InputText text = input_take_text(input);
        FUZZ_REQUIRE(text.bytes && g_bytes_get_size(text.bytes) <= INPUT_TEXT_MAX);
        g_bytes_unref(text.bytes);
    }
    input_mouse(input);
    input_take_report(input, &column);
    FUZZ_REQUIRE(!input_take_background(input, &rgb) || rgb <= 0xFFFFFF);
    input_patience(input, typing);
}

/* A byte of choices; then pieces, each behind its length. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    gint64 now = 10 * G_USEC_PER_SEC;

    if (!size)
        return 0;
    g_autoptr(Input) input = input_new(data[0] & 1);
    input_learn(input, "\x1b[25~", 0x1000);
    for (gsize at = 1; at < size;) {
        const gsize length = MIN(data[0] & 2 ? (gsize)data[at] % 16 + 1 : size, size - at);
        input_feed(input, (const char *)data + at, length, now);
        drain(input, data[0] & 4, data[0] & 8);
        at += length;
        now += data[0] & 16 ? 300000 : 100;
    }
    drain(input, FALSE, TRUE);
    return 0;
}
