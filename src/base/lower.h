/* lower.h: ASCII in lower case, sixteen bytes at a time.
 * SPDX-License-Identifier: MIT
 *
 * Names of methods, fields and hosts are compared in lower case a dozen times a message. g_ascii_strdown() calls a function for
 * each byte, behind a g_strndup() that fills with zeros what it copies to. */
#pragma once

#include <glib.h>
#include <string.h>

typedef guint8 LowerChunk __attribute__((vector_size(16)));

static inline char
lower_byte(char c)
{
    return (char)(c | ((guchar)(c - 'A') < 26 ? 'a' - 'A' : 0));
}

/* `length` bytes, from one place to another that does not overlap it. */
static inline void
lower_into(char *to, const char *from, gsize length)
{
    for (; length >= sizeof(LowerChunk); length -= sizeof(LowerChunk)) {
        LowerChunk chunk;
        memcpy(&chunk, from, sizeof chunk);
        chunk |= (LowerChunk)(chunk - 'A' < 26) & ('a' - 'A');
        memcpy(to, &chunk, sizeof chunk);
        from += sizeof chunk;
        to += sizeof chunk;
    }
    for (gsize i = 0; i < length; i++)
        to[i] = lower_byte(from[i]);
}

/* As g_ascii_strncasecmp() of two pieces that hold no NUL, where only sameness counts. */
static inline gboolean
lower_same(const char *one, const char *other, gsize length)
{
    gsize at = 0;

    for (; at + sizeof(LowerChunk) <= length; at += sizeof(LowerChunk)) {
        LowerChunk left, right;
        guint64 differ[2];
        memcpy(&left, one + at, sizeof left);
        memcpy(&right, other + at, sizeof right);
        left |= (LowerChunk)(left - 'A' < 26) & ('a' - 'A');
        right |= (LowerChunk)(right - 'A' < 26) & ('a' - 'A');
        left ^= right;
        memcpy(differ, &left, sizeof differ);
        if (differ[0] | differ[1])
            return FALSE;
    }
    while (at < length && lower_byte(one[at]) == lower_byte(other[at]))
        at++;
    return at == length;
}

/* Of two whole texts. */
static inline gboolean
lower_same_text(const char *one, const char *other)
{
    const gsize length = strlen(one);

    return strlen(other) == length && lower_same(one, other, length);
}

/* As g_ascii_strdown(), of `length` bytes. (transfer full) */
char *lower_bytes(const char *text, gsize length);

/* (transfer full) */
static inline char *
lower_text(const char *text)
{
    return lower_bytes(text, strlen(text));
}
