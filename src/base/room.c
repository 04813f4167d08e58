/* room.c: bytes appended to a GString whose room was asked for once.
 * SPDX-License-Identifier: MIT */
#include "base/room.h"

void
room_grow(GString *out, gsize room)
{
    const gsize length = out->len;

    /* Twice as much each time, so that a long text is not copied again and again. */
    g_string_set_size(out, length + MAX(room, length) + 1);
    room_took(out, out->str + length);
}

char *
room_put_int(char *to, gint64 value)
{
    char digits[ROOM_INT];
    gsize at = sizeof digits;
    guint64 left = value < 0 ? 0 - (guint64)value : (guint64)value;

    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0)
        *to++ = '-';
    memcpy(to, digits + at, sizeof digits - at);
    return to + sizeof digits - at;
}

char *
room_int_text(gint64 value)
{
    char text[ROOM_INT + 1];

    *room_put_int(text, value) = '\0';
    return g_strdup(text);
}
