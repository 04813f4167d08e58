/* target-signed.c: a signed message with other bytes in it: it must not pass.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "auth/dkim.h"
#include "fuzz.h"

/* Only blanks and line ends may change without breaking relaxed canonicalization (RFC 6376, 3.4). */
static GString *
squeezed(GBytes *bytes, Span span)
{
    GString *out = g_string_new(NULL);
    const char *text = span_in(bytes, span);

    for (gsize i = 0; i < span_length(span); i++)
        if (!strchr(" \t\r\n", text[i]) || !text[i])
            g_string_append_c(out, text[i]);
    return out;
}

/* A place in the body, or in the value of a signed field; by the number. */
static gsize
place_of(const Message *message, guint number)
{
    static const char *const names[] = { "From", "To", "Subject", "Date" };
    Span span = message_body(message);
    const int index = message_find(message, names[number / 2 % G_N_ELEMENTS(names)], 0);

    if (number % 2 && index >= 0)
        span = message_field(message, (guint)index)->value;
    return span_length(span) ? span.start + number / 8 % span_length(span) : span.start;
}

static gboolean
passes(const Message *message, Resolver *resolver)
{
    const DkimTimes times = { 1795305600, RECORD_UNSET, 1795305600 };
    Report *report = report_new();
    g_autoptr(BodyHashes) bodies = body_hashes_new(message);
    GPtrArray *steps = dkim_check(message, resolver, &times, bodies, report);
    gboolean found = FALSE;

    for (guint i = 0; i < steps->len; i++) {
        found = found || ((const DkimResult *)report->dkim->pdata[i])->result == RESULT_PASS;
        record_free(&step_type, steps->pdata[i]);
    }
    g_ptr_array_unref(steps);
    report_free(report);
    return found;
}

/* What a reader sees of the signed parts, without blanks. */
static GString *
content(const Message *message)
{
    static const char *const names[] = { "From", "To", "Subject", "Date" };
    GBytes *bytes = message_raw(message);
    GString *out = squeezed(bytes, message_body(message));

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const int index = message_find(message, names[i], 0);
        g_autoptr(GString) value = index < 0 ? g_string_new(NULL)
                                   : squeezed(bytes, message_field(message, (guint)index)->value);
        g_string_append_printf(out, "\n%s:", names[i]);
        g_string_append_len(out, value->str, (gssize)value->len);
    }
    return out;
}

/* Each four bytes are an edit: where (three), and the byte that shall stand there. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static GBytes *original;
    static Resolver *resolver;
    static GString *signed_content;

    if (!original) {
        original = fuzz_sample("webform");
        resolver = fuzz_sample_dns("webform");
        g_autoptr(Message) message = message_from_bytes(original, "webform", NULL);
        FUZZ_REQUIRE(passes(message, resolver));
        signed_content = content(message);
    }
    g_autoptr(Message) before = message_from_bytes(original, "webform", NULL);
    gsize length = 0;
    const guint8 *text = g_bytes_get_data(original, &length);
    g_autofree guint8 *copy = g_memdup2(text, length);
    for (gsize i = 0; i + 4 <= MIN(size, 64); i += 4) {
        const guint number = (guint)data[i] << 16 | (guint)data[i + 1] << 8 | data[i + 2];
        const gsize at = place_of(before, number);
        if (at < length)
            copy[at] = data[i + 3];
    }
    g_autoptr(GBytes) bytes = g_bytes_new(copy, length);
    g_autoptr(Message) message = message_from_bytes(bytes, "fuzz", NULL);
    if (!message)
        return 0;
    g_autoptr(GString) now = content(message);
    if (!g_string_equal(now, signed_content))
        FUZZ_REQUIRE(!passes(message, resolver));
    return 0;
}
