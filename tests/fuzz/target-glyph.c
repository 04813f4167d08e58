/* target-glyph.c: text as it stands in cells.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "tui/terminal/canvas.h"

static void
check_glyphs(const char *text, const char *end, int mode)
{
    Glyph glyph;

    while (glyph_next(&text, end, mode, &glyph)) {
        const char *at = glyph.text;
        gunichar code = 0;
        FUZZ_REQUIRE(*at && g_utf8_validate(at, -1, NULL) && glyph.width < 40);
        for (; *at; at = g_utf8_next_char(at)) {
            code = g_utf8_get_char(at);
            FUZZ_REQUIRE(code >= 0x20 && code != 0x7F && (code < 0x80 || code >= 0xA0));
            FUZZ_REQUIRE(!(mode & GLYPH_ASCII) || code < 0x7F);
        }
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const FuzzPart all = fuzz_whole(data, size);
    g_autofree char *text = fuzz_string(all);

    for (int mode = 0; mode < 8; mode++) {
        check_glyphs(all.bytes, all.bytes + all.length, mode);
        g_autoptr(GArray) lines = glyph_wrap(text, 20, mode);
        FUZZ_REQUIRE(lines->len >= 1);
        const Span *last = &g_array_index(lines, Span, lines->len - 1);
        FUZZ_REQUIRE(last->end <= strlen(text));
        glyph_columns(text, mode);
    }
    g_autoptr(Canvas) canvas = canvas_new(30, 2);
    FUZZ_REQUIRE(canvas_put(canvas, 0, 0, 30, ROLE_TEXT, text) <= 30);
    FUZZ_REQUIRE(canvas_put_cut(canvas, 0, 1, 20, ROLE_TEXT, text) <= 20);
    g_autofree char *shown = canvas_text(canvas);
    FUZZ_REQUIRE(g_utf8_validate(shown, -1, NULL));
    return 0;
}
