/* transfer.c: four letters are three bytes, `=41` is one.
 * SPDX-License-Identifier: MIT */
#include "message/transfer.h"

#include <string.h>

/* Of a letter; -1 where it is none (RFC 2045, 6.8). */
static int
letter_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Padding ends the text: of the letters before it whole bytes are kept. Letters of a group that is cut say nothing. */
gsize
transfer_base64(const char *in, gsize length, char *out)
{
    gsize written = 0, at = 0;
    guint32 bits = 0;
    guint letters = 0;

    for (; at < length && in[at] != '='; at++) {
        const int value = letter_value(in[at]);
        if (value < 0)
            continue;
        bits = bits << 6 | (guint32)value;
        if (++letters < 4)
            continue;
        out[written++] = (char)(bits >> 16);
        out[written++] = (char)(bits >> 8);
        out[written++] = (char)bits;
        letters = 0;
    }
    if (letters < 2 || at == length)
        return written;
    bits <<= 6 * (4 - letters);
    out[written++] = (char)(bits >> 16);
    if (letters == 3)
        out[written++] = (char)(bits >> 8);
    return written;
}

gsize
transfer_quoted(const char *in, gsize length, char *out)
{
    gsize written = 0;

    for (gsize i = 0; i < length; i++) {
        if (in[i] != '=') {
            out[written++] = in[i];
            continue;
        }
        if (i + 1 < length && in[i + 1] == '\n') {     /* a soft line break */
            i++;
            continue;
        }
        if (i + 2 >= length)
            break;              /* cut in the middle of a byte */
        const int high = g_ascii_xdigit_value(in[i + 1]), low = g_ascii_xdigit_value(in[i + 2]);
        if (high >= 0 && low >= 0) {
            out[written++] = (char)(high << 4 | low);
        } else if (in[i + 1] != '\r' || in[i + 2] != '\n') {
            out[written++] = '=';
            out[written++] = in[i + 1];
            out[written++] = in[i + 2];
        }
        i += 2;
    }
    return written;
}
