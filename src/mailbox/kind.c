/* kind.c: looks at the first bytes, never at the name.
 * SPDX-License-Identifier: MIT */
#include "mailbox/kind.h"

#include <string.h>

#include "base/base64.h"
#include "mailbox/emlx.h"
#include "mailbox/fromline.h"
#include "message/split.h"

/* Of a text so much is looked at to say whether it is UTF-16, base64, a header. */
#define SAMPLE 4096
#define HEADER_LINES 40

/* ---- lines ---- */

gsize
kind_line(const char *bytes, gsize length, gsize *after)
{
    const char *end = length > 0 ? memchr(bytes, '\n', length) : NULL;
    gsize text = end ? (gsize)(end - bytes) : length;

    *after = end ? text + 1 : length;
    if (end && text > 0 && bytes[text - 1] == '\r')
        text--;
    return text;
}

/* The names that decide whether a text is mail; many others follow in every real header. */
static gboolean
is_mail_name(const char *name, gsize length)
{
    static const char *const names[] = {
        "From", "To", "Cc", "Subject", "Date", "Received", "Return-Path", "Message-ID", "Sender",
        "DKIM-Signature", "Authentication-Results", "MIME-Version", "Content-Type", "Reply-To",
        "Received-SPF", "ARC-Seal", "X-Original-To", "Envelope-To", "Delivered-To", "X-Mailer",
        "Status", "X-Status", "X-Gmail-Labels", "X-GM-THRID", "X-Mozilla-Status", "X-Received",
        "X-Apparently-To", "Errors-To", "X-UID", "X-IMAP", "X-IMAPbase", "List-Unsubscribe",
        "Precedence", "Content-Transfer-Encoding",
    };

    const char first = length > 0 ? g_ascii_toupper(*name) : '\0';
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (*names[i] == first && strlen(names[i]) == length &&
            g_ascii_strncasecmp(names[i], name, length) == 0)
            return TRUE;
    return FALSE;
}

static gsize
name_length(const char *line, gsize length)
{
    gsize at = 0;

    while (at < length && (g_ascii_isalnum(line[at]) || line[at] == '-' || line[at] == '_' ||
                           line[at] == '.'))
        at++;
    return at;
}

static gboolean
is_field(const char *line, gsize length, gsize name)
{
    gsize at = name;

    while (at < length && (line[at] == ' ' || line[at] == '\t'))
        at++;
    if (name == 0 || at >= length || line[at] != ':')
        return FALSE;
    at++;
    return at == length || line[at] == ' ' || line[at] == '\t' || is_mail_name(line, name);
}

gboolean
kind_is_field(const char *line, gsize length)
{
    return is_field(line, length, name_length(line, length));
}

gboolean
kind_is_header(const char *bytes, gsize length)
{
    gsize at = split_nuls(bytes, length), after;
    guint fields = 0, known = 0;

    for (guint lines = 0; lines < HEADER_LINES && at < length && known < 2; lines++, at += after) {
        const char *line = bytes + at;
        const gsize text = kind_line(line, length - at, &after);
        if (text == 0 && fields == 0)
            continue;           /* blank lines above the header */
        if (text == 0 || memchr(line, '\0', text))
            break;
        if (*line == ' ' || *line == '\t')
            continue;
        const gsize name = name_length(line, text);
        if (is_field(line, text, name)) {
            fields++;
            known += is_mail_name(line, name) ? 1 : 0;
        } else if (fields == 0 && lines > 0) {
            break;              /* one line of junk above the header is forgiven */
        }
    }
    return known > 1 || (known > 0 && fields == known);
}

/* ---- encodings ---- */

/* Mail in UTF-16 is mostly ASCII: every other byte is a NUL, from the first character on. A
 * message whose body alone is written so begins with a plain header. */
static gboolean
is_utf16(const guint8 *bytes, gsize length, guint low)
{
    const gsize pairs = MIN(length, SAMPLE) / 2;
    gsize ascii = 0;

    if (pairs < 8 || bytes[low] == 0 || bytes[1 - low] != 0)
        return FALSE;
    for (gsize i = 0; i < pairs; i++)
        ascii += bytes[2 * i + low] != 0 && bytes[2 * i + low] < 127 && bytes[2 * i + 1 - low] == 0;
    return ascii * 10 >= pairs * 8;
}

/* At least 95 % of the alphabet, and what it says begins with header fields. A line of mail has a colon or a blank
 * soon enough that most files are ruled out by their first bytes. */
static gboolean
is_base64(const char *bytes, gsize length)
{
    const gsize sample = MIN(length, SAMPLE);
    g_autoptr(GString) text = g_string_sized_new(sample);
    gsize foreign = 0, size = 0;

    for (gsize i = 0; i < sample; i++) {
        if (g_ascii_isalnum(bytes[i]) || bytes[i] == '+' || bytes[i] == '/')
            g_string_append_c(text, bytes[i]);
        else if (!g_ascii_isspace(bytes[i]) && bytes[i] != '=')
            foreign++;
    }
    if (text->len < 40 || foreign * 20 > text->len + foreign)
        return FALSE;
    g_string_truncate(text, text->len & ~(gsize)3);
    g_autofree guint8 *said = base64_decode(text->str, &size);
    return said && (kind_is_header((const char *)said, size) ||
                    fromline_starts((const char *)said, size));
}

static gboolean
starts_with(const char *bytes, gsize length, const char *magic, gsize size)
{
    return length >= size && memcmp(bytes, magic, size) == 0;
}

Kind
kind_of(const char *bytes, gsize length)
{
    if (starts_with(bytes, length, "\x1F\x8B\x08", 3))
        return KIND_GZIP;
    if (starts_with(bytes, length, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
        return KIND_MSG;
    if (starts_with(bytes, length, "\xFF\xFE", 2) || is_utf16((const guint8 *)bytes, length, 0))
        return KIND_UTF16_LE;
    if (starts_with(bytes, length, "\xFE\xFF", 2) || is_utf16((const guint8 *)bytes, length, 1))
        return KIND_UTF16_BE;
    if (emlx_is(bytes, length))
        return KIND_EMLX;
    if (fromline_starts(bytes, length))
        return KIND_MBOX;
    /* A message whose parts are base64 is one all the same. */
    return !kind_is_header(bytes, length) && is_base64(bytes, length) ? KIND_BASE64 : KIND_TEXT;
}
