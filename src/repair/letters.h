/* letters.h: characters that copying through a page or a chat brings in.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <string.h>

/* Of a field name: RFC 5322, 3.6.8 allows more, mail programs use these. Asked for each letter of each name. */
static inline gboolean
letters_in_name(char c)
{
    static const guint8 letters[256] = {
        ['A' ... 'Z'] = 1, ['a' ... 'z'] = 1, ['0' ... '9'] = 1, ['-'] = 1, ['_'] = 1, ['.'] = 1,
    };

    return letters[(guchar)c];
}

static inline gboolean
letters_is_wsp(char c)
{
    return c == ' ' || c == '\t';
}

static inline gboolean
letters_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline gsize
letters_match(const char *at, const char *end, const char *what, gsize length)
{
    return (gsize)(end - at) >= length && memcmp(at, what, length) == 0 ? length : 0;
}

/* Bytes of a character at `at` that takes no room: zero width, soft hyphen, a mark of direction. 0
 * for none. */
static inline gsize
letters_invisible(const char *at, const char *end)
{
    const unsigned char *u = (const unsigned char *)at;

    if (end - at >= 2 && u[0] == 0xC2 && u[1] == 0xAD)
        return 2;
    if (end - at < 3)
        return 0;
    if (u[0] == 0xE2 && u[1] == 0x80 && u[2] >= 0x8B && u[2] <= 0x8F)   /* U+200B … U+200F */
        return 3;
    return (u[0] == 0xE2 && u[1] == 0x81 && u[2] == 0xA0) ||
                   (u[0] == 0xEF && u[1] == 0xBB && u[2] == 0xBF)
               ? 3
               : 0;
}

/* Bytes of a blank that is not ASCII: no-break, narrow no-break, ideographic. */
static inline gsize
letters_blank(const char *at, const char *end)
{
    if (letters_match(at, end, "\xC2\xA0", 2))
        return 2;
    return letters_match(at, end, "\xE2\x80\xAF", 3) + letters_match(at, end, "\xE3\x80\x80", 3);
}

/* Bytes of a full-width colon. */
static inline gsize
letters_colon(const char *at, const char *end)
{
    return letters_match(at, end, "\xEF\xBC\x9A", 3);
}
