/* input-answer.c: what a terminal answers when it is asked: where its cursor is, how bright its background is.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/input-part.h"

#include <string.h>

/* "ESC [ row ; column R" at `at`: its length, or 0. */
static gsize
read_report(const guint8 *at, gsize length, guint *column)
{
    gsize end = 2;
    guint semicolons = 0;

    if (length < 6 || at[0] != INPUT_ESCAPE || at[1] != '[')
        return 0;
    for (*column = 0; end < length && end < INPUT_SEQUENCE_MAX; end++) {
        if (at[end] == ';') {
            semicolons++;
            *column = 0;
        } else if (g_ascii_isdigit(at[end])) {
            *column = *column < 10000 ? *column * 10 + at[end] - '0' : *column;
        } else {
            return at[end] == 'R' && semicolons == 1 ? end + 1 : 0;
        }
    }
    return 0;
}

gboolean
input_take_report(Input *input, guint *column)
{
    for (guint i = 0; !input->pasting && i < input->bytes->len; i++) {
        const gsize length = read_report(input->bytes->data + i, input->bytes->len - i, column);
        if (length > 0) {
            g_byte_array_remove_range(input->bytes, i, (guint)length);
            return TRUE;
        }
    }
    return FALSE;
}

/* One part of "rgb:ffff/ffff/ffff", of one to four digits: its first eight bits. */
static gboolean
read_part(const char **at, char last, guint *part)
{
    guint value = 0, digits = 0;

    for (; g_ascii_isxdigit(**at) && digits < 4; (*at)++, digits++)
        value = value * 16 + (guint)g_ascii_xdigit_value(**at);
    if (digits == 0 || (last && **at != last))
        return FALSE;
    *at += last ? 1 : 0;
    *part = digits == 1 ? value * 0x11 : value >> 4 * (digits - 2);
    return TRUE;
}

static gboolean
read_background(const char *text, guint *rgb)
{
    guint red, green, blue;

    if (g_str_has_prefix(text, "rgb:"))
        text += strlen("rgb:");
    else if (g_str_has_prefix(text, "rgba:"))
        text += strlen("rgba:");
    else
        return FALSE;
    if (!read_part(&text, '/', &red) || !read_part(&text, '/', &green) || !read_part(&text, 0, &blue))
        return FALSE;
    *rgb = red << 16 | green << 8 | blue;
    return TRUE;
}

gboolean
input_take_background(Input *input, guint *rgb)
{
    static const char begin[] = "\x1B]11;";

    for (guint i = 0; !input->pasting && i + strlen(begin) < input->bytes->len; i++) {
        const InputRest rest = { (const char *)input->bytes->data + i, input->bytes->len - i, FALSE };
        gboolean maybe = FALSE;
        if (memcmp(rest.at, begin, strlen(begin)) != 0)
            continue;
        const gsize length = input_string_length(&rest, &maybe);
        if (length == 0)
            continue;
        g_autofree char *text = g_strndup(rest.at + strlen(begin), length - strlen(begin));
        g_byte_array_remove_range(input->bytes, i, (guint)length);
        return read_background(text, rgb);
    }
    return FALSE;
}
