/* utf16.c: units and pairs of units. Odd ones are data, too.
 * SPDX-License-Identifier: MIT */
#include "mailbox/utf16.h"

static guint
unit_at(const guint8 *bytes, gsize at, gboolean big)
{
    return big ? (guint)bytes[at] << 8 | bytes[at + 1] : (guint)bytes[at + 1] << 8 | bytes[at];
}

gunichar
utf16_next(const guint8 *bytes, gsize length, gsize *at, gboolean big_endian)
{
    if (*at + 2 > length) {
        *at = length;
        return 0xFFFD;
    }
    const guint first = unit_at(bytes, *at, big_endian);
    *at += 2;
    if (first < 0xD800 || first > 0xDFFF)
        return first;
    if (first > 0xDBFF || *at + 2 > length)
        return 0xFFFD;
    const guint second = unit_at(bytes, *at, big_endian);
    if (second < 0xDC00 || second > 0xDFFF)
        return 0xFFFD;
    *at += 2;
    return 0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF);
}
