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

/* Two digits at a time: half as many divisions. */
static const char pairs[] =
    "0001020304050607080910111213141516171819"
    "2021222324252627282930313233343536373839"
    "4041424344454647484950515253545556575859"
    "6061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

/* Of a number without a sign: most are lines and places of a header. */
static guint
count_digits(guint64 number)
{
    guint count = 1;

    for (; number >= 10000; number /= 10000)
        count += 4;
    return count + (number >= 10) + (number >= 100) + (number >= 1000);
}

char *
room_put_int(char *to, gint64 value)
{
    guint64 left = value < 0 ? 0 - (guint64)value : (guint64)value;

    if (value < 0)
        *to++ = '-';
    char *const end = to + count_digits(left);
    char *at = end;

    for (; left >= 10; left /= 100) {
        at -= 2;
        memcpy(at, pairs + 2 * (left % 100), 2);
    }
    if (at > to)
        *to = (char)('0' + left);
    return end;
}

char *
room_int_text(gint64 value)
{
    char text[ROOM_INT + 1];

    *room_put_int(text, value) = '\0';
    return g_strdup(text);
}
