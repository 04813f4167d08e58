/* cover.c: covers a message's bytes where they stand.
 * SPDX-License-Identifier: MIT */
#include "headers/cover.h"

#include <string.h>

#include "headers/personal.h"

static const char *const clear_fields[] = {"Date", "MIME-Version", "Content-Transfer-Encoding",
                                           NULL};
static const char *const trace_fields[] = {"Received",
                                           "Return-Path",
                                           "Received-SPF",
                                           "Authentication-Results",
                                           "DKIM-Signature",
                                           "ARC-Seal",
                                           "ARC-Message-Signature",
                                           "ARC-Authentication-Results",
                                           "X-Google-DKIM-Signature",
                                           "Message-ID",
                                           NULL};

static gboolean
is_letter(char c)
{
    return (guchar)c >= 0x80 || g_ascii_isalnum(c);
}

static void
cover_span(char *bytes, Span span)
{
    for (gsize i = span.start; i < span.end; i++)
        if (is_letter(bytes[i]))
            bytes[i] = 'x';
}

static gboolean
is_domain_char(char c)
{
    return g_ascii_isalnum(c) || c == '.' || c == '-' || c == '_';
}

/* What stands behind an `@` stays. */
static void
cover_addresses(char *bytes, Span span)
{
    gboolean domain = FALSE;

    for (gsize i = span.start; i < span.end; i++) {
        domain = bytes[i] == '@' || (domain && is_domain_char(bytes[i]));
        if (!domain && is_letter(bytes[i]))
            bytes[i] = 'x';
    }
}

/* The mask wants a string; a NUL in the field is none of its letters. */
static void
cover_learned(Mask *mask, char *bytes, Span span)
{
    const gsize length = span.end - span.start;
    g_autofree char *text = g_malloc(length + 1);

    for (gsize i = 0; i < length; i++)
        text[i] = bytes[span.start + i] ? bytes[span.start + i] : ' ';
    text[length] = '\0';
    mask_cover(mask, text);
    for (gsize i = 0; i < length; i++)
        if (bytes[span.start + i])
            bytes[span.start + i] = text[i];
}

static void
cover_field(Mask *mask, const Message *message, const Field *field, char *bytes)
{
    if (message_field_is_one_of(message, field, clear_fields))
        return;
    if (message_field_is_one_of(message, field, trace_fields))
        cover_learned(mask, bytes, field->value);
    else if (personal_is_address_field(message, field))
        cover_addresses(bytes, field->value);
    else
        cover_span(bytes, field->value);
}

GBytes *
cover_message(Mask *mask, const Message *message)
{
    gsize length = 0;
    const char *raw = g_bytes_get_data(message_raw(message), &length);
    g_autofree char *bytes = g_memdup2(raw, MAX(length, 1));

    for (guint i = 0; i < message_n_fields(message); i++)
        cover_field(mask, message, message_field(message, i), bytes);
    cover_span(bytes, message_body(message));
    return g_bytes_new_take(g_steal_pointer(&bytes), length);
}

GBytes *
cover_all(GBytes *whole)
{
    gsize length = 0;
    const char *raw = g_bytes_get_data(whole, &length);
    char *bytes = g_memdup2(raw, MAX(length, 1));

    cover_span(bytes, (Span){0, length});
    return g_bytes_new_take(bytes, length);
}
