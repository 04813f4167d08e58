/* base64.c: base64 as keys and signatures have it, strictly.
 * SPDX-License-Identifier: MIT */
#include "base/base64.h"

#include <string.h>

/* What a character stands for (RFC 4648, 4); 64: it is no digit. */
static const guint8 values[256] = {
    64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 62, 64, 64, 64, 63,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 64, 64, 64, 64, 64, 64,
    64,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 64, 64, 64, 64, 64,
    64, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 64, 64, 64, 64, 64,
    [128 ... 255] = 64
};

static inline guint
value_of(char c)
{
    return values[(guchar)c];
}

/* Four digits are three octets; FALSE where one is no digit. */
static inline gboolean
decode_four(const char *text, guint8 *out)
{
    const guint a = value_of(text[0]), b = value_of(text[1]), c = value_of(text[2]),
                d = value_of(text[3]);

    if ((a | b | c | d) & 64)
        return FALSE;
    const guint bits = a << 18 | b << 12 | c << 6 | d;
    out[0] = (guint8)(bits >> 16);
    out[1] = (guint8)(bits >> 8);
    out[2] = (guint8)bits;
    return TRUE;
}

gboolean
base64_decode_into(const char *text, gsize size, guint8 *out, gsize *length)
{
    gsize digits = size, at = 0;

    for (int padding = 0; padding < 2 && digits > 0 && text[digits - 1] == '='; padding++)
        digits--;
    if (digits == 0 || digits % 4 == 1)
        return FALSE;
    for (; at + 4 <= digits; at += 4)
        if (!decode_four(text + at, out + at / 4 * 3))
            return FALSE;
    if (at < digits) {
        char last[4] = { 'A', 'A', 'A', 'A' };
        memcpy(last, text + at, digits - at);
        if (!decode_four(last, out + at / 4 * 3))
            return FALSE;
    }
    *length = digits / 4 * 3 + (digits % 4 ? digits % 4 - 1 : 0);
    return TRUE;
}

guint8 *
base64_decode(const char *text, gsize *length)
{
    const gsize size = strlen(text);
    guint8 *bytes = g_malloc(size / 4 * 3 + 3);

    if (base64_decode_into(text, size, bytes, length))
        return bytes;
    g_free(bytes);
    return NULL;
}
