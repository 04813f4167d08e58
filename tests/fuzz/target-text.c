/* target-text.c: the doors for a stranger's bytes: terminal, JSON, HTML, Markdown, CSV.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/csv.h"
#include "base/markup.h"
#include "base/text.h"
#include "fuzz.h"

/* Nothing but text and the five references that stand for characters of markup. */
static void
check_html(const GString *out)
{
    static const char *const references[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };

    fuzz_check_text(out, FALSE);
    for (const char *at = out->str; *at; at++) {
        gboolean known = *at != '&';
        for (gsize i = 0; !known && i < G_N_ELEMENTS(references); i++)
            known = g_str_has_prefix(at, references[i]);
        FUZZ_REQUIRE(known && !strchr("<>\"'", *at));
    }
}

static void
check_csv(const GString *out)
{
    const gboolean quoted = out->str[0] == '"';

    if (!quoted)
        FUZZ_REQUIRE(!strpbrk(out->str, ",\"\r\n"));
    FUZZ_REQUIRE(!out->len || !strchr("=+-@\t\r", out->str[quoted ? 1 : 0]) || !out->str[quoted]);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const FuzzPart all = fuzz_whole(data, size);
    g_autofree char *text = fuzz_string(all);
    g_autoptr(GString) out = g_string_new(NULL);

    text_append_visible(out, all.bytes, (gssize)all.length);
    fuzz_check_text(out, FALSE);
    FUZZ_REQUIRE(!strchr(out->str, '\n'));
    g_string_truncate(out, 0);
    text_append_json(out, all.bytes, (gssize)all.length);
    fuzz_check_json(out);
    g_string_truncate(out, 0);
    markup_append_html(out, text);
    check_html(out);
    g_string_truncate(out, 0);
    markup_append_markdown(out, text, size & 1 ? MARKUP_CELL : MARKUP_FLOW);
    fuzz_check_text(out, FALSE);
    g_string_truncate(out, 0);
    markup_append_code(out, text, size & 1 ? MARKUP_CELL : MARKUP_FLOW);
    fuzz_check_text(out, FALSE);
    g_string_truncate(out, 0);
    markup_append_fence(out, text);
    fuzz_check_text(out, FALSE);
    g_string_truncate(out, 0);
    csv_append_cell(out, text, size & 1 ? "' " : "");
    check_csv(out);
    return 0;
}
