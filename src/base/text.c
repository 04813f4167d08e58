/* text.c: hostile bytes made visible.
 * SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <string.h>
#include <unictype.h>

#include "base/plain.h"
#include "base/room.h"

/* Characters that change how their neighbors look, or that show nothing: Unicode category Cf (bidi controls, zero width,
 * tags), Zl and Zp; Default_Ignorable_Code_Point (Hangul fillers, Khmer's inherent vowels, Mongolian and other variation
 * selectors), of which Unicode keeps the list; and a Braille letter of no dots. */
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
    return code == 0x2800 || uc_is_property_default_ignorable_code_point(code);
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
        while (cursor < end && *cursor >= ' ' && *cursor < 0x7F)
            cursor++;
        if (cursor > start) {
            g_string_append_len(out, start, cursor - start);
            continue;
        }
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

gsize
text_cut(const char *bytes, gsize length, gsize most)
{
    enum { CHARACTER_MAX = 4 };
    const gsize least = most - MIN(most, CHARACTER_MAX);

    if (length <= most)
        return length;
    while (most > least && ((guchar)bytes[most] & 0xC0) == 0x80)
        most--;
    return most;
}

char *
text_visible(const char *bytes, gssize length)
{
    GString *out = g_string_new(NULL);

    text_append_visible(out, bytes, length);
    return g_string_free(out, FALSE);
}

/* Of ESC, `[`, digits and semicolons, `m`; 0 where something else begins. */
static gsize
style_length(const char *at, const char *end)
{
    const char *c = at + 2;

    if (end - at < 3 || at[0] != '\x1B' || at[1] != '[')
        return 0;
    while (c < end && (g_ascii_isdigit(*c) || *c == ';'))
        c++;
    return c < end && *c == 'm' ? (gsize)(c - at) + 1 : 0;
}

void
text_append_terminal(GString *out, const char *bytes, gsize length, gboolean styles)
{
    const char *cursor = bytes, *end = bytes + length, *start = bytes;

    while (cursor < end) {
        const gsize style = styles ? style_length(cursor, end) : 0;
        if (style == 0 && *cursor != '\n' && *cursor != '\t') {
            gunichar code;
            (void)text_next(&cursor, end, &code);
            continue;
        }
        text_append_visible(out, start, cursor - start);
        start = cursor + MAX(style, 1);
        g_string_append_len(out, cursor, start - cursor);
        cursor = start;
    }
    text_append_visible(out, start, end - start);
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

/* ---- what stands in JSON as it is, and what does not ---- */

static const char *
pass_plain(const char *at, const char *end)
{
    while ((gsize)(end - at) >= sizeof(PlainChunk) && plain_at(at))
        at += sizeof(PlainChunk);
    while (at < end && plain_byte(*at))
        at++;
    return at;
}

/* What has something in it that JSON, or a reader, must not meet as it is. */
static void
append_json_strange(GString *out, const char *cursor, const char *end)
{
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
}

void
text_append_json(GString *out, const char *bytes, gssize length)
{
    if (!bytes) {
        room_append(out, "null", 4);
        return;
    }
    const gsize size = length < 0 ? strlen(bytes) : (gsize)length;
    char *at = room_make(out, size + 2);
    *at++ = '"';
    char *end = plain_put(at, bytes, size);
    if (end) {
        *end++ = '"';
        room_took(out, end);
        return;
    }
    room_took(out, at);
    append_json_strange(out, bytes, bytes + size);
    g_string_append_c(out, '"');
}
