/* mime.c: what the Content-* fields of a part mean; encodings undone.
 * SPDX-License-Identifier: MIT */
#include "message/mime.h"

#include <string.h>

#include "base/lower.h"
#include "message/charset.h"
#include "message/gmime-load.h"
#include "message/media.h"
#include "message/transfer.h"

/* ---- fields ---- */

/* "multipart/mixed" in lower case; NULL where it is none. (transfer full) */
static char *
type_text(const Media *type)
{
    const char *text = type ? media_word(type) : NULL;

    return text ? lower_text(text) : NULL;
}

char *
mime_type(const Message *message)
{
    g_autofree char *value = message_value(message, "Content-Type");

    if (!value || !*value)
        return g_strdup("text/plain");
    g_autofree char *plain = media_plain_type(value);
    if (plain)
        return lower_text(plain);
    g_autoptr(Media) type = media_parse(value, MEDIA_TYPE);
    char *text = type_text(type);
    return text ? text : g_strdup("text/plain");
}

static char *
parameter(const Media *type, const char *name)
{
    const char *value = media_parameter(type, name);
    char *copy = value ? g_strstrip(g_strdup(value)) : NULL;

    if (copy && !*copy)
        g_clear_pointer(&copy, g_free);
    return copy;
}

static void
read_type(MimeHead *head, const char *value, const char *usual)
{
    g_autoptr(Media) type = value && *value ? media_parse(value, MEDIA_TYPE) : NULL;

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
    head->report_type = report ? lower_text(report) : NULL;
}

static void
read_disposition(MimeHead *head, const char *value)
{
    g_autoptr(Media) disposition = value ? media_parse(value, MEDIA_DISPOSITION) : NULL;

    if (!disposition)
        return;
    const char *kind = media_word(disposition);
    const char *name = media_parameter(disposition, "filename");
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
    char *out = g_malloc(length + 1);
    const char *in = span_in(raw, span);
    const gsize got = encoding == MIME_BASE64 ? transfer_base64(in, length, out)
                                              : transfer_quoted(in, length, out);
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
    charset_ready(charset, strlen(charset));
    g_autofree char *converted = g_convert_with_fallback(bytes, (gssize)length, "UTF-8",
                                                         gmime()->charset_iconv_name(charset), "?",
                                                         NULL, &got, NULL);
    return converted ? plain_text(converted, got) : plain_text(bytes, length);
}
