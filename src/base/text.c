/* text.c: hostile bytes made visible.
 * SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <string.h>

/* Characters that change how their neighbours look, or that show nothing:
 * Unicode category Cf (bidi controls, zero width, tags), Zl and Zp, and the
 * few that a terminal may draw as nothing although they are letters or marks. */
static gboolean
is_deceptive(gunichar code)
{
    switch (g_unichar_type(code)) {
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED:
        return TRUE;
    default:
        break;
    }
    return code == 0x115F || code == 0x1160 || code == 0x3164 || code == 0xFFA0 ||
           code == 0x034F || code == 0x2800 || (code >= 0xFE00 && code <= 0xFE0F) ||
           (code >= 0xE0100 && code <= 0xE01EF);
}

TextClass
text_next(const char **cursor, const char *end, gunichar *code)
{
    const guchar byte = (guchar) **cursor;

    if (byte < 0x80) {
        *code = byte;
        (*cursor)++;
        return byte < 0x20 || byte == 0x7F ? TEXT_CONTROL : TEXT_PLAIN;
    }
    const gunichar read = g_utf8_get_char_validated(*cursor, end - *cursor);
    if (read == (gunichar)-1 || read == (gunichar)-2) {
        *code = byte;
        (*cursor)++;
        return TEXT_INVALID;
    }
    *code = read;
    *cursor = g_utf8_next_char(*cursor);
    if (read >= 0x80 && read < 0xA0)
        return TEXT_CONTROL;
    return is_deceptive(read) ? TEXT_FORMAT : TEXT_PLAIN;
}

void
text_append_visible(GString *out, const char *bytes, gssize length)
{
    const char *cursor = bytes;
    const char *end = bytes + (length < 0 ? strlen(bytes) : (gsize)length);

    while (cursor < end) {
        const char *start = cursor;
        gunichar code;
        switch (text_next(&cursor, end, &code)) {
        case TEXT_PLAIN:
            g_string_append_len(out, start, cursor - start);
            break;
        case TEXT_CONTROL:
        case TEXT_INVALID:
            g_string_append_printf(out, "\\x%02X", code);
            break;
        case TEXT_FORMAT:
            g_string_append_printf(out, "<U+%04X>", code);
            break;
        }
    }
}

char *
text_visible(const char *bytes, gssize length)
{
    GString *out = g_string_new(NULL);

    text_append_visible(out, bytes, length);
    return g_string_free(out, FALSE);
}

/* JSON writes characters beyond the first plane as a surrogate pair. */
static void
append_json_escape(GString *out, gunichar code)
{
    if (code == '\n')
        g_string_append(out, "\\n");
    else if (code == '\r')
        g_string_append(out, "\\r");
    else if (code == '\t')
        g_string_append(out, "\\t");
    else if (code > 0xFFFF)
        g_string_append_printf(out, "\\u%04X\\u%04X", 0xD7C0 + (code >> 10),
                               0xDC00 + (code & 0x3FF));
    else
        g_string_append_printf(out, "\\u%04X", code);
}

/* What stands in JSON as it is: most of all there is. */
static const char *
pass_plain(const char *at, const char *end)
{
    while (at < end && *at >= ' ' && *at < 0x7F && *at != '"' && *at != '\\')
        at++;
    return at;
}

void
text_append_json(GString *out, const char *bytes, gssize length)
{
    if (!bytes) {
        g_string_append(out, "null");
        return;
    }
    const char *cursor = bytes;
    const char *end = bytes + (length < 0 ? strlen(bytes) : (gsize)length);

    g_string_append_c(out, '"');
    while (cursor < end) {
        const char *start = cursor;
        gunichar code;
        cursor = pass_plain(cursor, end);
        g_string_append_len(out, start, cursor - start);
        if (cursor == end)
            break;
        start = cursor;
        switch (text_next(&cursor, end, &code)) {
        case TEXT_PLAIN:
            if (code == '"' || code == '\\')
                g_string_append_c(out, '\\');
            g_string_append_len(out, start, cursor - start);
            break;
        case TEXT_CONTROL:
        case TEXT_FORMAT:
            append_json_escape(out, code);
            break;
        case TEXT_INVALID:
            g_string_append_printf(out, "\\\\x%02X", code);
            break;
        }
    }
    g_string_append_c(out, '"');
}
