/* target-canon.c: canonical forms of fields and bodies.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "auth/canon.h"
#include "fuzz.h"

static void
sink(const void *bytes, gsize length, gpointer data)
{
    g_string_append_len(data, bytes, (gssize)length);
}

static GString *
body_as(Canon mode, const char *body, gsize length, gboolean *alike)
{
    GString *out = g_string_new(NULL);

    FUZZ_REQUIRE(canon_body_alike(mode, body, length, sink, out, alike) == out->len);
    return out;
}

/* Canonical text is its own canonical form (RFC 6376, 3.4). */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const char *text = size ? (const char *)data : "";
    gboolean alike = FALSE, again_alike = FALSE;
    g_autoptr(GString) simple = body_as(CANON_SIMPLE, text, size, &again_alike);
    g_autoptr(GString) relaxed = body_as(CANON_RELAXED, text, size, &alike);
    g_autoptr(GString) twice = body_as(CANON_RELAXED, relaxed->str, relaxed->len, &again_alike);
    g_autoptr(GString) simple_twice = body_as(CANON_SIMPLE, simple->str, simple->len, &again_alike);
    g_autoptr(GString) both = body_as(CANON_RELAXED, simple->str, simple->len, &again_alike);

    FUZZ_REQUIRE(g_string_equal(relaxed, twice) && g_string_equal(simple, simple_twice));
    FUZZ_REQUIRE(g_string_equal(relaxed, both));
    FUZZ_REQUIRE(!alike || g_string_equal(simple, relaxed));
    FUZZ_REQUIRE(canon_body(CANON_RELAXED, text, size, sink, both) == relaxed->len);
    const char *colon = memchr(text, ':', size);
    if (!colon)
        return 0;
    g_autoptr(GString) field = g_string_new(NULL);
    g_autoptr(GString) field_twice = g_string_new(NULL);
    canon_field(CANON_RELAXED, text, size, field);
    canon_field(CANON_RELAXED, field->str, field->len, field_twice);
    FUZZ_REQUIRE(g_string_equal(field, field_twice));
    g_string_truncate(field, 0);
    canon_field(CANON_SIMPLE, text, size, field);
    FUZZ_REQUIRE(g_str_has_suffix(field->str, "\r\n") || memchr(text, 0, size));
    return 0;
}
