/* mime.c: media types by GMime, encodings undone.
 * SPDX-License-Identifier: MIT */
#include "message/mime.h"

#include <string.h>

#include "message/gmimeptr.h"

/* A Content-Type is short; what stands behind this is no part of it that matters. */
#define VALUE_MAX 8192

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeContentDisposition, g_object_unref)

/* ---- fields ---- */

static GMimeContentType *
parse_type(const char *value)
{
    gmime_ready();
    g_autofree char *bounded = g_strndup(value, VALUE_MAX);
    return g_mime_content_type_parse(NULL, bounded);
}

/* "multipart/mixed" in lower case; NULL where it is none. (transfer full) */
static char *
type_text(GMimeContentType *type)
{
    g_autofree char *text = type ? g_mime_content_type_get_mime_type(type) : NULL;

    return text ? g_ascii_strdown(text, -1) : NULL;
}

char *
mime_type(const Message *message)
{
    const int at = message_find(message, "Content-Type", 0);
    g_autofree char *value =
        at < 0 ? NULL : field_value(message, message_field(message, (guint)at));

    if (!value || !*value)
        return g_strdup("text/plain");
    g_autoptr(GMimeContentType) type = parse_type(value);
    char *text = type_text(type);
    return text ? text : g_strdup("text/plain");
}

static char *
parameter(GMimeContentType *type, const char *name)
{
    const char *value = g_mime_content_type_get_parameter(type, name);
    char *copy = value ? g_strstrip(g_strdup(value)) : NULL;

    if (copy && !*copy)
        g_clear_pointer(&copy, g_free);
    return copy;
}

static void
read_type(MimeHead *head, const char *value, const char *usual)
{
    g_autoptr(GMimeContentType) type = value && *value ? parse_type(value) : NULL;

    head->type = type_text(type);
    if (!head->type)
        head->type = g_strdup(usual);
    if (!type)
        return;
    head->charset = parameter(type, "charset");
    head->name = parameter(type, "name");
    if (!g_str_has_prefix(head->type, "multipart/"))
        return;
    head->boundary = parameter(type, "boundary");
    g_autofree char *report = parameter(type, "report-type");
    head->report_type = report ? g_ascii_strdown(report, -1) : NULL;
}

static void
read_disposition(MimeHead *head, const char *value)
{
    if (!value)
        return;
    g_autofree char *bounded = g_strndup(value, VALUE_MAX);
    g_autoptr(GMimeContentDisposition) disposition =
        g_mime_content_disposition_parse(NULL, bounded);
    if (!disposition)
        return;
    const char *kind = g_mime_content_disposition_get_disposition(disposition);
    const char *name = g_mime_content_disposition_get_parameter(disposition, "filename");
    head->attachment = kind && g_ascii_strcasecmp(kind, "attachment") == 0;
    if (name && *name) {
        g_free(head->name);
        head->name = g_strdup(name);
    }
}

/* "base64", "BASE64", " quoted-printable (comment)" */
static MimeEncoding
read_encoding(const char *value)
{
    while (value && g_ascii_isspace(*value))
        value++;
    if (value && g_ascii_strncasecmp(value, "base64", 6) == 0)
        return MIME_BASE64;
    return value && g_ascii_strncasecmp(value, "quoted-printable", 16) == 0 ? MIME_QUOTED
                                                                             : MIME_IDENTITY;
}

MimeHead *
mime_head_new(const char *type, const char *disposition, const char *encoding, const char *usual)
{
    MimeHead *head = g_new0(MimeHead, 1);

    gmime_ready();
    read_type(head, type, usual);
    read_disposition(head, disposition);
    head->encoding = read_encoding(encoding);
    return head;
}

void
mime_head_free(MimeHead *head)
{
    if (!head)
        return;
    g_free(head->type);
    g_free(head->boundary);
    g_free(head->charset);
    g_free(head->name);
    g_free(head->report_type);
    g_free(head);
}

/* ---- contents ---- */

GBytes *
mime_decode(GBytes *raw, Span span, MimeEncoding encoding, gsize most)
{
    const gsize length = MIN(span_length(span), most);

    if (encoding == MIME_IDENTITY)
        return g_bytes_new_from_bytes(raw, span.start, length);
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, encoding == MIME_BASE64
                                            ? GMIME_CONTENT_ENCODING_BASE64
                                            : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    char *out = g_malloc(g_mime_encoding_outlen(&state, length) + 1);
    const gsize got = g_mime_encoding_flush(&state, span_in(raw, span), length, out);
    return g_bytes_new_take(out, got);
}

static char *
plain_text(const char *bytes, gsize length)
{
    GString *out = g_string_sized_new(length);

    for (gsize i = 0; i < length; i++) {
        if (bytes[i] == '\0')
            g_string_append(out, "\xEF\xBF\xBD");
        else if (bytes[i] != '\r' || (i + 1 < length && bytes[i + 1] != '\n'))
            g_string_append_c(out, bytes[i]);
    }
    return g_string_free(out, FALSE);
}

char *
mime_text(GBytes *decoded, const char *charset)
{
    gsize length = 0, got = 0;
    const char *bytes = g_bytes_get_data(decoded, &length);

    if (!charset || g_ascii_strcasecmp(charset, "us-ascii") == 0 ||
        g_ascii_strcasecmp(charset, "utf-8") == 0)
        return plain_text(bytes, length);
    gmime_ready();
    g_autofree char *converted = g_convert_with_fallback(bytes, (gssize)length, "UTF-8",
                                                         g_mime_charset_iconv_name(charset), "?",
                                                         NULL, &got, NULL);
    return converted ? plain_text(converted, got) : plain_text(bytes, length);
}
